// GroupKeys.swift: a dimension and a partition arrive; what each of its rows adds to the number of
// its group leaves.

import Catalog
import Columns
import Syntax

/// One dimension of the groups in one partition: what each row adds to the number of its group.
struct KeyColumn: Sendable {
  var packed: PackedIntegers
  /// By entry of the column, times the place of the dimension.
  var table: [Int]
  var missing: MissingRows?
  var whereMissing = 0
}

extension StoreIndex {
  enum KeyPart {
    case fixed(Int)
    case column(KeyColumn)
  }

  /// nil where the partition's codes are too many for a table.
  func keyPart(
    _ dimension: String, _ place: Int, _ shape: KeyShape, _ partition: Int,
    _ dataset: Dataset
  ) -> KeyPart? {
    let unit = shape.places[place]
    guard let timeUnit = catalog.dimension(named: dimension)?.timeUnit else {
      switch members(dimension, of: partition, dataset) {
      case nil: return nil
      case .absent?: return .fixed(0)
      case .constant(let member)?: return .fixed((member + 1) * unit)
      case .coded(let packed, let members, let missing)?:
        return .column(
          KeyColumn(packed: packed, table: members.map { ($0 + 1) * unit }, missing: missing))
      }
    }
    guard let times = times(of: partition, dataset) else { return nil }
    func digit(_ month: Int?, _ quarter: Int?) -> Int {
      let code: Int? =
        switch timeUnit {
        case .month: month
        case .quarter: quarter
        case .year: quarter.map { Quarter(index: $0).year }
        }
      return code.map { shape.digit(of: $0, at: place) } ?? 0
    }
    let other = digit(nil, times.partitionQuarter) * unit
    guard let packed = times.packed else { return .fixed(other) }
    let table = times.quarters.indices.map {
      digit(times.months?[$0], times.quarters[$0]) * unit
    }
    return .column(
      KeyColumn(packed: packed, table: table, missing: times.missing, whereMissing: other))
  }

  /// The times that rows of a data set can have: all months and quarters its partitions hold.
  func timeCodes(_ unit: TimeUnit, of partitions: [Int], _ dataset: Dataset) -> [Int]? {
    var found: Set<Int> = []
    for partition in partitions {
      guard let times = times(of: partition, dataset) else { return nil }
      if unit == .month {
        found.formUnion(times.months ?? [])
        continue
      }
      // A column of minutes has thousands of entries in few quarters.
      for quarter in Set(times.quarters + [times.partitionQuarter].compactMap { $0 }) {
        found.insert(unit == .year ? Quarter(index: quarter).year : quarter)
      }
    }
    return found.sorted()
  }
}
