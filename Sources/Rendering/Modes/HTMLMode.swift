// HTMLMode.swift: the mode `html`: one table, its foot and notes, and a chart where one is asked
// for.

import Columns
import Syntax

extension OutputMode {
  package static let html = OutputMode(
    name: "html", help: Bilingual("HTML table, charts as SVG", "HTML 表，图用 SVG"),
    isPeopleMode: true, hasBlankLineBetween: false
  ) { answer, options in
    guard answer.refusal == nil else { return [] }
    guard answer.form == .spark, !answer.rows.isEmpty, !answer.columns.isEmpty else {
      return renderHTML(answer, options)
    }
    do throws(ChartObstacle) {
      let table = try SparkTable(answer)
      return renderHTML(table.answer, trends: table.trends, options)
    } catch {
      var undrawn = answer
      undrawn.foot.append(error.explained(by: answer).text[answer.language])
      return renderHTML(undrawn, options)
    }
  }
}

/// - Parameter trends: what is drawn into the cells of a column, by row.
private func renderHTML(
  _ answer: Answer, trends: [Int: [[ChartPoint]]] = [:], _ options: RenderOptions
) -> [UInt8] {
  var lines = TextLines()
  let headline = options.showsHeadline ? answer.headline : nil
  let opening = [answer.title, headline].compactMap { $0 }.filter { !$0.isEmpty }
  if isProse(answer) {
    for text in opening { lines.append("<p>\(htmlText(text, options))</p>") }
    let texts = answer.rows.map { htmlText($0.cells.first?.shown ?? "", options) }
    lines.append("<pre>\(texts.joined(separator: "\n"))</pre>")
  } else if answer.columns.isEmpty || answer.rows.isEmpty {
    for text in opening { lines.append("<p>\(htmlText(text, options))</p>") }
  } else {
    appendTable(of: answer, caption: opening, trends, options, to: &lines)
  }
  appendDrawing(of: answer, options, to: &lines)
  let basis = answer.basis.isEmpty ? [] : [basisLine(of: answer)]
  for line in answer.foot + basis { lines.append("<p>\(htmlText(line, options))</p>") }
  let notes = shownNoteLines(of: answer, options)
  if !notes.isEmpty {
    lines.append("<ul>")
    for note in notes { lines.append("  <li>\(htmlText(note, options))</li>") }
    lines.append("</ul>")
  }
  return lines.bytes
}

private func appendTable(
  of answer: Answer, caption: [String], _ trends: [Int: [[ChartPoint]]],
  _ options: RenderOptions, to lines: inout TextLines
) {
  // First and last value beside a drawing are not the whole range that a shade would stand for.
  let heat = options.isReport && trends.isEmpty ? HeatScale(answer) : nil
  let classes = columnClasses(of: answer, options)
  func appendRow(_ row: AnswerRow, _ number: Int, isTotal: Bool = false) {
    lines.append(row.role == .subtotal ? "    <tr class=\"subtotal\">" : "    <tr>")
    for (index, cell) in row.cells.prefix(answer.columns.count).enumerated() {
      let drawing = trends[index].flatMap { number < $0.count ? $0[number] : nil }
      let text =
        drawing.map { svgSpark($0, options) } ?? htmlText(options.shown(cell), options)
      if index == 0, answer.dimensionCount > 0 {
        lines.append("      <th scope=\"row\">\(text)</th>")
      } else {
        let level = isTotal || row.role != .body ? nil : heat?.level(of: cell, column: index)
        let names = [classes[index], level.map { "heat\($0)" }].compactMap { $0 }
        let marked = names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
        lines.append("      <td\(marked)>\(text)</td>")
      }
    }
    lines.append("    </tr>")
  }
  lines.append("<table>")
  if !caption.isEmpty {
    let text = caption.map { htmlText($0, options) }.joined(separator: "<br>")
    lines.append("  <caption>\(text)</caption>")
  }
  lines.append("  <thead>")
  appendHeader(of: answer, options, to: &lines)
  lines.append("  </thead>")
  lines.append("  <tbody>")
  for (number, row) in answer.rows.enumerated() { appendRow(row, number) }
  lines.append("  </tbody>")
  if let totals = answer.totals {
    lines.append("  <tfoot>")
    appendRow(totals, answer.rows.count, isTotal: true)
    lines.append("  </tfoot>")
  }
  lines.append("</table>")
}

/// One row; two where neighbours share what stands before a dot (`Closing.orders` beside
/// `Closing.score`).
private func appendHeader(
  of answer: Answer, _ options: RenderOptions, to lines: inout TextLines
) {
  let groups = HeaderGroup.all(in: answer.columns)
  let hasTwoRows = groups.contains { $0.title != nil }
  var second: [String] = []
  lines.append("    <tr>")
  for group in groups {
    let columns = answer.columns[group.columns]
    if let title = group.title {
      lines.append(
        "      <th scope=\"colgroup\" colspan=\"\(columns.count)\">\(htmlText(title, options))</th>"
      )
    }
    for column in columns {
      let label = group.title.map { String(column.label.dropFirst($0.count + 1)) } ?? column.label
      let span = hasTwoRows && group.title == nil ? " rowspan=\"2\"" : ""
      let cell =
        "      <th scope=\"col\"\(span)\(headerClass(column, label, options))>"
        + "\(htmlText(label, options))</th>"
      if group.title == nil { lines.append(cell) } else { second.append(cell) }
    }
  }
  lines.append("    </tr>")
  guard hasTwoRows else { return }
  lines.append("    <tr>")
  for cell in second { lines.append(cell) }
  lines.append("    </tr>")
}

/// Below the table, where `as bar`, `line` or `chart` asks for it.
private func appendDrawing(
  of answer: Answer, _ options: RenderOptions, to lines: inout TextLines
) {
  guard answer.form == .bar || answer.form == .line || answer.form == .chart,
    !answer.rows.isEmpty, !answer.columns.isEmpty
  else { return }
  switch drawnSVG(of: answer, options) {
  case .success(let drawing):
    for line in drawing { lines.append(line) }
  case .failure(let obstacle):
    lines.append("<p>\(htmlText(obstacle.text[answer.language], options))</p>")
  }
}

/// The class of the cells of each column. On a page the short texts of a column (`错误`, a kind of
/// account) are not broken, which a browser may do behind any hanzi.
private func columnClasses(of answer: Answer, _ options: RenderOptions) -> [String?] {
  var isShort = answer.columns.map { _ in options.isReport }
  if options.isReport {
    for row in answer.rows {
      for (index, cell) in row.cells.prefix(isShort.count).enumerated() where isShort[index] {
        isShort[index] = displayWidth(cell.shown) <= 16
      }
    }
  }
  return zip(answer.columns, isShort).map { column, isShort in
    column.isNumeric ? "num" : isShort ? "short" : nil
  }
}

private func headerClass(_ column: AnswerColumn, _ label: String, _ options: RenderOptions)
  -> String
{
  let isShort = options.isReport && displayWidth(label) <= 4
  let names = [column.isNumeric ? "num" : nil, isShort ? "short" : nil].compactMap { $0 }
  return names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
}

/// `& < > " '` as entities. Control characters are no HTML in any form, so they are shown.
func htmlText(_ text: String, _ options: RenderOptions) -> String {
  var escaped = ""
  escaped.reserveCapacity(text.utf8.count)
  for scalar in options.safeOnTerminal(text).unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
    case "\0"..<" ": escaped += visibleForm(of: scalar)
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
