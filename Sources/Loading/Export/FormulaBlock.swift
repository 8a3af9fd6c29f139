// FormulaBlock.swift: what a formula gives for some rows, and what two of them come to together.

import Syntax

/// Values of rows; where one that a formula needs is missing, the value means nothing.
struct FormulaBlock: Sendable {
  var values: [Int64]
  /// One for each value.
  var known: [Bool]

  /// The same for all rows; nil: nothing is known of them.
  init(_ value: Int64?, count: Int) {
    values = Array(repeating: value ?? 0, count: count)
    known = Array(repeating: value != nil, count: count)
  }

  init(_ values: [Int64?]) {
    self.values = values.map { $0 ?? 0 }
    known = values.map { $0 != nil }
  }

  init(truths: [Bool]) {
    values = truths.map { $0 ? 1 : 0 }
    known = Array(repeating: true, count: truths.count)
  }

  init(values: [Int64], known: [Bool]) { (self.values, self.known) = (values, known) }

  /// Known where both are, and where 64 bits hold what they come to.
  @inline(__always)
  func combined(
    _ other: FormulaBlock,
    _ combine: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> FormulaBlock {
    var result = self
    for index in values.indices {
      let (value, overflowed) = combine(values[index], other.values[index])
      result.values[index] = value
      result.known[index] = known[index] && other.known[index] && !overflowed
    }
    return result
  }

  func compared(_ comparison: Comparison, _ other: FormulaBlock) -> FormulaBlock {
    switch comparison {
    case .equal: combined(other) { ($0 == $1 ? 1 : 0, false) }
    case .notEqual: combined(other) { ($0 != $1 ? 1 : 0, false) }
    case .less: combined(other) { ($0 < $1 ? 1 : 0, false) }
    case .lessOrEqual: combined(other) { ($0 <= $1 ? 1 : 0, false) }
    case .greater: combined(other) { ($0 > $1 ? 1 : 0, false) }
    case .greaterOrEqual: combined(other) { ($0 >= $1 ? 1 : 0, false) }
    }
  }

  /// The values, packed.
  func packed() -> ChunkColumn {
    var (own, missing) = (values, [UInt32]())
    for index in known.indices where !known[index] {
      missing.append(UInt32(truncatingIfNeeded: index))
    }
    return ChunkColumn(&own, missing: missing)
  }

  /// Takes what the other knows where nothing is known yet.
  mutating func fill(from other: FormulaBlock) {
    for index in values.indices where !known[index] {
      values[index] = other.values[index]
      known[index] = other.known[index]
    }
  }
}

extension MergedColumn {
  /// - Precondition: the rows are there.
  func block(_ rows: Range<Int>) -> FormulaBlock {
    guard type != .text else { return FormulaBlock(nil, count: rows.count) }
    var values: [Int64] = []
    values.reserveCapacity(rows.count)
    numbers.appendValues(of: rows, to: &values)
    let known =
      missing.map { missing in rows.map { !missing[$0] } }
      ?? Array(repeating: true, count: rows.count)
    return FormulaBlock(values: values, known: known)
  }
}
