// SVGLines.swift: a chart along time arrives, its lines in SVG leave, one small plot a panel.

import Columns
import Syntax

extension SVGCanvas {
  private static let plotHeight = 120.0

  mutating func appendLines(_ chart: Chart) throws(ChartObstacle) {
    let values = chart.values
    guard let least = values.min(), let greatest = values.max() else { throw .noFigure }
    for panel in chart.panels {
      guard let axis = onTimeAxis(panel.points) else { throw .noTime }
      if let title = panel.title { appendTitle(title) }
      appendPlot(axis, least: least, greatest: greatest)
    }
  }

  private mutating func appendPlot(_ points: [ChartPoint?], least: Double, greatest: Double) {
    let shown = points.compactMap { $0 }
    let edge = (shown.map { width(of: $0.shown) }.max() ?? 0) / 2 + 20
    let step = points.count > 1 ? max(24, 480 / Double(points.count - 1)) : 0
    let bottom = top + 20 + Self.plotHeight
    let widest = shown.map { width(of: $0.label) }.max() ?? 0
    let hasRoom = widest + 12 < step
    func place(_ index: Int, _ value: Double) -> (x: Double, y: Double) {
      let height = greatest > least ? (value - least) / (greatest - least) : 0.5
      return (edge + Double(index) * step, bottom - height * Self.plotHeight)
    }
    var run: [String] = []
    for (index, point) in points.enumerated() {
      if let value = point?.value {
        let place = place(index, value)
        run.append("\(pixels(place.x)),\(pixels(place.y))")
      } else {
        appendRun(run)
        run = []
      }
    }
    appendRun(run)
    for (index, point) in points.enumerated() {
      guard let point, let value = point.value else { continue }
      let place = place(index, value)
      elements.append(
        "<circle cx=\"\(pixels(place.x))\" cy=\"\(pixels(place.y))\" r=\"3.5\""
          + " fill=\"\(Self.blue)\"/>")
      if isWritten(value, at: index, in: points) {
        // The line comes down to its lowest point from above, so the value stands below it.
        let isLowest = value == least && greatest > least
        appendText(
          point.shown, x: place.x, y: place.y + (isLowest ? 18 : -8), anchor: "middle")
      }
      if index == 0 || index == points.count - 1 || hasRoom {
        appendText(point.label, x: place.x, y: bottom + 38, anchor: "middle")
      }
    }
    right = max(right, edge * 2 + Double(max(0, points.count - 1)) * step)
    top = bottom + 52
  }

  /// A line breaks where a period is missing.
  private mutating func appendRun(_ run: [String]) {
    guard run.count > 1 else { return }
    elements.append(
      "<polyline points=\"\(run.joined(separator: " "))\" fill=\"none\" stroke=\"\(Self.blue)\""
        + " stroke-width=\"2\"/>")
  }

  /// First, last, least and greatest carry their values.
  private func isWritten(_ value: Double, at index: Int, in points: [ChartPoint?]) -> Bool {
    let values = points.compactMap { $0?.value }
    return index == 0 || index == points.count - 1 || value == values.min()
      || value == values.max()
  }
}
