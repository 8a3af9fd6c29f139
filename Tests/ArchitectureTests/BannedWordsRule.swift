// BannedWordsRule.swift: words that code of this house does not use, each with what to use instead.

import Testing

enum BannedWordsRule {
  /// A word that is called: `print(`, but neither `.print(` nor `func print(`.
  static let calls = [
    "print": "the checked writer, which reports a full disk",
    "debugPrint": "the checked writer, which reports a full disk",
    "dump": "the checked writer, which reports a full disk",
    "fputs": "the checked writer, which reports a full disk",
    "fatalError": "`precondition(condition, \"why it holds\")`, or throw InternalError (exit 5)",
    "unsafeBitCast": "a conversion that is checked",
  ]
  /// A word in any place.
  static let words = [
    "FileHandle": "the checked writer",
    "NSLog": "the checked writer",
  ]
  /// Marks of unfinished work; they count in comments too.
  static let unfinished = ["FIXME", "TODO", "XXX"]

  static func findings(in source: SwiftSource) -> [Finding] {
    let tokens = source.tokens
    let inCode: [Finding] = tokens.indices.compactMap { place in
      guard let (found, instead) = fault(at: place, in: tokens) else { return nil }
      return Finding(
        path: source.path, line: tokens[place].line, message: "no `\(found)`: use \(instead)")
    }
    return inCode + unfinishedWork(in: source)
  }

  /// The words found at this token, and what to use instead.
  private static func fault(at place: Int, in tokens: [SwiftToken]) -> (String, String)? {
    let token = tokens[place]
    guard token.kind == .word || token == "!" else { return nil }
    if token == "!" { return forced(at: place, in: tokens) }
    if let instead = words[token.text] { return (token.text, instead) }
    if let instead = calls[token.text], tokens.follows(place, "("),
      !tokens.precedes(place, "."), !tokens.precedes(place, "func")
    {
      return (token.text + "(", instead)
    }
    if token == "unchecked", tokens.precedes(place, "@") {
      return ("@unchecked", "a type the compiler can check, or a Mutex or Atomic around the state")
    }
    return nil
  }

  /// A mark that forces: directly after a name, a bracket or a literal, and not part of `!=`.
  private static func forced(at place: Int, in tokens: [SwiftToken]) -> (String, String)? {
    guard place > 0 else { return nil }
    let (before, mark) = (tokens[place - 1], tokens[place])
    guard before.range.upperBound == mark.range.lowerBound else { return nil }
    if place + 1 < tokens.count, tokens[place + 1] == "=",
      tokens[place + 1].range.lowerBound == mark.range.upperBound
    {
      return nil
    }
    switch (before.kind, before.text) {
    case (.word, "try"): return ("try!", "`try` and say what happens when it fails")
    case (.word, "as"): return ("as!", "`as?` and say what happens when it fails")
    case (.word, _), (.literal, _), (.mark, ")"), (.mark, "]"), (.mark, ">"), (.mark, "?"):
      return ("\(before.text)!", "`guard let`, or `precondition` with the reason why it holds")
    default: return nil
    }
  }

  private static func unfinishedWork(in source: SwiftSource) -> [Finding] {
    let said = source.comments + source.tokens.map { ($0.line, $0.kind == .word ? $0.text : "") }
    return said.flatMap { line, text in
      unfinished.filter { text.words.contains($0) }.map { word in
        Finding(
          path: source.path, line: line, message: "no `\(word)`: finish it, or say it in an issue")
      }
    }
  }
}

@Test func `no file uses a banned word`() {
  expectNone(Project.all.flatMap(BannedWordsRule.findings))
}

@Test(arguments: [
  ("print(1)", "no `print(`: use the checked writer, which reports a full disk"),
  ("try! f()", "no `try!`: use `try` and say what happens when it fails"),
  ("let a = b as! C", "no `as!`: use `as?` and say what happens when it fails"),
  ("let a = b!", "no `b!`: use `guard let`, or `precondition` with the reason why it holds"),
  ("let a = b()!.c", "no `)!`: use `guard let`, or `precondition` with the reason why it holds"),
  ("let a = b[0]!", "no `]!`: use `guard let`, or `precondition` with the reason why it holds"),
  ("var a: B!", "no `B!`: use `guard let`, or `precondition` with the reason why it holds"),
  ("\"\\(b!)\"", "no `b!`: use `guard let`, or `precondition` with the reason why it holds"),
  (
    "fatalError(\"\")",
    "no `fatalError(`: use `precondition(condition, \"why it holds\")`, "
      + "or throw InternalError (exit 5)"
  ),
  (
    "struct A: @unchecked Sendable {}",
    "no `@unchecked`: use a type the compiler can check, or a Mutex or Atomic around the state"
  ),
  ("// TO" + "DO: b", "no `TO" + "DO`: finish it, or say it in an issue"),
])
func `a banned word is seen, with what to use instead`(text: String, message: String) {
  #expect(BannedWordsRule.findings(in: Project.planted(text)).map(\.message) == [message])
}

@Test(arguments: [
  "a != b", "a !== b", "a!=b", "!a", "f(!a)", "x ? !a : b", "#if !DEBUG\n#endif",
  "query.print(to: a)", "func print(_ query: Query) -> String", "// b! and print(c)",
  "let a = \"print(1) b!\"", "let todo = 1", "try f()",
])
func `what only looks like a banned word is left alone`(text: String) {
  #expect(BannedWordsRule.findings(in: Project.planted(text)) == [])
}
