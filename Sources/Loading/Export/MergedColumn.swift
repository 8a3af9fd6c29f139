// MergedColumn.swift: the same column of all chunks arrives; one column leaves, whose texts have
// their codes in the order in which they first stand in the file.

import Catalog
import Columns
import Syntax

/// A column of a whole table, while it is checked.
struct MergedColumn: Sendable {
  let name: String
  let type: ColumnType
  /// Numbers, codes of texts, or the numbers that texts end with.
  private(set) var numbers: PackedIntegers
  /// Never of texts: theirs is code 0.
  private(set) var missing: MissingRows?
  /// Digits behind the point, as printed; nil where all are whole.
  private var places: PackedIntegers?
  private(set) var texts = ByteDictionary()
  private(set) var form: NumberedText?
  /// For each code the first row that has it.
  private(set) var firstRows: [Int] = []

  /// A column that the file lacks.
  init(absent definition: DatasetColumn, rowCount: Int) {
    self.init(definition, repeating: nil, rowCount: rowCount)
  }

  /// A column in which all rows are alike.
  ///
  /// - Parameter value: never of texts; nil: none has one.
  init(_ definition: DatasetColumn, repeating value: Int64?, rowCount: Int) {
    name = definition.name
    type = definition.type
    numbers = PackedIntegers(repeating: value ?? 0, count: rowCount)
    _ = texts.insert([])
    firstRows = [0]
    if value == nil, type != .text, rowCount > 0 { missing = MissingRows(all: rowCount) }
  }

  /// - Parameters:
  ///   - field: which column of the chunks.
  ///   - readers: what each reader's codes mean.
  /// - Complexity: O(rows)
  init(
    _ definition: DatasetColumn, field: Int, of chunks: [ChunkRows], readers: [[FieldTexts]]
  ) {
    name = definition.name
    type = definition.type
    numbers = PackedIntegers(repeating: 0, count: 0)
    _ = texts.insert([])
    firstRows = [0]
    let columns = chunks.map { $0.columns[field] }
    let rowCount = chunks.reduce(0) { $0 + $1.rowCount }
    if definition.type != .text {
      join(columns, rowCount: rowCount)
    } else if let form = MergedColumn.commonForm(of: columns, rowCount: rowCount) {
      self.form = form
      numbers = PackedIntegers(joining: columns.map(\.packed))
    } else {
      joinTexts(columns, chunks.map(\.reader), readers.map { $0[field] }, rowCount: rowCount)
    }
  }

  /// A column of numbers, part after part.
  init(_ definition: DatasetColumn, joining parts: [ChunkColumn], rowCount: Int) {
    name = definition.name
    type = definition.type
    numbers = PackedIntegers(repeating: 0, count: 0)
    _ = texts.insert([])
    firstRows = [0]
    join(parts, rowCount: rowCount)
  }

  /// A column of texts of which each row takes the first that is there.
  init(_ definition: DatasetColumn, firstTextOf columns: [MergedColumn], rowCount: Int) {
    name = definition.name
    type = definition.type
    numbers = PackedIntegers(repeating: 0, count: 0)
    _ = texts.insert([])
    firstRows = [0]
    // For each text of a column its code here, + 1; 0: not met yet.
    var known = columns.map { [UInt32](repeating: 0, count: $0.texts.count) }
    var codes: [UInt32] = []
    codes.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      var own: UInt32 = 0
      for (index, column) in columns.enumerated() {
        if let form = column.form {
          own = code(of: Array(form.text(column.numbers[row]).utf8), row: row)
        } else {
          let entry = Int(column.numbers[row])
          if entry == 0 { continue }
          if known[index][entry] == 0 {
            known[index][entry] = code(of: column.texts.bytes(entry), row: row) + 1
          }
          own = known[index][entry] - 1
        }
        break
      }
      codes.append(own)
    }
    numbers = PackedIntegers(codes: codes)
  }

  /// The form that all chunks share, where hardly two of the first rows have the same number.
  private static func commonForm(of columns: [ChunkColumn], rowCount: Int) -> NumberedText? {
    let filled = columns.filter { $0.packed.rowCount > 0 }
    guard rowCount >= leastNumberedRows, let form = filled.first?.form,
      filled.allSatisfy({ $0.form == form })
    else { return nil }
    var seen: Set<Int64> = []
    var left = leastNumberedRows
    for column in filled where left > 0 {
      for row in 0..<min(left, column.packed.rowCount) { seen.insert(column.packed[row]) }
      left -= column.packed.rowCount
    }
    return seen.count > leastNumberedRows / 4 ? form : nil
  }

  private static let leastNumberedRows = 4096

  private mutating func join(_ columns: [ChunkColumn], rowCount: Int) {
    var blocks: [PackedIntegers] = []
    var blanks = MissingRows(rowCount: rowCount)
    var hasBlank = false
    var start = 0
    // A chunk without a value takes a number of its neighbours, so that it widens nothing.
    var neighbour =
      columns.first { $0.missing.count < $0.packed.rowCount }.map { $0.packed[0] } ?? 0
    for column in columns {
      let count = column.packed.rowCount
      for row in column.missing {
        blanks[start + Int(row)] = true
        hasBlank = true
      }
      if column.missing.count == count {
        blocks.append(PackedIntegers(repeating: neighbour, count: count))
      } else {
        blocks.append(column.packed)
        neighbour = column.packed[count - 1]
      }
      start += count
    }
    numbers = PackedIntegers(joining: blocks)
    if hasBlank { missing = blanks }
    if columns.contains(where: { !$0.places.isEmpty }) {
      places = PackedIntegers(
        columns.flatMap { column in
          column.places.isEmpty
            ? Array(repeating: 0, count: column.packed.rowCount) : column.places.map(Int64.init)
        })
    }
  }

  private mutating func joinTexts(
    _ columns: [ChunkColumn], _ readers: [Int], _ met: [FieldTexts], rowCount: Int
  ) {
    let isSmall =
      columns.allSatisfy { $0.form == nil } && met.reduce(0) { $0 + $1.entries.count } < 256
    numbers =
      isSmall
      ? PackedIntegers(codes: joinedTexts(columns, readers, met, rowCount) as [UInt8])
      : PackedIntegers(codes: joinedTexts(columns, readers, met, rowCount) as [UInt32])
  }

  /// - Returns: the code of each row.
  private mutating func joinedTexts<Code: FixedWidthInteger & UnsignedInteger>(
    _ columns: [ChunkColumn], _ readers: [Int], _ met: [FieldTexts], _ rowCount: Int
  ) -> [Code] {
    var codes: [Code] = []
    codes.reserveCapacity(rowCount)
    // For each reader's code the column's, + 1; 0: not met yet.
    var known = met.map { [UInt32](repeating: 0, count: $0.entries.count) }
    for (column, reader) in zip(columns, readers) {
      if let form = column.form {
        for number in column.packed.values {
          let code = code(of: Array(form.text(number).utf8), row: codes.count)
          codes.append(Code(truncatingIfNeeded: code))
        }
        continue
      }
      // Taken out meanwhile, so that nothing shares it.
      var own: [UInt32] = []
      swap(&own, &known[reader])
      let entries = column.packed.values
      for (place, entry) in entries.enumerated() where own[Int(entry)] == 0 {
        own[Int(entry)] =
          code(of: met[reader].entries.bytes(Int(entry)), row: codes.count + place) + 1
      }
      codes.append(addingCapacity: entries.count) { codes in
        for entry in entries { codes.append(Code(truncatingIfNeeded: own[Int(entry)] &- 1)) }
      }
      swap(&own, &known[reader])
    }
    return codes
  }

  private mutating func code(of text: [UInt8], row: Int) -> UInt32 {
    let code = texts.insert(text)
    if code == firstRows.count { firstRows.append(row) }
    return UInt32(truncatingIfNeeded: code)
  }
}

// MARK: - Rows

extension MergedColumn {
  var rowCount: Int { numbers.rowCount }

  /// nil where a row has none, and in columns of text.
  func value(_ row: Int) -> Int64? {
    type == .text || missing?[row] == true ? nil : numbers[row]
  }

  /// True if both rows hold the same value.
  func isEqual(_ left: Int, _ right: Int) -> Bool {
    let isBlank = missing?[left] == true
    guard isBlank == (missing?[right] == true) else { return false }
    if isBlank { return true }
    return numbers[left] == numbers[right] && places?[left] == places?[right]
  }

  /// Puts other numbers in the place of some.
  mutating func replace(_ cells: [BarePercents.Cell]) {
    var values = numbers.values
    var own = places?.values ?? Array(repeating: 0, count: values.count)
    for cell in cells {
      values[cell.row] = cell.number.digits
      own[cell.row] = Int64(cell.number.places)
    }
    numbers = PackedIntegers(values)
    places = PackedIntegers(own)
  }

  /// Takes the values of some rows of a column of numbers away.
  mutating func blank(_ rows: [Int]) {
    guard type != .text, !rows.isEmpty else { return }
    var blanks = missing ?? MissingRows(rowCount: rowCount)
    for row in rows { blanks[row] = true }
    missing = blanks
  }

  /// Blanks the rows of some texts, or all, and forgets the texts.
  ///
  /// - Parameter counts: rows by code.
  /// - Returns: how many rows.
  mutating func clear(_ counts: [Int], where holds: ([UInt8]) -> Bool) -> Int {
    var kept = ByteDictionary()
    var rows: [Int] = []
    let codes = (0..<texts.count).map { code -> UInt32 in
      let text = texts.bytes(code)
      if code > 0, holds(text) { return 0 }
      let own = kept.insert(text)
      if own == rows.count { rows.append(firstRows[code]) }
      return UInt32(truncatingIfNeeded: own)
    }
    let cleared = codes.indices.dropFirst().reduce(0) { $0 + (codes[$1] == 0 ? counts[$1] : 0) }
    numbers = PackedIntegers(codes: numbers.values.map { codes[Int($0)] })
    texts = kept
    firstRows = rows
    return cleared
  }

  /// Codes of texts of digits alone that are one digit shorter than all others, of which some
  /// begin with a zero: theirs was taken for nothing and dropped.
  ///
  /// - Parameter leastLength: of the others.
  /// - Complexity: O(bytes of the texts)
  func textsWithoutZero(leastLength: Int) -> Set<Int> {
    guard type == .text, form == nil else { return [] }
    var codesByLength: [Int: [Int]] = [:]
    var lengthsWithZero: Set<Int> = []
    for code in 1..<max(1, texts.count) {
      let text = texts.bytes(code)
      guard text.allSatisfy(isDigit) else { continue }
      codesByLength[text.count, default: []].append(code)
      if text.first == 0x30 { lengthsWithZero.insert(text.count) }
    }
    guard lengthsWithZero.count == 1, let length = lengthsWithZero.first, length >= leastLength,
      codesByLength.count == 2, let short = codesByLength[length - 1]
    else { return [] }
    return Set(short)
  }

  /// Rows by code, without those of a set.
  func textCounts(without dropped: Set<Int>) -> [Int] {
    var counts = Array(repeating: 0, count: texts.count)
    for code in numbers.values { counts[Int(code)] += 1 }
    for row in dropped { counts[Int(numbers[row])] -= 1 }
    return counts
  }
}

// MARK: - The end

extension MergedColumn {
  /// The most digits behind the point that any row was printed with.
  private var scale: Int { Int(places?.bounds?.upperBound ?? 0) }

  /// The first row whose decimal is too large to be brought to the column's scale.
  func overflowingRow() -> Int? {
    let scale = scale
    guard scale > 0 else { return nil }
    return (0..<rowCount).first { scaled($0, to: scale) == nil }
  }

  private func scaled(_ row: Int, to scale: Int) -> Int64? {
    var value = numbers[row]
    // Zero stays zero at any scale, however many places another row has.
    if value == 0 || missing?[row] == true { return value }
    for _ in Int(places?[row] ?? 0)..<scale {
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      if overflowed { return nil }
      value = product
    }
    return value
  }

  /// - Precondition: no row overflows; one that does is left as it is.
  func finished() -> Column {
    if let form { return Column(name: name, storage: .numbered(numbers, form)) }
    if type == .text { return finishedText() }
    let scale = scale
    return Column(
      name: name,
      storage: .integers(scale == 0 ? numbers : scaledNumbers(scale), type.meaning(scale: scale)),
      missing: missing)
  }

  /// Missing rows lie between the values, so that the range of the column is that of its values.
  private func scaledNumbers(_ scale: Int) -> PackedIntegers {
    let first = (0..<rowCount).first { missing?[$0] != true } ?? 0
    var result = PackedIntegers.Builder()
    var last = rowCount > 0 ? scaled(first, to: scale) ?? numbers[first] : 0
    for row in 0..<rowCount {
      if missing?[row] != true { last = scaled(row, to: scale) ?? numbers[row] }
      result.append(last)
    }
    return result.finished()
  }

  private func finishedText() -> Column {
    let entries = (0..<texts.count).map { texts.string($0) }
    return Column(name: name, texts: numbers, entries)
  }
}

extension Column {
  /// A column of texts by their codes, or by the numbers that they end with where hardly two rows
  /// share a text: that takes less room than a code and the text beside it.
  init(name: String, texts codes: PackedIntegers, _ entries: [String]) {
    guard codes.rowCount >= 4096, entries.count > codes.rowCount / 4,
      let form = numberedForm(of: entries)
    else {
      self.init(name: name, storage: .text(codes: codes, dictionary: entries))
      return
    }
    let values = entries.map { form.number($0) ?? 0 }
    var result = PackedIntegers.Builder()
    var blanks = MissingRows(rowCount: codes.rowCount)
    var hasBlank = false
    var last = values.count > 1 ? values[1] : 0
    for (row, code) in codes.values.enumerated() {
      if code == 0 {
        blanks[row] = true
        hasBlank = true
      } else {
        last = values[Int(code)]
      }
      result.append(last)
    }
    self.init(
      name: name, storage: .numbered(result.finished(), form), missing: hasBlank ? blanks : nil)
  }
}

extension ColumnType {
  func meaning(scale: Int) -> ColumnMeaning {
    switch self {
    case .whole, .text: .whole
    case .decimal, .percent: .decimal(scale: scale)
    case .flag: .flag
    case .date: .day
    case .time: .minute
    case .period: .quarter
    }
  }
}
