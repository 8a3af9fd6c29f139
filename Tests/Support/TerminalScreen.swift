// TerminalScreen.swift: the bytes a program writes arrive, the screen a person sees leaves.
//
// A small terminal: cursor, erasing, wide characters, wrapping at the right edge as xterm does it
// (the cursor waits on the last cell), scrolling, and wrapping anew after a change of width as most
// terminals do. It knows only what the console uses; `unknown` holds the rest.

package struct TerminalScreen {
  private struct Line {
    /// One element a cell; the second cell of a wide character is empty text.
    var cells: [String] = []
    /// The next line goes on with this one, because it was wrapped at the edge.
    var isWrapped = false
  }

  package private(set) var rowCount: Int
  package private(set) var columnCount: Int
  private let rewraps: Bool
  /// Scrolled-away lines and the screen.
  private var lines: [Line]
  private var top = 0
  /// From the top of the screen.
  package private(set) var row = 0
  package private(set) var column = 0
  /// The last cell of a row was filled: the next character goes to the next row.
  private var isWaitingAtEdge = false
  package private(set) var isBracketedPaste = false
  package private(set) var isCursorShown = true
  /// Escape sequences this terminal does not know.
  package private(set) var unknown: [String] = []
  private var pending: [UInt8] = []

  package init(rows: Int, columns: Int, rewraps: Bool = true) {
    rowCount = rows
    columnCount = columns
    self.rewraps = rewraps
    lines = Array(repeating: Line(), count: rows)
  }

  // MARK: Looking at it

  /// A row of the screen without its trailing blanks.
  package func rowText(_ row: Int) -> String {
    guard row >= 0, row < rowCount else { return "" }
    return Self.text(of: lines[top + row])
  }
  private static func text(of line: Line) -> String {
    var text = line.cells.joined()
    while text.last == " " { text.removeLast() }
    return text
  }
  /// All rows, one a line, without the empty ones at the end.
  package var text: String {
    var rows = (0..<rowCount).map(rowText)
    while rows.last == "" { rows.removeLast() }
    return rows.joined(separator: "\n")
  }
  /// Everything that was ever on the screen and is not erased, the scrolled-away rows included.
  package var textWithScrollback: String {
    var rows = lines.map(Self.text)
    while rows.last == "" { rows.removeLast() }
    return rows.joined(separator: "\n")
  }
  package var cursorRowText: String { rowText(row) }
  package var rowTexts: [String] { (0..<rowCount).map(rowText) }

  // MARK: Bytes

  package mutating func feed(_ bytes: [UInt8]) {
    pending += bytes
    var place = 0
    while place < pending.count {
      guard let length = unitLength(at: place) else { break }
      apply(Array(pending[place..<place + length]))
      place += length
    }
    pending.removeFirst(place)
  }

  /// The length of the character or escape sequence at a place; nil when it is not whole yet.
  private func unitLength(at place: Int) -> Int? {
    let first = pending[place]
    if first == 0x1B {
      guard place + 1 < pending.count else { return nil }
      guard pending[place + 1] == UInt8(ascii: "[") else { return 2 }
      for end in (place + 2)..<max(place + 2, pending.count)
      where (0x40...0x7E).contains(pending[end]) {
        return end - place + 1
      }
      return nil
    }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    return place + length <= pending.count ? length : nil
  }

  private mutating func apply(_ unit: [UInt8]) {
    switch unit[0] {
    case 0x1B: applySequence(String(decoding: unit, as: UTF8.self))
    case 0x0D: moveTo(row: row, column: 0)
    case 0x0A: lineFeed()
    case 0x08: moveTo(row: row, column: column - 1)
    case 0..<0x20, 0x7F: unknown.append("control \(unit[0])")
    default: for scalar in String(decoding: unit, as: UTF8.self).unicodeScalars { put(scalar) }
    }
  }

  private mutating func applySequence(_ sequence: String) {
    let body = sequence.dropFirst(2)
    guard sequence.hasPrefix("\u{1B}["), let final = body.last else {
      unknown.append(sequence)
      return
    }
    let number = Int(body.dropLast()) ?? 1
    switch (final, body.dropLast()) {
    case ("A", _): moveTo(row: row - number, column: column)
    case ("B", _): moveTo(row: row + number, column: column)
    case ("C", _): moveTo(row: row, column: column + number)
    case ("D", _): moveTo(row: row, column: column - number)
    case ("H", ""): moveTo(row: 0, column: 0)
    case ("J", ""), ("J", "0"): eraseToEnd()
    case ("J", "2"): for index in 0..<rowCount { lines[top + index] = Line() }
    case ("K", ""), ("K", "0"): eraseRow(from: column)
    case ("m", _): break
    case ("h", "?2004"): isBracketedPaste = true
    case ("l", "?2004"): isBracketedPaste = false
    case ("h", "?25"): isCursorShown = true
    case ("l", "?25"): isCursorShown = false
    default: unknown.append(sequence)
    }
  }

  // MARK: Cells

  private mutating func moveTo(row: Int, column: Int) {
    self.row = min(max(row, 0), rowCount - 1)
    self.column = min(max(column, 0), columnCount - 1)
    isWaitingAtEdge = false
  }

  private mutating func lineFeed() {
    isWaitingAtEdge = false
    if row < rowCount - 1 {
      row += 1
    } else {
      lines.append(Line())
      top += 1
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Self.width(of: scalar)
    if width == 0 { return combine(scalar) }
    if isWaitingAtEdge || column + width > columnCount {
      lines[top + row].isWrapped = true
      lineFeed()
      column = 0
    }
    var cells = lines[top + row].cells
    while cells.count < column + width { cells.append(" ") }
    // Half a wide character that is written over leaves a blank.
    if cells[column].isEmpty, column > 0 { cells[column - 1] = " " }
    if column + width < cells.count, cells[column + width].isEmpty { cells[column + width] = " " }
    cells[column] = String(scalar)
    if width == 2 { cells[column + 1] = "" }
    lines[top + row].cells = cells
    column += width
    if column == columnCount {
      column -= 1
      isWaitingAtEdge = true
    }
  }

  private mutating func combine(_ scalar: Unicode.Scalar) {
    var place = isWaitingAtEdge ? column : column - 1
    guard place >= 0, place < lines[top + row].cells.count else { return }
    if lines[top + row].cells[place].isEmpty, place > 0 { place -= 1 }
    lines[top + row].cells[place].unicodeScalars.append(scalar)
  }

  private mutating func eraseRow(from column: Int) {
    let kept = min(column, lines[top + row].cells.count)
    lines[top + row].cells.removeLast(lines[top + row].cells.count - kept)
    lines[top + row].isWrapped = false
  }
  private mutating func eraseToEnd() {
    eraseRow(from: column)
    for index in (row + 1)..<max(row + 1, rowCount) { lines[top + index] = Line() }
  }

  /// Widths as the test knows them, apart from the table of the product.
  package static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x300...0x36F, 0x200D, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      2
    default: 1
    }
  }

  // MARK: Size

  package mutating func resize(rows: Int, columns: Int) {
    let cursorLine = top + row
    var cursorLineAfter = cursorLine
    if rewraps, columns != columnCount {
      (lines, cursorLineAfter, column) = rewrapped(columns, cursorLine)
    } else if columns < columnCount {
      for index in lines.indices { lines[index].cells = Array(lines[index].cells.prefix(columns)) }
    }
    columnCount = columns
    rowCount = rows
    while lines.count < rows { lines.append(Line()) }
    // The cursor stays on the screen, and the screen is as low as it can be with text on it.
    top = max(min(top, lines.count - rows), cursorLineAfter - rows + 1, 0)
    while lines.count > top + rows, Self.text(of: lines[lines.count - 1]).isEmpty {
      lines.removeLast()
    }
    if lines.count > top + rows { top = lines.count - rows }
    row = cursorLineAfter - top
    column = min(column, columns - 1)
    isWaitingAtEdge = false
  }

  /// All lines at another width, and where the cursor's cell has gone.
  private func rewrapped(_ columns: Int, _ cursorLine: Int) -> ([Line], Int, Int) {
    var result: [Line] = []
    var cursor = (line: 0, column: 0)
    var index = 0
    while index < lines.count {
      var cells: [String] = []
      var cursorPlace: Int?
      while true {
        if index == cursorLine { cursorPlace = cells.count + column }
        cells += lines[index].cells
        index += 1
        guard index < lines.count, lines[index - 1].isWrapped else { break }
      }
      while cells.last == " " { cells.removeLast() }
      var line = Line()
      for place in 0..<max(cells.count, (cursorPlace ?? -1) + 1) {
        let isWide = place + 1 < cells.count && cells[place + 1].isEmpty
        if line.cells.count + (isWide ? 2 : 1) > columns {
          if place < cells.count { line.isWrapped = true }
          result.append(line)
          line = Line()
        }
        if place == cursorPlace { cursor = (result.count, line.cells.count) }
        if place < cells.count { line.cells.append(cells[place]) } else { line.cells.append(" ") }
      }
      while line.cells.last == " " { line.cells.removeLast() }
      result.append(line)
    }
    return (result, cursor.line, cursor.column)
  }
}
