// KernelTests.swift: each kernel says what a plain loop says, for every length, offset and extreme.

import Support
import Testing

@testable import Kernels

private let lengths = Array(0...130)
private let offsets = [0, 1, 63, 64, 65]

private func bits(_ mask: [UInt64], _ count: Int) -> [Bool] {
  (0..<count).map { mask[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
}

private func words(_ bits: [Bool]) -> [UInt64] {
  var words = [UInt64](repeating: 0, count: (bits.count + 63) / 64)
  for (row, bit) in bits.enumerated() where bit { words[row / 64] |= 1 << UInt64(row % 64) }
  return words
}

@Test func `a mask is filled, and set, between two rows`() {
  for count in lengths {
    for first in offsets where first <= count {
      var mask = [UInt64](repeating: 0xAAAA, count: 3)
      var span = mask.mutableSpan
      fill(&span, first..<count)
      #expect(bits(mask, 192) == (0..<192).map { $0 >= first && $0 < count })
      var second = [UInt64](repeating: 0, count: 3)
      var other = second.mutableSpan
      set(&other, first..<count)
      #expect(second == mask)
      #expect(firstSetBit(mask.span, from: 0) == (first < count ? first : nil))
      for place in 0...count {
        #expect(
          firstSetBit(mask.span, from: place)
            == (max(place, first) < count ? max(place, first) : nil))
      }
      #expect(firstSetBit(mask.span, from: 192) == nil)
      #expect(setBits(mask.span, 0..<192) == count - first)
      #expect(setBits(mask.span, first..<count) == count - first)
    }
  }
}

@Test func `rows are kept by the table of their codes`() {
  var random = SeededGenerator(seed: 1)
  func check<Code: FixedWidthInteger & UnsignedInteger>(_ type: Code.Type, _ entries: Int) {
    let table = (0..<entries).map { _ in UInt8.random(in: 0...1, using: &random) }
    for count in lengths {
      for first in offsets {
        let codes = (0..<(first + count)).map { _ in
          Code(truncatingIfNeeded: Int.random(in: 0..<entries, using: &random))
        }
        let before = (0..<count).map { _ in Bool.random(using: &random) }
        var mask = words(before)
        var span = mask.mutableSpan
        keep(&span, whereTrueOf: codes.span, from: first, count: count, in: table.span)
        let wanted = (0..<count).map { before[$0] && table[Int(codes[first + $0])] == 1 }
        #expect(bits(mask, count) == wanted)
        var second = words(before)
        var other = second.mutableSpan
        let middle = Code(truncatingIfNeeded: entries / 2)
        keep(&other, whereBetween: 1...middle, codes.span, from: first, count: count)
        #expect(
          bits(second, count)
            == (0..<count).map {
              before[$0] && codes[first + $0] >= 1 && codes[first + $0] <= middle
            })
      }
    }
  }
  check(UInt8.self, 256)
  check(UInt16.self, 65_536)
  check(UInt32.self, 70_000)
}

@Test func `rows are kept by a table of all bytes, eight at a time`() {
  var random = SeededGenerator(seed: 7)
  let table = (0..<256).map { _ in UInt8.random(in: 0...1, using: &random) }
  for count in lengths {
    for first in offsets {
      let codes = (0..<(first + count)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let before = (0..<count).map { _ in Bool.random(using: &random) }
      var mask = words(before)
      var span = mask.mutableSpan
      keepBytes(&span, whereTrueOf: codes.span, from: first, count: count, in: table.span)
      #expect(
        bits(mask, count)
          == (0..<count).map { before[$0] && table[Int(codes[first + $0])] == 1 })
    }
  }
}

@Test func `the bits of two bitmaps are counted together`() {
  var random = SeededGenerator(seed: 9)
  let (left, right) = ([random.next(), random.next(), 0], [random.next(), UInt64.max, 5])
  let (ours, theirs) = (bits(left, 192), bits(right, 192))
  for first in 0...130 {
    for end in [first, first + 1, 130, 192] where end >= first {
      for (isInverted, isOtherInverted) in [(false, false), (false, true), (true, true)] {
        let count = setBits(
          left.span, isInverted: isInverted, right.span, isInverted: isOtherInverted, first..<end)
        #expect(
          count == (first..<end).count { ours[$0] != isInverted && theirs[$0] != isOtherInverted })
      }
    }
  }
}

@Test func `two codes a byte are tested, grouped and decoded as one code a byte`() {
  var random = SeededGenerator(seed: 10)
  let truths = (0..<16).map { _ in UInt8.random(in: 0...1, using: &random) }
  let both = (0..<256).map { truths[$0 & 15] | truths[$0 >> 4] << 1 }
  let digits = (0..<16).map { $0 * 100 + 7 }
  for count in lengths {
    for first in [0, 2, 64, 126] {
      let codes = (0..<(first + count)).map { _ in UInt8.random(in: 0...15, using: &random) }
      let pairs = stride(from: 0, to: codes.count, by: 2).map { row in
        codes[row] | (row + 1 < codes.count ? codes[row + 1] << 4 : 0)
      }
      let before = (0..<count).map { _ in Bool.random(using: &random) }
      var mask = words(before)
      var span = mask.mutableSpan
      keepPairs(&span, whereTrueOf: pairs.span, from: first, count: count, in: both.span)
      #expect(
        bits(mask, count)
          == (0..<count).map { before[$0] && truths[Int(codes[first + $0])] == 1 })
      var groups = [Int](repeating: 3, count: count)
      var groupSpan = groups.mutableSpan
      addNibbles(to: &groupSpan, of: pairs.span, from: first, count: count, in: digits.span)
      #expect(groups == (0..<count).map { 3 + digits[Int(codes[first + $0])] })
      var values = [Int64](repeating: 0, count: count)
      var valueSpan = values.mutableSpan
      decodeNibbles(
        into: &valueSpan, pairs.span, from: first, count: count, base: -4, step: 1440)
      #expect(values == (0..<count).map { -4 + 1440 * Int64(codes[first + $0]) })
    }
  }
}

@Test func `groups are set for a run, and moved by the values of the rows of a mask`() {
  var random = SeededGenerator(seed: 8)
  for first in [0, 1, 63, 64, 127] {
    for end in [first, 65, 128] where end >= first {
      let values = (0..<128).map { _ in Int64.random(in: -5...900, using: &random) }
      let mask = [random.next(), UInt64.max]
      var groups = [Int](repeating: 3, count: 128)
      var span = groups.mutableSpan
      set(&span, first..<end, to: 40)
      addOffsets(to: &span, of: values.span, mask.span, origin: -5)
      let kept = bits(mask, 128)
      #expect(
        groups
          == (0..<128).map { row in
            (row >= first && row < end ? 40 : 3) + (kept[row] ? Int(values[row]) + 6 : 0)
          })
    }
  }
}

@Test func `rows are kept by a bitmap and by its opposite`() {
  var random = SeededGenerator(seed: 2)
  for wordCount in 0...3 {
    for first in 0...2 {
      let bitmap = (0..<(first + wordCount)).map { _ in random.next() }
      for isInverted in [false, true] {
        let before = (0..<wordCount).map { _ in random.next() }
        var mask = before
        var span = mask.mutableSpan
        keep(&span, whereSetIn: bitmap.span, fromWord: first, isInverted: isInverted)
        #expect(
          mask
            == (0..<wordCount).map {
              before[$0] & (isInverted ? ~bitmap[first + $0] : bitmap[first + $0])
            })
      }
    }
  }
}

@Test func `rows are counted and added in their groups`() {
  var random = SeededGenerator(seed: 3)
  let digits = (0..<7).map { $0 * 1000 + 1 }
  for count in lengths {
    let rounded = (count + 63) / 64 * 64
    for full in [true, false] {
      let kept = (0..<rounded).map { $0 < count && (full || Bool.random(using: &random)) }
      let groups = (0..<rounded).map { _ in Int.random(in: 0..<7, using: &random) }
      let extremes: [Int64] = [.min / 200, .max / 200, 0, -1]
      let values = (0..<rounded).map { _ in extremes.randomElement(using: &random) ?? 0 }
      let mask = words(kept)
      var counts = [UInt32](repeating: 0, count: 7)
      var countSpan = counts.mutableSpan
      countRows(in: &countSpan, of: groups.span, mask.span)
      var sums = [Int64](repeating: 0, count: 7)
      var filled = [UInt32](repeating: 0, count: 7)
      var sumSpan = sums.mutableSpan
      var filledSpan = filled.mutableSpan
      addValues(to: &sumSpan, &filledSpan, of: groups.span, values.span, mask.span)
      var lows = [Int64](repeating: 0, count: 7)
      var highs = [Int64](repeating: 0, count: 7)
      var seen = [UInt32](repeating: 0, count: 7)
      var lowSpan = lows.mutableSpan
      var highSpan = highs.mutableSpan
      var seenSpan = seen.mutableSpan
      keepExtremes(in: &lowSpan, &highSpan, &seenSpan, of: groups.span, values.span, mask.span)
      var some = [Int](repeating: 5, count: rounded)
      var someSpan = some.mutableSpan
      let codes = groups.map { UInt16($0) }
      var coded = [UInt32](repeating: 0, count: 7100)
      var codedSpan = coded.mutableSpan
      countRows(in: &codedSpan, of: codes.span, count / 2..<count, in: digits.span, base: 9)
      #expect(
        (0..<7).allSatisfy { group in
          Int(coded[digits[group] + 9]) == groups[count / 2..<count].count { $0 == group }
        })
      addDigits(
        to: &someSpan, of: codes.span, from: 0, ofRows: mask.span, in: digits.span)
      #expect(some == (0..<rounded).map { kept[$0] ? 5 + digits[groups[$0]] : 5 })
      for group in 0..<7 {
        let own = (0..<rounded).filter { kept[$0] && groups[$0] == group }.map { values[$0] }
        #expect(Int(counts[group]) == own.count && Int(filled[group]) == own.count)
        #expect(Int(seen[group]) == own.count)
        #expect(sums[group] == own.reduce(0, +))
        #expect(own.isEmpty || lows[group] == own.min() && highs[group] == own.max())
      }
    }
  }
}

@Test func `codes become numbers, days and digits`() {
  var random = SeededGenerator(seed: 4)
  for count in lengths {
    for first in offsets {
      let codes = (0..<(first + count)).map { _ in UInt16.random(in: 0...999, using: &random) }
      for (base, step) in [(Int64.min, Int64(1)), (-7, 1440), (.max, -1), (0, 0)] {
        var values = [Int64](repeating: 9, count: count)
        var span = values.mutableSpan
        decode(into: &span, codes.span, from: first, count: count, base: base, step: step)
        #expect(values == (0..<count).map { base &+ step &* Int64(codes[first + $0]) })
      }
      let table = (0..<1000).map { _ in Int.random(in: -5...5, using: &random) }
      var groups = [Int](repeating: 3, count: count)
      var groupSpan = groups.mutableSpan
      addDigits(to: &groupSpan, of: codes.span, from: first, count: count, in: table.span)
      #expect(groups == (0..<count).map { 3 + table[Int(codes[first + $0])] })
    }
  }
  let minutes: [Int64] = [0, 1, 1439, 1440, -1, -1440, -1441, .min, .max]
  var days = minutes
  var span = days.mutableSpan
  divideIntoDays(&span, count: minutes.count)
  #expect(days == [0, 0, 0, 1, -1, -1, -2, -6_405_119_470_038_039, 6_405_119_470_038_038])
}

@Test func `values are added, multiplied, cleared and summed row by row`() {
  var random = SeededGenerator(seed: 5)
  for count in lengths {
    let rounded = (count + 63) / 64 * 64
    let left = (0..<rounded).map { _ in Int64.random(in: -1_000_000...1_000_000, using: &random) }
    let right = (0..<rounded).map { _ in Int64.random(in: -1_000_000...1_000_000, using: &random) }
    for isSubtracted in [false, true] {
      var values = left
      var span = values.mutableSpan
      add(to: &span, right.span, count: count, isSubtracted: isSubtracted)
      #expect(
        values
          == left.indices.map {
            $0 >= count ? left[$0] : isSubtracted ? left[$0] - right[$0] : left[$0] + right[$0]
          })
    }
    var products = left
    var productSpan = products.mutableSpan
    multiply(&productSpan, by: right.span, count: count)
    #expect(products == left.indices.map { $0 < count ? left[$0] * right[$0] : left[$0] })
    let kept = (0..<rounded).map { _ in Bool.random(using: &random) }
    var cleared = left
    var clearedSpan = cleared.mutableSpan
    clear(&clearedSpan, outside: words(kept).span)
    #expect(cleared == left.indices.map { kept[$0] ? left[$0] : 0 })
    for first in offsets where first <= count {
      #expect(sum(left.span, first..<count) == left[first..<count].reduce(0, +))
    }
  }
}
