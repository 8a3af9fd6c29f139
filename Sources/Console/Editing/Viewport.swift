// Viewport.swift: a layout that may be taller than the screen arrives, the rows to draw leave.

import Rendering
import Syntax

/// Which rows of a tall text are drawn. It moves only when the cursor comes near its edge, so that
/// the text does not jump under the hand.
struct Viewport: Sendable {
  private var firstRow = 0

  /// The rows to draw, at most `limit`, with `<<` and `>>` where the text goes on.
  mutating func picture(
    of layout: TextLayout, cursor: CellPlace, limit: Int, rowsBelow: [PictureRow] = []
  ) -> EditPicture {
    let limit = max(1, limit)
    let total = layout.rows.count
    if total <= limit {
      firstRow = 0
      return EditPicture(rows: layout.rows, cursor: cursor, rowsBelow: rowsBelow)
    }
    // One row is kept between the cursor and a cut edge, if there are rows enough: the marks stand
    // there.
    let margin = limit >= 3 ? 1 : 0
    firstRow = max(firstRow, cursor.row + margin - limit + 1)
    firstRow = min(firstRow, cursor.row - margin)
    firstRow = max(0, min(firstRow, total - limit))
    var rows = Array(layout.rows[firstRow..<firstRow + limit])
    if firstRow + limit < total { rows[limit - 1].mark(end: ">>", widthCells: layout.widthCells) }
    if firstRow > 0 { rows[0].mark(start: "<<") }
    return EditPicture(
      rows: rows, cursor: CellPlace(row: cursor.row - firstRow, column: cursor.column),
      rowsBelow: rowsBelow)
  }
}

extension PictureRow {
  /// Puts a mark over the first cells.
  fileprivate mutating func mark(start: String) {
    var hidden = 0
    var rest: [Glyph] = []
    for glyph in glyphs {
      if hidden < start.utf8.count { hidden += glyph.widthCells } else { rest.append(glyph) }
    }
    // A wide character half under the mark leaves a cell.
    let gap = String(repeating: " ", count: max(0, hidden - start.utf8.count))
    self = PictureRow(Glyph.all(of: start + gap, ink: .faint, ambiguous: 1) + rest)
  }

  /// Puts a mark at the right edge.
  fileprivate mutating func mark(end: String, widthCells: Int) {
    let kept = prefix(cells: widthCells - end.utf8.count)
    let gap = String(repeating: " ", count: widthCells - end.utf8.count - kept.widthCells)
    self = PictureRow(
      kept.glyphs + Glyph.all(of: gap + end, ink: .faint, ambiguous: 1))
  }
}
