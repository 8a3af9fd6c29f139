// Separated.swift: an answer arrives, the records of csv and tsv leave.

import Columns

/// What csv and tsv have in common; they differ in how a field is written.
struct SeparatedFormat: Sendable {
  var separator: UInt8
  var lineEnd: [UInt8]
  /// The only field of a record when it is empty: readers skip lines with nothing on them.
  var loneEmptyField: String
  var quote: @Sendable (String, RenderOptions) -> String
}

func renderSeparated(
  _ answer: Answer, _ format: SeparatedFormat, _ options: RenderOptions
) -> [UInt8] {
  if answer.refusal != nil || answer.columns.isEmpty { return [] }
  var bytes: [UInt8] = []
  func append(_ fields: [String]) {
    let isLoneEmpty = fields.count == 1 && fields[0].isEmpty
    if isLoneEmpty { bytes.append(contentsOf: format.loneEmptyField.utf8) }
    for (index, field) in fields.enumerated() where !isLoneEmpty {
      if index > 0 { bytes.append(format.separator) }
      bytes.append(contentsOf: format.quote(field, options).utf8)
    }
    bytes.append(contentsOf: format.lineEnd)
  }
  switch options.headerStyle {
  case .label: append(answer.columns.map { protected($0.label, options) })
  case .name: append(answer.columns.map { protected($0.name, options) })
  case .none: break
  }
  for row in answer.rows { append(fields(of: row, in: answer, options)) }
  if let totals = answer.totals { append(fields(of: totals, in: answer, options)) }
  return bytes
}

/// Raw values, or the printed strings with `--printed`; an undefined cell is empty in both.
private func fields(
  of row: AnswerRow, in answer: Answer, _ options: RenderOptions
) -> [String] {
  answer.columns.indices.map { index in
    guard index < row.cells.count, let raw = rawText(of: row.cells[index]) else { return "" }
    let text = options.isPrinted ? row.cells[index].shown : raw
    // The kind of the column decides, not the look: a change of -5 is a number.
    return answer.columns[index].isNumeric ? text : protected(text, options)
  }
}

/// A spreadsheet would run a text that begins like a formula (reliability.md, trap 10).
func protected(_ text: String, _ options: RenderOptions) -> String {
  guard !options.keepsRawCells, let first = text.utf8.first else { return text }
  switch first {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D, 0:
    return "'" + text
  default:
    return text
  }
}
