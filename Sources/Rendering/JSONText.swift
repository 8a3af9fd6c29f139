// JSONText.swift: values arrive, the bytes of their JSON leave.

import Columns

/// Appends JSON in the order it is told.
package struct JSONWriter {
  package var bytes: [UInt8] = []
  /// A terminal also gets no bidi controls and no invisible characters; the value is the same.
  var isTerminal: Bool

  package init(isTerminal: Bool) { self.isTerminal = isTerminal }

  package mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  package mutating func append(key: String) {
    append(text: key)
    append(raw: ":")
  }

  package mutating func append(text: String) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: append(raw: "\\\"")
      case 0x5C: append(raw: "\\\\")
      case 0x20..<0x7F: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      case 0..<0xA0, 0x2028, 0x2029: append(escaped: scalar)
      default:
        if isTerminal, WidthClass(of: scalar) == .hidden {
          append(escaped: scalar)
        } else {
          bytes.append(contentsOf: String(scalar).utf8)
        }
      }
    }
    bytes.append(0x22)
  }

  private mutating func append(escaped scalar: Unicode.Scalar) {
    for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
      append(raw: "\\u" + hexadecimal(UInt32(unit), digitCount: 4).lowercased())
    }
  }

  /// `[a,b]` with each element written by `write`.
  package mutating func append<Element>(
    list: some Sequence<Element>, _ write: (inout JSONWriter, Element) -> Void
  ) {
    bytes.append(0x5B)
    var isFirst = true
    for element in list {
      if !isFirst { bytes.append(0x2C) }
      isFirst = false
      write(&self, element)
    }
    bytes.append(0x5D)
  }

  /// A raw value: integers, numbers and decimals as JSON numbers, undefined as null.
  mutating func append(_ cell: AnswerCell) {
    switch cell.raw {
    case .text(let text): append(text: text)
    case .decimal(let text) where !isJSONNumber(text): append(text: text)
    default: append(raw: rawText(of: cell) ?? "null")
    }
  }
}

/// `-?digits(.digits)?` without leading zeros: what a decimal must look like to stand unquoted.
private func isJSONNumber(_ text: String) -> Bool {
  var bytes = Substring(text).utf8
  if bytes.first == UInt8(ascii: "-") { bytes = bytes.dropFirst() }
  let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  guard parts.count == 1 || parts.count == 2 else { return false }
  let allDigits = parts.allSatisfy { part in
    !part.isEmpty && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
  return allDigits && (parts[0].count == 1 || parts[0].first != 0x30)
}
