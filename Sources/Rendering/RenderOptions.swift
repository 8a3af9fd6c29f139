// RenderOptions.swift: everything besides the answer that decides how it is drawn.

import Columns
import Syntax

package enum NoteLevel: String, Sendable, Hashable, CaseIterable {
  case none, standard, all
}

/// What the first line of tsv and csv holds.
package enum HeaderStyle: String, Sendable, Hashable, CaseIterable {
  case label, name, none
}

package struct RenderOptions: Sendable {
  package var mode: OutputMode
  /// The bytes go to a terminal: nothing of the data may drive it.
  package var isTerminal: Bool
  /// The cells of a row in people's modes; nil: unlimited.
  package var width: Int?
  /// The cells of an East Asian Ambiguous character, 1 or 2.
  package var ambiguousWidth: Int
  package var showsHeadline: Bool
  package var noteLevel: NoteLevel
  package var headerStyle: HeaderStyle
  /// How an undefined cell is shown in people's modes; nil: `-`.
  package var nullText: String?
  /// csv, tsv and jsonl carry the printed strings.
  package var isPrinted: Bool
  /// No formula protection.
  package var keepsRawCells: Bool
  /// csv for a spreadsheet: a byte order mark before the first result, lines ended with CRLF.
  package var hasBOM: Bool
  package var color: Palette
  /// The most rows drawn on a terminal; never applies to pipes and files.
  package var rowLimit: Int?
  package var elapsedMilliseconds: Double
  /// The terminal has no line-drawing characters: another charset, or TERM=dumb.
  package var isAsciiDrawing: Bool
  /// `.present`: charts take the whole width, and no text is dim.
  package var isPresenting: Bool
  /// A part of a report: its style sheet knows classes of shade.
  package var isReport = false

  package init(
    mode: OutputMode = .box, isTerminal: Bool = false, width: Int? = nil,
    ambiguousWidth: Int = 1, showsHeadline: Bool = true, noteLevel: NoteLevel = .standard,
    headerStyle: HeaderStyle = .label, nullText: String? = nil, isPrinted: Bool = false,
    keepsRawCells: Bool = false, hasBOM: Bool = false, color: Palette = .none,
    rowLimit: Int? = nil, elapsedMilliseconds: Double = 0, isAsciiDrawing: Bool = false,
    isPresenting: Bool = false
  ) {
    self.mode = mode
    self.isTerminal = isTerminal
    self.width = width
    self.ambiguousWidth = ambiguousWidth
    self.showsHeadline = showsHeadline
    self.noteLevel = noteLevel
    self.headerStyle = headerStyle
    self.nullText = nullText
    self.isPrinted = isPrinted
    self.keepsRawCells = keepsRawCells
    self.hasBOM = hasBOM
    self.color = color
    self.rowLimit = rowLimit
    self.elapsedMilliseconds = elapsedMilliseconds
    self.isAsciiDrawing = isAsciiDrawing
    self.isPresenting = isPresenting
  }
}

extension RenderOptions {
  /// Lines and bars are drawn with ASCII where the others would be two cells wide or missing.
  var drawsASCII: Bool { isAsciiDrawing || ambiguousWidth == 2 }
  var ellipsis: String { drawsASCII ? "..." : "…" }

  /// A piece of text inside one line of a people's mode.
  func inLine(_ text: String) -> String { isTerminal ? terminalSafe(text) : singleLine(text) }

  /// Text of a mode that escapes by rules of its own: only a terminal needs more.
  func safeOnTerminal(_ text: String) -> String { isTerminal ? terminalSafe(text) : text }

  func cells(of text: String) -> Int { displayWidth(text, ambiguous: ambiguousWidth) }

  /// A cell as a people's mode prints it.
  package func shown(_ cell: AnswerCell) -> String {
    if let nullText, cell.raw == .none, cell.shown == AnswerCell.undefined.shown {
      return nullText
    }
    return cell.shown
  }

  /// Lines of csv for a spreadsheet.
  package var endsWithCRLF: Bool { hasBOM && mode.name == "csv" }

  /// The rows that are drawn; the others are counted in the foot.
  func drawnRows(of answer: Answer) -> [AnswerRow] {
    guard isTerminal, let rowLimit else { return answer.rows.list }
    return Array(answer.rows.prefix(max(0, rowLimit)))
  }
}
