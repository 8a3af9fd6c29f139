// SampleAnswers.swift: answers made by hand from the figures of the sample, and how tests print
// them.

import Columns
import Syntax

@testable import Rendering

func count(_ number: Int64) -> AnswerCell {
  AnswerCell(raw: .whole(number), shown: grouped(Int(number)))
}

func ratio(_ number: Double, _ shown: String) -> AnswerCell {
  AnswerCell(raw: .number(number), shown: shown)
}

func change(_ number: Int64, _ shown: String) -> AnswerCell {
  AnswerCell(raw: .whole(number), shown: shown)
}

func period(_ raw: String, _ shown: String) -> AnswerCell {
  AnswerCell(raw: .text(raw), shown: shown)
}

func dimension(_ name: String, _ label: String) -> AnswerColumn {
  AnswerColumn(name: name, label: label, kind: .dimension)
}

func measure(
  _ name: String, _ label: String, _ kind: AnswerColumnKind = .count, isAdditive: Bool = false
) -> AnswerColumn {
  AnswerColumn(name: name, label: label, kind: kind, isAdditive: isAdditive)
}

func render(_ answer: Answer, _ mode: OutputMode, width: Int? = nil) -> String {
  render(answer, RenderOptions(mode: mode, width: width))
}

func render(_ answer: Answer, _ options: RenderOptions) -> String {
  String(decoding: render(answer, with: options), as: UTF8.self)
}

func render(_ answer: Answer, _ mode: OutputMode, as form: OutputForm, width: Int? = nil) -> String
{
  var answer = answer
  answer.form = form
  return render(answer, mode, width: width)
}

/// `逾期 按 单位 前 3 附 占比`
let overdueByUnit = Answer(
  sentence: "逾期 按 单位 前 3 附 占比", language: .chinese,
  columns: [
    dimension("unit", "单位"), measure("overdue", "逾期", isAdditive: true),
    measure("share", "占比", .ratio),
  ],
  dimensionCount: 1,
  rows: [
    AnswerRow([.text("县住建局"), count(52), ratio(0.8125, "81.25%")]),
    AnswerRow([.text("县教体局"), count(4), ratio(0.0625, "6.25%")]),
    AnswerRow([.text("县公安局"), count(3), ratio(0.046875, "4.69%")]),
    AnswerRow([.text("县城管执法局"), count(3), ratio(0.046875, "4.69%")]),
  ],
  headline: "县住建局 52 件，占全部 64 件的 81.25%", foot: ["4 行，第 3 名并列"],
  basis: "热线，2024Q4，附件1、2",
  notes: [
    AnswerNote(
      code: "R02", text: "正文为63件，附件合计64件，相差1件；可能有合办工单在两个单位各计1次",
      isInformational: false),
    AnswerNote(code: "SAMPLE", text: "内置样例", isInformational: true),
  ])

/// A thousand, an undefined ratio, a totals row.
let ordersWithTotals = Answer(
  sentence: "orders, ontime_rate by unit with totals", language: .english,
  columns: [
    dimension("unit", "Unit"), measure("orders", "Orders", isAdditive: true),
    measure("ontime_rate", "On-time rate", .ratio),
  ],
  dimensionCount: 1,
  rows: [
    AnswerRow([.text("县住建局"), count(526), ratio(0.9011406844106464, "90.11%")]),
    AnswerRow([.text("县电信公司"), count(5), ratio(0.8, "80.00%")]),
    AnswerRow([.text("县气象局"), count(0), .undefined]),
  ],
  totals: AnswerRow([
    .text("Total (48 units; 3 shown)"), count(2575), ratio(0.9751456310679611, "97.51%"),
  ]),
  headline: "lowest 县电信公司 80.00% (4 of 5), all 97.51%", foot: ["3 rows"],
  basis: "hotline, 2024Q4, annexes 1-2")

let overdueByMonth = Answer(
  sentence: "逾期 按 月", language: .chinese,
  columns: [dimension("month", "月"), measure("overdue", "逾期", isAdditive: true)],
  dimensionCount: 1,
  rows: [
    AnswerRow([period("2024-10", "10 月"), count(12)]),
    AnswerRow([period("2024-11", "11 月"), count(47)]),
    AnswerRow([period("2024-12", "12 月"), count(5)]),
  ],
  headline: "11 月最多，47 件，占全部 64 件的 73.44%", foot: ["3 行"], basis: "热线，2024Q4，附件2")

/// `overdue by unit across month`
let overdueAcrossMonth = Answer(
  sentence: "overdue by unit across month", language: .english,
  columns: [
    dimension("unit", "Unit"), measure("overdue 2024-10", "2024-10"),
    measure("overdue 2024-11", "2024-11"), measure("overdue 2024-12", "2024-12"),
  ],
  dimensionCount: 1,
  rows: [
    AnswerRow([.text("县住建局"), count(5), count(45), count(2)]),
    AnswerRow([.text("县教体局"), count(3), .undefined, count(0)]),
  ], basis: "hotline, 2024Q4")

/// The same by two dimensions; one month of one unit has no row.
let overdueByUnitAndMonth = Answer(
  sentence: "overdue by unit, month", language: .english,
  columns: [dimension("unit", "Unit"), dimension("month", "Month"), measure("overdue", "Overdue")],
  dimensionCount: 2,
  rows: [
    AnswerRow([.text("县住建局"), period("2024-10", "10"), count(5)]),
    AnswerRow([.text("县住建局"), period("2024-11", "11"), count(45)]),
    AnswerRow([.text("县住建局"), period("2024-12", "12"), count(2)]),
    AnswerRow([.text("县教体局"), period("2024-10", "10"), count(3)]),
    AnswerRow([.text("县教体局"), period("2024-12", "12"), count(1)]),
  ], basis: "hotline, 2024Q4")

let changeByUnit = Answer(
  sentence: "overdue by unit vs previous", language: .english,
  columns: [dimension("unit", "Unit"), measure("delta", "Change", .change)], dimensionCount: 1,
  rows: [
    AnswerRow([.text("县住建局"), change(40, "+40")]),
    AnswerRow([.text("县教体局"), change(-13, "-13")]),
    AnswerRow([.text("县公安局"), change(0, "0")]),
    AnswerRow([.text("县气象局"), .undefined]),
  ], basis: "hotline, 2024Q4")

/// Twelve columns, as in the wide table of the contract.
let wideByUnit: Answer = {
  let labels = [
    "Orders", "Closed", "On time", "Overdue", "Redo", "Closed rate", "On-time rate",
    "Overdue rate", "Redo rate", "Score", "Lost",
  ]
  let figures = [
    "526", "526", "474", "52", "3", "100.00%", "90.11%", "9.89%", "0.57%", "96.85", "3.15",
  ]
  return Answer(
    sentence: "orders, closed, … by unit", language: .english,
    columns: [dimension("unit", "Unit")] + labels.map { measure($0.lowercased(), $0) },
    dimensionCount: 1,
    rows: [
      AnswerRow([.text("县住建局")] + figures.map { AnswerCell(raw: .decimal("1"), shown: $0) })
    ], foot: ["1 row"], basis: "hotline, 2024Q4")
}()
