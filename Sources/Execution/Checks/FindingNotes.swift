// FindingNotes.swift: a plan and the units of its answer arrive; the findings that concern the very
// figures shown leave (domain.md 6).
//
// Only what the question shows is held against the print, so that a question costs no whole check.

import Catalog
import Columns
import Planning
import Syntax

/// Findings about the figures of an answer: printed rates and scores that are wrong, items that say
/// nothing, constants of the county.
///
/// - Parameter shownUnits: those that the answer has rows of, asked for only where a finding can
///   concern them; nil where it is not by unit.
/// - Throws: `ExactOverflow` for a sum that 128 bits do not hold.
/// - Complexity: O(printed rows) for a rate or score the first time, O(1) for anything else.
package func findings(
  about plan: Plan, showing shownUnits: () -> Set<String>?, from store: Store,
  printed: PrintedFigures, in vocabulary: Vocabulary, holding holdings: Holdings,
  using index: StoreIndex
) throws(ExactOverflow) -> [Finding] {
  let metrics = plan.query.columns.compactMap(\.metric)
    .compactMap { vocabulary.catalog.metric(named: $0) }
  let checked = metrics.filter { metric in
    metric.kind == .ratio || metric.schemeRole != nil || !metric.constantOver.isEmpty
  }
  guard !checked.isEmpty, plan.query.assumptions.isEmpty, holdings.issuers.count == 1 else {
    return []
  }
  let units = shownUnits()
  var found: [Finding] = []
  for quarter in Set(plan.query.months.map { Month(index: $0).quarter }).sorted() {
    for metric in checked {
      if let known = index.findings(of: metric.name, in: quarter) {
        found += known
        continue
      }
      var reconciler = Reconciler(store, printed, vocabulary, holdings, index)
      reconciler.quarter = quarter
      try reconciler.check(metric)
      index.keep(reconciler.findings, of: metric.name, in: quarter)
      found += reconciler.findings
    }
  }
  // Two metrics may meet one finding.
  var told: Set<Finding> = []
  return found.filter {
    concerns($0, plan.query, metrics.map(\.name), units) && told.insert($0).inserted
  }
}

/// Whether a finding is about a metric, a channel and a unit that the answer shows.
private func concerns(
  _ finding: Finding, _ query: Query, _ metrics: [String], _ units: Set<String>?
) -> Bool {
  guard !finding.concerns.allSatisfy({ !metrics.contains($0) }) else { return false }
  var shown = units
  if shown == nil, let fixed = query.condition?.fixedMember(among: ["unit"]) {
    shown = [fixed.member]
  }
  // A finding about the whole says nothing of one unit, one about a unit nothing of the whole.
  let isAboutWhole = finding.code == "R07" || finding.code == "R37"
  if isAboutWhole, shown != nil { return false }
  for word in finding.concerns {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { continue }
    if parts[0] == "unit" {
      guard shown?.contains(parts[1]) == true else { return false }
    } else {
      let isDefault = query.defaults.contains { $0.dimension == parts[0] }
      if isDefault, !query.defaults.contains(where: { $0.member == parts[1] }) { return false }
      if query.condition?.mayHold(for: [parts[0]: parts[1]]) == false { return false }
    }
  }
  return true
}

extension Reconciler {
  /// The checks of one metric alone.
  fileprivate mutating func check(_ metric: Metric) throws(ExactOverflow) {
    if !metric.constantOver.isEmpty { try lookAtConstants() }
    if metric.schemeRole != nil {
      for stated in catalog.metrics where recomputed(stated)?.name == metric.name {
        _ = try compareCells(stated)
      }
      for scheme in catalog.schemes where isValid(scheme) && isStated(metric, in: scheme) {
        try lookAtStatedItems(scheme)
      }
    }
    guard metric.kind == .ratio else { return }
    try compareTextWithItself()
    for rate in printedRates where rate.metric.name == metric.name {
      for channel in channels { try compare(rate, channel.member) }
      try compareTotals(of: rate)
    }
  }

  private func isStated(_ metric: Metric, in scheme: Scheme) -> Bool {
    switch metric.schemeRole {
    case .item(let name), .lostItem(let name):
      scheme.items.contains { item in
        guard case .stated = item.rule else { return false }
        return item.name == name
      }
    default: false
    }
  }
}
