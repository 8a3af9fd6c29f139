// CodeSetTests.swift: the loops of 32 bytes keep the rows that a look at each row keeps, and so do
// the plain ones, for every length, offset and extreme of a code.

import Support
import Testing

@testable import Kernels

private let lengths = Array(0...66) + [127, 128, 129, 191, 192, 193, 448]
private let offsets = [0, 64]

/// Rows of random codes behind an offset, under a random mask, and which of them a set keeps.
private func check(
  codeCount: Int, truths: [UInt8], _ random: inout SeededGenerator,
  _ set: ([Int]) -> CodeSet, sourceLocation: SourceLocation = #_sourceLocation
) {
  for count in lengths {
    for first in offsets {
      // The ends of the range of a code are met often.
      let codes = (0..<(first + count)).map { _ in
        [Int.random(in: 0..<codeCount, using: &random), 0, codeCount - 1, codeCount / 2]
          .randomElement(using: &random) ?? 0
      }
      let before = (0..<((count + 63) / 64 + 1)).map { word -> UInt64 in
        let bits = [random.next(), .max, 0].randomElement(using: &random) ?? 0
        let rows = max(0, min(64, count - word * 64))
        return rows == 64 ? bits : bits & (1 << UInt64(rows) - 1)
      }
      let wanted = before.enumerated().map { word, bits in
        (0..<64).reduce(UInt64(0)) { kept, bit in
          let row = word * 64 + bit
          guard row < count, bits >> UInt64(bit) & 1 == 1 else { return kept }
          return kept | UInt64(truths[codes[first + row]]) << UInt64(bit)
        }
      }
      let set = set(codes)
      for isWide in [false, CodeSet.isWide] {
        var mask = before
        set.keep(in: &mask, from: first, count: count, isWide: isWide)
        #expect(mask == wanted, "\(count) from \(first)", sourceLocation: sourceLocation)
      }
    }
  }
}

/// Sets of a size: none, all, half of the codes at random, one, and the codes at both ends.
private func sets(_ codeCount: Int, _ random: inout SeededGenerator) -> [[UInt8]] {
  let some = (0..<codeCount).map { _ in UInt8.random(in: 0...1, using: &random) }
  let one = Int.random(in: 0..<codeCount, using: &random)
  return [
    Array(repeating: 0, count: codeCount), Array(repeating: 1, count: codeCount), some,
    (0..<codeCount).map { $0 == one ? 1 : 0 },
    (0..<codeCount).map { $0 == 0 || $0 >= codeCount - 2 ? 1 : 0 },
  ]
}

@Suite struct CodeSetTests {
  @Test func `codes of a byte`() {
    var random = SeededGenerator(seed: 21)
    for truths in sets(256, &random) {
      check(codeCount: 256, truths: truths, &random) { codes in
        .bytes(codes.map { UInt8($0) }, ByteSet(truths))
      }
    }
  }

  @Test func `codes behind the end of the truths are not in a set`() {
    var random = SeededGenerator(seed: 22)
    let truths = [UInt8](repeating: 1, count: 200)
    check(codeCount: 256, truths: truths + Array(repeating: 0, count: 56), &random) { codes in
      .bytes(codes.map { UInt8($0) }, ByteSet(truths))
    }
  }

  @Test func `two codes a byte`() {
    var random = SeededGenerator(seed: 23)
    for truths in sets(16, &random) {
      check(codeCount: 16, truths: truths, &random) { codes in
        let pairs = stride(from: 0, to: codes.count, by: 2).map { row in
          UInt8(codes[row] | (row + 1 < codes.count ? codes[row + 1] << 4 : 0))
        }
        return .pairs(pairs, PairSet(truths))
      }
    }
  }

  @Test func `codes of two bytes, in few ranges and in many`() {
    var random = SeededGenerator(seed: 24)
    for codeCount in [300, 65_536] {
      for truths in sets(codeCount, &random) {
        let set = HalfSet(truths)
        check(codeCount: codeCount, truths: truths, &random) { codes in
          .halves(codes.map { UInt16($0) }, set)
        }
      }
    }
  }
}
