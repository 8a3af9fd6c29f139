// UnsafeRule.swift: `unsafe` stands in the kernels and in one wrapper file for each C target.
//
// Whoever asks whether memory is used rightly then has a short list of files to read.

import Testing

enum UnsafeRule {
  static func findings(in sources: [SwiftSource]) -> [Finding] {
    let guarded = sources.filter { $0.target != "Kernels" }
    return guarded.flatMap(unwrapped) + secondWrappers(in: guarded)
  }

  private static func cModules(of source: SwiftSource) -> [String] {
    ImportRule.imports(of: source).map(\.module).filter(isC)
  }

  /// `CSQLite`, not `Catalog`: the name of a C target goes on with another capital.
  private static func isC(_ module: String) -> Bool {
    module.first == "C" && module.dropFirst().first?.isUppercase == true
  }

  private static func unwrapped(in source: SwiftSource) -> [Finding] {
    guard cModules(of: source).isEmpty else { return [] }
    return source.tokens.filter { $0 == "unsafe" }.map { token in
      Finding(
        path: source.path, line: token.line,
        message: "`unsafe` belongs into Kernels or into the one file that wraps a C target")
    }
  }

  private static func secondWrappers(in sources: [SwiftSource]) -> [Finding] {
    var wrappers: [String: String] = [:]
    var findings: [Finding] = []
    for source in sources {
      for module in cModules(of: source) {
        let first = wrappers["\(source.target) \(module)", default: source.path]
        wrappers["\(source.target) \(module)"] = first
        guard first != source.path else { continue }
        findings.append(
          Finding(path: source.path, line: 1, message: "\(module) is wrapped by \(first) already"))
      }
    }
    return findings
  }
}

@Test func `unsafe code stands in the kernels and in one wrapper for each C target`() {
  expectNone(UnsafeRule.findings(in: Project.sources))
}

@Test func `unsafe code elsewhere and second wrappers are seen`() {
  let sources = [
    Project.planted("unsafe f()", at: "Sources/Kernels/Sums.swift"),
    Project.planted("import CSQLite\nunsafe f()", at: "Sources/Loading/A.swift"),
    Project.planted("import CSQLite\nlet a = 1", at: "Sources/Loading/B.swift"),
    Project.planted("import CSQLite\nunsafe f()", at: "Sources/Workspace/C.swift"),
    Project.planted("import Catalog\n// unsafe\nunsafe f()", at: "Sources/Planning/D.swift"),
  ]
  #expect(
    UnsafeRule.findings(in: sources).map(\.description) == [
      "Sources/Planning/D.swift:3: "
        + "`unsafe` belongs into Kernels or into the one file that wraps a C target",
      "Sources/Loading/B.swift:1: CSQLite is wrapped by Sources/Loading/A.swift already",
    ])
}
