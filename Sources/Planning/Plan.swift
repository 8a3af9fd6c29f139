// Plan.swift: a query with the data set that answers each of its measures.

import Catalog
import Syntax

/// A measure as it is used: with the dimensions that `per` and `along` add to the groups around it.
package struct MeasureUse: Sendable, Hashable {
  package var measure: Measure
  /// Sorted; beyond the groups of the question.
  package var extraDimensions: [String]

  package init(_ measure: Measure, extraDimensions: [String]) {
    self.measure = measure
    self.extraDimensions = extraDimensions
  }
}

/// The rows of one data set that answer a measure, for some of the periods and members in scope.
package struct MeasurePart: Sendable, Hashable {
  package var dataset: String
  /// Into `Metric.sources`.
  package var sourceIndex: Int
  /// Those of the question, and the earlier ones that it compares with.
  package var quarters: [Quarter]
  /// The members of each `covers` dimension that this part answers for; empty: all.
  package var members: [String: Set<String>]
}

package struct PlannedMeasure: Sendable, Hashable {
  package var use: MeasureUse
  package var parts: [MeasurePart]
  /// The condition with the defaults that this metric takes.
  package var condition: Condition?
}

package struct Plan: Sendable {
  package var query: Query
  package var measures: [MeasureUse: PlannedMeasure]
  package var notes: [Note]
}

/// Chooses the data sets of a query (language.md 5.3).
///
/// - Throws: T05, T06, U01, U02, U10 where no data set answers a measure.
/// - Complexity: O(measures × sources × covered combinations)
package func plan(
  _ query: Query, in vocabulary: Vocabulary, holding holdings: Holdings
) throws(PlanningFault) -> Plan {
  var planner = Planner(query: query, vocabulary: vocabulary, holdings: holdings)
  try planner.run()
  return Plan(query: query, measures: planner.measures, notes: planner.notes)
}

struct Planner {
  let query: Query
  let vocabulary: Vocabulary
  let holdings: Holdings
  var measures: [MeasureUse: PlannedMeasure] = [:]
  var notes: [Note] = []

  var catalog: Catalog { vocabulary.catalog }

  init(query: Query, vocabulary: Vocabulary, holdings: Holdings) {
    self.query = query
    self.vocabulary = vocabulary
    self.holdings = holdings
  }

  mutating func run() throws(PlanningFault) {
    try requireEarlierPeriods()
    for column in query.columns {
      try choose(for: column.formula.measureUses(extra: []))
    }
    var uses: [MeasureUse] = []
    if let having = query.having { uses += having.measureUses(extra: []) }
    for item in query.order {
      if case .formula(let formula) = item.key { uses += formula.measureUses(extra: []) }
    }
    if let on = query.top?.on { uses += on.measureUses(extra: []) }
    for assumption in query.assumptions { uses += assumption.value.measureUses(extra: []) }
    for use in uses { try choose(for: [use]) }
    for assumption in query.assumptions {
      // The part that an assumption replaces may need a dimension that only another data set has.
      let measure = Measure(
        metric: assumption.metric, filter: assumption.filter, isOptional: false)
      try choose(for: [MeasureUse(measure, extraDimensions: [])])
    }
  }

  /// All measures of one column use one data set where one fits all, else each its own.
  private mutating func choose(for uses: [MeasureUse]) throws(PlanningFault) {
    let open = uses.filter { measures[$0] == nil }
    guard !open.isEmpty else { return }
    var candidates: [(use: MeasureUse, condition: Condition?, sources: [Candidate])] = []
    for use in open {
      let condition = try condition(of: use)
      let found = candidatesFor(use, condition)
      candidates.append((use, condition, found))
    }
    let shared = sharedDatasets(candidates.filter { !$0.use.measure.isOptional }.map(\.sources))
    for (use, condition, sources) in candidates {
      let preferred = sources.filter { shared.contains($0.dataset.name) }
      let others = sources.filter { !shared.contains($0.dataset.name) }
      try assign(use, condition, preferred + others)
    }
  }

  private func sharedDatasets(_ lists: [[Candidate]]) -> Set<String> {
    guard var shared = lists.first.map({ Set($0.map(\.dataset.name)) }) else { return [] }
    for list in lists.dropFirst() { shared.formIntersection(list.map(\.dataset.name)) }
    return shared
  }

  // MARK: - Conditions

  /// The condition of the question with the defaults of the metric and its own filter.
  private func condition(of use: MeasureUse) throws(PlanningFault) -> Condition? {
    var parts: [Condition] = []
    if let condition = query.condition { parts.append(condition) }
    if let filter = use.measure.filter { parts.append(filter) }
    let metric = catalog.metric(named: use.measure.metric)
    let own = metric.map(catalog.dimensionNames(of:)) ?? []
    if let syntax = metric?.defaultCondition {
      var resolver = Resolver(vocabulary, holdings, QuestionScope())
      let condition = try resolver.condition(syntax)
      if condition.dimensions.isDisjoint(with: query.namedDimensions) { parts.append(condition) }
    } else {
      for item in query.defaults where own.contains(item.dimension) {
        parts.append(.isMember(item.dimension, [item.member]))
      }
    }
    let joined: Condition? = parts.count > 1 ? .all(parts) : parts.first
    // A county constant holds whatever the condition says of the dimensions it is constant over.
    return joined?.without(Set(metric?.constantOver ?? []))
  }

  // MARK: - Sources

  struct Candidate {
    var dataset: Dataset
    var sourceIndex: Int
  }

  /// The sources that have every dimension needed.
  private func candidatesFor(_ use: MeasureUse, _ condition: Condition?) -> [Candidate] {
    let metric = catalog.metric(named: use.measure.metric)
    let needed = neededDimensions(use, condition)
    var result: [Candidate] = []
    for (index, source) in (metric?.sources ?? []).enumerated() {
      guard let dataset = catalog.dataset(named: source.dataset) else { continue }
      if needed.isSubset(of: catalog.dimensionNames(dataset).union(timeless(dataset))) {
        result.append(Candidate(dataset: dataset, sourceIndex: index))
      }
    }
    return result
  }

  /// A data set without time holds in every period.
  private func timeless(_ dataset: Dataset) -> Set<String> {
    dataset.time == nil ? ["quarter", "year", "month"] : []
  }

  func neededDimensions(_ use: MeasureUse, _ condition: Condition?) -> Set<String> {
    let metric = catalog.metric(named: use.measure.metric)
    var needed = Set(query.groups + use.extraDimensions).union(condition?.dimensions ?? [])
    needed.remove("item")
    // A county constant is the same for every member of these.
    needed.subtract(metric?.constantOver ?? [])
    if !wholeQuarters { needed.insert("month") }
    return needed
  }

  private var wholeQuarters: Bool {
    Dictionary(grouping: query.months) { Month(index: $0).quarter }.allSatisfy { $1.count == 3 }
  }

  private mutating func assign(
    _ use: MeasureUse, _ condition: Condition?, _ candidates: [Candidate]
  ) throws(PlanningFault) {
    let asked = Set(query.months.map { Month(index: $0).quarter })
    let quarters = asked.union(earlierQuarters)
    var parts: [MeasurePart] = []
    var answered: Set<CombinationKey> = []
    for candidate in candidates {
      for combination in holdings.combinations[candidate.dataset.name] ?? [] {
        guard candidate.dataset.time == nil || quarters.contains(combination.quarter),
          condition?.mayHold(for: combination.members) ?? true,
          isFilled(candidate, use.measure, combination)
        else { continue }
        let key = CombinationKey(
          quarter: candidate.dataset.time == nil ? nil : combination.quarter,
          members: combination.members)
        guard answered.insert(key).inserted else { continue }
        add(combination, candidate, to: &parts)
      }
    }
    let isAnswered = parts.contains { part in
      catalog.dataset(named: part.dataset)?.time == nil || !asked.isDisjoint(with: part.quarters)
    }
    if !isAnswered, !use.measure.isOptional { throw fault(use, condition) }
    measures[use] = PlannedMeasure(use: use, parts: parts, condition: condition)
  }

  private struct CombinationKey: Hashable {
    var quarter: Quarter?
    var members: [String: String]
  }

  private func add(
    _ combination: CoveredCombination, _ candidate: Candidate, to parts: inout [MeasurePart]
  ) {
    let members = combination.members.mapValues { Set([$0]) }
    if let index = parts.firstIndex(where: {
      $0.dataset == candidate.dataset.name && $0.sourceIndex == candidate.sourceIndex
        && $0.members == members
    }) {
      parts[index].quarters.append(combination.quarter)
      return
    }
    parts.append(
      MeasurePart(
        dataset: candidate.dataset.name, sourceIndex: candidate.sourceIndex,
        quarters: [combination.quarter], members: members))
  }

  /// Whether the columns that the aggregate needs have a value in the combination.
  private func isFilled(
    _ candidate: Candidate, _ measure: Measure, _ combination: CoveredCombination
  ) -> Bool {
    guard let metric = catalog.metric(named: measure.metric) else { return false }
    switch metric.sources[candidate.sourceIndex].aggregate {
    case .rows: return true
    case .apply(_, let expression): return expression.isFilled(combination.filledColumns)
    }
  }
}

extension ExpressionSyntax {
  /// Whether the value can exist where only these columns have values.
  func isFilled(_ columns: Set<String>) -> Bool {
    switch kind {
    case .number, .parameter: true
    case .measure(let name, _): columns.contains(name.text) || name.text == "period_days"
    case .negated(let inner): inner.isFilled(columns)
    case .sum(let terms): terms.allSatisfy { $0.term.isFilled(columns) }
    case .product(let factors): factors.allSatisfy { $0.factor.isFilled(columns) }
    case .call(.scalar(.coalesce, let arguments)): arguments.contains { $0.isFilled(columns) }
    case .call(.scalar(_, let arguments)): arguments.allSatisfy { $0.isFilled(columns) }
    case .call: true
    }
  }
}

extension Condition {
  /// false only where no row with these members can fulfil the condition.
  package func mayHold(for members: [String: String]) -> Bool { truth(members) != false }

  /// nil: it depends on something else.
  private func truth(_ members: [String: String]) -> Bool? {
    switch self {
    case .all(let parts):
      let truths = parts.map { $0.truth(members) }
      return truths.contains(false) ? false : (truths.contains(nil) ? nil : true)
    case .any(let parts):
      let truths = parts.map { $0.truth(members) }
      return truths.contains(true) ? true : (truths.contains(nil) ? nil : false)
    case .not(let inner): return inner.truth(members).map { !$0 }
    case .isMember(let dimension, let names): return members[dimension].map { names.contains($0) }
    case .isBlank(let dimension): return members[dimension].map(\.isEmpty)
    case .text, .part, .months: return nil
    }
  }
}

extension Condition {
  /// The condition with the tests of these dimensions taken as true.
  package func without(_ dimensions: Set<String>) -> Condition? {
    guard !dimensions.isEmpty else { return self }
    switch self {
    case .all(let parts): return .all(parts.compactMap { $0.without(dimensions) })
    case .any(let parts):
      let kept = parts.compactMap { $0.without(dimensions) }
      return kept.count == parts.count ? .any(kept) : nil
    case .not(let inner): return inner.without(dimensions).map { .not($0) }
    default: return self.dimensions.isDisjoint(with: dimensions) ? self : nil
    }
  }
}

extension Formula {
  /// Every measure inside, with the dimensions that `per` adds around it.
  package func measureUses(extra: [String]) -> [MeasureUse] {
    switch self {
    case .number: return []
    case .measure(let measure): return [MeasureUse(measure, extraDimensions: extra)]
    case .sum(let terms): return terms.flatMap { $0.formula.measureUses(extra: extra) }
    case .product(let factors): return factors.flatMap { $0.formula.measureUses(extra: extra) }
    case .negated(let inner), .rounded(let inner, _): return inner.measureUses(extra: extra)
    case .window(_, let inner, let scope):
      return inner.measureUses(extra: merged(extra, scope.dimensions))
    case .scalar(_, let arguments): return arguments.flatMap { $0.measureUses(extra: extra) }
    case .reduced(_, let inner, let per, let weight):
      let wider = merged(extra, per)
      return inner.measureUses(extra: wider) + (weight?.measureUses(extra: wider) ?? [])
    case .count(let dimension, let having):
      // The rows of the first measure of the condition, else those that the question counts.
      return having?.measureUses(extra: merged(extra, [dimension])) ?? []
    case .otherwise(let first, let second):
      return first.measureUses(extra: extra) + second.measureUses(extra: extra)
    case .byItem(let items, let total):
      return items.flatMap { $0.formula.measureUses(extra: extra) }
        + total.measureUses(extra: extra)
    }
  }
}

extension HavingCondition {
  package func measureUses(extra: [String]) -> [MeasureUse] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap { $0.measureUses(extra: extra) }
    case .not(let inner): inner.measureUses(extra: extra)
    case .compare(let left, _, let right):
      left.measureUses(extra: extra) + right.measureUses(extra: extra)
    case .between(let value, let lower, let upper):
      [value, lower, upper].flatMap { $0.measureUses(extra: extra) }
    case .isNull(let value): value.measureUses(extra: extra)
    }
  }
}

extension WindowScope {
  package var dimensions: [String] {
    switch self {
    case .all: []
    case .of(let names), .per(let names): names
    case .along(let name): [name]
    }
  }
}

/// The union, sorted, so that equal sets are equal keys.
package func merged(_ left: [String], _ right: [String]) -> [String] {
  Set(left).union(right).sorted()
}
