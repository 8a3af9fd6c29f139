// PartitionScan.swift: what is asked of one partition arrives, compiled to its codes; counts and
// sums by group leave, block by block.
//
// A block is filtered, grouped and added while it lies in the nearest cache. Where all keys lie in
// runs, a run is one group: its rows are counted or added without a look at any key.

import Columns
import Kernels
import Syntax

struct PartitionScan: Sendable {
  var partition: Int
  var rowCount: Int
  /// Rows outside cannot fulfil the test.
  var ranges: [Range<Int>]
  var test: RowTest
  /// What the dimensions that have one member in all rows add to the number of a group.
  var fixed: Int
  var runKeys: [KeyColumn]
  var rowKeys: [KeyColumn]
  var values: RowValues?
  /// For medians: the least value; each value is then the last digit of the group.
  var valueOrigin: Int64?
  /// For distinct counts: what tells the values of rows apart.
  var identity: IdentityColumn?
}

/// The buffers of one thread.
struct BlockBuffers {
  var mask = [UInt64](repeating: 0, count: blockRows / 64)
  var valid = [UInt64](repeating: 0, count: blockRows / 64)
  var groups = [Int](repeating: 0, count: blockRows)
  var values = [Int64](repeating: 0, count: blockRows)
  var seen = SeenValues()
}

extension PartitionScan {
  /// - Throws: `ExactOverflow` from a test that counts too far.
  func scan(_ rows: Range<Int>, into sums: inout GroupSums, _ buffers: inout BlockBuffers)
    throws(ExactOverflow)
  {
    if rowKeys.isEmpty, values == nil, identity == nil, test.decided == true {
      var runs = RunWalk(runKeys, fixed, at: rows.lowerBound)
      while let (group, segment) = runs.next(before: rows.upperBound) {
        sums.rows[sums.place(of: group)] += segment.count
      }
      return
    }
    var runs = RunWalk(runKeys, fixed, at: rows.lowerBound)
    var first = rows.lowerBound / 64 * 64
    while first < rows.upperBound {
      let count = min(blockRows, rowCount - first)
      let asked = max(rows.lowerBound - first, 0)..<min(rows.upperBound - first, count)
      do {
        var mask = buffers.mask.mutableSpan
        fill(&mask, asked)
      }
      try test.apply(to: &buffers.mask, from: first, count: count)
      if buffers.mask.contains(where: { $0 != 0 }) {
        if rowKeys.isEmpty, valueOrigin == nil, identity == nil {
          addRuns(&runs, &sums, &buffers, from: first, asked)
        } else {
          addRows(&runs, &sums, &buffers, from: first, count: count, asked)
        }
      } else {
        runs.skip(to: first + asked.upperBound)
      }
      first += blockRows
    }
  }

  /// Whole runs of rows that belong to one group.
  private func addRuns(
    _ runs: inout RunWalk, _ sums: inout GroupSums, _ buffers: inout BlockBuffers, from first: Int,
    _ asked: Range<Int>
  ) {
    if let values {
      buffers.valid = buffers.mask
      values.evaluate(
        into: &buffers.values, &buffers.valid, from: first, count: asked.upperBound)
      if case .sum = sums.figure { clearValues(&buffers.values, outside: buffers.valid) }
    }
    while let (group, segment) = runs.next(before: first + asked.upperBound) {
      let bits = (segment.lowerBound - first)..<(segment.upperBound - first)
      let count = setBits(buffers.mask.span, bits)
      if count == 0 { continue }
      let place = sums.place(of: group)
      sums.rows[place] += count
      guard values != nil else { continue }
      if case .sum = sums.figure {
        sums.filled[place] += setBits(buffers.valid.span, bits)
        sums.sums[place] &+= sum(buffers.values.span, bits)
      } else {
        for row in bits { buffers.groups[row] = place }
      }
    }
    if values != nil, case .extremes = sums.figure { keepExtremes(&sums, buffers) }
  }

  /// Rows whose keys differ from row to row.
  private func addRows(
    _ runs: inout RunWalk, _ sums: inout GroupSums, _ buffers: inout BlockBuffers, from first: Int,
    count: Int, _ asked: Range<Int>
  ) {
    while let (group, segment) = runs.next(before: first + asked.upperBound) {
      for row in (segment.lowerBound - first)..<(segment.upperBound - first) {
        buffers.groups[row] = group
      }
    }
    for key in rowKeys { key.add(to: &buffers.groups, from: first, count: count) }
    if let values {
      buffers.valid = buffers.mask
      values.evaluate(into: &buffers.values, &buffers.valid, from: first, count: count)
    }
    if let valueOrigin {
      for row in asked where buffers.valid[row >> 6] >> UInt64(row & 63) & 1 == 1 {
        buffers.groups[row] += Int(truncatingIfNeeded: buffers.values[row] &- valueOrigin) + 1
      }
    }
    sums.findPlaces(&buffers.groups, buffers.mask)
    do {
      var counts = sums.rows.mutableSpan
      countRows(in: &counts, of: buffers.groups.span, buffers.mask.span)
    }
    if let identity {
      buffers.valid = buffers.mask
      identity.find(into: &buffers.values, &buffers.valid, from: first, count: count)
      buffers.seen.add(buffers.values, buffers.valid, to: &sums, buffers.groups)
    }
    guard values != nil, valueOrigin == nil else { return }
    switch sums.figure {
    case .rows: return
    case .sum:
      addToSums(&sums.sums, &sums.filled, buffers)
    case .extremes: keepExtremes(&sums, buffers)
    }
  }

  private func keepExtremes(_ sums: inout GroupSums, _ buffers: BlockBuffers) {
    keepEnds(&sums.lows, &sums.highs, &sums.filled, buffers)
  }
}

// A span borrows one array at a time, so that the arrays of a thread arrive apart.

private func clearValues(_ values: inout [Int64], outside mask: [UInt64]) {
  var span = values.mutableSpan
  clear(&span, outside: mask.span)
}

private func addToSums(_ sums: inout [Int64], _ filled: inout [Int], _ buffers: BlockBuffers) {
  var totals = sums.mutableSpan
  var counts = filled.mutableSpan
  addValues(
    to: &totals, &counts, of: buffers.groups.span, buffers.values.span, buffers.valid.span)
}

private func keepEnds(
  _ lows: inout [Int64], _ highs: inout [Int64], _ filled: inout [Int], _ buffers: BlockBuffers
) {
  var lowest = lows.mutableSpan
  var highest = highs.mutableSpan
  var counts = filled.mutableSpan
  keepExtremes(
    in: &lowest, &highest, &counts, of: buffers.groups.span, buffers.values.span,
    buffers.valid.span)
}

/// Walks along the runs of several columns: each stretch of rows has one group.
struct RunWalk {
  private struct Cursor {
    var table: PackedIntegers.RunTable
    var digits: [Int]
    var lowest: Int64
    var run: Int
    var digit: Int { digits[Int(table.values[run] - lowest)] }
  }
  private var cursors: [Cursor] = []
  private let fixed: Int
  private var row: Int

  init(_ keys: [KeyColumn], _ fixed: Int, at row: Int) {
    self.fixed = fixed
    self.row = row
    for key in keys {
      guard case .runs(let table) = key.packed.codes else { continue }
      cursors.append(
        Cursor(
          table: table, digits: key.table, lowest: key.packed.bounds?.lowerBound ?? 0,
          run: table.run(of: row)))
    }
  }

  /// The next rows that share a group; nil where the end is reached.
  mutating func next(before limit: Int) -> (group: Int, rows: Range<Int>)? {
    guard row < limit else { return nil }
    var (group, end) = (fixed, limit)
    for place in cursors.indices {
      while Int(cursors[place].table.ends[cursors[place].run]) <= row { cursors[place].run += 1 }
      group += cursors[place].digit
      end = min(end, Int(cursors[place].table.ends[cursors[place].run]))
    }
    defer { row = end }
    return (group, row..<end)
  }

  mutating func skip(to row: Int) { self.row = max(self.row, row) }
}

extension KeyColumn {
  /// - Parameter first: a multiple of 64.
  func add(to groups: inout [Int], from first: Int, count: Int) {
    var span = groups.mutableSpan
    switch packed.codes {
    case .constant: for row in 0..<count { span[row] &+= table[0] }
    case .bits(let words):
      let (low, difference) = (table[0], table[1] - table[0])
      for row in 0..<count {
        span[row] &+= low &+ difference &* Int(words[(first + row) >> 6] >> UInt64(row & 63) & 1)
      }
    case .bytes(let codes):
      addDigits(to: &span, of: codes.span, from: first, count: count, in: table.span)
    case .halves(let codes):
      addDigits(to: &span, of: codes.span, from: first, count: count, in: table.span)
    case .words(let codes):
      addDigits(to: &span, of: codes.span, from: first, count: count, in: table.span)
    case .wide: break
    case .runs(let runs):
      var run = runs.run(of: first)
      let lowest = packed.bounds?.lowerBound ?? 0
      for row in 0..<count {
        if first + row >= Int(runs.ends[run]) { run += 1 }
        span[row] &+= table[Int(runs.values[run] - lowest)]
      }
    }
    guard let missing else { return }
    for row in 0..<count where missing[first + row] {
      groups[row] += whereMissing - digit(first + row)
    }
  }

  private func digit(_ row: Int) -> Int {
    if case .runs = packed.codes {
      return table[Int(packed[row] - (packed.bounds?.lowerBound ?? 0))]
    }
    return table[
      Int(UInt64(bitPattern: packed[row] &- packed.base) / UInt64(bitPattern: packed.step))]
  }
}
