// BarChart.swift: a chart arrives, lines of label, bar, value and share leave (console.md 8.6).

import Columns

/// The cells a bar gets where nothing else bounds it: few enough to keep label and value together.
private let usualRoom = 28

/// A bar on each side of an axis.
private let leastRoom = 3

/// The widths all lines of one chart share.
struct BarLayout {
  var labelWidth: Int
  var valueWidth: Int
  /// 0: no shares.
  var shareWidth: Int
  var room: Int

  init(_ chart: Chart, _ options: RenderOptions) {
    let points = chart.panels.flatMap(\.points)
    func widest(_ texts: some Sequence<String>) -> Int {
      texts.reduce(0) { max($0, options.cells(of: $1)) }
    }
    labelWidth = widest(points.map(\.label))
    valueWidth = widest((points + (chart.total.map { [$0] } ?? [])).map(\.shown))
    shareWidth = widest(points.compactMap(\.share))
    room = usualRoom
    guard let width = options.width else { return }
    labelWidth = min(labelWidth, max(4, width / 3))
    var available = width - labelWidth - valueWidth - 3
    // Where it is narrow the share goes first, then the label; a number is never cut.
    if shareWidth > 0, available - shareWidth - 2 < 4 { shareWidth = 0 }
    if shareWidth > 0 { available -= shareWidth + 2 }
    if available < leastRoom {
      labelWidth = max(1, labelWidth + available - leastRoom)
      available = leastRoom
    }
    room = options.isPresenting ? available : min(usualRoom, available)
  }
}

func drawBars(_ chart: Chart, _ options: RenderOptions, into lines: inout TextLines) {
  let layout = BarLayout(chart, options)
  let scale = BarScale(chart, room: layout.room, isASCII: options.drawsASCII)
  func draw(_ point: ChartPoint) {
    let ambiguous = options.ambiguousWidth
    let label = padded(
      truncated(
        point.label, to: layout.labelWidth, ambiguous: ambiguous, ellipsis: options.ellipsis),
      to: layout.labelWidth, ambiguous: ambiguous)
    let bar = options.color.paint(scale.bar(for: point.value), point.ink ?? .bar)
    let value = padded(point.shown, to: layout.valueWidth, .right, ambiguous: ambiguous)
    var line = "\(label)  \(bar) \(value)"
    if layout.shareWidth > 0, let share = point.share {
      line += "  " + padded(share, to: layout.shareWidth, .right, ambiguous: ambiguous)
    }
    lines.append(line)
  }
  if let title = chart.title { lines.append(wrapping: title, .header, options) }
  for panel in chart.panels {
    if let title = panel.title { lines.append(wrapping: title, .header, options) }
    for point in panel.points { draw(point) }
  }
  if let total = chart.total { lines.append(totalLine(total, layout, options)) }
}

/// The label of a total is long and has no bar, so it runs into the room of the bars.
private func totalLine(
  _ total: ChartPoint, _ layout: BarLayout, _ options: RenderOptions
) -> String {
  let width = layout.labelWidth + 2 + layout.room
  let label = truncated(
    total.label, to: width, ambiguous: options.ambiguousWidth, ellipsis: options.ellipsis)
  return padded(label, to: width, ambiguous: options.ambiguousWidth) + " "
    + padded(total.shown, to: layout.valueWidth, .right, ambiguous: options.ambiguousWidth)
}

/// Turns values into bars of one length scale, which always begins at zero.
struct BarScale {
  var greatest: Double
  var least: Double
  var room: Int
  var isASCII: Bool

  init(_ chart: Chart, room: Int, isASCII: Bool) {
    let values = chart.values
    greatest = max(0, values.max() ?? 0)
    least = min(0, values.min() ?? 0)
    // A ratio is part of a whole that is always 100%.
    if chart.kind == .ratio { greatest = max(1, greatest) }
    self.room = room
    self.isASCII = isASCII
  }

  /// The bar, padded to the room.
  func bar(for value: Double?) -> String {
    let magnitude = value ?? 0
    if least == 0 {
      let bar = rightward(magnitude, room: room, full: greatest)
      return bar.text + String(repeating: " ", count: room - bar.width)
    }
    let span = greatest - least
    let sides = max(2, room - 1)
    let share = steps(-least, of: span, count: sides)
    let leftRoom = greatest == 0 ? sides : min(sides - 1, max(1, share))
    let rightRoom = sides - leftRoom
    let left = magnitude < 0 ? leftward(-magnitude, room: leftRoom) : (text: "", width: 0)
    let right =
      magnitude > 0
      ? rightward(magnitude, room: rightRoom, full: greatest) : (text: "", width: 0)
    return String(repeating: " ", count: leftRoom - left.width) + left.text + "|" + right.text
      + String(repeating: " ", count: rightRoom - right.width)
  }

  /// Whole and partial cells, rounded down, at least the smallest mark for what is not zero.
  private func rightward(
    _ value: Double, room: Int, full: Double
  ) -> (text: String, width: Int) {
    guard value > 0, full > 0, room > 0 else { return ("", 0) }
    let parts = isASCII ? 1 : 8
    let length = min(room * parts, max(1, steps(value, of: full, count: room * parts)))
    let whole = length / parts
    let rest = length % parts
    let text = String(repeating: isASCII ? "#" : "█", count: whole)
    if rest == 0 { return (text, whole) }
    return (text + ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][rest - 1], whole + 1)
  }

  /// Blocks that grow to the left exist only as halves.
  private func leftward(_ value: Double, room: Int) -> (text: String, width: Int) {
    guard value > 0, least < 0, room > 0 else { return ("", 0) }
    let parts = isASCII ? 1 : 2
    let length = min(room * parts, max(1, steps(value, of: -least, count: room * parts)))
    let whole = String(repeating: isASCII ? "#" : "█", count: length / parts)
    return length % parts == 0 ? (whole, length / parts) : ("▐" + whole, length / parts + 1)
  }
}

/// How many of `count` steps `value` reaches on the way to `full`, rounded down.
func steps(_ value: Double, of full: Double, count: Int) -> Int {
  Int(exactly: (value * Double(count) / full).rounded(.down)) ?? count
}
