// RowKeys.swift: the key of each row is remembered, so that a second row with the same key is
// found.

/// Row numbers by the hash of their key columns; equality is decided by the columns themselves.
struct RowKeys {
  private let columns: [Int]
  /// Open addressing; row + 1, 0 is empty. The count is a power of two.
  private var slots: [Int32] = Array(repeating: 0, count: 64)
  private var count = 0

  /// - Parameter columns: indices of the key's columns; an empty key makes every row its own.
  init(columns: [Int]) { self.columns = columns }

  /// The earlier row with the key of the last one; else remembers the last row and returns nil.
  ///
  /// - Complexity: O(key columns), amortised.
  mutating func earlierRow(ofLastIn rows: PartitionBuilder) -> Int? {
    guard !columns.isEmpty, rows.rowCount > 0 else { return nil }
    let row = rows.rowCount - 1
    var slot = firstSlot(of: row, in: rows)
    while slots[slot] != 0 {
      let other = Int(slots[slot]) - 1
      if columns.allSatisfy({ rows.columns[$0].isEqual(other, row) }) { return other }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(truncatingIfNeeded: row + 1)
    count += 1
    if count * 2 > slots.count { grow(rows) }
    return nil
  }

  private func firstSlot(of row: Int, in rows: PartitionBuilder) -> Int {
    var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
    for column in columns {
      let value = rows.columns[column].hashValue(row)
      hash = (hash ^ value) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
    }
    return Int(truncatingIfNeeded: hash) & (slots.count - 1)
  }

  private mutating func grow(_ rows: PartitionBuilder) {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 {
      var slot = firstSlot(of: Int(entry) - 1, in: rows)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}
