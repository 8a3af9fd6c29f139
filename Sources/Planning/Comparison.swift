// Comparison.swift: the earlier period that a question is compared with, and whether it is loaded.

import Catalog
import Syntax

extension Query {
  /// How many months lie between a period and the one it is compared with; nil for `vs all`.
  ///
  /// - Parameter times: the calendar units that the groups are made of.
  package func monthShift(_ baseline: QueryVersus.Baseline, times: Set<TimeUnit>) -> Int? {
    guard let first = months.first, let last = months.last else { return nil }
    switch baseline {
    case .previous:
      if times.contains(.month) { return 1 }
      if times.contains(.quarter) { return 3 }
      if times.contains(.year) { return 12 }
      return last - first + 1
    case .yearAgo: return 12
    case .months(let range): return first - range.lowerBound
    case .all: return nil
    }
  }

  /// Every formula of the question whose value is shown, ordered by or tested.
  var formulas: [Formula] {
    var all = columns.map(\.formula)
    if let having { all += having.formulas }
    for item in order {
      if case .formula(let formula) = item.key { all.append(formula) }
    }
    if let on = top?.on { all.append(on) }
    return all
  }
}

extension Query {
  /// The periods that the question looks back at beside its own.
  private var baselines: [QueryVersus.Baseline] {
    var baselines: [QueryVersus.Baseline] = []
    if let versus { baselines.append(versus.baseline) }
    if formulas.contains(where: \.looksBack) { baselines.append(.previous) }
    return baselines
  }

  /// The months of each earlier period that the question is compared with (`Month.index`).
  package func earlierMonths(in catalog: Catalog) -> [[Int]] {
    let times = Set(groups.compactMap { catalog.dimension(named: $0)?.timeUnit })
    return baselines.compactMap { baseline in
      monthShift(baseline, times: times).map { shift in months.map { $0 - shift } }
    }
  }
}

extension Planner {
  var earlierQuarters: Set<Quarter> {
    Set(query.earlierMonths(in: catalog).joined().map { Month(index: $0).quarter })
  }

  /// Refuses a comparison with quarters that are not loaded: a figure that is not there is not 0.
  ///
  /// Where the groups hold time, the first of them may look back at nothing; where every group
  /// would, there is nothing to show either.
  func requireEarlierPeriods() throws(PlanningFault) {
    let holdsTime = query.groups.contains { catalog.dimension(named: $0)?.timeUnit != nil }
    for months in query.earlierMonths(in: catalog) {
      let earlier = Set(months.map { Month(index: $0).quarter }).sorted()
      let missing = earlier.filter { !holdings.quarters.contains($0) }
      if missing.isEmpty || (holdsTime && missing.count < earlier.count) { continue }
      throw .refused(.nothingLoaded(Bilingual(listing: missing.map(\.text)), holdings))
    }
  }
}

extension Formula {
  /// Whether the value of an earlier period is part of this one.
  var looksBack: Bool {
    switch self {
    case .number, .measure: false
    case .sum(let terms): terms.contains { $0.formula.looksBack }
    case .product(let factors): factors.contains { $0.formula.looksBack }
    case .negated(let inner), .rounded(let inner, _): inner.looksBack
    case .scalar(_, let arguments): arguments.contains(where: \.looksBack)
    case .window(let function, let inner, _):
      [.previous, .delta, .growth].contains(function) || inner.looksBack
    case .reduced(_, let inner, _, let weight): inner.looksBack || weight?.looksBack ?? false
    case .count(_, let having): having?.formulas.contains(where: \.looksBack) ?? false
    case .otherwise(let first, let second): first.looksBack || second.looksBack
    case .byItem(let items, let total):
      items.contains { $0.formula.looksBack } || total.looksBack
    }
  }
}

extension HavingCondition {
  package var formulas: [Formula] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.formulas)
    case .not(let inner): inner.formulas
    case .compare(let left, _, let right): [left, right]
    case .between(let value, let lower, let upper): [value, lower, upper]
    case .isNull(let value): [value]
    }
  }
}
