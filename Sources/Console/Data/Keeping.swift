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

/// Programs that keep the same period at the same time come one after another.
private let mostComparisons = 16

extension Batch {
  /// Stores every edition of `pieces`. A period that is there with other figures is stored as a
  /// further version only where somebody says so.
  ///
  /// - Returns: whether everything is there now.
  mutating func keep(_ pieces: [Loaded], in path: String) -> Bool {
    let patience = Patience.telling(in: session.language)
    do throws(WorkspaceFault) {
      let workspace = try workspace(path, patience)
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

  /// The workspace of that name, made where there is none.
  private func workspace(
    _ path: String, _ patience: Patience
  ) throws(WorkspaceFault) -> Workspace {
    do throws(WorkspaceFault) {
      guard (try? SystemCalls.status(of: path))?.kind != .missing else {
        return try Workspace.create(path, patience: patience)
      }
    } catch {
      // Another program may have made it meanwhile.
      guard error.reason == .exists else { throw error }
    }
    return try Workspace.open(path, for: .writing, patience: patience)
  }

  mutating func reportFault(_ fault: WorkspaceFault, of path: String) {
    writer.tell(fault.fault(of: path), in: session.language)
    status = max(status, 3)
  }

  /// Another program may keep the same period meanwhile: then this one is compared again, with
  /// what that one kept.
  private mutating func keep(
    _ edition: Edition, in workspace: Workspace
  ) throws(WorkspaceFault) -> Bool {
    for _ in 1..<mostComparisons {
      do throws(WorkspaceFault) {
        return try keepOnce(edition, in: workspace)
      } catch {
        guard error.reason == .changed else { throw error }
      }
    }
    return try keepOnce(edition, in: workspace)
  }

  private mutating func keepOnce(
    _ edition: Edition, in workspace: Workspace
  ) throws(WorkspaceFault) -> Bool {
    let versions = try workspace.editions().filter { $0.key == edition.key }
    let latest = versions.last
    var before: [Partition] = []
    if let latest { before = try workspace.pieces(latest.id).flatMap(\.store.partitions) }
    let same = versions.last { $0.hash == edition.hash }?.version
    switch admission(
      of: edition, knownAs: same, latest: latest?.version, before, damage: workspace.damage)
    {
    case .isThere: return true
    case .isRefused: return false
    case .isNew: break
    }
    let stored = try workspace.store(
      edition, rulebook: data.rulebook, after: latest?.version ?? 0)
    guard !options.isQuiet else { return true }
    let (rows, version) = (edition.tableRowCount, stored.version)
    writer.report(
      terminalSafe(
        Bilingual(
          "loaded \(edition.key.text): \(counted(rows, "row"))"
            + (version > 1 ? ", version \(version)" : ""),
          "已载入 \(edition.key.text)：\(rows) 行" + (version > 1 ? "，第\(version)版" : ""))[
            session.language]) + "\n")
    writer.flush()
    return true
  }

  enum Admission { case isNew, isThere, isRefused }

  /// Whether an edition is to be taken beside the versions that there are: the same file is
  /// recognised, other figures are shown before anybody is asked.
  ///
  /// - Parameters:
  ///   - same: the version that came from the same file.
  ///   - latest: the number of the latest version; nil where the period is new.
  ///   - before: its rows.
  mutating func admission(
    of edition: Edition, knownAs same: Int?, latest: Int?, _ before: [Partition],
    damage: DamageLog
  ) -> Admission {
    guard let latest else { return .isNew }
    if let same {
      tellKept(
        edition, "is there already, from the same file (version \(same))", "已在其中，文件相同（第\(same)版）")
      return .isThere
    }
    _ = damage.take()
    let changes = differences(from: before, to: edition.loaded.store.partitions)
    if let lost = damage.take().first {
      // What cannot be read cannot be compared: a new version is then the cure.
      writer.report(terminalSafe(lost.refusal.message[session.language]) + "\n")
    } else if changes.isEmpty, !options.replacesKept {
      tellKept(
        edition, "is there already with the same figures (version \(latest))",
        "已在其中，数字相同（第\(latest)版）")
      return .isThere
    } else {
      tellDifferences(edition.key, latest, changes)
    }
    guard options.replacesKept || confirms(Bilingual("take it as a further version?", "作为新的一版？"))
    else {
      writer.report(
        Bilingual(
          "\(edition.key.text): not taken; `--keep --replace` stores it as version \(latest + 1)\n",
          "\(edition.key.text)：未采用；--keep --replace 可存为第\(latest + 1)版\n")[session.language])
      status = max(status, 3)
      return .isRefused
    }
    return .isNew
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

  private func tellDifferences(_ key: EditionKey, _ latest: Int, _ changes: [Bilingual]) {
    let language = session.language
    let count = changes.count
    writer.report(
      Bilingual(
        "\(key.text) is there with other figures (version \(latest)), "
          + "\(counted(count, "differs", "differ")):\n",
        "\(key.text) 已在其中（第\(latest)版），有 \(count) 处不同：\n")[language])
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
