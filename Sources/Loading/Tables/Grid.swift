// Grid.swift: decoded text becomes lines of cells, each with its line number.

/// Lines of cells over one buffer. A line of running text is a row of one cell.
struct Grid {
  struct Row {
    /// Of the file, from 1.
    var line: Int
    /// Into `cells`.
    var cells: Range<Int>
  }
  var bytes: [UInt8]
  var cells: [Range<Int>] = []
  var rows: [Row] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  func isBlank(_ row: Row) -> Bool {
    cells[row.cells].allSatisfy { trimmed($0, of: bytes).isEmpty }
  }

  /// The one cell that is not blank, where there is exactly one.
  func onlyCell(_ row: Row) -> Range<Int>? {
    var found: Range<Int>?
    for cell in cells[row.cells] {
      let inner = trimmed(cell, of: bytes)
      if inner.isEmpty { continue }
      if found != nil { return nil }
      found = inner
    }
    return found
  }
}

/// Text as copied from a page: a line is a row, tabs part its cells.
func grid(ofLines bytes: [UInt8]) -> Grid {
  var grid = Grid(bytes: bytes)
  grid.cells.reserveCapacity(bytes.count / 6)
  grid.rows.reserveCapacity(bytes.count / 48)
  var firstCell = 0
  var cellStart = 0
  var line = 1
  for index in 0...bytes.count {
    let byte = index < bytes.count ? bytes[index] : 0x0A
    if byte == 0x09 {
      grid.cells.append(cellStart..<index)
      cellStart = index + 1
    } else if byte == 0x0A {
      let end = index > cellStart && bytes[index - 1] == 0x0D ? index - 1 : index
      grid.cells.append(cellStart..<end)
      grid.rows.append(Grid.Row(line: line, cells: firstCell..<grid.cells.count))
      firstCell = grid.cells.count
      cellStart = index + 1
      line += 1
    }
  }
  return grid
}
