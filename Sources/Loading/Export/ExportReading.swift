// ExportReading.swift: the bytes of an export arrive; its rows leave as columns, with every fault
// of the file, however many threads have read it.

import Catalog
import Columns
import Dispatch
import Synchronization
import Syntax

/// An export that has been read.
struct ExportReading {
  let plan: ExportPlan
  /// Stored columns of the data set, in its order.
  var columns: [MergedColumn] = []
  /// The line of each row.
  var lines = PackedIntegers(repeating: 0, count: 0)
  /// In the order of the lines.
  var faults: [FileFault] = []
  var skipped: [SkippedLine] = []
  var percents = BarePercents()
  /// For each field.
  var serials: [[ChunkRows.Serial]]
  var writtenDates: [Int]
  /// Rows among the data that are none: headings again, totals, notes.
  var asides: RowAsides
  /// Rows that are not loaded, since an earlier one has their key.
  var dropped: Set<Int> = []
  var repeatedRows = 0
  var badRows = 0
  var blanked = BlankedCells()
  var oddCells = 0
  var joinedRows = 0
  var mergedCells = 0
  /// Cells of other columns that led to a person.
  var personalCells = 0
  /// What a file prints otherwise than a formula says.
  var differingCells: [DifferingCells] = []
  /// Rows that belong to no period, since the column of the time is blank.
  var timelessRows = 0

  /// Faults after which the rest of a file is no longer read.
  static let faultLimit = 10_000

  var rowCount: Int { lines.rowCount }

  /// - Throws: every fault of the file, where its quotes end the reading.
  init(_ plan: ExportPlan, _ raw: RawTable) throws(FileFaults) {
    self.plan = plan
    serials = Array(repeating: [], count: plan.fields.count)
    writtenDates = Array(repeating: 0, count: plan.fields.count)
    asides = plan.asides
    var (chunks, readers) = readChunks(plan, raw)
    if plan.options.monitor?.isCancelled == true {
      throw FileFaults([cancelledFault(plan.source.file)])
    }
    var again = ChunkReader(plan, number: readers.count)
    let end = gather(&chunks, raw, &again)
    try raw.checkFile()
    readers.append(again.texts)
    merge(chunks.map(\.rows), readers)
    dropRepeats()
    faults = Array(inLineOrder(faults) { $0.line ?? 0 }.prefix(Self.faultLimit))
    skipped = inLineOrder(skipped) { $0.line }
    if let end { throw FileFaults(faults + [quoteFault(end, source: plan.source)]) }
  }

  /// Adds up what the chunks have noticed, in the order of the file; a chunk whose first row was
  /// read with the one before it is read again without that row.
  ///
  /// - Returns: the quotes that end the reading; the chunks behind them are taken away.
  private mutating func gather(
    _ chunks: inout [ReadChunk], _ raw: RawTable, _ again: inout ChunkReader
  ) -> DelimitedRows.Fault? {
    var start = 0
    var index = 0
    while index < chunks.count {
      if index > 0, chunks[index - 1].rows.end == .tookNextRow {
        let chunk = chunks[index].chunk
        chunks[index].rows = again.read(
          chunk, raw.text.utf8(of: chunk.range), of: raw, skipping: 1)
      }
      let rows = chunks[index].rows
      index += 1
      add(rows, from: start)
      start += rows.rowCount
      if case .fault(let fault) = rows.end {
        chunks.removeSubrange(index...)
        return fault
      }
      if faults.count > Self.faultLimit { chunks.removeSubrange(index...) }
    }
    return nil
  }

  private mutating func add(_ rows: ChunkRows, from start: Int) {
    faults += rows.faults
    skipped += rows.skipped
    for var cell in rows.percents {
      cell.row += start
      percents.add(cell)
    }
    for field in serials.indices {
      writtenDates[field] += rows.writtenDates[field]
      serials[field] += rows.serials[field].map { serial in
        var moved = serial
        moved.row += start
        return moved
      }
    }
    asides.add(rows.asides)
    badRows += rows.badRows
    blanked.add(rows.blanked)
    oddCells += rows.oddCells
    joinedRows += rows.joinedRows
    mergedCells += rows.mergedCells
  }

  private mutating func merge(_ chunks: [ChunkRows], _ readers: [[FieldTexts]]) {
    lines = PackedIntegers(joining: chunks.map(\.lines))
    let count = rowCount
    let plan = plan
    let stored = plan.stored
    columns = sideBySide(stored.count, threads: count < 4096 ? 1 : plan.options.threads) { index in
      guard let field = plan.fields.firstIndex(where: { $0.target == index }) else {
        return MergedColumn(absent: stored[index], rowCount: count)
      }
      return MergedColumn(stored[index], field: field, of: chunks, readers: readers)
    }
  }

  /// An order and unit twice: exact repeats are dropped, others are faults.
  private mutating func dropRepeats() {
    let grain = plan.columns.dataset.grain
    let keys = grain.compactMap { plan.index(of: $0) }.map { columns[$0] }
    for pair in Loading.repeatedRows(keys, rowCount: rowCount) {
      dropped.insert(pair.row)
      if columns.allSatisfy({ $0.isEqual(pair.first, pair.row) }) {
        repeatedRows += 1
        continue
      }
      let line = Int(lines[pair.row])
      let fault = differingRepeatFault(
        Spot(plan.source, line), first: Int(lines[pair.first]), key: grain)
      if plan.options.skipsBadRows {
        skipped.append(plan.leftOut(line, fault))
        badRows += 1
      } else {
        faults.append(fault)
      }
    }
    guard !dropped.isEmpty else { return }
    let left = dropped
    for field in serials.indices { serials[field].removeAll { left.contains($0.row) } }
    percents.removeRows { left.contains($0) }
  }
}

/// Sorted by line; what stands in one line keeps its order.
func inLineOrder<Found>(_ found: [Found], _ line: (Found) -> Int) -> [Found] {
  found.indices.sorted { (line(found[$0]), $0) < (line(found[$1]), $1) }.map { found[$0] }
}

// MARK: - Threads

/// A chunk and what it has brought.
struct ReadChunk: Sendable {
  var chunk: RowChunk
  var rows: ChunkRows
}

/// All chunks in the order of the file, and what the text fields of each reader have met.
private func readChunks(
  _ plan: ExportPlan, _ raw: RawTable
) -> (chunks: [ReadChunk], texts: [[FieldTexts]]) {
  let headRows = plan.columns.headerRow + 1
  let cutter = Mutex(
    RowChunks(raw, leastBytes: plan.options.chunkBytes, headRows: headRows))
  // Chunks behind a fault that ends the reading are not wanted.
  let last = Atomic(Int.max)
  let tally = Mutex(FaultTally())
  let isSmall = raw.text.count <= plan.options.chunkBytes
  let threads = isSmall ? 1 : plan.options.threads
  let parts = sideBySide(threads, threads: threads) { number in
    var reader = ChunkReader(plan, number: number)
    var read: [ReadChunk] = []
    while plan.options.monitor?.isCancelled != true,
      let (chunk, stretch) = cutter.withLock({ $0.next() }),
      chunk.number <= last.load(ordering: .relaxed)
    {
      let rows = reader.read(
        chunk, raw.text.utf8(stretch), of: raw, skipping: chunk.number == 0 ? headRows : 0)
      if case .fault = rows.end { last.min(chunk.number, ordering: .relaxed) }
      if let full = tally.withLock({ $0.add(rows.faults.count, of: chunk.number) }) {
        last.min(full, ordering: .relaxed)
      }
      plan.options.monitor?.advance(bytes: chunk.range.count, rows: rows.rowCount)
      read.append(ReadChunk(chunk: chunk, rows: rows))
    }
    return (read, reader.texts)
  }
  let chunks = parts.flatMap(\.0).sorted { $0.chunk.number < $1.chunk.number }
  return (chunks, parts.map(\.1))
}

/// Faults of chunks that are done in any order.
private struct FaultTally {
  private var counts: [Int: Int] = [:]
  /// Chunks from the first that are done one behind the other, and their faults.
  private var doneCount = 0
  private var sum = 0

  /// - Returns: the chunk with which there are as many faults as are told; nil as long as there are
  ///   fewer, or a chunk before it is not done.
  mutating func add(_ count: Int, of chunk: Int) -> Int? {
    counts[chunk] = count
    while let next = counts[doneCount] {
      sum += next
      if sum > ExportReading.faultLimit { return doneCount }
      counts[doneCount] = nil
      doneCount += 1
    }
    return nil
  }
}

/// What the work returns for each number below `count`, done by so many threads.
func sideBySide<Result: Sendable>(
  _ count: Int, threads: Int, _ work: @Sendable (Int) -> Result
) -> [Result] {
  guard threads > 1, count > 1 else { return (0..<count).map(work) }
  let next = Atomic(0)
  let results = Mutex<[(Int, Result)]>([])
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    var index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    while index < count {
      let result = work(index)
      let place = index
      results.withLock { $0.append((place, result)) }
      index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    }
  }
  return results.withLock { $0 }.sorted { $0.0 < $1.0 }.map(\.1)
}
