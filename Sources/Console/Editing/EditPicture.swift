// EditPicture.swift: prompt, text and hint arrive, the rows of cells they fill leave, with the
// place of the cursor. Everything here is a function of its arguments: tests compare it with a
// screen.

import Rendering
import Syntax

/// The prompt of one entry.
package struct Prompt: Sendable, Hashable {
  package var text: String
  /// The last statement failed: the prompt shows it.
  package var isAfterFailure: Bool
  /// Shown at the right edge while the text leaves room: the condition in force.
  package var rightText: String

  package init(_ text: String, isAfterFailure: Bool = false, rightText: String = "") {
    self.text = text
    self.isAfterFailure = isAfterFailure
    self.rightText = rightText
  }

  /// What stands before the further lines of an entry: as wide as the prompt.
  func continuation(ambiguous: Int) -> String {
    let width = displayWidth(text, ambiguous: ambiguous)
    return String(repeating: " ", count: max(0, width - 2)) + (width >= 2 ? "> " : "")
  }
}

/// One row of the edit area, left to right.
struct PictureRow: Sendable, Hashable {
  var glyphs: [Glyph] = []
  var widthCells = 0

  mutating func append(_ glyph: Glyph) {
    glyphs.append(glyph)
    widthCells += glyph.widthCells
  }

  /// The glyphs that fit into so many cells.
  func prefix(cells: Int) -> PictureRow {
    var row = PictureRow()
    for glyph in glyphs {
      guard row.widthCells + glyph.widthCells <= cells else { break }
      row.append(glyph)
    }
    return row
  }

  init(_ glyphs: [Glyph] = []) { for glyph in glyphs { append(glyph) } }
}

/// A cell of the edit area, counted from its first row.
struct CellPlace: Sendable, Hashable {
  var row: Int
  var column: Int
}

/// What the edit area looks like.
struct EditPicture: Sendable, Hashable {
  var rows: [PictureRow]
  var cursor: CellPlace
  /// Rows under the text: menu, notice, panel. They take no part in wrapping.
  var rowsBelow: [PictureRow] = []
}

/// The text laid out into rows; also answers where the cursor goes on the row above or below.
struct TextLayout: Sendable {
  private(set) var rows: [PictureRow] = [PictureRow()]
  /// Where each character starts, in scalars, and its place; the last is the end of the text.
  private(set) var places: [(index: Int, place: CellPlace)] = []
  let widthCells: Int

  /// - Parameter ghost: a hint behind the text, which never becomes part of it.
  init(
    _ text: EditedText, prompt: Prompt, inks: [StyledRange] = [], ghost: String = "",
    widthCells: Int, ambiguous: Int
  ) {
    // A terminal too narrow for one hanzi cannot be laid out for; it is drawn as if it had two
    // cells.
    self.widthCells = max(widthCells, 2)
    let promptInk: Ink? = prompt.isAfterFailure ? .error : nil
    append(Glyph.all(of: prompt.text, ink: promptInk, ambiguous: ambiguous))
    let continuation = Glyph.all(
      of: prompt.continuation(ambiguous: ambiguous), ink: .faint, ambiguous: ambiguous)
    var index = 0
    var offset = 0
    var inks = InkCursor(inks)
    for character in text.text {
      defer {
        index += character.unicodeScalars.count
        offset += character.utf8.count
      }
      if character == "\n" {
        wrapIfFull()
        places.append((index, end))
        rows.append(PictureRow())
        append(continuation)
        continue
      }
      let glyph = Glyph(character, ink: inks.ink(at: offset), ambiguous: ambiguous)
      wrapIfFull(before: glyph)
      places.append((index, end))
      append([glyph])
    }
    if ghost.isEmpty || !text.isAtEnd {
      wrapIfFull()
      places.append((index, end))
      return
    }
    let ghostGlyphs = Glyph.all(of: ghost, ink: .ghost, ambiguous: ambiguous)
    if let first = ghostGlyphs.first { wrapIfFull(before: first) }
    places.append((index, end))
    append(ghostGlyphs)
  }

  private var end: CellPlace {
    CellPlace(row: rows.count - 1, column: rows[rows.count - 1].widthCells)
  }

  /// A wide character that does not fit goes to the next row; so does anything behind a full row.
  private mutating func wrapIfFull(before glyph: Glyph? = nil) {
    let width = max(1, min(glyph?.widthCells ?? 1, widthCells))
    if rows[rows.count - 1].widthCells + width > widthCells { rows.append(PictureRow()) }
  }

  private mutating func append(_ glyphs: [Glyph]) {
    for glyph in glyphs {
      // A name like <U+202E> may be wider than the row: then it goes on like text.
      if glyph.widthCells > 2 {
        append(glyph.text.map { Glyph(String($0), widthCells: 1, ink: glyph.ink) })
        continue
      }
      wrapIfFull(before: glyph)
      rows[rows.count - 1].append(glyph)
    }
  }

  /// The place of the character that holds a scalar.
  func place(of index: Int) -> CellPlace {
    var lower = 0
    var upper = places.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if places[middle].index <= index { lower = middle + 1 } else { upper = middle }
    }
    return places[max(0, lower - 1)].place
  }

  /// The scalar under a column of a row, or the nearest before it on that row; nil when there is no
  /// such row of text.
  func index(row: Int, column: Int) -> Int? {
    var nearest: Int?
    for (index, place) in places where place.row == row {
      if nearest == nil || place.column <= column { nearest = index }
    }
    return nearest
  }
}

/// Walks styled ranges along with the text: both go forward only.
private struct InkCursor {
  private let ranges: [StyledRange]
  private var next = 0

  init(_ ranges: [StyledRange]) {
    self.ranges = ranges.sorted { $0.range.lower < $1.range.lower }
  }

  /// The ink of the range that holds the byte; of several the one that begins last.
  mutating func ink(at offset: Int) -> Ink? {
    while next < ranges.count, ranges[next].range.upper <= offset { next += 1 }
    var ink: Ink?
    var index = next
    while index < ranges.count, ranges[index].range.lower <= offset {
      if ranges[index].range.upper > offset { ink = ranges[index].ink }
      index += 1
    }
    return ink
  }
}
