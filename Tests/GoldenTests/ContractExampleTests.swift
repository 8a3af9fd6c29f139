// ContractExampleTests.swift: every example of the language contract runs, and says the same in
// both languages.

import Catalog
import Columns
import Console
import Loading
import Planning
import Rendering
import Support
import Syntax
import Testing

/// 2024 Q4 with the quarter before it and the year before that, as `examples` has them.
private let ground: Ground? = {
  let built = buildCatalog(from: builtInRulebook())
  let folders = ["synthetic-2023Q4", "synthetic-2024Q3", "2024Q4"].map {
    "\(projectFolder)/examples/\($0)"
  }
  guard let loaded = try? load(paths: folders, into: built.catalog, options: LoadOptions()) else {
    return nil
  }
  return Ground(built.catalog, loaded)
}()

/// What the sentence needs before it.
private let before = [
  "21": "define filter big_towns = kind = town; define filter 大镇 = kind = town",
  "62": "overdue by unit top 5", "67": "overdue by unit top 5",
]

/// The examples that three quarters of tables cannot answer, with what is said instead.
private let refusals = [
  "19": "U11", "25": "U02", "40": "U02", "41": "U02", "44": "U02", "47": "U02",
  "66": "A02",
]

@Suite struct ContractExampleTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var number: String
    var english: String
    var chinese: String
    var testDescription: String { number }
  }

  static let all: [Example] = ContractExamples.sentences.split(separator: "\n").map { line in
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.split(separator: "⏎", omittingEmptySubsequences: false).joined(separator: "\n")
    }
    return Example(number: cells[0], english: cells[1], chinese: cells.count > 2 ? cells[2] : "")
  }

  @Test(arguments: all) func everyExampleRunsTheSameInBothLanguages(_ example: Example) throws {
    let ground = try #require(ground)
    var outcomes: [[Outcome]] = []
    for source in [example.english, example.chinese] where !source.isEmpty {
      var session = Session(ground: ground, language: .english)
      if let first = before[example.number] { _ = outcome(of: first, in: &session) }
      let outcome = outcome(of: source, in: &session)
      #expect(outcome.compactMap(\.faultCode).last == refusals[example.number], "\(source)")
      outcomes.append(outcome)
    }
    if let first = outcomes.first { #expect(outcomes.allSatisfy { $0 == first }) }
  }

  private enum Outcome: Equatable {
    /// The shown cells of a table, a line a row.
    case figures(String)
    case silence
    case fault(String)

    var faultCode: String? { if case .fault(let code) = self { code } else { nil } }
  }

  /// What each statement comes to.
  private func outcome(of source: String, in session: inout Session) -> [Outcome] {
    parse(source, knowing: session.knownWords, hasLastQuestion: session.lastQuestion != nil)
      .statements.map { parsed in
        guard let tree = parsed.statement, parsed.diagnostics.isEmpty else {
          return .fault(parsed.diagnostics.first?.code ?? "")
        }
        do throws(PlanningFault) {
          switch try session.run(tree, in: .english) {
          case .silent: return .silence
          case .answer(let answer), .check(let answer): return .figures(figures(of: answer))
          }
        } catch {
          return .fault(code(of: error))
        }
      }
  }

  private func figures(of answer: Answer) -> String {
    let rows = answer.rows + (answer.totals.map { [$0] } ?? [])
    return "\(rows.count) rows\n"
      + rows.map { $0.cells.map(\.shown).joined(separator: "\t") }.joined(separator: "\n")
  }

  private func code(of fault: PlanningFault) -> String {
    switch fault {
    case .wrong(let diagnostic): diagnostic.code
    case .refused(let refusal): refusal.code
    case .constant: "U04"
    case .totalOnly: "U03"
    }
  }
}
