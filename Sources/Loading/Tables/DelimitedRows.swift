// DelimitedRows.swift: CSV and TSV bytes become rows of cells (RFC 4180, CR LF or LF, quotes
// doubled).

/// Reads row after row. A quoted cell with doubled quotes is put right in place: it only gets
/// shorter, so it never leaves its own bytes.
struct DelimitedRows {
  enum Fault: Error, Hashable {
    /// A quote that is never closed; the line where it opens.
    case openQuote(line: Int)
    /// Something else than a separator follows a closing quote.
    case textAfterQuote(line: Int)
    /// A row that is longer, or has more cells, than one may.
    case longRow(line: Int)
  }

  private(set) var bytes: [UInt8]
  let delimiter: UInt8
  private var index = 0
  /// The line of the next row, from 1; its number where lines do not count.
  private(set) var line: Int
  /// A line feed inside a quoted cell begins another line.
  private let countsLines: Bool
  /// Delimiters, quotes and line ends of a window of the bytes, as offsets from its beginning.
  private var marks: [UInt32] = []
  /// The first mark that may lie ahead.
  private var mark = 0
  private var window = 0..<0
  private static let windowBytes = 1 << 18

  init(bytes: [UInt8], delimiter: UInt8, firstLine: Int = 1, countsLines: Bool = true) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.countsLines = countsLines
    line = firstLine
  }

  var isAtEnd: Bool { restCount <= 0 }
  /// Bytes of the rows that are not read yet.
  var restCount: Int { bytes.count - index }

  /// Puts rows behind the last.
  mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Fills `cells` with the next row and returns its first line.
  mutating func next(into cells: inout [Range<Int>]) throws(Fault) -> Int {
    cells.removeAll(keepingCapacity: true)
    let firstLine = line
    let start = index
    if takePlainRow(into: &cells) { return firstLine }
    while true {
      if index < bytes.count, bytes[index] == 0x22 {
        cells.append(try quotedCell())
      } else {
        cells.append(plainCell())
      }
      guard cells.count <= Budget.columns, index - start <= Budget.rowBytes else {
        throw .longRow(line: firstLine)
      }
      guard index < bytes.count else { return firstLine }
      let byte = bytes[index]
      index += 1
      if byte == delimiter { continue }
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
      line += 1
      return firstLine
    }
  }

  /// Takes the row if it has no quote, few cells, and its end lies in the window: its cells are
  /// then what lies between the marks.
  private mutating func takePlainRow(into cells: inout [Range<Int>]) -> Bool {
    var (from, place) = (index, mark)
    var isWhole = false
    do {
      let (bytes, marks, base, delimiter) = (bytes.span, marks.span, window.lowerBound, delimiter)
      cells.append(addingCapacity: Self.plainCellCount) { cells in
        while place < marks.count, !cells.isFull {
          let at = base + Int(marks[place])
          place += 1
          if at < from { continue }
          let byte = bytes[at]
          if byte == 0x22 { return }
          cells.append(from..<at)
          from = at + 1
          if byte == delimiter { continue }
          if byte == 0x0D, from < bytes.count, bytes[from] == 0x0A { from += 1 }
          isWhole = true
          return
        }
      }
    }
    guard isWhole, from - index <= Budget.rowBytes else {
      cells.removeAll(keepingCapacity: true)
      return false
    }
    index = from
    mark = place
    line += 1
    return true
  }

  private static let plainCellCount = 64

  /// A quote inside a cell that does not begin with one is text.
  private mutating func plainCell() -> Range<Int> {
    let start = index
    while true {
      index = nextMark()
      guard index < bytes.count, bytes[index] == 0x22 else { return start..<index }
      mark += 1
    }
  }

  /// The first mark at `index` or behind it; the end where there is none.
  private mutating func nextMark() -> Int {
    while true {
      while mark < marks.count {
        let place = window.lowerBound + Int(marks[mark])
        if place >= index { return place }
        mark += 1
      }
      guard window.upperBound < bytes.count else { return bytes.count }
      let start = window.upperBound
      window = start..<min(start + Self.windowBytes, bytes.count)
      marks = Loading.marks(of: bytes, window, delimiter: delimiter)
      mark = 0
    }
  }

  private mutating func quotedCell() throws(Fault) -> Range<Int> {
    let openingLine = line
    index += 1
    let start = index
    var end = start
    while true {
      guard index < bytes.count else { throw .openQuote(line: openingLine) }
      let byte = bytes[index]
      if byte == 0x22 {
        index += 1
        guard index < bytes.count, bytes[index] == 0x22 else { break }
      } else if byte == 0x0A, countsLines {
        line += 1
      }
      if end != index { bytes[end] = byte }
      end += 1
      index += 1
    }
    guard index >= bytes.count || isSeparator(bytes[index]) else {
      throw .textAfterQuote(line: line)
    }
    return start..<end
  }

  private func isSeparator(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == 0x0A || byte == 0x0D
  }
}
