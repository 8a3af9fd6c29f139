// HistoryEntry.swift: one line of the history file becomes an entry and back (console.md 3.6).

package struct HistoryEntry: Sendable, Hashable {
  /// Seconds since 1970.
  package var time: Int64
  /// With its newlines.
  package var text: String
  /// The name of the data it was asked about.
  package var dataName: String
  package var microseconds: Int64
  package var hasSucceeded: Bool
  /// The session that stored it.
  package var session: String

  package init(
    time: Int64, text: String, dataName: String, microseconds: Int64, hasSucceeded: Bool,
    session: String
  ) {
    self.time = time
    self.text = text
    self.dataName = dataName
    self.microseconds = microseconds
    self.hasSucceeded = hasSucceeded
    self.session = session
  }

  /// The object, without the line break.
  var line: String {
    let thousandths = String(microseconds % 1000 + 1000).dropFirst()
    return "{\"t\":\(time),\"q\":\(quoted(text)),\"d\":\(quoted(dataName)),"
      + "\"ms\":\(microseconds / 1000).\(thousandths),\"ok\":\(hasSucceeded),"
      + "\"s\":\(quoted(session))}"
  }

  /// nil for a line that is no entry: somebody else's, or half of one after a crash.
  init?(line: some Collection<UInt8>) {
    var reader = FlatObjectReader(line)
    guard let object = reader.object(), case .text(let text)? = object["q"] else { return nil }
    self.text = text
    time = object["t"]?.wholeNumber ?? 0
    microseconds = object["ms"]?.thousandths ?? 0
    hasSucceeded = object["ok"] != .literal("false")
    if case .text(let name)? = object["d"] { dataName = name } else { dataName = "" }
    if case .text(let name)? = object["s"] { session = name } else { session = "" }
  }
}

/// A text in JSON's quotes. Everything a terminal would obey is escaped: people look at this file.
private func quoted(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x22: quoted += "\\\""
    case 0x5C: quoted += "\\\\"
    case 0x0A: quoted += "\\n"
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069:
      let digits = String(scalar.value, radix: 16)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}

/// A value of the file.
private enum FlatValue: Hashable {
  case text(String)
  /// A number, `true`, `false` or `null`, as written.
  case literal(String)

  var wholeNumber: Int64? {
    if case .literal(let text) = self { return Int64(text) }
    return nil
  }

  /// `1.234` as 1234; nil for what is no such number.
  var thousandths: Int64? {
    guard case .literal(let text) = self else { return nil }
    let parts = text.split(separator: ".", maxSplits: 1)
    guard let first = parts.first, let whole = Int64(first), whole < 1 << 40, whole >= 0 else {
      return nil
    }
    let decimals = parts.count == 2 ? parts[1].prefix(3) : ""
    let padded = decimals + String(repeating: "0", count: 3 - decimals.count)
    return Int64(padded).map { whole * 1000 + $0 }
  }
}

/// Reads an object whose values are texts, numbers and words. Nesting is not ours.
private struct FlatObjectReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

  mutating func object() -> [String: FlatValue]? {
    var object: [String: FlatValue] = [:]
    guard take("{") else { return nil }
    if !take("}") {
      repeat {
        guard let key = text(), take(":"), let value = value() else { return nil }
        object[key] = value
      } while take(",")
      guard take("}") else { return nil }
    }
    skipBlanks()
    return place == bytes.count ? object : nil
  }

  private mutating func skipBlanks() {
    while place < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[place]) { place += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard place < bytes.count, UInt32(bytes[place]) == mark.value else { return false }
    place += 1
    return true
  }

  private mutating func value() -> FlatValue? {
    skipBlanks()
    guard place < bytes.count else { return nil }
    if bytes[place] == UInt8(ascii: "\"") { return text().map { .text($0) } }
    let start = place
    while place < bytes.count, isLiteral(bytes[place]) { place += 1 }
    return place > start ? .literal(String(decoding: bytes[start..<place], as: UTF8.self)) : nil
  }

  private func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
    default: false
    }
  }

  private mutating func text() -> String? {
    guard take("\"") else { return nil }
    var content: [UInt8] = []
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: content, as: UTF8.self)
      case 0..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let scalar = escaped() else { return nil }
        content += String(scalar).utf8
      default: content.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard place < bytes.count else { return nil }
    place += 1
    switch bytes[place - 1] {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "u"):
      guard let unit = codeUnit() else { return nil }
      guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
      guard place + 1 < bytes.count, bytes[place] == 0x5C, bytes[place + 1] == 0x75 else {
        return nil
      }
      place += 2
      guard let low = codeUnit(), (0xDC00..<0xE000).contains(low) else { return nil }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    case let other where other < 0x80: return Unicode.Scalar(other)
    default: return nil
    }
  }

  private mutating func codeUnit() -> UInt32? {
    guard place + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
    guard let unit = UInt32(digits, radix: 16), !digits.contains("+") else { return nil }
    place += 4
    return unit
  }
}
