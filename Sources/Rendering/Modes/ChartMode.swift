// ChartMode.swift: the mode `chart`: bars, lines or sparks, by the `as …` of the question.

import Columns
import Syntax

extension OutputMode {
  package static let chart = OutputMode(
    name: "chart", help: Bilingual("bars, lines or sparks", "柱图、线图或走势"),
    isPeopleMode: true, hasBlankLineBetween: true
  ) { answer, options in
    renderChart(answer, options)
  }
}

/// What cannot be drawn is shown as a box, and the foot says why.
private func renderChart(_ answer: Answer, _ options: RenderOptions) -> [UInt8] {
  if answer.refusal != nil { return [] }
  if isProse(answer) || answer.columns.isEmpty || answer.rows.isEmpty {
    return renderGrid(answer, .box, options)
  }
  let style: GridStyle = options.drawsASCII ? .ascii : .box
  do {
    if answer.form == .spark {
      return renderGrid(try sparkTable(answer, options), style, options)
    }
    var lines = TextLines()
    lines.appendOpening(of: answer, options)
    for chart in try charts(of: answer, options) {
      if answer.form == .line {
        try drawLines(chart, answer.language, options, into: &lines)
      } else {
        drawBars(chart, options, into: &lines)
      }
    }
    var missing: [String] = []
    let drawnCount = options.drawnRows(of: answer).count
    if drawnCount < answer.rows.count {
      missing.append(
        Omission(language: answer.language).hiddenRows(answer.rows.count - drawnCount))
    }
    lines.appendClosing(of: answer, missing: missing, options)
    return lines.bytes
  } catch {
    var table = answer
    table.foot.append(error.explained(by: answer).text[answer.language])
    return renderGrid(table, style, options)
  }
}
