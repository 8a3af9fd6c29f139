// Keeping.swift: what was read arrives; it is kept in a workspace, quarter by quarter, each whole
// or not at all, and told only when it is there for good.

import Catalog
import Columns
import Execution
import Loading
import Rendering
import Syntax
import Workspace

/// Versions with more rows are compared by their number of rows alone.
private let mostComparedRows = 200_000

extension Batch {
  /// Stores every edition of `pieces`. A period that is there with other figures is stored as a
  /// further version only where somebody says so.
  ///
  /// - Returns: whether everything is there now.
  mutating func keep(_ pieces: [Loaded], in path: String) -> Bool {
    let patience = Patience.telling(in: session.language)
    do throws(WorkspaceFault) {
      let exists = (try? SystemCalls.status(of: path))?.kind != .missing
      let workspace =
        exists
        ? try Workspace.open(path, for: .writing, patience: patience)
        : try Workspace.create(path, patience: patience)
      var isWhole = true
      for edition in editions(of: pieces) {
        let isThere = try keep(summed(edition), in: workspace)
        isWhole = isWhole && isThere
      }
      return isWhole
    } catch {
      reportFault(error, of: path)
      return false
    }
  }

  mutating func reportFault(_ fault: WorkspaceFault, of path: String) {
    writer.report(fault.fault(of: path).line(in: session.language) + "\n")
    status = max(status, 3)
  }

  private mutating func keep(
    _ edition: Edition, in workspace: Workspace
  ) throws(WorkspaceFault) -> Bool {
    let versions = try workspace.editions().filter { $0.key == edition.key }
    if let same = versions.last(where: { $0.hash == edition.hash }) {
      tellKept(
        edition, "is there already, from the same file (version \(same.version))",
        "已在其中，文件相同（第\(same.version)版）")
      return true
    }
    if let latest = versions.last {
      let before = try workspace.pieces(latest.id).flatMap(\.store.partitions)
      let after = edition.loaded.store.partitions
      let changes = differences(from: before, to: after)
      guard workspace.damage.take().isEmpty || options.replacesKept else {
        throw WorkspaceFault(.damaged, edition.key.text)
      }
      if changes.isEmpty, !options.replacesKept {
        tellKept(
          edition, "is there already with the same figures (version \(latest.version))",
          "已在其中，数字相同（第\(latest.version)版）")
        return true
      }
      tellDifferences(edition.key, latest, changes)
      guard options.replacesKept || confirms(Bilingual("store it as a further version?", "存为新的一版？"))
      else {
        writer.report(
          Bilingual(
            "\(edition.key.text): not stored; --replace stores it as version "
              + "\(latest.version + 1)\n",
            "\(edition.key.text)：未保存；--replace 可存为第\(latest.version + 1)版\n")[session.language])
        status = max(status, 3)
        return false
      }
    }
    let stored = try workspace.store(edition, rulebook: data.rulebook)
    let version = stored.version > 1 ? stored.version : nil
    let rows = stored.rowCount
    if !options.isQuiet {
      writer.report(
        terminalSafe(
          Bilingual(
            "loaded \(edition.key.text): \(rows) rows"
              + (version.map { ", version \($0)" } ?? ""),
            "已载入 \(edition.key.text)：\(rows) 行" + (version.map { "，第\($0)版" } ?? ""))[
              session.language]) + "\n")
      writer.flush()
    }
    return true
  }

  private func tellKept(_ edition: Edition, _ english: String, _ chinese: String) {
    guard !options.isQuiet else { return }
    let text = Bilingual(
      "\(edition.key.text) \(english)", "\(edition.key.text) \(chinese)")[session.language]
    writer.report(terminalSafe(text) + "\n")
  }

  /// What the rows cover is counted now, so that opening never has to.
  private func summed(_ edition: Edition) -> Edition {
    let catalog = Ground(data.catalog, edition.loaded).vocabulary.catalog
    var result = edition
    for index in result.loaded.store.partitions.indices {
      let partition = result.loaded.store.partitions[index]
      guard let dataset = catalog.dataset(named: partition.dataset) else { continue }
      result.loaded.store.partitions[index].summary = summary(of: partition, dataset, catalog)
    }
    return result
  }

  // MARK: - Differences

  private func differences(from before: [Partition], to after: [Partition]) -> [Bilingual] {
    func rows(_ partitions: [Partition]) -> Int { partitions.reduce(0) { $0 + $1.rowCount } }
    let (old, new) = (rows(before), rows(after))
    if max(old, new) > mostComparedRows {
      return [Bilingual("\(old) rows → \(new) rows", "\(old) 行 → \(new) 行")]
    }
    return versionChanges(from: before, to: after, in: data.catalog).map(\.text)
  }

  private func tellDifferences(
    _ key: EditionKey, _ latest: EditionInfo, _ changes: [Bilingual]
  ) {
    let language = session.language
    let count = changes.count
    writer.report(
      Bilingual(
        "\(key.text) is there with other figures (version \(latest.version)), "
          + "\(count) differ:\n",
        "\(key.text) 已在其中（第\(latest.version)版），有 \(count) 处不同：\n")[language])
    for change in changes.prefix(10) { writer.report("  " + terminalSafe(change[language]) + "\n") }
    if count > 10 {
      writer.report(
        Bilingual("  … and \(count - 10) more\n", "  ……另有 \(count - 10) 处\n")[language])
    }
  }

  /// Asks the person at the prompt; nobody else is asked, and the answer is no.
  func confirms(_ question: Bilingual) -> Bool {
    guard isPrompt else { return false }
    writer.report(question[session.language] + Bilingual(" [y/N] ", " [y/N] ")[session.language])
    writer.flush()
    guard let bytes = try? Descriptor.read(from: 0, atMost: 256),
      let text = String(validating: bytes, as: UTF8.self)
    else { return false }
    return ["y", "yes", "是"].contains(foldedName(text))
  }
}
