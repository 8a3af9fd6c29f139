// EvaluationColumns.swift: a formula and many groups arrive; its value for each group leaves,
// computed column by column. It says what `value` says group by group.

import Catalog
import Planning
import Syntax

extension Evaluation {
  /// - Complexity: O(groups × parts of the formula), where no part looks beyond its group
  func column(_ formula: Formula, _ groups: GroupList, _ frame: Frame) throws(ExactOverflow)
    -> ValueColumn
  {
    switch formula {
    case .number(let number):
      return ValueColumn(repeating: .exact(number), count: groups.count)
    case .measure(let measure):
      return try column(measure, groups, frame, isInArithmetic: false)
    case .sum(let terms): return try sumColumn(terms, groups, frame)
    case .product(let factors): return try productColumn(factors, groups, frame)
    case .negated(let inner):
      return try column(inner, groups, frame).mapped { (value) throws(ExactOverflow) in
        guard let exact = value.exact else { return .null }
        return .exact(try exact.negated())
      }
    case .scalar(let function, let arguments):
      var columns: [ValueColumn] = []
      for argument in arguments { columns.append(try column(argument, groups, frame)) }
      var values: [Value] = []
      values.reserveCapacity(groups.count)
      for row in 0..<groups.count {
        values.append(
          try function.apply(columns.map { $0[row].exact }).map { .exact($0) } ?? .null)
      }
      return ValueColumn(values)
    case .otherwise(let first, let second):
      let own = try column(first, groups, frame)
      guard (0..<own.count).contains(where: { own[$0] == .undefined }) else { return own }
      let other = try column(second, groups, frame)
      return ValueColumn((0..<own.count).map { own[$0] == .undefined ? other[$0] : own[$0] })
    case .rounded(let inner, let places):
      return try column(inner, groups, frame).mapped { (value) throws(ExactOverflow) in
        guard let exact = value.exact else { return value }
        return .exact(try exact.rounded(places: places))
      }
    case .window(let function, let inner, let scope):
      return try windowColumn(function, inner, scope, groups, frame)
    case .reduced(let function, let inner, let per, let weight):
      return try reducedColumn(function, inner, per, weight, groups, frame)
    case .count(let dimension, let having):
      return try countColumn(dimension, having, groups, frame)
    case .byItem: return try oneByOne(formula, groups, frame)
    }
  }

  private func windowColumn(
    _ function: WindowFunction, _ inner: Formula, _ scope: WindowScope, _ groups: GroupList,
    _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    switch function {
    case .share: return try shareColumn(inner, scope, groups, frame)
    case .rank: return try rankColumn(inner, scope, isDense: false, groups, frame)
    case .running: return try runningColumn(inner, scope, groups, frame)
    case .previous: return try earlierColumn(inner, .previous, groups, frame)
    case .delta: return try differences(inner, .previous, groups, frame)
    case .growth: return try growths(inner, .previous, groups, frame)
    }
  }

  private func oneByOne(_ formula: Formula, _ groups: GroupList, _ frame: Frame)
    throws(ExactOverflow) -> ValueColumn
  {
    var values: [Value] = []
    values.reserveCapacity(groups.count)
    for row in 0..<groups.count { values.append(try value(formula, groups[row], frame)) }
    return ValueColumn(values)
  }

  private func sumColumn(_ terms: [FormulaTerm], _ groups: GroupList, _ frame: Frame)
    throws(ExactOverflow) -> ValueColumn
  {
    var total = ValueColumn(repeating: .exact(.zero), count: groups.count)
    for term in terms {
      let next = try partColumn(term.formula, groups, frame)
      total = try total.adding(next, isSubtracted: term.isSubtracted)
    }
    return total
  }

  /// A stock next to counts is taken at the end of each period and added (language.md 5.2).
  private func partColumn(_ formula: Formula, _ groups: GroupList, _ frame: Frame)
    throws(ExactOverflow) -> ValueColumn
  {
    switch formula {
    case .measure(let measure): return try column(measure, groups, frame, isInArithmetic: true)
    case .scalar(.coalesce, let arguments):
      var values = Array(repeating: Value.null, count: groups.count)
      for argument in arguments {
        let own = try partColumn(argument, groups, frame)
        var isComplete = true
        for row in values.indices where values[row].exact == nil {
          if own[row].exact != nil { values[row] = own[row] } else { isComplete = false }
        }
        if isComplete { break }
      }
      let whole = values.compactMap { $0.exact.flatMap { $0.denominator == 1 ? $0.whole : nil } }
      return whole.count == values.count ? ValueColumn(whole: whole) : ValueColumn(values)
    default: return try column(formula, groups, frame)
    }
  }

  private func productColumn(_ factors: [FormulaFactor], _ groups: GroupList, _ frame: Frame)
    throws(ExactOverflow) -> ValueColumn
  {
    guard let first = factors.first else {
      return ValueColumn(repeating: .exact(.one), count: groups.count)
    }
    var result = try column(first.formula, groups, frame)
    for factor in factors.dropFirst() {
      let next = try column(factor.formula, groups, frame)
      result = factor.isDivided ? try result.divided(by: next) : try result.multiplied(by: next)
    }
    return result
  }

  /// Each group over the whole that it is a part of; every whole is looked at once.
  private func shareColumn(
    _ inner: Formula, _ scope: WindowScope, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    var whole = frame
    var kept: [Int] = []
    switch scope {
    case .of(let dimensions):
      kept = frame.dimensions.indices.filter { !dimensions.contains(frame.dimensions[$0]) }
      whole.ignoredDimensions.formUnion(dimensions)
    case .per(let dimensions):
      kept = frame.dimensions.indices.filter { dimensions.contains(frame.dimensions[$0]) }
    case .all, .along: break
    }
    whole.dimensions = kept.map { frame.dimensions[$0] }
    let classes = GroupClasses(of: kept, in: groups, 0..<groups.count)
    let (wholes, rows) = classes.sorted(kept, in: groups)
    let parts = try column(inner, groups, frame)
    let totals = try column(inner, wholes, whole)
    return try parts.shares(of: totals, classes.classes.map { rows[Int($0)] })
  }

  // MARK: - Measures

  private func column(
    _ measure: Measure, _ groups: GroupList, _ frame: Frame, isInArithmetic: Bool
  ) throws(ExactOverflow) -> ValueColumn {
    let isAssumed =
      isAssuming && measure.filter == nil
      && query.assumptions.contains { $0.metric == measure.metric }
    let own = MeasureUse(measure, extraDimensions: frame.extraDimensions)
    let use = plan.measures[own] == nil ? MeasureUse(measure, extraDimensions: []) : own
    let metric = catalog.metric(named: measure.metric)
    let constant = Set(metric?.constantOver ?? []).union(["item"])
    guard !isAssumed, constant.isDisjoint(with: frame.dimensions),
      let table = try table(use, frame)
    else {
      var values: [Value] = []
      values.reserveCapacity(groups.count)
      for row in 0..<groups.count {
        if Stopping.isWanted(at: row) {
          return ValueColumn(repeating: .null, count: groups.count)
        }
        values.append(try value(measure, groups[row], frame, isInArithmetic: isInArithmetic))
      }
      return ValueColumn(values)
    }
    let isFlow = isInArithmetic && metric?.kind == .stock
    return recordedColumn(table, use, groups, frame, isFlow: isFlow)
  }

  /// - Parameter isFlow: of a stock, the sum over the periods of the value at each one's end.
  private func recordedColumn(
    _ table: MeasureTable, _ use: MeasureUse, _ groups: GroupList, _ frame: Frame, isFlow: Bool
  ) -> ValueColumn {
    if table.groups.isSame(as: groups), case .whole(let figures, let absent) = table.figures,
      absent.isEmpty
    {
      return ValueColumn(whole: figures)
    }
    let rows = table.groups.rows(of: groups)
    let isAsked = table.isZeroWhenEmpty && rows.contains(-1)
    let coverage = isAsked ? Coverage(of: use, groups, frame, self) : nil
    func isZero(_ row: Int) -> Bool {
      isAsked && !Stopping.isWanted(at: row)
        && (coverage.map { $0.holds(row) } ?? covers(use, groups[row], frame))
    }
    guard case .whole(let figures, let absent) = table.figures else {
      return ValueColumn(
        rows.indices.map { row in
          if rows[row] < 0 { return isZero(row) ? .exact(.zero) : .null }
          if isFlow, let flow = table.entry(at: rows[row]).flow { return .exact(flow) }
          return table.value(at: rows[row]).map { .exact($0) } ?? .null
        })
    }
    var whole: [Int64] = []
    whole.reserveCapacity(rows.count)
    var gaps: [ValueColumn.Gap]?
    for row in rows.indices {
      let found = rows[row]
      whole.append(found < 0 ? 0 : figures[found])
      let isGap = found < 0 ? !isZero(row) : !absent.isEmpty && absent.contains(found)
      guard isGap else { continue }
      if gaps == nil { gaps = Array(repeating: .none, count: rows.count) }
      gaps?[row] = .null
    }
    return ValueColumn(whole: whole, gaps: gaps)
  }

  // MARK: - Comparisons

  /// The values of the period that is compared with; none where it is not loaded.
  func earlierColumn(
    _ inner: Formula, _ baseline: QueryVersus.Baseline, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    if case .all = baseline {
      let whole = try value(inner, [], frame.grouped(by: []))
      return ValueColumn(repeating: whole, count: groups.count)
    }
    let units = frame.dimensions.map { catalog.dimension(named: $0)?.timeUnit }
    guard let shift = query.monthShift(baseline, times: Set(units.compactMap(\.self))) else {
      return ValueColumn(repeating: .null, count: groups.count)
    }
    var before = frame
    before.months = frame.months.map { $0 - shift }
    guard units.contains(where: { $0 != nil }) else { return try column(inner, groups, before) }
    let loaded = Set(holdings.quarters.map(\.index))
    before.months.removeAll { !loaded.contains($0.flooredDividing(by: 3)) }
    let shifts = units.map { $0.map { shift / $0.monthCount } ?? 0 }
    let rows = (0..<groups.count).filter { row in
      units.indices.allSatisfy { place in
        guard let unit = units[place] else { return true }
        let month = (groups.code(row, place) - shifts[place]) * unit.monthCount
        return loaded.contains(month.flooredDividing(by: 3))
      }
    }
    let earlier = groups.filtered(rows).moved(by: shifts)
    return try column(inner, earlier, before).spread(over: rows, count: groups.count)
  }

  /// Now less than before; none where either is missing.
  func differences(
    _ inner: Formula, _ baseline: QueryVersus.Baseline, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    let before = try earlierColumn(inner, baseline, groups, frame)
    return try column(inner, groups, frame).adding(before, isSubtracted: true).withoutUndefined
  }

  /// The difference over the earlier figure; growth from 0 is undefined.
  func growths(
    _ inner: Formula, _ baseline: QueryVersus.Baseline, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    let before = try earlierColumn(inner, baseline, groups, frame)
    return try differences(inner, baseline, groups, frame).divided(by: before.withoutUndefined)
  }

  // MARK: - Conditions

  /// The truth of a condition for each group; nil where a value is absent: not fulfilled, and
  /// counted apart.
  func truths(_ condition: HavingCondition, _ groups: GroupList, _ frame: Frame)
    throws(ExactOverflow) -> [Bool?]
  {
    switch condition {
    case .all(let parts):
      return try joined(parts, groups, frame, unless: false)
    case .any(let parts):
      return try joined(parts, groups, frame, unless: true)
    case .not(let inner):
      return try truths(inner, groups, frame).map { $0.map { !$0 } }
    case .compare(let left, let comparison, let right):
      let (left, right) = (try column(left, groups, frame), try column(right, groups, frame))
      return (0..<groups.count).map { row in
        left.order(row, right).map { comparison.holds($0) }
      }
    case .between(let inner, let lower, let upper):
      let own = try column(inner, groups, frame)
      let (low, high) = (try column(lower, groups, frame), try column(upper, groups, frame))
      return (0..<groups.count).map { row in
        guard let toLow = own.order(row, low), let toHigh = own.order(row, high) else { return nil }
        return toLow >= 0 && toHigh <= 0
      }
    case .isNull(let inner):
      let own = try column(inner, groups, frame)
      return (0..<groups.count).map { !own.hasFigure($0) }
    }
  }

  /// The truth of all parts (or of any) together: one that decides does so whatever is absent.
  private func joined(
    _ parts: [HavingCondition], _ groups: GroupList, _ frame: Frame, unless deciding: Bool
  ) throws(ExactOverflow) -> [Bool?] {
    var result: [Bool?] = Array(repeating: !deciding, count: groups.count)
    for part in parts {
      let own = try truths(part, groups, frame)
      for row in own.indices where result[row] != deciding {
        if own[row] != !deciding { result[row] = own[row] }
      }
    }
    return result
  }
}

extension TimeUnit {
  var monthCount: Int {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    }
  }
}
