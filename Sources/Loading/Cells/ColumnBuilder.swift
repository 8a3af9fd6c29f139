// ColumnBuilder.swift: typed cells, row by row, become the columns of a partition.

import Catalog
import Columns
import Syntax

/// One column while it grows. A row begins as missing; a set value takes that away.
struct ColumnBuilder {
  let name: String
  let type: ColumnType
  private(set) var integers: [Int64] = []
  /// Per row of a decimal or percent column: digits after the point as printed.
  private(set) var places: [UInt8] = []
  private var codes: [UInt32] = []
  private var dictionary = ByteDictionary()
  private var missing = MissingRows(rowCount: 0)
  private var missingCount = 0
  private(set) var rowCount = 0

  init(name: String, type: ColumnType) {
    self.name = name
    self.type = type
    // Code 0 is the blank.
    _ = dictionary.insert([])
  }

  private var isScaled: Bool { type == .decimal || type == .percent }

  mutating func addMissing() {
    if type == .text {
      codes.append(0)
    } else {
      integers.append(0)
      if isScaled { places.append(0) }
      if rowCount & 63 == 0 { missing.words.append(0) }
      missing[rowCount] = true
      missingCount += 1
    }
    rowCount += 1
  }

  mutating func setLast(_ value: Int64, places: Int = 0) {
    guard type != .text, rowCount > 0 else { return }
    integers[rowCount - 1] = value
    if isScaled { self.places[rowCount - 1] = UInt8(clamping: places) }
    if missing[rowCount - 1] {
      missing[rowCount - 1] = false
      missingCount -= 1
    }
  }

  /// Puts another number in the place of one.
  mutating func set(_ row: Int, _ value: Int64, places: Int) {
    guard type != .text, row < rowCount, !missing[row] else { return }
    integers[row] = value
    if isScaled { self.places[row] = UInt8(clamping: places) }
  }

  /// The code of a text, for a caller that has found it before.
  mutating func code(of text: String) -> UInt32 {
    UInt32(truncatingIfNeeded: dictionary.insert(Array(text.utf8)))
  }

  mutating func setLast(code: UInt32) {
    guard type == .text, rowCount > 0 else { return }
    codes[rowCount - 1] = code
  }

  /// Blanks the whole column.
  mutating func clear() {
    let count = rowCount
    self = ColumnBuilder(name: name, type: type)
    for _ in 0..<count { addMissing() }
  }

  mutating func setLast(_ range: Range<Int>, of bytes: [UInt8]) {
    guard type == .text, rowCount > 0 else { return }
    codes[rowCount - 1] = UInt32(truncatingIfNeeded: dictionary.insert(range, of: bytes))
  }

  mutating func setLast(_ text: String) {
    let bytes = Array(text.utf8)
    setLast(0..<bytes.count, of: bytes)
  }

  mutating func removeLast() {
    guard rowCount > 0 else { return }
    rowCount -= 1
    if type == .text {
      codes.removeLast()
      return
    }
    integers.removeLast()
    if isScaled { places.removeLast() }
    if missing[rowCount] {
      missing[rowCount] = false
      missingCount -= 1
    }
    if rowCount & 63 == 0 { missing.words.removeLast() }
  }

  func isMissing(_ row: Int) -> Bool { type == .text ? codes[row] == 0 : missing[row] }
  func value(_ row: Int) -> Int64? { type == .text || missing[row] ? nil : integers[row] }
  func textCode(_ row: Int) -> Int { type == .text ? Int(codes[row]) : 0 }
  func string(_ row: Int) -> String { type == .text ? dictionary.string(Int(codes[row])) : "" }

  /// True if both rows hold the same value.
  func isEqual(_ left: Int, _ right: Int) -> Bool {
    if type == .text { return codes[left] == codes[right] }
    guard missing[left] == missing[right] else { return false }
    return integers[left] == integers[right] && (!isScaled || places[left] == places[right])
  }

  /// The bits that tell values of this column apart.
  func hashValue(_ row: Int) -> UInt64 {
    if type == .text { return UInt64(codes[row]) }
    return missing[row] ? .max : UInt64(bitPattern: integers[row])
  }

  /// The texts met and how many rows hold each; empty for other types.
  func textCounts() -> [(text: [UInt8], rows: Int)] {
    guard type == .text else { return [] }
    var counts = Array(repeating: 0, count: dictionary.count)
    for code in codes { counts[Int(code)] += 1 }
    return counts.indices.dropFirst().map { (dictionary.bytes($0), counts[$0]) }
  }

  /// The most digits after the point that any row was printed with.
  var scale: Int { Int(places.max() ?? 0) }

  /// The first row whose decimal is too large to be brought to the column's scale.
  func overflowingRow() -> Int? {
    guard isScaled else { return nil }
    let scale = scale
    return integers.indices.first { scaled($0, to: scale) == nil }
  }

  private func scaled(_ row: Int, to scale: Int) -> Int64? {
    var value = integers[row]
    // Zero stays zero at any scale, however many places another row has.
    if value == 0 { return 0 }
    for _ in Int(places[row])..<scale {
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      if overflowed { return nil }
      value = product
    }
    return value
  }

  /// - Precondition: no row overflows; one that does is left as it is.
  func finished() -> Column {
    if type == .text {
      let entries = (0..<dictionary.count).map { dictionary.string($0) }
      return Column(name: name, storage: .text(codes: codes, dictionary: entries))
    }
    var values = integers
    let scale = scale
    for row in values.indices where isScaled && Int(places[row]) < scale {
      values[row] = scaled(row, to: scale) ?? values[row]
    }
    return Column(
      name: name, storage: .integers(values, meaning(scale: scale)),
      missing: missingCount > 0 ? missing : nil)
  }

  private func meaning(scale: Int) -> ColumnMeaning {
    switch type {
    case .whole, .text: .whole
    case .decimal, .percent: .decimal(scale: scale)
    case .flag: .flag
    case .date: .day
    case .time: .minute
    case .period: .quarter
    }
  }
}

/// The rows of one data set while they grow.
struct PartitionBuilder {
  let dataset: Dataset
  private(set) var columns: [ColumnBuilder]
  private(set) var lines: [Int32] = []
  private(set) var files: [UInt16] = []

  init(_ dataset: Dataset) {
    self.dataset = dataset
    columns = dataset.columns.filter { !$0.isDropped }.map {
      ColumnBuilder(name: $0.name, type: $0.type)
    }
  }

  var rowCount: Int { lines.count }

  /// nil where the rulebook's data set has no such column: a value for it is then left out.
  func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  mutating func addRow(line: Int, file: Int) {
    for index in columns.indices { columns[index].addMissing() }
    lines.append(Int32(clamping: line))
    files.append(UInt16(clamping: file))
  }

  mutating func removeLastRow() {
    for index in columns.indices { columns[index].removeLast() }
    lines.removeLast()
    files.removeLast()
  }

  mutating func set(_ index: Int?, _ value: Int64, places: Int = 0) {
    if let index { columns[index].setLast(value, places: places) }
  }
  mutating func set(_ index: Int, _ value: Int64, places: Int, row: Int) {
    columns[index].set(row, value, places: places)
  }
  mutating func set(_ index: Int, code: UInt32) { columns[index].setLast(code: code) }
  mutating func code(of text: String, in index: Int) -> UInt32 {
    columns[index].code(of: text)
  }
  mutating func clear(_ index: Int) { columns[index].clear() }
  mutating func set(_ index: Int?, _ text: String) {
    if let index { columns[index].setLast(text) }
  }
  mutating func set(_ index: Int?, _ range: Range<Int>, of bytes: [UInt8]) {
    if let index { columns[index].setLast(range, of: bytes) }
  }
  mutating func set(_ name: String, _ value: Int64, places: Int = 0) {
    set(index(of: name), value, places: places)
  }
  mutating func set(_ name: String, _ text: String) { set(index(of: name), text) }

  /// The first cell that cannot be stored, as its column and line.
  func overflow() -> (column: String, line: Int)? {
    for column in columns {
      if let row = column.overflowingRow() { return (column.name, Int(lines[row])) }
    }
    return nil
  }

  /// - Returns: nil if there are no rows.
  func finished(issuer: String, quarter: Quarter?, version: Int, sources: [SourceFile])
    -> Partition?
  {
    guard rowCount > 0 else { return nil }
    return Partition(
      dataset: dataset.name, issuer: issuer,
      quarterIndex: dataset.time == nil ? nil : quarter?.index, version: version,
      files: sources, columns: columns.map { $0.finished() }, lineOfRow: lines, fileOfRow: files,
      rowCount: rowCount)
  }
}
