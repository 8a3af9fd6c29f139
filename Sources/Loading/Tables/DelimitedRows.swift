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
  }

  private(set) var bytes: [UInt8]
  let delimiter: UInt8
  private var index = 0
  /// The line of the next row, from 1.
  private(set) var line = 1

  init(bytes: [UInt8], delimiter: UInt8) {
    self.bytes = bytes
    self.delimiter = delimiter
  }

  var isAtEnd: Bool { index >= bytes.count }

  /// Fills `cells` with the next row and returns its first line.
  mutating func next(into cells: inout [Range<Int>]) throws(Fault) -> Int {
    cells.removeAll(keepingCapacity: true)
    let firstLine = line
    while true {
      if index < bytes.count, bytes[index] == 0x22 {
        cells.append(try quotedCell())
      } else {
        cells.append(plainCell())
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

  private mutating func plainCell() -> Range<Int> {
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
      index += 1
    }
    return start..<index
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
      } else if byte == 0x0A {
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

/// The whole text as a grid; for tables of a notice, which are small.
func grid(ofDelimited bytes: [UInt8], delimiter: UInt8) throws(DelimitedRows.Fault) -> Grid {
  var reader = DelimitedRows(bytes: bytes, delimiter: delimiter)
  var grid = Grid(bytes: [])
  var row: [Range<Int>] = []
  while !reader.isAtEnd {
    let line = try reader.next(into: &row)
    let first = grid.cells.count
    grid.cells.append(contentsOf: row)
    grid.rows.append(Grid.Row(line: line, cells: first..<grid.cells.count))
  }
  grid.bytes = reader.bytes
  return grid
}
