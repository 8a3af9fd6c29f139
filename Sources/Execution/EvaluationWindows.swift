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
    if case .share = function { return try share(inner, scope, key, frame) }
    return try column(.window(function, inner, scope), GroupList([key]), frame)[0]
  }

  // MARK: - share

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

  /// Whether groups take part in rankings, found once for all members of their dimensions.
  func ranked(_ groups: GroupList, _ frame: Frame) -> (Int) -> Bool {
    var unranked: [(place: Int, codes: [Int])] = []
    for (place, name) in frame.dimensions.enumerated() {
      guard let dimension = catalog.dimension(named: name), !dimension.unranked.isEmpty else {
        continue
      }
      let found = dimension.unranked.compactMap { codes.known($0, of: name) }
      if !found.isEmpty { unranked.append((place, found)) }
    }
    if unranked.isEmpty { return { _ in true } }
    return { row in !unranked.contains { $0.codes.contains(groups.code(row, $0.place)) } }
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
