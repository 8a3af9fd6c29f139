// SizeRule.swift: a file has at most 500 lines, a function 60, a line 100 characters.

import Testing

enum SizeRule {
  static let mostLines = 500
  static let mostFunctionLines = 60
  static let mostCharacters = 100

  /// Generated tables are as long as what they hold.
  static func findings(in source: SwiftSource) -> [Finding] {
    guard !source.isGenerated else { return [] }
    var findings = functions(in: source).filter { $0.lineCount > mostFunctionLines }.map {
      function in
      Finding(
        path: source.path, line: function.line,
        message: "\(function.name) has \(function.lineCount) lines, at most \(mostFunctionLines)")
    }
    if source.lines.count > mostLines {
      findings.append(
        Finding(
          path: source.path, line: mostLines + 1,
          message: "the file has \(source.lines.count) lines, at most \(mostLines)"))
    }
    for (place, line) in source.lines.enumerated() where line.count > mostCharacters {
      findings.append(
        Finding(
          path: source.path, line: place + 1,
          message: "the line has \(line.count) characters, at most \(mostCharacters)"))
    }
    return findings
  }

  // MARK: Functions

  struct Function: Hashable {
    var name: String
    var line: Int
    /// From its name to its closing brace, both included.
    var lineCount: Int
  }

  static func functions(in source: SwiftSource) -> [Function] {
    let tokens = source.tokens
    return tokens.indices.compactMap { place in
      guard let name = declaredName(at: place, in: tokens),
        let open = body(after: signature(at: place, in: tokens), in: tokens)
      else { return nil }
      let (first, last) = (tokens[place].line, tokens[tokens.closing(open)].line)
      return Function(name: name, line: first, lineCount: last - first + 1)
    }
  }

  /// `func f`, `init(`, `deinit {`, `subscript(` and `var a: B {`; calls of `.init(` are none.
  private static func declaredName(at place: Int, in tokens: [SwiftToken]) -> String? {
    guard tokens[place].kind == .word, !tokens.precedes(place, ".") else { return nil }
    switch tokens[place].text {
    case "func", "var":
      return place + 1 < tokens.count ? tokens[place + 1].text : nil
    case "init", "deinit", "subscript":
      return tokens[place].text
    default: return nil
    }
  }

  /// Where the part of a declaration begins that may lead to a body: an operator's name is marks.
  private static func signature(at place: Int, in tokens: [SwiftToken]) -> Int {
    guard tokens[place] == "func" else { return place + 1 }
    return tokens[place...].firstIndex { $0 == "(" } ?? place + 1
  }

  /// Words that begin another declaration: what stood before them had no body, as in a protocol.
  private static let beginners: Set = [
    "func", "var", "let", "init", "case", "static", "package", "public", "private", "fileprivate",
    "mutating", "subscript", "associatedtype", "typealias", "struct", "enum", "return",
  ]

  /// The brace that opens the body; nil if the declaration has none.
  private static func body(after start: Int, in tokens: [SwiftToken]) -> Int? {
    var place = start
    while place < tokens.count {
      let token = tokens[place]
      guard token.kind == .word || token.kind == .mark else { return nil }
      switch token.text {
      case "{": return place
      case "(", "[": place = tokens.closing(place)
      case "}", "=", "@", ";": return nil
      default: if beginners.contains(token.text), place > start { return nil }
      }
      place += 1
    }
    return nil
  }
}

@Test func `no file, function or line is too long`() {
  expectNone(Project.all.flatMap(SizeRule.findings))
}

@Test func `functions are found with all their lines, and only where they have a body`() {
  let source = Project.planted(
    """
    protocol A {
      func a()
      var b: Int { get }
    }
    struct B<C>: A where C: A {
      let c = A.init()
      var d: [Int] = [1]
      init?(e: (Int) -> Int = { $0 }) throws {
        let f = { 1 }
      }
      func a() {}
      func g<D>(
        _ h: D
      ) -> (Int, D)
      where D: A {
        func i() -> Int { 2 }
        return (i(), h)
      }
      subscript(place: Int) -> Int { 3 }
      deinit {
      }
      static func == (a: B, b: B) -> Bool { true }
    }
    """)
  #expect(
    SizeRule.functions(in: source) == [
      SizeRule.Function(name: "b", line: 3, lineCount: 1),
      SizeRule.Function(name: "init", line: 8, lineCount: 3),
      SizeRule.Function(name: "a", line: 11, lineCount: 1),
      SizeRule.Function(name: "g", line: 12, lineCount: 7),
      SizeRule.Function(name: "i", line: 16, lineCount: 1),
      SizeRule.Function(name: "subscript", line: 19, lineCount: 1),
      SizeRule.Function(name: "deinit", line: 20, lineCount: 2),
      SizeRule.Function(name: "=", line: 22, lineCount: 1),
    ])
}

@Test func `what is too long is seen, except in a generated table`() {
  let long =
    "func a() {" + String(repeating: "\n", count: 60) + "}\n"
    + String(repeating: "字", count: 101) + String(repeating: "\n", count: 440)
  #expect(
    SizeRule.findings(in: Project.planted(long)).map(\.description) == [
      "Sources/Syntax/Planted.swift:1: a has 61 lines, at most 60",
      "Sources/Syntax/Planted.swift:501: the file has 501 lines, at most 500",
      "Sources/Syntax/Planted.swift:62: the line has 101 characters, at most 100",
    ])
  #expect(
    SizeRule.findings(in: Project.planted("// A.swift: generated by\n// scripts/make.py.\n" + long))
      == [])
}
