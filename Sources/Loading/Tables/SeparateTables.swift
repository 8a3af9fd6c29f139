// SeparateTables.swift: a file or sheet with several tables below each other becomes one table for
// each, known by its title line and its headings.

import Columns
import Syntax

/// Above this size a text is one table: looking for others would read it twice.
private let separationLimitBytes = 8 << 20

/// - Throws: quotes that are never closed.
/// - Complexity: O(bytes)
func separated(_ table: RawTable) throws(FileFaults) -> [RawTable] {
  guard table.text.count <= separationLimitBytes else {
    // Its beginning tells whether it is one of several; the rows of others would fit no heading.
    if tableStarts(in: try table.grid(rowLimit: 900)).count > 1 {
      throw FileFaults([largeSeveralFault(table.source.path, limit: separationLimitBytes)])
    }
    return [table]
  }
  let grid = try table.grid()
  var starts = tableStarts(in: grid)
  guard starts.count > 1 else { return [table] }
  starts[0] = 0
  return starts.indices.map { index in
    let end = index + 1 < starts.count ? starts[index + 1] : grid.rows.count
    return table.part(of: grid, rows: starts[index]..<end, number: index + 1)
  }
}

private func tableStarts(in grid: Grid) -> [Int] {
  var starts: [Int] = []
  var seeker = TableStarts(grid)
  while let start = seeker.next() { starts.append(start) }
  return starts
}

extension RawTable {
  /// Rows written anew: the cells of a grid are no longer quoted.
  fileprivate func part(of grid: Grid, rows: Range<Int>, number: Int) -> RawTable {
    var part = self
    var text: [UInt8] = []
    if let first = rows.first { part.rowsBefore = grid.rows[first].line - 1 }
    var line = part.rowsBefore + 1
    for row in grid.rows[rows] {
      // A cell that holds line feeds has taken lines of its own.
      while line < row.line {
        text.append(0x0A)
        line += 1
      }
      for (index, cell) in grid.cells[row.cells].enumerated() {
        if index > 0 { text.append(delimiter) }
        let bytes = Array(grid.bytes[cell])
        if bytes.contains(delimiter) || bytes.contains(0x22) || bytes.contains(0x0A) {
          writeCell(bytes, to: &text)
        } else {
          text += bytes
        }
        if !isGrid { line += bytes.count { $0 == 0x0A } }
      }
      text.append(0x0A)
      line += 1
    }
    part.text = TableText(text)
    // Merged cells count rows of the sheet, as the lines do.
    return part
  }
}

private func writeCell(_ bytes: [UInt8], to output: inout [UInt8]) {
  output.append(0x22)
  for byte in bytes {
    if byte == 0x22 { output.append(0x22) }
    output.append(byte)
  }
  output.append(0x22)
}

/// Finds the rows at which a table begins: its title line, or its headings.
private struct TableStarts {
  private let grid: Grid
  private var index = 0
  /// Of the table that is gone through: its headings, folded, and which columns held only figures.
  private var headings: [[UInt8]] = []
  private var figureColumns: Set<Int> = []
  private var textColumns: Set<Int> = []

  init(_ grid: Grid) { self.grid = grid }

  private enum Kind { case blank, line, words, figures }

  private func kind(_ row: Grid.Row) -> Kind {
    var filled = 0
    var figures = 0
    for cell in grid.cells[row.cells] {
      let inner = trimmed(cell, of: grid.bytes)
      if inner.isEmpty { continue }
      filled += 1
      if isFigureOrDate(inner) { figures += 1 }
    }
    if filled == 0 { return .blank }
    if figures > 0 { return .figures }
    return filled == 1 ? .line : .words
  }

  private func isFigureOrDate(_ inner: Range<Int>) -> Bool {
    if isNumber(inner, of: grid.bytes) { return true }
    guard inner.count <= 32, isDigit(grid.bytes[inner.lowerBound]) else { return false }
    if case .moment = readMoment(inner, of: grid.bytes, acceptsMonth: false) { return true }
    return false
  }

  /// The next row at which a table begins; the first one is where the file does.
  mutating func next() -> Int? {
    while index < grid.rows.count {
      let row = index
      index += 1
      guard kind(grid.rows[row]) == .words else {
        note(grid.rows[row])
        continue
      }
      guard beginsTable(row) else {
        note(grid.rows[row])
        continue
      }
      headings = foldedCells(of: grid.rows[row], in: grid)
      figureColumns = []
      textColumns = []
      return titleRow(above: row)
    }
    return nil
  }

  private mutating func note(_ row: Grid.Row) {
    guard !headings.isEmpty else { return }
    for (column, cell) in grid.cells[row.cells].enumerated() {
      let inner = trimmed(cell, of: grid.bytes)
      if inner.isEmpty || isMissingMark(inner, of: grid.bytes) { continue }
      if isFigureOrDate(inner) { figureColumns.insert(column) } else { textColumns.insert(column) }
    }
  }

  /// The first words of a file begin its table. Later ones do where a blank row or a line of text
  /// stands above them, they are not the headings again, and they contradict the rows before: text
  /// where only figures were.
  private func beginsTable(_ row: Int) -> Bool {
    if headings.isEmpty { return true }
    guard row > 0 else { return false }
    let above = kind(grid.rows[row - 1])
    guard above == .blank || above == .line else { return false }
    let cells = foldedCells(of: grid.rows[row], in: grid)
    guard cells != headings else { return false }
    let filled = cells.indices.filter { !cells[$0].isEmpty }
    let below = grid.rows[(row + 1)...].prefix(3).map { kind($0) }
    guard below.contains(.figures) else { return false }
    // A title with a blank row above it: headings of another number are another table's.
    if above == .line, row < 2 || kind(grid.rows[row - 2]) == .blank,
      filled == Array(0..<filled.count), filled.count != headings.count(where: { !$0.isEmpty })
    {
      return true
    }
    let onlyFigures = figureColumns.subtracting(textColumns)
    return filled.contains { onlyFigures.contains($0) }
  }

  /// The line of text right above, which is the title.
  private func titleRow(above row: Int) -> Int {
    var first = row
    while first > 0, kind(grid.rows[first - 1]) == .line { first -= 1 }
    return first
  }
}
