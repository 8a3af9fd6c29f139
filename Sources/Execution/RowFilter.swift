// RowFilter.swift: a measure's source, condition and periods arrive; whether a row is one of its
// base rows leaves.

import Catalog
import Columns
import Planning
import Syntax

/// The base rows of one part of a measure in one partition: what is added up, and what `rows`
/// lists.
struct RowFilter {
  private let kept: RowMask

  /// - Throws: `ExactOverflow` where a test of a definition counts too far.
  /// - Complexity: O(rows × tests)
  init(
    _ rows: PartitionRows, _ source: MetricSource, _ part: MeasurePart, _ condition: Condition?,
    months: [Int]
  ) throws(ExactOverflow) {
    let count = rows.partition.rowCount
    var mask = RowMask(all: count)
    for test in rows.dataset.rowTests + (source.condition.map { [$0] } ?? []) {
      try rows.test(test).simplified.apply(to: &mask.words, from: 0, count: count)
    }
    func keep(where holds: (Int) -> Bool) {
      for word in mask.words.indices {
        var open = mask.words[word]
        while open != 0 {
          let bit = open & (0 &- open)
          if !holds(word << 6 + open.trailingZeroBitCount) { mask.words[word] &= ~bit }
          open &= ~bit
        }
      }
    }
    if let condition {
      let truths = rows.rows(fulfilling: condition)
      keep { truths[$0] }
    }
    for (dimension, members) in part.members {
      let truths = rows.rows(fulfilling: .isMember(dimension, members.sorted()))
      keep { truths[$0] }
    }
    if rows.dataset.time != nil {
      let months = Set(months)
      let quarters = Set(months.map { $0.flooredDividing(by: 3) })
        .intersection(part.quarters.map(\.index))
      keep { rows.isInScope($0, months, quarters) }
    }
    kept = mask
  }

  func keeps(_ row: Int) -> Bool { kept[row] }
}

/// Some of the rows of a partition: one bit a row.
struct RowMask {
  var words: [UInt64]

  init(all rowCount: Int) { words = MissingRows(all: rowCount).words }

  subscript(row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
}

extension PartitionRows {
  /// A row that knows only its quarter counts where the whole quarter is asked for; a row without
  /// any time is in no period.
  fileprivate func isInScope(_ row: Int, _ months: Set<Int>, _ quarters: Set<Int>) -> Bool {
    guard let quarter = quarter(row), quarters.contains(quarter) else { return false }
    guard dataset.time?.unit == .month else { return true }
    if let month = month(row) { return months.contains(month) }
    return (0..<3).allSatisfy { months.contains(quarter * 3 + $0) }
  }
}
