// Record.swift: values arrive field by field; bytes leave, and come back checked.
//
// Numbers take as few bytes as they need, and a text that was written before is only named. A
// record knows its own length: fields that a later version of the program adds at its end are
// absent from the records that an earlier one wrote, and the reader is told so.

/// The bytes are not those of a record.
struct RecordDamage: Error, Hashable {}

protocol Recorded {
  func write(to record: inout RecordWriter)
  init(from record: inout RecordReader) throws(RecordDamage)
}

struct RecordWriter {
  private(set) var bytes: [UInt8] = []
  /// Texts by their bytes: equal texts of other bytes stay two.
  private var numberOfText: [[UInt8]: Int] = [:]

  mutating func number(_ number: Int64) {
    // Zigzag: small numbers of either sign take one byte.
    var rest = UInt64(bitPattern: (number << 1) ^ (number >> 63))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func number(_ number: Int) { self.number(Int64(number)) }
  mutating func flag(_ flag: Bool) { number(flag ? 1 : 0) }

  mutating func text(_ text: String) {
    let utf8 = Array(text.utf8)
    if let known = numberOfText[utf8] {
      number(known + 1)
      return
    }
    numberOfText[utf8] = numberOfText.count
    number(0)
    blob(utf8)
  }

  mutating func blob(_ blob: [UInt8]) {
    number(blob.count)
    bytes += blob
  }

  mutating func optional<Value>(_ value: Value?, _ write: (inout RecordWriter, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }
  mutating func number(_ number: Int?) { optional(number) { $0.number($1) } }
  mutating func number(_ number: Int64?) { optional(number) { $0.number($1) } }
  mutating func text(_ text: String?) { optional(text) { $0.text($1) } }

  mutating func list<Value>(_ values: [Value], _ write: (inout RecordWriter, Value) -> Void) {
    number(values.count)
    for value in values { write(&self, value) }
  }
  mutating func texts(_ texts: [String]) { list(texts) { $0.text($1) } }

  /// A record with its length.
  mutating func record(_ value: some Recorded) {
    let start = bytes.count
    value.write(to: &self)
    var length = RecordWriter()
    length.number(bytes.count - start)
    bytes.insert(contentsOf: length.bytes, at: start)
  }
  mutating func records(_ values: [some Recorded]) { list(values) { $0.record($1) } }
}

struct RecordReader {
  private let bytes: [UInt8]
  private var position = 0
  /// The end of the innermost record.
  private var end: Int
  private var texts: [String] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  /// Whether the record has a further field: one that an earlier version did not write is absent.
  var hasMore: Bool { position < end }

  private mutating func byte() throws(RecordDamage) -> UInt8 {
    guard position < end else { throw RecordDamage() }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func number() throws(RecordDamage) -> Int64 {
    var rest: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte()
      guard shift < 64, shift != 63 || byte <= 1 else { throw RecordDamage() }
      rest |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { break }
      shift += 7
    }
    return Int64(bitPattern: rest >> 1) ^ -Int64(bitPattern: rest & 1)
  }

  mutating func integer() throws(RecordDamage) -> Int {
    guard let number = Int(exactly: try number()) else { throw RecordDamage() }
    return number
  }

  /// A number that counts what the bytes still hold, one byte at least for each.
  private mutating func count() throws(RecordDamage) -> Int {
    let count = try integer()
    guard count >= 0, count <= end - position else { throw RecordDamage() }
    return count
  }

  mutating func flag() throws(RecordDamage) -> Bool {
    switch try number() {
    case 0: return false
    case 1: return true
    default: throw RecordDamage()
    }
  }

  mutating func blob() throws(RecordDamage) -> [UInt8] {
    let count = try count()
    defer { position += count }
    return Array(bytes[position..<(position + count)])
  }

  mutating func text() throws(RecordDamage) -> String {
    let known = try integer()
    if known == 0 {
      guard let text = String(validating: try blob(), as: UTF8.self) else { throw RecordDamage() }
      texts.append(text)
      return text
    }
    guard texts.indices.contains(known - 1) else { throw RecordDamage() }
    return texts[known - 1]
  }

  mutating func optional<Value>(
    _ read: (inout RecordReader) throws(RecordDamage) -> Value
  ) throws(RecordDamage) -> Value? {
    try flag() ? try read(&self) : nil
  }
  mutating func optionalText() throws(RecordDamage) -> String? {
    try flag() ? try text() : nil
  }
  mutating func optionalNumber() throws(RecordDamage) -> Int64? {
    try flag() ? try number() : nil
  }
  mutating func optionalInteger() throws(RecordDamage) -> Int? {
    try flag() ? try integer() : nil
  }

  mutating func list<Value>(
    _ read: (inout RecordReader) throws(RecordDamage) -> Value
  ) throws(RecordDamage) -> [Value] {
    let count = try count()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }
  mutating func textList() throws(RecordDamage) -> [String] {
    try list { reader throws(RecordDamage) in try reader.text() }
  }

  /// One record; whatever a later version may have added behind the known fields is passed over.
  mutating func record<Value: Recorded>(_ type: Value.Type = Value.self) throws(RecordDamage)
    -> Value
  {
    let length = try count()
    let outer = end
    end = position + length
    let value = try Value(from: &self)
    position = end
    end = outer
    return value
  }
  mutating func records<Value: Recorded>(_ type: Value.Type = Value.self) throws(RecordDamage)
    -> [Value]
  {
    try list { reader throws(RecordDamage) in try reader.record() }
  }
}
