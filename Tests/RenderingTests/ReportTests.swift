// ReportTests.swift: answers made by hand and the words of a block arrive; the shape of the table
// and the finished documents are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

private func shown(_ answer: Answer) -> [String] {
  ([answer.columns.map(\.label)]
    + (answer.rows + (answer.totals.map { [$0] } ?? [])).map { row in
      row.cells.map(\.shown)
    }).map { $0.joined(separator: "|") }
}

private func shaped(_ words: String, _ answers: [Answer]) throws -> [String] {
  try ReportBlock(words: words).shaped(answers).flatMap(shown)
}

private func text(_ pieces: [ReportPiece], _ form: ReportForm) -> String {
  String(
    decoding: renderReport(pieces, as: form, language: .chinese, with: RenderOptions()),
    as: UTF8.self)
}

@Suite struct ReportTests {
  @Test func `A block joins, folds, numbers, hides, renames and adds`() throws {
    #expect(
      try shaped(
        #"join number="No" rename="Unit=Who" add="g.a=7" "#
          + #"fold="Remark" as="{month}:{n}" between=";" empty="-""#,
        [ordersWithTotals, overdueAcrossMonth]) == [
          "No|Who|Orders|On-time rate|g.a|Remark",
          "1|县住建局|526|90.11%|7|10:5;11:45;12:2", "2|县电信公司|5|80.00%|7|-",
          "3|县气象局|0|-|7|-", "Total (48 units; 3 shown)||2,575|97.51%||",
        ])
    #expect(try shaped(#"hide="Unit""#, [changeByUnit]) == ["Change", "+40", "-13", "0", "-"])
  }

  @Test func `What a block cannot do is said`() {
    for (words, fault) in [
      ("tabel", ReportFault.unknownWord("tabel")), ("number=1", .unknownWord("number")),
      (#"hide="x""#, .unknownLabel("x")), ("join", .nothingToJoin),
      (#"add="x""#, .unknownWord(#"add="x""#)),
    ] {
      #expect(throws: fault) { try shaped(words, [changeByUnit]) }
    }
  }

  @Test func `The page is whole, without script, and shades what across made`() {
    let page = text([.markdown("# <题>"), .results([overdueAcrossMonth], ReportBlock())], .html)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"zh-CN\">"))
    #expect(page.contains("<title>&lt;题&gt;</title>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && !page.contains("url(") && !page.contains("@import"))
    #expect(page.contains("<td class=\"num heat7\">45</td>"))
    #expect(page.contains("<td class=\"num heat0\">0</td>"))
    #expect(page.contains("<td class=\"num\">-</td>"))
  }

  @Test func `Labels that share what stands before a dot have a header of two rows`() {
    var answer = changeByUnit
    answer.columns.append(measure("a", "分.一"))
    answer.columns.append(measure("b", "分.二"))
    for index in answer.rows.indices { answer.rows[index].cells += [count(1), count(2)] }
    let html = render(answer, .html)
    #expect(
      html.contains(
        """
            <tr>
              <th scope="col" rowspan="2">Unit</th>
              <th scope="col" rowspan="2" class="num">Change</th>
              <th scope="colgroup" colspan="2">分</th>
            </tr>
            <tr>
              <th scope="col" class="num">一</th>
              <th scope="col" class="num">二</th>
            </tr>
        """))
    #expect(
      HeaderGroup.all(in: [measure("a", "No. of x"), measure("b", "No. of y"), measure("c", "1.5")])
        .count == 3)
  }

  @Test func `Markdown keeps drawings in a fence, plain text has tables by tabs`() throws {
    var drawn = overdueByMonth
    drawn.form = .bar
    let pieces = [ReportPiece.results([drawn], try ReportBlock(words: "chart"))]
    let chart = text(
      [.results(try ReportBlock(words: "chart").shaped([drawn]), try ReportBlock(words: "chart"))],
      .md)
    #expect(chart.hasPrefix("```\n10 月") && chart.hasSuffix("```\n"), "\(pieces.count)")
    let bare = try ReportBlock(words: "table")
    #expect(
      text([.markdown("**a**"), .results(try bare.shaped([changeByUnit]), bare)], .txt)
        == "a\n\nUnit\tChange\n县住建局\t+40\n县教体局\t-13\n县公安局\t0\n县气象局\t-\n")
  }
}
