// LaTeXMode.swift: the mode `latex`: a tabular with booktabs rules.

import Columns
import Syntax

extension OutputMode {
  package static let latex = OutputMode(
    name: "latex", help: Bilingual("LaTeX table (booktabs)", "LaTeX 表（booktabs）"),
    isPeopleMode: true, hasBlankLineBetween: true
  ) { answer, options in
    answer.refusal == nil ? renderLaTeX(answer, options) : []
  }
}

private func renderLaTeX(_ answer: Answer, _ options: RenderOptions) -> [UInt8] {
  var lines = TextLines()
  func text(_ text: String) -> String { latexText(text, options) }
  if let title = answer.title { lines.append("\\textbf{\(text(title))}\\par") }
  if options.showsHeadline, let headline = answer.headline {
    lines.append("\(text(headline))\\par")
  }
  if !answer.columns.isEmpty, !answer.rows.isEmpty {
    func append(_ row: AnswerRow) {
      let cells = row.cells.prefix(answer.columns.count).map { text(options.shown($0)) }
      lines.append(cells.joined(separator: " & ") + " \\\\")
    }
    let alignments = answer.columns.map { $0.isNumeric ? "r" : "l" }.joined()
    lines.append("\\begin{tabular}{\(alignments)}")
    lines.append("\\toprule")
    lines.append(answer.columns.map { text($0.label) }.joined(separator: " & ") + " \\\\")
    lines.append("\\midrule")
    for (index, row) in answer.rows.enumerated() {
      if index > 0, (row.role == .subtotal) != (answer.rows[index - 1].role == .subtotal) {
        lines.append("\\midrule")
      }
      append(row)
    }
    if let totals = answer.totals {
      lines.append("\\midrule")
      append(totals)
    }
    lines.append("\\bottomrule")
    lines.append("\\end{tabular}\\par")
  }
  let basis = answer.basis.isEmpty ? [] : [basisLine(of: answer)]
  for line in answer.foot + basis + shownNoteLines(of: answer, options) {
    lines.append("{\\footnotesize \(text(line))\\par}")
  }
  return lines.bytes
}

/// The ten special characters; a bracket too, which after `\\` would be its optional argument.
private func latexText(_ text: String, _ options: RenderOptions) -> String {
  var escaped = ""
  for scalar in options.safeOnTerminal(lineParts(of: text).joined(separator: " ")).unicodeScalars {
    switch scalar {
    case "&", "%", "$", "#", "_", "{", "}":
      escaped += "\\"
      escaped.unicodeScalars.append(scalar)
    case "~": escaped += "\\textasciitilde{}"
    case "^": escaped += "\\textasciicircum{}"
    case "\\": escaped += "\\textbackslash{}"
    case "[": escaped += "{[}"
    case "]": escaped += "{]}"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}
