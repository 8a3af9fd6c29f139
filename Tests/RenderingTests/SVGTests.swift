// SVGTests.swift: answers made by hand arrive, drawings are compared and read by an XML reader.

import Columns
import Syntax
import Testing

@testable import Rendering

private func svg(_ answer: Answer, as form: OutputForm) -> String? {
  var answer = answer
  answer.form = form
  var document = ResultDocument(form: .drawing)
  document.add(answer, with: RenderOptions())
  return (try? document.file()).map { String(decoding: $0, as: UTF8.self) }
}

@Suite struct SVGTests {
  @Test func `Bars carry label, value and share in writing`() {
    var answer = overdueByMonth
    answer.rows.removeLast()
    #expect(
      svg(answer, as: .bar) == """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 474.6 64" width="474.6" height="64" \
        role="img" font-family="sans-serif" font-size="14" fill="currentColor">
          <title>11 月最多，47 件，占全部 64 件的 73.44%</title>
          <text x="49" y="23" text-anchor="end">10 月</text>
          <rect x="59" y="11" width="81.7" height="16" fill="#0072B2"/>
          <text x="405.4" y="23" text-anchor="end">12</text>
          <text x="466.6" y="23" text-anchor="end">20.34%</text>
          <text x="49" y="45" text-anchor="end">11 月</text>
          <rect x="59" y="33" width="320" height="16" fill="#0072B2"/>
          <text x="405.4" y="45" text-anchor="end">47</text>
          <text x="466.6" y="45" text-anchor="end">79.66%</text>
          <line x1="59" y1="8" x2="59" y2="52" stroke="currentColor"/>
        </svg>

        """)
  }

  @Test func `A line breaks where a period is missing`() {
    var answer = overdueByMonth
    answer.rows.append(AnswerRow([period("2025-02", "2 月"), count(9)]))
    answer.rows.append(AnswerRow([period("2025-03", "3 月"), count(9)]))
    let points = (svg(answer, as: .line) ?? "").split(separator: "\n").compactMap { line in
      line.contains("<polyline") ? line.split(separator: "\"")[1] : nil
    }
    #expect(points == ["28.2,128 124.2,28 220.2,148", "412.2,136.6 508.2,136.6"])
  }

  @Test func `HTML draws below the table only where a drawing is asked for`() {
    #expect(!render(overdueByMonth, .html).contains("<svg"))
    #expect(render(overdueByMonth, .html, as: .bar).contains("</table>\n<svg"))
    #expect(render(overdueByMonth, .html, as: .line).contains("<polyline"))
    #expect(
      render(changeByUnit, .html, as: .line).contains(
        "<p>not drawn: line and spark need month, quarter or year</p>"))
    #expect(svg(changeByUnit, as: .line) == nil)
  }

  @Test func `Any answer gives well-formed markup without script or style`() {
    guard hasPython else { return }
    var generator = SeededGenerator(state: 5)
    var texts: [String] = []
    for _ in 0..<10 {
      var answer = generator.answer()
      answer.form = .bar
      let text = render(answer, .html)
      #expect(!text.contains("<script") && !text.contains("style="))
      texts.append(text)
      if let drawing = svg(answer, as: .bar) { texts.append(drawing) }
    }
    #expect(
      pythonAccepts(
        texts, by: 1,
        """
        import xml.etree.ElementTree as tree
        for text in inputs:
          tree.fromstring('<div>' + text.replace('<br>', '<br/>') + '</div>')
        """))
  }
}
