// Evaluation.swift: a plan and its tables arrive; the exact value of any formula for any group
// leaves.

import Catalog
import Columns
import Planning
import Syntax

/// The value of a formula for a group.
enum Value: Hashable {
  case exact(Exact)
  /// Nothing recorded, or nothing to count.
  case null
  /// A division by zero.
  case undefined

  var exact: Exact? { if case .exact(let value) = self { value } else { nil } }
}

/// Evaluates formulas over frames; tables are made once and kept.
final class Evaluation {
  let plan: Plan
  let catalog: Catalog
  /// The loaded rows and the codes of their members.
  let memory: MemoryAggregator
  private let aggregator: any Aggregator
  let vocabulary: Vocabulary
  let holdings: Holdings
  /// `assume` is off while the actual figures are asked for.
  var isAssuming = true
  private var tables: [TableKey: MeasureTable] = [:]

  var rankings: [RankedField: Ranking] = [:]

  struct RankedField: Hashable {
    var formula: Formula
    var frame: Frame
    /// The dimensions within which is ranked, by their place in the frame.
    var places: [Int]
  }

  private struct TableKey: Hashable {
    var use: MeasureUse
    var frame: Frame

    func hash(into hasher: inout Hasher) {
      hasher.combine(use)
      hasher.combine(frame.dimensions)
    }
  }

  init(
    _ plan: Plan, _ memory: MemoryAggregator, _ vocabulary: Vocabulary, _ holdings: Holdings,
    by aggregator: (any Aggregator)? = nil
  ) {
    self.plan = plan
    self.memory = memory
    self.aggregator = aggregator ?? memory
    self.vocabulary = vocabulary
    self.holdings = holdings
    catalog = vocabulary.catalog
  }

  /// The same rows asked by another plan.
  func asking(_ other: Plan) -> Evaluation {
    Evaluation(other, memory, vocabulary, holdings, by: aggregator)
  }

  var query: Query { plan.query }
  var codes: DimensionCodes { memory.codes }

  /// The frame of the question itself.
  var mainFrame: Frame { Frame(dimensions: query.groups, months: query.months) }

  func table(_ use: MeasureUse, _ frame: Frame) throws(ExactOverflow) -> MeasureTable? {
    if let table = tables[TableKey(use: use, frame: frame)] { return table }
    guard let planned = plan.measures[use] else { return nil }
    // A county constant is grouped by what it can be grouped by; its value serves every member.
    let metric = catalog.metric(named: use.measure.metric)
    let constant = Set(metric?.constantOver ?? []).union(["item"])
    var reduced = frame
    reduced.dimensions.removeAll { constant.contains($0) }
    let key = TableKey(use: use, frame: reduced)
    if let table = tables[key] { return table }
    if let table = rolledUp(planned, reduced) {
      tables[key] = table
      return table
    }
    let table = try aggregator.table(planned, reduced)
    tables[key] = table
    return table
  }

  /// The table as sums over that of finer groups, which count the same rows; nil where none is
  /// known.
  ///
  /// - Complexity: O(finer groups)
  private func rolledUp(_ planned: PlannedMeasure, _ frame: Frame) -> MeasureTable? {
    guard frame.months == query.months, frame.dimensions != query.groups,
      frame.ignoredDimensions.isEmpty, planned.isAdditive(in: catalog),
      let finer = tables[TableKey(use: planned.use, frame: mainFrame)]
    else { return nil }
    let places = frame.dimensions.map { query.groups.firstIndex(of: $0) }
    guard !places.contains(nil) else { return nil }
    return finer.rolledUp(by: places.compactMap(\.self))
  }

  /// Makes the tables of all measures of one frame, which an engine reads rows for once.
  func prepare(_ formulas: [Formula], _ frame: Frame) throws(ExactOverflow) {
    var planned: [PlannedMeasure] = []
    for use in formulas.flatMap({ $0.measureUses(extra: frame.extraDimensions) }) {
      let metric = catalog.metric(named: use.measure.metric)
      let constant = Set(metric?.constantOver ?? []).union(["item"])
      guard use.extraDimensions == frame.extraDimensions, let measure = plan.measures[use],
        constant.isDisjoint(with: frame.dimensions),
        tables[TableKey(use: use, frame: frame)] == nil,
        !planned.contains(where: { $0.use == use })
      else { continue }
      planned.append(measure)
    }
    guard planned.count > 1 else { return }
    for (measure, table) in zip(planned, try aggregator.tables(planned, frame)) {
      tables[TableKey(use: measure.use, frame: frame)] = table
    }
  }

  /// Every group with base rows of the formulas, in catalogue order.
  func keys(of formulas: [Formula], _ frame: Frame) throws(ExactOverflow) -> [GroupKey] {
    try groups(of: formulas, frame).keys
  }

  func groups(of formulas: [Formula], _ frame: Frame) throws(ExactOverflow) -> GroupList {
    var groups = GroupList(empty: frame.dimensions.count)
    try prepare(formulas, frame)
    for use in formulas.flatMap({ $0.measureUses(extra: frame.extraDimensions) }) {
      let own = MeasureUse(use.measure, extraDimensions: frame.extraDimensions)
      let found = plan.measures[own] == nil ? use : own
      let metric = catalog.metric(named: use.measure.metric)
      // A constant knows no groups, so it makes none.
      if !Set(metric?.constantOver ?? []).isDisjoint(with: frame.dimensions) { continue }
      guard let table = try table(found, frame) else { continue }
      groups = groups.union(table.groups)
    }
    guard let position = frame.dimensions.firstIndex(of: "item") else { return groups }
    let items = 0..<codes.count(of: "item")
    return GroupList(
      sorted(
        Set(
          groups.keys.flatMap { key in
            items.map { item in
              var wider = key
              wider.insert(item, at: position)
              return wider
            }
          })))
  }

  func sorted(_ keys: Set<GroupKey>) -> [GroupKey] {
    keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  // MARK: - Formulas

  func value(_ formula: Formula, _ key: GroupKey, _ frame: Frame) throws(ExactOverflow) -> Value {
    switch formula {
    case .number(let number): return .exact(number)
    case .measure(let measure): return try value(measure, key, frame, isInArithmetic: false)
    case .sum(let terms): return try sum(terms, key, frame)
    case .product(let factors): return try product(factors, key, frame)
    case .negated(let inner):
      guard let value = try value(inner, key, frame).exact else { return .null }
      return .exact(try value.negated())
    case .scalar(let function, let arguments):
      var values: [Exact?] = []
      for argument in arguments { values.append(try value(argument, key, frame).exact) }
      return try function.apply(values).map { .exact($0) } ?? .null
    case .window(let function, let inner, let scope):
      return try window(function, inner, scope, key, frame)
    case .reduced, .count: return try column(formula, GroupList([key]), frame)[0]
    case .otherwise(let first, let second):
      let value = try value(first, key, frame)
      return value == .undefined ? try self.value(second, key, frame) : value
    case .rounded(let inner, let places):
      guard let exact = try value(inner, key, frame).exact else {
        return try value(inner, key, frame)
      }
      return .exact(try exact.rounded(places: places))
    case .byItem(let items, let total):
      guard let position = frame.dimensions.firstIndex(of: "item") else {
        return try value(total, key, frame)
      }
      let name = codes.name(key[position], of: "item")
      guard let item = items.first(where: { $0.item == name }) else { return .null }
      return try value(item.formula, key, frame)
    }
  }

  private func sum(_ terms: [FormulaTerm], _ key: GroupKey, _ frame: Frame) throws(ExactOverflow)
    -> Value
  {
    var total = Exact.zero
    for term in terms {
      let next = try partOfSum(term.formula, key, frame)
      guard let exact = next.exact else { return next }
      total = term.isSubtracted ? try total.subtracting(exact) : try total.adding(exact)
    }
    return .exact(total)
  }

  /// A stock next to counts is taken at the end of each period and added (language.md 5.2).
  private func partOfSum(_ formula: Formula, _ key: GroupKey, _ frame: Frame)
    throws(ExactOverflow) -> Value
  {
    switch formula {
    case .measure(let measure): return try value(measure, key, frame, isInArithmetic: true)
    case .scalar(.coalesce, let arguments):
      for argument in arguments {
        let value = try partOfSum(argument, key, frame)
        if value.exact != nil { return value }
      }
      return .null
    default: return try value(formula, key, frame)
    }
  }

  private func product(_ factors: [FormulaFactor], _ key: GroupKey, _ frame: Frame)
    throws(ExactOverflow) -> Value
  {
    var result = Exact.one
    for (index, factor) in factors.enumerated() {
      let next = try value(factor.formula, key, frame)
      guard let exact = next.exact else { return next }
      if index == 0 {
        result = exact
      } else if factor.isDivided {
        guard let quotient = try result.divided(by: exact) else { return .undefined }
        result = quotient
      } else {
        result = try result.multiplied(by: exact)
      }
    }
    return .exact(result)
  }

  // MARK: - Measures

  func value(
    _ measure: Measure, _ key: GroupKey, _ frame: Frame, isInArithmetic: Bool
  ) throws(ExactOverflow) -> Value {
    if isAssuming, measure.filter == nil,
      let assumption = query.assumptions.first(where: { $0.metric == measure.metric })
    {
      return try assumed(measure, assumption, key, frame)
    }
    return try recorded(measure, key, frame, isInArithmetic: isInArithmetic)
  }

  func recorded(
    _ measure: Measure, _ key: GroupKey, _ frame: Frame, isInArithmetic: Bool
  ) throws(ExactOverflow) -> Value {
    let own = MeasureUse(measure, extraDimensions: frame.extraDimensions)
    let use = plan.measures[own] == nil ? MeasureUse(measure, extraDimensions: []) : own
    guard let table = try table(use, frame) else { return .null }
    let metric = catalog.metric(named: measure.metric)
    let constant = Set(metric?.constantOver ?? []).union(["item"])
    let short = zip(frame.dimensions, key).filter { !constant.contains($0.0) }.map(\.1)
    guard let entry = table.entry(of: short) else {
      return table.isZeroWhenEmpty && covers(use, short, frame) ? .exact(.zero) : .null
    }
    if isInArithmetic, metric?.kind == .stock, let flow = entry.flow { return .exact(flow) }
    return entry.value.map { .exact($0) } ?? .null
  }

  /// Whether the data covers a group without rows, so that nothing means zero.
  func covers(_ use: MeasureUse, _ key: GroupKey, _ frame: Frame) -> Bool {
    guard let planned = plan.measures[use] else { return false }
    let named = Dictionary(zip(frame.dimensions, key)) { first, _ in first }
    let asked = Set(frame.months.map { $0.flooredDividing(by: 3) })
    return planned.parts.contains { part in
      let isTimeless = catalog.dataset(named: part.dataset)?.time == nil
      if !isTimeless, asked.isDisjoint(with: part.quarters.map(\.index)) { return false }
      for (dimension, members) in part.members {
        guard let code = named[dimension] else { continue }
        if !members.contains(codes.name(code, of: dimension)) { return false }
      }
      let quarters = part.quarters.map(\.index)
      if let month = named["month"], !quarters.contains(month.flooredDividing(by: 3)) {
        return false
      }
      if let quarter = named["quarter"], !quarters.contains(quarter) { return false }
      if let year = named["year"], !part.quarters.contains(where: { $0.year == year }) {
        return false
      }
      return true
    }
  }
}

extension PlannedMeasure {
  /// Whether its value for a group is the sum over the parts of the group: counts and sums that one
  /// data set answers.
  fileprivate func isAdditive(in catalog: Catalog) -> Bool {
    guard let metric = catalog.metric(named: use.measure.metric), use.extraDimensions.isEmpty,
      let place = parts.first?.sourceIndex, parts.allSatisfy({ $0.sourceIndex == place })
    else { return false }
    switch metric.sources[place].aggregate {
    case .rows, .apply(.sum, _): return true
    case .apply: return false
    }
  }
}
