// GridDrawing.swift: an answer arrives, the lines of its table leave (box, table and plain).

import Columns
import Syntax

/// The characters of one kind of table.
struct GridStyle: Sendable {
  /// Left, fill, crossing, right of the three rules; nil: no rules.
  struct Rules: Sendable {
    var top: [String]
    var middle: [String]
    var bottom: [String]
  }
  var rules: Rules?
  var vertical: String

  static let box = GridStyle(
    rules: Rules(
      top: ["┌", "─", "┬", "┐"], middle: ["├", "─", "┼", "┤"], bottom: ["└", "─", "┴", "┘"]),
    vertical: "│")
  static let ascii = GridStyle(
    rules: Rules(
      top: ["+", "-", "+", "+"], middle: ["+", "-", "+", "+"], bottom: ["+", "-", "+", "+"]),
    vertical: "|")
  static let plain = GridStyle(rules: nil, vertical: "")

  func spacing(_ options: RenderOptions) -> TableSpacing {
    let ellipsisWidth = options.cells(of: options.ellipsis)
    return rules == nil
      ? TableSpacing(perColumn: 2, once: -2, ellipsisWidth: ellipsisWidth)
      : TableSpacing(perColumn: 3, once: 1, ellipsisWidth: ellipsisWidth)
  }
}

/// The headline, the table and its foot, or the rows one below the other where no table fits.
func renderGrid(_ answer: Answer, _ style: GridStyle, _ options: RenderOptions) -> [UInt8] {
  if answer.refusal != nil { return [] }
  if isProse(answer) { return renderProse(answer, options) }
  if answer.columns.isEmpty || answer.rows.isEmpty {
    var lines = TextLines()
    lines.appendOpening(of: answer, options)
    lines.appendClosing(of: answer, options)
    return lines.bytes
  }
  if let width = options.width, width <= 20 { return renderVertical(answer, options) }
  let rows = options.drawnRows(of: answer)
  let grid = Grid(answer, rows: rows, options)
  let spacing = style.spacing(options)
  if answer.rowTexts.count == answer.rows.count,
    let width = options.width, spacing.total(grid.demands.map(\.natural)) > width
  {
    return renderRowTexts(answer, rowCount: rows.count, options)
  }
  guard
    let fit = fitted(
      grid.demands, leadingCount: answer.dimensionCount, spacing: spacing, limit: options.width)
  else { return renderVertical(answer, options) }

  var lines = TextLines()
  lines.appendOpening(of: answer, options)
  GridPainter(grid: grid, fit: fit, style: style, options: options).draw(into: &lines)
  var missing: [String] = []
  let omission = Omission(language: answer.language)
  if fit.columns.count < answer.columns.count {
    let shown = Set(fit.columns)
    let hidden = answer.columns.indices.filter { !shown.contains($0) }
    missing.append(omission.hiddenColumns(hidden.map { answer.columns[$0].label }))
  }
  if rows.count < answer.rows.count {
    missing.append(omission.hiddenRows(answer.rows.count - rows.count))
  }
  lines.appendClosing(of: answer, missing: missing, options)
  return lines.bytes
}

/// `explain`, `show rulebook` and `show grammar`: one column `text`, one line a row. Lines around
/// it would only be in the way.
func isProse(_ answer: Answer) -> Bool {
  answer.columns.count == 1 && answer.columns[0].name == "text" && answer.columns[0].kind == .text
    && answer.dimensionCount == 0
}

func renderProse(_ answer: Answer, _ options: RenderOptions) -> [UInt8] {
  var lines = TextLines()
  lines.appendOpening(of: answer, options)
  for row in answer.rows { lines.append(prose: row.cells.first?.shown ?? "", options) }
  lines.appendClosing(of: answer, options)
  return lines.bytes
}

/// Rows that say more in lines of their own than in narrow columns; lines after a row's first are
/// set in, and none is cut.
private func renderRowTexts(_ answer: Answer, rowCount: Int, _ options: RenderOptions) -> [UInt8] {
  var lines = TextLines()
  lines.appendOpening(of: answer, options)
  for (row, texts) in zip(answer.rows, answer.rowTexts).prefix(rowCount) {
    let marked = zip(row.cells, answer.columns).lazy.compactMap { cell, column in
      severityInk(of: cell, in: column).map { (word: cell.shown, ink: $0) }
    }.first
    for (index, text) in texts.enumerated() {
      lines.append(
        hanging: text, indent: index == 0 ? 0 : 4, options, marked: index == 0 ? marked : nil)
    }
  }
  let hidden = answer.rows.count - rowCount
  let missing = hidden > 0 ? [Omission(language: answer.language).hiddenRows(hidden)] : []
  lines.appendClosing(of: answer, missing: missing, options)
  return lines.bytes
}

/// The texts of a table, safe to print, and what width each column wants.
struct Grid {
  var labels: [String]
  var rows: [[String]]
  var roles: [AnswerRow.Role]
  var totals: [String]?
  var demands: [ColumnDemand]
  /// By column, of each row and of the totals behind them: what a change or a finding is; empty
  /// without any.
  var changeInks: [[Int: Ink]]

  init(_ answer: Answer, rows drawn: [AnswerRow], _ options: RenderOptions) {
    let columnCount = answer.columns.count
    var bodyWidths = [Int](repeating: 0, count: columnCount)
    func texts(of row: AnswerRow) -> [String] {
      (0..<columnCount).map { index in
        guard index < row.cells.count else { return "" }
        let text = options.inLine(options.shown(row.cells[index]))
        bodyWidths[index] = max(bodyWidths[index], options.cells(of: text))
        return text
      }
    }
    rows = drawn.map { texts(of: $0) }
    roles = drawn.map(\.role)
    totals = answer.totals.map { texts(of: $0) }
    let changes = answer.columns.indices.filter {
      answer.columns[$0].isHighBetter != nil || answer.columns[$0].name == "severity"
    }
    changeInks =
      changes.isEmpty
      ? []
      : (drawn + (answer.totals.map { [$0] } ?? [])).map { row in
        var inks: [Int: Ink] = [:]
        for index in changes where index < row.cells.count {
          inks[index] =
            changeInk(of: row.cells[index], in: answer.columns[index])
            ?? severityInk(of: row.cells[index], in: answer.columns[index])
        }
        return inks
      }
    let labels = answer.columns.map { options.inLine($0.label) }
    self.labels = labels
    demands = answer.columns.indices.map { index in
      ColumnDemand(
        isNumeric: answer.columns[index].isNumeric, bodyWidth: bodyWidths[index],
        labelWidth: options.cells(of: labels[index]),
        wrappedLabelWidth: leastLabelWidth(
          labels[index], atLeast: bodyWidths[index], options))
    }
  }
}

/// The fewest cells in which a label takes three lines at most and no word of it is broken.
private func leastLabelWidth(_ label: String, atLeast: Int, _ options: RenderOptions) -> Int {
  let full = options.cells(of: label)
  let longestWord =
    label.split(separator: " ").map { word in
      // Between hanzi a label may break anywhere, so only runs of narrow characters hold together.
      word.split { clusterWidth($0, ambiguous: options.ambiguousWidth) == 2 }
        .map { options.cells(of: String($0)) }.max() ?? 0
    }.max() ?? 0
  var width = max(4, longestWord, atLeast)
  while width < full {
    if wrapped(label, to: width, ambiguous: options.ambiguousWidth).count <= 3 { return width }
    width += 1
  }
  return full
}

/// Draws a fitted grid line by line.
struct GridPainter {
  var grid: Grid
  var fit: TableFit
  var style: GridStyle
  var options: RenderOptions

  func draw(into lines: inout TextLines) {
    if let rules = style.rules { lines.append(rule(rules.top)) }
    drawRow(grid.labels, isHeader: true, inks: [:], into: &lines)
    if let rules = style.rules { lines.append(rule(rules.middle)) }
    for index in grid.rows.indices {
      if let rules = style.rules, index > 0,
        (grid.roles[index] == .subtotal) != (grid.roles[index - 1] == .subtotal)
      {
        lines.append(rule(rules.middle))
      }
      drawRow(grid.rows[index], isHeader: false, inks: inks(ofRow: index), into: &lines)
    }
    if let totals = grid.totals {
      if let rules = style.rules { lines.append(rule(rules.middle)) }
      drawRow(
        totals, isHeader: false, inks: inks(ofRow: grid.rows.count), into: &lines)
    }
    if let rules = style.rules { lines.append(rule(rules.bottom)) }
  }

  private func inks(ofRow row: Int) -> [Int: Ink] {
    grid.changeInks.indices.contains(row) ? grid.changeInks[row] : [:]
  }

  private func rule(_ marks: [String]) -> String {
    var widths = fit.widths
    if let gap = fit.gap { widths.insert(options.cells(of: options.ellipsis), at: gap) }
    let parts = widths.map { String(repeating: marks[1], count: $0 + 2) }
    return marks[0] + parts.joined(separator: marks[2]) + marks[3]
  }

  /// A row takes as many lines as its highest cell; labels stand on the rule below them, figures
  /// beside the first line of their name.
  private func drawRow(
    _ texts: [String], isHeader: Bool, inks: [Int: Ink], into lines: inout TextLines
  ) {
    var cells: [[String]] = []
    cells.reserveCapacity(fit.columns.count)
    for (position, column) in fit.columns.enumerated() {
      cells.append(cellLines(texts[column], width: fit.widths[position]))
    }
    let height = cells.reduce(1) { max($0, $1.count) }
    for line in 0..<height {
      var parts: [String] = []
      for position in cells.indices {
        let index = isHeader ? line - (height - cells[position].count) : line
        let text = cells[position].indices.contains(index) ? cells[position][index] : ""
        let isNumeric = grid.demands[fit.columns[position]].isNumeric
        let cell = padded(
          text, to: fit.widths[position], isNumeric ? .right : .left,
          ambiguous: options.ambiguousWidth)
        let ink = isHeader ? .header : inks[fit.columns[position]]
        parts.append(ink.map { options.color.paint(cell, $0) } ?? cell)
      }
      if let gap = fit.gap {
        let isFirst = isHeader ? line == height - 1 : line == 0
        let blank = String(repeating: " ", count: options.cells(of: options.ellipsis))
        parts.insert(isFirst ? options.ellipsis : blank, at: gap)
      }
      lines.append(joined(parts))
    }
  }

  private func cellLines(_ text: String, width: Int) -> [String] {
    wrapped(
      text, to: width, lineLimit: 3, ambiguous: options.ambiguousWidth,
      ellipsis: options.ellipsis)
  }

  private func joined(_ parts: [String]) -> String {
    guard style.rules != nil else {
      let line = parts.joined(separator: "  ")
      // Padding of the last column only: `plain` has no trailing blanks.
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
    let bar = style.vertical
    return "\(bar) " + parts.joined(separator: " \(bar) ") + " \(bar)"
  }
}
