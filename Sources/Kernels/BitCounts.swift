// BitCounts.swift: bitmaps and a range of rows arrive; how many of their bits are set leaves.
//
// The compiler may not count with the instruction for it, which the first processors lacked.

import CKernels

/// The set bits among `lower..<upper`.
package func setBits(
  _ words: Span<UInt64>, _ bits: Range<Int>, isWide: Bool = CodeSet.isWide
) -> Int {
  guard !bits.isEmpty else { return 0 }
  let (first, last) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
  precondition(first >= 0 && last < words.count, "bits are there")
  if isWide {
    return unsafe words.withUnsafeBufferPointer { words in
      unsafe Int(ckernels_set_bits(words.baseAddress, bits.lowerBound, bits.upperBound))
    }
  }
  let head = UInt64.max << UInt64(bits.lowerBound & 63)
  let tail = UInt64.max >> UInt64(63 - (bits.upperBound - 1) & 63)
  if first == last { return (words[first] & head & tail).nonzeroBitCount }
  var count = (words[first] & head).nonzeroBitCount + (words[last] & tail).nonzeroBitCount
  for word in (first + 1)..<last { count += words[word].nonzeroBitCount }
  return count
}

/// The bits among `lower..<upper` that are set in both bitmaps; of an inverted one, that are not.
package func setBits(
  _ words: Span<UInt64>, isInverted: Bool, _ others: Span<UInt64>, isInverted isOtherInverted: Bool,
  _ bits: Range<Int>, isWide: Bool = CodeSet.isWide
) -> Int {
  guard !bits.isEmpty else { return 0 }
  let (flip, otherFlip): (UInt64, UInt64) = (
    isInverted ? .max : 0, isOtherInverted ? .max : 0
  )
  let (first, last) = (bits.lowerBound >> 6, (bits.upperBound - 1) >> 6)
  precondition(first >= 0 && last < words.count && last < others.count, "bits are there")
  if isWide {
    return unsafe words.withUnsafeBufferPointer { words in
      unsafe others.withUnsafeBufferPointer { others in
        unsafe Int(
          ckernels_common_bits(
            words.baseAddress, flip, others.baseAddress, otherFlip, bits.lowerBound,
            bits.upperBound))
      }
    }
  }
  var count = 0
  for word in first...last {
    var both = (words[word] ^ flip) & (others[word] ^ otherFlip)
    if word == first { both &= UInt64.max << UInt64(bits.lowerBound & 63) }
    if word == last { both &= UInt64.max >> UInt64(63 - (bits.upperBound - 1) & 63) }
    count += both.nonzeroBitCount
  }
  return count
}
