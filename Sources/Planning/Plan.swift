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

  /// Few uses of a question share a metric: what else they differ in is left to the comparison.
  package func hash(into hasher: inout Hasher) { hasher.combine(measure.metric) }
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
  /// Members in scope that no data set answers for.
  package var leftOut: [LeftOutMembers] = []
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
  return Plan(query: planner.query, measures: planner.measures, notes: query.notes + planner.notes)
}

struct Planner {
  var query: Query
  let vocabulary: Vocabulary
  let holdings: Holdings
  var measures: [MeasureUse: PlannedMeasure] = [:]
  var notes: [Note] = []
  /// Measures that count fewer rows in the formulas they stood in.
  private var replaced: Set<MeasureUse> = []

  var catalog: Catalog { vocabulary.catalog }

  init(query: Query, vocabulary: Vocabulary, holdings: Holdings) {
    self.query = query
    self.vocabulary = vocabulary
    self.holdings = holdings
  }

  mutating func run() throws(PlanningFault) {
    try requireEarlierPeriods()
    for (index, column) in query.columns.enumerated() {
      var formula = column.formula
      try choose(for: &formula)
      query.columns[index].formula = formula
    }
    if var having = query.having {
      try having.changeFormulas { formula throws(PlanningFault) in try choose(for: &formula) }
      query.having = having
    }
    for index in query.order.indices {
      guard case .formula(var formula) = query.order[index].key else { continue }
      try choose(for: &formula)
      query.order[index].key = .formula(formula)
    }
    if var on = query.top?.on {
      try choose(for: &on)
      query.top?.on = on
    }
    for assumption in query.assumptions {
      for use in assumption.value.measureUses(extra: []) { try choose(for: [use]) }
      // The part that an assumption replaces may need a dimension that only another data set has.
      let measure = Measure(
        metric: assumption.metric, filter: assumption.filter, isOptional: false)
      try choose(for: [MeasureUse(measure, extraDimensions: [])])
      // The whole that it is a part of is told beside it.
      let whole = Measure(metric: assumption.metric, filter: nil, isOptional: false)
      try choose(for: [MeasureUse(whole, extraDimensions: [])])
    }
    try requireOneIssuer()
    let used = Set(query.formulas.flatMap { $0.measureUses(extra: []) })
    for use in replaced where !used.contains(use) { measures[use] = nil }
    nameLeftOut()
  }

  /// All measures of one formula use one data set where one fits all, else each its own; and none
  /// counts rows that another of them does not know.
  private mutating func choose(for formula: inout Formula) throws(PlanningFault) {
    let uses = formula.measureUses(extra: [])
    try choose(for: uses)
    let left = leftOut(of: uses)
    guard !left.isEmpty else { return }
    formula.changeMeasures { measure in
      let dimensions = catalog.metric(named: measure.metric).map(catalog.dimensionNames(of:)) ?? []
      let own = measure.filter?.dimensions ?? []
      let known = left.filter {
        dimensions.isSuperset(of: $0.members.keys) && own.isDisjoint(with: $0.members.keys)
      }
      guard !known.isEmpty else { return }
      let rest = known.map { Condition.not($0.condition) }
      measure.scope = .all((measure.scope.map { [$0] } ?? []) + rest)
    }
    let scoped = formula.measureUses(extra: [])
    try choose(for: scoped)
    // What is left out stays known, though the scope no longer asks for it.
    for (use, before) in zip(scoped, uses) where use != before {
      let left = measures[before]?.leftOut ?? []
      measures[use]?.leftOut = left
    }
    replaced.formUnion(Set(uses).subtracting(scoped))
  }

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
    if let scope = use.measure.scope, !parts.contains(scope) { parts.append(scope) }
    let metric = catalog.metric(named: use.measure.metric)
    let own = metric.map(catalog.dimensionNames(of:)) ?? []
    if let syntax = metric?.defaultCondition {
      var resolver = Resolver(vocabulary, holdings, QuestionScope())
      let condition = try resolver.condition(syntax)
      if condition.dimensions.isDisjoint(with: query.namedDimensions) { parts.append(condition) }
    } else {
      for item in query.defaults where own.contains(item.dimension) {
        let own = Condition.isMember(item.dimension, [item.member])
        if !parts.contains(own) { parts.append(own) }
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
    let groupsHoldTime = (query.groups + use.extraDimensions).contains {
      catalog.dimension(named: $0)?.timeUnit != nil
    }
    guard groupsHoldTime else { return result }
    // What knows the time goes before what holds at all times.
    return result.filter { $0.dataset.time != nil } + result.filter { $0.dataset.time == nil }
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
}
