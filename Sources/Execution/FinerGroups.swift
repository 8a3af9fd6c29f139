// FinerGroups.swift: groups arrive; what the finer groups inside each come to leaves: means,
// extremes, and how many of them fulfil a condition.

import Catalog
import Columns
import Planning
import Syntax

extension Evaluation {
  private func finer(_ frame: Frame, _ dimensions: [String]) -> Frame {
    let added = dimensions.filter { !frame.dimensions.contains($0) }
    var finer = frame
    finer.dimensions += added
    finer.extraDimensions = merged(frame.extraDimensions, dimensions)
    return finer
  }

  /// The finer groups inside each of some groups, in one list.
  private struct Parts {
    var groups: GroupList
    /// Those of each group, by its row.
    var ranges: [Range<Int>]
  }

  /// The groups inside each: members with base rows, a blank being no member, and every period in
  /// scope (language.md 6.2, rule 1).
  private func parts(
    of formulas: [Formula], _ groups: GroupList, _ frame: Frame, _ field: Frame
  ) throws(ExactOverflow) -> Parts {
    let units = field.dimensions.map { catalog.dimension(named: $0)?.timeUnit }
    let members = field.extraDimensions.compactMap { field.dimensions.firstIndex(of: $0) }
      .filter { units[$0] == nil }
    let times = (frame.dimensions.count..<field.dimensions.count).filter { units[$0] != nil }
    let all = try self.groups(of: formulas, field)
    let own =
      members.isEmpty
      ? all
      : all.filtered(
        (0..<all.count).filter { row in members.allSatisfy { all.code(row, $0) >= 0 } })
    let ranges = (0..<groups.count).map { own.rows(beginning: groups[$0]) }
    guard !times.isEmpty else { return Parts(groups: own, ranges: ranges) }
    var keys: [GroupKey] = []
    var wider: [Range<Int>] = []
    for row in 0..<groups.count {
      let inner = inPeriods(groups[row], ranges[row].map { own[$0] }, times, units, frame)
      wider.append(keys.count..<keys.count + inner.count)
      keys += inner
    }
    return Parts(
      groups: keys.isEmpty ? GroupList(empty: units.count) : GroupList(keys), ranges: wider)
  }

  /// The finer groups of one group in every period, in order.
  private func inPeriods(
    _ key: GroupKey, _ inner: [GroupKey], _ times: [Int], _ units: [TimeUnit?], _ frame: Frame
  ) -> [GroupKey] {
    var found = Set(inner)
    if key.count + times.count == units.count { found = [key + times.map { _ in 0 }] }
    for place in times {
      guard let unit = units[place] else { continue }
      let periods = periods(unit, frame)
      found = Set(
        found.flatMap { other in
          periods.map { period in
            var moved = other
            moved[place] = period
            return moved
          }
        })
    }
    return sorted(found.filter { lie($0, within: units) })
  }

  /// Whether the periods of a group lie in each other: a month in its quarter and year.
  private func lie(_ key: GroupKey, within units: [TimeUnit?]) -> Bool {
    var spans: [ClosedRange<Int>] = []
    for (code, unit) in zip(key, units) {
      switch unit {
      case .month: spans.append(code...code)
      case .quarter: spans.append(code * 3...code * 3 + 2)
      case .year: spans.append(code * 12...code * 12 + 11)
      case nil: continue
      }
    }
    return spans.allSatisfy { span in spans.allSatisfy(span.overlaps) }
  }

  /// The periods that the question asks for and its conditions leave.
  private func periods(_ unit: TimeUnit, _ frame: Frame) -> [Int] {
    let months = frame.months.filter { query.condition?.mayHold(inMonth: $0) ?? true }
    let divisor =
      switch unit {
      case .month: 1
      case .quarter: 3
      case .year: 12
      }
    return Set(months.map { $0.flooredDividing(by: divisor) }).sorted()
  }

  /// - Complexity: O(finer groups × log finer groups)
  func reducedColumn(
    _ function: AggregateFunction, _ inner: Formula, _ per: [String], _ weight: Formula?,
    _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    let field = finer(frame, per)
    let parts = try parts(of: [inner], groups, frame, field)
    let figures = try column(inner, parts.groups, field)
    let weights = try weight.map { formula throws(ExactOverflow) in
      try column(formula, parts.groups, field)
    }
    var values: [Value] = []
    values.reserveCapacity(groups.count)
    for range in parts.ranges {
      let rows = range.filter { figures.hasFigure($0) && weights?.hasFigure($0) != false }
      values.append(try reduced(function, rows, figures, weights))
    }
    return ValueColumn(values)
  }

  private func reduced(
    _ function: AggregateFunction, _ rows: [Int], _ figures: ValueColumn, _ weights: ValueColumn?
  ) throws(ExactOverflow) -> Value {
    guard let first = rows.first else { return .null }
    switch function {
    case .max:
      return figures[rows.dropFirst().reduce(first) { figures.order($1, $0) > 0 ? $1 : $0 }]
    case .min:
      return figures[rows.dropFirst().reduce(first) { figures.order($1, $0) < 0 ? $1 : $0 }]
    case .median:
      let sorted = rows.sorted { figures.order($0, $1) < 0 }
      let upper = figures[sorted[sorted.count / 2]]
      guard sorted.count % 2 == 0, let right = upper.exact,
        let left = figures[sorted[sorted.count / 2 - 1]].exact
      else { return upper }
      return try left.adding(right).divided(by: Exact(2)).map { .exact($0) } ?? .null
    case .avg:
      var (total, sum) = (Exact.zero, Exact.zero)
      for row in rows {
        let weight = weights?[row].exact ?? .one
        total = try total.adding(
          (figures[row].exact ?? .zero).multiplied(by: weight).reduced)
        sum = try sum.adding(weight)
      }
      return try total.divided(by: sum).map { .exact($0) } ?? .undefined
    }
  }

  /// How many members of a dimension fulfil a condition in each group.
  ///
  /// - Complexity: O(finer groups × log finer groups)
  func countColumn(
    _ dimension: String, _ having: HavingCondition?, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    guard let having else { return ValueColumn(repeating: .null, count: groups.count) }
    let field = finer(frame, [dimension])
    let parts = try parts(of: having.formulas, groups, frame, field)
    let truths = try truths(having, parts.groups, field)
    let isRanked = ranked(parts.groups, field)
    return ValueColumn(
      whole: parts.ranges.map { range in
        Int64(range.count { truths[$0] == true && isRanked($0) })
      })
  }
}
