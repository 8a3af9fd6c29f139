// TotalsAgainstRows.swift: printed total rows and county constants against the rows above them
// (R04, R05, R07, R09).

import Catalog
import Columns
import Syntax

extension Reconciler {
  mutating func compareTotalsWithRows() throws(ExactOverflow) {
    for total in printed.totalRows where total.quarterIndex == quarter.index {
      guard let dataset = catalog.dataset(named: total.dataset) else { continue }
      for cell in total.cells {
        guard let digits = cell.digits, let stated = Exact(digits: digits, scale: cell.places),
          let column = dataset.column(named: cell.column)
        else { continue }
        if cell.isPercent {
          try compareRate(total, cell, column)
        } else if column.type == .whole {
          try compareCount(total, cell, column, dataset, stated)
        }
      }
    }
    try lookAtConstants()
  }

  private mutating func compareCount(
    _ total: TotalRow, _ cell: PrintedCell, _ column: DatasetColumn, _ dataset: Dataset,
    _ stated: Exact
  ) throws(ExactOverflow) {
    guard let sum = try sum(column.name, total, dataset), sum != stated else { return }
    // Days in a total row are a finding of their own.
    let isDays = catalog.metrics.contains { metric in
      metric.quantity?.id == "day"
        && metric.sources.contains { source in
          guard source.dataset == dataset.name, case .apply(_, let expression) = source.aggregate
          else { return false }
          return expression.measureNames == [column.name]
        }
    }
    report(
      isDays ? "R05" : "R04", subject(total, column), stated: cell.text,
      computed: try sum.text(places: 0), difference: try signed(sum.subtracting(stated)),
      places: [SourcePlace(file: total.file, line: total.line)])
  }

  private func subject(_ total: TotalRow, _ column: DatasetColumn) -> Bilingual {
    let heading = column.headers.first ?? column.name
    return Bilingual(
      "annex \(total.annex), total row: \(column.name)",
      "附件\(total.annex)\(total.label)行：\(heading)")
  }

  private func sum(_ column: String, _ total: TotalRow, _ dataset: Dataset)
    throws(ExactOverflow) -> Exact?
  {
    var sum: Exact?
    for (rows, row) in rows(of: dataset, annex: total.annex, channel: total.channel) {
      guard let value = rows.columnValue(column, row) else { continue }
      sum = try (sum ?? .zero).adding(value)
    }
    return sum
  }

  /// R07 of one rate.
  mutating func compareTotals(of rate: PrintedRateColumn) throws(ExactOverflow) {
    for total in printed.totalRows
    where total.quarterIndex == quarter.index && total.dataset == rate.dataset.name {
      for cell in total.cells where cell.isPercent && cell.column == rate.column.name {
        try compareRate(total, cell, rate.column)
      }
    }
  }

  /// R07: against the base that the rows of the table are over.
  private mutating func compareRate(
    _ total: TotalRow, _ cell: PrintedCell, _ column: DatasetColumn
  ) throws(ExactOverflow) {
    guard let rate = printedRates.first(where: { $0.column == column }),
      let channel = channels.first(where: { $0.member.name == total.channel }),
      let digits = cell.digits
    else { return }
    let fixed = [(channel.dimension, total.channel), ("annex", String(total.annex))]
    guard var value = try figure(rate.metric.name, where: fixed),
      try !isPrinted(value, digits: Int128(digits), places: cell.places)
    else { return }
    if let other = try otherBase(rate, annex: total.annex, total.channel),
      let part = parts(of: rate.metric)?.part,
      let top = try figure(part, where: fixed), let base = try figure(other.name, where: fixed),
      let ratio = try top.divided(by: base)
    {
      if try isPrinted(ratio, digits: Int128(digits), places: cell.places) { return }
      value = ratio
    }
    report(
      "R07", subject(total, column), stated: cell.text,
      computed: try value.multiplied(by: Exact(100)).text(places: 2) + "%",
      places: [SourcePlace(file: total.file, line: total.line)],
      concerns: [rate.metric.name, "channel=\(total.channel)"])
  }

  /// Whether a percent prints as these digits: rounded half up, or cut.
  func isPrinted(_ value: Exact, digits: Int128, places: Int) throws(ExactOverflow) -> Bool {
    let percent = try value.multiplied(by: Exact(100))
    if try percent.roundedDigits(places: places) == digits { return true }
    guard let scale = Exact(digits: 1, scale: places) else { return false }
    let cut = try percent.divided(by: scale)?.floor.whole
    return cut.map { Int128($0) == digits } ?? false
  }

  /// R09: one figure on every row that is larger than what some rows had to handle at all.
  mutating func lookAtConstants() throws(ExactOverflow) {
    for constant in printed.constants where constant.quarterIndex == quarter.index {
      guard let value = constant.value, constant.rowCount > 1,
        let base = catalog.metrics.first(where: { $0.kind == .count && !$0.sources.isEmpty }),
        let channel = channels.first(where: { $0.member.name == constant.channel }),
        let rows = try ask([base.name], by: ["row"], where: [(channel.dimension, constant.channel)])
      else { continue }
      let fewer = rows.filter { ($0.values[0] ?? .zero) < Exact(value) }.count
      guard fewer > 0 else { continue }
      let (naive, isTooLarge) = value.multipliedReportingOverflow(by: Int64(constant.rowCount))
      let label = metrics(over: constant.column).first.flatMap {
        catalog.metric(named: $0)?.label.chinese
      }
      report(
        "R09",
        Bilingual(
          "\(constant.column): the same figure on \(constant.rowCount) rows, "
            + "\(fewer) have fewer \(base.name)",
          "\(label ?? constant.column)：\(constant.rowCount) 行同为一数，"
            + "\(fewer) 行的\(base.label.chinese)比它少"),
        stated: String(value), computed: isTooLarge ? "" : "≠ \(naive)",
        cause: Bilingual("a figure of the county, not of each unit", "应为全县数，不是各单位的数"),
        concerns: metrics(over: constant.column) + ["channel=\(constant.channel)"])
    }
  }

  /// The metrics that a column is counted as.
  private func metrics(over column: String) -> [String] {
    catalog.metrics.filter { metric in
      metric.sources.contains { source in
        guard case .apply(_, let expression) = source.aggregate else { return false }
        return expression.measureNames == [column]
      }
    }.map(\.name)
  }

  /// The rows of a data set in the quarter, of one annex and channel.
  func rows(of dataset: Dataset, annex: Int? = nil, channel: String? = nil) -> [(
    PartitionRows, Int
  )] {
    var result: [(PartitionRows, Int)] = []
    for partition in store.partitions where partition.dataset == dataset.name {
      let rows = PartitionRows(partition, dataset, catalog)
      for row in 0..<partition.rowCount where rows.quarter(row) == quarter.index {
        if let annex, rows.member("annex", row) != String(annex) { continue }
        if let channel, let dimension = channels.first?.dimension,
          rows.member(dimension, row) != channel
        {
          continue
        }
        result.append((rows, row))
      }
    }
    return result
  }
}
