// RowTest.swift: tests of rows, compiled for one partition, and the mask of a block arrive; the
// mask of the rows that fulfil them leaves.

import Columns
import Kernels
import Syntax

/// One bit a row.
struct Bitmap: Sendable {
  var words: [UInt64]
  /// The bit of a row that counts is 0.
  var isInverted: Bool
}

/// What the rows of one partition must fulfil, in terms of its codes.
indirect enum RowTest: Sendable {
  case always(Bool)
  /// The truth of each entry of a packed column, 0 or 1.
  case coded(PackedIntegers, truths: [UInt8])
  /// Rows whose bit is set; inverted: is not set.
  case bits([UInt64], isInverted: Bool)
  /// `coded`, made ready for many blocks.
  case prepared(CodeSet)
  case all([RowTest])
  case any([RowTest])
  case not(RowTest)
  /// Looked at row by row: a comparison of two columns, say.
  case each(@Sendable (Int) throws(ExactOverflow) -> Bool)

  /// The test without parts that are decided.
  var simplified: RowTest {
    switch self {
    case .coded(_, let truths):
      if !truths.contains(0) { return .always(true) }
      return truths.contains(1) ? self : .always(false)
    case .all(let parts):
      let open = parts.map(\.simplified).filter { $0.decided != true }
      if open.contains(where: { $0.decided == false }) { return .always(false) }
      if open.isEmpty { return .always(true) }
      return open.count == 1 ? open[0] : .all(open.sorted { $0.cost < $1.cost })
    case .any(let parts):
      let open = parts.map(\.simplified).filter { $0.decided != false }
      if open.contains(where: { $0.decided == true }) { return .always(true) }
      if open.isEmpty { return .always(false) }
      return open.count == 1 ? open[0] : .any(open)
    case .not(let inner):
      let open = inner.simplified
      return open.decided.map { .always(!$0) } ?? .not(open)
    case .always, .bits, .prepared, .each: return self
    }
  }

  /// The bitmaps in all of which the bit of a row that fulfils the test is set; nil where more is
  /// looked at.
  var bitmaps: [Bitmap]? {
    switch self {
    case .always(let truth): return truth ? [] : nil
    case .bits(let words, let isInverted): return [Bitmap(words: words, isInverted: isInverted)]
    case .coded(let packed, let truths):
      guard case .bits(let words) = packed.codes, truths.count == 2, truths[0] != truths[1] else {
        return nil
      }
      return [Bitmap(words: words, isInverted: truths[0] == 1)]
    case .all(let parts):
      let found = parts.map(\.bitmaps)
      return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
    case .not(let inner):
      guard let found = inner.bitmaps, found.count == 1 else { return nil }
      return [Bitmap(words: found[0].words, isInverted: !found[0].isInverted)]
    case .any, .prepared, .each: return nil
    }
  }

  /// With its sets of codes made ready once for all blocks.
  var prepared: RowTest {
    switch self {
    case .coded(let packed, let truths):
      CodeSet(packed, truths).map { .prepared($0) } ?? self
    case .all(let parts): .all(parts.map(\.prepared))
    case .any(let parts): .any(parts.map(\.prepared))
    case .not(let inner): .not(inner.prepared)
    case .always, .bits, .prepared, .each: self
    }
  }

  var decided: Bool? { if case .always(let truth) = self { truth } else { nil } }

  /// The cheapest test first: it leaves fewer rows to the next.
  private var cost: Int {
    switch self {
    case .always: 0
    case .bits: 1
    case .prepared: 2
    case .coded(let packed, _):
      switch packed.codes {
      case .constant, .runs: 0
      case .bits: 1
      default: 2
      }
    case .all, .any, .not: 3
    case .each: 4
    }
  }

  /// Tests for a column with missing rows, which have a truth of their own.
  static func coded(
    _ packed: PackedIntegers, _ truths: [UInt8], missing: MissingRows?, _ truth: Bool
  )
    -> RowTest
  {
    guard let missing else { return .coded(packed, truths: truths) }
    return truth
      ? .any([.bits(missing.words, isInverted: false), .coded(packed, truths: truths)])
      : .all([.bits(missing.words, isInverted: true), .coded(packed, truths: truths)])
  }

  // MARK: - Blocks

  /// Keeps in the mask the rows of a block that fulfil the test.
  func apply(to mask: inout [UInt64], from first: Int, count: Int) throws(ExactOverflow) {
    switch self {
    case .always(true): return
    case .always(false): for word in mask.indices { mask[word] = 0 }
    case .bits(let words, let isInverted):
      var span = mask.mutableSpan
      keep(&span, whereSetIn: words.span, fromWord: first / 64, isInverted: isInverted)
    case .prepared(let set): set.keep(in: &mask, from: first, count: count)
    case .coded(let packed, let truths):
      RowTest.keepCoded(&mask, packed, truths, from: first, count: count)
    case .all(let parts):
      for part in parts {
        try part.apply(to: &mask, from: first, count: count)
        if !mask.contains(where: { $0 != 0 }) { return }
      }
    case .any(let parts):
      var union = [UInt64](repeating: 0, count: mask.count)
      for part in parts {
        var own = mask
        try part.apply(to: &own, from: first, count: count)
        for word in mask.indices { union[word] |= own[word] }
      }
      mask = union
    case .not(let inner):
      var own = mask
      try inner.apply(to: &own, from: first, count: count)
      for word in mask.indices { mask[word] &= ~own[word] }
    case .each(let holds):
      for word in mask.indices {
        var bits = mask[word]
        while bits != 0 {
          let bit = bits & (0 &- bits)
          if try !holds(first + word * 64 + bits.trailingZeroBitCount) { mask[word] &= ~bit }
          bits &= ~bit
        }
      }
    }
  }

  private static func keepCoded(
    _ mask: inout [UInt64], _ packed: PackedIntegers, _ truths: [UInt8], from first: Int, count: Int
  ) {
    var span = mask.mutableSpan
    switch packed.codes {
    case .constant: if truths.first == 0 { fill(&span, 0..<0) }
    case .bits(let words):
      guard truths.count == 2 else { return truths.first == 0 ? fill(&span, 0..<0) : () }
      if truths[0] == 0, truths[1] == 0 { return fill(&span, 0..<0) }
      if truths[0] == truths[1] { return }
      keep(&span, whereSetIn: words.span, fromWord: first / 64, isInverted: truths[0] == 1)
    case .nibbles, .bytes, .halves:
      CodeSet(packed, truths)?.keep(in: &mask, from: first, count: count)
    case .words(let codes):
      keep(&span, whereTrueOf: codes.span, from: first, count: count, in: truths.span)
    case .wide: fill(&span, 0..<0)
    case .runs(let table):
      var run = table.run(of: first)
      var row = 0
      let lowest = packed.bounds?.lowerBound ?? 0
      var kept = [UInt64](repeating: 0, count: mask.count)
      var keptSpan = kept.mutableSpan
      while row < count {
        let end = min(Int(table.ends[run]) - first, count)
        if truths[Int(table.values[run] - lowest)] == 1 { set(&keptSpan, row..<end) }
        row = end
        run += 1
      }
      var whole = mask.mutableSpan
      keep(&whole, whereSetIn: kept.span, fromWord: 0, isInverted: false)
    }
  }
}

extension CodeSet {
  /// For columns of nibbles, bytes and halves; the codes of others are looked at in another way.
  fileprivate init?(_ packed: PackedIntegers, _ truths: [UInt8]) {
    switch packed.codes {
    case .nibbles(let pairs): self = .pairs(pairs, PairSet(truths))
    case .bytes(let codes): self = .bytes(codes, ByteSet(truths))
    case .halves(let codes): self = .halves(codes, HalfSet(truths))
    case .constant, .bits, .words, .wide, .runs: return nil
    }
  }
}
