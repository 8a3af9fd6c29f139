// AnswerSheet.swift: answers arrive, a workbook with a sheet for each leaves.

import Columns
import Syntax

/// The bytes of an .xlsx file; an answer without a table has no sheet, unless there is no other.
///
/// - Throws: what stands in the way of the library, the disk or the limits of a sheet.
func renderWorkbook(_ answers: [Answer], with options: RenderOptions) throws(WorkbookProblem)
  -> [UInt8]
{
  let answers = answers.filter { $0.refusal == nil && !$0.columns.isEmpty }
  var cellCount = 0
  var textByteCount = 0
  for answer in answers {
    cellCount += (answer.rows.count + 2) * answer.columns.count
    for row in answer.rows {
      for case .text(let text) in row.cells.map(\.raw) { textByteCount += text.utf8.count }
    }
  }
  var book = try WorkbookFile(cellCount: cellCount, textByteCount: textByteCount)
  for answer in answers { try book.append(AnswerSheet(answer: answer, options: options)) }
  if answers.isEmpty { try book.beginSheet(named: "", widthsCells: [], frozenRowCount: 0) }
  return try book.bytes()
}

/// One answer as a sheet: the header, which stays in sight, the rows, the totals; below them what a
/// table says besides.
private struct AnswerSheet {
  var answer: Answer
  var options: RenderOptions

  var name: String { answer.title ?? answer.sentence }

  var widthsCells: [Int] {
    answer.columns.indices.map { index in
      var width = options.cells(of: answer.columns[index].label)
      for row in answer.rows + (answer.totals.map { [$0] } ?? []) where index < row.cells.count {
        width = max(width, options.cells(of: row.cells[index].shown))
      }
      return width
    }
  }

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
