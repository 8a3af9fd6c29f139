// OrderRule.swift: the stages stand in one order: in Package.swift, in the map of both READMEs, and
// in the one function that is the flow.

import Support
import Testing

enum OrderRule {
  /// The stages of a manifest: `stage("Syntax")` … and the program itself.
  static func stages(ofManifest text: String) -> [String] {
    let tokens = SwiftSource(path: "Package.swift", text: text).tokens
    return tokens.indices.compactMap { place in
      let isStage = tokens[place] == "stage" && !tokens.precedes(place, "func")
      guard isStage || tokens[place] == "executableTarget", tokens.follows(place, "(") else {
        return nil
      }
      let texts = tokens[place..<tokens.closing(place + 1)].compactMap { token in
        if case .literal = token.kind { token.text } else { nil }
      }
      // Programs that only the tests start lie with them.
      return texts.contains { $0.hasPrefix("Tests/") } ? nil : texts.first
    }
  }

  /// The first cells of the table under a heading: one line for each target.
  static func mapped(inReadme text: String, under headings: [String]) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let heading = lines.firstIndex(where: { headings.contains(String($0)) }) else {
      return []
    }
    let section = lines[(heading + 1)...].prefix { !$0.hasPrefix("## ") }
    // The first table of the section; another may follow.
    return section.drop { !$0.hasPrefix("| `") }.prefix { $0.hasPrefix("| `") }.compactMap { line in
      line.split(separator: "`", omittingEmptySubsequences: false).dropFirst().first.map(
        String.init)
    }
  }

  /// The stages that a text names, in the order of their first mention after the imports.
  static func mentioned(inFlow text: String, of stages: [String]) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines.lastIndex { $0.hasPrefix("import ") }.map { $0 + 1 } ?? 0
    var mentioned: [String] = []
    for word in lines[start...].joined(separator: "\n").words
    where stages.contains(word) && !mentioned.contains(word) {
      mentioned.append(word)
    }
    return mentioned
  }
}

private func stagesOfPackage() throws -> [String] {
  OrderRule.stages(ofManifest: try #require(ProjectFiles.text("Package.swift")))
}

@Test(arguments: ["README.md", "README.zh-CN.md"])
func `the map of the code has one line for each stage, in the order of the manifest`(path: String)
  throws
{
  let readme = try #require(ProjectFiles.text(path))
  let mapped = OrderRule.mapped(inReadme: readme, under: ["## Map of the code", "## 代码地图"])
  #expect(try mapped == stagesOfPackage())
}

@Test func `the flow passes the stages in the order of the manifest`() throws {
  // Until it is written there is nothing to compare.
  guard let flow = ProjectFiles.text("Sources/Console/Pipeline.swift") else { return }
  let stages = try stagesOfPackage()
  let mentioned = OrderRule.mentioned(inFlow: flow, of: stages)
  #expect(mentioned == stages.filter(mentioned.contains))
  #expect(Set(mentioned).isSuperset(of: ["Syntax", "Planning", "Execution", "Rendering"]))
}

@Test func `the orders are read as they are written`() {
  let manifest = """
    func stage(_ name: String) -> Target { .target(name: name) }
    let package = Package(
      targets: [
        // stage("Common"),
        stage("Syntax"), stage("Catalog", uses: ["Syntax"]),
        .executableTarget(name: "tongbao", dependencies: ["Console"]), .target(name: "Support"),
        .executableTarget(name: "demo", path: "Tests/Demo"),
      ])
    """
  #expect(OrderRule.stages(ofManifest: manifest) == ["Syntax", "Catalog", "tongbao"])

  let readme = """
    ## Tour
    | `no` | a |
    ## Map of the code
    | target | what |
    |---|---|
    | `Syntax` | text → `tree` |
    | `Catalog` | words |

    | `scripts/run` | c |
    ## More
    | `no` | b |
    """
  #expect(
    OrderRule.mapped(inReadme: readme, under: ["## Map of the code"]) == ["Syntax", "Catalog"])
  #expect(OrderRule.mapped(inReadme: readme, under: ["## Elsewhere"]) == [])

  let flow = "// The flow: Catalog.\nimport Catalog\n// Syntax: tokens.\nf()  // Catalog, Syntax\n"
  #expect(OrderRule.mentioned(inFlow: flow, of: ["Syntax", "Catalog"]) == ["Syntax", "Catalog"])
}
