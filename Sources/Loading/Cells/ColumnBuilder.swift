// ColumnBuilder.swift: typed cells, row by row, become the columns of a partition.

import Catalog
import Columns
import Syntax

/// One column while it grows. A row begins as missing; a set value takes that away.
struct ColumnBuilder {
  let name: String
  let type: ColumnType
  /// Numbers, or codes of texts; a missing row repeats the number before it, which costs nothing.
  private var numbers = PackedIntegers.Builder()
  /// Per row of a decimal or percent column: digits after the point as printed.
  private(set) var places = PackedIntegers.Builder()
  /// Rows by their places.
  private var rowsByPlaces: [Int] = []
  private var dictionary = ByteDictionary()
  private var missing = MissingRows(rowCount: 0)
  private var missingCount = 0
  private var lastNumber: Int64 = 0
  private(set) var rowCount = 0

  init(name: String, type: ColumnType) {
    self.name = name
    self.type = type
    // Code 0 is the blank.
    _ = dictionary.insert([])
    if isScaled { rowsByPlaces = Array(repeating: 0, count: 256) }
  }

  private var isScaled: Bool { type == .decimal || type == .percent }

  mutating func addMissing() {
    if type == .text {
      numbers.append(0)
    } else {
      numbers.append(lastNumber)
      if isScaled {
        places.append(0)
        rowsByPlaces[0] += 1
      }
      if rowCount & 63 == 0 { missing.words.append(0) }
      missing[rowCount] = true
      missingCount += 1
    }
    rowCount += 1
  }

  mutating func setLast(_ value: Int64, places: Int = 0) {
    guard type != .text, rowCount > 0 else { return }
    put(rowCount - 1, value, places)
    lastNumber = value
    if missing[rowCount - 1] {
      missing[rowCount - 1] = false
      missingCount -= 1
    }
  }

  private mutating func put(_ row: Int, _ value: Int64, _ places: Int) {
    numbers[row] = value
    guard isScaled else { return }
    let kept = UInt8(clamping: places)
    rowsByPlaces[Int(self.places[row])] -= 1
    rowsByPlaces[Int(kept)] += 1
    self.places[row] = Int64(kept)
  }

  /// Puts another number in the place of one.
  mutating func set(_ row: Int, _ value: Int64, places: Int) {
    guard type != .text, row < rowCount, !missing[row] else { return }
    put(row, value, places)
  }

  /// The code of a text, for a caller that has found it before.
  mutating func code(of text: String) -> UInt32 {
    UInt32(truncatingIfNeeded: dictionary.insert(Array(text.utf8)))
  }

  mutating func setLast(code: UInt32) {
    guard type == .text, rowCount > 0 else { return }
    numbers[rowCount - 1] = Int64(code)
  }

  /// Blanks the whole column.
  mutating func clear() {
    let count = rowCount
    self = ColumnBuilder(name: name, type: type)
    for _ in 0..<count { addMissing() }
  }

  /// Blanks the rows of some texts, and forgets the texts.
  ///
  /// - Returns: how many rows.
  mutating func clear(where holds: ([UInt8]) -> Bool) -> Int {
    guard type == .text else { return 0 }
    let old = self
    let isKept = (0..<dictionary.count).map { $0 == 0 || !holds(dictionary.bytes($0)) }
    self = ColumnBuilder(name: name, type: type)
    var cleared = 0
    for row in 0..<old.rowCount {
      addMissing()
      let code = old.textCode(row)
      if isKept[code] {
        if code > 0 { setLast(old.string(row)) }
      } else {
        cleared += 1
      }
    }
    return cleared
  }

  mutating func setLast(_ range: Range<Int>, of bytes: [UInt8]) {
    guard type == .text, rowCount > 0 else { return }
    let code =
      isComposed(range, of: bytes)
      ? dictionary.insert(range, of: bytes) : dictionary.insert(composed(range, of: bytes))
    numbers[rowCount - 1] = Int64(code)
  }

  mutating func setLast(_ text: String) {
    let bytes = Array(text.utf8)
    setLast(0..<bytes.count, of: bytes)
  }

  mutating func removeLast() {
    guard rowCount > 0 else { return }
    rowCount -= 1
    numbers.removeLast()
    if type == .text { return }
    if isScaled {
      rowsByPlaces[Int(places[rowCount])] -= 1
      places.removeLast()
    }
    if missing[rowCount] {
      missing[rowCount] = false
      missingCount -= 1
    }
    if rowCount & 63 == 0 { missing.words.removeLast() }
  }

  func isMissing(_ row: Int) -> Bool { type == .text ? numbers[row] == 0 : missing[row] }
  func value(_ row: Int) -> Int64? { type == .text || missing[row] ? nil : numbers[row] }
  func textCode(_ row: Int) -> Int { type == .text ? Int(numbers[row]) : 0 }
  func string(_ row: Int) -> String { type == .text ? dictionary.string(Int(numbers[row])) : "" }

  /// True if both rows hold the same value.
  func isEqual(_ left: Int, _ right: Int) -> Bool {
    if type == .text { return numbers[left] == numbers[right] }
    guard missing[left] == missing[right] else { return false }
    if missing[left] { return true }
    return numbers[left] == numbers[right] && (!isScaled || places[left] == places[right])
  }

  /// The bits that tell values of this column apart.
  func hashValue(_ row: Int) -> UInt64 {
    if type == .text { return UInt64(bitPattern: numbers[row]) }
    return missing[row] ? .max : UInt64(bitPattern: numbers[row])
  }

  /// The texts met and how many rows hold each; empty for other types.
  func textCounts() -> [(text: [UInt8], rows: Int)] {
    guard type == .text else { return [] }
    var counts = Array(repeating: 0, count: dictionary.count)
    for row in 0..<rowCount { counts[Int(numbers[row])] += 1 }
    return counts.indices.dropFirst().map { (dictionary.bytes($0), counts[$0]) }
  }

  /// The most digits after the point that any row was printed with.
  var scale: Int { rowsByPlaces.lastIndex { $0 > 0 } ?? 0 }

  /// The first row whose decimal is too large to be brought to the column's scale.
  func overflowingRow() -> Int? {
    let scale = scale
    guard scale > 0 else { return nil }
    return (0..<rowCount).first { scaled($0, to: scale) == nil }
  }

  private func scaled(_ row: Int, to scale: Int) -> Int64? {
    var value = numbers[row]
    // Zero stays zero at any scale, however many places another row has.
    if value == 0 || missing[row] { return value }
    guard isScaled else { return value }
    for _ in Int(places[row])..<scale {
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      if overflowed { return nil }
      value = product
    }
    return value
  }

  /// - Precondition: no row overflows; one that does is left as it is.
  func finished() -> Column {
    if type == .text { return finishedText() }
    return Column(
      name: name, storage: .integers(finishedNumbers(), type.meaning(scale: scale)),
      missing: missingCount > 0 ? missing : nil)
  }

  /// Missing rows lie between the values, so that the range of the column is that of its values.
  private func finishedNumbers() -> PackedIntegers {
    let firstRow = (0..<rowCount).first { !missing[$0] } ?? 0
    let scale = scale
    if firstRow == 0, scale == 0 { return numbers.finished() }
    var result = PackedIntegers.Builder()
    var last = rowCount > 0 ? scaled(firstRow, to: scale) ?? numbers[firstRow] : 0
    for row in 0..<rowCount {
      if !missing[row] { last = scaled(row, to: scale) ?? numbers[row] }
      result.append(last)
    }
    return result.finished()
  }

  private func finishedText() -> Column {
    let entries = (0..<dictionary.count).map { dictionary.string($0) }
    return Column(name: name, texts: numbers.finished(), entries)
  }
}

/// The rows of one data set while they grow.
struct PartitionBuilder {
  let dataset: Dataset
  private(set) var columns: [ColumnBuilder]
  private var lines = PackedIntegers.Builder()
  private var files = PackedIntegers.Builder()

  init(_ dataset: Dataset) {
    self.dataset = dataset
    columns = dataset.columns.filter { !$0.isDropped }.map {
      ColumnBuilder(name: $0.name, type: $0.type)
    }
  }

  var rowCount: Int { lines.rowCount }

  /// The line of a row in its file, from 1.
  func line(_ row: Int) -> Int { Int(lines[row]) }

  /// nil where the rulebook's data set has no such column: a value for it is then left out.
  func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

  mutating func addRow(line: Int, file: Int) {
    for index in columns.indices { columns[index].addMissing() }
    lines.append(Int64(line))
    files.append(Int64(file))
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
  mutating func clear(_ index: Int, where holds: ([UInt8]) -> Bool) -> Int {
    columns[index].clear(where: holds)
  }
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
      if let row = column.overflowingRow() { return (column.name, line(row)) }
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
      files: sources, columns: columns.map { $0.finished() },
      lineOfRow: lines.finished(), fileOfRow: files.finished(),
      rowCount: rowCount)
  }
}
