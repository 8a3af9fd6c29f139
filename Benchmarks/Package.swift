// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that whoever builds tongbao never builds this. It measures the program
// that people get, from outside, side by side with its peers.
let package = Package(
  name: "benchmarks",
  targets: [
    .executableTarget(
      name: "bench",
      swiftSettings: [.strictMemorySafety(), .treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
