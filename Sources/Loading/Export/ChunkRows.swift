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

  init() {}

  /// - Parameters:
  ///   - values: those of rows without one are overwritten.
  ///   - missing: ascending.
  init(_ values: inout [Int64], missing: [UInt32]) {
    self.missing = missing
    // A row without a value takes the number before it, or the first one behind it.
    var leading = 0
    for row in missing.map(Int.init) {
      if row == leading { leading += 1 } else { values[row] = values[row - 1] }
    }
    if leading > 0, leading < values.count {
      for row in 0..<leading { values[row] = values[leading] }
    }
    packed = PackedIntegers(block: values)
  }
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
    columns = Array(repeating: ChunkColumn(), count: plan.fields.count)
    serials = Array(repeating: [], count: plan.fields.count)
    writtenDates = Array(repeating: 0, count: plan.fields.count)
    asides = plan.asides
  }

  /// How the texts of a field are numbered from now on.
  mutating func number(_ field: Int, as form: NumberedText?) { columns[field].form = form }

  /// Takes back what was noticed of rows that are not kept.
  mutating func drop(_ rows: DroppedRows) {
    for field in serials.indices { serials[field] = rows.kept(serials[field], at: \.row) }
    percents = rows.kept(percents, at: \.row)
  }

  /// Packs the values, column by column.
  mutating func finish(_ batch: inout RowBatch) {
    rowCount = batch.firstRow
    for field in columns.indices {
      let form = columns[field].form
      columns[field] = ChunkColumn(
        &batch.columns[field].values, missing: batch.columns[field].missing)
      columns[field].form = form
      if !batch.columns[field].decimals.isEmpty {
        var places = [UInt8](repeating: 0, count: rowCount)
        for decimal in batch.columns[field].decimals { places[decimal.row] = decimal.places }
        columns[field].places = places
      }
    }
    lines = PackedIntegers(block: batch.closedLines)
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

  /// - Parameter line: they come field by field, not in the order of the lines.
  mutating func add(line: Int, _ text: String) {
    count += 1
    if first.count == Self.toldCount, let last = first.last, last.line <= line { return }
    let place = first.lastIndex { $0.line <= line }.map { $0 + 1 } ?? 0
    first.insert(Cell(line: line, text: text), at: place)
    first = Array(first.prefix(Self.toldCount))
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
