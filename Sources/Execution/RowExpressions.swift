// RowExpressions.swift: the expression of an aggregate, and the tests of its `where`, over the
// columns of one row.

import Catalog
import Columns
import Syntax

extension PartitionRows {
  /// The exact value of an expression over columns in one row; nil where it is absent.
  ///
  /// - Throws: `ExactOverflow` for a value that nothing holds.
  func value(_ expression: ExpressionSyntax, _ row: Int) throws(ExactOverflow) -> Exact? {
    switch expression.kind {
    case .number(let number):
      return Exact(
        digits: number.digits, scale: number.scale + (number.form == .percent ? 2 : 0))
    case .parameter: return nil
    case .negated(let inner): return try value(inner, row)?.negated()
    case .measure(let name, _): return columnValue(name.text, row)
    case .sum(let terms):
      var total = Exact.zero
      for term in terms {
        guard let next = try value(term.term, row) else { return nil }
        total = term.isSubtracted ? try total.subtracting(next) : try total.adding(next)
      }
      return total
    case .product(let factors):
      var total = Exact.one
      for factor in factors {
        guard let next = try value(factor.factor, row) else { return nil }
        guard
          let result = factor.isDivided
            ? try total.divided(by: next) : try total.multiplied(by: next)
        else { return nil }
        total = result
      }
      return total
    case .call(.scalar(let function, let arguments)):
      return try scalar(function, arguments, row)
    case .call: return nil
    }
  }

  private func scalar(
    _ function: ScalarFunction, _ arguments: [ExpressionSyntax], _ row: Int
  ) throws(ExactOverflow) -> Exact? {
    var values: [Exact?] = []
    for argument in arguments { values.append(try value(argument, row)) }
    if function == .days { return days(arguments, row) }
    return try function.apply(values)
  }

  /// Whole days from the second to the first.
  private func days(_ arguments: [ExpressionSyntax], _ row: Int) -> Exact? {
    guard arguments.count == 2, let end = day(arguments[0], row), let start = day(arguments[1], row)
    else { return nil }
    return Exact(Int64(end) - Int64(start))
  }

  private func day(_ expression: ExpressionSyntax, _ row: Int) -> Int? {
    guard case .measure(let name, _) = expression.kind,
      let column = partition.column(named: name.text),
      case .integers(let values, let meaning) = column.storage, column.hasValue(row)
    else { return nil }
    let value = Int(values[row])
    return meaning == .minute ? value.flooredDividing(by: 1440) : value
  }

  func columnValue(_ name: String, _ row: Int) -> Exact? {
    guard let column = partition.column(named: name) else {
      return name == "period_days" ? periodDays(row) : nil
    }
    guard case .integers(let values, let meaning) = column.storage, column.hasValue(row) else {
      return nil
    }
    return exact(values[row], meaning, name)
  }

  /// The value that a number of a column stands for.
  func exact(_ digits: Int64, of column: Column) -> Exact? {
    guard case .integers(_, let meaning) = column.storage else { return nil }
    return exact(digits, meaning, column.name)
  }

  private func exact(_ digits: Int64, _ meaning: ColumnMeaning, _ name: String) -> Exact? {
    Exact(digits: digits, scale: scale(meaning, name))
  }

  /// Digits after the point. A percent column holds the printed number: 99.5 of `99.5%`.
  func scale(_ meaning: ColumnMeaning, _ name: String) -> Int {
    guard case .decimal(let scale) = meaning else { return 0 }
    return scale + (dataset.column(named: name)?.type == .percent ? 2 : 0)
  }

  private func periodDays(_ row: Int) -> Exact? {
    guard let index = quarter(row) else { return nil }
    let (first, next) = (Quarter(index: index).firstMonth, Quarter(index: index + 1).firstMonth)
    guard let start = Day(year: first.year, month: first.number, day: 1),
      let end = Day(year: next.year, month: next.number, day: 1)
    else { return nil }
    return Exact(Int64(end.index - start.index))
  }

  // MARK: - `from D … where`

  /// Whether a row fulfils a condition on columns.
  func holds(_ condition: ConditionSyntax, _ row: Int) throws(ExactOverflow) -> Bool {
    switch condition.kind {
    case .all(let parts):
      for part in parts where try !holds(part, row) { return false }
      return true
    case .any(let parts):
      for part in parts where try holds(part, row) { return true }
      return false
    case .not(let inner): return try !holds(inner, row)
    case .saved: return false
    case .test(let name, let test): return try holds(name.text, test, row)
    }
  }

  private func holds(_ name: String, _ test: DimensionTest, _ row: Int) throws(ExactOverflow)
    -> Bool
  {
    guard let column = partition.column(named: name) else { return test.holdsForBlank }
    let cell: ColumnCell =
      column.text(row).map { .text($0) } ?? .number(columnValue(column.name, row))
    return test.holds(cell) { columnValue($0, row) }
  }
}

/// What a test looks at; an absent number is nil, an absent text empty.
enum ColumnCell {
  case text(String)
  case number(Exact?)

  fileprivate var hasValue: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .number(let number): number != nil
    }
  }

  fileprivate var text: String { if case .text(let text) = self { text } else { "" } }

  fileprivate func equals(_ scalar: ScalarSyntax, _ column: (String) -> Exact?) -> Bool {
    if case .text(let text) = self { return Array(text.utf8) == Array(scalar.words.utf8) }
    return order(scalar, column) == 0
  }

  /// Below 0, 0 or above 0: the value against the written one; or column against column.
  fileprivate func order(_ scalar: ScalarSyntax, _ column: (String) -> Exact?) -> Int? {
    guard case .number(let number) = self, let value = number else { return nil }
    let other: Exact?
    switch scalar.kind {
    case .number(let number, let isNegative):
      other = Exact(
        digits: isNegative ? -number.digits : number.digits,
        scale: number.scale + (number.form == .percent ? 2 : 0))
    case .name(let name):
      let flag = FlagWord.value(of: name.text)
      other = flag.map { $0 ? .one : .zero } ?? column(name.text)
    default: other = nil
    }
    guard let other else { return nil }
    return value < other ? -1 : (value == other ? 0 : 1)
  }
}

extension DimensionTest {
  /// Whether a cell fulfils the test.
  ///
  /// - Parameter column: the value of another column in the same row.
  func holds(_ cell: ColumnCell, _ column: (String) -> Exact?) -> Bool {
    switch self {
    case .isNull(let isNegated), .isBlank(let isNegated): return cell.hasValue == isNegated
    case .isIn(let spans, let isNegated):
      return spans.contains { cell.equals($0.lower, column) } != isNegated
    case .compare(.equal, let span): return cell.equals(span.lower, column)
    case .compare(.notEqual, let span): return !cell.equals(span.lower, column)
    case .compare(let comparison, let span):
      return cell.order(span.lower, column).map(comparison.holds) ?? false
    case .between(let lower, let upper, let isNegated):
      let isInside =
        (cell.order(lower, column).map { $0 >= 0 } ?? false)
        && (cell.order(upper, column).map { $0 <= 0 } ?? false)
      return isInside != isNegated
    case .text(let textOperator, let pattern, let isNegated):
      return textOperator.holds(cell.text, pattern.words) != isNegated
    }
  }
}

extension DimensionTest {
  /// Whether a row without a value fulfils the test: `!=` and `not …` keep it.
  var holdsForBlank: Bool {
    switch self {
    case .isNull(let isNegated), .isBlank(let isNegated): !isNegated
    case .compare(let comparison, _): comparison == .notEqual
    case .isIn(_, let isNegated), .between(_, _, let isNegated), .text(_, _, let isNegated):
      isNegated
    }
  }
}

extension Comparison {
  /// `order` is below 0, 0 or above 0.
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

extension ScalarSyntax {
  /// The text that a column is compared with.
  var words: String {
    switch kind {
    case .text(let text): text
    case .name(let name): name.text
    case .number(let number, _): String(number.digits)
    default: ""
    }
  }
}

extension ScalarFunction {
  /// Arithmetic functions; absent arguments make an absent result, but for `coalesce`, `least` and
  /// `greatest` of what is there.
  func apply(_ values: [Exact?]) throws(ExactOverflow) -> Exact? {
    switch self {
    case .coalesce: return values.lazy.compactMap { $0 }.first
    case .least: return values.contains { $0 == nil } ? nil : values.compactMap { $0 }.min()
    case .greatest: return values.contains { $0 == nil } ? nil : values.compactMap { $0 }.max()
    case .abs:
      guard let first = values.first, let value = first else { return nil }
      return value.isNegative ? try value.negated() : value
    case .floor:
      guard let first = values.first, let value = first else { return nil }
      return value.floor
    case .round:
      guard let first = values.first, let value = first else { return nil }
      let places = values.count > 1 ? (values[1]?.whole ?? 0) : 0
      return try value.rounded(places: Int(min(max(places, 0), 18)))
    case .days: return nil
    }
  }
}
