// ImportRule.swift: a target imports what the map of the code lets it import, and nothing else.
//
// SwiftPM does not see to it: an undeclared import of a target that is built anyway just works.

import Testing

enum ImportRule {
  /// Modules that come with the language; `Swift` is named where more of it than usual is needed.
  private static let standard: Set<String> = ["Swift", "Synchronization"]

  /// What each target may import besides those.
  static let allowed: [String: Set<String>] = [
    "Syntax": [],
    "Catalog": ["Syntax"],
    "Planning": ["Syntax", "Catalog"],
    "Columns": ["Syntax"],
    "Kernels": ["CKernels"],
    "Execution": ["Syntax", "Catalog", "Planning", "Columns", "Kernels", "Dispatch"],
    "Loading": [
      "Syntax", "Catalog", "Columns", "CSQLite", "CExpat", "CZip", "CSystem", "Dispatch",
    ],
    "Workspace": ["Syntax", "Columns", "CSQLite", "CSystem"],
    "SQLGeneration": ["Syntax", "Catalog", "Planning"],
    "ClickHouse": [
      "Syntax", "Catalog", "Planning", "SQLGeneration", "Columns", "Execution", "CCurl",
    ],
    "Rendering": ["Syntax", "Columns", "CXlsxWriter"],
    "Console": [
      "Syntax", "Catalog", "Planning", "Columns", "Kernels", "Execution", "Loading", "Workspace",
      "SQLGeneration", "ClickHouse", "Rendering", "CLibedit", "CSystem", "CTerminal",
    ],
    "tongbao": ["Console", "ArgumentParser"],
  ]

  static func findings(in source: SwiftSource) -> [Finding] {
    guard let allowed = allowed[source.target] else {
      return [
        Finding(
          path: source.path, line: 1,
          message: "\(source.target) has no line in the import table of ImportRule.swift")
      ]
    }
    return imports(of: source).filter {
      !allowed.contains($0.module) && !standard.contains($0.module)
    }
    .map { found in
      Finding(
        path: source.path, line: found.line,
        message: "\(source.target) may not import \(found.module); it may import: "
          + (allowed.isEmpty ? "nothing" : allowed.sorted().joined(separator: ", ")))
    }
  }

  /// The module of each import: `import struct A.B` names A.
  static func imports(of source: SwiftSource) -> [(module: String, line: Int)] {
    let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
    let tokens = source.tokens
    return tokens.indices.compactMap { place in
      guard tokens[place] == "import", !tokens.precedes(place, ".") else { return nil }
      let named = tokens[(place + 1)...].first { !kinds.contains($0.text) }
      return named.map { ($0.text, tokens[place].line) }
    }
  }
}

@Test func `every target imports only what the map of the code allows`() {
  expectNone(Project.sources.flatMap(ImportRule.findings))
}

@Test func `nothing imports Foundation, tests and benchmarks neither`() {
  for source in Project.all {
    for found in ImportRule.imports(of: source) where found.module.hasPrefix("Foundation") {
      expectNone([
        Finding(
          path: source.path, line: found.line,
          message: "Foundation costs start-up time: use the standard library or a C target")
      ])
    }
  }
}

@Test func `an import in any form is seen`() {
  let source = Project.planted(
    """
    // import Columns
    @testable import Catalog
    package import struct Rendering.Palette
    import Synchronization
    let text = "import Loading"
    """, at: "Sources/Planning/A.swift")
  #expect(
    ImportRule.findings(in: source).map(\.description) == [
      "Sources/Planning/A.swift:3: Planning may not import Rendering; "
        + "it may import: Catalog, Syntax"
    ])
  let stranger = Project.planted("", at: "Sources/Common/A.swift")
  #expect(
    ImportRule.findings(in: stranger).map(\.message) == [
      "Common has no line in the import table of ImportRule.swift"
    ])
}
