// LinePlot.swift: a chart along time arrives, a plot of at most twelve rows a panel leaves.

import Columns
import Syntax

func drawLines(
  _ chart: Chart, _ language: Language, _ options: RenderOptions, into lines: inout TextLines
) throws(ChartObstacle) {
  let panelCount = chart.panels.count
  let drawn = chart.panels.flatMap(\.points).filter { $0.value != nil }
  guard let least = drawn.min(by: { ($0.value ?? 0) < ($1.value ?? 0) }),
    let greatest = drawn.max(by: { ($0.value ?? 0) < ($1.value ?? 0) })
  else { throw .noFigure }
  var plots: [(ChartPanel, [ChartPoint?])] = []
  for panel in chart.panels {
    guard let axis = onTimeAxis(panel.points) else { throw .noTime }
    plots.append((panel, axis))
  }
  if let title = chart.title { lines.append(wrapping: title, .header, options) }
  for (panel, axis) in plots {
    if let title = panel.title { lines.append(wrapping: title, .header, options) }
    LinePlot(
      points: axis, lowest: least, highest: greatest, rowCount: panelCount > 1 ? 5 : 12,
      language: language, options: options
    ).draw(into: &lines)
  }
}

/// One panel: points at equal distances, joined by dots, broken where a period is missing.
struct LinePlot {
  var points: [ChartPoint?]
  /// Of all panels: one scale, whose ends are written beside each.
  var lowest: ChartPoint
  var highest: ChartPoint
  var rowCount: Int
  var language: Language
  var options: RenderOptions

  private var least: Double { lowest.value ?? 0 }
  private var greatest: Double { highest.value ?? 0 }

  func draw(into lines: inout TextLines) {
    let drawn = points.compactMap { $0 }.filter { $0.value != nil }
    guard let first = drawn.first, let last = drawn.last,
      let ownLowest = drawn.min(by: { ($0.value ?? 0) < ($1.value ?? 0) }),
      let ownHighest = drawn.max(by: { ($0.value ?? 0) < ($1.value ?? 0) })
    else { return }
    let axisWidth = max(options.cells(of: lowest.shown), options.cells(of: highest.shown))
    let rows = canvas(columnCount: columnCount(axisWidth: axisWidth))
    for (row, text) in rows.enumerated() {
      let mark: String
      switch row {
      case self.row(of: greatest): mark = highest.shown
      case self.row(of: least): mark = lowest.shown
      default: mark = ""
      }
      let axis = padded(mark, to: axisWidth, .right, ambiguous: options.ambiguousWidth)
      let trimmed = String(text.reversed().drop { $0 == " " }.reversed())
      lines.append(axis + (options.drawsASCII ? " |" : " │") + options.color.paint(trimmed, .bar))
    }
    lines.append(wrapping: summary(first, last, ownLowest, ownHighest), nil, options)
  }

  /// Eight cells between two periods at most, so that few periods do not lie far apart.
  private func columnCount(axisWidth: Int) -> Int {
    let wanted = (points.count - 1) * (options.isPresenting ? 1000 : 8) + 1
    guard let width = options.width else { return min(wanted, 60) }
    return max(1, min(wanted, width - axisWidth - 2))
  }

  private func row(of value: Double) -> Int {
    guard greatest > least else { return rowCount / 2 }
    let position = (greatest - value) / (greatest - least) * Double(rowCount - 1)
    return min(rowCount - 1, max(0, Int(exactly: position.rounded()) ?? 0))
  }

  private func canvas(columnCount: Int) -> [[Character]] {
    let dot: Character = options.drawsASCII ? "." : "·"
    let mark: Character = options.drawsASCII ? "*" : "●"
    var rows = Array(
      repeating: [Character](repeating: " ", count: columnCount), count: rowCount)
    func column(_ index: Int) -> Int {
      points.count < 2 ? 0 : index * (columnCount - 1) / (points.count - 1)
    }
    for index in points.indices.dropFirst() {
      guard let start = points[index - 1]?.value, let end = points[index]?.value else { continue }
      let from = column(index - 1)
      let to = column(index)
      for place in from..<max(from, to) where place > from {
        let part = Double(place - from) / Double(to - from)
        rows[row(of: start + (end - start) * part)][place] = dot
      }
    }
    for (index, point) in points.enumerated() {
      guard let value = point?.value else { continue }
      rows[row(of: value)][column(index)] = mark
    }
    return rows
  }

  private func summary(
    _ first: ChartPoint, _ last: ChartPoint, _ lowest: ChartPoint, _ highest: ChartPoint
  ) -> String {
    func said(_ point: ChartPoint) -> String {
      language == .chinese
        ? "\(point.shown)（\(point.label)）" : "\(point.shown) (\(point.label))"
    }
    if language == .chinese {
      return "首 \(said(first))，末 \(said(last))，最低 \(said(lowest))，最高 \(said(highest))"
    }
    return "first \(said(first)), last \(said(last)), least \(said(lowest)), "
      + "greatest \(said(highest))"
  }
}
