// PackedIntegers.swift: whole numbers arrive, one a row; a column leaves that spends as few bytes
// on a row as their range needs.
//
// A value is `base + step × code` (frame of reference). The step is the greatest one that fits all
// values, so that midnights counted in minutes cost one byte a day and not three.

/// Whole numbers, one a row, as narrow as they can be.
package struct PackedIntegers: Sendable {
  /// How the codes lie in memory. A loop over rows switches on this once and then runs over the
  /// array: a row read through `subscript` costs several times as much.
  package enum Codes: Sendable {
    /// Every row is `base`.
    case constant
    /// One bit a row, the lowest bit of a word first; bits beyond the last row are 0.
    case bits([UInt64])
    /// Two rows a byte, the first of them in the low half; what lies behind the last row is 0.
    case nibbles([UInt8])
    case bytes([UInt8])
    case halves([UInt16])
    case words([UInt32])
    /// The values themselves.
    case wide([Int64])
    /// The values themselves, each once for the rows before its end: clustered columns.
    case runs(RunTable)
  }

  /// Values that stand in many rows one after the other.
  package struct RunTable: Sendable, Hashable {
    /// For each run the row after its last; ascending, the last is the number of rows.
    package var ends: [UInt32]
    package var values: [Int64]

    package init(ends: [UInt32], values: [Int64]) {
      self.ends = ends
      self.values = values
    }

    /// - Complexity: O(log runs)
    package func run(of row: Int) -> Int {
      var (low, high) = (0, ends.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if Int(ends[middle]) > row { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }

  package let codes: Codes
  package let base: Int64
  /// Multiplied and added modulo 2⁶⁴, which is exact for every value between the bounds.
  package let step: Int64
  package let rowCount: Int
  /// The smallest and the greatest value; nil where there are no rows.
  package let bounds: ClosedRange<Int64>?

  init(
    codes: Codes, base: Int64, step: Int64, rowCount: Int, bounds: ClosedRange<Int64>?
  ) {
    self.codes = codes
    self.base = base
    self.step = step
    self.rowCount = rowCount
    self.bounds = bounds
  }

  /// - Complexity: O(rows)
  package init(_ values: [Int64]) {
    var builder = Builder()
    for value in values { builder.append(value) }
    self = builder.finished()
  }

  package init(repeating value: Int64, count: Int) {
    self.init(
      codes: .constant, base: value, step: 1, rowCount: count,
      bounds: count > 0 ? value...value : nil)
  }

  /// - Precondition: a row of the column.
  package subscript(row: Int) -> Int64 {
    switch codes {
    case .constant: base
    case .bits(let words): value(UInt64(words[row >> 6] >> UInt64(row & 63) & 1))
    case .nibbles(let pairs): value(UInt64(pairs[row >> 1] >> UInt8((row & 1) << 2) & 15))
    case .bytes(let codes): value(UInt64(codes[row]))
    case .halves(let codes): value(UInt64(codes[row]))
    case .words(let codes): value(UInt64(codes[row]))
    case .wide(let values): values[row]
    case .runs(let table): table.values[table.run(of: row)]
    }
  }

  /// The value that a code stands for.
  package func value(_ code: UInt64) -> Int64 {
    base &+ step &* Int64(bitPattern: code)
  }

  /// Every value, row by row.
  ///
  /// - Complexity: O(rows)
  package var values: [Int64] {
    var result: [Int64] = []
    result.reserveCapacity(rowCount)
    appendValues(to: &result)
    return result
  }

  /// - Complexity: O(rows)
  package func appendValues(to result: inout [Int64]) {
    appendValues(of: 0..<rowCount, to: &result)
  }

  /// - Precondition: the rows are there.
  /// - Complexity: O(rows), and O(log runs)
  package func appendValues(of rows: Range<Int>, to result: inout [Int64]) {
    switch codes {
    case .constant: result.append(contentsOf: repeatElement(base, count: rows.count))
    case .bits(let words):
      let words = words.span
      append(rows, to: &result) { words[$0 >> 6] >> UInt64($0 & 63) & 1 }
    case .nibbles(let pairs):
      let pairs = pairs.span
      append(rows, to: &result) { UInt64(pairs[$0 >> 1] >> UInt8(($0 & 1) << 2) & 15) }
    case .bytes(let codes):
      let codes = codes.span
      append(rows, to: &result) { UInt64(codes[$0]) }
    case .halves(let codes):
      let codes = codes.span
      append(rows, to: &result) { UInt64(codes[$0]) }
    case .words(let codes):
      let codes = codes.span
      append(rows, to: &result) { UInt64(codes[$0]) }
    case .wide(let values): result.append(contentsOf: values[rows])
    case .runs(let table):
      guard !rows.isEmpty else { return }
      var (run, row) = (table.run(of: rows.lowerBound), rows.lowerBound)
      while row < rows.upperBound {
        let end = min(Int(table.ends[run]), rows.upperBound)
        result.append(contentsOf: repeatElement(table.values[run], count: end - row))
        (run, row) = (run + 1, end)
      }
    }
  }

  /// The room is taken once, and each value written where it belongs: a sequence that is mapped
  /// takes eight times as long.
  @inline(__always)
  private func append(_ rows: Range<Int>, to result: inout [Int64], _ code: (Int) -> UInt64) {
    result.append(addingCapacity: rows.count) { values in
      for row in rows { values.append(value(code(row))) }
    }
  }

  /// The same rows, each value divided; nil where that leaves a rest, or codes that are values.
  package func divided(by divisor: Int64) -> PackedIntegers? {
    switch codes {
    case .wide, .runs: return nil
    case .constant, .bits, .nibbles, .bytes, .halves, .words: break
    }
    guard divisor > 1, base % divisor == 0, let bounds, bounds.upperBound % divisor == 0,
      bounds.lowerBound % divisor == 0
    else { return nil }
    if case .constant = codes {} else if step <= 0 || step % divisor != 0 { return nil }
    return PackedIntegers(
      codes: codes, base: base / divisor, step: max(1, step / divisor), rowCount: rowCount,
      bounds: (bounds.lowerBound / divisor)...(bounds.upperBound / divisor))
  }

  /// Codes below 16, two to a byte.
  static func paired(_ codes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: codes.count, by: 2).map { row in
      codes[row] | (row + 1 < codes.count ? codes[row + 1] << 4 : 0)
    }
  }

  /// One code a byte.
  static func unpaired(_ pairs: [UInt8], rowCount: Int) -> [UInt8] {
    (0..<rowCount).map { pairs[$0 >> 1] >> UInt8(($0 & 1) << 2) & 15 }
  }

  /// Bytes that the codes take.
  package var byteCount: Int {
    switch codes {
    case .constant: 0
    case .bits(let words): words.count * 8
    case .nibbles(let pairs): pairs.count
    case .bytes(let codes): codes.count
    case .halves(let codes): codes.count * 2
    case .words(let codes): codes.count * 4
    case .wide(let values): values.count * 8
    case .runs(let table): table.ends.count * 12
    }
  }
}
