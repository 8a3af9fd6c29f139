// DistinctScan.swift: the values of rows arrive with their groups; how many values of each group
// differ leaves, exact.
//
// Most values belong to one group. So each value remembers the first group it was met in, which
// takes four bytes; only the meetings with further groups are kept in a table.

import Columns
import Kernels
import Syntax

/// A number for each row that two rows share only where their values are the same.
struct IdentityColumn: Sendable {
  var packed: PackedIntegers
  /// The number of each entry; nil: the values themselves.
  var table: [Int64]?
  var missing: MissingRows?
  var bounds: ClosedRange<Int64>

  /// Takes from the mask the rows without a value.
  func find(into values: inout [Int64], _ mask: inout [UInt64], from first: Int, count: Int) {
    RowValues.decode(packed, into: &values, from: first, count: count)
    if let table {
      for row in 0..<count {
        let number = table[Int(values[row])]
        values[row] = number
        if number < 0 { mask[row >> 6] &= ~(1 << UInt64(row & 63)) }
      }
    }
    RowValues.drop(missing, &mask, from: first)
  }
}

/// The values met so far among partitions that may share some.
struct SeenValues: Sendable {
  /// The place of the group that each value was first met in, + 1; 0: not met.
  private var first: [UInt32] = []
  private var origin: Int64 = 0
  private var further = SlotTable()

  mutating func begin(_ columns: [IdentityColumn]) {
    origin = columns.map(\.bounds.lowerBound).min() ?? 0
    let last = columns.map(\.bounds.upperBound).max() ?? 0
    first = Array(repeating: 0, count: Int(last - origin) + 1)
    further = SlotTable()
  }

  mutating func add(
    _ values: [Int64], _ mask: [UInt64], to sums: inout GroupSums, _ places: [Int]
  ) {
    for word in mask.indices {
      var bits = mask[word]
      while bits != 0 {
        let row = word * 64 + bits.trailingZeroBitCount
        bits &= bits &- 1
        let (value, place) = (Int(values[row] - origin), places[row])
        let mark = UInt32(truncatingIfNeeded: place + 1)
        sums.filled[place] += 1
        if first[value] == mark { continue }
        if first[value] == 0 {
          first[value] = mark
          sums.sums[place] += 1
          continue
        }
        // Both are below 2³¹.
        let before = further.groups.count
        _ = further.slot(of: value << 32 | place)
        if further.groups.count > before { sums.sums[place] += 1 }
      }
    }
  }
}

extension [PartitionScan] {
  /// The scans whose values may meet, together; in order of their values.
  var sharingValues: [[Int]] {
    let order = indices.sorted {
      (self[$0].identity?.bounds.lowerBound ?? 0, $0)
        < (self[$1].identity?.bounds.lowerBound ?? 0, $1)
    }
    var groups: [[Int]] = []
    var last = Int64.min
    for place in order {
      guard let bounds = self[place].identity?.bounds else { continue }
      if groups.isEmpty || bounds.lowerBound > last {
        groups.append([place])
      } else {
        groups[groups.count - 1].append(place)
      }
      last = Swift.max(last, bounds.upperBound)
    }
    return groups
  }
}

extension StoreIndex {
  /// Values that a table over all of them would be too long for are counted row by row.
  private static let mostValues: Int64 = 1 << 28

  /// The scans with what tells their values apart; nil where columns differ in kind.
  func identified(_ scans: [PartitionScan], _ expression: ExpressionSyntax) -> [PartitionScan]? {
    guard case .measure(let name, _) = expression.kind else { return nil }
    let columns = scans.map { store.partitions[$0.partition].column(named: name.text) }
    guard columns.allSatisfy({ $0 != nil }) else { return nil }
    let found = columns.compactMap { $0 }
    let identities = numbers(found) ?? texts(found)
    guard let identities else { return nil }
    let result = zip(scans, identities).map { scan, identity in
      var scan = scan
      scan.identity = identity
      return scan
    }
    for group in result.sharingValues {
      let bounds = group.compactMap { result[$0].identity?.bounds }
      let lower = bounds.map(\.lowerBound).min() ?? 0
      let upper = bounds.map(\.upperBound).max() ?? 0
      let (span, isTooWide) = upper.subtractingReportingOverflow(lower)
      let rows = Int64(group.reduce(0) { $0 + result[$1].rowCount })
      guard !isTooWide, span < StoreIndex.mostValues, span < rows * 64 + 1 << 16 else { return nil }
    }
    return result
  }

  private func numbers(_ columns: [Column]) -> [IdentityColumn]? {
    var forms: Set<NumberedText?> = []
    var identities: [IdentityColumn] = []
    for column in columns {
      switch column.storage {
      case .text: return nil
      case .numbered(_, let form): forms.insert(form)
      case .integers: forms.insert(nil)
      }
      identities.append(
        IdentityColumn(
          packed: column.packed, table: nil, missing: column.missing,
          bounds: column.packed.bounds ?? 0...0))
    }
    return forms.count <= 1 ? identities : nil
  }

  /// Each text of any dictionary gets one number; the blank has none.
  private func texts(_ columns: [Column]) -> [IdentityColumn]? {
    var numbers: [[UInt8]: Int64] = [:]
    var identities: [IdentityColumn] = []
    for column in columns {
      guard case .text(let codes, let dictionary) = column.storage else { return nil }
      let table = dictionary.map { text -> Int64 in
        if text.isEmpty { return -1 }
        let bytes = Array(text.utf8)
        if let known = numbers[bytes] { return known }
        let number = Int64(numbers.count)
        numbers[bytes] = number
        return number
      }
      identities.append(
        IdentityColumn(packed: codes, table: table, missing: nil, bounds: 0...0))
    }
    let bounds = 0...max(0, Int64(numbers.count) - 1)
    for place in identities.indices { identities[place].bounds = bounds }
    return identities
  }
}
