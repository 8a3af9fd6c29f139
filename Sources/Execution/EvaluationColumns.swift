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
    case .window(.share, let inner, let scope):
      return try shareColumn(inner, scope, groups, frame)
    case .window, .reduced, .count, .byItem: return try oneByOne(formula, groups, frame)
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
    let keys = (0..<groups.count).map { row in kept.map { groups.codes[$0][row] } }
    let wholes = GroupList(Set(keys).sorted { $0.lexicographicallyPrecedes($1) })
    let parts = try column(inner, groups, frame)
    let totals = try column(inner, wholes, whole)
    var values: [Value] = []
    values.reserveCapacity(groups.count)
    for row in 0..<groups.count {
      guard let numerator = parts[row].exact, let place = wholes.row(of: keys[row]),
        let denominator = totals[place].exact
      else {
        values.append(.null)
        continue
      }
      values.append(try numerator.divided(by: denominator).map { .exact($0) } ?? .undefined)
    }
    return ValueColumn(values)
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
      let table = try table(use, frame), !table.hasDetails
    else {
      var values: [Value] = []
      values.reserveCapacity(groups.count)
      for row in 0..<groups.count {
        values.append(try value(measure, groups[row], frame, isInArithmetic: isInArithmetic))
      }
      return ValueColumn(values)
    }
    return recordedColumn(table, use, groups, frame)
  }

  private func recordedColumn(
    _ table: MeasureTable, _ use: MeasureUse, _ groups: GroupList, _ frame: Frame
  ) -> ValueColumn {
    let rows = table.groups.rows(of: groups)
    let isEverywhere = coversEverywhere(use, frame)
    func isZero(_ row: Int) -> Bool {
      table.isZeroWhenEmpty && (isEverywhere || covers(use, groups[row], frame))
    }
    guard case .whole(let figures, let absent) = table.figures else {
      return ValueColumn(
        rows.indices.map { row in
          if rows[row] < 0 { return isZero(row) ? .exact(.zero) : .null }
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

  /// Whether a part of the measure answers for every member in the periods asked for.
  private func coversEverywhere(_ use: MeasureUse, _ frame: Frame) -> Bool {
    let hasTime = frame.dimensions.contains { catalog.dimension(named: $0)?.timeUnit != nil }
    guard !hasTime, let planned = plan.measures[use] else { return false }
    let asked = Set(frame.months.map { $0.flooredDividing(by: 3) })
    return planned.parts.contains { part in
      let isTimeless = catalog.dataset(named: part.dataset)?.time == nil
      return (isTimeless || !asked.isDisjoint(with: part.quarters.map(\.index)))
        && Set(part.members.keys).isDisjoint(with: frame.dimensions)
    }
  }

  // MARK: - Comparisons

  /// The values of the earlier period; nil where that depends on the group.
  func earlierColumn(
    _ inner: Formula, _ baseline: QueryVersus.Baseline, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn? {
    let hasTime = frame.dimensions.contains { catalog.dimension(named: $0)?.timeUnit != nil }
    guard !hasTime, baseline != .all, let shift = query.monthShift(baseline, times: []) else {
      return nil
    }
    var before = frame
    before.months = frame.months.map { $0 - shift }
    return try column(inner, groups, before)
  }

  /// The truth of a condition for each group; nil where a value is absent.
  func truths(_ condition: HavingCondition, _ groups: GroupList, _ frame: Frame)
    throws(ExactOverflow) -> [Bool?]
  {
    var columns: [Formula: ValueColumn] = [:]
    for formula in condition.formulas where columns[formula] == nil {
      columns[formula] = try column(formula, groups, frame)
    }
    var truths: [Bool?] = []
    truths.reserveCapacity(groups.count)
    for row in 0..<groups.count { truths.append(condition.holds { columns[$0]?[row].exact }) }
    return truths
  }
}

extension HavingCondition {
  /// nil where a value is absent: not fulfilled, and counted apart.
  func holds<Fault: Error>(_ value: (Formula) throws(Fault) -> Exact?) throws(Fault) -> Bool? {
    switch self {
    case .all(let parts):
      var result: Bool? = true
      for part in parts {
        let truth = try part.holds(value)
        if truth == false { return false }
        if truth == nil { result = nil }
      }
      return result
    case .any(let parts):
      var result: Bool? = false
      for part in parts {
        let truth = try part.holds(value)
        if truth == true { return true }
        if truth == nil { result = nil }
      }
      return result
    case .not(let inner): return try inner.holds(value).map { !$0 }
    case .compare(let left, let comparison, let right):
      guard let left = try value(left), let right = try value(right) else { return nil }
      return comparison.holds(left < right ? -1 : (left == right ? 0 : 1))
    case .between(let inner, let lower, let upper):
      guard let inner = try value(inner), let lower = try value(lower),
        let upper = try value(upper)
      else { return nil }
      return lower <= inner && inner <= upper
    case .isNull(let inner): return try value(inner) == nil
    }
  }
}
