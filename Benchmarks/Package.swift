// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.strictMemorySafety(), .treatAllWarnings(as: .error)]

/// A stage of the program, reached through a link, so that one process can hold a store and answer
/// question after question.
func stage(
  _ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: uses, resources: resources, swiftSettings: strict)
}

// A package of its own, so that whoever builds tongbao never builds this. It measures the program
// that people get, side by side with its peers: from outside, or its stages with a store in memory.
let package = Package(
  name: "benchmarks",
  targets: [
    stage("Syntax"),
    stage("Catalog", uses: ["Syntax"], resources: [.embedInCode("Rulebook")]),
    stage("Planning", uses: ["Syntax", "Catalog"]),
    stage("Columns", uses: ["Syntax"]),
    .target(name: "CKernels"),
    stage("Kernels", uses: ["CKernels"]),
    stage("Execution", uses: ["Syntax", "Catalog", "Planning", "Columns", "Kernels"]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CSystem"),
    stage("Workspace", uses: ["Syntax", "Columns", "CSQLite", "CSystem"]),
    stage("SyntheticOrders", uses: ["Columns"]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "Syntax", "Catalog", "Planning", "Columns", "Execution", "Workspace", "SyntheticOrders",
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
