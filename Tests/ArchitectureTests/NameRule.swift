// NameRule.swift: a type or file is named for what it is, not for being some code.

import Testing

enum NameRule {
  /// Not even as a part of a name: whatever has no home ends up there.
  static let parts: Set = [
    "Utilities", "Utility", "Helpers", "Helper", "Core", "Common", "Manager",
  ]
  /// Not alone: a `SchemeItem` says more than an `Item`.
  static let wholes: Set = ["Node", "Item", "Data"]

  static func findings(in source: SwiftSource) -> [Finding] {
    let file = (name: String(source.fileName.split(separator: ".")[0]), line: 1)
    let keywords: Set = ["struct", "class", "enum", "protocol", "actor", "typealias"]
    let tokens = source.tokens
    let types = tokens.indices.dropLast().filter { keywords.contains(tokens[$0].text) }
      .map { (name: tokens[$0 + 1].text, line: tokens[$0 + 1].line) }
    return ([file] + types).filter { isEmptyName($0.name) }.map {
      Finding(
        path: source.path, line: $0.line, message: "`\($0.name)` says nothing: name what it holds")
    }
  }

  private static func isEmptyName(_ name: String) -> Bool {
    wholes.contains(name) || camelWords(of: name).contains(where: parts.contains)
  }

  /// `ScoreManager2` → `Score`, `Manager`.
  private static func camelWords(of name: String) -> [String] {
    var words: [String] = []
    for character in name where character.isLetter {
      if character.isUppercase || words.isEmpty { words.append("") }
      words[words.count - 1].append(character)
    }
    return words
  }
}

@Test func `no type and no file has an empty name`() {
  expectNone(Project.all.flatMap(NameRule.findings))
}

@Test func `an empty name is seen, in a longer name too`() {
  let text = "struct Node {}\nenum SchemeItem {}\nfinal class CacheManager {}\nstruct Score {}"
  #expect(
    NameRule.findings(in: Project.planted(text, at: "Sources/Syntax/Helpers.swift"))
      .map { "\($0.line) \($0.message)" } == [
        "1 `Helpers` says nothing: name what it holds", "1 `Node` says nothing: name what it holds",
        "3 `CacheManager` says nothing: name what it holds",
      ])
}
