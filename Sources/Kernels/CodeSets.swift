// CodeSets.swift: the codes that a test keeps arrive once; then mask after mask, and of each the
// rows of other codes are dropped.
//
// Where the processor can, 32 bytes are looked at together. The plain loops of Selection.swift do
// the same row by row: they take what is left of a block, and are what the wide ones are held to.

import CKernels

/// The codes of a column with the set of those that are kept.
package enum CodeSet: Sendable {
  case bytes([UInt8], ByteSet)
  /// Two codes a byte, the first of them in the low half.
  case pairs([UInt8], PairSet)
  case halves([UInt16], HalfSet)

  package static let isWide = ckernels_are_wide() != 0

  /// Bytes of the codes.
  package var byteCount: Int {
    switch self {
    case .bytes(let codes, _), .pairs(let codes, _): codes.count
    case .halves(let codes, _): codes.count * 2
    }
  }

  /// Keeps in the mask the rows of a block whose code is in the set.
  ///
  /// - Parameter first: a multiple of 64.
  /// - Complexity: O(count)
  package func keep(
    in mask: inout [UInt64], from first: Int, count: Int, isWide: Bool = CodeSet.isWide
  ) {
    precondition(count <= mask.count * 64 && first >= 0 && first % 64 == 0, "rows are there")
    let words = isWide ? count / 64 : 0
    switch self {
    case .bytes(let codes, let set):
      precondition(first + count <= codes.count, "rows are there")
      set.keepWords(in: &mask, words, codes, from: first)
      keepRest(&mask, words, count) {
        keepBytes(&$0, whereTrueOf: codes.span, from: first, count: count, in: set.truths.span)
      }
    case .pairs(let pairs, let set):
      precondition((first + count + 1) / 2 <= pairs.count, "rows are there")
      set.keepWords(in: &mask, words, pairs, from: first)
      keepRest(&mask, words, count) {
        keepPairs(&$0, whereTrueOf: pairs.span, from: first, count: count, in: set.truths.span)
      }
    case .halves(let codes, let set):
      precondition(first + count <= codes.count, "rows are there")
      let whole = set.lowest.isEmpty ? 0 : words
      set.keepWords(in: &mask, whole, codes, from: first)
      keepRest(&mask, whole, count) {
        Kernels.keep(
          &$0, whereTrueOf: codes.span, from: first, count: count, in: set.truths.span)
      }
    }
  }

  /// Gives a plain loop what lies behind the words that are done: all others are 0 for it.
  private func keepRest(
    _ mask: inout [UInt64], _ words: Int, _ count: Int,
    _ loop: (inout MutableSpan<UInt64>) -> Void
  ) {
    guard words * 64 < count else { return }
    if words == 0 {
      var span = mask.mutableSpan
      return loop(&span)
    }
    var rest = [UInt64](repeating: 0, count: mask.count)
    for word in words..<mask.count { rest[word] = mask[word] }
    var span = rest.mutableSpan
    loop(&span)
    for word in words..<mask.count { mask[word] = rest[word] }
  }
}

/// A set of codes of one byte.
package struct ByteSet: Sendable {
  /// 0 or 1 for each of 256 codes.
  let truths: [UInt8]
  /// As `ckernels_keep_bytes` takes them.
  private let tables: [UInt8]

  /// - Parameter truths: 0 or 1 by code; codes behind their end are not in the set.
  package init(_ truths: [UInt8]) {
    let whole = (0..<256).map { $0 < truths.count ? truths[$0] & 1 : 0 }
    self.truths = whole
    tables = (0..<32).map { place in
      (0..<8).reduce(0) { $0 | whole[((place >> 4) * 8 + $1) * 16 + (place & 15)] << UInt8($1) }
    }
  }

  fileprivate func keepWords(
    in mask: inout [UInt64], _ words: Int, _ codes: [UInt8], from first: Int
  ) {
    guard words > 0 else { return }
    unsafe mask.withUnsafeMutableBufferPointer { mask in
      unsafe codes.withUnsafeBufferPointer { codes in
        unsafe tables.withUnsafeBufferPointer { tables in
          unsafe ckernels_keep_bytes(
            mask.baseAddress, words, codes.baseAddress.map { unsafe $0 + first },
            tables.baseAddress)
        }
      }
    }
  }
}

/// A set of codes below 16, for columns with two a byte.
package struct PairSet: Sendable {
  /// For every byte the truths of both its codes, that of the first in bit 0.
  let truths: [UInt8]
  private let bits: UInt16

  /// - Parameter truths: 0 or 1 by code; codes behind their end are not in the set.
  package init(_ truths: [UInt8]) {
    let codes = (0..<16).map { $0 < truths.count ? truths[$0] & 1 : 0 }
    self.truths = (0..<256).map { codes[$0 & 15] | codes[$0 >> 4] << 1 }
    bits = (0..<16).reduce(0) { $0 | UInt16(codes[$1]) << UInt16($1) }
  }

  fileprivate func keepWords(
    in mask: inout [UInt64], _ words: Int, _ pairs: [UInt8], from first: Int
  ) {
    guard words > 0 else { return }
    unsafe mask.withUnsafeMutableBufferPointer { mask in
      unsafe pairs.withUnsafeBufferPointer { pairs in
        unsafe ckernels_keep_pairs(
          mask.baseAddress, words, pairs.baseAddress.map { unsafe $0 + first / 2 }, bits)
      }
    }
  }
}

/// A set of codes of two bytes.
package struct HalfSet: Sendable {
  /// More ranges than this take longer than a look into the table.
  private static let mostRanges = 12

  /// 0 or 1 for each code.
  let truths: [UInt8]
  /// The ends of the ranges of neighbours that are in the set; none where they are too many.
  let lowest: [UInt16]
  let highest: [UInt16]

  /// - Parameter truths: 0 or 1 by code, for every code that the column has.
  package init(_ truths: [UInt8]) {
    self.truths = truths
    var ranges: [(lowest: UInt16, highest: UInt16)] = []
    for (code, truth) in truths.enumerated().prefix(65_536) where truth == 1 {
      let code = UInt16(code)
      if let last = ranges.last, last.highest &+ 1 == code {
        ranges[ranges.count - 1].highest = code
      } else {
        ranges.append((code, code))
      }
      if ranges.count > HalfSet.mostRanges { break }
    }
    if ranges.count > HalfSet.mostRanges { ranges = [] }
    lowest = ranges.map(\.lowest)
    highest = ranges.map(\.highest)
  }

  fileprivate func keepWords(
    in mask: inout [UInt64], _ words: Int, _ codes: [UInt16], from first: Int
  ) {
    guard words > 0 else { return }
    unsafe mask.withUnsafeMutableBufferPointer { mask in
      unsafe codes.withUnsafeBufferPointer { codes in
        unsafe lowest.withUnsafeBufferPointer { lowest in
          unsafe highest.withUnsafeBufferPointer { highest in
            unsafe ckernels_keep_halves(
              mask.baseAddress, words, codes.baseAddress.map { unsafe $0 + first },
              lowest.baseAddress, highest.baseAddress, lowest.count)
          }
        }
      }
    }
  }
}
