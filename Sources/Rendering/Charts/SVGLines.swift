// SVGLines.swift: a chart along time arrives, its lines in SVG leave: up to six groups in one plot,
// more of them in a small plot each.

import Columns
import Syntax

/// Points of one group at their places on the axis of all.
private struct Series {
  var title: String?
  var points: [ChartPoint?]
}

/// Where time and values stand in one plot.
private struct PlotScale {
  static let height = 120.0
  var edge: Double
  var step: Double
  var bottom: Double
  var least: Double
  var greatest: Double

  func place(_ index: Int, _ value: Double) -> (x: Double, y: Double) {
    let part = greatest > least ? (value - least) / (greatest - least) : 0.5
    return (edge + Double(index) * step, bottom - part * Self.height)
  }
}

extension SVGCanvas {
  mutating func appendLines(_ chart: Chart) throws(ChartObstacle) {
    let values = chart.values
    guard let least = values.min(), let greatest = values.max() else { throw .noFigure }
    guard let axis = commonTimeAxis(chart.panels.map(\.points)) else { throw .noTime }
    let series = zip(chart.panels, axis).map { Series(title: $0.title, points: $1) }
    if series.count > 1, series.count <= SeriesStyle.all.count {
      appendPlot(series, least: least, greatest: greatest)
      return
    }
    for one in series {
      if let title = one.title { appendTitle(title) }
      appendPlot([one], least: least, greatest: greatest)
    }
  }

  private mutating func appendPlot(_ series: [Series], least: Double, greatest: Double) {
    let points = series.flatMap { $0.points.compactMap { $0 } }
    let count = series.first?.points.count ?? 0
    let scale = PlotScale(
      edge: (points.map { width(of: $0.shown) }.max() ?? 0) / 2 + 20,
      step: count > 1 ? max(24, 480 / Double(count - 1)) : 0,
      bottom: top + 20 + PlotScale.height, least: least, greatest: greatest)
    let end = scale.edge + Double(max(0, count - 1)) * scale.step
    appendTimeAxis(series, scale, end: end)
    var written = WrittenBoxes()
    for (one, style) in zip(series, SeriesStyle.all) {
      for run in runs(of: one.points, scale) { elements.append(style.line(run)) }
    }
    for (one, style) in zip(series, SeriesStyle.all) {
      for (index, point) in one.points.enumerated() {
        guard let value = point?.value else { continue }
        let place = scale.place(index, value)
        elements.append(style.element(x: place.x, y: place.y))
      }
    }
    for one in series { appendValues(of: one, scale, isAlone: series.count == 1, &written) }
    right = max(right, end + scale.edge)
    if series.count > 1 { appendNames(of: series, scale, from: end + 12) }
    top = scale.bottom + 52
  }

  /// A line from the first period to the last, a stroke for each, the labels there is room for.
  private mutating func appendTimeAxis(_ series: [Series], _ scale: PlotScale, end: Double) {
    let ground = scale.bottom + 24
    var strokes = "M\(pixels(scale.edge)) \(pixels(ground))H\(pixels(end))"
    let count = series.first?.points.count ?? 0
    let labels = (0..<count).map { index in
      series.lazy.compactMap { $0.points[index]?.label }.first
    }
    let widest = labels.compactMap { $0 }.map { width(of: $0) }.max() ?? 0
    for (index, label) in labels.enumerated() {
      let x = scale.edge + Double(index) * scale.step
      strokes += "M\(pixels(x)) \(pixels(ground))v4"
      guard let label, index == 0 || index == count - 1 || widest + 12 < scale.step else {
        continue
      }
      appendText(label, x: x, y: ground + 18, anchor: "middle")
    }
    elements.append("<path d=\"\(strokes)\" fill=\"none\" stroke=\"currentColor\"/>")
  }

  /// The stretches without a missing period; one point alone is no line.
  private func runs(of points: [ChartPoint?], _ scale: PlotScale) -> [[(x: Double, y: Double)]] {
    var runs: [[(x: Double, y: Double)]] = [[]]
    for (index, point) in points.enumerated() {
      if let value = point?.value {
        runs[runs.count - 1].append(scale.place(index, value))
      } else {
        runs.append([])
      }
    }
    return runs.filter { $0.count > 1 }
  }

  /// First, last, least and greatest carry their values; among several lines each that finds room.
  private mutating func appendValues(
    of series: Series, _ scale: PlotScale, isAlone: Bool, _ written: inout WrittenBoxes
  ) {
    let values = series.points.compactMap { $0?.value }
    for (index, point) in series.points.enumerated() {
      guard let point, let value = point.value else { continue }
      let isEnd = index == 0 || index == series.points.count - 1
      guard isEnd || value == values.min() || value == values.max() else { continue }
      let place = scale.place(index, value)
      // The line comes down to its lowest point from above, so the value stands below it.
      let isLowest = value == scale.least && scale.greatest > scale.least
      let baselines = isLowest ? [place.y + 18] : [place.y - 8]
      let others = isAlone ? [] : isLowest ? [place.y - 8] : [place.y + 18]
      let baseline = (baselines + others).first { baseline in
        written.take(x: place.x, baseline: baseline, width: width(of: point.shown))
      }
      // The last value of several stands with the name of its line.
      guard let baseline, isAlone || index < series.points.count - 1 else { continue }
      appendText(point.shown, x: place.x, y: baseline, anchor: "middle")
    }
  }

  /// Each line goes on to its name, in the order of their last values and never one over another.
  private mutating func appendNames(of series: [Series], _ scale: PlotScale, from start: Double) {
    var ends: [(index: Int, x: Double, y: Double, text: String)] = []
    for (index, one) in series.enumerated() {
      guard let last = one.points.lastIndex(where: { $0?.value != nil }),
        let point = one.points[last], let value = point.value
      else { continue }
      let place = scale.place(last, value)
      ends.append((index, place.x, place.y, "\(one.title ?? "") \(point.shown)"))
    }
    ends.sort { ($0.y, $0.index) < ($1.y, $1.index) }
    let distance = 18.0
    var next = -Double.infinity
    var heights = ends.map { end in
      next = max(end.y, next + distance)
      return next
    }
    // What was pushed below the plot moves up again, and takes the others along.
    var limit = scale.bottom + 20
    for index in heights.indices.reversed() {
      heights[index] = min(heights[index], limit)
      limit = heights[index] - distance
    }
    for (end, height) in zip(ends, heights) {
      let style = SeriesStyle.all[end.index]
      elements.append(
        style.line([(end.x, end.y), (start + 8, height), (start + 30, height)], width: 1))
      appendText(end.text, x: start + 36, y: height + 5, anchor: "start")
    }
  }
}
