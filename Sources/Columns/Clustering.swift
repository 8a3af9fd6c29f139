// Clustering.swift: the rows of a partition arrive in the order of their file; they leave sorted by
// month and one column, so that both become runs.
//
// Most questions are by unit and period. Over runs they count and skip whole stretches of rows, and
// a filter on either is a range. Small partitions keep the order in which they were printed.

import Syntax

extension Partition {
  /// Below this many rows nothing is gained.
  package static let leastClusteredRows = 1 << 16

  /// Some of the rows, sorted by the month of `time`, then by `column`; rows that share both keep
  /// their order. In the given order where that does not pay: where runs would be short, or where
  /// rows have no time.
  ///
  /// - Parameter rows: ascending.
  /// - Complexity: O(rows × columns)
  package func gathered(
    _ rows: [Int], clusteredByMonthOf time: String, then column: String,
    leastRows: Int = leastClusteredRows
  ) -> Partition {
    guard let (order, months) = clustering(of: rows, time, column, leastRows) else {
      return rows.count == rowCount ? self : gathered(rows)
    }
    var result = gathered(order)
    result.monthRuns = months
    return result
  }

  /// The rows in their order by month and code, and the month of each.
  private func clustering(
    of rows: [Int], _ time: String, _ column: String, _ leastRows: Int
  ) -> (rows: [Int], months: PackedIntegers)? {
    guard rows.count >= leastRows, rows.count <= Int(UInt32.max),
      let months = months(of: rows, time), let lowest = months.min(), let highest = months.max(),
      let own = self.column(named: column), case .text(let codes, let dictionary) = own.storage
    else { return nil }
    let (span, isTooWide) = highest.subtractingReportingOverflow(lowest)
    guard !isTooWide, span < 1200, dictionary.count <= 1 << 20 else { return nil }
    let keyCount = (Int(span) + 1) * dictionary.count
    guard keyCount <= rows.count * 4 else { return nil }
    var starts = [Int](repeating: 0, count: keyCount + 1)
    let width = Int64(dictionary.count)
    var keys = codes.values(of: rows)
    for place in keys.indices {
      keys[place] += (months[place] - lowest) * width
      starts[Int(keys[place]) + 1] += 1
    }
    guard starts.count(where: { $0 > 0 }) <= rows.count / 16 else { return nil }
    for key in 0..<keyCount { starts[key + 1] += starts[key] }
    let ends = stride(from: dictionary.count, through: keyCount, by: dictionary.count).map {
      UInt32(starts[$0])
    }
    var order = [Int](repeating: 0, count: rows.count)
    for (row, key) in zip(rows, keys) {
      order[starts[Int(key)]] = row
      starts[Int(key)] += 1
    }
    return (order, PackedIntegers(ascendingFrom: lowest, ends: ends))
  }

  /// The month of each of the rows; nil where a row has none.
  private func months(of rows: [Int], _ time: String) -> [Int64]? {
    guard let column = column(named: time), case .integers(let values, let meaning) = column.storage
    else { return nil }
    if let missing = column.missing, rows.contains(where: { missing[$0] }) { return nil }
    let divisor: Int
    switch meaning {
    case .day: divisor = 1
    case .minute: divisor = 1440
    default: return nil
    }
    guard let bounds = values.bounds else { return nil }
    let first = Int(truncatingIfNeeded: bounds.lowerBound).flooredDividing(by: divisor)
    let last = Int(truncatingIfNeeded: bounds.upperBound).flooredDividing(by: divisor)
    // A century of days: beyond it nothing is clustered.
    guard last - first < 40_000 else { return nil }
    let monthOfDay = (first...last).map { Int64(Day(index: $0).month.index) }
    let start = Int64(first * divisor)
    return values.values(of: rows).map { monthOfDay[Int($0 - start) / divisor] }
  }
}
