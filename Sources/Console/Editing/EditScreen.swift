// EditScreen.swift: pictures arrive one after the other, the bytes that turn one into the next
// leave.
//
// The terminal is never asked anything: where its cursor stands is known from what was drawn.

import Rendering
import Syntax

struct EditScreen: Sendable {
  let palette: Palette
  /// The picture on the terminal now; nil before the first and after the last of an entry.
  private var drawn: EditPicture?
  /// Rows of the terminal from the first of the edit area to the cursor, if the width has not
  /// changed.
  private var drawnWidth = 0

  /// A redraw without colours, when they alone would make it longer than this.
  static let byteLimit = 8192

  init(palette: Palette) { self.palette = palette }

  /// The bytes that draw the picture in place of the last; empty when nothing has changed.
  mutating func draw(_ picture: EditPicture, widthCells: Int) -> String {
    if picture == drawn, widthCells == drawnWidth { return "" }
    var bytes = body(of: picture, palette)
    if bytes.utf8.count > Self.byteLimit { bytes = body(of: picture, .none) }
    bytes = "\u{1B}[?25l" + returnToStart(widthCells: widthCells) + bytes + "\u{1B}[?25h"
    drawn = picture
    drawnWidth = widthCells
    return bytes
  }

  /// The bytes that leave the edit area: the cursor stands at the start of the row below it.
  mutating func leave(widthCells: Int) -> String {
    guard let picture = drawn else { return "" }
    let below = picture.rows.count - 1 - picture.cursor.row
    drawn = nil
    return (below > 0 ? "\u{1B}[\(below)B" : "") + "\r\n"
  }

  /// The bytes that clear the screen; the next picture is drawn at its top.
  mutating func clear() -> String {
    drawn = nil
    return "\u{1B}[H\u{1B}[2J"
  }

  /// Forgets what was drawn: something else has been on the terminal since.
  mutating func forget() { drawn = nil }

  private func body(of picture: EditPicture, _ palette: Palette) -> String {
    let rows = picture.rows + picture.rowsBelow
    var bytes = rows.map { line(of: $0, palette) }.joined(separator: "\r\n")
    let up = rows.count - 1 - picture.cursor.row
    if up > 0 { bytes += "\u{1B}[\(up)A" }
    bytes += "\r"
    if picture.cursor.column > 0 { bytes += "\u{1B}[\(picture.cursor.column)C" }
    return bytes
  }

  /// Neighbours of one ink share their escape sequences.
  private func line(of row: PictureRow, _ palette: Palette) -> String {
    var line = ""
    var run = ""
    var runInk: Ink?
    for glyph in row.glyphs {
      if glyph.ink != runInk {
        line += runInk.map { palette.paint(run, $0) } ?? run
        run = ""
        runInk = glyph.ink
      }
      run += glyph.text
    }
    return line + (runInk.map { palette.paint(run, $0) } ?? run)
  }

  /// Up to the first row of the edit area, and everything below it erased.
  ///
  /// After a change of width the terminal has wrapped the old rows anew: the rows above the cursor
  /// are counted as it has wrapped them. A terminal that does not wrap anew shows one stale row.
  private func returnToStart(widthCells: Int) -> String {
    guard let drawn else { return "\r\u{1B}[J" }
    var up = drawn.cursor.row
    if widthCells != drawnWidth, widthCells > 0 {
      up = drawn.rows[..<drawn.cursor.row].reduce(0) {
        $0 + Self.rowCount(of: $1.glyphs, widthCells: widthCells)
      }
      let before = drawn.rows[drawn.cursor.row].prefix(cells: drawn.cursor.column)
      up += Self.rowCount(of: before.glyphs, widthCells: widthCells, hasCursorBehind: true) - 1
    }
    return (up > 0 ? "\u{1B}[\(up)A" : "") + "\r\u{1B}[J"
  }

  /// The rows that a drawn row takes after the terminal has wrapped it at another width.
  private static func rowCount(
    of glyphs: [Glyph], widthCells: Int, hasCursorBehind: Bool = false
  ) -> Int {
    var rows = 1
    var column = 0
    for glyph in glyphs {
      if column + glyph.widthCells > widthCells {
        rows += 1
        column = 0
      }
      column += glyph.widthCells
    }
    return hasCursorBehind && column >= widthCells ? rows + 1 : rows
  }
}
