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
  /// The line of the next row, from 1; its number where lines do not count.
  private(set) var line: Int
  /// A line feed inside a quoted cell begins another line.
  private let countsLines: Bool

  init(bytes: [UInt8], delimiter: UInt8, firstLine: Int = 1, countsLines: Bool = true) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.countsLines = countsLines
    line = firstLine
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
