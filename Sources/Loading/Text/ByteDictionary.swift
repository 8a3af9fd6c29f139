// ByteDictionary.swift: byte strings become consecutive codes; equality is of bytes, as values are
// compared.
//
// Swift's String makes composed and decomposed letters equal and costs a hash of many steps;
// columns and caches of this stage want neither (reliability.md, trap 5).

struct ByteDictionary: Sendable {
  private var text: [UInt8] = []
  /// `ends[code]` is where the entry ends; it begins where the one before it ends.
  private var ends: [Int64] = []
  /// Open addressing, a power of two; 0 is empty, else the upper half of the hash and code + 1.
  private var slots: [UInt64]

  init(capacity: Int = 16) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  var count: Int { ends.count }
  var byteCount: Int { text.count }

  private func range(of code: Int) -> Range<Int> {
    (code == 0 ? 0 : Int(ends[code - 1]))..<Int(ends[code])
  }

  func string(_ code: Int) -> String { String(decoding: text[range(of: code)], as: UTF8.self) }
  func bytes(_ code: Int) -> [UInt8] { Array(text[range(of: code)]) }

  func code(of key: [UInt8]) -> Int? { code(of: 0..<key.count, in: key) }

  func code(of range: Range<Int>, in bytes: [UInt8]) -> Int? {
    let hash = byteHash(range, of: bytes)
    switch findEntry(range, of: bytes, hash: hash, text: text, ends: ends, slots: slots) {
    case .entry(let code): return code
    case .slot: return nil
    }
  }

  /// Appends what stands in `meanings` for the entry of each cell, up to the first cell that is no
  /// entry or without a meaning (−1).
  ///
  /// - Parameter blank: what an empty cell means, or −1.
  /// - Returns: for how many.
  /// - Complexity: O(bytes of the cells)
  func appendMeanings(
    _ meanings: [Int32], blank: Int64, of column: CellColumn, among cells: [Range<Int>],
    in bytes: [UInt8], to codes: inout [Int64]
  ) -> Int {
    Loading.appendMeanings(
      meanings, blank: blank, of: column, among: cells, in: bytes, text: text, ends: ends,
      slots: slots, to: &codes)
  }

  mutating func insert(_ key: [UInt8]) -> Int { insert(0..<key.count, of: key) }

  /// The code of the entry, a new one if it was not there.
  mutating func insert(_ range: Range<Int>, of bytes: [UInt8]) -> Int {
    let hash = byteHash(range, of: bytes)
    switch findEntry(range, of: bytes, hash: hash, text: text, ends: ends, slots: slots) {
    case .entry(let code): return code
    case .slot(let slot):
      text.append(contentsOf: bytes[range])
      ends.append(Int64(text.count))
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(ends.count)
      if ends.count * 2 > slots.count { grow() }
      return ends.count - 1
    }
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for code in 0..<ends.count {
      let hash = byteHash(range(of: code), of: text)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(code + 1)
    }
  }
}
