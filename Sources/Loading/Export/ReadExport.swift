// ReadExport.swift: a table file becomes partitions of the data set its name and headings fit, one
// a quarter.

import Catalog
import Columns
import Syntax

/// - Throws: every fault of the file; then nothing of it is loaded.
func readExport(
  _ text: [UInt8], source: SourceFile, catalog: Catalog, options: LoadOptions,
  into loaded: inout Loaded
) throws(FileFaults) {
  let name = FolderFile(path: source.path, bytes: []).name
  let separator = delimiter(of: text, name: name)
  let head = try headRows(text, delimiter: separator, path: source.path)
  guard !head.rows.isEmpty else {
    loaded.notes.append(emptyNote(source.path))
    return
  }
  let columns = try dataset(for: head, name: name, source: source, catalog: catalog)
  guard columns.width <= columnLimit else {
    throw FileFaults([manyColumnsFault(source.path, count: columns.width)])
  }
  var reading = ExportReading(columns, catalog: catalog, options: options, source: source)
  try reading.read(text, delimiter: separator)
  try reading.finish(into: &loaded)
}

/// The first rows, enough to find the headings; of a long file only its beginning is looked at.
private func headRows(
  _ text: [UInt8], delimiter: UInt8, path: String
) throws(FileFaults) -> Grid {
  var head = text
  if text.count > 1 << 18 {
    let prefix = text.prefix(1 << 18)
    head = Array(prefix[..<(prefix.lastIndex(of: 0x0A) ?? prefix.endIndex)])
  }
  var reader = DelimitedRows(bytes: head, delimiter: delimiter)
  var grid = Grid(bytes: [])
  var row: [Range<Int>] = []
  do throws(DelimitedRows.Fault) {
    while !reader.isAtEnd, grid.rows.count < 12 {
      let line = try reader.next(into: &row)
      let first = grid.cells.count
      grid.cells.append(contentsOf: row)
      grid.rows.append(Grid.Row(line: line, cells: first..<grid.cells.count))
    }
  } catch {
    throw FileFaults([quoteFault(error, path: path)])
  }
  grid.bytes = reader.bytes
  let isEmpty = grid.rows.allSatisfy { grid.isBlank($0) }
  return isEmpty ? Grid(bytes: []) : grid
}

/// By the file's name if a pattern fits, else by its headings: all that the data set needs must be
/// there.
func dataset(
  for head: Grid, name: String, source: SourceFile, catalog: Catalog
) throws(FileFaults) -> ExportColumns {
  let candidates = catalog.datasets.filter { !$0.isFromBulletin }
  let named = candidates.filter { $0.filePatterns.contains { fits(name, pattern: $0) } }
  var best: ExportColumns?
  for dataset in named.isEmpty ? candidates : named {
    guard let columns = exportColumns(dataset, in: head) else { continue }
    if named.isEmpty, !columns.missing.isEmpty { continue }
    let isBetter =
      best.map {
        (columns.missing.count, -columns.sources.count)
          < ($0.missing.count, -$0.sources.count)
      } ?? true
    if isBetter { best = columns }
  }
  if let best {
    guard best.missing.isEmpty else {
      throw FileFaults(
        best.missing.map {
          missingColumnFault(source.path, column: $0.name, headers: $0.headers)
        })
    }
    return best
  }
  let bulletin = HeaderIndex(catalog.datasets.filter(\.isFromBulletin))
  if head.rows.contains(where: { bulletin.headings($0, of: head) != nil }) {
    throw FileFaults([lonelyAnnexFault(source.path)])
  }
  let headings = head.rows.first.map { row in
    head.cells[row.cells].map { Loading.text(trimmed($0, of: head.bytes), of: head.bytes) }
  }
  throw FileFaults([noDatasetFault(source.path, headings: headings ?? [])])
}

// MARK: - The end

extension ExportReading {
  mutating func finish(into loaded: inout Loaded) throws(FileFaults) {
    checkSerials()
    do throws(BarePercents.Contradiction) {
      try percents.settle(in: &rows)
    } catch {
      faults.append(
        percentFault(
          source.path, line: error.fraction.line, other: error.percentage.line,
          column: rows.columns[error.fraction.column].name))
    }
    if let (column, line) = rows.overflow() {
      faults.append(cellFault(source.path, line: line, column: column, cell: "", .tooLarge))
    }
    guard faults.isEmpty else { throw FileFaults(faults) }
    let personal = clearPersonal()
    for state in states {
      guard let members = state.members else { continue }
      for kept in members.kept {
        loaded.findings.append(
          Finding(
            "R32", .warning,
            subject: Bilingual("a name that the catalogue lacks", "目录中没有的名称"),
            stated: kept.name, places: [SourcePlace(file: source.path, line: kept.line)],
            concerns: ["\(members.dimension.name)=\(kept.name)"]))
        loaded.newMembers.append(
          NewMember(dimension: members.dimension.name, issuer: "", name: kept.name))
      }
    }
    loaded.notes += notes(personal: personal)
    loaded.skipped += skipped
    loaded.files.append(source)
    loaded.store.partitions += partitions()
  }

  /// Day numbers are dates where a column holds nothing else; among written dates they are faults.
  private mutating func checkSerials() {
    for (index, state) in states.enumerated() where state.writtenDates > 0 {
      for serial in state.serials {
        faults.append(
          mixedSerialFault(
            source.path, line: serial.line, column: columns.sources[index].heading,
            cell: serial.cell))
      }
    }
  }

  /// Blanks text columns in which at least half of the cells lead to persons, and such cells in any
  /// other text column.
  private mutating func clearPersonal() -> [String] {
    var cleared: [String] = []
    for (index, column) in columns.sources.enumerated()
    where column.definition.type == .text && states[index].members == nil
      && !columns.dataset.grain.contains(column.definition.name) && !states[index].isHashed
    {
      let counts = rows.columns[column.target].textCounts()
      let all = counts.reduce(0) { $0 + $1.rows }
      let personal = counts.reduce(0) { $0 + (holdsPerson($1.text) ? $1.rows : 0) }
      guard personal > 0 else { continue }
      if personal * 2 >= all {
        rows.clear(column.target)
        cleared.append(column.heading)
      } else {
        personalCells += rows.clear(column.target, where: holdsPerson)
      }
    }
    return cleared
  }

  /// One partition for each quarter of the data set's time; one for all where it has none.
  private func partitions() -> [Partition] {
    guard
      let whole = rows.finished(issuer: "", quarter: nil, version: 1, sources: [source])
    else { return [] }
    guard let time = columns.dataset.time, let column = rows.index(of: time.column) else {
      return [whole]
    }
    var groups: [Int: [Int]] = [:]
    for row in 0..<rows.rowCount {
      guard let value = rows.columns[column].value(row) else { continue }
      groups[quarterIndex(value, rows.columns[column].type), default: []].append(row)
    }
    return groups.keys.sorted().map { quarter in
      var part = groups.count == 1 ? whole : whole.gathered(groups[quarter] ?? [])
      part.quarterIndex = quarter
      return part
    }
  }

  private func quarterIndex(_ value: Int64, _ type: ColumnType) -> Int {
    switch type {
    case .time: Day(index: Int(value).flooredDividing(by: 1440)).month.quarter.index
    case .date: Day(index: Int(value)).month.quarter.index
    default: Int(value)
    }
  }

  /// What was left out, repaired or not stored: one note each, with its count.
  private func notes(personal: [String]) -> [Note] {
    var notes: [Note] = []
    func note(_ english: String, _ chinese: String) {
      notes.append(
        Note("LOAD", Bilingual("\(source.path): \(english)", "\(source.path)：\(chinese)")))
    }
    if rows.rowCount == 0 { notes.append(emptyNote(source.path)) }
    if repeatedRows > 0 {
      note("\(repeatedRows) exact repeats dropped", "去除完全重复的 \(repeatedRows) 行")
    }
    if badRows > 0 { note("\(badRows) bad rows left out", "略去错误的 \(badRows) 行") }
    if blankedCells > 0 {
      note("\(blankedCells) unreadable cells left blank", "\(blankedCells) 个无法读取的单元格留空")
    }
    if oddCells > 0 {
      note("\(oddCells) numbers are approximate or put right", "\(oddCells) 个数字为约数或经修正")
    }
    if joinedRows > 0 { note("\(joinedRows) broken rows joined", "拼接断行 \(joinedRows) 处") }
    for (index, state) in states.enumerated() where !state.serials.isEmpty {
      let heading = columns.sources[index].heading
      note("\(heading): day numbers read as dates", "“\(heading)”列的序列数按日期读取")
    }
    let dropped = columns.dropped + personal
    if !dropped.isEmpty {
      note(
        "personal columns not stored: \(dropped.joined(separator: ", "))",
        "未保存涉及个人的列：\(dropped.joined(separator: "、"))")
    }
    if personalCells > 0 {
      note(
        "\(personalCells) cells with a telephone or identity number left blank",
        "\(personalCells) 个含电话或身份证号的单元格留空")
    }
    let hashed = states.filter(\.isHashed).map(\.heading)
    if !hashed.isEmpty {
      note(
        "personal columns kept as hashes only: \(hashed.joined(separator: ", "))",
        "涉及个人、仅存散列值的列：\(hashed.joined(separator: "、"))")
    }
    if !columns.unread.isEmpty {
      note(
        "columns not read: \(columns.unread.joined(separator: ", "))",
        "未读取的列：\(columns.unread.joined(separator: "、"))")
    }
    if source.encoding != "UTF-8" {
      note("read as \(source.encoding)", "按 \(source.encoding) 读取")
    }
    return notes
  }
}

private func emptyNote(_ path: String) -> Note {
  Note("LOAD", Bilingual("\(path): no rows", "\(path)：没有数据行"))
}
