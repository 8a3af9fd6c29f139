// FormulaBlock.swift: what a formula gives for some rows, and what two of them come to together.

import Columns
import Syntax

/// Values of rows; where one that a formula needs is missing, the value means nothing.
struct FormulaBlock: Sendable {
  private(set) var values: [Int64]
  /// One for each value; nil: all are known.
  private(set) var known: [Bool]?

  var count: Int { values.count }

  /// The same for all rows; nil: nothing is known of them.
  init(_ value: Int64?, count: Int) {
    values = Array(repeating: value ?? 0, count: count)
    known = value == nil ? Array(repeating: false, count: count) : nil
  }

  init(_ values: [Int64?]) {
    self.values = values.map { $0 ?? 0 }
    known = values.contains(nil) ? values.map { $0 != nil } : nil
  }

  /// - Parameter known: nil: all are.
  init(values: [Int64], known: [Bool]?) { (self.values, self.known) = (values, known) }

  /// The value of a row; nil where nothing is known of it.
  subscript(row: Int) -> Int64? { isKnown(row) ? values[row] : nil }

  func isKnown(_ row: Int) -> Bool { known?[row] ?? true }

  /// 1 where a test of each value holds, 0 where not.
  @inline(__always)
  func truths(_ holds: (Int64) -> Bool) -> FormulaBlock {
    FormulaBlock(values: values.map { holds($0) ? 1 : 0 }, known: known)
  }

  /// 1 where the rows are known, 0 where not; or the other way round.
  func truthsOfKnown(isNegated: Bool) -> FormulaBlock {
    let truths = values.indices.map { isKnown($0) != isNegated ? Int64(1) : 0 }
    return FormulaBlock(values: truths, known: nil)
  }

  @inline(__always)
  func map(_ value: (Int64) -> Int64) -> FormulaBlock {
    FormulaBlock(values: values.map(value), known: known)
  }

  /// Known where both are, and where 64 bits hold what they come to.
  ///
  /// - Precondition: as many rows.
  @inline(__always)
  func combined(
    _ other: FormulaBlock,
    _ combine: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
  ) -> FormulaBlock {
    var made: [Int64] = []
    var overflows = false
    let (left, right) = (values.span, other.values.span)
    made.append(addingCapacity: count) { made in
      for row in 0..<left.count {
        let (value, overflow) = combine(left[row], right[row])
        made.append(value)
        overflows = overflows || overflow
      }
    }
    var known = known
    if let more = other.known { known = known.map { zip($0, more).map { $0 && $1 } } ?? more }
    if overflows {
      known = values.indices.map { row in
        known?[row] ?? true && !combine(values[row], other.values[row]).overflow
      }
    }
    return FormulaBlock(values: made, known: known)
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

  /// Of truths: one part of the decisive truth decides, however little is known of the other.
  func joined(_ other: FormulaBlock, decisive: Int64) -> FormulaBlock {
    if known == nil, other.known == nil {
      return combined(other) { ($0 == decisive || $1 == decisive ? decisive : 1 - decisive, false) }
    }
    return FormulaBlock(
      values.indices.map { row in
        let (left, right) = (self[row], other[row])
        if left == decisive || right == decisive { return decisive }
        return left == nil || right == nil ? nil : 1 - decisive
      })
  }

  /// The values, packed.
  func packed() -> ChunkColumn {
    var (own, missing) = (values, [UInt32]())
    if let known {
      for row in known.indices where !known[row] {
        missing.append(UInt32(truncatingIfNeeded: row))
      }
    }
    return ChunkColumn(&own, missing: missing)
  }

  /// Takes what the other knows where nothing is known yet.
  mutating func fill(from other: FormulaBlock) {
    guard var known else { return }
    var isWhole = true
    for row in known.indices where !known[row] {
      values[row] = other.values[row]
      known[row] = other.isKnown(row)
      isWhole = isWhole && known[row]
    }
    self.known = isWhole ? nil : known
  }
}

extension MergedColumn {
  /// - Precondition: the rows are there.
  func block(_ rows: Range<Int>) -> FormulaBlock {
    guard type != .text else { return FormulaBlock(nil, count: rows.count) }
    var values: [Int64] = []
    values.reserveCapacity(rows.count)
    numbers.appendValues(of: rows, to: &values)
    return FormulaBlock(values: values, known: missing?.known(rows))
  }
}
