// SVGSeries.swift: how groups are told apart in a drawing without colours: lines by dashes and
// marks, bars by their filling.

/// The look of one line among several.
struct SeriesStyle {
  enum Mark { case circle, square, triangle, diamond, cross, ring }
  var color: String
  /// As in `stroke-dasharray`; nil: unbroken.
  var dashes: String?
  var mark: Mark

  /// Each differs from the others in dashes and mark, and in lightness as well as in hue.
  static let all = [
    SeriesStyle(color: SVGCanvas.blue, dashes: nil, mark: .circle),
    SeriesStyle(color: "#D55E00", dashes: "8 4", mark: .square),
    SeriesStyle(color: "#00694B", dashes: "2 3", mark: .triangle),
    SeriesStyle(color: "#882255", dashes: "10 3 2 3", mark: .diamond),
    SeriesStyle(color: "#444444", dashes: "5 5", mark: .cross),
    SeriesStyle(color: "#7A5CC0", dashes: "14 4", mark: .ring),
  ]

  func element(x: Double, y: Double) -> String {
    func path(_ steps: String, _ paint: String) -> String {
      "<path d=\"M\(pixels(x)) \(pixels(y))\(steps)\" \(paint)/>"
    }
    let filled = "fill=\"\(color)\""
    switch mark {
    case .circle: return "<circle cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"3.5\" \(filled)/>"
    case .ring:
      return "<circle cx=\"\(pixels(x))\" cy=\"\(pixels(y))\" r=\"3.5\" fill=\"#fff\""
        + " stroke=\"\(color)\" stroke-width=\"2\"/>"
    case .square: return path("m-3.5-3.5h7v7h-7z", filled)
    case .triangle: return path("m0-4.5l4.5 8h-9z", filled)
    case .diamond: return path("m0-5l5 5l-5 5l-5-5z", filled)
    case .cross:
      return path("m-4-4l8 8m0-8l-8 8", "fill=\"none\" stroke=\"\(color)\" stroke-width=\"2\"")
    }
  }

  func line(_ points: [(x: Double, y: Double)], width: Double = 2) -> String {
    let places = points.map { "\(pixels($0.x)),\(pixels($0.y))" }.joined(separator: " ")
    let broken = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "<polyline points=\"\(places)\" fill=\"none\" stroke=\"\(color)\""
      + " stroke-width=\"\(pixels(width))\"\(broken)/>"
  }
}

/// The filling of the bars of one member in all groups: dark, white, light, black; with an outline,
/// so that a grey print keeps them.
struct BarFilling {
  var color: String
  static let all = [SVGCanvas.blue, "#ffffff", "#a9cfe8", "#003a5c"].map { BarFilling(color: $0) }

  /// By label; empty where the panels are no groups of the same few members.
  static func fillings(of chart: Chart) -> [String: BarFilling] {
    guard chart.panels.count > 1 else { return [:] }
    var labels: [String] = []
    for point in chart.panels.flatMap(\.points) where !labels.contains(point.label) {
      labels.append(point.label)
      if labels.count > all.count { return [:] }
    }
    return Dictionary(uniqueKeysWithValues: zip(labels, all))
  }
}

/// Boxes of text that are written already: the next one goes where there is room.
struct WrittenBoxes {
  private var boxes: [(left: Double, top: Double, right: Double, bottom: Double)] = []

  /// Takes the room of a text centred at `x` on a baseline; false where another text has it.
  mutating func take(x: Double, baseline: Double, width: Double) -> Bool {
    let box = (
      left: x - width / 2 - 2, top: baseline - 12, right: x + width / 2 + 2, bottom: baseline + 3
    )
    let isFree = boxes.allSatisfy { other in
      box.right <= other.left || other.right <= box.left || box.bottom <= other.top
        || other.bottom <= box.top
    }
    if isFree { boxes.append(box) }
    return isFree
  }
}
