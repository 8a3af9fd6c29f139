// MeasureTable.swift: what the rows of one data set come to arrives, set by set; the value of a
// measure for each group leaves.

import Syntax

/// One measure over all groups of a frame.
package struct MeasureTable: Sendable, Hashable {
  /// Absent where every value is missing or the rows disagree.
  package var values: [GroupKey: Exact] = [:]
  /// Groups with base rows.
  package var keys: Set<GroupKey> = []
  /// A sum or count is 0 for a group without rows that the data covers.
  package var isZeroWhenEmpty = false
  /// Groups in which a `same` value differs from row to row.
  package var disagreeing: Set<GroupKey> = []
  /// For stocks: the sum over the periods of the value at each one's end.
  package var flows: [GroupKey: Exact] = [:]
  /// For stocks: the period whose end `values` holds.
  package var lastPeriods: [GroupKey: Int] = [:]
  /// Printed rows of one unit that were joined, by group.
  package var rowCounts: [GroupKey: Int] = [:]

  package init() {}

  /// Takes in what another data set answers for the combinations that the first does not cover:
  /// counts add, of a stock the later period stands, and any other value only where both agree.
  ///
  /// - Throws: `ExactOverflow`
  package mutating func join(_ other: MeasureTable) throws(ExactOverflow) {
    guard !keys.isEmpty else {
      let wasZero = isZeroWhenEmpty
      self = other
      isZeroWhenEmpty = wasZero || other.isZeroWhenEmpty
      return
    }
    for key in other.keys { try join(key, other, both: keys.contains(key)) }
    keys.formUnion(other.keys)
    disagreeing.formUnion(other.disagreeing)
    isZeroWhenEmpty = isZeroWhenEmpty || other.isZeroWhenEmpty
  }

  private mutating func join(_ key: GroupKey, _ other: MeasureTable, both: Bool)
    throws(ExactOverflow)
  {
    rowCounts[key, default: 0] += other.rowCounts[key] ?? 0
    if let flow = other.flows[key] { flows[key] = try (flows[key] ?? .zero).adding(flow) }
    guard let value = other.values[key] else { return }
    guard both, let own = values[key] else {
      values[key] = value
      lastPeriods[key] = other.lastPeriods[key]
      return
    }
    if let mine = lastPeriods[key], let theirs = other.lastPeriods[key] {
      guard theirs >= mine else { return }
      values[key] = theirs == mine ? try own.adding(value) : value
      lastPeriods[key] = theirs
    } else if isZeroWhenEmpty, other.isZeroWhenEmpty {
      values[key] = try own.adding(value)
    } else if own != value {
      values[key] = nil
      disagreeing.insert(key)
    }
  }
}
