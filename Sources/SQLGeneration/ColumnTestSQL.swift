// ColumnTestSQL.swift: the `where` of a metric's source arrives; the test of a row leaves, or nil
// where it holds more than a database can be told.

import Catalog
import Syntax

/// Tests of columns, as definitions write them. Never NULL, so that they can be negated.
struct ColumnTestSQL {
  let table: SQLTable

  func text(_ condition: ConditionSyntax) -> String? {
    switch condition.kind {
    case .all(let parts): return joined(parts, " AND ")
    case .any(let parts): return joined(parts, " OR ")
    case .not(let inner): return text(inner).map { "NOT (\($0))" }
    case .saved: return ConditionSQL.never
    case .test(let name, let test): return text(name.text, test)
    }
  }

  private func joined(_ parts: [ConditionSyntax], _ word: String) -> String? {
    var texts: [String] = []
    for part in parts {
      guard let text = text(part) else { return nil }
      if case .test = part.kind { texts.append(text) } else { texts.append("(\(text))") }
    }
    return texts.joined(separator: word)
  }

  private func text(_ id: String, _ test: DimensionTest) -> String? {
    guard let column = table.dataset.column(named: id) else { return nil }
    let name = table.column(id)
    let isText = column.type == .text
    let blank = isText ? "\(name) = ''" : "\(name) IS NULL"
    switch test {
    case .isNull(let isNegated), .isBlank(let isNegated):
      guard isNegated else { return blank }
      return isText ? "\(name) != ''" : "\(name) IS NOT NULL"
    case .isIn(let spans, let isNegated):
      let values = spans.map { literal($0.lower, column) }
      guard !values.contains(nil) else { return nil }
      let list = values.compactMap { $0 }.joined(separator: ", ")
      return isNegated
        ? kept("\(name) NOT IN (\(list))", blank, isText)
        : present("\(name) IN (\(list))", name, isText)
    case .compare(let comparison, let span):
      guard let value = literal(span.lower, column) else { return nil }
      if comparison == .notEqual { return kept("\(name) != \(value)", blank, isText) }
      if isText, comparison != .equal { return nil }
      return compared(name, comparison, value, span.lower, isText)
    case .between(let lower, let upper, let isNegated):
      guard !isText, let low = literal(lower, column), let high = literal(upper, column) else {
        return nil
      }
      let inside = present("\(name) >= \(low) AND \(name) <= \(high)", name, isText)
      return isNegated ? "NOT (\(inside))" : inside
    case .text: return nil
    }
  }

  private func compared(
    _ name: String, _ comparison: Comparison, _ value: String, _ scalar: ScalarSyntax,
    _ isText: Bool
  ) -> String {
    let test = "\(name) \(comparison.rawValue) \(value)"
    guard case .name = scalar.kind, !isText, Int64(value) == nil else {
      return present(test, name, isText)
    }
    return "(\(name) IS NOT NULL AND \(value) IS NOT NULL AND \(test))"
  }

  /// A row without a value does not fulfil the test.
  private func present(_ test: String, _ name: String, _ isText: Bool) -> String {
    isText ? test : "(\(name) IS NOT NULL AND \(test))"
  }

  /// `!=` and `not in` keep rows without a value.
  private func kept(_ test: String, _ blank: String, _ isText: Bool) -> String {
    isText ? test : "(\(test) OR \(blank))"
  }

  /// The value that a column is compared with, in the units of the column.
  private func literal(_ scalar: ScalarSyntax, _ column: DatasetColumn) -> String? {
    let places =
      switch column.type {
      case .decimal: SQLTable.decimalPlaces
      case .percent: SQLTable.decimalPlaces + 2
      default: 0
      }
    switch scalar.kind {
    case .text(let text): return column.type == .text ? table.dialect.literal(text) : nil
    case .number(let number, let isNegative):
      if column.type == .text { return table.dialect.literal(String(number.digits)) }
      let own = number.scale + (number.form == .percent ? 2 : 0)
      let value = ScaledSQL(
        text: "", places: own, literal: isNegative ? -number.digits : number.digits)
      guard own <= places else { return nil }
      return own == places ? value.literal.map { "\($0)" } : value.scaled(to: places)?.text
    case .name(let name):
      if column.type == .text { return table.dialect.literal(name.text) }
      if let flag = FlagWord.value(of: name.text) { return flag ? "1" : "0" }
      guard let other = table.dataset.column(named: name.text), other.type == column.type else {
        return nil
      }
      return table.column(other.name)
    case .period, .parameter, .relative: return nil
    }
  }
}
