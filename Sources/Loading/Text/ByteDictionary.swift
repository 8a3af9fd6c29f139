// ByteDictionary.swift: byte strings become consecutive codes; equality is of bytes, as values are
// compared.
//
// Swift's String makes composed and decomposed letters equal and costs a hash of many steps;
// columns and caches of this stage want neither (reliability.md, trap 5).

struct ByteDictionary {
  private var text: [UInt8] = []
  /// `ends[code]` is where the entry ends; it begins where the one before it ends.
  private var ends: [Int] = []
  /// Open addressing; code + 1, 0 is empty. The count is a power of two.
  private var slots: [Int32]

  init(capacity: Int = 16) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  var count: Int { ends.count }

  private func range(of code: Int) -> Range<Int> {
    (code == 0 ? 0 : ends[code - 1])..<ends[code]
  }

  func string(_ code: Int) -> String { String(decoding: text[range(of: code)], as: UTF8.self) }
  func bytes(_ code: Int) -> [UInt8] { Array(text[range(of: code)]) }

  func code(of key: [UInt8]) -> Int? { code(of: 0..<key.count, in: key) }

  func code(of range: Range<Int>, in bytes: [UInt8]) -> Int? {
    let found = slots[slot(of: range, in: bytes)]
    return found == 0 ? nil : Int(found) - 1
  }

  mutating func insert(_ key: [UInt8]) -> Int { insert(0..<key.count, of: key) }

  /// The code of the entry, a new one if it was not there.
  mutating func insert(_ range: Range<Int>, of bytes: [UInt8]) -> Int {
    let slot = slot(of: range, in: bytes)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    text.append(contentsOf: bytes[range])
    ends.append(text.count)
    slots[slot] = Int32(truncatingIfNeeded: ends.count)
    if ends.count * 2 > slots.count { grow() }
    return ends.count - 1
  }

  private func slot(of range: Range<Int>, in bytes: [UInt8]) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(range, of: bytes)) & mask
    while slots[slot] != 0, !isEqual(Int(slots[slot]) - 1, range, bytes) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ code: Int, _ other: Range<Int>, _ bytes: [UInt8]) -> Bool {
    let own = range(of: code)
    guard own.count == other.count else { return false }
    for offset in 0..<own.count
    where text[own.lowerBound + offset] != bytes[other.lowerBound + offset] { return false }
    return true
  }

  private func hash(_ range: Range<Int>, of bytes: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 29)
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for code in 0..<ends.count {
      let range = range(of: code)
      slots[slot(of: range, in: text)] = Int32(truncatingIfNeeded: code + 1)
    }
  }
}
