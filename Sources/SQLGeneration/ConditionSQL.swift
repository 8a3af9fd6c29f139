// ConditionSQL.swift: a condition on dimensions arrives; the test of a row leaves.
//
// Text tests, aliases and parents are decided here on the members of the catalogue and sent as
// lists, so that the language alone says what they mean.

import Catalog
import Planning
import Syntax

/// Dimensions and conditions in the words of one table.
struct ConditionSQL {
  let table: SQLTable
  let catalog: Catalog

  static let never = "1 = 0"
  static let always = "1 = 1"

  /// Never NULL, so that it can be negated.
  func text(_ condition: Condition) -> String {
    switch condition {
    case .all(let parts): return joined(parts, " AND ", empty: Self.always)
    case .any(let parts): return joined(parts, " OR ", empty: Self.never)
    case .not(let inner): return "NOT (\(text(inner)))"
    case .isMember(let dimension, let members): return test(dimension, members)
    case .isBlank(let dimension): return test(dimension, [""])
    case .text(let dimension, let textOperator, let pattern):
      let all = [""] + (catalog.dimension(named: dimension)?.members.map(\.name) ?? [])
      return test(dimension, all.filter { textOperator.holds($0, pattern) })
    case .part(let unit, let range): return part(unit, range)
    case .months(let range): return months(range)
    }
  }

  private func joined(_ parts: [Condition], _ word: String, empty: String) -> String {
    guard parts.count != 1 else { return text(parts[0]) }
    if parts.isEmpty { return empty }
    return parts.map { part in
      switch part {
      case .all, .any: "(\(text(part)))"
      default: text(part)
      }
    }.joined(separator: word)
  }

  // MARK: - Members

  private enum Place {
    case constant(String)
    case text(String)
    case number(String)
    /// 1 for yes, 0 for no.
    case flag(String)
    /// The members of the child that belong to each member.
    case parent(child: String, of: [String: String])
  }

  private func place(_ dimension: String) -> Place? {
    if dimension == SQLTable.Added.issuer.rawValue { return .text(table.column(.issuer)) }
    if let own = table.dataset.dimensions.first(where: { $0.dimension == dimension }) {
      return place(own.source)
    }
    for own in table.dataset.dimensions {
      guard let child = catalog.dimension(named: own.dimension), child.parent == dimension else {
        continue
      }
      let parents = Dictionary(child.members.map { ($0.name, $0.parent ?? "") }) { first, _ in
        first
      }
      switch place(own.source) {
      case .constant(let name): return .constant(parents[name] ?? "")
      case .text(let column): return .parent(child: column, of: parents)
      case .number, .flag, .parent, nil: return nil
      }
    }
    return nil
  }

  private func place(_ source: Dataset.DimensionSource) -> Place? {
    switch source {
    case .constant(let name): return .constant(name)
    case .column(let id):
      guard let column = table.dataset.column(named: id) else { return .constant("") }
      return switch column.type {
      case .text: .text(table.column(id))
      case .flag: .flag(table.column(id))
      default: .number(table.column(id))
      }
    }
  }

  private func test(_ dimension: String, _ members: [String]) -> String {
    switch place(dimension) {
    case .constant(let name): return members.contains(name) ? Self.always : Self.never
    case .text(let column): return list(column, members)
    case .number(let column): return numbers(column, members)
    case .flag(let column):
      return numbers(
        column, members.map { name in FlagWord.value(of: name).map { $0 ? "1" : "0" } ?? name })
    case .parent(let child, let parents):
      let wanted = Set(members)
      let names = inOrder(parents.filter { wanted.contains($0.value) }.keys)
      return list(child, names + (wanted.contains("") ? [""] : []))
    case nil: return Self.never
    }
  }

  private func list(_ column: String, _ members: [String]) -> String {
    guard !members.isEmpty else { return Self.never }
    let literals = members.map(table.dialect.literal)
    if literals.count == 1 { return "\(column) = \(literals[0])" }
    return "\(column) IN (\(literals.joined(separator: ", ")))"
  }

  private func numbers(_ column: String, _ members: [String]) -> String {
    let numbers = members.compactMap { Int64($0) }.map(String.init)
    var tests: [String] = []
    if numbers.count == 1 {
      tests.append("\(column) IS NOT NULL AND \(column) = \(numbers[0])")
    } else if !numbers.isEmpty {
      tests.append("\(column) IS NOT NULL AND \(column) IN (\(numbers.joined(separator: ", ")))")
    }
    if members.contains("") { tests.append("\(column) IS NULL") }
    guard tests.count != 1 else { return tests[0] }
    return tests.isEmpty ? Self.never : "(\(tests.joined(separator: " OR ")))"
  }

  /// In catalogue order, then by name.
  func inOrder(_ members: some Sequence<String>) -> [String] {
    let all = catalog.dimensions.flatMap(\.members).map(\.name)
    let position = Dictionary(all.enumerated().map { ($1, $0) }) { first, _ in first }
    return members.sorted { (position[$0] ?? all.count, $0) < (position[$1] ?? all.count, $1) }
  }

  // MARK: - Time

  private func part(_ unit: TimeUnit, _ range: ClosedRange<Int>) -> String {
    let column = column(unit)
    // An absent month, quarter or year is 0.
    let (lower, upper) = (max(range.lowerBound, 1), range.upperBound)
    guard lower <= upper else { return Self.never }
    if lower == upper { return "\(column) = \(lower)" }
    return "\(column) >= \(lower) AND \(column) <= \(upper)"
  }

  private func column(_ unit: TimeUnit) -> String {
    switch unit {
    case .month: table.column(.month)
    case .quarter: table.column(.quarter)
    case .year: table.column(.year)
    }
  }

  /// Rows that know only their quarter are in a range that holds all of it; rows without any time
  /// are in every range.
  private func months(_ range: ClosedRange<Int>) -> String {
    let (year, quarter) = (table.column(.year), table.column(.quarter))
    let month = table.column(.month)
    let (first, last) = (range.lowerBound, range.upperBound)
    let (firstQuarter, lastQuarter) = (
      -(-first).flooredDividing(by: 3), (last - 2).flooredDividing(by: 3)
    )
    func within(_ index: String, _ lower: Int, _ upper: Int) -> String {
      "\(index) >= \(lower) AND \(index) <= \(upper)"
    }
    let ofMonths = within("\(year) * 12 + \(month) - 1", first, last)
    let ofQuarters = within("\(year) * 4 + \(quarter) - 1", firstQuarter, lastQuarter)
    return "(\(year) = 0 OR \(month) > 0 AND \(ofMonths) OR \(month) = 0 AND \(ofQuarters))"
  }

  /// The periods in scope: whole quarters by their quarter, parts of a quarter by their months.
  func periods(_ months: [Int], quarters: Set<Int>) -> String {
    guard table.dataset.time != nil else { return Self.always }
    let kept = Dictionary(grouping: months) { $0.flooredDividing(by: 3) }
      .filter { quarters.contains($0.key) }
    let (year, quarter) = (table.column(.year), table.column(.quarter))
    let tests = kept.sorted { $0.key < $1.key }.map { index, months in
      let calendar = Quarter(index: index)
      if Set(months).count == 3 || table.dataset.time?.unit != .month {
        return "\(year) = \(calendar.year) AND \(quarter) = \(calendar.number)"
      }
      let numbers = Set(months).sorted().map { String(Month(index: $0).number) }
      return "\(year) = \(calendar.year) AND "
        + (numbers.count == 1
          ? "\(table.column(.month)) = \(numbers[0])"
          : "\(table.column(.month)) IN (\(numbers.joined(separator: ", ")))")
    }
    guard tests.count != 1 else { return tests[0] }
    return tests.isEmpty ? Self.never : "(" + tests.joined(separator: " OR ") + ")"
  }

  // MARK: - Keys

  /// The columns that a dimension of the groups becomes: a month and a quarter are made of two.
  func keys(_ dimension: String) -> [String] {
    switch catalog.dimension(named: dimension)?.timeUnit {
    case .month: return [table.column(.year), table.column(.month)]
    case .quarter: return [table.column(.year), table.column(.quarter)]
    case .year: return [table.column(.year)]
    case nil: break
    }
    switch place(dimension) {
    case .constant(let name): return [table.dialect.literal(name)]
    case .text(let column), .number(let column): return [column]
    case .flag(let column):
      let (yes, no) = (FlagWord.yes, FlagWord.no)
      return ["CASE \(column) WHEN 1 THEN '\(yes)' WHEN 0 THEN '\(no)' ELSE '' END"]
    case .parent(let child, let parents): return [branches(child, parents)]
    case nil: return [table.dialect.literal("")]
    }
  }

  /// The parent of a member, decided by lists.
  private func branches(_ child: String, _ parents: [String: String]) -> String {
    let groups = Dictionary(grouping: parents.keys) { parents[$0] ?? "" }
    let cases = inOrder(groups.keys).filter { !$0.isEmpty }.map { parent in
      let test = list(child, inOrder(groups[parent] ?? []))
      return "WHEN \(test) THEN \(table.dialect.literal(parent))"
    }
    guard !cases.isEmpty else { return table.dialect.literal("") }
    return "CASE \(cases.joined(separator: " ")) ELSE '' END"
  }
}
