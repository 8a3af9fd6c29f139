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
      let months = months(of: rows, time), let lowest = months.bounds?.lowerBound,
      let highest = months.bounds?.upperBound,
      let own = self.column(named: column), case .text(let codes, let dictionary) = own.storage
    else { return nil }
    let (span, isTooWide) = highest.subtractingReportingOverflow(lowest)
    guard !isTooWide, span < 1200, dictionary.count <= 1 << 20 else { return nil }
    let keyCount = (Int(span) + 1) * dictionary.count
    guard keyCount <= rows.count * 4 else { return nil }
    var starts = [Int](repeating: 0, count: keyCount + 1)
    var keys: [Int] = []
    keys.reserveCapacity(rows.count)
    for (month, code) in zip(months.values, codes.gathered(rows).values) {
      let key = Int(month - lowest) * dictionary.count + Int(code)
      keys.append(key)
      starts[key + 1] += 1
    }
    guard starts.count(where: { $0 > 0 }) <= rows.count / 16 else { return nil }
    for key in 0..<keyCount { starts[key + 1] += starts[key] }
    var order = [Int](repeating: 0, count: rows.count)
    for (place, key) in keys.enumerated() {
      order[starts[key]] = place
      starts[key] += 1
    }
    return (order.map { rows[$0] }, months.gathered(order))
  }

  /// The month of each of the rows; nil where a row has none.
  private func months(of rows: [Int], _ time: String) -> PackedIntegers? {
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
    var builder = PackedIntegers.Builder()
    for value in values.gathered(rows).values {
      let day = Int(truncatingIfNeeded: value).flooredDividing(by: divisor)
      builder.append(monthOfDay[day - first])
    }
    return builder.finished()
  }
}
