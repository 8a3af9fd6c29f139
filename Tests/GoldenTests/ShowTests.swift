// ShowTests.swift: `show` prints whole texts as they are, and the catalogue as it stands.

import Catalog
import Columns
import Console
import Loading
import Support
import Syntax
import Testing

@Suite struct ShowTests {
  private func table(_ source: String) throws -> Answer {
    let built = buildCatalog(from: builtInRulebook())
    let ground = Ground(built.catalog, try loadSample(catalog: built.catalog))
    var session = Session(ground: ground, language: .english)
    let tree = try #require(parse(source, knowing: session.knownWords).statements.first?.statement)
    guard case .answer(let answer) = try session.run(tree, in: nil) else {
      throw MissingTable(source: source)
    }
    return answer
  }

  private struct MissingTable: Error { var source: String }

  private func text(_ answer: Answer) -> String {
    answer.rows.map { $0.cells[0].shown }.joined(separator: "\n")
  }

  @Test func `The rulebook shown is the rulebook: it builds the same catalogue`() throws {
    let shown = text(try table("show rulebook"))
    let files = builtInRulebook().filter { !$0.name.hasSuffix(".tb") }
    let again = buildCatalog(from: [RulebookFile(name: "shown.tb", text: shown)] + files)
    let first = buildCatalog(from: builtInRulebook())
    #expect(again.problems.isEmpty)
    #expect(again.catalog.metrics.map(\.name) == first.catalog.metrics.map(\.name))
    #expect(again.catalog.schemes.map(\.name) == first.catalog.schemes.map(\.name))
    #expect(again.catalog.dimensions == first.catalog.dimensions)
  }

  @Test func `The grammar shown is the file of the grammar`() throws {
    let file = try #require(ProjectFiles.text("grammar/tongbao.ebnf"))
    #expect(text(try table("show grammar")) == file.trimmingBlankLines)
  }

  @Test func `Every metric, data set and keyword has a row`() throws {
    let catalog = buildCatalog(from: builtInRulebook()).catalog
    #expect(try table("show metrics").rows.count == catalog.metrics.count)
    #expect(try table("show datasets").rows.count == catalog.datasets.count)
    #expect(try table("列出 全部方案").rows.count == catalog.schemes.count)
    #expect(try table("show keywords").rows.count == Keyword.allCases.count)
    #expect(try table("show queries").rows.count == catalog.queries.count)
  }
}

extension String {
  fileprivate var trimmingBlankLines: String {
    var text = self
    while text.hasSuffix("\n") { text.removeLast() }
    return text
  }
}
