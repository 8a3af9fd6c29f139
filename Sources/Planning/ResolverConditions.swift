// ResolverConditions.swift: the tests of `where` become conditions on members and months.

import Catalog
import Syntax

extension Resolver {
  mutating func condition(_ syntax: ConditionSyntax) throws(PlanningFault) -> Condition {
    switch syntax.kind {
    case .any(let parts):
      return .any(try parts.map { part throws(PlanningFault) in try condition(part) })
    case .all(let parts):
      return .all(try parts.map { part throws(PlanningFault) in try condition(part) })
    case .not(let inner): return .not(try condition(inner))
    case .saved(let name):
      let saved =
        scope.filters[foldedName(name.text)]
        ?? catalog.filters.first { foldedName($0.name) == foldedName(name.text) }?.condition
      guard let saved else { throw .wrong(.nothingSaved(name)) }
      return try condition(saved)
    case .test(let name, let test):
      if vocabulary.dimension(name.text) == nil, let metric = vocabulary.metric(name.text) {
        throw .wrong(.metricInCondition(name, metric))
      }
      let dimension = try dimension(name)
      return try self.test(test, of: dimension, at: syntax.range)
    }
  }

  private func test(
    _ test: DimensionTest, of dimension: Dimension, at range: SourceRange
  ) throws(PlanningFault) -> Condition {
    switch test {
    case .compare(.equal, let span): return try isIn([span], of: dimension)
    case .compare(.notEqual, let span): return .not(try isIn([span], of: dimension))
    case .compare(let comparison, let span):
      return try ordered(comparison, span, of: dimension, at: range)
    case .isIn(let spans, let isNegated):
      let inside = try isIn(spans, of: dimension)
      return isNegated ? .not(inside) : inside
    case .between(let lower, let upper, let isNegated):
      let inside = try isIn([SpanSyntax(lower, upper)], of: dimension)
      return isNegated ? .not(inside) : inside
    case .text(let textOperator, let pattern, let isNegated):
      let inside = Condition.text(dimension.name, textOperator, try text(pattern))
      return isNegated ? .not(inside) : inside
    case .isNull(let isNegated), .isBlank(let isNegated):
      let blank = Condition.isBlank(dimension.name)
      return isNegated ? .not(blank) : blank
    }
  }

  private func isIn(_ spans: [SpanSyntax], of dimension: Dimension) throws(PlanningFault)
    -> Condition
  {
    var parts: [Condition] = []
    var members: [String] = []
    var values: [SpanSyntax] = []
    for span in spans { values += try bound(span) }
    for span in values {
      if let unit = dimension.timeUnit {
        parts.append(try time(span, unit, of: dimension))
      } else {
        guard span.upper == nil else {
          throw .wrong(.wrongValue(dimension, span.lower))
        }
        let member = try member(span.lower, of: dimension)
        if !members.contains(member) { members.append(member) }
      }
    }
    if !members.isEmpty { parts.append(.isMember(dimension.name, members)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  /// A parameter stands for the values it was given.
  private func bound(_ span: SpanSyntax) throws(PlanningFault) -> [SpanSyntax] {
    guard case .parameter(let name) = span.lower.kind else { return [span] }
    guard let values = scope.values[name] else {
      throw .wrong(.noValue(name, at: span.lower.range))
    }
    return values
  }

  private func text(_ scalar: ScalarSyntax) throws(PlanningFault) -> String {
    switch scalar.kind {
    case .text(let text): return text
    case .name(let name): return name.text
    case .number(let number, _): return String(number.digits)
    case .parameter(let name):
      guard let value = scope.values[name]?.first?.lower else {
        throw .wrong(.noValue(name, at: scalar.range))
      }
      return try text(value)
    default: return ""
    }
  }

  // MARK: - Members

  private func member(_ scalar: ScalarSyntax, of dimension: Dimension) throws(PlanningFault)
    -> String
  {
    let word = try text(scalar)
    switch vocabulary.member(word, of: dimension.name) {
    case .found(let member): return member.name
    case .ambiguous(let members):
      throw .wrong(.ambiguousMember(word, members, at: scalar.range))
    case .unknown:
      // Any text may be a member of an open dimension that nothing loaded has.
      if dimension.memberSource == .open, dimension.members.isEmpty { return word }
      throw .wrong(
        .unknownMember(
          word, of: dimension, near: vocabulary.nearMembers(word, of: dimension),
          at: scalar.range))
    }
  }

  // MARK: - Times

  private func time(
    _ span: SpanSyntax, _ unit: TimeUnit, of dimension: Dimension
  ) throws(PlanningFault) -> Condition {
    let lower = try timeValue(span.lower, unit, of: dimension)
    let upper = try span.upper.map { scalar throws(PlanningFault) in
      try timeValue(scalar, unit, of: dimension)
    }
    switch (lower, upper ?? lower) {
    case (.part(let first), .part(let last)):
      guard first.lowerBound <= last.upperBound else {
        throw .wrong(.backwards(at: span.lower.range))
      }
      return .part(unit, first.lowerBound...last.upperBound)
    case (.months(let first), .months(let last)):
      guard first.lowerBound <= last.upperBound else {
        throw .wrong(.backwards(at: span.lower.range))
      }
      return .months(first.lowerBound...last.upperBound)
    default: throw .wrong(.wrongValue(dimension, span.lower))
    }
  }

  private enum TimeValue {
    case part(ClosedRange<Int>)
    case months(ClosedRange<Int>)
  }

  private func timeValue(
    _ scalar: ScalarSyntax, _ unit: TimeUnit, of dimension: Dimension
  ) throws(PlanningFault) -> TimeValue {
    switch scalar.kind {
    case .number(let number, isNegative: false) where number.form == .whole:
      let limits: ClosedRange<Int64> =
        switch unit {
        case .month: 1...12
        case .quarter: 1...4
        case .year: 1990...2099
        }
      guard limits.contains(number.digits) else {
        throw .wrong(.noSuchPart(unit, number.digits, limits, at: scalar.range))
      }
      let value = Int(number.digits)
      return .part(value...value)
    case .period(.month(year: nil, let month)) where unit == .month: return .part(month...month)
    case .period(.quarter(year: nil, let quarter)) where unit == .quarter:
      return .part(quarter...quarter)
    case .period(let literal):
      guard let range = monthRange(literal) else { break }
      return .months(range)
    case .relative(let relative): return .months(monthRange(relative))
    default: break
    }
    throw .wrong(.wrongValue(dimension, scalar))
  }

  private func ordered(
    _ comparison: Comparison, _ span: SpanSyntax, of dimension: Dimension, at range: SourceRange
  ) throws(PlanningFault) -> Condition {
    guard let unit = dimension.timeUnit, span.upper == nil else {
      throw .wrong(.wrongValue(dimension, span.lower))
    }
    // Far outside every calendar, so that one end is open.
    let (least, most) = (0, 1_000_000)
    switch try timeValue(span.lower, unit, of: dimension) {
    case .part(let value):
      return .part(unit, side(comparison, value, least, most))
    case .months(let value): return .months(side(comparison, value, least, most))
    }
  }

  private func side(
    _ comparison: Comparison, _ value: ClosedRange<Int>, _ least: Int, _ most: Int
  ) -> ClosedRange<Int> {
    switch comparison {
    case .less: least...max(least, value.lowerBound - 1)
    case .lessOrEqual: least...value.upperBound
    case .greater: min(most, value.upperBound + 1)...most
    case .greaterOrEqual: value.lowerBound...most
    case .equal, .notEqual: value
    }
  }
}

extension Diagnostic {
  static func noSuchPart(
    _ unit: TimeUnit, _ value: Int64, _ limits: ClosedRange<Int64>, at range: SourceRange
  ) -> Diagnostic {
    let chinese =
      switch unit {
      case .month: "月"
      case .quarter: "季度"
      case .year: "年份"
      }
    return Diagnostic(
      "V01", at: range,
      Bilingual("there is no \(unit.rawValue) \(value)", "没有\(value)这个\(chinese)"),
      hints: [
        Bilingual(
          "\(unit.rawValue)s go from \(limits.lowerBound) to \(limits.upperBound)",
          "\(chinese)应在 \(limits.lowerBound) 到 \(limits.upperBound) 之间")
      ])
  }
}
