// RunScan.swift: compiled scans arrive; their morsels go to the cores, and the sums of each measure
// leave. Whole numbers are added, so no order of morsels and no number of threads changes them.

import Columns
import Dispatch
import Kernels
import Synchronization
import Syntax

/// Measures over the same rows and groups, counted in one pass.
struct MeasuresScan: Sendable {
  /// All of one frame, data set and condition; more than one only where `isFusable`.
  let measures: [MeasureScan]

  private struct Morsel: Sendable {
    /// One partition; for distinct counts all whose values may meet.
    var scans: [Int]
    var ranges: [Range<Int>]
  }

  init(_ measures: [MeasureScan]) { self.measures = measures }

  private var scans: [PartitionScan] { measures[0].scans }
  private var isDistinct: Bool { scans.contains { $0.identity != nil } }

  /// The partitions that some measure counts rows of.
  private var used: [Int] {
    scans.indices.filter { place in measures.contains { !$0.scans[place].isEmpty } }
  }

  private func morsels(of size: Int) -> [Morsel] {
    if isDistinct { return scans.sharingValues.map { Morsel(scans: $0, ranges: []) } }
    var result: [Morsel] = []
    for place in used {
      var open: [Range<Int>] = []
      var rows = 0
      for range in scans[place].ranges {
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

  /// The sums of each measure.
  ///
  /// - Throws: `ExactOverflow` from a test that counts too far.
  /// - Complexity: O(rows of the ranges / threads)
  func sums(_ monitor: ExecutionMonitor) throws(ExactOverflow) -> [GroupSums] {
    FreedMemory.keep()
    let rows = used.reduce(0) { $0 + scans[$1].ranges.reduce(0) { $0 + $1.count } }
    // A place for each group where there are not many more of them than rows.
    let groupCount = measures[0].shape.count
    let isDense = groupCount <= min(1 << 22, max(1024, rows * 4))
    @Sendable func empty() -> [GroupSums] {
      measures.map { GroupSums($0.figure, groupCount: isDense ? groupCount : nil) }
    }
    let morsels = morsels(of: monitor.morselRows)
    let next = Atomic(0)
    let threads = min(monitor.threadCount, rows < monitor.morselRows * 2 ? 1 : morsels.count)
    let results = Mutex<[Result<[GroupSums], ExactOverflow>]>([])
    @Sendable func work() {
      // There are more calls than cores: those that come late find nothing left to do.
      var place = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard place < morsels.count else { return }
      var sums = empty()
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
    var merged: [GroupSums]?
    for result in results.withLock({ $0 }) {
      let own = try result.get()
      guard merged != nil else {
        merged = own
        continue
      }
      for place in own.indices { merged?[place].merge(own[place]) }
    }
    let unused = scans.count - used.count
    monitor.record(
      rows: rows, skipped: measures[0].skippedCount + unused, bytes: byteCount,
      path: rows == 0 ? "" : (isDistinct ? "distinct" : (isDense ? "dense" : "hash")))
    return merged ?? empty()
  }

  private func take(
    _ morsel: Morsel, into sums: inout [GroupSums], _ buffers: inout BlockBuffers
  ) throws(ExactOverflow) {
    let identities = morsel.scans.compactMap { scans[$0].identity }
    if !identities.isEmpty { buffers.seen.begin(identities) }
    for place in morsel.scans {
      var fused = FusedScan(scans: measures.map { $0.scans[place] })
      // The keys of a measure that counts no row here are not known.
      if fused.scans[0].isEmpty, let other = fused.scans.first(where: { !$0.isEmpty }) {
        fused = fused.withKeys(of: other)
      }
      for range in identities.isEmpty ? morsel.ranges : scans[place].ranges {
        try fused.scan(range, into: &sums, &buffers)
      }
    }
  }

  /// Bytes of the columns that the rows of the ranges are read from, about.
  private var byteCount: Int {
    used.reduce(0) { total, place in
      let scan = scans[place]
      let rows = scan.ranges.reduce(0) { $0 + $1.count }
      guard scan.rowCount > 0 else { return total }
      let bytes =
        scan.shared.byteCount
        + (measures.map { $0.scans[place] }.first { !$0.isEmpty }?.keyBytes ?? 0)
        + measures.reduce(0) { $0 + $1.scans[place].ownBytes }
      return total + bytes / scan.rowCount * rows + bytes % scan.rowCount * rows / scan.rowCount
    }
  }
}

extension PartitionScan {
  fileprivate var keyBytes: Int { (runKeys + rowKeys).reduce(0) { $0 + $1.packed.byteCount } }

  /// Bytes of the columns that this measure reads beside.
  fileprivate var ownBytes: Int {
    isEmpty ? 0 : own.byteCount + (values?.byteCount ?? 0) + (identity?.packed.byteCount ?? 0)
  }
}

extension RowTest {
  fileprivate var byteCount: Int {
    switch self {
    case .always, .each: 0
    case .coded(let packed, _): packed.byteCount
    case .bits(let words, _): words.count * 8
    case .prepared(let set): set.byteCount
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
