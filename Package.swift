// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.strictMemorySafety(), .treatAllWarnings(as: .error)]

/// One stage of the flow; the order of this list is the order of the stages (README, "Map of the
/// code").
func stage(
  _ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: uses, resources: resources, swiftSettings: strict)
}

/// Tests of one stage; `records` are folders of golden files, which the tests read where they lie.
func tests(_ name: String, uses: [Target.Dependency], records: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: uses + ["Support"], exclude: records,
    swiftSettings: strict)
}

let package = Package(
  name: "tongbao",
  products: [.executable(name: "tongbao", targets: ["tongbao"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // System libraries and the few shims they need.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .target(name: "CLibedit", dependencies: ["CEdit"]),
    // Opened at first use: named neither in `link` nor in `pkgConfig`.
    .target(name: "CCurl"),
    .target(name: "CZip"),
    .target(name: "CKernels"),
    .target(name: "CSystem"),
    .target(name: "CTerminal"),
    .target(name: "CXlsxWriter"),

    // The stages, in pipeline order.
    stage("Syntax"),
    stage("Catalog", uses: ["Syntax"], resources: [.embedInCode("Rulebook")]),
    stage("Planning", uses: ["Syntax", "Catalog"]),
    stage("SQLGeneration", uses: ["Syntax", "Catalog", "Planning"]),
    stage("Columns", uses: ["Syntax"]),
    stage("Kernels", uses: ["CKernels"]),
    stage("Execution", uses: ["Syntax", "Catalog", "Planning", "Columns", "Kernels"]),
    stage(
      "ClickHouse",
      uses: [
        "Syntax", "Catalog", "Planning", "SQLGeneration", "Columns", "Execution", "CCurl",
      ]),
    stage(
      "Loading",
      uses: ["Syntax", "Catalog", "Columns", "CExpat", "CSQLite", "CSystem", "CZip"]),
    stage("Workspace", uses: ["Syntax", "Columns", "CSQLite", "CSystem"]),
    stage("Rendering", uses: ["Syntax", "Columns", "CXlsxWriter"]),
    stage(
      "Console",
      uses: [
        "Syntax", "Catalog", "Planning", "SQLGeneration", "Columns", "Execution", "ClickHouse",
        "Loading", "Workspace", "Rendering", "CLibedit", "CTerminal",
      ]),
    .executableTarget(
      name: "tongbao",
      dependencies: [
        "Console", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    // Tests.
    .target(
      name: "Support", dependencies: ["CPty"], path: "Tests/Support", swiftSettings: strict),
    .target(name: "CPty", path: "Tests/CPty"),
    // Generated orders: what benchmarks measure with, and what their tests hold.
    .target(
      name: "SyntheticOrders", dependencies: ["Columns"],
      path: "Benchmarks/Sources/SyntheticOrders", swiftSettings: strict),
    tests("Syntax", uses: ["Syntax"]),
    tests("Catalog", uses: ["Syntax", "Catalog"]),
    tests("Columns", uses: ["Columns"]),
    tests("Kernels", uses: ["Kernels"]),
    tests(
      "Loading",
      uses: [
        "Syntax", "Catalog", "Planning", "Columns", "Execution", "Loading", "Rendering", "Console",
      ], records: ["same-quarter.py"]),
    tests(
      "Workspace",
      uses: [
        "Syntax", "Catalog", "Planning", "Columns", "Execution", "Loading", "Workspace",
        "Rendering", "Console", "CSystem", "tongbao",
      ]),
    tests("Rendering", uses: ["Syntax", "Columns", "Rendering"]),
    .executableTarget(
      name: "editor-demo", dependencies: ["Console", "Rendering", "Syntax"],
      path: "Tests/EditorDemo", swiftSettings: strict),
    tests(
      "Console",
      uses: [
        "Console", "Loading", "Rendering", "Syntax", "Catalog", "tongbao", "editor-demo",
      ]),
    tests("ClickHouse", uses: ["Syntax", "Catalog", "Columns", "ClickHouse", "Console"]),
    tests(
      "Golden",
      uses: [
        "Syntax", "Catalog", "Planning", "SQLGeneration", "Columns", "Execution", "Loading",
        "Rendering", "Console",
      ], records: ["Questions", "Errors", "Readers", "Runs", "WrongSentences.txt"]),
    tests(
      "Oracle",
      uses: [
        "Syntax", "Catalog", "Planning", "SQLGeneration", "Columns", "Execution", "ClickHouse",
        "Loading", "Rendering", "Console", "CSQLite", "tongbao",
      ]),
    tests(
      "SyntheticOrders",
      uses: [
        "SyntheticOrders", "Syntax", "Catalog", "Planning", "Columns", "Execution", "Loading",
        "Console",
      ]),
    tests("Architecture", uses: []),
    tests("Readme", uses: ["tongbao"]),
  ],
  swiftLanguageModes: [.v6]
)
