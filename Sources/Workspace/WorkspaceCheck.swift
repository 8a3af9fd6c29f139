// WorkspaceCheck.swift: an open workspace arrives; everything in it that is not as it was written
// leaves.

import Columns
import Syntax

extension Workspace {
  /// Reads everything: the pages, every block, and the tables for people.
  ///
  /// - Returns: what is damaged, in the order of the editions; empty where all is well.
  /// - Throws: `.damaged` where the catalogue itself cannot be read.
  /// - Complexity: O(bytes of the file)
  package func inspected() throws(WorkspaceFault) -> [ColumnDamage] {
    var found: [ColumnDamage] = []
    let lines = try file.use { database throws(WorkspaceFault) in try database.quickCheck() }
    for line in lines {
      found.append(damaged(nil, "", "", WorkspaceFault(.damaged, line).message))
    }
    for edition in try catalogue().editions {
      for partition in try edition.partitions() {
        for (name, fault) in try faults(of: partition) {
          found.append(damaged(edition.info, partition.dataset, name, fault.message))
        }
      }
      guard try !isPublished(edition) else { continue }
      found.append(
        damaged(
          edition.info, "figure", "value",
          Bilingual("the tables for people differ from what is kept", "供查看的表与所存内容不符")))
    }
    return found
  }

  private func damaged(
    _ edition: EditionInfo?, _ dataset: String, _ column: String, _ reason: Bilingual
  ) -> ColumnDamage {
    ColumnDamage(
      file: path, issuer: edition?.key.issuer ?? "", quarterIndex: edition?.key.quarterIndex,
      dataset: dataset, column: column, reason: reason)
  }

  private func faults(
    of partition: StoredPartition
  ) throws(WorkspaceFault) -> [(name: String, fault: WorkspaceFault)] {
    try file.use { database throws(WorkspaceFault) in
      var faults: [(name: String, fault: WorkspaceFault)] = []
      func attempt(_ name: String, _ read: () throws(WorkspaceFault) -> Void) {
        do throws(WorkspaceFault) { try read() } catch { faults.append((name, error)) }
      }
      for column in partition.columns {
        attempt(column.name) { () throws(WorkspaceFault) in _ = try database.column(of: column) }
      }
      for (name, numbers) in [("line", partition.lines), ("file", partition.fileNumbers)] {
        attempt(name) { () throws(WorkspaceFault) in _ = try database.numbers(of: numbers) }
      }
      return faults
    }
  }

  private func isPublished(_ row: EditionRow) throws(WorkspaceFault) -> Bool {
    let edition = Edition(key: row.info.key, loaded: try loaded(row))
    // The columns are read here, before the connection is taken for the tables.
    let expected = PublishedRows(edition, as: row.info.id)
    // A column that cannot be read has been told already.
    guard damage.take().isEmpty else { return true }
    return try file.use { database throws(WorkspaceFault) in
      guard try database.published(row.info.id) == expected else { return false }
      return try database.hasViews(of: edition)
    }
  }
}
