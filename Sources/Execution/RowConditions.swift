// RowConditions.swift: a condition and a partition arrive; which rows fulfil it leaves.

import Catalog
import Columns
import Planning
import Syntax

extension PartitionRows {
  /// One truth a row.
  ///
  /// - Complexity: O(rows × tests); a test on text looks at each distinct member once.
  func rows(fulfilling condition: Condition) -> [Bool] {
    let count = partition.rowCount
    switch condition {
    case .all(let parts):
      return parts.reduce(Array(repeating: true, count: count)) { kept, part in
        zip(kept, rows(fulfilling: part)).map { $0 && $1 }
      }
    case .any(let parts):
      return parts.reduce(Array(repeating: false, count: count)) { kept, part in
        zip(kept, rows(fulfilling: part)).map { $0 || $1 }
      }
    case .not(let inner): return rows(fulfilling: inner).map { !$0 }
    case .isMember(let dimension, let members):
      let wanted = Set(members.map { Array($0.utf8) })
      return test(dimension) { wanted.contains(Array($0.utf8)) }
    case .isBlank(let dimension): return test(dimension) { $0.isEmpty }
    case .text(let dimension, let textOperator, let pattern):
      return test(dimension) { textOperator.holds($0, pattern) }
    case .part(let unit, let range):
      return (0..<count).map { row in part(unit, row).map { range.contains($0) } ?? false }
    case .months(let range):
      return (0..<count).map { row in
        if let month = month(row) { return range.contains(month) }
        guard let quarter = quarter(row) else { return true }
        return range.contains(quarter * 3) && range.contains(quarter * 3 + 2)
      }
    }
  }

  private func test(_ dimension: String, _ holds: (String) -> Bool) -> [Bool] {
    guard let reader = MemberReader(dimension, self) else {
      return Array(repeating: false, count: partition.rowCount)
    }
    return reader.mapped(rowCount: partition.rowCount, holds)
  }

  /// The number of the month, the quarter, or the year.
  private func part(_ unit: TimeUnit, _ row: Int) -> Int? {
    switch unit {
    case .month: month(row).map { Month(index: $0).number }
    case .quarter: quarter(row).map { Quarter(index: $0).number }
    case .year: quarter(row).map { Quarter(index: $0).year }
    }
  }
}
