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
  let timeColumn: Column?

  package init(_ partition: Partition, _ dataset: Dataset, _ catalog: Catalog) {
    self.partition = partition
    self.dataset = dataset
    self.catalog = catalog
    timeColumn = dataset.time.flatMap { partition.column(named: $0.column) }
  }

  // MARK: - Time

  /// `Month.index`; nil for rows whose data set knows no months, or without a date.
  package func month(_ row: Int) -> Int? {
    guard let column = timeColumn, case .integers(let values, let meaning) = column.storage,
      column.missing?[row] != true
    else { return nil }
    switch meaning {
    case .day: return Day(index: Int(values[row])).month.index
    case .minute:
      return Day(index: Int(values[row]).flooredDividing(by: 1440)).month.index
    default: return nil
    }
  }

  /// year × 4 + quarter − 1
  package func quarter(_ row: Int) -> Int? {
    if let month = month(row) { return month.flooredDividing(by: 3) }
    guard let column = timeColumn, case .integers(let values, .quarter) = column.storage,
      column.missing?[row] != true
    else { return partition.quarterIndex }
    return Int(values[row])
  }

  /// The quarter that a value of the time column lies in; nil where it says none.
  func quarter(at value: Int64) -> Int? {
    guard let column = timeColumn, case .integers(_, let meaning) = column.storage else {
      return nil
    }
    switch meaning {
    case .day: return Day(index: Int(value)).month.quarter.index
    case .minute: return Day(index: Int(value).flooredDividing(by: 1440)).month.quarter.index
    case .quarter: return Int(value)
    default: return nil
    }
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
    case .each(let column): column.text(row) ?? column.number(row).map(String.init) ?? ""
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
