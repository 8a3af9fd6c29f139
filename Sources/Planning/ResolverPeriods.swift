// ResolverPeriods.swift: written and relative periods become calendar months.

import Catalog
import Syntax

/// The calendar months of a period, which must be loaded (`use 2024Q4`).
package func months(
  of span: PeriodSpanSyntax, in vocabulary: Vocabulary, holding holdings: Holdings,
  scope: QuestionScope
) throws(PlanningFault) -> [Int] {
  var resolver = Resolver(vocabulary, holdings, scope)
  try resolver.settleMonths([span], nil)
  return resolver.months
}

extension Resolver {
  /// The quarter that periods without a year and relative periods count from: fixed by `use`, else
  /// the latest loaded; never the clock (language.md 7).
  var anchor: Quarter {
    if let last = scope.months?.last { return Month(index: last).quarter }
    return holdings.quarters.last ?? Quarter(year: 2000, quarter: 1)
  }

  mutating func settleMonths(_ during: [PeriodSpanSyntax], _ condition: Condition?)
    throws(PlanningFault)
  {
    if !during.isEmpty {
      isPeriodWritten = true
      var all: Set<Int> = []
      for span in during { all.formUnion(try monthRange(span)) }
      months = all.sorted()
      try requireLoaded(months)
    } else if let fixed = scope.months {
      months = fixed
      try requireLoaded(months)
    } else {
      try settleMonths(from: condition)
    }
  }

  private var groupsHoldTime: Bool {
    groups.contains { catalog.dimension(named: $0)?.timeUnit != nil }
  }

  /// A comparison needs one range of months, unless the groups hold time (T14).
  func requireOneRange(
    _ during: [PeriodSpanSyntax], _ baseline: BaselineSyntax, at place: SourceRange
  ) throws(PlanningFault) {
    guard during.count > 1, !groupsHoldTime else { return }
    var months: Set<Int> = []
    for span in during { months.formUnion(try monthRange(span)) }
    if let first = months.min(), let last = months.max(), last - first + 1 > months.count {
      throw .wrong(.severalPeriods(during.count, baseline, at: place))
    }
  }

  /// A month of the year that lies in several years of the scope is not decided (U08).
  func requireOneYear(_ condition: Condition) throws(PlanningFault) {
    guard !groupsHoldTime else { return }
    for case .part(.month, let numbers) in condition.timeTests {
      let found = months.map { Month(index: $0) }.filter { numbers.contains($0.number) }
      let years = Set(found.map(\.year)).sorted()
      guard years.count > 1 else { continue }
      throw .refused(.severalYears(numbers, years))
    }
  }

  /// Without a period: the latest loaded quarter; where months are tested, the latest that has
  /// them.
  private mutating func settleMonths(from condition: Condition?) throws(PlanningFault) {
    guard let latest = holdings.quarters.last else {
      // Data without time holds in every period, and needs none.
      let tests = condition?.timeTests ?? []
      if !holdings.combinations.isEmpty, tests.isEmpty { return }
      throw .refused(.nothingLoaded(Bilingual("any period", "任何时期"), holdings))
    }
    var quarters: Set<Quarter> = []
    let tests = condition?.timeTests ?? []
    for test in tests {
      switch test {
      case .part(.month, let numbers):
        for number in numbers.clamped(to: 1...12) {
          let having = holdings.quarters.last { $0.number == (number + 2) / 3 }
          if let having { quarters.insert(having) }
        }
        if quarters.isEmpty, numbers.lowerBound >= 1, numbers.upperBound <= 12 {
          let text = Bilingual(listing: numbers.map(String.init))
          throw .refused(
            .nothingLoaded(Bilingual("month \(text.english)", "\(text.chinese)月"), holdings))
        }
      case .months(let range):
        let inside = holdings.quarters.filter {
          range.overlaps($0.firstMonth.index...$0.lastMonth.index)
        }
        guard !inside.isEmpty else {
          throw .refused(.nothingLoaded(Bilingual(same: monthsText(range)), holdings))
        }
        quarters.formUnion(inside)
      case .part:
        quarters.formUnion(holdings.quarters)
      default: break
      }
    }
    if quarters.isEmpty { quarters = [latest] }
    months = quarters.sorted().flatMap { Array($0.firstMonth.index...$0.lastMonth.index) }
  }

  /// A written period that is not loaded, or only in part, is U02.
  private func requireLoaded(_ months: [Int]) throws(PlanningFault) {
    let missing = Set(months.map { Month(index: $0).quarter }).subtracting(holdings.quarters)
    guard !missing.isEmpty else { return }
    throw .refused(.nothingLoaded(Bilingual(listing: missing.sorted().map(\.text)), holdings))
  }

  func monthRange(_ span: PeriodSpanSyntax) throws(PlanningFault) -> ClosedRange<Int> {
    let lower = try monthRange(span.lower)
    guard let upper = span.upper else { return lower }
    let last = try monthRange(upper)
    guard lower.lowerBound <= last.upperBound else {
      throw .wrong(.backwards(at: span.lower.range.union(upper.range)))
    }
    return lower.lowerBound...last.upperBound
  }

  func monthRange(_ period: PeriodSyntax) throws(PlanningFault) -> ClosedRange<Int> {
    switch period.kind {
    case .number(let number):
      guard (1990...2099).contains(number) else {
        throw .wrong(.noSuchPart(.year, number, 1990...2099, at: period.range))
      }
      return Month(year: Int(number), month: 1).index...Month(year: Int(number), month: 12).index
    case .literal(let literal):
      guard let range = monthRange(literal) else { break }
      return range
    case .relative(let relative): return monthRange(relative)
    case .parameter(let name):
      guard let value = scope.values[name]?.first?.lower else {
        throw .wrong(.noValue(name, at: period.range))
      }
      switch value.kind {
      case .period(let literal):
        if let range = monthRange(literal) { return range }
      case .number(let number, _):
        return try monthRange(PeriodSyntax(.number(number.digits), at: period.range))
      default: break
      }
    }
    throw .wrong(.backwards(at: period.range))
  }

  /// nil only for a literal outside the calendar, which the lexer has refused already.
  func monthRange(_ literal: PeriodLiteral) -> ClosedRange<Int>? {
    switch literal {
    case .year(let year): return range(year, 1, 12)
    case .half(let year, let half):
      guard (1...2).contains(half) else { return nil }
      return range(year ?? anchor.year, half * 6 - 5, half * 6)
    case .quarter(let year, let quarter):
      guard (1...4).contains(quarter) else { return nil }
      return range(year ?? anchor.year, quarter * 3 - 2, quarter * 3)
    case .month(let year, let month):
      guard (1...12).contains(month) else { return nil }
      return range(year ?? anchor.year, month, month)
    }
  }

  private func range(_ year: Int, _ first: Int, _ last: Int) -> ClosedRange<Int> {
    Month(year: year, month: first).index...Month(year: year, month: last).index
  }

  func monthRange(_ relative: RelativePeriod) -> ClosedRange<Int> {
    let last = scope.months?.last ?? anchor.lastMonth.index
    switch relative {
    case .this(.month): return last...last
    case .this(.quarter):
      let quarter = Month(index: last).quarter
      return quarter.firstMonth.index...quarter.lastMonth.index
    case .this(.year): return range(Month(index: last).year, 1, 12)
    case .last(let count, let unit):
      // More periods than any calendar has would overflow; a century is enough.
      let count = min(max(count ?? 0, 0), 1200)
      let length =
        switch unit {
        case .month: 1
        case .quarter: 3
        case .year: 12
        }
      let whole = (last + 1).flooredDividing(by: length) * length
      // `last quarter` is the one before the anchor; `last 6 month` the six that end with it.
      guard count > 0 else {
        let thisStart = last.flooredDividing(by: length) * length
        return thisStart - length...thisStart - 1
      }
      let end = max(whole, last + 1)
      return end - count * length...end - 1
    case .yearToDate: return Month(year: Month(index: last).year, month: 1).index...last
    case .quarterToDate: return Month(index: last).quarter.firstMonth.index...last
    }
  }
}

extension Condition {
  /// Every test of a time inside.
  package var timeTests: [Condition] {
    switch self {
    case .part, .months: [self]
    case .all(let parts), .any(let parts): parts.flatMap(\.timeTests)
    case .not(let inner): inner.timeTests
    case .isMember, .text, .isBlank: []
    }
  }

  /// Every dimension tested inside.
  package var dimensions: Set<String> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.dimensions) }
    case .not(let inner): inner.dimensions
    case .isMember(let name, _), .text(let name, _, _), .isBlank(let name): [name]
    case .part(let unit, _): [unit.rawValue]
    case .months(let range):
      range.lowerBound % 3 == 0 && range.upperBound % 3 == 2 ? ["quarter"] : ["month"]
    }
  }
}

/// `2024Q4`, `2024-11`, `2024-10..2025-02`: the shortest name of a range of months.
package func monthsText(_ range: ClosedRange<Int>) -> String {
  let (first, last) = (Month(index: range.lowerBound), Month(index: range.upperBound))
  if first == last { return first.text }
  if first.number == 1, last.number == 12 {
    return first.year == last.year ? "\(first.year)" : "\(first.year)..\(last.year)"
  }
  if first.index % 3 == 0, last.index % 3 == 2 {
    return first.quarter == last.quarter
      ? first.quarter.text : "\(first.quarter.text)..\(last.quarter.text)"
  }
  return "\(first.text)..\(last.text)"
}

extension Refusal {
  static func nothingLoaded(_ period: Bilingual, _ holdings: Holdings) -> Refusal {
    let loaded = Bilingual(listing: holdings.quarters.map(\.text))
    return Refusal(
      "U02",
      Bilingual(
        "no data is loaded for \(period.english). Loaded: \(loaded.english)",
        "没有载入\(period.chinese)的数据。已载入：\(loaded.chinese)"))
  }
}

extension Refusal {
  fileprivate static func severalYears(_ months: ClosedRange<Int>, _ years: [Int]) -> Refusal {
    let list = years.map(String.init)
    let (first, last) = (months.lowerBound, months.upperBound)
    let text =
      first == last
      ? Bilingual("month = \(first)", "\(first)月")
      : Bilingual("month in \(first)..\(last)", "\(first)月至\(last)月")
    return Refusal(
      "U08",
      Bilingual(
        "`\(text.english)` occurs in \(years.count) loaded years "
          + "(\(list.joined(separator: ", "))); name the year",
        "已载入\(years.count)年（\(list.joined(separator: "、"))）都有“\(text.chinese)”，请写明年份"))
  }
}
