// BaseRows.swift: a plan and the store arrive; the loaded rows behind its figures leave, each with
// its file and line.

import Catalog
import Columns
import Planning
import Syntax

/// One loaded row that a figure was made from.
package struct BaseRow: Sendable, Hashable {
  package var dataset: String
  package var file: String
  /// From 1; 0 where the file has no lines.
  package var line: Int
  /// The members of the row by dimension; blanks are left out.
  package var members: [String: String]
  /// The columns that the figures use, and every text beside them, as `column value`.
  package var values: [String]
}

/// The base rows of the columns of a question, in loading order, each once.
///
/// - Throws: `ExactOverflow` where a test of a definition counts too far.
/// - Complexity: O(rows × measures)
package func baseRows(
  of plan: Plan, from store: Store, in catalog: Catalog
) throws(ExactOverflow) -> [BaseRow] {
  let uses = plan.query.columns.flatMap { $0.formula.measureUses(extra: []) }
  var used: [RowPlace: Set<String>] = [:]
  for use in uses {
    guard let planned = plan.measures[use], let metric = catalog.metric(named: use.measure.metric)
    else { continue }
    for part in planned.parts {
      let source = metric.sources[part.sourceIndex]
      for (index, partition) in store.partitions.enumerated()
      where partition.dataset == part.dataset {
        guard let dataset = catalog.dataset(named: part.dataset) else { continue }
        let rows = PartitionRows(partition, dataset, catalog)
        let filter = try RowFilter(
          rows, source, part, planned.condition, months: plan.query.months)
        for row in 0..<partition.rowCount where filter.keeps(row) {
          used[RowPlace(partition: index, row: row), default: []].formUnion(source.columnNames)
        }
      }
    }
  }
  return used.sorted { $0.key < $1.key }.compactMap { place, columns in
    let partition = store.partitions[place.partition]
    return catalog.dataset(named: partition.dataset).map {
      PartitionRows(partition, $0, catalog).baseRow(place.row, showing: columns)
    }
  }
}

private struct RowPlace: Hashable, Comparable {
  var partition: Int
  var row: Int

  static func < (left: RowPlace, right: RowPlace) -> Bool {
    (left.partition, left.row) < (right.partition, right.row)
  }
}

extension MetricSource {
  /// The columns that the aggregate adds up.
  fileprivate var columnNames: [String] {
    switch aggregate {
    case .rows: []
    case .apply(_, let expression): expression.measureNames
    }
  }
}

extension PartitionRows {
  fileprivate func baseRow(_ row: Int, showing columns: Set<String>) -> BaseRow {
    var members: [String: String] = [:]
    var taken = Set(dataset.grain)
    for own in dataset.dimensions {
      let member = member(own.dimension, row)
      if !member.isEmpty { members[own.dimension] = member }
      if case .column(let name) = own.source { taken.insert(name) }
    }
    if let month = month(row) {
      members[TimeUnit.month.rawValue] = Month(index: month).text
    } else if let quarter = quarter(row) {
      members[TimeUnit.quarter.rawValue] = Quarter(index: quarter).text
    }
    let shown = partition.columns.filter { column in
      guard column.hasValue(row) else { return false }
      if columns.contains(column.name) { return true }
      guard column.isText else { return false }
      return !taken.contains(column.name)
    }
    let file = Int(partition.fileOfRow[row])
    return BaseRow(
      dataset: dataset.name,
      file: partition.files.indices.contains(file) ? partition.files[file].path : "",
      line: Int(partition.lineOfRow[row]), members: members,
      values: shown.map { "\($0.name) \(printed($0, row))" })
  }

  /// A cell as a person reads it; the row must have a value.
  func printed(_ column: Column, _ row: Int) -> String {
    switch column.storage {
    case .text, .numbered: return column.text(row) ?? ""
    case .integers(let values, let meaning):
      switch meaning {
      case .day: return Day(index: Int(values[row])).text
      case .flag: return FlagWord.of(values[row] != 0)
      case .decimal(let scale):
        return Exact(digits: values[row], scale: scale).flatMap { try? $0.text(places: scale) }
          ?? String(values[row])
      case .quarter: return Quarter(index: Int(values[row])).text
      case .whole: return String(values[row])
      case .minute:
        let minute = Int(values[row])
        let day = minute.flooredDividing(by: 1440)
        let (hours, minutes) = (minute - day * 1440).quotientAndRemainder(dividingBy: 60)
        return Day(index: day).text + (hours < 10 ? " 0" : " ") + String(hours)
          + (minutes < 10 ? ":0" : ":") + String(minutes)
      }
    }
  }
}
