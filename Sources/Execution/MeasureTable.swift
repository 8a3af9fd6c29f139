// MeasureTable.swift: what the rows of one data set come to arrives, set by set; the value of a
// measure for each group leaves.

import Syntax

/// What a measure comes to in one group.
package struct MeasureEntry: Sendable {
  /// Absent where every value is missing or the rows disagree.
  package var value: Exact?
  /// A `same` value differs from row to row.
  package var isDisagreeing = false
  /// For stocks: the sum over the periods of the value at each one's end.
  package var flow: Exact?
  /// For stocks: the period whose end `value` holds.
  package var lastPeriod: Int?
  /// Printed rows of one unit that were joined.
  package var rowCount = 0

  package init(value: Exact? = nil) { self.value = value }
}

/// One measure over all groups of a frame.
package struct MeasureTable: Sendable {
  /// The values of all groups.
  enum Figures: Sendable {
    /// Whole numbers; the rows of `absent` have no value.
    case whole([Int64], absent: Set<Int>)
    case exact([Exact?])
  }

  /// Groups with base rows.
  package let groups: GroupList
  let figures: Figures
  /// What else is known of groups, by row; most have nothing.
  private let details: [Int: MeasureEntry]
  /// A sum or count is 0 for a group without rows that the data covers.
  package var isZeroWhenEmpty = false

  init(groups: GroupList, figures: Figures, isZeroWhenEmpty: Bool) {
    self.groups = groups
    self.figures = figures
    details = [:]
    self.isZeroWhenEmpty = isZeroWhenEmpty
  }

  /// - Complexity: O(groups × log groups)
  package init(_ entries: [GroupKey: MeasureEntry] = [:], isZeroWhenEmpty: Bool = false) {
    let sorted = entries.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    self.init(
      ascending: sorted.map(\.key), sorted.map(\.value), isZeroWhenEmpty: isZeroWhenEmpty)
  }

  /// - Parameter keys: ascending; one for each entry.
  init(ascending keys: [GroupKey], _ entries: [MeasureEntry], isZeroWhenEmpty: Bool) {
    groups = GroupList(keys)
    figures = .exact(entries.map(\.value))
    var details: [Int: MeasureEntry] = [:]
    for (row, entry) in entries.enumerated()
    where entry.isDisagreeing || entry.flow != nil || entry.lastPeriod != nil
      || entry.rowCount != 0
    {
      details[row] = entry
    }
    self.details = details
    self.isZeroWhenEmpty = isZeroWhenEmpty
  }

  func value(at row: Int) -> Exact? {
    switch figures {
    case .whole(let values, let absent): absent.contains(row) ? nil : Exact(values[row])
    case .exact(let values): values[row]
    }
  }

  /// Sums over the groups that share the members of some dimensions; nil where 64 bits do not hold
  /// them, or groups are more than their values.
  ///
  /// - Complexity: O(groups)
  func rolledUp(by places: [Int]) -> MeasureTable? {
    guard case .whole(let values, let absent) = figures, absent.isEmpty, details.isEmpty,
      groups.count > 0
    else { return nil }
    let classes = GroupClasses(of: places, in: groups, 0..<groups.count)
    let (wholes, rows) = classes.sorted(places, in: groups)
    var sums = [Int64](repeating: 0, count: wholes.count)
    for (value, own) in zip(values, classes.classes) {
      let (sum, overflowed) = sums[rows[Int(own)]].addingReportingOverflow(value)
      guard !overflowed else { return nil }
      sums[rows[Int(own)]] = sum
    }
    return MeasureTable(
      groups: wholes, figures: .whole(sums, absent: []), isZeroWhenEmpty: isZeroWhenEmpty)
  }

  /// Whether any group is more than its value.
  var hasDetails: Bool { !details.isEmpty }

  /// - Complexity: O(1)
  package func entry(at row: Int) -> MeasureEntry {
    details[row] ?? MeasureEntry(value: value(at: row))
  }

  /// nil for a group without base rows.
  ///
  /// - Complexity: O(log groups)
  package func entry(of key: GroupKey) -> MeasureEntry? {
    groups.row(of: key).map { entry(at: $0) }
  }

  /// Takes in what another data set answers for the combinations that the first does not cover:
  /// counts add, of a stock the later period stands, and any other value only where both agree.
  ///
  /// - Throws: `ExactOverflow`
  package mutating func join(_ other: MeasureTable) throws(ExactOverflow) {
    let isZero = isZeroWhenEmpty || other.isZeroWhenEmpty
    let areZero = isZeroWhenEmpty && other.isZeroWhenEmpty
    guard groups.count > 0, other.groups.count > 0 else {
      if groups.count == 0 { self = other }
      isZeroWhenEmpty = isZero
      return
    }
    var entries: [GroupKey: MeasureEntry] = [:]
    for row in 0..<groups.count { entries[groups[row]] = entry(at: row) }
    for row in 0..<other.groups.count {
      let (key, theirs) = (other.groups[row], other.entry(at: row))
      if let mine = entries[key] {
        entries[key] = try mine.joined(with: theirs, areZeroWhenEmpty: areZero)
      } else {
        entries[key] = theirs
      }
    }
    self = MeasureTable(entries, isZeroWhenEmpty: isZero)
  }
}

extension MeasureEntry {
  fileprivate func joined(with other: MeasureEntry, areZeroWhenEmpty: Bool) throws(ExactOverflow)
    -> MeasureEntry
  {
    var joined = self
    joined.rowCount += other.rowCount
    joined.isDisagreeing = isDisagreeing || other.isDisagreeing
    if let flow = other.flow { joined.flow = try (joined.flow ?? .zero).adding(flow) }
    guard let theirs = other.value else { return joined }
    guard let own = value else {
      joined.value = theirs
      joined.lastPeriod = other.lastPeriod
      return joined
    }
    if let mine = lastPeriod, let later = other.lastPeriod {
      guard later >= mine else { return joined }
      joined.value = later == mine ? try own.adding(theirs) : theirs
      joined.lastPeriod = later
    } else if areZeroWhenEmpty {
      joined.value = try own.adding(theirs)
    } else if own != theirs {
      joined.value = nil
      joined.isDisagreeing = true
    }
    return joined
  }
}
