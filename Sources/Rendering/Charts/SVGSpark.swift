// SVGSpark.swift: the periods of one row arrive, a drawing that fits a cell of a table leaves.

private let barWidth = 6.0
private let barDistance = 8.0
private let height = 18.0

/// One bar a period, from zero to the greatest value of the row; undefined is a gap, and what is
/// not above zero a line on the ground. The figures are its title, for whoever points at it or
/// hears it.
func svgSpark(_ points: [ChartPoint], _ options: RenderOptions) -> String {
  let greatest = points.compactMap(\.value).max() ?? 0
  var bars = ""
  for (index, point) in points.enumerated() {
    guard let value = point.value else { continue }
    let length = value > 0 && greatest > 0 ? max(1.5, (height - 2) * value / greatest) : 1
    bars +=
      "<rect x=\"\(pixels(Double(index) * barDistance))\" y=\"\(pixels(height - length))\""
      + " width=\"\(pixels(barWidth))\" height=\"\(pixels(length))\"/>"
  }
  let width = pixels(max(barWidth, Double(points.count) * barDistance - barDistance + barWidth))
  let title = points.map { "\($0.label) \($0.shown)" }.joined(separator: ", ")
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"spark\" viewBox=\"0 0 \(width)"
    + " \(pixels(height))\" width=\"\(width)\" height=\"\(pixels(height))\" role=\"img\""
    + " fill=\"\(SVGCanvas.blue)\"><title>\(htmlText(singleLine(title), options))</title>"
    + bars + "</svg>"
}
