// ScoresAgainstRules.swift: printed scores against the scheme of the period (R20, R21, R29), and
// remarks against columns (R30).

import Catalog
import Columns
import Planning
import Syntax

extension Reconciler {
  mutating func compareScoresWithRules() throws(ExactOverflow) {
    for scheme in catalog.schemes where isValid(scheme) {
      try compareCells(scheme)
      try lookAtStatedItems(scheme)
      try lookAtLowest(scheme)
    }
  }

  func isValid(_ scheme: Scheme) -> Bool {
    scheme.validFrom <= quarter && (scheme.validTo.map { quarter <= $0 } ?? true)
  }

  /// R29: each printed item and total against the rule, row by row.
  private mutating func compareCells(_ scheme: Scheme) throws(ExactOverflow) {
    var (agreeing, compared) = (0, 0)
    for stated in catalog.metrics {
      let (agreed, all) = try compareCells(stated)
      agreeing += agreed
      compared += all
    }
    guard compared > 0 else { return }
    agreements.append(
      Bilingual(
        "\(agreeing) of \(compared) printed score cells agree",
        "\(compared) 个公布的得分中 \(agreeing) 个相符"))
  }

  /// One item or the total, row by row.
  mutating func compareCells(_ stated: Metric) throws(ExactOverflow) -> (agreeing: Int, all: Int) {
    guard let metric = recomputed(stated), metric.schemeRole != nil,
      let rows = try ask([stated.name, metric.name], by: ["row", "unit"])
    else { return (0, 0) }
    var (agreeing, compared) = (0, 0)
    for figures in rows {
      guard let print = figures.values[0], let value = figures.values[1] else { continue }
      compared += 1
      guard print != value else {
        agreeing += 1
        continue
      }
      let unit = figures.members[1]
      let difference = try value.subtracting(print)
      // One hundredth is what rounding in another order comes to.
      let isRounding =
        try difference.isNegative
        ? difference.negated() == .hundredth : difference == .hundredth
      report(
        "R29", Bilingual("\(unit): \(metric.name)", "\(unit)：\(metric.label.chinese)"),
        stated: try print.text(places: 2), computed: try value.text(places: 2),
        difference: try signed(difference),
        cause: isRounding ? Bilingual("rounding", "四舍五入") : nil,
        severity: isRounding ? .info : nil, concerns: [metric.name, "unit=\(unit)"])
    }
    return (agreeing, compared)
  }

  /// R20: items that are equal on all rows and have no figures behind them.
  mutating func lookAtStatedItems(_ scheme: Scheme) throws(ExactOverflow) {
    var items: [SchemeItem] = []
    var points = Exact.zero
    for item in scheme.items {
      guard case .stated(let name) = item.rule, let rows = try ask([name], by: ["row"]) else {
        continue
      }
      let values = Set(rows.compactMap { $0.values[0] })
      guard values.count == 1, rows.count > 1 else { continue }
      items.append(item)
      points = try points.adding(item.weight)
    }
    guard !items.isEmpty else { return }
    var full = Exact.zero
    for item in scheme.items { full = try full.adding(item.weight) }
    let names = Bilingual(
      items.map(\.label.english).joined(separator: ", "),
      items.map(\.label.chinese).joined(separator: "、"))
    report(
      "R20",
      Bilingual(
        "\(names.english): the same on all rows, without source figures",
        "\(names.chinese)：各行相同，无来源数字"),
      stated: try points.text(places: 0) + "/" + full.text(places: 0),
      concerns: items.flatMap { ["\(scheme.score).\($0.name)", "\(scheme.lost).\($0.name)"] })
  }

  /// R21: the lowest score rests on a small base.
  private mutating func lookAtLowest(_ scheme: Scheme) throws(ExactOverflow) {
    guard let base = catalog.metrics.first(where: { $0.kind == .count && !$0.sources.isEmpty }),
      let rows = try ask([scheme.score, base.name], by: ["unit"])
    else { return }
    let ranked = rows.compactMap { figures -> (String, Exact, Exact)? in
      guard let score = figures.values[0], let count = figures.values[1] else { return nil }
      return (figures.members[0], score, count)
    }.sorted { $0.1 < $1.1 }
    guard let lowest = ranked.first, lowest.2 < Exact(20) else { return }
    let next = ranked.dropFirst().first
    report(
      "R21",
      Bilingual(
        "\(lowest.0): lowest score on a base of \(try lowest.2.text(places: 0))",
        "\(lowest.0)：得分最低，基数仅 \(try lowest.2.text(places: 0))"),
      stated: try lowest.1.text(places: 2),
      computed: try next.map { entry throws(ExactOverflow) in
        "\(entry.0) \(try entry.1.text(places: 2)) (\(try entry.2.text(places: 0)))"
      } ?? "")
  }

  // MARK: - Remarks

  /// R30: the months of a remark add up to the column of its row.
  mutating func compareRemarksWithColumns() throws(ExactOverflow) {
    for metric in catalog.metrics where metric.sources.count > 1 {
      guard
        let byMonth = metric.sources.first(where: { source in
          guard let dataset = catalog.dataset(named: source.dataset) else { return false }
          return dataset.isFromBulletin && dataset.time?.unit == .month
        }), let dimension = channels.first?.dimension
      else { continue }
      let channel = channels.first { $0.isDefault }?.member.name ?? ""
      let events = try sums(byMonth, channel)
      guard !events.isEmpty,
        let rows = try ask([metric.name], by: ["row", "unit"], where: [(dimension, channel)])
      else { continue }
      var agreeing = 0
      for figures in rows {
        let column = figures.values[0] ?? .zero
        let remark = events[figures.members[0]] ?? .zero
        guard column != remark else {
          agreeing += 1
          continue
        }
        report(
          "R30",
          Bilingual(
            "\(figures.members[1]): \(metric.name), remark and column",
            "\(figures.members[1])：\(metric.label.chinese)，备注与列"),
          stated: try remark.text(places: 0), computed: try column.text(places: 0),
          difference: try signed(column.subtracting(remark)))
      }
      agreements.append(
        Bilingual(
          "\(agreeing) of \(rows.count) remarks agree with \(metric.name)",
          "\(rows.count) 行备注中 \(agreeing) 行相符（\(metric.label.chinese)）"))
    }
  }

  /// The events of a metric by printed row.
  private func sums(_ source: MetricSource, _ channel: String) throws(ExactOverflow) -> [String:
    Exact]
  {
    guard let dataset = catalog.dataset(named: source.dataset),
      case .apply(_, let expression) = source.aggregate
    else { return [:] }
    var sums: [String: Exact] = [:]
    for (rows, row) in rows(of: dataset, channel: channel) {
      if let condition = source.condition, try !rows.holds(condition, row) { continue }
      guard let value = try rows.value(expression, row) else { continue }
      let name = rows.member("row", row)
      sums[name] = try (sums[name] ?? .zero).adding(value)
    }
    return sums
  }
}

extension Exact {
  fileprivate static let hundredth = Exact(1, over: 100) ?? .zero
}
