// ComposedText.swift: the bytes of a cell arrive; they leave in Unicode's form C, in which one text
// has one spelling, so that whoever compares bytes compares texts.

@_spi(_Unicode) import Swift

/// Whether the text is in form C for sure: ASCII, Latin with accents, hanzi, their punctuation.
///
/// - Complexity: O(bytes)
func isComposed(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  var index = range.lowerBound
  while index < range.upperBound {
    let lead = bytes[index]
    switch lead {
    case ..<0x80: index += 1
    case 0xC2..<0xCC: index += 2
    case 0xE4...0xE9:
      // Of these blocks only the hexagrams, U+4DC0, are no hanzi; nothing composes in any of them.
      index += 3
    case 0xE3 where index + 1 < range.upperBound && bytes[index + 1] == 0x80:
      // U+3000 to U+303F; the tone marks from U+302A on are put in order.
      guard index + 2 < range.upperBound, !(0xAA...0xAF).contains(bytes[index + 2]) else {
        return false
      }
      index += 3
    case 0xEF where index + 1 < range.upperBound && (0xBC...0xBD).contains(bytes[index + 1]):
      // Full-width letters and digits.
      index += 3
    default: return false
    }
  }
  return true
}

/// The text in form C (unicode.org/reports/tr15).
///
/// - Complexity: O(bytes)
func composed(_ range: Range<Int>, of bytes: [UInt8]) -> [UInt8] {
  guard !isComposed(range, of: bytes) else { return Array(bytes[range]) }
  var text = String.UnicodeScalarView()
  text.append(contentsOf: String(decoding: bytes[range], as: UTF8.self)._nfc)
  return Array(String(text).utf8)
}

func composed(_ bytes: [UInt8]) -> [UInt8] { composed(0..<bytes.count, of: bytes) }
