// Grouping.swift: the groups of the rows of a block arrive, with what each row brings; counts and
// sums by group leave.

/// Adds to each row's group what the row's code stands for.
///
/// - Precondition: the table has an entry for every code.
@inlinable
package func addDigits<Code: FixedWidthInteger & UnsignedInteger>(
  to groups: inout MutableSpan<Int>, of codes: Span<Code>, from first: Int, count: Int,
  in table: Span<Int>
) {
  precondition(
    count <= groups.count && first >= 0 && first + count <= codes.count, "rows are there")
  for row in 0..<count {
    // In bounds: row < count, first + row < first + count.
    let code = unsafe codes[unchecked: first + row]
    unsafe groups[unchecked: row] &+= table[Int(truncatingIfNeeded: code)]
  }
}

/// `addDigits` for the rows of a mask alone.
@inlinable
package func addDigits<Code: FixedWidthInteger & UnsignedInteger>(
  to groups: inout MutableSpan<Int>, of codes: Span<Code>, from first: Int,
  ofRows mask: Span<UInt64>, in table: Span<Int>
) {
  for word in 0..<mask.count {
    var bits = mask[word]
    while bits != 0 {
      let row = word * 64 + bits.trailingZeroBitCount
      groups[row] &+= table[Int(truncatingIfNeeded: codes[first + row])]
      bits &= bits &- 1
    }
  }
}

/// `addDigits` for two codes a byte, the first of them in the low half.
///
/// - Precondition: the table has an entry for every code; `first` is even.
@inlinable
package func addNibbles(
  to groups: inout MutableSpan<Int>, of pairs: Span<UInt8>, from first: Int, count: Int,
  in table: Span<Int>
) {
  precondition(
    count <= groups.count && first >= 0 && first % 2 == 0
      && (first + count + 1) / 2 <= pairs.count, "rows are there")
  let start = first / 2
  for place in 0..<(count / 2) {
    // In bounds: place < count / 2.
    let pair = unsafe pairs[unchecked: start + place]
    unsafe groups[unchecked: place * 2] &+= table[Int(pair & 15)]
    unsafe groups[unchecked: place * 2 + 1] &+= table[Int(pair >> 4)]
  }
  if count % 2 == 1 { groups[count - 1] &+= table[Int(pairs[start + count / 2] & 15)] }
}

/// Gives the rows of a run their group.
@inlinable
package func set(_ groups: inout MutableSpan<Int>, _ rows: Range<Int>, to group: Int) {
  precondition(rows.lowerBound >= 0 && rows.upperBound <= groups.count, "rows are there")
  // In bounds: row lies in rows.
  for row in rows { unsafe groups[unchecked: row] = group }
}

/// Adds to the groups of the rows of the mask how far their values are from the least, and one: 0
/// is for rows without a value.
///
/// - Precondition: no value lies below the origin.
@inlinable
package func addOffsets(
  to groups: inout MutableSpan<Int>, of values: Span<Int64>, _ mask: Span<UInt64>, origin: Int64
) {
  precondition(
    mask.count * 64 <= groups.count && mask.count * 64 <= values.count, "a group for every bit")
  for word in 0..<mask.count {
    let bits = mask[word]
    if bits == 0 { continue }
    for row in 0..<64 {
      // In bounds: word × 64 + row < mask.count × 64.
      let place = word * 64 + row
      let kept = 0 &- Int(truncatingIfNeeded: bits &>> UInt64(row) & 1)
      let offset = unsafe Int(truncatingIfNeeded: values[unchecked: place] &- origin) &+ 1
      unsafe groups[unchecked: place] &+= offset & kept
    }
  }
}

/// Counts the rows of the mask in their groups.
@inlinable
package func countRows(
  in counts: inout MutableSpan<UInt32>, of groups: Span<Int>, _ mask: Span<UInt64>
) {
  precondition(mask.count * 64 <= groups.count, "a group for every bit")
  for word in 0..<mask.count {
    var bits = mask[word]
    let first = word * 64
    if bits == .max {
      // In bounds: first + 63 < mask.count × 64.
      for row in first..<(first + 64) { unsafe counts[groups[unchecked: row]] &+= 1 }
      continue
    }
    while bits != 0 {
      counts[groups[first + bits.trailingZeroBitCount]] &+= 1
      bits &= bits &- 1
    }
  }
}

/// Counts rows in the groups that their codes stand for, all of them: no mask is asked.
///
/// - Parameter base: what all rows add to the number of their group.
@inlinable
package func countRows<Code: FixedWidthInteger & UnsignedInteger>(
  in counts: inout MutableSpan<UInt32>, of codes: Span<Code>, _ rows: Range<Int>,
  in table: Span<Int>, base: Int
) {
  precondition(rows.lowerBound >= 0 && rows.upperBound <= codes.count, "rows are there")
  for row in rows {
    // In bounds: row lies in rows.
    let code = unsafe codes[unchecked: row]
    counts[base &+ table[Int(truncatingIfNeeded: code)]] &+= 1
  }
}

/// Adds the values of the rows of the mask to the sums of their groups, and counts them.
///
/// - Precondition: no sum passes 64 bits.
@inlinable
package func addValues(
  to sums: inout MutableSpan<Int64>, _ counts: inout MutableSpan<UInt32>, of groups: Span<Int>,
  _ values: Span<Int64>, _ mask: Span<UInt64>
) {
  precondition(
    mask.count * 64 <= groups.count && mask.count * 64 <= values.count, "a group for every bit")
  for word in 0..<mask.count {
    var bits = mask[word]
    while bits != 0 {
      let row = word * 64 + bits.trailingZeroBitCount
      let group = groups[row]
      // In bounds: row < mask.count × 64.
      unsafe sums[group] &+= values[unchecked: row]
      counts[group] &+= 1
      bits &= bits &- 1
    }
  }
}

/// Keeps the least and the greatest value of each group.
@inlinable
package func keepExtremes(
  in lows: inout MutableSpan<Int64>, _ highs: inout MutableSpan<Int64>,
  _ counts: inout MutableSpan<UInt32>, of groups: Span<Int>, _ values: Span<Int64>,
  _ mask: Span<UInt64>
) {
  for word in 0..<mask.count {
    var bits = mask[word]
    while bits != 0 {
      let row = word * 64 + bits.trailingZeroBitCount
      let (group, value) = (groups[row], values[row])
      if counts[group] == 0 {
        lows[group] = value
        highs[group] = value
      } else {
        lows[group] = min(lows[group], value)
        highs[group] = max(highs[group], value)
      }
      counts[group] &+= 1
      bits &= bits &- 1
    }
  }
}
