// SVGChart.swift: an answer arrives, a chart as inline SVG leaves: no script, no style sheet,
// nothing fetched.
//
// Text in the page's own colour; every bar and every end of a line carries its name and value in
// writing, and what differs in colour differs in dashes, marks or lightness too: an eye of any kind
// and a grey print lose nothing.

import Columns
import Syntax

/// The lines of one `<svg>` element.
func drawnSVG(of answer: Answer, _ options: RenderOptions) -> Result<[String], ChartObstacle> {
  do {
    // Pixels hold every row; the limit is a terminal's.
    var exact = options
    exact.isTerminal = false
    let charts = try charts(of: answer, exact)
    var canvas = SVGCanvas(options: options)
    for chart in charts {
      if let title = chart.title { canvas.appendTitle(title) }
      if answer.form == .line {
        try canvas.appendLines(chart)
      } else {
        canvas.appendBars(chart)
      }
    }
    let words = answer.title ?? answer.headline ?? answer.sentence
    return .success(canvas.element(named: words))
  } catch {
    return .failure(error.explained(by: answer))
  }
}

/// Draws from top to bottom; lengths are in pixels of the view box.
struct SVGCanvas {
  static let blue = "#0072B2"
  static let fontSize = 14.0
  /// The advance of one terminal cell in a sans-serif font of that size, a little generous.
  static let cellWidth = 8.2
  static let rowHeight = 22.0
  static let barLength = 320.0

  var options: RenderOptions
  var top = 8.0
  var right = 0.0
  var elements: [String] = []

  func width(of text: String) -> Double { Double(displayWidth(text)) * Self.cellWidth }

  mutating func appendTitle(_ title: String) {
    appendText(title, x: 8, y: top + 15, anchor: "start", isBold: true)
    top += Self.rowHeight
  }

  mutating func appendText(
    _ text: String, x: Double, y: Double, anchor: String, isBold: Bool = false
  ) {
    let weight = isBold ? " font-weight=\"bold\"" : ""
    elements.append(
      "<text x=\"\(pixels(x))\" y=\"\(pixels(y))\" text-anchor=\"\(anchor)\"\(weight)>"
        + "\(htmlText(singleLine(text), options))</text>")
    if anchor == "start" { right = max(right, x + width(of: text)) }
  }

  mutating func appendBars(_ chart: Chart) {
    let place = BarPlaces(chart, self)
    let fillings = BarFilling.fillings(of: chart)
    for panel in chart.panels {
      if let title = panel.title {
        // A little room, so that the bars of a group stand together.
        if panel != chart.panels.first { top += 8 }
        appendTitle(title)
      }
      let start = top
      for point in panel.points { appendBar(point, place, fillings[point.label]) }
      elements.append(
        "<line x1=\"\(pixels(place.zero))\" y1=\"\(pixels(start))\" x2=\"\(pixels(place.zero))\""
          + " y2=\"\(pixels(top))\" stroke=\"currentColor\"/>")
    }
    if let total = chart.total {
      // The label of a total is long and has no bar, so it runs into the room of the bars.
      appendText(total.label, x: 8, y: top + 15, anchor: "start")
      appendText(total.shown, x: place.valueEnd, y: top + 15, anchor: "end")
      top += Self.rowHeight
    }
    right = max(right, place.shareEnd)
    top += 8
  }

  /// - Parameter filling: nil for bars that all look alike.
  private mutating func appendBar(
    _ point: ChartPoint, _ place: BarPlaces, _ filling: BarFilling?
  ) {
    let baseline = top + 15
    appendText(point.label, x: place.labelEnd, y: baseline, anchor: "end")
    if let value = point.value, value != 0 {
      let length = Self.barLength * abs(value) / place.span
      let start = value < 0 ? place.zero - length : place.zero
      elements.append(
        "<rect x=\"\(pixels(start))\" y=\"\(pixels(top + 3))\""
          + " width=\"\(pixels(length))\" height=\"16\" fill=\"\(filling?.color ?? Self.blue)\""
          + (filling == nil ? "/>" : " stroke=\"\(Self.blue)\"/>"))
    }
    appendText(point.shown, x: place.valueEnd, y: baseline, anchor: "end")
    if let share = point.share {
      appendText(share, x: place.shareEnd, y: baseline, anchor: "end")
    }
    top += Self.rowHeight
  }

  func element(named name: String) -> [String] {
    let width = pixels(right + 8)
    let height = pixels(top + 4)
    return [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\""
        + " width=\"\(width)\" height=\"\(height)\" role=\"img\" font-family=\"sans-serif\""
        + " font-size=\"14\" fill=\"currentColor\">",
      "  <title>\(htmlText(singleLine(name), options))</title>",
    ] + elements.map { "  " + $0 } + ["</svg>"]
  }
}

/// Where the columns of a bar chart stand, from left to right.
private struct BarPlaces {
  var labelEnd: Double
  var zero: Double
  /// What the length of the bars stands for.
  var span: Double
  var valueEnd: Double
  var shareEnd: Double

  init(_ chart: Chart, _ canvas: SVGCanvas) {
    let points = chart.panels.flatMap(\.points)
    let values = points.map(\.shown) + [chart.total?.shown ?? ""]
    let scale = BarScale(chart, room: 0, isASCII: false)
    span = max(scale.greatest - scale.least, .leastNormalMagnitude)
    labelEnd = 8 + (points.map { canvas.width(of: $0.label) }.max() ?? 0)
    zero = labelEnd + 10 + SVGCanvas.barLength * (-scale.least / span)
    valueEnd =
      labelEnd + 20 + SVGCanvas.barLength + (values.map { canvas.width(of: $0) }.max() ?? 0)
    let shareWidth = points.compactMap(\.share).map { canvas.width(of: $0) }.max()
    shareEnd = valueEnd + (shareWidth.map { $0 + 12 } ?? 0)
  }
}

/// A length with at most one decimal.
func pixels(_ length: Double) -> String {
  plainNumber((length * 10).rounded() / 10) ?? "0"
}
