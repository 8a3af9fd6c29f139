// RepeatedRows.swift: the key columns of all rows arrive; the rows leave whose key an earlier row
// has.

import Columns

/// A row, and the first one with its key.
struct RepeatedRow: Hashable {
  var row: Int
  var first: Int
}

/// In the order of the rows. An empty key makes every row its own. Where a key rises from row to
/// row, as the codes of texts do that all differ, none repeats.
///
/// Most keys stand once: passes over a bit for each number, or for a sixteenth of each row, set
/// those apart that cannot repeat, so that the table that decides is small and stays near the
/// processor.
///
/// - Complexity: O(rows × key columns)
func repeatedRows(_ keys: [MergedColumn], rowCount: Int) -> [RepeatedRow] {
  guard !keys.isEmpty, rowCount > 1, !keys.contains(where: \.isRising) else { return [] }
  if let rows = rowsOfSharedNumbers(keys, rowCount: rowCount) {
    return repeats(among: rows, hashes(of: keys, rows: rows, count: rows.count), keys)
  }
  let hashes = hashes(of: keys, rows: nil, count: rowCount)
  let rows = rowsOfSharedBits(hashes)
  return repeats(among: rows, rows.map { hashes[$0] }, keys)
}

private let hashStart: UInt64 = 0x9e37_79b9_7f4a_7c15

private func mixed(_ hash: UInt64, _ own: UInt64) -> UInt64 {
  let product = (hash ^ own) &* 0xff51_afd7_ed55_8ccd
  return product ^ product >> 32
}

/// - Parameter rows: nil: all of them.
private func hashes(of keys: [MergedColumn], rows: [Int]?, count: Int) -> [UInt64] {
  var hashes = [UInt64](repeating: hashStart, count: count)
  for key in keys {
    let values = rows.map(key.numbers.values(of:)) ?? key.numbers.values
    for (place, value) in values.enumerated() {
      let isMissing = key.missing?[rows?[place] ?? place] == true
      hashes[place] = mixed(hashes[place], isMissing ? .max : UInt64(bitPattern: value))
    }
  }
  return hashes
}

/// Rows whose number stands in another row too, in the key column with the most numbers; nil where
/// a bit for each number between its least and its greatest is too much, or most numbers repeat.
private func rowsOfSharedNumbers(_ keys: [MergedColumn], rowCount: Int) -> [Int]? {
  func span(_ key: MergedColumn) -> UInt64 {
    key.numbers.bounds.map { UInt64(bitPattern: $0.upperBound &- $0.lowerBound) } ?? 0
  }
  let fitting = keys.filter { $0.missing == nil && span($0) < UInt64(rowCount) * 64 }
  guard let key = fitting.max(by: { span($0) < span($1) }), let bounds = key.numbers.bounds,
    span(key) >= UInt64(rowCount / 2)
  else { return nil }
  var bits = RepeatedBits(count: Int(span(key)) + 1)
  key.forEachStretch { _, values in
    for value in values { bits.add(Int(value &- bounds.lowerBound)) }
    return true
  }
  guard bits.repeatCount <= rowCount / 2 else { return nil }
  if bits.repeatCount == 0 { return [] }
  var found: [Int] = []
  key.forEachStretch { first, values in
    for (place, value) in values.enumerated()
    where bits.isRepeated(Int(value &- bounds.lowerBound)) { found.append(first + place) }
    return true
  }
  return found
}

/// Rows whose hash may stand twice.
private func rowsOfSharedBits(_ hashes: [UInt64]) -> [Int] {
  guard hashes.count > 4096 else { return Array(hashes.indices) }
  var count = 1 << 16
  while count < hashes.count * 16 { count *= 2 }
  let mask = UInt64(count - 1)
  var bits = RepeatedBits(count: count)
  for hash in hashes { bits.add(Int(hash & mask)) }
  return hashes.indices.filter { bits.isRepeated(Int(hashes[$0] & mask)) }
}

/// Which numbers were met, and which of them again.
private struct RepeatedBits {
  private var met: [UInt64]
  private var again: [UInt64]
  /// How often a number was one that had been met.
  private(set) var repeatCount = 0

  init(count: Int) {
    met = Array(repeating: 0, count: (count + 63) / 64)
    again = met
  }

  mutating func add(_ number: Int) {
    let own = UInt64(1) << UInt64(number & 63)
    if met[number >> 6] & own != 0 {
      again[number >> 6] |= own
      repeatCount += 1
    }
    met[number >> 6] |= own
  }

  func isRepeated(_ number: Int) -> Bool {
    again[number >> 6] >> UInt64(number & 63) & 1 == 1
  }
}

/// - Parameter hashes: of each of the rows.
private func repeats(
  among rows: [Int], _ hashes: [UInt64], _ keys: [MergedColumn]
) -> [RepeatedRow] {
  var size = 64
  while size < rows.count * 2 { size *= 2 }
  // Open addressing; the place among the rows + 1, 0 is empty.
  var slots = [Int](repeating: 0, count: size)
  var found: [RepeatedRow] = []
  for (place, hash) in hashes.enumerated() {
    var slot = Int(truncatingIfNeeded: hash >> 8) & (size - 1)
    while slots[slot] != 0 {
      let other = slots[slot] - 1
      if hashes[other] == hash, keys.allSatisfy({ $0.isEqual(rows[other], rows[place]) }) {
        found.append(RepeatedRow(row: rows[place], first: rows[other]))
        break
      }
      slot = (slot + 1) & (size - 1)
    }
    if slots[slot] == 0 { slots[slot] = place + 1 }
  }
  return found
}

extension MergedColumn {
  /// Whether every row holds more than the one before it.
  ///
  /// - Complexity: O(rows up to the first that does not)
  fileprivate var isRising: Bool {
    guard missing == nil else { return false }
    var last = Int64.min
    return forEachStretch { _, values in
      for value in values {
        if value <= last { return false }
        last = value
      }
      return true
    }
  }

  /// The numbers, some thousand rows at a time, as long as that is wanted.
  ///
  /// - Returns: whether it was to the end.
  @discardableResult
  fileprivate func forEachStretch(_ visit: (_ first: Int, _ values: [Int64]) -> Bool) -> Bool {
    let step = 1 << 13
    var values: [Int64] = []
    for first in stride(from: 0, to: rowCount, by: step) {
      values.removeAll(keepingCapacity: true)
      numbers.appendValues(of: first..<min(first + step, rowCount), to: &values)
      guard visit(first, values) else { return false }
    }
    return true
  }
}
