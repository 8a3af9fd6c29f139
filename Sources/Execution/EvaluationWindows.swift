// EvaluationWindows.swift: functions that look beyond one group: shares, ranks, earlier periods,
// means over finer groups, and what-if figures.

import Catalog
import Columns
import Planning
import Syntax

extension Evaluation {
  func window(
    _ function: WindowFunction, _ inner: Formula, _ scope: WindowScope, _ key: GroupKey,
    _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    switch function {
    case .share: return try share(inner, scope, key, frame)
    case .rank: return try rank(inner, scope, isDense: false, key, frame)
    case .running: return try running(inner, scope, key, frame)
    case .previous:
      return try earlier(inner, .previous, key, frame) ?? .null
    case .delta, .growth:
      let now = try value(inner, key, frame)
      let before = try earlier(inner, .previous, key, frame) ?? .null
      return try function == .delta ? difference(now, before) : growth(now, before)
    }
  }

  func difference(_ now: Value, _ before: Value) throws(ExactOverflow) -> Value {
    guard let now = now.exact, let before = before.exact else { return .null }
    return .exact(try now.subtracting(before))
  }

  /// Growth from 0 is undefined.
  func growth(_ now: Value, _ before: Value) throws(ExactOverflow) -> Value {
    guard let now = now.exact, let before = before.exact else { return .null }
    guard let ratio = try now.subtracting(before).divided(by: before) else { return .undefined }
    return .exact(ratio)
  }

  // MARK: - share and rank

  private func share(
    _ inner: Formula, _ scope: WindowScope, _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    let part = try value(inner, key, frame)
    var whole = frame
    whole.dimensions = []
    var wholeKey: GroupKey = []
    switch scope {
    case .of(let dimensions):
      let kept = zip(frame.dimensions, key).filter { !dimensions.contains($0.0) }
      whole.dimensions = kept.map(\.0)
      wholeKey = kept.map(\.1)
      whole.ignoredDimensions.formUnion(dimensions)
    case .per(let dimensions):
      let kept = zip(frame.dimensions, key).filter { dimensions.contains($0.0) }
      whole.dimensions = kept.map(\.0)
      wholeKey = kept.map(\.1)
    case .all, .along: break
    }
    guard let numerator = part.exact, let denominator = try value(inner, wholeKey, whole).exact
    else { return .null }
    return try numerator.divided(by: denominator).map { .exact($0) } ?? .undefined
  }

  /// 1, 2, 2, 4 (or 1, 2, 2, 3 where dense), highest first, over all groups that take part.
  func rank(
    _ inner: Formula, _ scope: WindowScope, isDense: Bool, _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    guard !isUnranked(key, frame), let own = try value(inner, key, frame).exact else {
      return .null
    }
    var field = frame
    if case .of(let dimensions) = scope { field.ignoredDimensions.formUnion(dimensions) }
    let ranked = try rankedField(inner, field)
    var better: [Exact] = []
    for (other, value) in ranked where value > own {
      if case .per(let dimensions) = scope,
        zip(frame.dimensions, zip(key, other)).contains(where: {
          dimensions.contains($0.0) && $0.1.0 != $0.1.1
        })
      {
        continue
      }
      better.append(value)
    }
    return .exact(Exact(Int64((isDense ? Set(better).count : better.count) + 1)))
  }

  /// Every group that takes part in a ranking, with its value; made once for a formula and frame.
  private func rankedField(_ inner: Formula, _ field: Frame) throws(ExactOverflow) -> [(
    key: GroupKey, value: Exact
  )] {
    let name = RankedField(formula: inner, frame: field)
    if let known = rankedFields[name] { return known }
    var result: [(key: GroupKey, value: Exact)] = []
    for other in try keys(of: [inner], field) where !isUnranked(other, field) {
      if let value = try value(inner, other, field).exact { result.append((other, value)) }
    }
    rankedFields[name] = result
    return result
  }

  /// Members such as the residual row, which count in totals and in no ranking.
  func isUnranked(_ key: GroupKey, _ frame: Frame) -> Bool {
    zip(frame.dimensions, key).contains { name, code in
      guard let dimension = catalog.dimension(named: name), !dimension.unranked.isEmpty else {
        return false
      }
      return dimension.unranked.contains(codes.name(code, of: name))
    }
  }

  /// Whether groups take part in rankings, found once for all members of their dimensions.
  func ranked(_ groups: GroupList, _ frame: Frame) -> (Int) -> Bool {
    var unranked: [(place: Int, codes: Set<Int>)] = []
    for (place, name) in frame.dimensions.enumerated() {
      guard let dimension = catalog.dimension(named: name), !dimension.unranked.isEmpty else {
        continue
      }
      let found = dimension.unranked.compactMap { codes.known($0, of: name) }
      if !found.isEmpty { unranked.append((place, Set(found))) }
    }
    return { row in !unranked.contains { $0.codes.contains(groups.codes[$0.place][row]) } }
  }

  // MARK: - running and earlier periods

  private func running(
    _ inner: Formula, _ scope: WindowScope, _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    let times = frame.dimensions.filter { catalog.dimension(named: $0)?.timeUnit != nil }
    let name = if case .along(let dimension) = scope { dimension } else { times.first ?? "" }
    guard let position = frame.dimensions.firstIndex(of: name) else { return .null }
    var total: Exact?
    for other in try keys(of: [inner], frame) {
      var moved = other
      moved[position] = key[position]
      guard moved == key, other[position] <= key[position],
        let value = try value(inner, other, frame).exact
      else { continue }
      total = try (total ?? .zero).adding(value)
    }
    return total.map { .exact($0) } ?? .null
  }

  /// The value in the earlier period; nil where that period is not loaded.
  func earlier(
    _ inner: Formula, _ baseline: QueryVersus.Baseline, _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value? {
    if case .all = baseline {
      var whole = frame
      whole.dimensions = []
      return try value(inner, [], whole)
    }
    let times = Set(frame.dimensions.compactMap { catalog.dimension(named: $0)?.timeUnit })
    guard let shift = query.monthShift(baseline, times: times) else { return nil }
    var before = frame
    before.months = frame.months.map { $0 - shift }
    var earlierKey = key
    for (index, name) in frame.dimensions.enumerated() {
      switch catalog.dimension(named: name)?.timeUnit {
      case .month: earlierKey[index] -= shift
      case .quarter: earlierKey[index] -= shift / 3
      case .year: earlierKey[index] -= shift / 12
      case nil: continue
      }
      let month: Int =
        switch catalog.dimension(named: name)?.timeUnit {
        case .quarter: earlierKey[index] * 3
        case .year: earlierKey[index] * 12
        default: earlierKey[index]
        }
      guard holdings.quarters.contains(Month(index: month).quarter) else { return nil }
      before.months = before.months.filter {
        holdings.quarters.contains(Month(index: $0).quarter)
      }
    }
    return try value(inner, earlierKey, before)
  }

  /// nil where a value is absent: not fulfilled, and counted apart.
  func holds(_ condition: HavingCondition, _ key: GroupKey, _ frame: Frame)
    throws(ExactOverflow) -> Bool?
  {
    try condition.holds { (formula) throws(ExactOverflow) in
      try value(formula, key, frame).exact
    }
  }

  // MARK: - assume

  /// m − m{cond} + value in each group of the question; coarser groups are sums over those.
  func assumed(
    _ measure: Measure, _ assumption: QueryAssumption, _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    let isCoarser = frame.dimensions != query.groups && frame.extraDimensions.isEmpty
    if isCoarser, Set(frame.dimensions).isSubset(of: query.groups) {
      var total: Exact?
      for fine in try keys(of: [.measure(measure)], mainFrame) {
        let named = Dictionary(zip(query.groups, fine)) { first, _ in first }
        guard zip(frame.dimensions, key).allSatisfy({ named[$0.0] == $0.1 }) else { continue }
        let value = try assumed(measure, assumption, fine, mainFrame)
        if let exact = value.exact { total = try (total ?? .zero).adding(exact) }
      }
      return total.map { .exact($0) } ?? .null
    }
    let actual = try recorded(measure, key, frame, isInArithmetic: false)
    guard let figure = actual.exact else { return actual }
    isAssuming = false
    defer { isAssuming = true }
    guard let put = try value(assumption.value, key, frame).exact else { return .null }
    guard let filter = assumption.filter else { return .exact(put) }
    guard filter.mayHold(for: named(key, frame), inMonth: month(key, frame)) else { return actual }
    let part = Measure(metric: measure.metric, filter: filter, isOptional: false)
    guard let replaced = try recorded(part, key, frame, isInArithmetic: false).exact else {
      return actual
    }
    return .exact(try figure.subtracting(replaced).adding(put))
  }

  /// The members that a group fixes, by dimension.
  private func named(_ key: GroupKey, _ frame: Frame) -> [String: String] {
    var members: [String: String] = [:]
    for (name, code) in zip(frame.dimensions, key)
    where catalog.dimension(named: name)?.timeUnit == nil {
      members[name] = codes.name(code, of: name)
    }
    return members
  }

  private func month(_ key: GroupKey, _ frame: Frame) -> Int? {
    frame.dimensions.firstIndex { catalog.dimension(named: $0)?.timeUnit == .month }
      .map { key[$0] }
  }
}
