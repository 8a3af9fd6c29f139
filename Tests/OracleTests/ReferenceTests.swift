// ReferenceTests.swift: on random data and random questions the product, the naive reference and
// SQLite say the same; and the laws of ratios hold.

import Catalog
import Columns
import Execution
import Planning
import Support
import Syntax
import Testing

@Suite struct ReferenceTests {
  static let seeds = Array(UInt64(1)...40)
  private static let questionsPerSeed = 60

  @Test(arguments: seeds) func productReferenceAndSQLiteAgree(_ seed: UInt64) throws {
    let county = SmallCounty(seed: seed)
    #expect(county.ground.problems.isEmpty)
    let sqlite = try SQLiteAggregator(county.ground.store, county.ground.vocabulary.catalog)
    var random = SeededGenerator(seed: seed &* 7919)
    var answeredCount = 0
    for _ in 0..<Self.questionsPerSeed {
      let question = RandomQuestion(&random)
      let reference = Reference(records: county.records, question: question)
      guard let answer = try county.ground.answer(question.text) else {
        let isRefused = reference.isRefused
        #expect(isRefused, "seed \(seed): \(question.text)")
        continue
      }
      answeredCount += 1
      let isRefused = reference.isRefused
      #expect(!isRefused, "seed \(seed): \(question.text)")
      if isRefused { continue }
      let difference = answer.difference(from: reference)
      #expect(difference == nil, "seed \(seed): \(question.text)")
      let fromSQL = try county.ground.answer(question.text, by: sqlite)
      let isSame = fromSQL == answer
      #expect(isSame, "SQLite, seed \(seed): \(question.text)")
    }
    #expect(answeredCount * 3 > Self.questionsPerSeed)
    #expect(sqlite.unsentCount == 0)
  }
}

extension SmallGround {
  /// nil where the question is refused.
  func answer(_ sentence: String, by engine: (any Aggregator)? = nil) throws -> Answer? {
    let parsed = parse(sentence, knowing: vocabulary.knownWords).statements
    guard parsed.count == 1, case .query(let tree)? = parsed[0].statement?.kind else {
      Issue.record("\(sentence) is no question: \(parsed.flatMap(\.diagnostics).map(\.code))")
      return nil
    }
    do throws(PlanningFault) {
      let query = try resolve(tree, in: vocabulary, holding: holdings, scope: QuestionScope())
      let plan = try plan(query, in: vocabulary, holding: holdings)
      do {
        return try Execution.answer(
          plan, from: store, in: vocabulary, holding: holdings, language: .english, by: engine)
      } catch {
        Issue.record("\(sentence): \(error)")
        return nil
      }
    } catch {
      if case .refused = error { return nil }
      Issue.record("\(sentence): \(error)")
      return nil
    }
  }
}

extension Answer {
  /// The first figure that the reference has otherwise.
  fileprivate func difference(from reference: Reference) -> String? {
    let expected = reference.rows
    guard rows.count == expected.count else {
      return "\(rows.count) rows, expected \(expected.count)"
    }
    for (row, wanted) in zip(rows, expected) {
      let members = row.cells.prefix(dimensionCount).map { $0.shown == "(blank)" ? "" : $0.shown }
      guard Array(members) == wanted.members else {
        return "group \(members), expected \(wanted.members)"
      }
      for (cell, value) in zip(row.cells.dropFirst(dimensionCount), wanted.values)
      where !cell.shows(value) {
        return "\(members): \(cell), expected \(value.map { "\($0)" } ?? "nothing")"
      }
    }
    guard let totals else { return nil }
    for (index, value) in reference.totals.enumerated() {
      let cell = totals.cells[dimensionCount + index]
      if cell.shown.isEmpty { continue }
      if !cell.shows(value) {
        return "total \(index): \(cell), expected \(value.map { "\($0)" } ?? "nothing")"
      }
    }
    return nil
  }
}

extension AnswerCell {
  func shows(_ value: Fraction?) -> Bool {
    switch raw {
    case .none: value == nil
    case .whole(let number): value == Fraction(Int(number))
    case .number(let number): value?.double == number
    case .decimal(let text): value.map { $0.double == Double(text) } ?? false
    case .text: false
    }
  }
}
