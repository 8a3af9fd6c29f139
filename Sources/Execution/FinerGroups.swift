// FinerGroups.swift: a group arrives; what the finer groups inside it come to leaves: means,
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

  /// The groups inside one: members with base rows, a blank being no member, and every period in
  /// scope (language.md 6.2, rule 1).
  private func finerKeys(
    of formulas: [Formula], _ key: GroupKey, _ frame: Frame, _ field: Frame
  ) throws(ExactOverflow) -> [GroupKey] {
    let units = field.dimensions.map { catalog.dimension(named: $0)?.timeUnit }
    let members = field.extraDimensions.compactMap { field.dimensions.firstIndex(of: $0) }
      .filter { units[$0] == nil }
    let times = (key.count..<field.dimensions.count).filter { units[$0] != nil }
    var found: Set<GroupKey> = []
    for other in try keys(of: formulas, field)
    where other.starts(with: key) && members.allSatisfy({ other[$0] >= 0 }) {
      found.insert(other)
    }
    guard !times.isEmpty else { return sorted(found) }
    if key.count + times.count == field.dimensions.count {
      found = [key + times.map { _ in 0 }]
    }
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

  func reduced(
    _ function: AggregateFunction, _ inner: Formula, _ per: [String], _ weight: Formula?,
    _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    let field = finer(frame, per)
    var values: [(value: Exact, weight: Exact)] = []
    for other in try finerKeys(of: [inner], key, frame, field) {
      guard let value = try value(inner, other, field).exact else { continue }
      guard
        let factor = try weight.map({ formula throws(ExactOverflow) in
          try self.value(formula, other, field)
        })
      else {
        values.append((value, .one))
        continue
      }
      if let factor = factor.exact { values.append((value, factor)) }
    }
    let sorted = values.map(\.value).sorted()
    guard let first = sorted.first, let last = sorted.last else { return .null }
    switch function {
    case .max: return .exact(last)
    case .min: return .exact(first)
    case .median:
      let upper = sorted[sorted.count / 2]
      guard sorted.count % 2 == 0 else { return .exact(upper) }
      let sum = try sorted[sorted.count / 2 - 1].adding(upper)
      return try sum.divided(by: Exact(2)).map { .exact($0) } ?? .null
    case .avg:
      var (total, weights) = (Exact.zero, Exact.zero)
      for entry in values {
        total = try total.adding(entry.value.multiplied(by: entry.weight).reduced)
        weights = try weights.adding(entry.weight)
      }
      return try total.divided(by: weights).map { .exact($0) } ?? .undefined
    }
  }

  func count(
    _ dimension: String, _ having: HavingCondition?, _ key: GroupKey, _ frame: Frame
  ) throws(ExactOverflow) -> Value {
    let field = finer(frame, [dimension])
    guard let having else { return .null }
    var count: Int64 = 0
    for other in try finerKeys(of: having.formulas, key, frame, field)
    where !isUnranked(other, field) {
      if try holds(having, other, field) == true { count += 1 }
    }
    return .exact(Exact(count))
  }
}
