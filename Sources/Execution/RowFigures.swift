// RowFigures.swift: an aggregate and a partition arrive; what each row adds to it leaves.

import Catalog
import Columns
import Syntax

/// The figures of the rows of a partition. Where whole numbers hold them they are made for all rows
/// at once, else for each row that is asked for.
struct RowFigures {
  /// nil: rows are counted.
  let function: AggregateSyntax.Function?
  private let rows: PartitionRows
  private let expression: ExpressionSyntax?
  /// Numbers of 1 / 10^scale, and the rows that have one.
  private let numbers: (values: [Int64], known: RowMask, scale: Int)?

  /// - Complexity: O(rows × parts of the expression)
  init(_ aggregate: AggregateSyntax, _ rows: PartitionRows) {
    self.rows = rows
    guard case .apply(let function, let expression) = aggregate else {
      (self.function, self.expression, numbers) = (nil, nil, nil)
      return
    }
    (self.function, self.expression) = (function, expression)
    guard function != .distinct, let values = RowValues(expression, rows) else {
      numbers = nil
      return
    }
    let count = rows.partition.rowCount
    var (made, known) = ([Int64](repeating: 0, count: count), RowMask(all: count))
    values.evaluate(into: &made, &known.words, from: 0, count: count)
    numbers = (made, known, values.scale)
  }

  /// The exact value of a row; nil where it is absent.
  ///
  /// - Throws: `ExactOverflow` for a value that nothing holds.
  func value(_ row: Int) throws(ExactOverflow) -> Exact? {
    guard let (values, known, scale) = numbers else {
      guard let expression else { return nil }
      return try rows.value(expression, row)
    }
    guard known[row] else { return nil }
    return Exact(digits: values[row], scale: scale)
  }

  /// What makes a value different from another: its bytes; empty for a missing one.
  func bytes(_ row: Int) -> [UInt8] {
    guard let expression, case .measure(let name, _) = expression.kind,
      let column = rows.partition.column(named: name.text), column.hasValue(row)
    else { return [] }
    return Array((column.text(row) ?? String(column.packed[row])).utf8)
  }
}
