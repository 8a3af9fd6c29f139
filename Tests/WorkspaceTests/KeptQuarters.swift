// KeptQuarters.swift: the built-in quarter and the examples leave, read, kept and asked, for the
// tests of this folder.

import Catalog
import Columns
import Console
import Execution
import Loading
import Planning
import Rendering
import Support
import Syntax

@testable import Workspace

enum KeptQuarters {
  static let catalog = buildCatalog(from: builtInRulebook()).catalog

  /// Three quarters, one of them in two versions.
  static func examples() throws -> [Loaded] {
    let folders = ["synthetic-2023Q4", "synthetic-2024Q3", "2024Q4", "2024Q4"]
    return try folders.flatMap { folder in
      try loadPieces(paths: ["\(projectFolder)/examples/\(folder)"], into: catalog)
    }
  }

  /// Keeps editions as the program does.
  @discardableResult
  static func keep(_ pieces: [Loaded], in workspace: Workspace) throws -> [EditionInfo] {
    try editions(of: pieces).map { edition in
      var edition = edition
      let catalog = Ground(catalog, edition.loaded).vocabulary.catalog
      for index in edition.loaded.store.partitions.indices {
        let partition = edition.loaded.store.partitions[index]
        guard let dataset = catalog.dataset(named: partition.dataset) else { continue }
        edition.loaded.store.partitions[index].summary = summary(of: partition, dataset, catalog)
      }
      return try workspace.store(edition, rulebook: nil)
    }
  }

  static func ground(_ pieces: [Loaded]) -> Ground {
    var all = LoadedPieces()
    all.add(pieces)
    return Ground(catalog, all)
  }

  /// Everything that the statements print, faults too.
  static func said(_ source: String, of ground: Ground) -> String {
    var session = Session(ground: ground, language: .english)
    var text = ""
    for parsed in session.parsed(source, isConsole: false).statements {
      guard let tree = parsed.statement else { continue }
      do throws(PlanningFault) {
        switch try session.run(tree, in: nil) {
        case .answer(let answer), .check(let answer):
          var options = RenderOptions(mode: OutputMode.named("box") ?? OutputMode.all[0])
          options.noteLevel = .all
          text += String(decoding: render(answer, with: options), as: UTF8.self)
        case .silent: text += "(silent)\n"
        }
      } catch {
        switch error {
        case .refused(let refusal): text += "\(refusal.code) \(refusal.message.english)\n"
        case .wrong(let diagnostic): text += "\(diagnostic.code) \(diagnostic.message.english)\n"
        case .constant, .totalOnly: text += "(a figure is missing)\n"
        }
      }
    }
    return text
  }

  /// The questions that the golden files record.
  static let questions: [String] = ProjectFiles.list(below: "Tests/GoldenTests/Questions")
    .filter { $0.hasSuffix(".stages") }
    .compactMap { path in
      guard let text = ProjectFiles.text(path) else { return nil }
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
      return lines.prefix { !$0.hasPrefix("# ") }.joined(separator: "\n")
    }
}
