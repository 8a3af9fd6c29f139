// ReadExport.swift: a table file becomes partitions of the data set its name and headings fit, one
// a quarter.

import Catalog
import Columns
import Syntax

/// - Throws: every fault of the table; then nothing of it is loaded.
func readExport(
  _ raw: RawTable, as columns: ExportColumns, catalog: Catalog, options: LoadOptions,
  into loaded: inout Loaded
) throws(FileFaults) {
  guard columns.width <= Budget.columns else {
    throw FileFaults([manyColumnsFault(raw.source.file, count: columns.width)])
  }
  var reading = ExportReading(columns, of: raw, catalog: catalog, options: options)
  try reading.read(raw)
  try reading.finish(raw, into: &loaded)
}

/// By the table's name if a pattern fits, else by its headings: all that the data set needs must be
/// there. nil where no data set fits.
///
/// - Throws: the columns that a file named for a data set lacks.
func dataset(
  for head: Grid, of raw: RawTable, catalog: Catalog
) throws(FileFaults) -> ExportColumns? {
  let candidates = catalog.datasets.filter { !$0.isFromBulletin }
  let named = candidates.filter { $0.filePatterns.contains { fits(raw, pattern: $0) } }
  for dataset in named {
    guard let columns = exportColumns(dataset, in: head) else { continue }
    let needed = columns.sources.count { !$0.definition.isOptional }
    if columns.missing.isEmpty { return columns }
    // A sheet of a workbook named so, or a table of something else, is looked at by its headings.
    if raw.isGrid || needed < columns.missing.count { continue }
    throw FileFaults(
      columns.missing.map {
        missingColumnFault(raw.source.file, column: $0.name, headers: $0.headers)
      })
  }
  var best: ExportColumns?
  for dataset in candidates {
    guard let columns = exportColumns(dataset, in: head), columns.missing.isEmpty else { continue }
    if columns.sources.count > best?.sources.count ?? 0 { best = columns }
  }
  return best
}

/// Sheets and tables have no ending: they fit a pattern without its own, or by the file they are
/// in.
private func fits(_ raw: RawTable, pattern: String) -> Bool {
  guard raw.isGrid else { return fits(raw.name, pattern: pattern) }
  let stem = pattern.lastIndex(of: ".").map { String(pattern[..<$0]) } ?? pattern
  let file = FolderFile(path: raw.source.file, bytes: []).name
  return fits(raw.name, pattern: stem) || fits(file, pattern: pattern)
}

// MARK: - The end

extension ExportReading {
  mutating func finish(_ raw: RawTable, into loaded: inout Loaded) throws(FileFaults) {
    faults = raw.faults + faults
    checkSerials()
    do throws(BarePercents.Contradiction) {
      try percents.settle(in: &rows)
    } catch {
      faults.append(
        percentFault(
          Spot(source, error.fraction.line), other: Spot(source, error.percentage.line),
          column: rows.columns[error.fraction.column].name))
    }
    if let (column, line) = rows.overflow() {
      faults.append(cellFault(Spot(source, line), column: column, cell: "", .tooLarge))
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
    loaded.notes += raw.notes.map { note in
      Note(
        "LOAD",
        Bilingual(
          "\(source.path): \(note.english)", "\(source.path)：\(note.chinese)"))
    }
    keepAsides(in: &loaded)
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
            Spot(source, serial.line, column: state.fileColumn),
            column: columns.sources[index].heading,
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
      return clustered(part, time.column)
    }
  }

  /// Sorted by month and the first dimension with many members, where that pays.
  private func clustered(_ part: Partition, _ time: String) -> Partition {
    guard columns.dataset.time?.unit == .month else { return part }
    for dimension in columns.dataset.dimensions {
      guard case .column(let name) = dimension.source,
        case .text(_, let dictionary)? = part.column(named: name)?.storage, dictionary.count > 16
      else { continue }
      return part.clustered(byMonthOf: time, then: name)
    }
    return part
  }

  private func quarterIndex(_ value: Int64, _ type: ColumnType) -> Int {
    switch type {
    case .time: Day(index: Int(value).flooredDividing(by: 1440)).month.quarter.index
    case .date: Day(index: Int(value)).month.quarter.index
    default: Int(value)
    }
  }
}

func emptyNote(_ path: String) -> Note {
  Note("LOAD", Bilingual("\(path): no rows", "\(path)：没有数据行"))
}
