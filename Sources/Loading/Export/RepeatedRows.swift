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
/// Most keys stand once. Two passes over a bit for each sixteenth of a row set those apart that
/// cannot repeat, so that the table that decides is small and stays near the processor.
///
/// - Complexity: O(rows × key columns)
func repeatedRows(_ keys: [MergedColumn], rowCount: Int) -> [RepeatedRow] {
  guard let first = keys.first, rowCount > 1, !keys.contains(where: \.isRising) else { return [] }
  var hashes = [UInt64](repeating: 0x9e37_79b9_7f4a_7c15, count: rowCount)
  for key in [first] + keys.dropFirst() {
    for (row, value) in key.numbers.values.enumerated() {
      let own = key.missing?[row] == true ? UInt64.max : UInt64(bitPattern: value)
      let mixed = (hashes[row] ^ own) &* 0xff51_afd7_ed55_8ccd
      hashes[row] = mixed ^ mixed >> 32
    }
  }
  return repeats(among: suspects(hashes), hashes, keys)
}

/// Rows whose hash may stand twice.
private func suspects(_ hashes: [UInt64]) -> [Int] {
  guard hashes.count > 4096 else { return Array(hashes.indices) }
  var bits = 1 << 16
  while bits < hashes.count * 16 { bits *= 2 }
  var met = [UInt64](repeating: 0, count: bits / 64)
  var twice = [UInt64](repeating: 0, count: bits / 64)
  let mask = UInt64(bits - 1)
  for hash in hashes {
    let bit = hash & mask
    let place = Int(bit >> 6)
    let own = UInt64(1) << (bit & 63)
    twice[place] |= met[place] & own
    met[place] |= own
  }
  return hashes.indices.filter { row in
    let bit = hashes[row] & mask
    return twice[Int(bit >> 6)] >> (bit & 63) & 1 == 1
  }
}

private func repeats(
  among rows: [Int], _ hashes: [UInt64], _ keys: [MergedColumn]
) -> [RepeatedRow] {
  var size = 64
  while size < rows.count * 2 { size *= 2 }
  // Open addressing; row + 1, 0 is empty.
  var slots = [Int](repeating: 0, count: size)
  var found: [RepeatedRow] = []
  for row in rows {
    var slot = Int(truncatingIfNeeded: hashes[row] >> 8) & (size - 1)
    while slots[slot] != 0 {
      let other = slots[slot] - 1
      if hashes[other] == hashes[row], keys.allSatisfy({ $0.isEqual(other, row) }) {
        found.append(RepeatedRow(row: row, first: other))
        break
      }
      slot = (slot + 1) & (size - 1)
    }
    if slots[slot] == 0 { slots[slot] = row + 1 }
  }
  return found
}

extension MergedColumn {
  /// Whether every row holds more than the one before it.
  ///
  /// - Complexity: O(rows up to the first that does not)
  fileprivate var isRising: Bool {
    guard missing == nil else { return false }
    let step = 1 << 13
    var last = Int64.min
    var values: [Int64] = []
    for first in stride(from: 0, to: rowCount, by: step) {
      values.removeAll(keepingCapacity: true)
      numbers.appendValues(of: first..<min(first + step, rowCount), to: &values)
      for value in values {
        if value <= last { return false }
        last = value
      }
    }
    return true
  }
}
