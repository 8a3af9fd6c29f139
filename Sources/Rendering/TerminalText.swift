// TerminalText.swift: text of any origin arrives, text that cannot drive a terminal leaves.
//
// The one function behind tables, errors, prompts, menus, history and banner (console.md 8.8): what
// a terminal would obey or not show becomes visible characters, whose cells are then counted.

/// `text` with everything invisible or obeyed by a terminal shown as `\e`, `\t`, `\n`, `\xNN` or
/// `<U+202E>`.
///
/// Widths add up afterwards: a safe text joins with no neighbour, so the width of a line is the sum
/// of the widths of its parts.
package func terminalSafe(_ text: String) -> String {
  if commonWidth(of: text) != nil { return text }
  var safe = ""
  safe.reserveCapacity(text.utf8.count)
  for cluster in text { appendSafe(cluster, to: &safe) }
  return safe
}

/// Bytes that may not be UTF-8 (file names, refused input): lone and overlong bytes become `\xNN`.
package func terminalSafe(bytes: [UInt8]) -> String {
  var safe = ""
  var run: [UInt8] = []
  var index = 0
  while index < bytes.count {
    let length = scalarLength(in: bytes, at: index)
    if length > 0 {
      run += bytes[index..<index + length]
      index += length
    } else {
      safe += terminalSafe(String(decoding: run, as: UTF8.self))
      run = []
      safe += "\\x" + hexadecimal(UInt32(bytes[index]), digitCount: 2)
      index += 1
    }
  }
  return safe + terminalSafe(String(decoding: run, as: UTF8.self))
}

/// The length of the well-formed UTF-8 sequence at `index`, 0 where there is none.
private func scalarLength(in bytes: [UInt8], at index: Int) -> Int {
  let first = bytes[index]
  if first < 0x80 { return 1 }
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
  guard (0xC2...0xF4).contains(first), index + length <= bytes.count else { return 0 }
  for offset in 1..<length where bytes[index + offset] & 0xC0 != 0x80 { return 0 }
  // The second byte excludes overlong forms, surrogates and values above U+10FFFF.
  let second = bytes[index + 1]
  switch first {
  case 0xE0: return second >= 0xA0 ? length : 0
  case 0xED: return second < 0xA0 ? length : 0
  case 0xF0: return second >= 0x90 ? length : 0
  case 0xF4: return second < 0x90 ? length : 0
  default: return length
  }
}

/// One line of output may hold no line break of its own, on a terminal or in a file.
func singleLine(_ text: String) -> String {
  if commonWidth(of: text) != nil { return text }
  var line = ""
  line.reserveCapacity(text.utf8.count)
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n", "\r", "\t": line += visibleForm(of: scalar)
    default: line.unicodeScalars.append(scalar)
    }
  }
  return line
}

private func appendSafe(_ cluster: Character, to safe: inout String) {
  // A mark needs a letter to stand on; behind an escape or at the start of a cell it would land on
  // the table line.
  var hasBase = false
  for scalar in cluster.unicodeScalars {
    switch WidthClass(of: scalar) {
    case .narrow, .wide, .ambiguous:
      guard hasBase || !needsBase(scalar) else {
        safe += visibleForm(of: scalar)
        continue
      }
      safe.unicodeScalars.append(scalar)
      hasBase = true
    case .combining where hasBase:
      safe.unicodeScalars.append(scalar)
    case .combining, .hidden:
      safe += visibleForm(of: scalar)
      hasBase = false
    }
  }
}

/// Visible characters that join whatever stands before them, be it the line of a table: emoji
/// modifiers, half-width voice marks, the Thai and Lao vowel AM.
private func needsBase(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1F3FB...0x1F3FF, 0xFF9E...0xFF9F, 0x0E33, 0x0EB3: true
  default: false
  }
}

func visibleForm(of scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0x09: "\\t"
  case 0x0A: "\\n"
  case 0x1B: "\\e"
  case 0..<0xA0: "\\x" + hexadecimal(scalar.value, digitCount: 2)
  default: "<U+" + hexadecimal(scalar.value, digitCount: 4) + ">"
  }
}

/// Upper-case digits, at least `digitCount` of them.
func hexadecimal(_ value: UInt32, digitCount: Int) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digitCount - digits.utf8.count)) + digits
}
