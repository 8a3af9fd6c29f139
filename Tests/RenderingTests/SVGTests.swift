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

  @Test func `Several groups are lines of one plot, apart by dashes and marks, with their names`()
    throws
  {
    var answer = overdueByUnitAndMonth
    answer.rows = [
      AnswerRow([.text("a"), period("2024-10", "10"), count(1)]),
      AnswerRow([.text("a"), period("2024-11", "11"), count(9)]),
      AnswerRow([.text("b"), period("2024-10", "10"), count(3)]),
      AnswerRow([.text("b"), period("2024-11", "11"), count(3)]),
      AnswerRow([.text("c"), period("2024-11", "11"), count(9)]),
    ]
    let lines = try #require(svg(answer, as: .line)).split(separator: "\n").map(String.init)
    let strokes = lines.filter { $0.contains("stroke-width=\"2\"") && $0.contains("<polyline") }
    #expect(strokes.count == 2)
    #expect(strokes.count { $0.contains("stroke-dasharray") } == 1)
    #expect(lines.count { $0.contains("<circle") } == 2)
    #expect(lines.count { $0.contains("h7v7h-7z") } == 2)
    #expect(lines.count { $0.contains("l4.5 8h-9z") } == 1)
    let names = lines.filter { $0.contains("anchor=\"start\"") }
      .compactMap { $0.split(separator: ">").dropFirst().first?.prefix { $0 != "<" } }
    #expect(names == ["a 9", "c 9", "b 3"])
  }

  @Test func `A line is a column where time goes down the rows`() throws {
    let answer = Answer(
      sentence: "overdue by quarter across kind", language: .english,
      columns: [
        dimension("quarter", "Quarter"), measure("overdue town", "Town"),
        measure("overdue department", "Department"),
      ],
      dimensionCount: 1,
      rows: [
        AnswerRow([period("2024Q3", "2024Q3"), count(1), count(37)]),
        AnswerRow([period("2024Q4", "2024Q4"), count(0), count(64)]),
      ])
    let drawing = try #require(svg(answer, as: .line))
    #expect(drawing.contains(">Town 0<") && drawing.contains(">Department 64<"))
  }

  @Test func `The bars of a member are filled alike in every group`() throws {
    var answer = overdueByUnitAndMonth
    answer.rows = [
      AnswerRow([.text("a"), period("2024-10", "10"), count(1)]),
      AnswerRow([.text("a"), period("2024-11", "11"), count(2)]),
      AnswerRow([.text("b"), period("2024-10", "10"), count(3)]),
      AnswerRow([.text("b"), period("2024-11", "11"), count(4)]),
    ]
    let fills = try #require(svg(answer, as: .bar)).split(separator: "fill=\"").dropFirst(2)
      .map { $0.prefix { $0 != "\"" } }
    #expect(fills == ["#0072B2", "#ffffff", "#0072B2", "#ffffff"])
  }

  @Test func `Periods become a drawing inside their cell, with their figures as its title`() {
    let text = render(overdueAcrossMonth, .html, as: .spark)
    #expect(text.contains("class=\"spark\""))
    #expect(text.contains("<title>2024-10 5, 2024-11 45, 2024-12 2</title>"))
    #expect(render(changeByUnit, .html, as: .spark).contains("not drawn: line and spark need"))
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
