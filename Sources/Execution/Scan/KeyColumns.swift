// KeyColumns.swift: the keys of a partition arrive; the group of each run of rows, and what each
// row adds to it, leave.

import Columns
import Kernels

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
    case .nibbles(let pairs):
      addNibbles(to: &span, of: pairs.span, from: first, count: count, in: table.span)
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

  /// Counts all rows of some runs in the groups that their codes stand for; false where the codes
  /// are none that a table is asked with.
  ///
  /// - Parameter first: what the rows of the segments begin at.
  func count(_ segments: [RunSegment], from first: Int, in counts: inout [UInt32]) -> Bool {
    guard missing == nil else { return false }
    func count<Code: FixedWidthInteger & UnsignedInteger>(_ codes: [Code]) {
      var span = counts.mutableSpan
      for segment in segments {
        let rows = first + segment.rows.lowerBound..<first + segment.rows.upperBound
        countRows(in: &span, of: codes.span, rows, in: table.span, base: segment.group)
      }
    }
    switch packed.codes {
    case .bytes(let codes): count(codes)
    case .halves(let codes): count(codes)
    case .constant, .bits, .nibbles, .words, .wide, .runs: return false
    }
    return true
  }

  /// `add` for the rows of a mask alone: for those that few tests leave.
  func add(to groups: inout [Int], from first: Int, ofRows mask: [UInt64]) {
    guard missing == nil, addCodes(to: &groups, from: first, ofRows: mask) else {
      for word in mask.indices {
        var bits = mask[word]
        while bits != 0 {
          let row = word * 64 + bits.trailingZeroBitCount
          groups[row] += missing?[first + row] == true ? whereMissing : digit(first + row)
          bits &= bits &- 1
        }
      }
      return
    }
  }

  /// false where the codes are none that a table is asked with.
  private func addCodes(to groups: inout [Int], from first: Int, ofRows mask: [UInt64]) -> Bool {
    var span = groups.mutableSpan
    switch packed.codes {
    case .bytes(let codes):
      addDigits(to: &span, of: codes.span, from: first, ofRows: mask.span, in: table.span)
    case .halves(let codes):
      addDigits(to: &span, of: codes.span, from: first, ofRows: mask.span, in: table.span)
    case .words(let codes):
      addDigits(to: &span, of: codes.span, from: first, ofRows: mask.span, in: table.span)
    case .constant, .bits, .nibbles, .wide, .runs: return false
    }
    return true
  }

  private func digit(_ row: Int) -> Int {
    if case .runs = packed.codes {
      return table[Int(packed[row] - (packed.bounds?.lowerBound ?? 0))]
    }
    return table[
      Int(UInt64(bitPattern: packed[row] &- packed.base) / UInt64(bitPattern: packed.step))]
  }
}
