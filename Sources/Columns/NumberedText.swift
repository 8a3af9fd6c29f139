// NumberedText.swift: texts arrive that are one beginning and a number, as order numbers are; the
// numbers leave, and the texts come back from them.

/// How a number becomes a text: `GD` and 8 digits make `GD00000042` of 42.
package struct NumberedText: Sendable, Hashable {
  package var prefix: String
  /// Digits of every text, noughts in front included; 1 to 18.
  package var digitCount: Int

  package init(prefix: String, digitCount: Int) {
    self.prefix = prefix
    self.digitCount = digitCount
  }

  package func text(_ number: Int64) -> String {
    let digits = String(number)
    let noughts = max(0, digitCount - digits.utf8.count)
    return prefix + String(repeating: "0", count: noughts) + digits
  }

  /// The number of a text of this form; nil for every other text, so that no two texts share one.
  package func number(_ text: String) -> Int64? {
    let bytes = text.utf8
    let head = prefix.utf8
    guard bytes.count == head.count + digitCount, bytes.starts(with: head) else { return nil }
    var number: Int64 = 0
    for byte in bytes.dropFirst(head.count) {
      guard byte >= 0x30, byte <= 0x39, digitCount <= 18 else { return nil }
      number = number * 10 + Int64(byte - 0x30)
    }
    return number
  }
}
