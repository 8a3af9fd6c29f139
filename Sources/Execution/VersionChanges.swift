// VersionChanges.swift: two versions of a notice arrive; every figure that differs leaves.

import Catalog
import Columns
import Syntax

/// One cell that a later version has otherwise.
package struct VersionChange: Sendable, Hashable {
  /// The data set, the row's key, the column, the value before and after.
  package var text: Bilingual
}

/// The cells that differ, in the order of the rulebook; rows are found by the grain of their data
/// set. A blank is `-`.
///
/// - Complexity: O(cells)
package func versionChanges(
  from earlier: [Partition], to later: [Partition], in catalog: Catalog
) -> [VersionChange] {
  catalog.datasets.flatMap { dataset -> [VersionChange] in
    func rows(_ partitions: [Partition]) -> KeyedRows {
      KeyedRows(
        partitions.filter { $0.dataset == dataset.name }.map {
          PartitionRows($0, dataset, catalog)
        }, dataset)
    }
    let (before, after) = (rows(earlier), rows(later))
    let keys = before.order + after.order.filter { before.cells[$0] == nil }
    return keys.flatMap { key in
      changes(dataset, key, before.cells[key], after.cells[key])
    }
  }
}

private func changes(
  _ dataset: Dataset, _ key: [String], _ before: [String: String]?, _ after: [String: String]?
) -> [VersionChange] {
  // The period is the notice's own; a member beside the key says whose row it is.
  let members = dataset.dimensions.compactMap { dimension -> String? in
    guard case .column(let column) = dimension.source, !dataset.grain.contains(column),
      dataset.column(named: column)?.type == .text
    else { return nil }
    return (after ?? before)?[column]
  }
  let name = (key + members).filter { !$0.isEmpty }.joined(separator: " ")
  func change(_ column: String, _ old: String?, _ new: String?) -> VersionChange {
    let values = "\(old ?? "-") → \(new ?? "-")"
    let place = column.isEmpty ? name : "\(name) \(column)"
    return VersionChange(
      text: Bilingual(
        "\(dataset.label.english) \(place) \(values)",
        "\(dataset.label.chinese) \(place) \(values)"))
  }
  guard let before, let after else {
    let first = dataset.columns.first {
      !dataset.grain.contains($0.name) && (before ?? after)?[$0.name] != nil
    }
    guard let first else {
      return [change("", before == nil ? nil : "+", after == nil ? nil : "+")]
    }
    return [change(first.name, before?[first.name], after?[first.name])]
  }
  return dataset.columns.compactMap { column in
    before[column.name] == after[column.name]
      ? nil : change(column.name, before[column.name], after[column.name])
  }
}

/// The rows of some partitions by their grain.
private struct KeyedRows {
  var order: [[String]] = []
  var cells: [[String]: [String: String]] = [:]

  init(_ partitions: [PartitionRows], _ dataset: Dataset) {
    for rows in partitions {
      let columns = rows.partition.columns
      for row in 0..<rows.partition.rowCount {
        var values: [String: String] = [:]
        for column in columns where column.hasValue(row) {
          values[column.name] = rows.printed(column, row)
        }
        var key = dataset.grain.filter { dataset.column(named: $0)?.type != .period }
          .map { values[$0] ?? "" }
        // Rows that share a key are told apart by their order.
        while cells[key] != nil { key.append("·") }
        order.append(key)
        cells[key] = values
      }
    }
  }
}
