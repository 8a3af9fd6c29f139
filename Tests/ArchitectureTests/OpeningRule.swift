// OpeningRule.swift: each file opens with its name and a sentence on what arrives and what leaves.

import Testing

enum OpeningRule {
  static func findings(in source: SwiftSource) -> [Finding] {
    let opening = "// \(source.fileName): "
    guard let first = source.lines.first, first.hasPrefix(opening), first.count > opening.count
    else {
      return [
        Finding(path: source.path, line: 1, message: "the file must open with `\(opening)…`")
      ]
    }
    // The sentence goes on to the end of its paragraph.
    let paragraph = source.lines.prefix { $0.hasPrefix("// ") }
    guard let last = paragraph.last?.last, ".。:".contains(last) else {
      return [
        Finding(path: source.path, line: paragraph.count, message: "the sentence has no end")
      ]
    }
    return []
  }
}

@Test func `every file opens with its name and a sentence`() {
  expectNone(Project.all.flatMap(OpeningRule.findings))
}

@Test(arguments: [
  ("// A.swift: text arrives, tokens leave.\n\nimport B", []),
  ("// A.swift: text arrives,\n// tokens leave.\n//\n// Why so", []),
  ("// B.swift: text arrives.", ["1: the file must open with `// A.swift: …`"]),
  ("import B\n// A.swift: text arrives.", ["1: the file must open with `// A.swift: …`"]),
  ("// A.swift: ", ["1: the file must open with `// A.swift: …`"]),
  ("// A.swift: text arrives\n// tokens leave\n\n", ["2: the sentence has no end"]),
  ("", ["1: the file must open with `// A.swift: …`"]),
])
func `an opening that is missing, misnamed or unfinished is seen`(text: String, found: [String]) {
  let source = Project.planted(text, at: "Sources/Syntax/A.swift")
  #expect(OpeningRule.findings(in: source).map { "\($0.line): \($0.message)" } == found)
}
