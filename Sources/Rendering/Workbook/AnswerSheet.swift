// AnswerSheet.swift: answers arrive, a workbook with a sheet for each leaves.

import Columns
import Syntax

/// The bytes of an .xlsx file; an answer without a table has no sheet, unless there is no other.
///
/// - Throws: what stands in the way of the library, the disk or the limits of a sheet.
func renderWorkbook(_ answers: [Answer], with options: RenderOptions) throws(WorkbookProblem)
  -> [UInt8]
{
  let sheets = answers.filter { $0.refusal == nil && !$0.columns.isEmpty }
    .map { AnswerSheet(answer: $0, options: options) }
  var book = try WorkbookFile(
    cellCount: sheets.reduce(0) { $0 + ($1.answer.rows.count + 2) * $1.answer.columns.count },
    textByteCount: sheets.reduce(0) { $0 + $1.textByteCount })
  for sheet in sheets { try book.append(sheet) }
  if sheets.isEmpty { try book.beginSheet(named: "", widthsCells: [], frozenRowCount: 0) }
  return try book.bytes()
}

/// One answer as a sheet: the header, which stays in sight, the rows, the totals; below them what a
/// table says besides.
private struct AnswerSheet {
  let answer: Answer
  let options: RenderOptions
  private(set) var widthsCells: [Int]
  private(set) var textByteCount = 0

  /// Rows are worded each time they are looked at, so all sizes come from one look.
  init(answer: Answer, options: RenderOptions) {
    self.answer = answer
    self.options = options
    widthsCells = answer.columns.map { options.cells(of: $0.label) }
    for row in answer.rows { measure(row) }
    if let totals = answer.totals { measure(totals) }
  }

  private mutating func measure(_ row: AnswerRow) {
    for (index, cell) in row.cells.prefix(widthsCells.count).enumerated() {
      // No text is wider than twice its bytes.
      if cell.shown.utf8.count > widthsCells[index] / 2 {
        widthsCells[index] = max(widthsCells[index], options.cells(of: cell.shown))
      }
      if case .text(let text) = cell.raw { textByteCount += text.utf8.count }
    }
  }

  var name: String { answer.title ?? answer.sentence }

  var header: [WorkbookCell] {
    answer.columns.map { column in
      var format = WorkbookFormat.header
      format.isRightAligned = column.isNumeric
      return WorkbookCell(.text(column.label), format)
    }
  }

  func cells(of row: AnswerRow, isTotal: Bool) -> [WorkbookCell] {
    answer.columns.indices.map { index in
      let cell = index < row.cells.count ? row.cells[index] : .blank
      var format = WorkbookFormat()
      format.isBold = isTotal || row.role == .subtotal
      format.hasLineAbove = isTotal
      let value = workbookValue(of: cell)
      switch value {
      case .whole, .number: format.pattern = numberPattern(of: cell, in: answer.columns[index])
      case .text, .empty: break
      }
      return WorkbookCell(value, format)
    }
  }

  /// Headline, foot, basis and notes, one line each, after an empty row.
  var remarks: [String] {
    var lines: [String] = []
    if let title = answer.title { lines.append(title) }
    if options.showsHeadline, let headline = answer.headline { lines.append(headline) }
    lines += answer.foot
    if !answer.basis.isEmpty { lines.append(basisLine(of: answer)) }
    lines += shownNotes(of: answer, options.noteLevel).map { noteLine($0, answer.language) }
    return lines.filter { !$0.isEmpty }
  }
}

extension WorkbookFile {
  fileprivate mutating func append(_ sheet: AnswerSheet) throws(WorkbookProblem) {
    try beginSheet(named: sheet.name, widthsCells: sheet.widthsCells, frozenRowCount: 1)
    try append(sheet.header)
    for row in sheet.answer.rows { try append(sheet.cells(of: row, isTotal: false)) }
    if let totals = sheet.answer.totals { try append(sheet.cells(of: totals, isTotal: true)) }
    let remarks = sheet.remarks
    if !remarks.isEmpty { try append([]) }
    for line in remarks { try append([WorkbookCell(.text(line))]) }
  }
}

func workbookValue(of cell: AnswerCell) -> WorkbookValue {
  switch cell.raw {
  case .text(let text): .text(text)
  case .whole(let whole): .whole(whole)
  case .number(let number): number.isFinite ? .number(number) : .empty
  case .decimal(let text): Double(text).map { .number($0) } ?? .text(text)
  // The label of a totals row has no raw value.
  case .none: cell.shown.isEmpty || cell == .undefined ? .empty : .text(cell.shown)
  }
}

/// The pattern with which a spreadsheet prints a number as a table does: `#,##0`, `0.00%`, `0.00`,
/// a change with its sign.
func numberPattern(of cell: AnswerCell, in column: AnswerColumn) -> String {
  if column.kind == .dimension || column.kind == .text { return "0" }
  let hasFraction = cell.shown.utf8.contains(UInt8(ascii: "."))
  let base =
    if cell.shown.hasSuffix("%") { "0.00%" } else if !hasFraction {
      "#,##0"
    } else if column.kind == .count { "#,##0.00" } else { "0.00" }
  guard column.kind == .change || column.kind == .points else { return base }
  return "+\(base);-\(base);\(base)"
}
