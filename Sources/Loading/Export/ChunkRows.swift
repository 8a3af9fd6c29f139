// ChunkRows.swift: the cells of some rows arrive, typed; columns leave, and what was noticed on the
// way.

import Columns
import Syntax

/// A column of some rows, packed.
struct ChunkColumn: Sendable {
  /// Numbers, codes of a reader's texts, or the numbers that texts end with. A missing row has the
  /// number of another, so that it never widens the column.
  var packed = PackedIntegers(repeating: 0, count: 0)
  /// Rows without a value, ascending; never of texts.
  var missing: [UInt32] = []
  /// Digits behind the point, as printed; empty where all are whole.
  var places: [UInt8] = []
  /// How the texts are numbered; nil: the numbers are numbers or codes.
  var form: NumberedText?
}

/// What some rows of an export have brought.
struct ChunkRows: Sendable {
  /// A cell that holds a spreadsheet's day number.
  struct Serial: Sendable {
    var row: Int
    var line: Int
    var cell: String
  }
  enum End: Sendable, Hashable {
    case whole
    /// The last row goes on in the first one of the next chunk, which is read here.
    case tookNextRow
    case fault(DelimitedRows.Fault)
  }
  /// Which reader's texts the codes are of.
  var reader: Int
  /// One for each field, once the chunk is finished.
  private(set) var columns: [ChunkColumn]
  private(set) var lines = PackedIntegers(repeating: 0, count: 0)
  /// While rows come: their numbers, one for each field, row after row.
  private var values: [Int64] = []
  private var lineValues: [Int64] = []
  /// Places in `values` without a value, and those printed with digits behind the point.
  private var missing: [Int] = []
  private var decimals: [(place: Int, places: UInt8)] = []
  private var isFinished = false
  let fieldCount: Int
  private(set) var rowCount = 0
  var faults: [FileFault] = []
  var skipped: [SkippedLine] = []
  var percents: [BarePercents.Cell] = []
  /// For each field.
  var serials: [[Serial]]
  var writtenDates: [Int]
  var asides: RowAsides
  var badRows = 0
  var blanked = BlankedCells()
  /// Numbers such as `约1500` or `99.8%%`.
  var oddCells = 0
  var joinedRows = 0
  var mergedCells = 0
  var end = End.whole

  init(_ plan: ExportPlan, reader: Int) {
    self.reader = reader
    fieldCount = plan.fields.count
    columns = Array(repeating: ChunkColumn(), count: plan.fields.count)
    serials = Array(repeating: [], count: plan.fields.count)
    writtenDates = Array(repeating: 0, count: plan.fields.count)
    asides = plan.asides
  }

  // MARK: - The row that is open

  mutating func append(_ value: Int64) { values.append(value) }

  mutating func append(_ value: Int64, places: Int) {
    if places > 0 { decimals.append((values.count, UInt8(clamping: places))) }
    values.append(value)
  }

  mutating func appendMissing() {
    missing.append(values.count)
    values.append(0)
  }

  /// The value of a field; nil where it has none.
  func value(_ field: Int) -> Int64? {
    let place = rowCount * fieldCount + field
    return missing.reversed().prefix { $0 >= place }.contains(place) ? nil : values[place]
  }

  mutating func closeRow(line: Int) {
    lineValues.append(Int64(line))
    rowCount += 1
  }

  /// Takes back what a row that is not kept has brought.
  mutating func dropRow() {
    let start = rowCount * fieldCount
    values.removeSubrange(start...)
    while let last = missing.last, last >= start { missing.removeLast() }
    while let last = decimals.last, last.place >= start { decimals.removeLast() }
    for index in serials.indices {
      while let last = serials[index].last, last.row >= rowCount { serials[index].removeLast() }
    }
    while let last = percents.last, last.row >= rowCount { percents.removeLast() }
  }

  /// How the texts of a field are numbered from now on.
  mutating func number(_ field: Int, as form: NumberedText?) { columns[field].form = form }

  /// Codes in the place of numbers.
  mutating func recode(_ field: Int, _ code: (Int64) -> Int64) {
    columns[field].form = nil
    for row in 0..<rowCount {
      values[row * fieldCount + field] = code(values[row * fieldCount + field])
    }
  }

  // MARK: - The end

  /// Packs the values column by column.
  mutating func finish() {
    guard !isFinished else { return }
    isFinished = true
    for place in missing {
      columns[place % fieldCount].missing.append(UInt32(truncatingIfNeeded: place / fieldCount))
    }
    for (place, count) in decimals {
      let field = place % fieldCount
      if columns[field].places.isEmpty {
        columns[field].places = Array(repeating: 0, count: rowCount)
      }
      columns[field].places[place / fieldCount] = count
    }
    var column: [Int64] = []
    column.reserveCapacity(rowCount)
    for field in 0..<fieldCount {
      column.removeAll(keepingCapacity: true)
      for row in 0..<rowCount { column.append(values[row * fieldCount + field]) }
      fill(columns[field].missing, of: &column)
      columns[field].packed = PackedIntegers(block: column)
    }
    lines = PackedIntegers(block: lineValues)
    values = []
    lineValues = []
    missing = []
    decimals = []
  }

  /// A row without a value takes the number before it, or the first one behind it.
  private func fill(_ missing: [UInt32], of column: inout [Int64]) {
    var leading = 0
    for row in missing.map(Int.init) {
      if row == leading { leading += 1 } else { column[row] = column[row - 1] }
    }
    guard leading > 0, leading < column.count else { return }
    for row in 0..<leading { column[row] = column[leading] }
  }
}

/// Unreadable cells of columns that a row does without.
struct BlankedCells {
  struct Cell {
    var line: Int
    var text: String
  }
  private(set) var count = 0
  /// The first of them, as read.
  private(set) var first: [Cell] = []
  private static let toldCount = 3

  mutating func add(line: Int, _ text: String) {
    count += 1
    if first.count < Self.toldCount { first.append(Cell(line: line, text: text)) }
  }

  mutating func add(_ other: BlankedCells) {
    count += other.count
    first = Array((first + other.first).prefix(Self.toldCount))
  }

  /// The first of them in words, behind their count.
  var places: Bilingual {
    let isCut = count > first.count
    return Bilingual(
      first.map { "line \($0.line) “\($0.text)”" }.joined(separator: ", ") + (isCut ? " …" : ""),
      first.map { "第 \($0.line) 行“\($0.text)”" }.joined(separator: "、") + (isCut ? "等" : ""))
  }
}
