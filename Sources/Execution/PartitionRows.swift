// PartitionRows.swift: a partition arrives; the dimensions and times of its rows leave, by row
// number.

import Catalog
import Columns
import Syntax

/// The rows of one partition seen through the definition of its data set.
package struct PartitionRows {
  package let partition: Partition
  let dataset: Dataset
  let catalog: Catalog
  /// When each row is; nil where the data set has no time.
  let times: RowTimes?

  package init(_ partition: Partition, _ dataset: Dataset, _ catalog: Catalog) {
    self.partition = partition
    self.dataset = dataset
    self.catalog = catalog
    times = dataset.time.flatMap { RowTimes(partition, $0) }
  }

  // MARK: - Time

  /// `Month.index`; nil for rows whose data set knows no months, or without a date.
  package func month(_ row: Int) -> Int? {
    guard let times, times.missing?[row] != true else { return nil }
    return times.month(at: times.values[row])
  }

  /// year × 4 + quarter − 1
  package func quarter(_ row: Int) -> Int? {
    guard let times, times.missing?[row] != true else { return partition.quarterIndex }
    return times.quarter(at: times.values[row]) ?? partition.quarterIndex
  }

  // MARK: - Dimensions

  /// The member of a dimension in a row; empty for a blank.
  func member(_ dimension: String, _ row: Int) -> String {
    guard let reader = MemberReader(dimension, self) else { return "" }
    return reader.text(row)
  }
}

/// One dimension of a partition, ready to be read row by row.
struct MemberReader {
  enum Source {
    case constant(String)
    case text(codes: PackedIntegers, names: [String])
    /// Each text or number is a member of its own.
    case each(Column)
  }
  let source: Source

  /// nil where the data set lacks the dimension.
  init?(_ dimension: String, _ rows: PartitionRows) {
    if dimension == "issuer" {
      source = .constant(rows.partition.issuer)
      return
    }
    if let own = rows.dataset.dimensions.first(where: { $0.dimension == dimension }) {
      guard let found = MemberReader.source(own.source, rows) else { return nil }
      source = found
      return
    }
    // A parent: every member below has one.
    guard
      let child = rows.dataset.dimensions.first(where: {
        rows.catalog.dimension(named: $0.dimension)?.parent == dimension
      }), let found = MemberReader.source(child.source, rows),
      let members = rows.catalog.dimension(named: child.dimension)?.members
    else { return nil }
    let parents = Dictionary(members.map { ($0.name, $0.parent ?? "") }) { first, _ in first }
    switch found {
    case .constant(let name): source = .constant(parents[name] ?? "")
    case .text(let codes, let names):
      source = .text(codes: codes, names: names.map { parents[$0] ?? "" })
    case .each: return nil
    }
  }

  private static func source(
    _ source: Dataset.DimensionSource, _ rows: PartitionRows
  ) -> Source? {
    switch source {
    case .constant(let text): return .constant(text)
    case .column(let name):
      guard let column = rows.partition.column(named: name) else { return .constant("") }
      switch column.storage {
      case .text(let codes, let dictionary): return .text(codes: codes, names: dictionary)
      case .numbered, .integers: return .each(column)
      }
    }
  }

  func text(_ row: Int) -> String {
    switch source {
    case .constant(let text): text
    case .text(let codes, let names): names[Int(codes[row])]
    case .each(let column): column.text(row) ?? column.number(row).map(column.memberName) ?? ""
    }
  }

  /// A value for each row, made once for each distinct member.
  func mapped<Value>(rowCount: Int, _ transform: (String) -> Value) -> [Value] {
    switch source {
    case .constant(let text): return Array(repeating: transform(text), count: rowCount)
    case .text(let codes, let names):
      let values = names.map(transform)
      return codes.values.map { values[Int($0)] }
    case .each:
      var known: [String: Value] = [:]
      return (0..<rowCount).map { row in
        let text = text(row)
        if let value = known[text] { return value }
        let value = transform(text)
        known[text] = value
        return value
      }
    }
  }
}

/// When the rows of a partition are. Rows that are sorted by their months are told by these: their
/// column of times is not read.
struct RowTimes: Sendable {
  private enum Unit { case minute, day, month, quarter, unknown }

  let values: PackedIntegers
  let missing: MissingRows?
  private let unit: Unit

  init?(_ partition: Partition, _ time: Dataset.TimeColumn) {
    if time.unit == .month, let months = partition.monthRuns {
      (values, missing, unit) = (months, nil, .month)
      return
    }
    guard let column = partition.column(named: time.column),
      case .integers(let values, let meaning) = column.storage
    else { return nil }
    (self.values, missing) = (values, column.missing)
    switch meaning {
    case .minute: unit = .minute
    case .day: unit = .day
    case .quarter: unit = .quarter
    default: unit = .unknown
    }
  }

  /// Whether the values say months, or quarters alone.
  var knowsMonths: Bool { unit == .minute || unit == .day || unit == .month }
  var knowsQuarters: Bool { unit != .unknown }

  /// `Month.index` of a value; nil where it says none.
  func month(at value: Int64) -> Int? {
    let number = Int(truncatingIfNeeded: value)
    switch unit {
    case .minute: return Day(index: number.flooredDividing(by: 1440)).month.index
    case .day: return Day(index: number).month.index
    case .month: return number
    case .quarter, .unknown: return nil
    }
  }

  /// The quarter that a value lies in; nil where it says none.
  func quarter(at value: Int64) -> Int? {
    unit == .quarter
      ? Int(truncatingIfNeeded: value) : month(at: value)?.flooredDividing(by: 3)
  }
}
