// GridModeTests.swift: answers made by hand arrive, whole tables are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

@Suite struct GridModeTests {
  @Test func `The box of the contract comes out byte for byte`() {
    #expect(
      render(overdueByUnit, .box) == """
        县住建局 52 件，占全部 64 件的 81.25%
        ┌──────────────┬──────┬────────┐
        │ 单位         │ 逾期 │   占比 │
        ├──────────────┼──────┼────────┤
        │ 县住建局     │   52 │ 81.25% │
        │ 县教体局     │    4 │  6.25% │
        │ 县公安局     │    3 │  4.69% │
        │ 县城管执法局 │    3 │  4.69% │
        └──────────────┴──────┴────────┘
        4 行，第 3 名并列
        口径：热线，2024Q4，附件1、2
        注 R02：正文为63件，附件合计64件，相差1件；可能有合办工单在两个单位各计1次

        """)
  }

  @Test func `A table sets its totals off by a rule`() {
    #expect(
      render(ordersWithTotals, .table) == """
        lowest 县电信公司 80.00% (4 of 5), all 97.51%
        +---------------------------+--------+--------------+
        | Unit                      | Orders | On-time rate |
        +---------------------------+--------+--------------+
        | 县住建局                  |    526 |       90.11% |
        | 县电信公司                |      5 |       80.00% |
        | 县气象局                  |      0 |            - |
        +---------------------------+--------+--------------+
        | Total (48 units; 3 shown) |  2,575 |       97.51% |
        +---------------------------+--------+--------------+
        3 rows
        basis: hotline, 2024Q4, annexes 1-2

        """)
  }

  @Test func `Where box lines are two cells wide, or missing, box is table`() {
    let table = render(ordersWithTotals, .table)
    #expect(
      render(ordersWithTotals, RenderOptions(mode: .box, ambiguousWidth: 2)) == table)
    #expect(
      render(ordersWithTotals, RenderOptions(mode: .box, isAsciiDrawing: true)) == table)
  }

  @Test func `A plain table has no lines and no trailing blanks`() {
    #expect(
      render(ordersWithTotals, .plain) == """
        lowest 县电信公司 80.00% (4 of 5), all 97.51%
        Unit                       Orders  On-time rate
        县住建局                      526        90.11%
        县电信公司                      5        80.00%
        县气象局                        0             -
        Total (48 units; 3 shown)   2,575        97.51%
        3 rows
        basis: hotline, 2024Q4, annexes 1-2

        """)
  }

  @Test func `Vertical writes one figure a line`() {
    #expect(
      render(ordersWithTotals, .vertical) == """
        lowest 县电信公司 80.00% (4 of 5), all 97.51%
        *** 1 ***
                Unit: 县住建局
              Orders: 526
        On-time rate: 90.11%
        *** 2 ***
                Unit: 县电信公司
              Orders: 5
        On-time rate: 80.00%
        *** 3 ***
                Unit: 县气象局
              Orders: 0
        On-time rate: -
        *** total ***
                Unit: Total (48 units; 3 shown)
              Orders: 2,575
        On-time rate: 97.51%
        3 rows
        basis: hotline, 2024Q4, annexes 1-2

        """)
  }

  @Test func `Subtotals are set off by rules`() {
    var answer = overdueByUnit
    answer.rows = [
      AnswerRow([.text("甲"), count(1), ratio(0.5, "50.00%")]),
      AnswerRow([.text("小计"), count(1), ratio(0.5, "50.00%")], role: .subtotal),
      AnswerRow([.text("乙"), count(1), ratio(0.5, "50.00%")]),
    ]
    answer.headline = nil
    answer.foot = []
    answer.basis = ""
    answer.notes = []
    #expect(
      render(answer, .box) == """
        ┌──────┬──────┬────────┐
        │ 单位 │ 逾期 │   占比 │
        ├──────┼──────┼────────┤
        │ 甲   │    1 │ 50.00% │
        ├──────┼──────┼────────┤
        │ 小计 │    1 │ 50.00% │
        ├──────┼──────┼────────┤
        │ 乙   │    1 │ 50.00% │
        └──────┴──────┴────────┘

        """)
  }

  @Test func `Too wide a table drops columns from the middle and names them`() {
    #expect(
      render(wideByUnit, .box, width: 60) == """
        ┌──────────┬────────┬────────┬───┬───────┬───────┬──────┐
        │          │        │        │   │  Redo │       │      │
        │ Unit     │ Orders │ Closed │ … │  rate │ Score │ Lost │
        ├──────────┼────────┼────────┼───┼───────┼───────┼──────┤
        │ 县住建局 │    526 │    526 │ … │ 0.57% │ 96.85 │ 3.15 │
        └──────────┴────────┴────────┴───┴───────┴───────┴──────┘
        1 row
        6 more columns not shown, .mode vertical shows all: On time,
          Overdue, Redo, Closed rate, On-time rate, Overdue rate
        basis: hotline, 2024Q4

        """)
  }

  @Test func `Long texts wrap to three lines, figures stay beside the first`() {
    var answer = ordersWithTotals
    answer.rows[0].cells[0] = .text("城区自来水水压不足问题反映集中需要尽快检修处理并答复群众")
    answer.rows = [answer.rows[0]]
    answer.totals = nil
    answer.headline = nil
    #expect(
      render(answer, .box, width: 36) == """
        ┌───────────────┬────────┬─────────┐
        │               │        │ On-time │
        │ Unit          │ Orders │    rate │
        ├───────────────┼────────┼─────────┤
        │ 城区自来水水  │    526 │  90.11% │
        │ 压不足问题反  │        │         │
        │ 映集中需要尽… │        │         │
        └───────────────┴────────┴─────────┘
        3 rows
        basis: hotline, 2024Q4, annexes 1-2

        """)
  }

  @Test func `At twenty cells or less rows stand one below the other`() {
    #expect(render(changeByUnit, .box, width: 20) == render(changeByUnit, .vertical, width: 20))
    #expect(render(changeByUnit, .box, width: 21).hasPrefix("┌"))
  }

  @Test func `On a terminal the row limit holds, and the foot says what is missing`() {
    let limited = RenderOptions(mode: .plain, isTerminal: true, rowLimit: 2)
    #expect(
      render(overdueByUnit, limited).hasPrefix(
        """
        县住建局 52 件，占全部 64 件的 81.25%
        单位      逾期    占比
        县住建局    52  81.25%
        县教体局     4   6.25%
        4 行，第 3 名并列
        另有 2 行未显示，as csv into 文件 可得全部
        口径：
        """))
    var file = limited
    file.isTerminal = false
    #expect(render(overdueByUnit, file) == render(overdueByUnit, .plain))
  }

  @Test func `Undefined cells are shown as the null text says`() {
    let options = RenderOptions(mode: .plain, showsHeadline: false, nullText: "n/a")
    #expect(
      render(ordersWithTotals, options).contains("县气象局                        0           n/a\n"))
  }

  @Test func `An answer of lines is printed as lines`() {
    let answer = Answer(
      sentence: "show grammar", language: .english,
      columns: [AnswerColumn(name: "text", label: "Text", kind: .text)],
      rows: ["a = b ;", "  b = \"c\" ;"].map { AnswerRow([.text($0)]) })
    for mode in [OutputMode.box, .table, .plain, .vertical, .chart] {
      #expect(render(answer, mode, width: 10) == "a = b ;\n  b = \"c\" ;\n")
    }
  }

  @Test func `An answer without rows has no table`() {
    var answer = ordersWithTotals
    answer.rows = []
    answer.headline = "no unit fits: 8 towns, orders 671, overdue 0"
    for mode in [OutputMode.box, .plain, .vertical, .chart] {
      #expect(
        render(answer, mode) == """
          no unit fits: 8 towns, orders 671, overdue 0
          3 rows
          basis: hotline, 2024Q4, annexes 1-2

          """)
    }
  }

  @Test func `A refused answer has bytes only in json`() {
    var answer = ordersWithTotals
    answer.refusal = AnswerRefusal(code: "U01", text: "orders are quarterly here")
    answer.rows = []
    answer.columns = []
    for mode in OutputMode.all where mode.name != "json" {
      #expect(render(answer, mode).isEmpty, "\(mode.name)")
    }
    #expect(
      render(answer, .json).contains(
        #""refusal":{"code":"U01","text":"orders are quarterly here"}"#))
  }

  @Test func `Title, headline, foot and notes wrap at the width and are never cut`() {
    var answer = overdueByUnit
    answer.title = "四季度逾期"
    let lines = render(answer, .box, width: 34).split(separator: "\n")
    #expect(lines.allSatisfy { displayWidth(String($0)) <= 34 })
    #expect(lines.first == "四季度逾期")
    #expect(
      lines.suffix(3) == [
        "注 R02：正文为63件，附件合计64件，", "  相差1件；可能有合办工单在两个单",
        "  位各计1次",
      ])
  }
}
