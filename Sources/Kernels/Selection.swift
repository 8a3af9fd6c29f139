// Selection.swift: rows of a block arrive as a mask, one bit a row; the rows that a test keeps
// leave in the same mask.
//
// Blocks begin at rows that are multiples of 64, so that a word of a mask meets a word of a bitmap.
// Every loop states once that its rows are there; only then are the checks of each row left out.

/// Rows in a block: its buffers stay in the nearest cache.
package let blockRows = 2048

/// Sets the bits `lower..<upper` of the first words, and clears all others.
@inlinable
package func fill(_ mask: inout MutableSpan<UInt64>, _ bits: Range<Int>) {
  for word in 0..<mask.count {
    let lower = max(bits.lowerBound - word * 64, 0)
    let upper = min(bits.upperBound - word * 64, 64)
    mask[word] =
      lower < upper ? (UInt64.max >> UInt64(64 - (upper - lower))) << UInt64(lower) : 0
  }
}

/// Keeps the rows whose code stands for 1 in the table.
///
/// - Precondition: the table has an entry for every code, each 0 or 1.
@inlinable
package func keep<Code: FixedWidthInteger & UnsignedInteger>(
  _ mask: inout MutableSpan<UInt64>, whereTrueOf codes: Span<Code>, from first: Int, count: Int,
  in table: Span<UInt8>
) {
  precondition(
    count <= mask.count * 64 && first >= 0 && first + count <= codes.count, "rows are there")
  for word in 0..<((count + 63) / 64) {
    let old = mask[word]
    // What other tests have dropped needs no look.
    if old == 0 { continue }
    let start = first + word * 64
    var bits: UInt64 = 0
    for row in 0..<min(64, count - word * 64) {
      // In bounds: start + row < first + count.
      let code = unsafe codes[unchecked: start + row]
      bits |= UInt64(truncatingIfNeeded: table[Int(truncatingIfNeeded: code)]) &<< UInt64(row)
    }
    mask[word] = old & bits
  }
}

/// `keep` for codes of one byte and a table with an entry for every byte: eight rows make one byte
/// of the mask in one multiplication.
///
/// - Precondition: the table has 256 entries, each 0 or 1.
@inlinable
package func keepBytes(
  _ mask: inout MutableSpan<UInt64>, whereTrueOf codes: Span<UInt8>, from first: Int, count: Int,
  in table: Span<UInt8>
) {
  precondition(
    count <= mask.count * 64 && first >= 0 && first + count <= codes.count, "rows are there")
  precondition(table.count >= 256, "an entry for every byte")
  let whole = count / 64
  for word in 0..<whole where mask[word] != 0 {
    let start = first + word * 64
    var bits: UInt64 = 0
    for byte in 0..<8 {
      var truths: UInt64 = 0
      for row in 0..<8 {
        // In bounds: start + 63 < first + count; no byte passes 255.
        let code = unsafe codes[unchecked: start + byte * 8 + row]
        let truth = unsafe table[unchecked: Int(code)]
        truths |= UInt64(truth) &<< UInt64(row * 8)
      }
      // The lowest bits of eight bytes become the highest byte: none of them meet on the way.
      bits |= ((truths &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(byte * 8)
    }
    mask[word] &= bits
  }
  guard whole * 64 < count, mask[whole] != 0 else { return }
  var bits: UInt64 = 0
  for row in (whole * 64)..<count {
    bits |= UInt64(table[Int(codes[first + row])]) &<< UInt64(row - whole * 64)
  }
  mask[whole] &= bits
}

/// `keep` for two codes a byte, the first of them in the low half.
///
/// - Parameter table: for every byte the truths of both its codes, that of the first in bit 0.
/// - Precondition: the table has 256 entries, each below 4; `first` is even.
@inlinable
package func keepPairs(
  _ mask: inout MutableSpan<UInt64>, whereTrueOf pairs: Span<UInt8>, from first: Int, count: Int,
  in table: Span<UInt8>
) {
  precondition(
    count <= mask.count * 64 && first >= 0 && first % 2 == 0
      && (first + count + 1) / 2 <= pairs.count, "rows are there")
  precondition(table.count >= 256, "an entry for every byte")
  let whole = count / 64
  for word in 0..<whole where mask[word] != 0 {
    let start = first / 2 + word * 32
    var bits: UInt64 = 0
    for pair in 0..<32 {
      // In bounds: start + 31 < (first + count) / 2; no byte passes 255.
      let truths = unsafe table[unchecked: Int(pairs[unchecked: start + pair])]
      bits |= UInt64(truths) &<< UInt64(pair * 2)
    }
    mask[word] &= bits
  }
  guard whole * 64 < count, mask[whole] != 0 else { return }
  var bits: UInt64 = 0
  for row in (whole * 64)..<count {
    let truths = table[Int(pairs[(first + row) / 2])]
    bits |= UInt64(truths >> UInt8(row & 1) & 1) &<< UInt64(row - whole * 64)
  }
  mask[whole] &= bits
}

/// Keeps the rows whose code lies in a range; for codes too many for a table.
@inlinable
package func keep<Code: FixedWidthInteger>(
  _ mask: inout MutableSpan<UInt64>, whereBetween range: ClosedRange<Code>, _ codes: Span<Code>,
  from first: Int, count: Int
) {
  precondition(
    count <= mask.count * 64 && first >= 0 && first + count <= codes.count, "rows are there")
  for word in 0..<((count + 63) / 64) where mask[word] != 0 {
    let start = first + word * 64
    var bits: UInt64 = 0
    for row in 0..<min(64, count - word * 64) {
      // In bounds: start + row < first + count.
      let code = unsafe codes[unchecked: start + row]
      bits |= (code >= range.lowerBound && code <= range.upperBound ? 1 : 0) &<< UInt64(row)
    }
    mask[word] &= bits
  }
}

/// Keeps the rows whose bit is set in a bitmap; inverted: is not set.
@inlinable
package func keep(
  _ mask: inout MutableSpan<UInt64>, whereSetIn bitmap: Span<UInt64>, fromWord first: Int,
  isInverted: Bool
) {
  let flip: UInt64 = isInverted ? .max : 0
  for word in 0..<min(mask.count, max(0, bitmap.count - first)) {
    mask[word] &= bitmap[first + word] ^ flip
  }
}

/// The first set bit at a place or behind it; nil where there is none.
@inlinable
package func firstSetBit(_ words: Span<UInt64>, from first: Int) -> Int? {
  var word = first >> 6
  guard word < words.count else { return nil }
  var bits = words[word] & UInt64.max << UInt64(first & 63)
  while bits == 0 {
    word += 1
    guard word < words.count else { return nil }
    bits = words[word]
  }
  return word * 64 + bits.trailingZeroBitCount
}

/// The set bits among `lower..<upper`.
@inlinable
package func setBits(_ words: Span<UInt64>, _ bits: Range<Int>) -> Int {
  guard !bits.isEmpty else { return 0 }
  let (first, last) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
  let head = UInt64.max << UInt64(bits.lowerBound & 63)
  let tail = UInt64.max >> UInt64(63 - (bits.upperBound - 1) & 63)
  if first == last { return (words[first] & head & tail).nonzeroBitCount }
  var count = (words[first] & head).nonzeroBitCount + (words[last] & tail).nonzeroBitCount
  for word in (first + 1)..<last { count += words[word].nonzeroBitCount }
  return count
}

/// The bits among `lower..<upper` that are set in both bitmaps; of an inverted one, that are not.
@inlinable
package func setBits(
  _ words: Span<UInt64>, isInverted: Bool, _ others: Span<UInt64>, isInverted isOtherInverted: Bool,
  _ bits: Range<Int>
) -> Int {
  guard !bits.isEmpty else { return 0 }
  let (flip, otherFlip): (UInt64, UInt64) = (
    isInverted ? .max : 0, isOtherInverted ? .max : 0
  )
  let (first, last) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
  var count = 0
  for word in first...last {
    var both = (words[word] ^ flip) & (others[word] ^ otherFlip)
    if word == first { both &= UInt64.max << UInt64(bits.lowerBound & 63) }
    if word == last { both &= UInt64.max >> UInt64(63 - (bits.upperBound - 1) & 63) }
    count += both.nonzeroBitCount
  }
  return count
}

/// Sets the bits of a range, and leaves the others.
@inlinable
package func set(_ mask: inout MutableSpan<UInt64>, _ bits: Range<Int>) {
  guard !bits.isEmpty else { return }
  let (first, last) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
  let head = UInt64.max << UInt64(bits.lowerBound & 63)
  let tail = UInt64.max >> UInt64(63 - (bits.upperBound - 1) & 63)
  if first == last {
    mask[first] |= head & tail
    return
  }
  mask[first] |= head
  mask[last] |= tail
  for word in (first + 1)..<last { mask[word] = .max }
}
