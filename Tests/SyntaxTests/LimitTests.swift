// LimitTests.swift: budgets, nesting and time: long and deep texts end soon, with a message.

import Testing

@testable import Syntax

#if DEBUG
  private let allowance = Duration.seconds(5)
  private let junkBytes = 1 << 16
#else
  private let allowance = Duration.milliseconds(100)
  private let junkBytes = 1 << 20
#endif

struct Junk: CustomTestStringConvertible {
  let testDescription: String
  let unit: String

  /// One mebibyte in a release build, in lines if the unit has them.
  var text: String { String(repeating: unit, count: junkBytes / unit.utf8.count) }

  static let all = [
    Junk(testDescription: "words on one line", unit: "abc "),
    Junk(testDescription: "short lines of words", unit: "abc def ghi\n"),
    Junk(testDescription: "questions", unit: "overdue by unit where month=11 top 5\n"),
    Junk(testDescription: "questions in Chinese", unit: "逾期 按 单位 其中 月＝11 前 5\n"),
    Junk(testDescription: "Chinese without blanks", unit: "逾期按单位其中月=11前5\n"),
    Junk(testDescription: "wrong questions", unit: "overdue by unit were month=11\n"),
    Junk(testDescription: "one long run", unit: "县"),
    Junk(testDescription: "lines of one run", unit: String(repeating: "县住", count: 500) + "\n"),
    Junk(testDescription: "open brackets", unit: "("),
    Junk(testDescription: "open brackets in lines", unit: "a + (\n"),
    Junk(testDescription: "questions with open brackets", unit: "a where (b = 1\n"),
    Junk(testDescription: "a chain in lines", unit: "a +\n"),
    Junk(testDescription: "quotes", unit: "'\n"),
    Junk(testDescription: "comments", unit: "# a comment\n"),
    Junk(testDescription: "marks", unit: "=> | .. ! 3.4.5\n"),
    Junk(testDescription: "SQL", unit: "select a from b where c = 1 limit 5\n"),
    Junk(testDescription: "clause words", unit: "by unit overdue\n\n"),
    Junk(testDescription: "definitions", unit: "define metric a = b / c label 'x'\n"),
    Junk(testDescription: "emoji", unit: "👍"),
    Junk(testDescription: "control characters", unit: "\u{1}\u{2}\n"),
  ]
}

@Suite(.serialized) struct LimitTests {
  @Test(arguments: Junk.all)
  func aMebibyteOfAnythingIsAnsweredAtOnce(_ junk: Junk) throws {
    let words = try #require(RulebookWords.builtIn).known
    let text = junk.text
    _ = parse("overdue", knowing: words)
    var best = Duration.seconds(1000)
    for _ in 0..<3 where best > allowance {
      let clock = ContinuousClock()
      best = min(best, clock.measure { _ = parse(text, knowing: words) })
    }
    // A script of thirty thousand right questions may take longer than junk.
    #expect(best < (junk.testDescription == "Chinese without blanks" ? allowance * 3 : allowance))
  }

  @Test func afterAThousandWrongStatementsNothingMoreIsRead() {
    let parsed = parse(String(repeating: "overdue by\n", count: 1200))
    #expect(parsed.statements.count == 1000)
    #expect(parsed.diagnostics.count == 1000)
    let texts = parse(String(repeating: "a where b = 'c\n", count: 1200) + "orders")
    #expect(texts.statements.allSatisfy { !$0.diagnostics.isEmpty })
    // Marks without use in one statement do not let the next ones through.
    let marks = parse(String(repeating: "! ", count: 2000) + "\na where b = 'c\norders")
    #expect(marks.statements.map { $0.diagnostics.map(\.code) } == [["L03"], ["P01"], []])
  }

  @Test func aLineStatementOrScriptOverItsBudgetIsL04() {
    let line = String(repeating: "a", count: 65_537)
    #expect(
      parse("overdue\n" + line + "\norders").statements.map { $0.diagnostics.map(\.code) } == [
        [], ["L04"], [],
      ])
    #expect(
      parse(line).diagnostics.map(\.message) == [
        Bilingual(
          "a line may have 64 KiB, this one has 65 KiB", "一行最长64 KiB，此处为65 KiB")
      ])
    #expect(parse(String(line.dropLast())).diagnostics == [])
    let statement = String(repeating: "aaaaaaa +\n", count: 110_000) + "a"
    #expect(parse(statement).diagnostics.map(\.code) == ["L04"])
    let script = String(repeating: "overdue\n", count: (2 << 20) + 1)
    #expect(parse(script).diagnostics.map(\.code) == ["L04"])
  }

  @Test(arguments: [("(", "a", ")"), ("-", "a", ""), ("abs(", "a", ")")])
  func nestingIsBoundedByP07(_ open: String, _ middle: String, _ close: String) {
    func text(_ depth: Int) -> String {
      String(repeating: open, count: depth) + middle + String(repeating: close, count: depth)
    }
    #expect(parse(text(200)).diagnostics == [])
    let deep = parse(text(201)).diagnostics
    #expect(deep.map(\.code) == ["P07"])
    #expect(parse(text(10_000)).diagnostics.map(\.code) == ["P07"])
  }

  @Test func conditionsNestToTheSameBound() {
    func text(_ depth: Int, _ word: String) -> String {
      let open = String(repeating: word, count: depth)
      return "a where \(open)b = 1" + (word == "(" ? String(repeating: ")", count: depth) : "")
    }
    for word in ["(", "not "] {
      #expect(parse(text(200, word)).diagnostics == [])
      #expect(parse(text(201, word)).diagnostics.map(\.code) == ["P07"])
    }
  }

  @Test func longChainsAreFlat() throws {
    let sum = (0..<8_000).map { "a\($0)" }.joined(separator: " + ")
    let statement = try #require(parse(sum).statements.first?.statement)
    guard case .query(let question) = statement.kind,
      case .sum(let terms) = question.columns[0].expression.kind
    else {
      Issue.record("not a sum")
      return
    }
    #expect(terms.count == 8_000)
    #expect(sentence(of: statement, in: .english) == sum)
  }
}
