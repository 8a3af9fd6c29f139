// ChunkReader.swift: the rows of a chunk arrive as cells; typed rows leave, or faults that name
// line, column and cell.

import Catalog
import Columns
import Syntax

/// Reads chunk after chunk; each thread has one of its own.
struct ChunkReader {
  let plan: ExportPlan
  private let number: Int
  /// Cells of a row, and which of them are read: asked for each row.
  private let width: Int
  private let fileColumns: [Int]
  /// What the text fields have met; kept from chunk to chunk.
  var texts: [FieldTexts]
  var rows: ChunkRows
  /// Rows that are not packed yet.
  var batch = RowBatch()
  /// Faults of the batch's rows: which row, one for each of the last faults.
  var faultyRows: [Int] = []
  /// How the texts of each field are numbered in this chunk.
  var numberings: [Numbering?]
  /// For each field with a closed list of members, once it was asked for.
  var nearNames: [NearNames?]
  var cleaned: [UInt8] = []
  private var merged: MergedTexts

  init(_ plan: ExportPlan, number: Int) {
    self.plan = plan
    self.number = number
    (width, fileColumns) = (plan.columns.width, plan.fileColumns)
    texts = Array(repeating: FieldTexts(), count: plan.fields.count)
    rows = ChunkRows(plan, reader: number)
    numberings = Array(repeating: nil, count: plan.fields.count)
    nearNames = Array(repeating: nil, count: plan.fields.count)
    merged = MergedTexts(plan.merges)
  }

  /// - Parameters:
  ///   - text: the chunk's rows.
  ///   - skipping: rows at the beginning that are headings, or were read with the chunk before.
  mutating func read(
    _ chunk: RowChunk, _ text: [UInt8], of table: RawTable, skipping: Int
  ) -> ChunkRows {
    rows = ChunkRows(plan, reader: number)
    batch.restart(fieldCount: plan.fields.count)
    var reader = DelimitedRows(
      bytes: text, delimiter: table.delimiter, firstLine: chunk.firstLine,
      countsLines: !table.isGrid)
    do throws(DelimitedRows.Fault) {
      try readRows(chunk, of: table, skipping: skipping, from: &reader)
    } catch {
      rows.end = .fault(error)
    }
    readBatch(of: reader.bytes)
    rows.mergedCells = merged.filledCount
    rows.finish(&batch)
    return rows
  }

  private mutating func readRows(
    _ chunk: RowChunk, of table: RawTable, skipping: Int, from reader: inout DelimitedRows
  ) throws(DelimitedRows.Fault) {
    var cells: [Range<Int>] = []
    var carried: (cells: [Range<Int>], line: Int)?
    var rowNumber = 0
    while !reader.isAtEnd {
      let line = try reader.next(into: &cells)
      rowNumber += 1
      if rowNumber <= skipping { continue }
      if let (head, headLine) = carried {
        carried = nil
        if let joined = joined(head, cells) {
          rows.joinedRows += 1
          readRow(joined, line: headLine, of: reader.bytes)
          continue
        }
        readRow(head, line: headLine, of: reader.bytes)
      }
      readPlainRow(&cells, line: line, of: reader.bytes, carried: &carried)
      if rows.faults.count > ExportReading.faultLimit { return }
    }
    guard let (head, headLine) = carried else { return }
    if let more = RowChunks.row(behind: chunk, of: table) {
      reader.append(more)
      // A fault in the row behind is that of its own chunk.
      if (try? reader.next(into: &cells)) != nil, let joined = joined(head, cells) {
        rows.joinedRows += 1
        rows.end = .tookNextRow
        readRow(joined, line: headLine, of: reader.bytes)
        return
      }
    }
    readRow(head, line: headLine, of: reader.bytes)
  }

  private mutating func readPlainRow(
    _ cells: inout [Range<Int>], line: Int, of bytes: [UInt8],
    carried: inout (cells: [Range<Int>], line: Int)?
  ) {
    if plan.isGrid { bringToWidth(&cells, line: line, of: bytes) }
    if rows.asides.role(of: cells, width: width, line: line, of: bytes) == .aside { return }
    // A row broken inside a cell goes on in the next line.
    if cells.count < width {
      carried = (cells, line)
    } else {
      readRow(cells, line: line, of: bytes)
    }
  }

  /// Gives a row of a sheet as many cells as there are headings.
  private mutating func bringToWidth(_ cells: inout [Range<Int>], line: Int, of bytes: [UInt8]) {
    if !merged.isEmpty { merged.fill(&cells, row: line - 1, of: bytes) }
    let end = cells.last?.upperBound ?? 0
    while cells.count < width { cells.append(end..<end) }
    while cells.count > width, let last = cells.last, trimmed(last, of: bytes).isEmpty {
      cells.removeLast()
    }
  }

  private func joined(_ head: [Range<Int>], _ tail: [Range<Int>]) -> [Range<Int>]? {
    guard head.count + tail.count - 1 == width, let last = head.last,
      let first = tail.first, last.lowerBound <= first.upperBound
    else { return nil }
    return head.dropLast() + [last.lowerBound..<first.upperBound] + tail.dropFirst()
  }

  private mutating func readRow(_ cells: [Range<Int>], line: Int, of bytes: [UInt8]) {
    // Blank cells too many are not let pass: `1,234` without quotes pushes a blank cell out of the
    // row.
    guard cells.count == width else {
      refuseRow(
        line,
        rowShapeFault(
          Spot(plan.source, line), cellCount: cells.count, wanted: width))
      return
    }
    if let long = longCell(cells) {
      refuseRow(line, longCellFault(Spot(plan.source, line, column: long), column: "\(long + 1)"))
      return
    }
    batch.add(cells, fileColumns, line: line)
    if batch.isFull { readBatch(of: bytes) }
  }

  private func longCell(_ cells: [Range<Int>]) -> Int? {
    guard let first = cells.first, let last = cells.last,
      last.upperBound - first.lowerBound > Budget.cellBytes
    else { return nil }
    return cells.firstIndex { $0.count > Budget.cellBytes }
  }

  /// With `--skip-bad-rows` a bad row is listed and counted instead of refusing the file.
  private mutating func refuseRow(_ line: Int, _ fault: FileFault) {
    guard plan.options.skipsBadRows else {
      rows.faults.append(fault)
      return
    }
    rows.skipped.append(plan.leftOut(line, fault))
    rows.badRows += 1
  }

  // MARK: - A batch

  /// - Parameter bytes: those in which the cells of the batch lie.
  private mutating func readBatch(of bytes: [UInt8]) {
    guard batch.rowCount > 0 else { return }
    for field in plan.fields.indices { readColumn(field, of: bytes) }
    checkTimes()
    let dropped = faultyRows.isEmpty ? nil : leaveOutFaultyRows()
    batch.close(without: dropped)
    if let dropped { rows.drop(dropped) }
  }

  /// Rows with a fault are not kept. They came field by field: of each row the first is that of its
  /// first field.
  private mutating func leaveOutFaultyRows() -> DroppedRows {
    let dropped = DroppedRows(Set(faultyRows), of: batch.firstRow + batch.rowCount)
    if plan.options.skipsBadRows {
      let own = rows.faults.suffix(faultyRows.count)
      var first: [Int: FileFault] = [:]
      for (row, fault) in zip(faultyRows, own) where first[row] == nil { first[row] = fault }
      rows.faults.removeLast(faultyRows.count)
      for row in dropped.rows {
        if let fault = first[row] { refuseRow(batch.lines[row - batch.firstRow], fault) }
      }
    }
    faultyRows.removeAll(keepingCapacity: true)
    return dropped
  }

  /// - Parameter place: the row's place in the batch.
  mutating func add(_ fault: FileFault, place: Int) {
    rows.faults.append(fault)
    faultyRows.append(batch.firstRow + place)
  }

  private mutating func checkTimes() {
    guard let acceptedAt = plan.acceptedAt, let closedAt = plan.closedAt else { return }
    let isKnown = batch.known(in: acceptedAt, closedAt)
    for place in 0..<batch.rowCount where isKnown[place] {
      let row = batch.firstRow + place
      let closed = batch.columns[closedAt].values[row]
      if closed >= batch.columns[acceptedAt].values[row] { continue }
      add(
        impossibleFault(
          Spot(plan.source, batch.lines[place]), column: plan.fields[closedAt].heading,
          cell: Day(index: Int(closed / 1440)).text),
        place: place)
    }
  }
}

extension ExportPlan {
  /// What is said of a bad row that is left out.
  func leftOut(_ line: Int, _ fault: FileFault?) -> SkippedLine {
    SkippedLine(
      file: source.path, line: line, text: "",
      why: fault?.diagnostic.message ?? Bilingual(same: ""), isUnexplained: false)
  }
}
