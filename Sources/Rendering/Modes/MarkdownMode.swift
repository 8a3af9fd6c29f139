// MarkdownMode.swift: the mode `md`: a GitHub table with its headline, foot and notes.

import Columns
import Syntax

extension OutputMode {
  package static let md = OutputMode(
    name: "md", help: Bilingual("GitHub Markdown table", "Markdown 表"), isPeopleMode: true,
    hasBlankLineBetween: false
  ) { answer, options in
    answer.refusal == nil ? renderMarkdown(answer, options) : []
  }
}

/// Paragraphs, the table and the notes, an empty line after each, so that results may follow one
/// another.
private func renderMarkdown(_ answer: Answer, _ options: RenderOptions) -> [UInt8] {
  var lines = TextLines()
  func appendParagraph(_ text: String) {
    lines.append(markdownText(text, options))
    lines.append("")
  }
  if let title = answer.title { appendParagraph(title) }
  if options.showsHeadline, let headline = answer.headline { appendParagraph(headline) }
  if isProse(answer) {
    for row in answer.rows { lines.append("    " + options.inLine(row.cells.first?.shown ?? "")) }
    lines.append("")
  } else if !answer.columns.isEmpty, !answer.rows.isEmpty {
    appendTable(of: answer, options, to: &lines)
  }
  for line in answer.foot { appendParagraph(line) }
  if !answer.basis.isEmpty { appendParagraph(basisLine(of: answer)) }
  let notes = shownNoteLines(of: answer, options)
  for note in notes { lines.append("- " + markdownText(note, options)) }
  if !notes.isEmpty { lines.append("") }
  return lines.bytes
}

private func appendTable(
  of answer: Answer, _ options: RenderOptions, to lines: inout TextLines
) {
  let labels = answer.columns.map { markdownText($0.label, options) }
  let rows = (answer.rows + (answer.totals.map { [$0] } ?? [])).map { row in
    answer.columns.indices.map { index in
      index < row.cells.count ? markdownText(options.shown(row.cells[index]), options) : ""
    }
  }
  let widths = labels.indices.map { index in
    rows.reduce(max(3, options.cells(of: labels[index]))) {
      max($0, options.cells(of: $1[index]))
    }
  }
  func append(_ cells: [String]) {
    let parts = cells.indices.map { index in
      padded(
        cells[index], to: widths[index], answer.columns[index].isNumeric ? .right : .left,
        ambiguous: options.ambiguousWidth)
    }
    lines.append("| " + parts.joined(separator: " | ") + " |")
  }
  append(labels)
  append(
    widths.indices.map { index in
      let isNumeric = answer.columns[index].isNumeric
      return String(repeating: "-", count: widths[index] - (isNumeric ? 1 : 0))
        + (isNumeric ? ":" : "")
    })
  for row in rows { append(row) }
  lines.append("")
}

/// What Markdown or HTML would take for markup stands as itself.
package func markdownText(_ text: String, _ options: RenderOptions) -> String {
  if text.utf8.allSatisfy({ $0 > 0x2F && $0 < 0x3C || $0 == 0x20 || $0 == 0x2C }) { return text }
  var escaped = ""
  // Line breaks become markup before a terminal would see them as controls.
  for (index, line) in lineParts(of: text).enumerated() {
    if index > 0 { escaped += "<br>" }
    let scalars = Array(options.safeOnTerminal(line).unicodeScalars)
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "_" where marksText(scalars, at: place), "~" where marksText(scalars, at: place):
        escaped += "\\"
        escaped.unicodeScalars.append(scalar)
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "|", "\\", "`", "*", "[", "]":
        escaped += "\\"
        escaped.unicodeScalars.append(scalar)
      default: escaped.unicodeScalars.append(scalar)
      }
    }
  }
  return escaped
}

/// Whether an underscore or tilde could be a mark: one inside a word (`ontime_rate`) is not.
private func marksText(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
  func isWord(_ index: Int) -> Bool {
    guard scalars.indices.contains(index) else { return false }
    let properties = scalars[index].properties
    return properties.isAlphabetic || properties.numericType != nil
  }
  if scalars[place] == "~" {
    return scalars.indices.contains(place + 1) && scalars[place + 1] == "~"
      || place > 0 && scalars[place - 1] == "~"
  }
  return !(isWord(place - 1) && isWord(place + 1))
}

/// The lines of a text: LF, CR LF and CR each end one.
func lineParts(of text: String) -> [String] {
  text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    .map { String($0) }
}
