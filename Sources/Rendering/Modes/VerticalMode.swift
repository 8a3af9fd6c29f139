// VerticalMode.swift: the mode `vertical`: one line a figure, nothing left out.

import Columns
import Syntax

extension OutputMode {
  package static let vertical = OutputMode(
    name: "vertical", help: Bilingual("one line a figure", "每个数一行"), isPeopleMode: true,
    hasBlankLineBetween: true
  ) { answer, options in
    answer.refusal == nil ? renderVertical(answer, options) : []
  }
}

/// `*** 1 ***`, then a line a column, labels right-aligned. Values wrap, numbers never do.
func renderVertical(_ answer: Answer, _ options: RenderOptions) -> [UInt8] {
  if isProse(answer) { return renderProse(answer, options) }
  var lines = TextLines()
  lines.appendOpening(of: answer, options)
  let allLabels = answer.columns.map { options.inLine($0.label) }
  let widest = allLabels.map { options.cells(of: $0) }.max() ?? 0
  let labelWidth = min(widest, options.width.map { max(4, $0 / 2) } ?? widest)
  let labels = allLabels.map {
    truncated(
      $0, to: labelWidth, ambiguous: options.ambiguousWidth, ellipsis: options.ellipsis)
  }
  let rows = options.drawnRows(of: answer)
  for (index, row) in rows.enumerated() {
    lines.append("*** \(index + 1) ***")
    appendFields(of: row, answer, labels, labelWidth: labelWidth, options, to: &lines)
  }
  if let totals = answer.totals, !answer.rows.isEmpty {
    lines.append(answer.language == .chinese ? "*** 合计 ***" : "*** total ***")
    appendFields(of: totals, answer, labels, labelWidth: labelWidth, options, to: &lines)
  }
  var missing: [String] = []
  if rows.count < answer.rows.count {
    missing.append(
      Omission(language: answer.language).hiddenRows(answer.rows.count - rows.count))
  }
  lines.appendClosing(of: answer, missing: missing, options)
  return lines.bytes
}

private func appendFields(
  of row: AnswerRow, _ answer: Answer, _ labels: [String], labelWidth: Int,
  _ options: RenderOptions, to lines: inout TextLines
) {
  for (column, cell) in zip(answer.columns.indices, row.cells) {
    let label = padded(
      labels[column], to: labelWidth, .right, ambiguous: options.ambiguousWidth)
    let head = options.color.paint(label, .header) + ": "
    let text = options.inLine(options.shown(cell))
    let ink = changeInk(of: cell, in: answer.columns[column])
    func painted(_ text: String) -> String { ink.map { options.color.paint(text, $0) } ?? text }
    guard let width = options.width else {
      lines.append(head + painted(text))
      continue
    }
    let room = max(1, width - labelWidth - 2)
    if answer.columns[column].isNumeric, options.cells(of: text) > room {
      // A number goes to a line of its own rather than apart.
      lines.append(options.color.paint(label, .header) + ":")
      lines.append(painted(padded(text, to: width, .right, ambiguous: options.ambiguousWidth)))
      continue
    }
    let parts = wrapped(text, to: room, ambiguous: options.ambiguousWidth)
    let indent = String(repeating: " ", count: labelWidth + 2)
    for (index, part) in parts.enumerated() {
      lines.append((index == 0 ? head : indent) + painted(part))
    }
  }
}
