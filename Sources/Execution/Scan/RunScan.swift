// RunScan.swift: a compiled scan arrives; its morsels go to the cores, and the table of the measure
// leaves. Whole numbers are added, so no order of morsels and no number of threads changes it.

import Columns
import Dispatch
import Kernels
import Synchronization
import Syntax

extension MeasureScan {
  private struct Morsel: Sendable {
    /// One partition; for distinct counts all whose values may meet.
    var scans: [Int]
    var ranges: [Range<Int>]
  }

  private func morsels(of size: Int) -> [Morsel] {
    if scans.contains(where: { $0.identity != nil }) {
      return scans.sharingValues.map { Morsel(scans: $0, ranges: []) }
    }
    var result: [Morsel] = []
    for (place, scan) in scans.enumerated() {
      var open: [Range<Int>] = []
      var rows = 0
      for range in scan.ranges {
        var start = range.lowerBound
        while start < range.upperBound {
          // Morsels end at whole words of a bitmap.
          let limit = (start + size - rows) / 64 * 64
          let end = min(range.upperBound, max(limit, start + 64))
          open.append(start..<end)
          rows += end - start
          start = end
          if rows >= size - 64 {
            result.append(Morsel(scans: [place], ranges: open))
            (open, rows) = ([], 0)
          }
        }
      }
      if !open.isEmpty { result.append(Morsel(scans: [place], ranges: open)) }
    }
    return result
  }

  /// - Throws: `ExactOverflow` from a test that counts too far.
  /// - Complexity: O(rows of the ranges / threads)
  func sums(_ monitor: ExecutionMonitor) throws(ExactOverflow) -> GroupSums {
    let rows = rowCount
    // A place for each group where there are not many more of them than rows.
    let isDense = shape.count <= min(1 << 22, max(1024, rows * 4))
    let empty = GroupSums(figure, groupCount: isDense ? shape.count : nil)
    let morsels = morsels(of: monitor.morselRows)
    let next = Atomic(0)
    let threads = min(monitor.threadCount, rows < monitor.morselRows * 2 ? 1 : morsels.count)
    let results = Mutex<[Result<GroupSums, ExactOverflow>]>([])
    @Sendable func work() {
      // There are more calls than cores: those that come late find nothing left to do.
      var place = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard place < morsels.count else { return }
      var sums = empty
      var buffers = BlockBuffers()
      do throws(ExactOverflow) {
        while place < morsels.count, !monitor.isCancelled {
          try take(morsels[place], into: &sums, &buffers)
          place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        }
        let found = sums
        results.withLock { $0.append(.success(found)) }
      } catch {
        results.withLock { $0.append(.failure(error)) }
      }
    }
    if threads > 1 {
      DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
    } else {
      work()
    }
    var merged: GroupSums?
    for result in results.withLock({ $0 }) {
      let own = try result.get()
      if merged == nil { merged = own } else { merged?.merge(own) }
    }
    monitor.record(
      rows: rows, skipped: skippedCount, bytes: byteCount,
      path: rows == 0 ? "" : path(isDense: isDense))
    return merged ?? empty
  }

  private func take(
    _ morsel: Morsel, into sums: inout GroupSums, _ buffers: inout BlockBuffers
  ) throws(ExactOverflow) {
    let identities = morsel.scans.compactMap { scans[$0].identity }
    if !identities.isEmpty { buffers.seen.begin(identities) }
    for place in morsel.scans {
      for range in identities.isEmpty ? morsel.ranges : scans[place].ranges {
        try scans[place].scan(range, into: &sums, &buffers)
      }
    }
  }

  /// Bytes of the columns that the rows of the ranges are read from, about.
  private var byteCount: Int {
    scans.reduce(0) { total, scan in
      let rows = scan.ranges.reduce(0) { $0 + $1.count }
      guard scan.rowCount > 0 else { return total }
      return total + scan.columnBytes / scan.rowCount * rows
        + scan.columnBytes % scan.rowCount * rows / scan.rowCount
    }
  }

  private func path(isDense: Bool) -> String {
    if scans.contains(where: { $0.identity != nil }) { return "distinct" }
    return isDense ? "dense" : "hash"
  }

  // MARK: - Tables

  func table(_ monitor: ExecutionMonitor) throws(ExactOverflow) -> MeasureTable {
    let sums = try sums(monitor)
    if valueOrigin != nil { return try medians(sums) }
    let (groups, places) = sums.found()
    let list = GroupList(numbers: groups, shape)
    let isZero = aggregate.isZeroWhenEmpty
    switch figure {
    case .rows:
      let counts = places.map { Int64(sums.rows[$0]) }
      return MeasureTable(
        groups: list, figures: .whole(counts, absent: []), isZeroWhenEmpty: isZero)
    case .sum where scans.contains { $0.identity != nil }:
      return MeasureTable(
        groups: list, figures: .whole(places.map { sums.sums[$0] }, absent: []),
        isZeroWhenEmpty: isZero)
    case .sum:
      return MeasureTable(
        groups: list, figures: figures(places.map { sums.filled[$0] == 0 ? nil : sums.sums[$0] }),
        isZeroWhenEmpty: isZero)
    case .extremes:
      if case .apply(.same, _) = aggregate { return sameTable(list, places, sums) }
      let isMost = if case .apply(.max, _) = aggregate { true } else { false }
      let ends = places.map { place -> Int64? in
        sums.filled[place] == 0 ? nil : (isMost ? sums.highs[place] : sums.lows[place])
      }
      return MeasureTable(groups: list, figures: figures(ends), isZeroWhenEmpty: isZero)
    }
  }

  private func figures(_ values: [Int64?]) -> MeasureTable.Figures {
    if scale > 0 {
      return .exact(values.map { $0.flatMap { Exact(digits: $0, scale: scale) } })
    }
    var absent: Set<Int> = []
    for (row, value) in values.enumerated() where value == nil { absent.insert(row) }
    return .whole(values.map { $0 ?? 0 }, absent: absent)
  }

  private func sameTable(_ list: GroupList, _ places: [Int], _ sums: GroupSums) -> MeasureTable {
    var entries: [GroupKey: MeasureEntry] = [:]
    for (row, place) in places.enumerated() {
      var entry = MeasureEntry()
      if sums.filled[place] > 0 {
        entry.isDisagreeing = sums.lows[place] != sums.highs[place]
        if !entry.isDisagreeing { entry.value = Exact(digits: sums.lows[place], scale: scale) }
      }
      entries[list[row]] = entry
    }
    return MeasureTable(entries, isZeroWhenEmpty: aggregate.isZeroWhenEmpty)
  }

  /// The rows of a group by value, ascending: the middle is counted off, not sorted out.
  private func medians(_ sums: GroupSums) throws(ExactOverflow) -> MeasureTable {
    let (groups, places) = sums.found()
    let radix = shape.radices.last ?? 1
    var numbers: [Int] = []
    var values: [Exact?] = []
    var start = 0
    while start < groups.count {
      let group = groups[start] / radix
      var end = start
      while end < groups.count, groups[end] / radix == group { end += 1 }
      numbers.append(group)
      values.append(try median(groups, places, start..<end, sums))
      start = end
    }
    return MeasureTable(
      groups: GroupList(numbers: numbers, frameShape), figures: .exact(values),
      isZeroWhenEmpty: false)
  }

  private func median(
    _ groups: [Int], _ places: [Int], _ range: Range<Int>, _ sums: GroupSums
  ) throws(ExactOverflow) -> Exact? {
    let radix = shape.radices.last ?? 1
    // Digit 0 counts the rows without a value.
    let valued = range.filter { groups[$0] % radix != 0 }
    let total = valued.reduce(0) { $0 + sums.rows[places[$1]] }
    guard total > 0 else { return nil }
    func value(_ position: Int) -> Exact? {
      var seen = 0
      for place in valued {
        seen += sums.rows[places[place]]
        if seen > position {
          let digits = (valueOrigin ?? 0) &+ Int64(groups[place] % radix - 1)
          return Exact(digits: digits, scale: scale)
        }
      }
      return nil
    }
    guard let upper = value(total / 2) else { return nil }
    guard total % 2 == 0, let lower = value(total / 2 - 1) else { return upper }
    return try lower.adding(upper).divided(by: Exact(2))
  }
}

extension PartitionScan {
  /// Bytes of all columns that are read.
  fileprivate var columnBytes: Int {
    test.byteCount + (runKeys + rowKeys).reduce(0) { $0 + $1.packed.byteCount }
      + (values?.byteCount ?? 0)
  }
}

extension RowTest {
  fileprivate var byteCount: Int {
    switch self {
    case .always, .each: 0
    case .coded(let packed, _): packed.byteCount
    case .bits(let words, _): words.count * 8
    case .all(let parts), .any(let parts): parts.reduce(0) { $0 + $1.byteCount }
    case .not(let inner): inner.byteCount
    }
  }
}

extension RowValues {
  fileprivate var byteCount: Int {
    switch kind {
    case .number: 0
    case .column(let packed, let missing), .day(let packed, let missing, _):
      packed.byteCount + (missing?.words.count ?? 0) * 8
    case .sum(let parts): parts.reduce(0) { $0 + $1.values.byteCount }
    case .product(let parts), .coalesce(let parts): parts.reduce(0) { $0 + $1.byteCount }
    }
  }
}
