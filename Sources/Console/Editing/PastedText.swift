// PastedText.swift: the bytes of a paste arrive, text that is safe to edit leaves.

import Rendering

/// A paste as one editable block (console.md 3.4): newlines kept, CR LF is one newline, a tab
/// becomes two blanks, other control characters and bytes that are no UTF-8 become visible escapes.
///
/// The line break at the very end is left out: it would only stand for the Enter that is not
/// pressed.
func pastedText(_ bytes: [UInt8]) -> String {
  var text = ""
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    switch byte {
    case 0x0D:
      text += "\n"
      if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
      index += 1
    case 0x0A:
      text += "\n"
      index += 1
    case 0x09:
      text += "  "
      index += 1
    default:
      let scalar = decodeScalar(bytes[index...])
      switch scalar {
      case .scalar(let scalar, let count):
        text += visiblePasted(scalar)
        index += count
      case .incomplete, .invalid:
        text += escapedByte(byte)
        index += 1
      }
    }
  }
  if text.count > 1, text.last == "\n" { text.removeLast() }
  return text
}

/// A control character of a paste as its name; every other one as it is.
private func visiblePasted(_ scalar: Unicode.Scalar) -> String {
  scalar.properties.generalCategory == .control ? terminalSafe(String(scalar)) : String(scalar)
}

/// `\xB1` for a byte that belongs to no character.
func escapedByte(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
}

enum DecodedScalar: Hashable {
  case scalar(Unicode.Scalar, byteCount: Int)
  /// More bytes may make it a character.
  case incomplete
  case invalid
}

/// The first character of some bytes, by the strict rules of UTF-8: no overlong forms, no
/// surrogates, nothing above U+10FFFF.
func decodeScalar(_ bytes: ArraySlice<UInt8>) -> DecodedScalar {
  guard let first = bytes.first else { return .incomplete }
  if first < 0x80 { return .scalar(Unicode.Scalar(first), byteCount: 1) }
  let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  guard (0xC2...0xF4).contains(first) else { return .invalid }
  var value = UInt32(first) & (count == 4 ? 0x07 : count == 3 ? 0x0F : 0x1F)
  for (offset, byte) in bytes.dropFirst().prefix(count - 1).enumerated() {
    let least: UInt8 = offset > 0 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
    let most: UInt8 = offset > 0 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
    guard byte >= least, byte <= most else { return .invalid }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  guard bytes.count >= count else { return .incomplete }
  guard let scalar = Unicode.Scalar(value) else { return .invalid }
  return .scalar(scalar, byteCount: count)
}
