// OrderChoiceTests.swift: what an order counts as is a line of the rulebook; each line, changed
// alone, gives the figures that follow by hand from the eleven rows of the example.

import Catalog
import Columns
import Console
import Loading
import Support
import Syntax
import Testing

/// The built-in rulebook with one text in the place of another, and the example read by it.
private struct ChosenOrders {
  let ground: Ground

  init(_ line: String = "", _ other: String = "") throws {
    let files = builtInRulebook().map { file in
      guard !line.isEmpty, file.name == "tongbao.tb" else { return file }
      #expect(file.text.contains(line))
      return RulebookFile(
        name: file.name, text: file.text.split(separator: line).joined(separator: other))
    }
    let built = buildCatalog(from: files)
    #expect(built.problems.isEmpty)
    ground = Ground(
      built.catalog,
      try load(paths: [projectFolder + "/examples/orders/orders-2024Q4.csv"], into: built.catalog))
  }

  /// The rows of an answer, as shown.
  func shown(_ question: String) throws -> [[String]] {
    try Pipeline(ground: ground, scope: .init()).answer(try tree(question), in: .english)
      .rows.map { $0.cells.map(\.shown) }
  }

  func explained(_ question: String) throws -> [String] {
    try Pipeline(ground: ground, scope: .init())
      .explain(try tree(question), as: .figures, in: .english)
      .rows.flatMap { $0.cells.map(\.shown) }
  }

  private func tree(_ question: String) throws -> QuestionSyntax {
    let source = parse(question, knowing: ground.vocabulary.knownWords)
    guard case .query(let tree)? = source.statements.first?.statement?.kind else {
      throw NotAQuestion(text: question)
    }
    return tree
  }
}

private struct NotAQuestion: Error { var text: String }

private let counts = "orders, orders.distinct, closed, overdue, open, ontime"
private let grades = "rated, satisfied, satisfaction_rate"

@Suite struct OrderChoiceTests {
  @Test func theDefaults() throws {
    let orders = try ChosenOrders()
    #expect(try orders.shown(counts) == [["11", "9", "8", "3", "2", "6"]])
    #expect(
      try orders.shown("orders, overdue by month") == [
        ["2024-10", "3", "1"], ["2024-11", "4", "1"], ["2024-12", "4", "1"],
      ])
    #expect(try orders.shown(grades) == [["7", "5", "71.43%"]])
    #expect(
      try orders.shown("extended, extensions, returns, redo, repeated, urged, supervised") == [
        ["2", "2", "1", "1", "1", "3", "2"]
      ])
    #expect(
      try orders.shown("visited, visit_rate, solved, solve_rate") == [
        ["7", "87.50%", "5", "71.43%"]
      ])
    #expect(
      try orders.shown("orders, overdue by role") == [
        ["(blank)", "1", "0"], ["lead", "8", "2"], ["assist", "2", "1"],
      ])
  }

  @Test func explainNamesEveryChoice() throws {
    let lines = try ChosenOrders().explained("overdue, satisfaction_rate")
    for line in [
      "time month = due_at", "keep role = assist or role != assist",
      "column due_at time = coalesce(extended_due_at, due_at)",
      "column overdue flag = least(coalesce(is_late, overdue, seems_late), is_counted)",
      "column satisfaction text = coalesce(last_satisfaction, first_satisfaction, satisfaction)",
    ] {
      #expect(lines.contains("Orders, one row for each handling unit: " + line), "\(line)")
    }
    #expect(lines.contains("Overdue: from orders rows where overdue = yes"))
  }

  @Test func onlyLeadingUnits() throws {
    let orders = try ChosenOrders("keep role = assist or role != assist", "keep role != assist")
    #expect(try orders.shown(counts) == [["9", "9", "6", "2", "2", "5"]])
    #expect(try orders.shown(grades) == [["5", "5", "100.00%"]])
    #expect(
      try orders.explained("orders").contains {
        $0.hasSuffix(": keep role != assist")
      })
  }

  @Test func theMonthOfAcceptance() throws {
    let orders = try ChosenOrders(
      "time month = due_at  dimension unit = unit_name  dimension channel = 'hotline'",
      "time month = accepted_at  dimension unit = unit_name  dimension channel = 'hotline'")
    // The order of 25 September lies in the quarter before.
    #expect(
      try orders.shown("orders, overdue by month during 2024Q3..2024Q4") == [
        ["2024-09", "2", "1"], ["2024-10", "3", "0"], ["2024-11", "3", "1"], ["2024-12", "3", "1"],
      ])
    #expect(
      try orders.explained("orders").contains { $0.hasSuffix(": time month = accepted_at") })
  }

  @Test func theMonthOfClosing() throws {
    let orders = try ChosenOrders(
      "time month = due_at  dimension unit = unit_name  dimension channel = 'hotline'",
      "time month = closed_at  dimension unit = unit_name  dimension channel = 'hotline'")
    #expect(
      try orders.shown("orders, overdue by month") == [
        ["2024-10", "3", "1"], ["2024-11", "3", "0"], ["2024-12", "2", "1"],
      ])
    #expect(
      orders.ground.loaded.notes.contains {
        $0.text.english.hasSuffix("3 rows belong to no period and are left out: no 办结时间")
      })
  }

  @Test func anExtensionThatDoesNotCount() throws {
    let orders = try ChosenOrders(" = coalesce(extended_due_at, due_at)", "")
    #expect(try orders.shown(counts) == [["11", "9", "8", "5", "1", "5"]])
    #expect(
      try orders.shown("orders, overdue by month") == [
        ["2024-10", "4", "2"], ["2024-11", "3", "1"], ["2024-12", "4", "2"],
      ])
  }

  @Test func theFirstGrade() throws {
    let orders = try ChosenOrders(
      "coalesce(last_satisfaction, first_satisfaction, satisfaction)",
      "coalesce(first_satisfaction, satisfaction)")
    #expect(try orders.shown(grades) == [["7", "4", "57.14%"]])
  }

  @Test func aColumnThatItsTimesContradictIsTold() throws {
    let notes = try ChosenOrders().ground.loaded.notes.map(\.text.english)
    #expect(
      notes.contains {
        $0.hasSuffix(
          "是否逾期 is not what the other columns say, which decide: 1 row (line 12)")
      })
  }
}
