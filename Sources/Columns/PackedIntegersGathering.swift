// PackedIntegersGathering.swift: packed columns arrive; one column of some of their rows, or of all
// one after the other, leaves.

extension PackedIntegers {
  /// The values of the given rows, in that order. Those of a column in runs are packed anew; the
  /// others keep its step, as narrow as they then can be.
  ///
  /// - Complexity: O(rows given), times the logarithm of the runs where there are runs
  package func gathered(_ rows: [Int]) -> PackedIntegers {
    switch codes {
    case .constant: return PackedIntegers(repeating: base, count: rows.count)
    case .bits(let words):
      return picked(rows.map { UInt8(truncatingIfNeeded: words[$0 >> 6] >> UInt64($0 & 63) & 1) })
    case .nibbles(let pairs):
      return picked(rows.map { pairs[$0 >> 1] >> UInt8(($0 & 1) << 2) & 15 })
    case .bytes(let codes): return picked(rows.map { codes[$0] })
    case .halves(let codes): return picked(rows.map { codes[$0] })
    case .words(let codes): return picked(rows.map { codes[$0] })
    case .wide, .runs:
      var builder = Builder()
      for row in rows { builder.append(self[row]) }
      return builder.finished()
    }
  }

  /// Codes of this column, as narrow as they can be.
  private func picked<Code: FixedWidthInteger & UnsignedInteger>(_ codes: [Code])
    -> PackedIntegers
  {
    guard var low = codes.first else { return PackedIntegers(repeating: 0, count: 0) }
    var high = low
    for code in codes {
      low = min(low, code)
      high = max(high, code)
    }
    let first = value(UInt64(low))
    let bounds = first...value(UInt64(high))
    func column(_ codes: Codes, _ base: Int64, _ step: Int64) -> PackedIntegers {
      PackedIntegers(
        codes: codes, base: base, step: step, rowCount: rows, bounds: bounds)
    }
    let rows = codes.count
    if low == high { return PackedIntegers(repeating: first, count: rows) }
    let rowBits =
      switch UInt64(high - low) {
      case 1: 1
      case ...0xF: 4
      case ...0xFF: 8
      case ...0xFFFF: 16
      default: 32
      }
    if let table = runs(codes, rowBits: rowBits) { return column(.runs(table), 0, 1) }
    switch rowBits {
    case 1:
      var words = [UInt64](repeating: 0, count: (rows + 63) / 64)
      for (row, code) in codes.enumerated() where code != low {
        words[row >> 6] |= 1 << UInt64(row & 63)
      }
      return column(.bits(words), first, step)
    case 4:
      return column(
        .nibbles(PackedIntegers.paired(codes.map { UInt8(truncatingIfNeeded: $0 - low) })), first,
        step)
    case 8: return column(.bytes(codes.map { UInt8(truncatingIfNeeded: $0 - low) }), first, step)
    case 16: return column(.halves(codes.map { UInt16(truncatingIfNeeded: $0 - low) }), first, step)
    default: return column(.words(codes.map { UInt32(truncatingIfNeeded: $0 - low) }), first, step)
    }
  }

  /// The runs of the codes; nil where they take more room.
  private func runs<Code: FixedWidthInteger & UnsignedInteger>(
    _ codes: [Code], rowBits: Int
  ) -> RunTable? {
    var table = RunTable(ends: [], values: [])
    for (row, code) in codes.enumerated() where row == 0 || code != codes[row - 1] {
      if row > 0 { table.ends.append(UInt32(truncatingIfNeeded: row)) }
      table.values.append(value(UInt64(code)))
      if table.values.count > codes.count / 16 { return nil }
    }
    table.ends.append(UInt32(truncatingIfNeeded: codes.count))
    let isSmaller = PackedIntegers.areRunsSmaller(
      table.values.count, rowCount: codes.count, rowBits: rowBits)
    return isSmaller ? table : nil
  }

  /// Each value that stands in some row, ascending.
  ///
  /// - Complexity: O(rows); a table of the codes where they have 16 bits at most
  package var distinctValues: [Int64] {
    guard let bounds else { return [] }
    switch codes {
    case .constant: return [base]
    // Both values of a column of bits stand in it.
    case .bits: return [bounds.lowerBound, bounds.upperBound]
    case .nibbles(let pairs): return distinct(Self.unpaired(pairs, rowCount: rowCount))
    case .bytes(let codes): return distinct(codes)
    case .halves(let codes): return distinct(codes)
    case .words, .wide: return Set(values).sorted()
    case .runs(let table): return Set(table.values).sorted()
    }
  }

  private func distinct<Code: FixedWidthInteger & UnsignedInteger>(_ codes: [Code]) -> [Int64] {
    var isMet = [Bool](repeating: false, count: Int(Code.max) + 1)
    for code in codes { isMet[Int(code)] = true }
    let met = isMet.indices.filter { isMet[$0] }
    return met.map { value(UInt64($0)) }.sorted()
  }

  /// The rows of all blocks, one after the other.
  ///
  /// - Complexity: O(rows)
  package init(joining blocks: [PackedIntegers]) {
    let filled = blocks.filter { $0.rowCount > 0 }
    guard let first = filled.first else {
      self.init(repeating: 0, count: 0)
      return
    }
    var frame = Frame(first)
    for block in filled.dropFirst() { frame.widen(by: block) }
    self = frame.packed(filled, runCount: Builder.runCount(of: filled))
  }

  /// Codes of a dictionary.
  ///
  /// - Complexity: O(rows)
  package init(codes: [UInt32]) {
    let plain = PackedIntegers(
      codes: .words(codes), base: 0, step: 1, rowCount: codes.count, bounds: nil)
    self = plain.picked(codes)
  }
}
