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
