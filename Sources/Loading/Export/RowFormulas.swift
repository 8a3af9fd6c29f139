// RowFormulas.swift: the columns of an export and a formula over them arrive; what it gives for
// each row leaves (`column N time = …`, `column N flag where …`).

import Catalog
import Columns
import Syntax

/// Formulas over the columns of one table.
struct RowFormulas: Sendable {
  /// By name: those that are stored, and those that serve other formulas only.
  var columns: [String: MergedColumn] = [:]
  let rowCount: Int
  let threads: Int
  /// Of the formula that is asked: over all rows of the table.
  private var extremes: [Extreme: Int64?] = [:]
  /// So many rows at a time: what lies between stays small.
  static let blockRows = 8192

  private struct Extreme: Hashable {
    var function: AggregateFunction
    var inner: ExpressionSyntax
    var type: ColumnType
  }

  init(rowCount: Int, threads: Int) { (self.rowCount, self.threads) = (rowCount, threads) }

  /// What a formula gives for the first row, and where all rows are alike for all of them.
  ///
  /// - Precondition: there is a row.
  func firstValue(_ formula: ColumnFormula, as type: ColumnType) -> Int64? {
    var first = RowFormulas(rowCount: 1, threads: 1)
    first.columns = columns
    return first.blocks(formula, as: type).first?[0]
  }

  /// What a formula gives for the rows, block after block.
  ///
  /// - Complexity: O(rows × parts of the formula / threads)
  mutating func blocks(_ formula: ColumnFormula, as type: ColumnType) -> [FormulaBlock] {
    extremes = [:]
    if case .value(let expression) = formula { findExtremes(expression, as: type) }
    let formulas = self
    return sideBySide(blocks.count, threads: threads) { place in
      switch formula {
      case .value(let expression):
        formulas.values(expression, as: type, formulas.blocks[place])
      case .test(let condition): formulas.truths(condition, formulas.blocks[place])
      }
    }
  }

  private var blocks: [Range<Int>] {
    stride(from: 0, to: rowCount, by: RowFormulas.blockRows).map {
      $0..<min($0 + RowFormulas.blockRows, rowCount)
    }
  }

  // MARK: - Values

  /// - Parameter type: days are brought to minutes, or minutes to days, where it asks for them.
  private func values(
    _ expression: ExpressionSyntax, as type: ColumnType, _ rows: Range<Int>
  ) -> FormulaBlock {
    switch expression.kind {
    case .number(let number): return FormulaBlock(number.digits, count: rows.count)
    case .measure(let name, _): return cells(of: name.text, as: type, rows)
    case .negated(let inner):
      let zero = FormulaBlock(0, count: rows.count)
      return zero.combined(values(inner, as: type, rows)) { $0.subtractingReportingOverflow($1) }
    case .sum(let terms):
      var total = FormulaBlock(0, count: rows.count)
      for term in terms {
        let own = values(term.term, as: type, rows)
        total =
          term.isSubtracted
          ? total.combined(own) { $0.subtractingReportingOverflow($1) }
          : total.combined(own) { $0.addingReportingOverflow($1) }
      }
      return total
    case .call(.scalar(let function, let arguments)):
      return scalar(function, arguments, as: type, rows)
    case .call(.aggregate(let function, let inner, _, _)):
      let extreme = Extreme(function: function, inner: inner, type: type)
      return FormulaBlock(extremes[extreme] ?? nil, count: rows.count)
    case .product, .parameter, .call: return FormulaBlock(nil, count: rows.count)
    }
  }

  private func cells(of name: String, as type: ColumnType, _ rows: Range<Int>) -> FormulaBlock {
    guard let column = columns[name], column.type != .text else {
      return FormulaBlock(nil, count: rows.count)
    }
    let block = column.block(rows)
    switch (column.type, type) {
    case (.date, .time): return block.map { $0 &* 1440 }
    case (.time, .date): return block.map { ($0 - ($0 % 1440 + 1440) % 1440) / 1440 }
    default: return block
    }
  }

  private func scalar(
    _ function: ScalarFunction, _ arguments: [ExpressionSyntax], as type: ColumnType,
    _ rows: Range<Int>
  ) -> FormulaBlock {
    let inner = function == .days ? .date : type
    guard let first = arguments.first else { return FormulaBlock(nil, count: rows.count) }
    var result = values(first, as: inner, rows)
    for argument in arguments.dropFirst() {
      if function == .coalesce, result.known == nil { break }
      let own = values(argument, as: inner, rows)
      switch function {
      case .coalesce: result.fill(from: own)
      case .least: result = result.combined(own) { (min($0, $1), false) }
      case .greatest: result = result.combined(own) { (max($0, $1), false) }
      case .days: result = result.combined(own) { $0.subtractingReportingOverflow($1) }
      case .round, .abs, .floor: break
      }
    }
    return result
  }

  // MARK: - Over all rows

  /// Of the largest values in a formula, those of its parts first.
  private mutating func findExtremes(_ expression: ExpressionSyntax, as type: ColumnType) {
    switch expression.kind {
    case .negated(let inner): findExtremes(inner, as: type)
    case .sum(let terms): for term in terms { findExtremes(term.term, as: type) }
    case .call(.scalar(let function, let arguments)):
      for argument in arguments { findExtremes(argument, as: function == .days ? .date : type) }
    case .call(.aggregate(let function, let inner, _, _)):
      findExtremes(inner, as: type)
      extremes[Extreme(function: function, inner: inner, type: type)] = extreme(
        function, inner, as: type)
    case .number, .measure, .product, .parameter, .call: break
    }
  }

  /// The largest of the values for each member is the largest of all.
  private func extreme(
    _ function: AggregateFunction, _ inner: ExpressionSyntax, as type: ColumnType
  ) -> Int64? {
    let isLeast = function == .min
    let found = sideBySide(blocks.count, threads: threads) { place -> Int64? in
      let block = values(inner, as: type, blocks[place])
      var found: Int64?
      if block.known == nil { return isLeast ? block.values.min() : block.values.max() }
      for row in block.values.indices {
        guard let value = block[row] else { continue }
        found = found.map { isLeast ? min($0, value) : max($0, value) } ?? value
      }
      return found
    }
    let known = found.compactMap { $0 }
    return isLeast ? known.min() : known.max()
  }

  // MARK: - Tests

  /// 1 where the condition holds, 0 where not; nil where that turns on a value that is missing.
  private func truths(_ condition: ConditionSyntax, _ rows: Range<Int>) -> FormulaBlock {
    switch condition.kind {
    case .all(let parts):
      return parts.reduce(FormulaBlock(1, count: rows.count)) {
        $0.joined(truths($1, rows), decisive: 0)
      }
    case .any(let parts):
      return parts.reduce(FormulaBlock(0, count: rows.count)) {
        $0.joined(truths($1, rows), decisive: 1)
      }
    case .not(let inner):
      return truths(inner, rows).truths { $0 == 0 }
    case .saved: return FormulaBlock(nil, count: rows.count)
    case .test(let name, let test):
      guard let column = columns[name.text] else { return FormulaBlock(nil, count: rows.count) }
      return column.type == .text
        ? textTruths(test, column, rows) : numberTruths(test, name, column, rows)
    }
  }

  private func numberTruths(
    _ test: DimensionTest, _ name: Name, _ column: MergedColumn, _ rows: Range<Int>
  ) -> FormulaBlock {
    let own = column.block(rows)
    func compared(_ scalar: ScalarSyntax, _ comparison: Comparison) -> FormulaBlock {
      own.compared(comparison, values(of: scalar, as: column.type, rows))
    }
    switch test {
    case .isNull(let isNegated), .isBlank(let isNegated):
      return own.truthsOfKnown(isNegated: !isNegated)
    case .compare(let comparison, let span): return compared(span.lower, comparison)
    case .isIn(let spans, let isNegated):
      let found = spans.map { compared($0.lower, .equal) }
      let truths = own.values.indices.map { row -> Int64? in
        own.isKnown(row) ? found.contains { $0[row] == 1 } != isNegated ? 1 : 0 : nil
      }
      return FormulaBlock(truths)
    case .between(let lower, let upper, let isNegated):
      let (above, below) = (compared(lower, .greaterOrEqual), compared(upper, .lessOrEqual))
      return above.combined(below) { (($0 == 1 && $1 == 1) != isNegated ? 1 : 0, false) }
    case .text: return FormulaBlock(nil, count: rows.count)
    }
  }

  private func values(
    of scalar: ScalarSyntax, as type: ColumnType, _ rows: Range<Int>
  ) -> FormulaBlock {
    switch scalar.kind {
    case .number(let number, let isNegative):
      return FormulaBlock(isNegative ? 0 &- number.digits : number.digits, count: rows.count)
    case .name(let name):
      guard let flag = FlagWord.value(of: name.text) else {
        return cells(of: name.text, as: type, rows)
      }
      return FormulaBlock(flag ? 1 : 0, count: rows.count)
    case .text, .period, .parameter, .relative:
      return FormulaBlock(nil, count: rows.count)
    }
  }

  /// A blank text is known: it is no other text.
  private func textTruths(
    _ test: DimensionTest, _ column: MergedColumn, _ rows: Range<Int>
  ) -> FormulaBlock {
    guard column.form == nil else { return FormulaBlock(nil, count: rows.count) }
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
    var codes: [Int64] = []
    codes.reserveCapacity(rows.count)
    column.numbers.appendValues(of: rows, to: &codes)
    return FormulaBlock(codes.map { truths[Int($0)] })
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
