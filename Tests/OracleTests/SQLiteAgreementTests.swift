// SQLiteAgreementTests.swift: SQLite, asked with the generated SQL, says what the memory says.

import Catalog
import Columns
import Console
import Execution
import Loading
import Planning
import Rendering
import Support
import Syntax
import Testing

@Suite struct SQLiteAgreementTests {
  @Test func everyRecordedQuestionAndEveryExampleHasTheSameBytes() throws {
    let ground = try #require(threeQuarters)
    let sqlite = try SQLiteAggregator(ground.loaded.store, ground.vocabulary.catalog)
    let examples = ContractExamples.sentences.split(separator: "\n").flatMap {
      $0.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map {
        $0.split(separator: "⏎").joined(separator: "\n")
      }
    }
    var answered = 0
    for source in recordedSources() + examples {
      for question in questions(in: source, ground) {
        answered += try compare(question, source, ground, sqlite) ? 1 : 0
      }
    }
    #expect(answered > 150)
    #expect(sqlite.sentCount > 1000)
    #expect(sqlite.unsentCount == 0)
  }

  /// - Returns: false where the question is refused.
  private func compare(
    _ question: QuestionSyntax, _ source: String, _ ground: Ground, _ sqlite: SQLiteAggregator
  ) throws -> Bool {
    guard
      let query = try? resolve(
        question, in: ground.vocabulary, holding: ground.holdings, scope: QuestionScope()),
      let plan = try? plan(query, in: ground.vocabulary, holding: ground.holdings)
    else { return false }
    var texts: [String] = []
    for engine in [nil, sqlite] {
      let answer = try answer(
        plan, from: ground.loaded.store, in: ground.vocabulary, holding: ground.holdings,
        language: .english, by: engine)
      var options = RenderOptions(mode: OutputMode.named("json") ?? OutputMode.all[0])
      options.noteLevel = .all
      texts.append(String(decoding: render(answer, with: options), as: UTF8.self))
    }
    #expect(texts[0] == texts[1], "\(source)")
    return true
  }
}
