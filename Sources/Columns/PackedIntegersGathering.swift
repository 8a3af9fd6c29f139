// PackedIntegersGathering.swift: packed columns arrive; one column of some of their rows, or of all
// one after the other, leaves.

extension PackedIntegers {
  /// The values of the given rows, in that order. Those of a column in runs are packed anew; the
  /// others keep its step, as narrow as they then can be.
  ///
  /// - Complexity: O(rows given); of a column in runs, times their logarithm where the rows leap
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
    case .wide(let values): return PackedIntegers(values: rows.map { values[$0] })
    case .runs(let table): return PackedIntegers(values: table.values(of: rows))
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

  /// The values of the given rows, in that order.
  ///
  /// - Complexity: as `gathered`
  package func values(of rows: [Int]) -> [Int64] {
    switch codes {
    case .constant: return Array(repeating: base, count: rows.count)
    case .bits, .nibbles: return rows.map { self[$0] }
    case .bytes(let codes): return rows.map { value(UInt64(codes[$0])) }
    case .halves(let codes): return rows.map { value(UInt64(codes[$0])) }
    case .words(let codes): return rows.map { value(UInt64(codes[$0])) }
    case .wide(let values): return rows.map { values[$0] }
    case .runs(let table): return table.values(of: rows)
    }
  }

  /// Numbers one after the other, each for the rows up to its end.
  ///
  /// - Parameter ends: ascending; where two are equal, no row has the latter's number.
  package init(ascendingFrom first: Int64, ends: [UInt32]) {
    var table = RunTable(ends: [], values: [])
    for (place, end) in ends.enumerated() where end > table.ends.last ?? 0 {
      table.ends.append(end)
      table.values.append(first &+ Int64(place))
    }
    guard let low = table.values.first, let high = table.values.last, low < high else {
      self.init(repeating: table.values.first ?? 0, count: Int(table.ends.last ?? 0))
      return
    }
    self.init(
      codes: .runs(table), base: 0, step: 1, rowCount: Int(table.ends.last ?? 0),
      bounds: low...high)
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
  package init(codes: [UInt32]) { self.init(picking: codes) }
  /// The same of a small dictionary.
  package init(codes: [UInt8]) { self.init(picking: codes) }

  private init<Code: FixedWidthInteger & UnsignedInteger>(picking codes: [Code]) {
    let plain = PackedIntegers(
      codes: .constant, base: 0, step: 1, rowCount: codes.count, bounds: nil)
    self = plain.picked(codes)
  }
}

extension PackedIntegers.RunTable {
  /// Rows that ascend, or stay near each other, mostly lie in the run of the one before.
  fileprivate func values(of rows: [Int]) -> [Int64] {
    var (run, range) = (0, 0..<0)
    return rows.map { row in
      if !range.contains(row) {
        let next = run + 1
        let isNext = row == range.upperBound && next < ends.count && !range.isEmpty
        run = isNext ? next : self.run(of: row)
        range = (run == 0 ? 0 : Int(ends[run - 1]))..<Int(ends[run])
      }
      return values[run]
    }
  }
}
