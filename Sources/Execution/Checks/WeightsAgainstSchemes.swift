// WeightsAgainstSchemes.swift: full marks printed in headings against the scheme of the period, and
// scores that no scheme judges (R36).

import Catalog
import Columns
import Planning
import Syntax

extension Reconciler {
  mutating func compareWeightsWithSchemes() throws(ExactOverflow) {
    guard let scheme = catalog.schemes.first(where: isValid) else {
      return try nameUnjudgedScores()
    }
    let marks = catalog.printedMarks(of: scheme, in: quarter, holdings)
    var sum = Exact.zero
    var own = Exact.zero
    for item in scheme.items {
      let values = marks[item.name] ?? []
      own = try own.adding(item.weight)
      sum = try sum.adding(values.count == 1 ? values[0] : item.weight)
      guard values.contains(where: { $0 != item.weight }) else { continue }
      report(
        "R36",
        Bilingual(
          "full marks of \(item.label.english): the heading and scheme \(scheme.name)",
          "\(item.label.chinese)满分：表头与方案\(scheme.name)"),
        stated: values.map(\.shortText).joined(separator: ", "), computed: item.weight.shortText,
        cause: values.count == 1
          ? Bilingual("the heading's count for this notice", "本期按表头计")
          : Bilingual("the headings disagree: the scheme's count", "表头不一，按方案计"))
    }
    // What the items add up to is held against the printed full marks, else against the scheme's.
    let full = marks[""]?.first ?? own
    guard sum != full, marks.contains(where: { !$0.key.isEmpty }) else { return }
    report(
      "R36",
      Bilingual(
        "the full marks of the items do not add up (scheme \(scheme.name))",
        "各项满分之和不符（方案\(scheme.name)）"),
      stated: full.shortText, computed: sum.shortText,
      difference: try signed(sum.subtracting(full)))
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
