// Values.swift: packed codes of a block arrive; the numbers they stand for leave, and their sums.

/// `base + step × code` for each row.
@inlinable
package func decode<Code: FixedWidthInteger>(
  into values: inout MutableSpan<Int64>, _ codes: Span<Code>, from first: Int, count: Int,
  base: Int64, step: Int64
) {
  precondition(
    count <= values.count && first >= 0 && first + count <= codes.count, "rows are there")
  for row in 0..<count {
    // In bounds: row < count, first + row < first + count.
    let code = unsafe Int64(truncatingIfNeeded: codes[unchecked: first + row])
    unsafe values[unchecked: row] = base &+ step &* code
  }
}

/// `decode` for two codes a byte, the first of them in the low half.
///
/// - Precondition: `first` is even.
@inlinable
package func decodeNibbles(
  into values: inout MutableSpan<Int64>, _ pairs: Span<UInt8>, from first: Int, count: Int,
  base: Int64, step: Int64
) {
  precondition(
    count <= values.count && first >= 0 && first % 2 == 0
      && (first + count + 1) / 2 <= pairs.count, "rows are there")
  let start = first / 2
  for place in 0..<(count / 2) {
    // In bounds: place < count / 2.
    let pair = unsafe pairs[unchecked: start + place]
    unsafe values[unchecked: place * 2] = base &+ step &* Int64(pair & 15)
    unsafe values[unchecked: place * 2 + 1] = base &+ step &* Int64(pair >> 4)
  }
  if count % 2 == 1 {
    values[count - 1] = base &+ step &* Int64(pairs[start + count / 2] & 15)
  }
}

/// The day on which each minute falls, counted as the minutes are.
@inlinable
package func divideIntoDays(_ values: inout MutableSpan<Int64>, count: Int) {
  for row in 0..<min(count, values.count) {
    let minute = values[row]
    let day = minute / 1440
    values[row] = minute < 0 && day * 1440 != minute ? day - 1 : day
  }
}

/// Adds (or subtracts) values row by row.
///
/// - Precondition: no result passes 64 bits.
@inlinable
package func add(
  to values: inout MutableSpan<Int64>, _ others: Span<Int64>, count: Int, isSubtracted: Bool
) {
  precondition(count <= values.count && count <= others.count, "rows are there")
  for row in 0..<count {
    // In bounds: row < count.
    let other = unsafe others[unchecked: row]
    unsafe values[unchecked: row] &+= isSubtracted ? 0 &- other : other
  }
}

/// Multiplies values row by row.
///
/// - Precondition: no result passes 64 bits.
@inlinable
package func multiply(
  _ values: inout MutableSpan<Int64>, by others: Span<Int64>, count: Int
) {
  precondition(count <= values.count && count <= others.count, "rows are there")
  for row in 0..<count {
    // In bounds: row < count.
    unsafe values[unchecked: row] &*= others[unchecked: row]
  }
}

/// Makes the values of the rows outside the mask 0, so that a range is added without a look at it.
@inlinable
package func clear(_ values: inout MutableSpan<Int64>, outside mask: Span<UInt64>) {
  precondition(mask.count * 64 <= values.count, "a value for every bit")
  for word in 0..<mask.count {
    let bits = mask[word]
    if bits == .max { continue }
    for row in 0..<64 {
      // In bounds: word × 64 + row < mask.count × 64.
      let keep = 0 &- Int64(truncatingIfNeeded: bits &>> UInt64(row) & 1)
      unsafe values[unchecked: word * 64 + row] &= keep
    }
  }
}

/// - Precondition: the sum does not pass 64 bits.
@inlinable
package func sum(_ values: Span<Int64>, _ rows: Range<Int>) -> Int64 {
  precondition(rows.lowerBound >= 0 && rows.upperBound <= values.count, "rows are there")
  var total: Int64 = 0
  // In bounds: row lies in rows.
  for row in rows { unsafe total &+= values[unchecked: row] }
  return total
}
