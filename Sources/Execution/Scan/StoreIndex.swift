// StoreIndex.swift: a store and its catalogue arrive; which member each dictionary code of a
// partition stands for leaves, found once and kept for all questions.

import Catalog
import Columns
import Synchronization
import Syntax

/// The members and times of the loaded partitions as numbers.
///
/// A question looks at codes alone. That a code means a member is found when a dimension of a
/// partition is first asked for: thousands of names are then not looked up for every question.
package final class StoreIndex: Sendable {
  let store: Store
  let catalog: Catalog
  package let codes: DimensionCodes
  private let known = Mutex(Known())

  private struct Known {
    var members: [Place: MemberColumn?] = [:]
    var times: [Int: TimeEntries?] = [:]
    var zones: [Place: CodeZones?] = [:]
    var findings: [String: [Int: [Finding]]] = [:]
  }

  private struct Place: Hashable {
    var partition: Int
    var dimension: String
  }

  package init(_ store: Store, _ catalog: Catalog) {
    self.store = store
    self.catalog = catalog
    codes = DimensionCodes(catalog)
  }

  // MARK: - Findings about the print

  func findings(of metric: String, in quarter: Quarter) -> [Finding]? {
    known.withLock { $0.findings[metric]?[quarter.index] }
  }

  /// - Parameter findings: all of them: those up to a cancellation, or from a store with a column
  ///   that cannot be read, are not kept.
  func keep(_ findings: [Finding], of metric: String, in quarter: Quarter) {
    guard !Stopping.isWanted, store.damage?.first == nil else { return }
    known.withLock { $0.findings[metric, default: [:]][quarter.index] = findings }
  }

  func rows(_ partition: Int, _ dataset: Dataset) -> PartitionRows {
    PartitionRows(store.partitions[partition], dataset, catalog)
  }

  /// nil where the numbers of the column are too many for a table.
  ///
  /// - Complexity: O(dictionary) the first time
  func members(_ dimension: String, of partition: Int, _ dataset: Dataset) -> MemberColumn? {
    let place = Place(partition: partition, dimension: dimension)
    if let found = known.withLock({ $0.members[place] }) { return found }
    let made = MemberColumn(dimension, rows(partition, dataset), codes)
    known.withLock { $0.members[place] = .some(made) }
    return made
  }

  func times(of partition: Int, _ dataset: Dataset) -> TimeEntries? {
    if let found = known.withLock({ $0.times[partition] }) { return found }
    let made = TimeEntries(rows(partition, dataset))
    known.withLock { $0.times[partition] = .some(made) }
    return made
  }
}

extension StoreIndex {
  /// Where the codes of a dimension's column can stand; nil where no stretch would be spared.
  ///
  /// - Complexity: O(rows) the first time
  func zones(_ dimension: String, of partition: Int, _ packed: PackedIntegers) -> CodeZones? {
    let place = Place(partition: partition, dimension: dimension)
    if let found = known.withLock({ $0.zones[place] }) { return found }
    let made = CodeZones(packed)
    known.withLock { $0.zones[place] = .some(made) }
    return made
  }
}

/// The member of one dimension in each row of a partition; −1 is the blank.
enum MemberColumn: Sendable {
  case constant(Int)
  /// The member of each entry of a packed column.
  case coded(PackedIntegers, members: [Int], missing: MissingRows?)
  /// The data set lacks the dimension: no row has a member, and no test of it holds.
  case absent

  init?(_ dimension: String, _ rows: PartitionRows, _ codes: DimensionCodes) {
    guard let reader = MemberReader(dimension, rows) else {
      self = .absent
      return
    }
    switch reader.source {
    case .constant(let name): self = .constant(codes.code(name, of: dimension))
    case .text(let packed, let names):
      guard let count = packed.entryCount else { return nil }
      let members = (0..<count).map { entry in
        let code = Int(truncatingIfNeeded: packed.value(ofEntry: entry))
        return names.indices.contains(code) ? codes.code(names[code], of: dimension) : -1
      }
      self = .coded(packed, members: members, missing: nil)
    case .each(let column):
      guard !column.isText, let count = column.packed.entryCount else { return nil }
      let packed = column.packed
      let members = (0..<count).map {
        codes.code(column.memberName(packed.value(ofEntry: $0)), of: dimension)
      }
      self = .coded(packed, members: members, missing: column.missing)
    }
  }
}

/// The month and quarter of each entry of a partition's time.
struct TimeEntries: Sendable {
  /// nil: the rows have no time of their own.
  var packed: PackedIntegers?
  /// `Month.index` of each entry; nil where only the quarter is known.
  var months: [Int]?
  /// Of each entry.
  var quarters: [Int]
  var missing: MissingRows?
  /// Of rows without a time of their own.
  var partitionQuarter: Int?

  init?(_ rows: PartitionRows) {
    partitionQuarter = rows.partition.quarterIndex
    quarters = []
    guard let times = rows.times, times.knowsQuarters else { return }
    guard let count = times.values.entryCount else { return nil }
    let entries = (0..<count).map { times.values.value(ofEntry: $0) }
    quarters = entries.map { times.quarter(at: $0) ?? 0 }
    if times.knowsMonths { months = entries.map { times.month(at: $0) ?? 0 } }
    packed = times.values
    missing = times.missing
  }
}

extension PackedIntegers {
  /// Longest table over the codes of a column: one that the second cache holds.
  static let entryLimit: Int64 = 1 << 20

  /// How many entries a table over the column needs; nil: too many.
  var entryCount: Int? {
    guard let bounds else { return 1 }
    switch codes {
    case .constant: return 1
    case .wide: return nil
    case .bits, .nibbles, .bytes, .halves, .words, .runs:
      let distance = UInt64(bitPattern: bounds.upperBound &- base)
      let (lower, isBelow) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound)
      if case .runs = codes {
        return isBelow || lower >= PackedIntegers.entryLimit ? nil : Int(lower) + 1
      }
      let highest = distance / UInt64(bitPattern: step)
      return highest >= UInt64(PackedIntegers.entryLimit) ? nil : Int(highest) + 1
    }
  }

  func value(ofEntry entry: Int) -> Int64 {
    if case .runs = codes { return (bounds?.lowerBound ?? 0) &+ Int64(entry) }
    return value(UInt64(entry))
  }
}
