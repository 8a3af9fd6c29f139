// TabSeparated.swift: the bytes of a result arrive; whole numbers and texts leave, a row each
// (ClickHouse, TabSeparatedWithNamesAndTypes); and back, a field at a time.

import Syntax

/// A cell of a result. Nothing else is ever asked for.
package enum SQLValue: Sendable, Hashable {
  case null
  case whole(Int64)
  case text(String)

  package var whole: Int64? { if case .whole(let number) = self { number } else { nil } }
  package var text: String? { if case .text(let text) = self { text } else { nil } }
}

package struct SQLRows: Sendable, Hashable {
  package var names: [String]
  package var rows: [[SQLValue]]
}

/// Why a result is not what it should be, in a few words.
struct ResultFault: Error, Hashable {
  var what: String
}

/// What a column holds; the exact type differs from version to version.
private enum ColumnFamily {
  case whole, text

  /// `Nullable(UInt8)`, `LowCardinality(Nullable(String))`; nil for any other type.
  init?(_ type: some StringProtocol) {
    for wrapper in ["Nullable(", "LowCardinality("]
    where type.hasPrefix(wrapper) && type.hasSuffix(")") {
      guard let inner = ColumnFamily(type.dropFirst(wrapper.count).dropLast()) else { return nil }
      self = inner
      return
    }
    switch String(type) {
    case "UInt8", "UInt16", "UInt32", "UInt64", "Int8", "Int16", "Int32", "Int64", "Nothing":
      self = .whole
    case "String": self = .text
    default: return nil
    }
  }
}

/// Reads a whole result.
///
/// - Throws: where a line is cut, has another number of fields than there are names, or an error of
///   the server stands among the rows.
/// - Complexity: O(bytes)
func sqlRows(_ bytes: [UInt8]) throws(ResultFault) -> SQLRows {
  guard bytes.last == UInt8(ascii: "\n") else { throw ResultFault(what: "it is cut short") }
  let lines = bytes.dropLast().split(
    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  guard lines.count >= 2 else { throw ResultFault(what: "it has no header") }
  var names: [String] = []
  for field in fields(of: lines[0]) { names.append(try text(field)) }
  var families: [ColumnFamily] = []
  for field in fields(of: lines[1]) {
    let type = try text(field)
    guard let family = ColumnFamily(type) else { throw ResultFault(what: "type \(type)") }
    families.append(family)
  }
  guard families.count == names.count else { throw ResultFault(what: "its header is uneven") }
  var rows: [[SQLValue]] = []
  rows.reserveCapacity(lines.count - 2)
  for line in lines.dropFirst(2) {
    if line.starts(with: Array("Code: ".utf8)) {
      throw ResultFault(what: String(decoding: line.prefix(300), as: UTF8.self))
    }
    let cells = fields(of: line)
    guard cells.count == names.count else {
      throw ResultFault(what: "row \(rows.count + 1) has \(cells.count) of \(names.count) fields")
    }
    var row: [SQLValue] = []
    row.reserveCapacity(cells.count)
    for (cell, family) in zip(cells, families) { row.append(try value(cell, family)) }
    rows.append(row)
  }
  return SQLRows(names: names, rows: rows)
}

private func fields(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
  line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
}

private func value(
  _ cell: ArraySlice<UInt8>, _ family: ColumnFamily
) throws(ResultFault) -> SQLValue {
  if cell.elementsEqual([UInt8(ascii: "\\"), UInt8(ascii: "N")]) { return .null }
  switch family {
  case .text: return .text(try text(cell))
  case .whole:
    let digits = String(decoding: cell, as: UTF8.self)
    guard let number = Int64(digits) else {
      throw ResultFault(what: "\(digits.prefix(30)) is no whole number of 64 bits")
    }
    return .whole(number)
  }
}

/// The text that a field stands for.
private func text(_ field: ArraySlice<UInt8>) throws(ResultFault) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(field.count)
  var isEscaped = false
  for byte in field {
    if isEscaped {
      isEscaped = false
      switch byte {
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "0"): bytes.append(0x00)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"): bytes.append(byte)
      default: throw ResultFault(what: "an unknown escape")
      }
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = true
    } else {
      bytes.append(byte)
    }
  }
  guard !isEscaped, let text = String(validating: bytes, as: UTF8.self) else {
    throw ResultFault(what: "a text that is no UTF-8")
  }
  return text
}

/// The fields of a line that was written by `TabSeparatedText`; nil where it was not.
func unescapedFields(of line: Substring) -> [String]? {
  var result: [String] = []
  let bytes = Array(line.utf8)
  for field in fields(of: bytes[...]) {
    guard let own = try? text(field) else { return nil }
    result.append(own)
  }
  return result
}

/// Rows to be sent, field by field.
struct TabSeparatedText {
  private(set) var bytes: [UInt8] = []
  private var isAtStart = true

  private mutating func begin() {
    if !isAtStart { bytes.append(UInt8(ascii: "\t")) }
    isAtStart = false
  }

  mutating func add(_ number: Int64) {
    begin()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    addDigits(number.magnitude)
  }

  /// A key: all 64 bits.
  mutating func add(_ number: UInt64) {
    begin()
    addDigits(number)
  }

  private mutating func addDigits(_ number: UInt64) {
    let first = bytes.count
    var rest = number
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    bytes[first...].reverse()
  }

  mutating func addNull() {
    begin()
    bytes.append(UInt8(ascii: "\\"))
    bytes.append(UInt8(ascii: "N"))
  }

  mutating func add(_ text: String) { add(escaped: Self.escaped(text)) }

  mutating func add(escaped text: [UInt8]) {
    begin()
    bytes.append(contentsOf: text)
  }

  /// A text as a field holds it.
  static func escaped(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x00: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "0")]
      case 0x09: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
      case 0x0A: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0x0D: bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
      case UInt8(ascii: "\\"): bytes += [byte, byte]
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isAtStart = true
  }
}
