// WeightsAgainstSchemes.swift: full marks printed in headings against the scheme of the period, and
// scores that no scheme judges (R36).

import Catalog
import Columns
import Planning
import Syntax

extension Reconciler {
  mutating func compareWeightsWithSchemes() throws(ExactOverflow) {
    let judging = catalog.schemes.filter(isValid)
    guard let scheme = judging.first else { return try nameUnjudgedScores() }
    var told: Set<String> = []
    for weight in printed.weights where weight.quarterIndex == quarter.index {
      guard let item = item(of: scheme, in: weight.column),
        let stated = Exact(digits: weight.digits, scale: weight.places), stated != item.weight,
        told.insert(item.name).inserted
      else { continue }
      report(
        "R36",
        Bilingual(
          "full marks of \(item.label.english): the heading and scheme \(scheme.name)",
          "\(item.label.chinese)满分：表头与方案\(scheme.name)"),
        stated: try stated.text(places: stated.whole == nil ? 1 : 0),
        computed: try item.weight.text(places: item.weight.whole == nil ? 1 : 0))
    }
  }

  /// The item whose printed score stands in a column.
  private func item(of scheme: Scheme, in column: String) -> SchemeItem? {
    let stated = catalog.metrics.first { printedColumn(of: $0)?.column.name == column }
    guard case .item(let name)? = stated.flatMap(recomputed)?.schemeRole else { return nil }
    return scheme.items.first { $0.name == name }
  }

  /// Printed scores without a scheme are taken as they stand.
  private mutating func nameUnjudgedScores() throws(ExactOverflow) {
    for metric in catalog.metrics where metric.schemeRole == .total && !metric.sources.isEmpty {
      guard let rows = try ask([metric.name], by: ["unit"]),
        rows.contains(where: { $0.values[0] != nil })
      else { continue }
      report(
        "R36",
        Bilingual(
          "\(metric.name): no scheme judges \(quarter.text), taken as printed",
          "\(metric.label.chinese)：没有方案评\(quarter.text)，按公布数"),
        stated: "\(rows.count { $0.values[0] != nil })")
    }
  }
}
