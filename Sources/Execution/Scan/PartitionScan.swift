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
  /// What all measures of a question ask of a row: periods, parts and conditions.
  var shared: RowTest
  /// What this measure asks beside.
  var own: RowTest
  /// What the dimensions that have one member in all rows add to the number of a group.
  var fixed = 0
  var runKeys: [KeyColumn] = []
  var rowKeys: [KeyColumn] = []
  var values: RowValues?
  /// For medians: the least value; each value is then the last digit of the group.
  var valueOrigin: Int64?
  /// For distinct counts: what tells the values of rows apart.
  var identity: IdentityColumn?

  /// Whether no row can count.
  var isEmpty: Bool { shared.decided == false || own.decided == false || ranges.isEmpty }

  /// Rows are counted whose bit is set in all of these: then runs need no look at a row. nil where
  /// more is asked.
  var bitmaps: [Bitmap]?

  func withBitmaps() -> PartitionScan {
    guard values == nil, identity == nil, valueOrigin == nil, shared.decided == true,
      let own = own.bitmaps, own.count <= 2
    else { return self }
    var scan = self
    scan.bitmaps = own
    return scan
  }

  /// How many rows of a run count.
  ///
  /// - Precondition: `bitmaps` are known.
  fileprivate func count(_ rows: Range<Int>) -> Int {
    guard let bitmaps, let first = bitmaps.first else { return rows.count }
    guard let second = bitmaps.dropFirst().first else {
      let set = setBits(first.words.span, rows)
      return first.isInverted ? rows.count - set : set
    }
    return setBits(
      first.words.span, isInverted: first.isInverted, second.words.span,
      isInverted: second.isInverted, rows)
  }
}

/// Rows of a block that belong to one group.
struct RunSegment {
  var group: Int
  var rows: Range<Int>
}

/// The buffers of one thread.
struct BlockBuffers {
  var shared = [UInt64](repeating: 0, count: blockRows / 64)
  var mask = [UInt64](repeating: 0, count: blockRows / 64)
  var valid = [UInt64](repeating: 0, count: blockRows / 64)
  var groups = [Int](repeating: 0, count: blockRows)
  var places = [Int](repeating: 0, count: blockRows)
  var values = [Int64](repeating: 0, count: blockRows)
  var segments: [RunSegment] = []
  var seen = SeenValues()
}

/// The same partition as several measures of one frame see it: what they share, tests and groups,
/// is found once.
struct FusedScan {
  /// One for each measure; all have the same ranges, keys and shared test.
  let scans: [PartitionScan]

  func withKeys(of other: PartitionScan) -> FusedScan {
    var scans = scans
    (scans[0].fixed, scans[0].runKeys, scans[0].rowKeys) = (
      other.fixed, other.runKeys, other.rowKeys
    )
    return FusedScan(scans: scans)
  }

  /// - Throws: `ExactOverflow` from a test that counts too far.
  func scan(_ rows: Range<Int>, into sums: inout [GroupSums], _ buffers: inout BlockBuffers)
    throws(ExactOverflow)
  {
    guard let first = scans.first else { return }
    if first.rowKeys.isEmpty, scans.allSatisfy({ $0.bitmaps != nil || $0.isEmpty }) {
      return countRuns(rows, into: &sums)
    }
    var runs = RunWalk(first.runKeys, first.fixed, at: rows.lowerBound)
    var start = rows.lowerBound / 64 * 64
    while start < rows.upperBound {
      let count = min(blockRows, first.rowCount - start)
      let asked = max(rows.lowerBound - start, 0)..<min(rows.upperBound - start, count)
      do {
        var mask = buffers.shared.mutableSpan
        fill(&mask, asked)
      }
      try first.shared.apply(to: &buffers.shared, from: start, count: count)
      if buffers.shared.contains(where: { $0 != 0 }) {
        try scan(&runs, into: &sums, &buffers, Block(first: start, count: count, asked: asked))
      } else {
        runs.skip(to: start + asked.upperBound)
      }
      start += blockRows
    }
  }

  /// Runs whose rows are counted by bitmaps alone, or all.
  private func countRuns(_ rows: Range<Int>, into sums: inout [GroupSums]) {
    let used = scans.indices.filter { !scans[$0].isEmpty }
    var runs = RunWalk(scans[0].runKeys, scans[0].fixed, at: rows.lowerBound)
    while let (group, segment) = runs.next(before: rows.upperBound) {
      for place in used {
        let count = scans[place].count(segment)
        if count > 0 { sums[place].rows[sums[place].place(of: group)] += UInt32(count) }
      }
    }
  }

  /// Rows that are looked at together.
  struct Block {
    var first: Int
    var count: Int
    /// Within the block.
    var asked: Range<Int>
  }

  private func scan(
    _ runs: inout RunWalk, into sums: inout [GroupSums], _ buffers: inout BlockBuffers,
    _ block: Block
  ) throws(ExactOverflow) {
    findSegments(&runs, &buffers, block)
    var areGroupsFound = false
    for (place, scan) in scans.enumerated() where !scan.isEmpty {
      copyMask(buffers.shared, to: &buffers.mask)
      try scan.own.apply(to: &buffers.mask, from: block.first, count: block.count)
      guard buffers.mask.contains(where: { $0 != 0 }) else { continue }
      if scan.takesRuns {
        scan.addRuns(&sums[place], &buffers, block)
        continue
      }
      if scan.countsCodes(&sums[place], buffers, block) { continue }
      if !areGroupsFound { findGroups(&buffers, block) }
      // A median writes its values into the numbers of the groups.
      areGroupsFound = scan.valueOrigin == nil
      scan.addRows(&sums[place], &buffers, block)
    }
  }

  /// The runs in which the shared test keeps a row.
  private func findSegments(_ runs: inout RunWalk, _ buffers: inout BlockBuffers, _ block: Block) {
    buffers.segments.removeAll(keepingCapacity: true)
    var kept = firstSetBit(buffers.shared.span, from: 0)
    while let row = kept {
      runs.skip(to: block.first + row)
      guard let (group, rows) = runs.next(before: block.first + block.asked.upperBound) else {
        return
      }
      let end = rows.upperBound - block.first
      buffers.segments.append(RunSegment(group: group, rows: rows.lowerBound - block.first..<end))
      kept = firstSetBit(buffers.shared.span, from: end)
    }
  }

  private func findGroups(_ buffers: inout BlockBuffers, _ block: Block) {
    let kept = setBits(buffers.shared.span, 0..<block.count)
    if kept * 8 < block.count { return findFewGroups(&buffers, block) }
    for segment in buffers.segments {
      var groups = buffers.groups.mutableSpan
      set(&groups, segment.rows, to: segment.group)
    }
    for key in scans[0].rowKeys {
      key.add(to: &buffers.groups, from: block.first, count: block.count)
    }
  }

  /// Of a block of which the shared test keeps few rows: only these have a group.
  private func findFewGroups(_ buffers: inout BlockBuffers, _ block: Block) {
    var segment = 0
    for word in buffers.shared.indices {
      var bits = buffers.shared[word]
      while bits != 0 {
        let row = word * 64 + bits.trailingZeroBitCount
        while buffers.segments[segment].rows.upperBound <= row { segment += 1 }
        buffers.groups[row] = buffers.segments[segment].group
        bits &= bits &- 1
      }
    }
    for key in scans[0].rowKeys {
      key.add(to: &buffers.groups, from: block.first, ofRows: buffers.shared)
    }
  }
}

extension PartitionScan {
  fileprivate var takesRuns: Bool { rowKeys.isEmpty && valueOrigin == nil && identity == nil }

  /// Whole runs of rows that belong to one group.
  fileprivate func addRuns(
    _ sums: inout GroupSums, _ buffers: inout BlockBuffers, _ block: FusedScan.Block
  ) {
    if let values {
      copyMask(buffers.mask, to: &buffers.valid)
      values.evaluate(
        into: &buffers.values, &buffers.valid, from: block.first, count: block.asked.upperBound)
      if case .sum = sums.figure { clearValues(&buffers.values, outside: buffers.valid) }
    }
    for segment in buffers.segments {
      let count = setBits(buffers.mask.span, segment.rows)
      if count == 0 { continue }
      let place = sums.place(of: segment.group)
      sums.rows[place] += UInt32(count)
      guard values != nil else { continue }
      if case .sum = sums.figure {
        sums.filled[place] += UInt32(setBits(buffers.valid.span, segment.rows))
        sums.sums[place] &+= sum(buffers.values.span, segment.rows)
      } else {
        for row in segment.rows { buffers.places[row] = place }
      }
    }
    if values != nil, case .extremes = sums.figure {
      keepEnds(&sums.lows, &sums.highs, &sums.filled, buffers, buffers.places)
    }
  }

  /// Whether all rows of the block are counted by the codes of one column: no row's group is
  /// written down.
  fileprivate func countsCodes(
    _ sums: inout GroupSums, _ buffers: BlockBuffers, _ block: FusedScan.Block
  ) -> Bool {
    guard rowKeys.count == 1, values == nil, identity == nil, valueOrigin == nil,
      sums.slots == nil, setBits(buffers.mask.span, block.asked) == block.asked.count
    else { return false }
    return rowKeys[0].count(buffers.segments, from: block.first, in: &sums.rows)
  }

  /// Rows whose keys differ from row to row.
  fileprivate func addRows(
    _ sums: inout GroupSums, _ buffers: inout BlockBuffers, _ block: FusedScan.Block
  ) {
    if let values {
      copyMask(buffers.mask, to: &buffers.valid)
      values.evaluate(
        into: &buffers.values, &buffers.valid, from: block.first, count: block.count)
    }
    if let valueOrigin {
      moveGroups(&buffers.groups, buffers.values, buffers.valid, from: valueOrigin)
    }
    if sums.slots != nil {
      sums.findPlaces(of: buffers.groups, into: &buffers.places, buffers.mask)
      let places = buffers.places
      add(places, &sums, &buffers, block)
    } else {
      let groups = buffers.groups
      add(groups, &sums, &buffers, block)
    }
  }

  private func add(
    _ places: [Int], _ sums: inout GroupSums, _ buffers: inout BlockBuffers,
    _ block: FusedScan.Block
  ) {
    do {
      var counts = sums.rows.mutableSpan
      countRows(in: &counts, of: places.span, buffers.mask.span)
    }
    if let identity {
      copyMask(buffers.mask, to: &buffers.valid)
      identity.find(into: &buffers.values, &buffers.valid, from: block.first, count: block.count)
      buffers.seen.add(buffers.values, buffers.valid, to: &sums, places)
    }
    guard values != nil, valueOrigin == nil else { return }
    switch sums.figure {
    case .rows: return
    case .sum: addToSums(&sums.sums, &sums.filled, buffers, places)
    case .extremes: keepEnds(&sums.lows, &sums.highs, &sums.filled, buffers, places)
    }
  }
}

// A span borrows one array at a time, so that the arrays of a thread arrive apart.

private func copyMask(_ mask: [UInt64], to other: inout [UInt64]) {
  for word in mask.indices { other[word] = mask[word] }
}

private func moveGroups(
  _ groups: inout [Int], _ values: [Int64], _ mask: [UInt64], from origin: Int64
) {
  var span = groups.mutableSpan
  addOffsets(to: &span, of: values.span, mask.span, origin: origin)
}

private func clearValues(_ values: inout [Int64], outside mask: [UInt64]) {
  var span = values.mutableSpan
  clear(&span, outside: mask.span)
}

private func addToSums(
  _ sums: inout [Int64], _ filled: inout [UInt32], _ buffers: BlockBuffers, _ places: [Int]
) {
  var totals = sums.mutableSpan
  var counts = filled.mutableSpan
  addValues(
    to: &totals, &counts, of: places.span, buffers.values.span, buffers.valid.span)
}

private func keepEnds(
  _ lows: inout [Int64], _ highs: inout [Int64], _ filled: inout [UInt32], _ buffers: BlockBuffers,
  _ places: [Int]
) {
  var lowest = lows.mutableSpan
  var highest = highs.mutableSpan
  var counts = filled.mutableSpan
  keepExtremes(
    in: &lowest, &highest, &counts, of: places.span, buffers.values.span, buffers.valid.span)
}
