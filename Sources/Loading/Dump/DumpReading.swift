// DumpReading.swift: the tables of a dump arrive; what was loaded when it was written leaves, piece
// by piece.

import Columns
import Syntax

/// Whether the tables of a folder or workbook are a dump.
func isDump(_ tables: [RawTable]) -> Bool { tables.contains { $0.stem == dumpTableName } }

/// - Throws: every fault of every table; then nothing of the dump is loaded.
/// - Complexity: O(cells)
func readDump(_ tables: [RawTable], place: String) throws(FileFaults) -> [Loaded] {
  var reading = DumpReading(tables)
  return try reading.pieces(place: place)
}

private struct DumpReading {
  private var tables: [String: RawTable] = [:]

  init(_ tables: [RawTable]) {
    for var table in tables {
      if !table.isGrid { table.delimiter = UInt8(ascii: ",") }
      self.tables[table.stem] = table
    }
  }

  mutating func pieces(place: String) throws(FileFaults) -> [Loaded] {
    guard let contents = tables[dumpTableName] else {
      throw FileFaults([missingFileFault(place + "/" + dumpTableName + ".csv")])
    }
    let parts = try records(DumpPart.self, in: contents)
    var counts: [String: Int] = [:]
    for (_, part) in parts {
      let (sum, isTooLarge) = (counts[part.table] ?? 0).addingReportingOverflow(part.rowCount)
      counts[part.table] = isTooLarge ? .max : sum
    }
    func list<Record: DumpRecord>(_ type: Record.Type) throws(FileFaults) -> [(Int, Record)] {
      guard let count = counts[type.dumpTable] else { return [] }
      let table = try table(type.dumpTable, beside: contents)
      let rows = try records(type, in: table)
      try check(rows.count, against: count, table)
      return rows
    }
    let descriptions = try list(DumpPiece.self)
    var pieces = descriptions.map { description in
      var piece = Loaded()
      (piece.isSample, piece.files) = (description.1.isSample, description.1.files)
      return piece
    }
    func fill<Record: DumpRecord>(
      _ type: Record.Type, _ add: (inout Loaded, Record) -> Void
    ) throws(FileFaults) {
      for (piece, record) in try list(type) where pieces.indices.contains(piece - 1) {
        add(&pieces[piece - 1], record)
      }
    }
    try fill(NoticeInfo.self) { $0.notices.append($1) }
    try fill(TotalRow.self) { $0.totalRows.append($1) }
    try fill(ConstantColumn.self) { $0.constants.append($1) }
    try fill(PrintedPlaces.self) { $0.printedPlaces.append($1) }
    try fill(Finding.self) { $0.findings.append($1) }
    try fill(ReferenceText.self) { $0.referenceTexts.append($1) }
    try fill(SkippedLine.self) { $0.skipped.append($1) }
    try fill(NewMember.self) { $0.newMembers.append($1) }
    try fill(OwnTableText.self) { $0.ownDefinitions.append($1) }
    try fill(ReadTable.self) { $0.tables.append($1) }
    try fill(Note.self) { $0.notes.append($1) }
    var partitions: [Int: Partition] = [:]
    for name in Set(parts.filter { $0.1.partition != nil }.map(\.1.table)).sorted() {
      let own = parts.compactMap { $0.1.table == name ? $0.1 : nil }
      for (number, partition) in try rows(of: own, in: try table(name, beside: contents)) {
        partitions[number] = partition
      }
    }
    for (piece, part) in parts where pieces.indices.contains(piece - 1) {
      guard let number = part.partition?.number, let partition = partitions[number] else {
        continue
      }
      pieces[piece - 1].store.partitions.append(partition)
    }
    return pieces
  }

  private func table(_ name: String, beside contents: RawTable) throws(FileFaults) -> RawTable {
    if let table = tables[name] { return table }
    throw FileFaults([lostTableFault(contents.source.file, table: name)])
  }

  private func check(_ count: Int, against wanted: Int, _ table: RawTable) throws(FileFaults) {
    guard count != wanted else { return }
    throw FileFaults([otherRowCountFault(table.source, count: count, wanted: wanted)])
  }

  // MARK: - Records

  private func records<Record: DumpRecord>(
    _ type: Record.Type, in table: RawTable
  ) throws(FileFaults) -> [(Int, Record)] {
    let headings = ["piece"] + type.dumpHeadings
    var result: [(Int, Record)] = []
    try eachRow(of: table, headings: headings) { cells, bytes throws(DumpFault) in
      let texts = cells.map { String(decoding: bytes[$0], as: UTF8.self) }
      var row = DumpRow(texts)
      let piece = try row.optionalNumber() ?? 0
      result.append((piece, try Record(from: &row)))
    }
    return result
  }

  /// Every row below the headings, as wide as they are, the marks of formula protection taken away.
  private func eachRow(
    of table: RawTable, headings: [String],
    _ take: (_ cells: [Range<Int>], _ bytes: [UInt8]) throws(DumpFault) -> Void
  ) throws(FileFaults) {
    var reader = table.rows()
    var cells: [Range<Int>] = []
    var isHeading = true
    var faults: [FileFault] = []
    while !reader.isAtEnd, faults.count < 100 {
      let line: Int
      do throws(DelimitedRows.Fault) {
        line = try reader.next(into: &cells)
      } catch {
        throw FileFaults(faults + [quoteFault(error, source: table.source)])
      }
      let spot = Spot(table.source, line)
      if table.isGrid {
        let end = cells.last?.upperBound ?? 0
        while cells.count < headings.count { cells.append(end..<end) }
      } else {
        cells = cells.map { withoutOurApostrophe($0, of: reader.bytes) }
      }
      if isHeading {
        isHeading = false
        let found = cells.map { String(decoding: reader.bytes[$0], as: UTF8.self) }
        guard found == headings else {
          throw FileFaults([otherHeadingsFault(spot, wanted: headings)])
        }
        continue
      }
      guard cells.count == headings.count else {
        faults.append(rowShapeFault(spot, cellCount: cells.count, wanted: headings.count))
        continue
      }
      do throws(DumpFault) {
        try take(cells, reader.bytes)
      } catch {
        let name = headings.indices.contains(error.column) ? headings[error.column] : ""
        faults.append(changedCellFault(spot, column: name, cell: error.cell))
      }
    }
    guard faults.isEmpty else { throw FileFaults(faults) }
  }

  // MARK: - Rows of data sets

  private func rows(of parts: [DumpPart], in table: RawTable) throws(FileFaults)
    -> [(Int, Partition)]
  {
    var builders = parts.compactMap { $0.partition.map { DumpPartitionBuilder($0) } }
    var names: [String] = []
    for column in builders.flatMap(\.description.columns) where !names.contains(column.name) {
      names.append(column.name)
    }
    var placeOfNumber: [Int: Int] = [:]
    for (index, builder) in builders.enumerated() {
      placeOfNumber[builder.description.number] = index
    }
    let places = builders.map { builder in
      builder.description.columns.map { column in
        (names.firstIndex { $0 == column.name } ?? 0) + dumpRowHeadings.count
      }
    }
    try eachRow(of: table, headings: dumpRowHeadings + names) { cells, bytes throws(DumpFault) in
      guard let number = dumpNumber(cells[0], of: bytes), let index = placeOfNumber[Int(number)]
      else { throw DumpFault(column: 0, cell: String(decoding: bytes[cells[0]], as: UTF8.self)) }
      try builders[index].addRow(cells, of: bytes, columns: places[index])
    }
    for (builder, part) in zip(builders, parts) {
      try check(builder.rowCount, against: part.rowCount, table)
    }
    return builders.map { ($0.description.number, $0.finished()) }
  }
}

/// Takes away the one apostrophe that keeps a spreadsheet from running a text.
private func withoutOurApostrophe(_ cell: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
  guard let first = cell.first, bytes[first] == UInt8(ascii: "'") else { return cell }
  let rest = bytes[cell].drop { $0 == UInt8(ascii: "'") }
  guard let mark = rest.first, isFormulaMark(mark) else { return cell }
  return (cell.lowerBound + 1)..<cell.upperBound
}

/// What a spreadsheet takes for the beginning of a formula.
package func isFormulaMark(_ byte: UInt8) -> Bool {
  [UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D, 0]
    .contains(byte)
}
