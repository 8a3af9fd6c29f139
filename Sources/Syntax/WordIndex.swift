// WordIndex.swift: words arrive once; which of them begin at a place of a text is answered fast.

/// A prefix tree over Unicode scalars. A hit or a miss costs one look-up for each scalar.
struct WordIndex: Sendable {
  private var edges = EdgeTable()
  /// For each node, the number of the word that ends there, or -1; node 0 is the root.
  private var wordAtNode: [Int32] = [-1]

  /// Adds a word under a number; the first number of a spelling stays.
  mutating func insert(_ word: String, number: Int32 = 0) {
    var node: UInt32 = 0
    for scalar in word.unicodeScalars {
      let key = Self.key(node, scalar)
      if let next = edges[key] {
        node = next
      } else {
        let next = UInt32(truncatingIfNeeded: wordAtNode.count)
        edges.insert(next, for: key)
        wordAtNode.append(-1)
        node = next
      }
    }
    if node != 0, wordAtNode[Int(node)] < 0 { wordAtNode[Int(node)] = number }
  }

  private static func key(_ node: UInt32, _ scalar: Unicode.Scalar) -> UInt64 {
    UInt64(node) << 21 | UInt64(scalar.value)
  }

  /// Calls `body` with the length and the number of every word that begins at `start`, shortest
  /// first.
  func forEachWord(
    in scalars: [Unicode.Scalar], from start: Int, _ body: (_ count: Int, _ number: Int32) -> Void
  ) {
    var node: UInt32 = 0
    var position = start
    while position < scalars.count,
      let next = edges[Self.key(node, scalars[position])]
    {
      node = next
      position += 1
      let number = wordAtNode[Int(node)]
      if number >= 0 { body(position - start, number) }
    }
  }

  /// The number of the word that is exactly `scalars`, or nil.
  func number(of scalars: some Sequence<Unicode.Scalar>) -> Int32? {
    var node: UInt32 = 0
    for scalar in scalars {
      guard let next = edges[Self.key(node, scalar)] else { return nil }
      node = next
    }
    let number = wordAtNode[Int(node)]
    return number >= 0 ? number : nil
  }

  /// Whether some word begins with these scalars.
  func hasWord(beginningWith scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    var node: UInt32 = 0
    for scalar in scalars {
      guard let next = edges[Self.key(node, scalar)] else { return false }
      node = next
    }
    return true
  }
}

/// A hash table from edges to nodes: open addressing, never more than half full. The standard
/// dictionary's hash, which withstands forged keys, costs several times the look-up.
private struct EdgeTable: Sendable {
  private var slots: [(key: UInt64, node: UInt32)] = Array(
    repeating: (EdgeTable.empty, 0), count: 16)
  private var count = 0
  private static let empty = UInt64.max

  subscript(key: UInt64) -> UInt32? {
    let mask = slots.count - 1
    var position = Self.hash(key) & mask
    while slots[position].key != Self.empty {
      if slots[position].key == key { return slots[position].node }
      position = (position + 1) & mask
    }
    return nil
  }

  mutating func insert(_ node: UInt32, for key: UInt64) {
    if count * 2 >= slots.count { grow() }
    count += 1
    place(node, for: key)
  }

  private mutating func place(_ node: UInt32, for key: UInt64) {
    let mask = slots.count - 1
    var position = Self.hash(key) & mask
    while slots[position].key != Self.empty { position = (position + 1) & mask }
    slots[position] = (key, node)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (Self.empty, 0), count: old.count * 2)
    for slot in old where slot.key != Self.empty { place(slot.node, for: slot.key) }
  }

  private static func hash(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20)
  }
}
