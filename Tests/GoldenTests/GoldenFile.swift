// GoldenFile.swift: a file of named sections arrives; the same file leaves, written anew from its
// first section.
//
// The first section is the input, a question or a wrong sentence; the others are what becomes of
// it, stage by stage, in the order in which they are produced. The whole file is compared, so a
// section that is missing, superfluous or out of place is a difference as well.

import Support
import Testing

struct GoldenFile: Sendable, CustomTestStringConvertible {
  /// From the project's folder.
  let path: String

  var testDescription: String { path }

  /// What a stage printed, under the name of its section.
  typealias Section = (name: String, text: String)

  /// The files of a folder beside this file, such as `Questions`.
  static func all(in folder: String, suffix: String) -> [GoldenFile] {
    ProjectFiles.list(below: "Tests/GoldenTests/\(folder)").filter { $0.hasSuffix(suffix) }
      .map { GoldenFile(path: $0) }
  }

  /// Holds the file against what `produce` makes of its input; `scripts/bless` rewrites it instead.
  ///
  ///     @Test(arguments: GoldenFile.all(in: "Questions", suffix: ".stages"))
  ///     func `every stage of a question is as recorded`(file: GoldenFile) throws {
  ///       try file.check(input: "question") { question in [("tokens", …), ("tree", …)] }
  ///     }
  ///
  /// - Parameter input: the name of the first section.
  func check(input name: String, _ produce: (String) throws -> [Section]) throws {
    let text = try #require(ProjectFiles.text(path), "\(path) is no UTF-8 text")
    let input = try #require(
      Self.input(of: text, named: name), "\(path) must begin with the line `# \(name)`")
    let sections = [(name: name, text: input)] + (try produce(input))
    if let difference = Golden.difference(Self.text(of: sections), from: path) {
      Issue.record(Comment(rawValue: difference))
    }
  }

  /// The first section: up to the next line that begins with `# ` and a small letter. A comment of
  /// the language is therefore written `#like this` in an input.
  static func input(of text: String, named name: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "# \(name)" else { return nil }
    let input = lines.dropFirst().prefix { !isHeading($0) }
    return trimmed(input.joined(separator: "\n"))
  }

  /// Each section under its heading, with an empty line between two.
  static func text(of sections: [Section]) -> String {
    sections.map { section in
      let text = trimmed(section.text)
      return "# \(section.name)\n" + (text.isEmpty ? "" : text + "\n")
    }.joined(separator: "\n")
  }

  private static func isHeading(_ line: Substring) -> Bool {
    guard line.hasPrefix("# "), let first = line.dropFirst(2).first else { return false }
    return ("a"..."z").contains(first)
  }

  /// Empty lines at the end are the file's layout, not the section's text; blanks are text.
  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == "\n" }.reversed())
  }
}
