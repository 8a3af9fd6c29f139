// RowFilter.swift: a measure's source, condition and periods arrive; whether a row is one of its
// base rows leaves.

import Catalog
import Planning
import Syntax

/// The base rows of one part of a measure in one partition: what is added up, and what `rows`
/// lists.
struct RowFilter {
  private let rows: PartitionRows
  private let test: ConditionSyntax?
  private let kinds: [ConditionSyntax]
  private let isTimeless: Bool
  private let months: Set<Int>
  private let quarters: Set<Int>
  private let kept: [Bool]?
  private let covered: [[Bool]]

  /// - Complexity: O(rows × tests)
  init(
    _ rows: PartitionRows, _ source: MetricSource, _ part: MeasurePart, _ condition: Condition?,
    months: [Int]
  ) {
    self.rows = rows
    test = source.condition
    kinds = rows.dataset.rowTests
    isTimeless = rows.dataset.time == nil
    self.months = Set(months)
    quarters = Set(months.map { $0.flooredDividing(by: 3) })
      .intersection(part.quarters.map(\.index))
    kept = condition.map { rows.rows(fulfilling: $0) }
    covered = part.members.map { dimension, members in
      rows.rows(fulfilling: .isMember(dimension, members.sorted()))
    }
  }

  func keeps(_ row: Int) throws(ExactOverflow) -> Bool {
    if let kept, !kept[row] { return false }
    if covered.contains(where: { !$0[row] }) { return false }
    if !isTimeless, !isInScope(row) { return false }
    for kept in kinds where try !rows.holds(kept, row) { return false }
    guard let test else { return true }
    return try rows.holds(test, row)
  }

  /// A row that knows only its quarter counts where the whole quarter is asked for; a row without
  /// any time is in no period.
  private func isInScope(_ row: Int) -> Bool {
    guard let quarter = rows.quarter(row), quarters.contains(quarter) else { return false }
    guard rows.dataset.time?.unit == .month else { return true }
    if let month = rows.month(row) { return months.contains(month) }
    return (0..<3).allSatisfy { months.contains(quarter * 3 + $0) }
  }
}
