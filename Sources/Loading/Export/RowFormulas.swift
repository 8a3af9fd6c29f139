// RowFormulas.swift: the columns of an export and a formula over them arrive; what it gives for
// some rows leaves (`column N time = …`, `column N flag where …`).

import Catalog
import Columns
import Syntax

/// What a formula gives for some rows; nil where a value that it needs is missing.
typealias FormulaBlock = [Int64?]

/// Formulas over the columns of one table.
struct RowFormulas {
  /// By name: those that are stored, and those that serve other formulas only.
  var columns: [String: MergedColumn] = [:]
  let rowCount: Int
  /// So many rows at a time: what lies between stays small.
  static let blockRows = 8192

  var blocks: [Range<Int>] {
    stride(from: 0, to: rowCount, by: RowFormulas.blockRows).map {
      $0..<min($0 + RowFormulas.blockRows, rowCount)
    }
  }

  // MARK: - Values

  /// - Parameter type: days are brought to minutes, or minutes to days, where it asks for them.
  func values(
    _ expression: ExpressionSyntax, as type: ColumnType, _ rows: Range<Int>
  ) -> FormulaBlock {
    switch expression.kind {
    case .number(let number): return FormulaBlock(repeating: number.digits, count: rows.count)
    case .measure(let name, _): return cells(of: name.text, as: type, rows)
    case .negated(let inner):
      return values(inner, as: type, rows).map { $0.flatMap { Int64(0).subtractingIfFits($0) } }
    case .sum(let terms):
      var total = FormulaBlock(repeating: 0, count: rows.count)
      for term in terms {
        total = combined(total, values(term.term, as: type, rows)) {
          term.isSubtracted ? $0.subtractingIfFits($1) : $0.addingIfFits($1)
        }
      }
      return total
    case .call(.scalar(let function, let arguments)):
      return scalar(function, arguments, as: type, rows)
    case .call(.aggregate(let function, let inner, _, _)):
      return FormulaBlock(repeating: extreme(function, inner, as: type), count: rows.count)
    case .product, .parameter, .call: return FormulaBlock(repeating: nil, count: rows.count)
    }
  }

  private func cells(of name: String, as type: ColumnType, _ rows: Range<Int>) -> FormulaBlock {
    guard let column = columns[name], column.type != .text else {
      return FormulaBlock(repeating: nil, count: rows.count)
    }
    switch (column.type, type) {
    case (.date, .time): return rows.map { row in column.value(row).map { $0 &* 1440 } }
    case (.time, .date):
      return rows.map { row in column.value(row).map { ($0 - ($0 % 1440 + 1440) % 1440) / 1440 } }
    default: return rows.map { column.value($0) }
    }
  }

  private func scalar(
    _ function: ScalarFunction, _ arguments: [ExpressionSyntax], as type: ColumnType,
    _ rows: Range<Int>
  ) -> FormulaBlock {
    let inner = function == .days ? .date : type
    let blocks = arguments.map { values($0, as: inner, rows) }
    guard var result = blocks.first else {
      return FormulaBlock(repeating: nil, count: rows.count)
    }
    for block in blocks.dropFirst() {
      switch function {
      case .coalesce: for index in result.indices { result[index] = result[index] ?? block[index] }
      case .least: result = combined(result, block) { min($0, $1) }
      case .greatest: result = combined(result, block) { max($0, $1) }
      case .days: result = combined(result, block) { $0.subtractingIfFits($1) }
      case .round, .abs, .floor: break
      }
    }
    return result
  }

  private func combined(
    _ left: FormulaBlock, _ right: FormulaBlock, _ combine: (Int64, Int64) -> Int64?
  ) -> FormulaBlock {
    zip(left, right).map { left, right in
      guard let left, let right else { return nil }
      return combine(left, right)
    }
  }

  /// Over all rows of the table: the largest of the values for each member is the largest of all.
  private func extreme(
    _ function: AggregateFunction, _ inner: ExpressionSyntax, as type: ColumnType
  ) -> Int64? {
    var found: Int64?
    for block in blocks {
      for case let value? in values(inner, as: type, block) {
        found = found.map { function == .min ? min($0, value) : max($0, value) } ?? value
      }
    }
    return found
  }

  // MARK: - Tests

  /// 1 where the condition holds, 0 where not; nil where that turns on a value that is missing.
  func truths(_ condition: ConditionSyntax, _ rows: Range<Int>) -> FormulaBlock {
    switch condition.kind {
    case .all(let parts): return joined(parts, rows, decisive: 0)
    case .any(let parts): return joined(parts, rows, decisive: 1)
    case .not(let inner): return truths(inner, rows).map { $0.map { 1 - $0 } }
    case .saved: return FormulaBlock(repeating: nil, count: rows.count)
    case .test(let name, let test):
      guard let column = columns[name.text] else {
        return FormulaBlock(repeating: nil, count: rows.count)
      }
      return column.type == .text
        ? textTruths(test, column, rows) : numberTruths(test, name, column, rows)
    }
  }

  /// One part of the decisive truth decides, however little is known of the others.
  private func joined(
    _ parts: [ConditionSyntax], _ rows: Range<Int>, decisive: Int64
  ) -> FormulaBlock {
    var result = FormulaBlock(repeating: 1 - decisive, count: rows.count)
    for part in parts {
      for (index, truth) in truths(part, rows).enumerated() where result[index] != decisive {
        if truth == decisive || truth == nil { result[index] = truth }
      }
    }
    return result
  }

  private func numberTruths(
    _ test: DimensionTest, _ name: Name, _ column: MergedColumn, _ rows: Range<Int>
  ) -> FormulaBlock {
    let own = rows.map { column.value($0) }
    func compared(_ scalar: ScalarSyntax, _ holds: (Int64, Int64) -> Bool) -> FormulaBlock {
      combined(own, values(of: scalar, as: column.type, rows)) { holds($0, $1) ? 1 : 0 }
    }
    switch test {
    case .isNull(let isNegated), .isBlank(let isNegated):
      return own.map { ($0 == nil) != isNegated ? 1 : 0 }
    case .compare(let comparison, let span):
      return compared(span.lower) { comparison.holds($0, $1) }
    case .isIn(let spans, let isNegated):
      let found = spans.map { compared($0.lower) { $0 == $1 } }
      return rows.indices.map { row in
        let index = row - rows.lowerBound
        guard own[index] != nil else { return nil }
        return found.contains { $0[index] == 1 } != isNegated ? 1 : 0
      }
    case .between(let lower, let upper, let isNegated):
      let (above, below) = (compared(lower) { $0 >= $1 }, compared(upper) { $0 <= $1 })
      return combined(above, below) { ($0 == 1 && $1 == 1) != isNegated ? 1 : 0 }
    case .text: return FormulaBlock(repeating: nil, count: rows.count)
    }
  }

  private func values(
    of scalar: ScalarSyntax, as type: ColumnType, _ rows: Range<Int>
  ) -> FormulaBlock {
    switch scalar.kind {
    case .number(let number, let isNegative):
      return FormulaBlock(repeating: isNegative ? -number.digits : number.digits, count: rows.count)
    case .name(let name):
      switch foldedName(name.text) {
      case "yes": return FormulaBlock(repeating: 1, count: rows.count)
      case "no": return FormulaBlock(repeating: 0, count: rows.count)
      default: return cells(of: name.text, as: type, rows)
      }
    case .text, .period, .parameter, .relative:
      return FormulaBlock(repeating: nil, count: rows.count)
    }
  }

  /// A blank text is known: it is no other text.
  private func textTruths(
    _ test: DimensionTest, _ column: MergedColumn, _ rows: Range<Int>
  ) -> FormulaBlock {
    guard column.form == nil else { return FormulaBlock(repeating: nil, count: rows.count) }
    let truths = (0..<column.texts.count).map { code -> Int64? in
      let text = column.texts.bytes(code)
      func isOne(_ spans: [SpanSyntax]) -> Bool {
        spans.contains { Array($0.lower.text.utf8) == text }
      }
      switch test {
      case .isNull(let isNegated), .isBlank(let isNegated):
        return text.isEmpty != isNegated ? 1 : 0
      case .compare(.equal, let span): return isOne([span]) ? 1 : 0
      case .compare(.notEqual, let span): return isOne([span]) ? 0 : 1
      case .isIn(let spans, let isNegated): return isOne(spans) != isNegated ? 1 : 0
      case .compare, .between, .text: return nil
      }
    }
    return rows.map { truths[Int(column.numbers[$0])] }
  }
}

extension ScalarSyntax {
  fileprivate var text: String {
    switch kind {
    case .text(let text): text
    case .name(let name): name.text
    default: ""
    }
  }
}

extension Comparison {
  fileprivate func holds(_ left: Int64, _ right: Int64) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension Int64 {
  fileprivate func addingIfFits(_ other: Int64) -> Int64? {
    let (sum, overflowed) = addingReportingOverflow(other)
    return overflowed ? nil : sum
  }

  fileprivate func subtractingIfFits(_ other: Int64) -> Int64? {
    let (difference, overflowed) = subtractingReportingOverflow(other)
    return overflowed ? nil : difference
  }
}
