// Clustering.swift: the rows of a partition arrive in the order of their file; they leave sorted by
// month and one column, so that both become runs.
//
// Most questions are by unit and period. Over runs they count and skip whole stretches of rows, and
// a filter on either is a range. Small partitions keep the order in which they were printed.

import Syntax

extension Partition {
  /// Below this many rows nothing is gained.
  package static let leastClusteredRows = 1 << 16

  /// The rows sorted by the month of `time`, then by `column`; rows that share both keep their
  /// order. The partition itself where that does not pay: where runs would be short, or where rows
  /// have no time.
  ///
  /// - Complexity: O(rows × columns)
  package func clustered(
    byMonthOf time: String, then column: String, leastRows: Int = leastClusteredRows
  ) -> Partition {
    guard rowCount >= leastRows, rowCount <= Int(UInt32.max),
      let months = months(of: time), let lowest = months.bounds?.lowerBound,
      let highest = months.bounds?.upperBound,
      let own = self.column(named: column), case .text(let codes, let dictionary) = own.storage
    else { return self }
    let (span, isTooWide) = highest.subtractingReportingOverflow(lowest)
    guard !isTooWide, span < 1200, dictionary.count <= 1 << 20 else { return self }
    let keyCount = (Int(span) + 1) * dictionary.count
    guard keyCount <= rowCount * 4 else { return self }
    var starts = [Int](repeating: 0, count: keyCount + 1)
    var keys: [Int] = []
    keys.reserveCapacity(rowCount)
    for (month, code) in zip(months.values, codes.values) {
      let key = Int(month - lowest) * dictionary.count + Int(code)
      keys.append(key)
      starts[key + 1] += 1
    }
    guard starts.count(where: { $0 > 0 }) <= rowCount / 16 else { return self }
    for key in 0..<keyCount { starts[key + 1] += starts[key] }
    var order = [Int](repeating: 0, count: rowCount)
    for (row, key) in keys.enumerated() {
      order[starts[key]] = row
      starts[key] += 1
    }
    var result = gathered(order)
    result.monthRuns = months.gathered(order)
    return result
  }

  /// The month of each row; nil where a row has none.
  private func months(of time: String) -> PackedIntegers? {
    guard let column = column(named: time), column.missing == nil,
      case .integers(let values, let meaning) = column.storage
    else { return nil }
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
    for value in values.values {
      let day = Int(truncatingIfNeeded: value).flooredDividing(by: divisor)
      builder.append(monthOfDay[day - first])
    }
    return builder.finished()
  }
}
