// Coverage.swift: the data sets that could answer a measure arrive; which of them answers for which
// period and member leaves, and what none of them knows.

import Catalog
import Syntax

/// Members of `covers` dimensions that no data set answers a measure for, and in which periods.
package struct LeftOutMembers: Sendable, Hashable {
  package var members: [String: String]
  package var quarters: Set<Quarter>
  /// Not all periods of the question.
  var isPartOfScope: Bool

  /// The rows of these members.
  var condition: Condition {
    let fixed = members.sorted { $0.key < $1.key }.map { Condition.isMember($0.key, [$0.value]) }
    guard isPartOfScope else { return .all(fixed) }
    let periods = quarters.sorted().map {
      Condition.months($0.firstMonth.index...$0.lastMonth.index)
    }
    return .all(fixed + [.any(periods)])
  }
}

/// A period and the members of the `covers` dimensions in it.
private struct Combination: Hashable {
  /// nil: every period.
  var quarter: Quarter?
  var members: [String: String]

  init(_ combination: CoveredCombination, of dataset: Dataset) {
    quarter = dataset.time == nil ? nil : combination.quarter
    members = combination.members
  }

  /// Whether one row could be in both.
  func overlaps(_ other: Combination) -> Bool {
    if let quarter, let theirs = other.quarter, quarter != theirs { return false }
    return members.allSatisfy { other.members[$0.key] == nil || other.members[$0.key] == $0.value }
  }
}

extension Planner {
  /// Gives every period and member in scope to the first data set that knows it.
  ///
  /// - Throws: the refusal where nothing is left, or where the question names what nobody knows.
  mutating func assign(
    _ use: MeasureUse, _ condition: Condition?, _ candidates: [Candidate]
  ) throws(PlanningFault) {
    let asked = Set(query.months.map { Month(index: $0).quarter })
    let quarters = asked.union(earlierQuarters)
    var parts: [MeasurePart] = []
    var answered: Set<Combination> = []
    for candidate in candidates {
      let before = answered
      for covered in holdings.combinations[candidate.dataset.name] ?? [] {
        let combination = Combination(covered, of: candidate.dataset)
        guard combination.quarter.map(quarters.contains) ?? true,
          condition?.mayHold(for: covered.members) ?? true,
          isFilled(candidate.dataset, candidate.sourceIndex, use.measure, covered),
          !before.contains(where: combination.overlaps)
        else { continue }
        if answered.insert(combination).inserted { add(covered, candidate, to: &parts) }
      }
    }
    let inScope = answered.filter { $0.quarter.map(asked.contains) ?? true }
    if !use.measure.isOptional {
      if inScope.isEmpty { throw fault(use, condition, in: asked) }
      try requireNamed(use, condition, inScope, asked)
    }
    measures[use] = PlannedMeasure(
      use: use, parts: parts, leftOut: leftOut(of: use, condition, inScope, asked),
      condition: condition)
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

  // MARK: - What nobody knows

  /// What the question names and no data set knows is a refusal (language.md 5.3).
  private func requireNamed(
    _ use: MeasureUse, _ condition: Condition?, _ answered: Set<Combination>,
    _ asked: Set<Quarter>
  ) throws(PlanningFault) {
    if query.isPeriodWritten {
      let missing = asked.filter { quarter in
        holdings.quarters.contains(quarter)
          && !answered.contains { $0.quarter == nil || $0.quarter == quarter }
      }
      if !missing.isEmpty { throw fault(use, condition, in: missing) }
    }
    var named: [String: Set<String>] = [:]
    query.condition?.collectNamed(into: &named)
    use.measure.filter?.collectNamed(into: &named)
    for (dimension, members) in named.sorted(by: { $0.key < $1.key }) {
      let known = Set(answered.compactMap { $0.members[dimension] })
      guard !known.isEmpty, let metric = catalog.metric(named: use.measure.metric) else {
        continue
      }
      // Rows of a data set that does not list the dimension may hold any member.
      if answered.contains(where: { $0.members[dimension] == nil }) { continue }
      let asked = members.filter { condition?.mayHold(for: [dimension: $0]) ?? true }
      if let unknown = asked.subtracting(known).sorted().first {
        throw .refused(notRecorded(metric, for: unknown, of: dimension))
      }
    }
  }

  /// Members in scope that any source of the metric lists and none answers for.
  private func leftOut(
    of use: MeasureUse, _ condition: Condition?, _ answered: Set<Combination>,
    _ asked: Set<Quarter>
  ) -> [LeftOutMembers] {
    guard !use.measure.isOptional, let metric = catalog.metric(named: use.measure.metric) else {
      return []
    }
    var quartersOf: [[String: String]: Set<Quarter>] = [:]
    for source in metric.sources {
      guard let dataset = catalog.dataset(named: source.dataset) else { continue }
      for covered in holdings.combinations[dataset.name] ?? [] {
        let combination = Combination(covered, of: dataset)
        guard let quarter = combination.quarter, asked.contains(quarter),
          !combination.members.isEmpty, condition?.mayHold(for: combination.members) ?? true,
          !answered.contains(where: combination.overlaps)
        else { continue }
        quartersOf[combination.members, default: []].insert(quarter)
      }
    }
    return quartersOf.map { members, quarters in
      let isKnownElsewhere = answered.contains { $0.members == members }
      return LeftOutMembers(
        members: members, quarters: quarters, isPartOfScope: isKnownElsewhere)
    }.sorted { $0.members.values.sorted().lexicographicallyPrecedes($1.members.values.sorted()) }
  }

  /// What the measures of a formula leave out, each once.
  func leftOut(of uses: [MeasureUse]) -> [LeftOutMembers] {
    guard Set(uses).count > 1 else { return [] }
    var result: [LeftOutMembers] = []
    for item in uses.flatMap({ measures[$0]?.leftOut ?? [] }) where !result.contains(item) {
      result.append(item)
    }
    return result
  }

  /// I04: what the shown figures do not count.
  mutating func nameLeftOut() {
    var told: Set<String> = []
    for use in query.columns.flatMap({ $0.formula.measureUses(extra: []) }) {
      guard let left = measures[use]?.leftOut, !left.isEmpty,
        let metric = catalog.metric(named: use.measure.metric), told.insert(metric.name).inserted
      else { continue }
      let members = left.flatMap { $0.members.sorted { $0.key < $1.key } }
        .map { label($0.value, of: $0.key) }
      let english = members.map(\.english).joined(separator: ", ")
      let chinese = members.map(\.chinese).joined(separator: "、")
      notes.append(
        Note(
          "I04",
          Bilingual(
            "\(metric.name) is not recorded for \(english): left out",
            "“\(metric.label.chinese)”没有\(chinese)的数据，未计入")))
    }
  }

  /// Whether the columns that the aggregate needs have a value in the combination.
  func isFilled(
    _ dataset: Dataset, _ sourceIndex: Int, _ measure: Measure,
    _ combination: CoveredCombination
  ) -> Bool {
    guard let metric = catalog.metric(named: measure.metric) else { return false }
    switch metric.sources[sourceIndex].aggregate {
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
