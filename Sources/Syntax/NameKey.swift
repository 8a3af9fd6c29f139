// NameKey.swift: a folded name arrives; a dictionary key that hashes and compares by bytes leaves.

/// A folded name as a key. Swift's own hashing of a text normalizes every hanzi first, which is
/// most of the time of looking a name up; folded names need none of it.
package struct NameKey: Sendable, Hashable {
  package let text: String

  /// `text` is folded already.
  package init(folded text: String) { self.text = text }

  package static func == (left: NameKey, right: NameKey) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// FNV-1a over the bytes (Fowler, Noll, Vo), then the seeded hasher.
  package func hash(into hasher: inout Hasher) {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hasher.combine(state)
  }
}
