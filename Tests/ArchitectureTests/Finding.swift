// Finding.swift: one place that breaks a rule of the house, said so that an editor can jump there.

import Support
import Testing

struct Finding: Hashable, CustomStringConvertible {
  var path: String
  var line: Int
  var message: String

  var description: String { "\(path):\(line): \(message)" }
}

/// One issue for each finding, so that the test run lists every place and not only the first.
func expectNone(_ findings: [Finding]) {
  for finding in findings { Issue.record(Comment(rawValue: finding.description)) }
}

/// The Swift files of the project that people wrote or scripts generated.
enum Project {
  static let sources = files(below: "Sources")
  static let tests = files(below: "Tests")
  static let all = sources + tests + files(below: "Benchmarks")

  private static func files(below folder: String) -> [SwiftSource] {
    ProjectFiles.list(below: folder).filter {
      $0.hasSuffix(".swift") && !$0.hasSuffix("/Package.swift")
    }
    .compactMap { path in
      ProjectFiles.text(path).map { SwiftSource(path: path, text: $0) }
    }
  }

  /// A piece of Swift as if it stood in the project; the rules' own tests plant faults this way.
  static func planted(_ text: String, at path: String = "Sources/Syntax/Planted.swift")
    -> SwiftSource
  { SwiftSource(path: path, text: text) }
}
