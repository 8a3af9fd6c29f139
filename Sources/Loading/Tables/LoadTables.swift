// LoadTables.swift: the tables of one file arrive; each becomes rows of the data set it fits, an
// annex of the file's notice, or a data set of its own.

import Catalog
import Columns
import Syntax

/// What one table is.
private enum TableKind {
  case empty
  case export(ExportColumns, Grid)
  case annex
  case own
}

extension Loader {
  /// All tables of a file, or none.
  ///
  /// - Throws: every fault of every table.
  mutating func loadTables(_ tables: [RawTable], of path: String) throws(FileFaults) {
    var draft = self
    var found: [FileFault] = []
    var annexes: [RawTable] = []
    var others: [RawTable] = []
    let notice = tables.count > 1 ? tables.first { isNoticeTable($0) } : nil
    var parts: [RawTable] = []
    for table in tables where table.source != notice?.source { parts += try separated(table) }
    for part in parts {
      do throws(FileFaults) {
        switch try draft.kind(of: part) {
        case .empty: draft.loaded.notes.append(emptyNote(part.source.path))
        case .annex: annexes.append(part)
        case .own: others.append(part)
        case .export(let columns, let head):
          let earlier = draft.loaded.tolerated.count
          try readExport(
            part, as: columns, catalog: draft.catalog, options: options, into: &draft.loaded)
          draft.remember(part, columns, head, draft.loaded.tolerated.dropFirst(earlier).first)
          if columns.dataset.isOwnTable {
            draft.loaded.notes.append(moreOfOwnNote(part.source, columns.dataset.name))
          }
        }
      } catch {
        found += error.faults
      }
    }
    do throws(FileFaults) {
      try draft.loadAnnexes(annexes, notice: notice, of: path)
    } catch {
      found += error.faults
    }
    for (index, table) in others.enumerated() {
      do throws(FileFaults) {
        let name = ownName(table, index: index, of: others, path: path)
        draft.catalog = try readOwnTable(
          table, named: name, catalog: draft.catalog, options: options, into: &draft.loaded)
      } catch {
        found += error.faults
      }
    }
    guard found.isEmpty else { throw FileFaults(found) }
    self = draft
  }

  /// A table called `notice`, of two columns: what `notice.csv` is in a folder.
  private func isNoticeTable(_ table: RawTable) -> Bool {
    guard table.stem == noticeTableName, let head = try? table.grid(rowLimit: 3),
      let first = head.rows.first, first.cells.count == 2
    else { return false }
    return text(trimmed(head.cells[first.cells.lowerBound], of: head.bytes), of: head.bytes)
      == "field"
  }

  private mutating func kind(of table: RawTable) throws(FileFaults) -> TableKind {
    let head = try table.grid(rowLimit: 40)
    guard !head.rows.allSatisfy({ head.isBlank($0) }) else { return .empty }
    if let columns = try dataset(for: head, of: table, catalog: catalog) {
      return .export(columns, head)
    }
    return isAnnex(head) ? .annex : .own
  }

  /// Whether a row of headings is that of a notice's table: known words mostly, with the unit and a
  /// figure among them.
  func isAnnex(_ head: Grid) -> Bool {
    let headers = HeaderIndex(catalog.datasets.filter(\.isFromBulletin))
    for (index, row) in head.rows.enumerated() {
      guard let upper = headers.headings(row, of: head) else { continue }
      let lower =
        index + 1 < head.rows.count
        ? headers.lowerHeadings(head.rows[index + 1], of: head, under: upper) : nil
      guard let shape = headers.shape(upper: upper, lower: lower, numbering: []) else { continue }
      let dataset = headers.datasets[shape.dataset]
      let columns = headers.stored[shape.dataset]
      let own = shape.columns.compactMap { column -> DatasetColumn? in
        if case .own(let index) = column.use, index >= 0 { return columns[index] }
        return nil
      }
      if dataset.name == NoticeDataset.accounts { return own.count >= 3 }
      if dataset.name == NoticeDataset.rows, own.contains(where: { $0.name == "unit_name" }),
        own.contains(where: { $0.type != .text && $0.name != "row_no" })
      {
        return true
      }
    }
    return false
  }

  private mutating func remember(
    _ table: RawTable, _ columns: ExportColumns, _ head: Grid, _ tolerated: ToleratedRows?
  ) {
    let rows = columns.headerRow - columns.headings.count + 1...columns.headerRow
    for row in head.rows[..<rows.lowerBound] where !head.isBlank(row) {
      let cells = head.cells[row.cells].map { trimmed($0, of: head.bytes) }.filter { !$0.isEmpty }
      loaded.referenceTexts.append(
        ReferenceText(
          issuer: "", quarterIndex: nil, kind: "title", section: "", file: table.source.path,
          line: row.line,
          text: withoutPersons(cells.map { text($0, of: head.bytes) }.joined(separator: " "))))
    }
    loaded.tables.append(
      ReadTable(
        source: table.source, name: table.name, dataset: columns.dataset.name,
        delimiter: table.isGrid ? nil : delimiterText(table.delimiter),
        headingLines: rows.map { head.rows[$0].line },
        headings: columns.sources.map(\.heading), isOwn: false
      ).tolerating(tolerated))
  }

  // MARK: - Annexes

  /// The annexes of a file are one notice, whose quarter a `notice` table, a title, a sheet's name
  /// or the file's name says.
  private mutating func loadAnnexes(
    _ annexes: [RawTable], notice: RawTable?, of path: String
  ) throws(FileFaults) {
    if let notice {
      try readFolder(
        [notice] + annexes, place: path, catalog: catalog, words: words, into: &loaded)
      return
    }
    guard let first = annexes.first else { return }
    var titles: [[UInt8]] = []
    for annex in annexes {
      let grid = try annex.grid(rowLimit: 40)
      titles += grid.rows.compactMap { row in
        grid.onlyCell(row).map { folded(text($0, of: grid.bytes)) }
      }
      titles.append(folded(annex.name))
    }
    titles.append(folded(path))
    guard let period = titles.lazy.compactMap({ statedQuarter(in: $0) }).first else {
      throw FileFaults([lonelyAnnexFault(path)])
    }
    var info = NoticeInfo(period: period)
    info.file = path
    info.encoding = first.source.encoding
    info.hash = first.source.hash
    var reading = NoticeReading(catalog: catalog, words: words, info: info)
    try reading.readAnnexes(annexes, titles: [:])
    try reading.finish(into: &loaded)
    loaded.files += reading.sources
  }

  // MARK: - Names

  /// The file's name; of several tables the sheet's, where it says anything.
  private func ownName(
    _ table: RawTable, index: Int, of tables: [RawTable], path: String
  ) -> String {
    let file = FolderFile(path: path, bytes: []).name
    let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
    guard tables.count > 1 else { return stem }
    guard let part = table.source.part?.name else { return "\(stem)_\(index + 1)" }
    let isTold = part.utf8.contains { $0 >= 0x80 } || table.source.part == .table(part)
    return isTold ? part : "\(stem)_\(part)"
  }
}

/// `2024年四季度`, `2024q4`, `2024-q4`: the first quarter that stands with its year in folded text.
func statedQuarter(in narrow: [UInt8]) -> Quarter? {
  if let found = writtenQuarter(in: narrow), let year = found.year {
    return Quarter(year: year, quarter: found.quarter)
  }
  for index in narrow.indices where index >= 4 && narrow[index] == 0x71 {
    guard let found = quarterNumber(at: index, of: narrow) else { continue }
    let end = [0x2D, 0x5F, 0x2E].contains(narrow[index - 1]) ? index - 1 : index
    guard end >= 4, narrow[end - 4..<end].allSatisfy(isDigit) else { continue }
    let year = narrow[end - 4..<end].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    if year > 0 { return Quarter(year: year, quarter: found.quarter) }
  }
  return nil
}
