// SwiftScannerTests.swift: what the rules are told about a piece of Swift.

import Testing

private func described(_ text: String) -> [String] {
  SwiftSource(path: "Sources/Syntax/A.swift", text: text).tokens.map { token in
    switch token.kind {
    case .word: "\(token.line) word \(token.text)"
    case .mark: "\(token.line) mark \(token.text)"
    case .literal(true): "\(token.line) literal \(token.text)"
    case .literal(false): "\(token.line) parts \(token.text)"
    }
  }
}

@Test func `code is words and marks`() {
  #expect(
    described("let a1 = b!\n.c") == [
      "1 word let", "1 word a1", "1 mark =", "1 word b", "1 mark !", "2 mark .", "2 word c",
    ])
}

@Test func `a comment gives no token, nested or not`() {
  #expect(described("a // b \"c\"\n/* d /* e */ f */ g") == ["1 word a", "2 word g"])
  let comments = SwiftSource(path: "A.swift", text: "// one\n/* two\n */\n").comments
  #expect(comments.map { "\($0.line) \($0.text)" } == ["1 // one", "2 /* two\n */"])
}

@Test func `a literal is one token with its escapes as written`() {
  #expect(
    described(#"f("a\"b // c")"#) == ["1 word f", "1 mark (", #"1 literal a\"b // c"#, "1 mark )"])
  #expect(described("##\"a\"#b\"## c") == ["1 literal a\"#b", "1 word c"])
  #expect(described("\"\"\"\n  a \"b\"\n  \"\"\"\nc") == ["1 literal \n  a \"b\"\n  ", "4 word c"])
}

@Test func `the code of an interpolation counts as code`() {
  #expect(
    described(#""a\(f(x))b\("c")d" e"#) == [
      "1 parts abd", "1 word f", "1 mark (", "1 word x", "1 mark )", "1 mark )", "1 literal c",
      "1 mark )", "1 word e",
    ])
}

@Test func `a quote without its end does not swallow the next line`() {
  #expect(described("\"a\nb") == ["1 literal a", "2 word b"])
}
