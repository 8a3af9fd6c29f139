// ValueColumn.swift: the values of a formula for many groups, side by side; sums, products and
// quotients of such columns leave.
//
// Most figures are whole numbers or quotients of them that 64 bits hold. Those stand in plain
// arrays; a single figure that is more makes the whole column one of fractions of any size.

import Syntax

/// The value of one formula for each group of a list.
struct ValueColumn: Sendable {
  enum Numbers: Sendable {
    case whole([Int64])
    /// Denominators above 0, as the fraction was made: `526/578` is not reduced.
    case quotients([Int64], over: [Int64])
    case any([Value])
  }
  private let numbers: Numbers
  /// Which rows have no figure; unused with `.any`.
  private let gaps: [Gap]?

  enum Gap: UInt8, Sendable { case none, null, undefined }

  init(_ values: [Value]) {
    numbers = .any(values)
    gaps = nil
  }

  init(whole: [Int64], gaps: [Gap]? = nil) {
    numbers = .whole(whole)
    self.gaps = gaps
  }

  private init(_ numbers: Numbers, _ gaps: [Gap]?) {
    self.numbers = numbers
    self.gaps = gaps
  }

  init(repeating value: Value, count: Int) {
    if let whole = value.exact.flatMap({ $0.denominator == 1 ? $0.whole : nil }) {
      self.init(whole: Array(repeating: whole, count: count))
    } else {
      self.init(Array(repeating: value, count: count))
    }
  }

  var count: Int {
    switch numbers {
    case .whole(let values): values.count
    case .quotients(let values, _): values.count
    case .any(let values): values.count
    }
  }

  subscript(row: Int) -> Value {
    switch gaps?[row] {
    case .null?: return .null
    case .undefined?: return .undefined
    case Gap.none?, nil: break
    }
    switch numbers {
    case .whole(let values): return .exact(Exact(values[row]))
    case .quotients(let tops, let bottoms):
      return Exact(Int128(tops[row]), over: Int128(bottoms[row])).map { .exact($0) } ?? .undefined
    case .any(let values): return values[row]
    }
  }

  // MARK: - Order

  func hasFigure(_ row: Int) -> Bool {
    if case .any(let values) = numbers { return values[row].exact != nil }
    guard let gaps else { return true }
    return gaps[row] == .none
  }

  /// Whether a row has the figure 0.
  func isZero(_ row: Int) -> Bool {
    guard hasFigure(row) else { return false }
    switch numbers {
    case .whole(let values): return values[row] == 0
    case .quotients(let tops, _): return tops[row] == 0
    case .any(let values): return values[row] == .exact(.zero)
    }
  }

  func isSmaller(_ row: Int, than limit: Int64) -> Bool {
    guard hasFigure(row) else { return false }
    switch numbers {
    case .whole(let values): return values[row] < limit
    case .quotients(let tops, let bottoms):
      return Int128(tops[row]) < Int128(limit) &* Int128(bottoms[row])
    case .any(let values): return values[row].exact.map { $0 < Exact(limit) } ?? false
    }
  }

  /// Below 0, 0 or above 0.
  ///
  /// - Precondition: both rows have a figure.
  func order(_ left: Int, _ right: Int) -> Int {
    func sign<Number: Comparable>(_ left: Number, _ right: Number) -> Int {
      left < right ? -1 : (left == right ? 0 : 1)
    }
    switch numbers {
    case .whole(let values): return sign(values[left], values[right])
    case .quotients(let tops, let bottoms):
      if bottoms[left] == bottoms[right] { return sign(tops[left], tops[right]) }
      // Two factors of 64 bits each: 128 hold the product.
      return sign(
        Int128(tops[left]) &* Int128(bottoms[right]), Int128(tops[right]) &* Int128(bottoms[left]))
    case .any(let values):
      guard let left = values[left].exact, let right = values[right].exact else { return 0 }
      return left.order(right)
    }
  }

  /// The order of a row against the same row of another column; nil where either has no figure.
  func order(_ row: Int, _ other: ValueColumn) -> Int? {
    guard hasFigure(row), other.hasFigure(row) else { return nil }
    if case .whole(let own) = numbers, case .whole(let theirs) = other.numbers {
      return own[row] < theirs[row] ? -1 : (own[row] == theirs[row] ? 0 : 1)
    }
    guard let left = self[row].exact, let right = other[row].exact else { return nil }
    return left.order(right)
  }

  /// The first rows with the least and with the greatest figure; nil where no row has one.
  ///
  /// - Complexity: O(rows)
  func extremes(among rows: some Sequence<Int>) -> (least: Int, most: Int)? {
    var found: (least: Int, most: Int)?
    for row in rows where hasFigure(row) {
      guard let (least, most) = found else {
        found = (row, row)
        continue
      }
      if order(row, least) < 0 { found?.least = row }
      if order(row, most) > 0 { found?.most = row }
    }
    return found
  }

  /// Whether every figure is a fraction of numbers of 64 bits.
  var isSmall: Bool {
    guard case .any(let values) = numbers else { return true }
    let limit = UInt128(1) << 63
    return values.allSatisfy { value in
      guard let exact = value.exact else { return true }
      return exact.numerator.magnitude < limit && exact.denominator.magnitude < limit
    }
  }

  // MARK: - Arithmetic

  /// The first term without a figure decides.
  func adding(_ other: ValueColumn, isSubtracted: Bool) throws(ExactOverflow) -> ValueColumn {
    if case .whole(let left) = numbers, case .whole(let right) = other.numbers,
      let sums = ValueColumn.combined(
        left, right,
        { isSubtracted ? $0.subtractingReportingOverflow($1) : $0.addingReportingOverflow($1) })
    {
      return ValueColumn(.whole(sums), ValueColumn.merged(gaps, other.gaps))
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in 0..<count {
      let (left, right) = (self[row], other[row])
      guard let first = left.exact, let second = right.exact else {
        values.append(left.exact == nil ? left : right)
        continue
      }
      values.append(
        .exact(isSubtracted ? try first.subtracting(second) : try first.adding(second)))
    }
    return ValueColumn(values)
  }

  func multiplied(by other: ValueColumn) throws(ExactOverflow) -> ValueColumn {
    if case .whole(let left) = numbers, case .whole(let right) = other.numbers,
      let products = ValueColumn.combined(left, right, { $0.multipliedReportingOverflow(by: $1) })
    {
      return ValueColumn(.whole(products), ValueColumn.merged(gaps, other.gaps))
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in 0..<count {
      let (left, right) = (self[row], other[row])
      guard let first = left.exact, let second = right.exact else {
        values.append(left.exact == nil ? left : right)
        continue
      }
      values.append(.exact(try first.multiplied(by: second)))
    }
    return ValueColumn(values)
  }

  /// A division by zero is undefined.
  func divided(by other: ValueColumn) throws(ExactOverflow) -> ValueColumn {
    if case .whole(let left) = numbers, case .whole(let right) = other.numbers,
      !right.contains(where: { $0 < 0 })
    {
      var gaps = ValueColumn.merged(gaps, other.gaps)
      var bottoms = right
      for row in right.indices where right[row] == 0 {
        bottoms[row] = 1
        if gaps == nil { gaps = Array(repeating: .none, count: right.count) }
        if gaps?[row] == Gap.none { gaps?[row] = .undefined }
      }
      return ValueColumn(.quotients(left, over: bottoms), gaps)
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in 0..<count {
      let (left, right) = (self[row], other[row])
      guard let first = left.exact, let second = right.exact else {
        values.append(left.exact == nil ? left : right)
        continue
      }
      values.append(try first.divided(by: second).map { .exact($0) } ?? .undefined)
    }
    return ValueColumn(values)
  }

  /// The column with its undefined figures as missing ones.
  var withoutUndefined: ValueColumn {
    if case .any(let values) = numbers {
      return ValueColumn(values.map { $0 == .undefined ? .null : $0 })
    }
    return ValueColumn(numbers, gaps?.map { $0 == .none ? .none : .null })
  }

  /// The column as some rows of a longer one; the others have no figure.
  func spread(over rows: [Int], count: Int) -> ValueColumn {
    if rows.count == count { return self }
    var values = Array(repeating: Value.null, count: count)
    for (place, row) in rows.enumerated() { values[row] = self[place] }
    return ValueColumn(values)
  }

  /// Each figure over that of the whole it is a part of; none where either is missing.
  ///
  /// - Parameter rows: for each row the whole's.
  func shares(of wholes: ValueColumn, _ rows: [Int]) throws(ExactOverflow) -> ValueColumn {
    if case .whole(let parts) = numbers, case .whole(let figures) = wholes.numbers,
      !figures.contains(where: { $0 <= 0 }), gaps == nil, wholes.gaps == nil
    {
      return ValueColumn(.quotients(parts, over: rows.map { figures[$0] }), nil)
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in 0..<count {
      guard let part = self[row].exact, let whole = wholes[rows[row]].exact else {
        values.append(.null)
        continue
      }
      values.append(try part.divided(by: whole).map { .exact($0) } ?? .undefined)
    }
    return ValueColumn(values)
  }

  /// Another value for each row.
  func mapped(_ transform: (Value) throws(ExactOverflow) -> Value) throws(ExactOverflow)
    -> ValueColumn
  {
    var values: [Value] = []
    values.reserveCapacity(count)
    for row in 0..<count { values.append(try transform(self[row])) }
    return ValueColumn(values)
  }

  /// nil where a result passes 64 bits.
  private static func combined(
    _ left: [Int64], _ right: [Int64],
    _ apply: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> [Int64]? {
    var results: [Int64] = []
    results.reserveCapacity(left.count)
    var hasOverflow = false
    for row in left.indices {
      let result = apply(left[row], right[row])
      hasOverflow = hasOverflow || result.overflow
      results.append(result.partialValue)
    }
    return hasOverflow ? nil : results
  }

  private static func merged(_ left: [Gap]?, _ right: [Gap]?) -> [Gap]? {
    guard let left else { return right }
    guard let right else { return left }
    return zip(left, right).map { $0 == .none ? $1 : $0 }
  }
}
