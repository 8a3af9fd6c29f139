// SyntaxTests.swift: the rulebook is read and printed.

import Testing

@testable import Syntax

@Test func theRulebookParsesWithoutADiagnostic() throws {
  let text = try #require(ProjectFile.text("Sources/Catalog/Rulebook/tongbao.tb"))
  let parsed = parse(text)
  #expect(parsed.diagnostics == [])
  #expect(parsed.statements.count == 113)
  for language in Language.allCases {
    for statement in parsed.statements.compactMap(\.statement) {
      let printed = sentence(of: statement, in: language)
      let again = parse(printed).statements.compactMap(\.statement)
      #expect(again.map { treeText(of: $0) } == [treeText(of: statement)], "\(printed)")
    }
  }
}
