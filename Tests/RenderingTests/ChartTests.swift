// ChartTests.swift: answers made by hand arrive, whole charts are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

@Suite struct ChartTests {
  @Test func `The bars of the contract come out byte for byte`() {
    let expected = """
      11 月最多，47 件，占全部 64 件的 73.44%
      10 月  ███████▏                     12  18.75%
      11 月  ████████████████████████████ 47  73.44%
      12 月  ██▉                           5   7.81%
      3 行
      口径：热线，2024Q4，附件2

      """
    #expect(render(overdueByMonth, .chart) == expected)
    #expect(render(overdueByMonth, .chart, width: 80) == expected)
  }

  @Test func `Presenting, bars take the whole width`() {
    let options = RenderOptions(mode: .chart, width: 60, showsHeadline: false, isPresenting: true)
    let lines = render(overdueByMonth, options).split(separator: "\n").prefix(3)
    #expect(lines.allSatisfy { displayWidth(String($0)) == 60 })
    #expect(lines[1] == "11 月  \(String(repeating: "█", count: 42)) 47  73.44%")
  }

  @Test func `Where blocks are two cells wide bars are made of number signs`() {
    let options = RenderOptions(mode: .chart, ambiguousWidth: 2, showsHeadline: false)
    #expect(
      render(overdueByMonth, options).hasPrefix(
        """
        10 月  #######                      12  18.75%
        11 月  ############################ 47  73.44%
        12 月  ##                            5   7.81%

        """))
  }

  @Test func `Ratio bars run to 100 percent, a total has no bar, undefined draws nothing`() {
    #expect(
      render(ordersWithTotals, .chart) == """
        lowest 县电信公司 80.00% (4 of 5), all 97.51%
        Orders
        县住建局    ████████████████████████████   526  20.43%
        县电信公司  ▎                                5   0.19%
        县气象局                                     0   0.00%
        Total (48 units; 3 shown)                2,575
        On-time rate
        县住建局    █████████████████████████▏   90.11%
        县电信公司  ██████████████████████▍      80.00%
        县气象局                                      -
        Total (48 units; 3 shown)                97.51%
        3 rows
        basis: hotline, 2024Q4, annexes 1-2

        """)
  }

  @Test func `The share column of the answer stands beside its bars`() {
    #expect(
      render(overdueByUnit, .chart, width: 40).split(separator: "\n").dropFirst().prefix(4) == [
        "县住建局      ███████████████ 52  81.25%",
        "县教体局      █▏               4   6.25%",
        "县公安局      ▊                3   4.69%",
        "县城管执法局  ▊                3   4.69%",
      ])
  }

  @Test func `Negative bars grow to the left of an axis`() {
    #expect(
      render(changeByUnit, .chart) == """
        县住建局        |█████████████████████ +40
        县教体局  ██████|                      -13
        县公安局        |                        0
        县气象局        |                        -
        basis: hotline, 2024Q4

        """)
  }

  @Test func `Two dimensions, or across, make groups of bars on one scale`() {
    let expected = """
      县住建局
      10  ███                           5
      11  ████████████████████████████ 45
      12  █▏                            2
      县教体局
      10  █▊                            3
      """
    #expect(
      render(overdueByUnitAndMonth, .chart)
        == expected + "\n12  ▌                             1\nbasis: hotline, 2024Q4\n")
    #expect(
      render(overdueAcrossMonth, .chart) == """
        县住建局
        2024-10  ███                           5
        2024-11  ████████████████████████████ 45
        2024-12  █▏                            2
        县教体局
        2024-10  █▊                            3
        2024-11                                -
        2024-12                                0
        basis: hotline, 2024Q4

        """)
  }

  @Test func `A line says its first, last, least and greatest value`() {
    #expect(
      render(overdueByMonth, .chart, as: .line) == """
        11 月最多，47 件，占全部 64 件的 73.44%
        47 │        ●
           │       · ·
           │      ·
           │     ·    ·
           │           ·
           │    ·
           │   ·        ·
           │  ·          ·
           │ ·            ·
           │●
           │               ·
         5 │                ●
        首 12（10 月），末 5（12 月），最低 5（12 月），最高 47（11 月）
        3 行
        口径：热线，2024Q4，附件2

        """)
  }

  @Test func `A missing period is a gap, not a zero`() {
    #expect(
      render(overdueByUnitAndMonth, .chart, as: .line) == """
        县住建局
        45 │       ·●·
           │     ··   ··
           │   ··       ··
           │ ··           ··
         1 │●               ●
        first 5 (10), last 2 (12), least 2 (12), greatest 45 (11)
        县教体局
        45 │
           │
           │
           │
         1 │●               ●
        first 3 (10), last 1 (12), least 1 (12), greatest 3 (10)
        basis: hotline, 2024Q4

        """)
  }

  @Test func `The foot of sparks counts the rows that are left`() {
    #expect(render(overdueByMonth, .chart, as: .spark).contains("\n1 行\n口径"))
    var answer = overdueByUnitAndMonth
    answer.foot = ["5 rows, place 3 is tied", "more"]
    #expect(render(answer, .chart, as: .spark).contains("\n2 rows, place 3 is tied\nmore\n"))
    #expect(render(answer, .chart, as: .line).contains("\n5 rows, place 3 is tied\nmore\n"))
  }

  @Test func `A column or a row of others is named as what keeps periods from being drawn`() {
    var across = overdueAcrossMonth
    across.columns[3].name = "overdue others"
    var down = overdueByMonth
    down.rows[2] = AnswerRow([.text("其余（1）"), count(5)], role: .others)
    for form in [OutputForm.line, .spark] {
      #expect(
        render(across, .chart, as: form).contains(
          "not drawn: the others are no period; without `with others` there is a drawing"))
      #expect(render(down, .chart, as: form).contains("未画图：其余不是一个时期；去掉“附 其余”就能画"))
      #expect(render(overdueByUnit, .chart, as: form).contains("未画图：线图和走势需要月、季度或年"))
    }
  }

  @Test func `Sparks stand between the first and the last value`() {
    #expect(
      render(overdueAcrossMonth, .chart, as: .spark) == """
        ┌──────────┬─────────┬───────┬─────────┐
        │ Unit     │ 2024-10 │ Trend │ 2024-12 │
        ├──────────┼─────────┼───────┼─────────┤
        │ 县住建局 │       5 │ ▁█▁   │       2 │
        │ 县教体局 │       3 │ █ ▁   │       0 │
        └──────────┴─────────┴───────┴─────────┘
        basis: hotline, 2024Q4

        """)
    #expect(
      render(overdueByUnitAndMonth, .chart, as: .spark) == """
        ┌──────────┬────────────┬───────┬────────────┐
        │ Unit     │ Overdue 10 │ Trend │ Overdue 12 │
        ├──────────┼────────────┼───────┼────────────┤
        │ 县住建局 │          5 │ ▁█▁   │          2 │
        │ 县教体局 │          3 │ █ ▃   │          1 │
        └──────────┴────────────┴───────┴────────────┘
        basis: hotline, 2024Q4

        """)
    #expect(
      spark([0, 1, 5, nil, 9, 10], RenderOptions(mode: .chart, isAsciiDrawing: true)) == "004 89")
  }

  @Test func `What cannot be drawn is a box whose foot says why`() {
    let line = render(changeByUnit, .chart, as: .line)
    #expect(
      line
        == render(changeByUnit, .box).replacingLine(
          before: "basis", with: "not drawn: line and spark need month, quarter or year"))
    let figure = Answer(
      sentence: "逾期", language: .chinese, columns: [measure("overdue", "逾期")],
      rows: [AnswerRow([count(64)])], basis: "热线")
    #expect(
      render(figure, .chart)
        == "┌──────┐\n│ 逾期 │\n├──────┤\n│   64 │\n└──────┘\n未画图：图需要一个维度\n口径：热线\n")
  }

  @Test func `Shares are exact and rounded half up`() {
    #expect(
      percentages(of: [.whole(12), .whole(47), .whole(5)], total: nil) == [
        "18.75%", "73.44%", "7.81%",
      ])
    #expect(percentages(of: [.whole(1)], total: .whole(800)) == ["0.13%"])
    #expect(percentages(of: [.whole(1), .none], total: nil) == nil)
    #expect(percentages(of: [.whole(0)], total: nil) == nil)
    #expect(percentages(of: [.whole(.max), .whole(.max)], total: nil) == nil)
    #expect(percentages(of: [.whole(.max)], total: nil) == ["100.00%"])
  }

  @Test func `Drawings are charts, but html and json keep their shape`() {
    func chosen(_ form: OutputForm?, _ session: OutputMode) -> String {
      OutputMode.chosen(for: form, session: session).name
    }
    #expect(chosen(nil, .box) == "box")
    #expect(chosen(.csv, .box) == "csv")
    #expect(chosen(.bar, .box) == "chart")
    #expect(chosen(.spark, .tsv) == "chart")
    #expect(chosen(.line, .html) == "html")
    #expect(chosen(.bar, .json) == "json")
  }
}

extension String {
  /// The text with a line put before the one that begins with `start`.
  fileprivate func replacingLine(before start: String, with line: String) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { $0.hasPrefix(start) ? [Substring(line), $0] : [$0] }.joined(separator: "\n")
  }
}
