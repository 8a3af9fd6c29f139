// DumpWriting.swift: what is loaded arrives, piece by piece; the tables of its dump leave.

import Columns
import Syntax

/// The first of them names the others and says how many rows each has.
///
/// - Parameter pieces: every version of every notice and export.
/// - Complexity: O(columns and records); rows of data sets are made when they are asked for.
///   Columns of a workspace are read: what cannot be read is noted in its `DamageLog`.
package func dumpTables(of pieces: [Loaded]) -> [DumpTable] {
  var writing = DumpWriting()
  for (index, piece) in pieces.enumerated() { writing.add(piece, as: index + 1) }
  return writing.tables
}

private struct DumpWriting {
  /// The rows of each table of records, in the order of `recordTables`.
  private var records: [[[DumpCell]]] = Array(repeating: [], count: recordTables.count)
  private var sets: [DumpRows] = []

  private static let recordTables: [(name: String, headings: [String])] = [
    (DumpPiece.dumpTable, DumpPiece.dumpHeadings), (NoticeInfo.dumpTable, NoticeInfo.dumpHeadings),
    (TotalRow.dumpTable, TotalRow.dumpHeadings),
    (ConstantColumn.dumpTable, ConstantColumn.dumpHeadings),
    (PrintedPlaces.dumpTable, PrintedPlaces.dumpHeadings),
    (Finding.dumpTable, Finding.dumpHeadings),
    (ReferenceText.dumpTable, ReferenceText.dumpHeadings),
    (SkippedLine.dumpTable, SkippedLine.dumpHeadings),
    (NewMember.dumpTable, NewMember.dumpHeadings),
    (OwnTableText.dumpTable, OwnTableText.dumpHeadings),
    (ReadTable.dumpTable, ReadTable.dumpHeadings), (Note.dumpTable, Note.dumpHeadings),
  ]

  mutating func add(_ piece: Loaded, as number: Int) {
    let lists: [[any DumpRecord]] = [
      [DumpPiece(piece)], piece.notices, piece.totalRows, piece.constants, piece.printedPlaces,
      piece.findings, piece.referenceTexts, piece.skipped, piece.newMembers,
      piece.ownDefinitions, piece.tables, piece.notes,
    ]
    for (index, list) in lists.enumerated() {
      records[index] += list.map { [DumpCell(number)] + $0.dumpCells }
    }
    for partition in piece.store.partitions {
      let place = sets.firstIndex { $0.dataset == partition.dataset } ?? sets.count
      if place == sets.count { sets.append(DumpRows(dataset: partition.dataset)) }
      let all = sets.reduce(0) { $0 + $1.parts.count }
      sets[place].add(partition, as: all + 1, of: number)
    }
  }

  var tables: [DumpTable] {
    var result: [DumpTable] = []
    var contents: [[DumpCell]] = []
    func list(_ part: DumpPart, of piece: Int?) {
      contents.append([DumpCell(piece)] + part.dumpCells)
    }
    for (table, rows) in zip(Self.recordTables, records) where !rows.isEmpty {
      result.append(DumpTable(table.name, ["piece"] + table.headings, rows))
      list(DumpPart(table: table.name, rowCount: rows.count), of: nil)
    }
    // In the order of the partitions: reading them puts the pieces together again.
    var parts: [(piece: Int, part: DumpPart)] = []
    for (index, rows) in sets.enumerated() {
      let name = Self.tableName(of: rows.dataset, index: index)
      result.append(rows.table(named: name))
      for part in rows.parts {
        parts.append(
          (
            part.piece,
            DumpPart(
              table: name, rowCount: part.partition.rowCount, partition: part.description)
          ))
      }
    }
    parts.sort { ($0.part.partition?.number ?? 0) < ($1.part.partition?.number ?? 0) }
    for part in parts { list(part.part, of: part.piece) }
    return [DumpTable(dumpTableName, ["piece"] + DumpPart.dumpHeadings, contents)] + result
  }

  /// A name that a file and a sheet can both have.
  private static func tableName(of dataset: String, index: Int) -> String {
    let isPlain =
      dataset.utf16.count <= 31 && !dataset.isEmpty
      && dataset.unicodeScalars.allSatisfy {
        $0 == "_" || $0.properties.isAlphabetic
          || $0.properties.numericType != nil
      }
    return isPlain ? dataset : "table_\(index + 1)"
  }
}

/// The rows of one data set, of all its partitions.
private struct DumpRows: Sendable {
  struct Part: Sendable {
    var piece: Int
    var number: Int
    var partition: Partition
    var columns: [Column]
    var lines: PackedIntegers
    var files: PackedIntegers
    /// The number of its first row in the table.
    var start: Int

    var description: DumpPartition {
      DumpPartition(
        number: number, dataset: partition.dataset, issuer: partition.issuer,
        quarterIndex: partition.quarterIndex, version: partition.version,
        columns: columns.map { ($0.name, DumpKind($0)) }, files: partition.files)
    }
  }
  var dataset: String
  var parts: [Part] = []
  private var rowCount = 0
  private var columnNames: [String] = []

  init(dataset: String) { self.dataset = dataset }

  mutating func add(_ partition: Partition, as number: Int, of piece: Int) {
    let columns = partition.columns
    for column in columns where !columnNames.contains(column.name) {
      columnNames.append(column.name)
    }
    parts.append(
      Part(
        piece: piece, number: number, partition: partition, columns: columns,
        lines: partition.lineOfRow, files: partition.fileOfRow, start: rowCount))
    rowCount += partition.rowCount
  }

  func table(named name: String) -> DumpTable {
    let parts = parts
    // The column of each part that stands under each heading.
    let places = parts.map { part in
      columnNames.map { name in part.columns.firstIndex { $0.name == name } }
    }
    return DumpTable(name, dumpRowHeadings + columnNames, rowCount: rowCount) { row in
      // The last part that begins at or before the row.
      var (low, high) = (0, parts.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if parts[middle].start <= row { low = middle } else { high = middle }
      }
      let part = parts[low]
      let own = row - part.start
      return [
        DumpCell(part.number), .whole(part.files[own]), .whole(part.lines[own]),
      ] + places[low].map { $0.map { part.columns[$0].dumpCell(own) } ?? .empty }
    }
  }
}

/// What stands before the columns of a data set: its partition, which of its files, the line there.
let dumpRowHeadings = ["partition", "file", "line"]

extension Column {
  fileprivate func dumpCell(_ row: Int) -> DumpCell {
    if let text = text(row) { return DumpCell(text) }
    guard let number = number(row), case .integers(_, let meaning) = storage else { return .empty }
    switch meaning {
    case .whole, .flag: return .whole(number)
    case .decimal(let scale): return scale == 0 ? .whole(number) : .decimal(number, scale: scale)
    case .day: return .text(Day(index: Int(clamping: number)).text)
    case .minute:
      let day = Int(clamping: number).flooredDividing(by: 1440)
      let minute = Int(clamping: number) - day * 1440
      return .text(
        "\(Day(index: day).text) \(twoDigits(minute / 60)):\(twoDigits(minute % 60))")
    case .quarter: return .text(Quarter(index: Int(clamping: number)).text)
    }
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
