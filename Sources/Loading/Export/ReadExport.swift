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
  let plan = ExportPlan(columns, of: raw, catalog: catalog, options: options)
  var reading = try ExportReading(plan, raw)
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
    guard let columns = exportColumns(dataset, in: head), columns.fitsOwnTable else { continue }
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
    guard let columns = exportColumns(dataset, in: head), columns.missing.isEmpty,
      columns.fitsOwnTable
    else { continue }
    if columns.sources.count > best?.sources.count ?? 0 { best = columns }
  }
  return best
}

extension ExportColumns {
  /// Another table of one's own is more of the same only where it has just its headings: all its
  /// columns are optional, and one of them in common would make any table fit.
  fileprivate var fitsOwnTable: Bool {
    !dataset.isOwnTable || (sources.count == dataset.columns.count && unread.isEmpty)
  }
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
    let source = plan.source
    try checkRoom(raw)
    faults = raw.faults + faults
    checkSerials()
    checkZeros()
    do throws(BarePercents.Contradiction) {
      let settled = try percents.settled()
      for index in columns.indices {
        let own = settled.filter { $0.column == index }
        if !own.isEmpty { columns[index].replace(own) }
      }
    } catch {
      faults.append(
        percentFault(
          Spot(source, error.fraction.line), other: Spot(source, error.percentage.line),
          column: columns[error.fraction.column].name))
    }
    if let (name, row) = overflow() {
      faults.append(cellFault(Spot(source, Int(lines[row])), column: name, cell: "", .tooLarge))
    }
    guard faults.isEmpty else { throw FileFaults(inLineOrder(faults) { $0.line ?? 0 }) }
    let personal = clearPersonal()
    computeColumns()
    countTimelessRows()
    tellKeptNames(in: &loaded)
    let unknown = unknownNameRows()
    if badRows > 0 || unknown > 0 {
      loaded.tolerated.append(
        ToleratedRows(file: source.path, leftOut: badRows, unknown: unknown))
    }
    loaded.notes += notes(personal: personal, unknown: unknown)
    loaded.notes += raw.notes.map { note in
      Note(
        "LOAD",
        Bilingual(
          "\(source.path): \(note.english)", "\(source.path)：\(note.chinese)"))
    }
    keepAsides(in: &loaded)
    tellWrongTotals(in: &loaded)
    loaded.skipped += skipped
    loaded.files.append(source)
    loaded.store.partitions += partitions()
  }

  /// Distinct texts take more room as members than in the file: a table of nothing else is held
  /// against the memory before they are made.
  private func checkRoom(_ raw: RawTable) throws(FileFaults) {
    let texts = columns.filter { $0.form == nil }.map(\.texts)
    let room = texts.reduce(0) { $0 + Budget.textNeed(of: $1.byteCount, count: $1.count) }
    let need = Budget.need(of: raw.text.count) + room
    guard need <= plan.options.memoryBudget else {
      throw FileFaults([
        memoryFault(raw.source.file, limit: plan.options.memoryBudget, need: need)
      ])
    }
  }

  private func overflow() -> (column: String, row: Int)? {
    for column in columns {
      if let row = column.overflowingRow() { return (column.name, row) }
    }
    return nil
  }

  /// Day numbers are dates where a column holds nothing else; among written dates each is a cell
  /// that cannot be read.
  private mutating func checkSerials() {
    for (index, field) in plan.fields.enumerated() where writtenDates[index] > 0 {
      for serial in serials[index] where !dropped.contains(serial.row) {
        let fault = mixedSerialFault(
          plan.spot(serial.line, index), column: field.heading, cell: serial.cell)
        if field.isRequired {
          refuse(serial.row, fault)
        } else {
          blanked.add(line: serial.line, serial.cell)
          skipped.append(
            SkippedLine(
              file: plan.source.path, line: serial.line, text: serial.cell,
              why: fault.diagnostic.message, isUnexplained: false))
        }
      }
      if !field.isRequired { columns[field.target].blank(serials[index].map(\.row)) }
      serials[index] = []
    }
  }

  /// A number among others of one length that begin with a zero, and one digit shorter, has lost
  /// its own.
  private mutating func checkZeros() {
    for (index, field) in plan.fields.enumerated() where field.isIdentifier {
      let column = columns[field.target]
      let short = column.textsWithoutZero(leastLength: plan.columns.isOwn ? 6 : 2)
      if short.isEmpty { continue }
      for (row, code) in column.numbers.values.enumerated()
      where short.contains(Int(code)) && !dropped.contains(row) {
        let fault = cellFault(
          plan.spot(Int(lines[row]), index), column: field.heading,
          cell: column.texts.string(Int(code)), .zeroLost)
        refuse(row, fault)
      }
    }
  }

  /// What is found wrong with a row once all rows are read.
  private mutating func refuse(_ row: Int, _ fault: FileFault) {
    guard plan.options.skipsBadRows else { return faults.append(fault) }
    dropped.insert(row)
    badRows += 1
    skipped.append(plan.leftOut(Int(lines[row]), fault))
  }

  /// Blanks text columns in which at least half of the cells lead to persons, and such cells in any
  /// other text column.
  private mutating func clearPersonal() -> [String] {
    var cleared: [String] = []
    for field in plan.fields
    where field.type == .text && field.dimension == nil && !field.isHashed
      && !plan.columns.dataset.grain.contains(plan.stored[field.target].name)
    {
      let texts = columns[field.target].texts
      let leading = (1..<max(1, texts.count)).filter { holdsPerson(texts.bytes($0)) }
      if leading.isEmpty { continue }
      let counts = columns[field.target].textCounts(without: dropped)
      let all = counts.dropFirst().reduce(0, +)
      let personal = leading.reduce(0) { $0 + counts[$1] }
      guard personal > 0 else { continue }
      if personal * 2 >= all {
        _ = columns[field.target].clear(counts) { _ in true }
        cleared.append(field.heading)
      } else {
        personalCells += columns[field.target].clear(counts, where: holdsPerson)
      }
    }
    return cleared
  }

  /// One partition for each quarter of the data set's time; one for all where it has none.
  private func partitions() -> [Partition] {
    let count = rowCount - dropped.count
    guard count > 0 else { return [] }
    let columns = columns
    let made = sideBySide(columns.count, threads: plan.options.threads) { columns[$0].finished() }
    let whole = Partition(
      dataset: plan.columns.dataset.name, issuer: "", quarterIndex: nil, version: 1,
      files: [plan.source], columns: made, lineOfRow: lines,
      fileOfRow: PackedIntegers(repeating: 0, count: rowCount), rowCount: rowCount)
    let groups = rowsByQuarter()
    let plan = plan
    return sideBySide(groups.count, threads: plan.options.threads) { index in
      let (quarter, rows) = groups[index]
      var part = plan.clustered(whole, rows)
      part.quarterIndex = quarter
      return part
    }
  }

  private mutating func countTimelessRows() {
    guard let time = plan.columns.dataset.time, let index = plan.index(of: time.column),
      let missing = columns[index].missing
    else { return }
    timelessRows = (0..<rowCount).count { missing[$0] && !dropped.contains($0) }
  }

  /// The rows that are kept, for each quarter in the order of the file; one group where there is no
  /// time.
  private func rowsByQuarter() -> [(quarter: Int?, rows: [Int])] {
    guard let time = plan.columns.dataset.time, let index = plan.index(of: time.column) else {
      return [(nil, (0..<rowCount).filter { !self.dropped.contains($0) })]
    }
    let (column, dropped) = (columns[index], dropped)
    let stretches = stride(from: 0, to: rowCount, by: Self.stretchRows).map {
      $0..<min($0 + Self.stretchRows, rowCount)
    }
    let parts = sideBySide(stretches.count, threads: plan.options.threads) { place in
      column.rowsByQuarter(of: stretches[place], without: dropped)
    }
    var groups: [Int: [Int]] = [:]
    for (quarter, rows) in parts.joined() { groups[quarter, default: []] += rows }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static let stretchRows = 1 << 16
}

extension MergedColumn {
  /// Those of some rows that have a moment and are kept, for each quarter in their order.
  fileprivate func rowsByQuarter(
    of rows: Range<Int>, without dropped: Set<Int>
  ) -> [(quarter: Int, rows: [Int])] {
    var values: [Int64] = []
    numbers.appendValues(of: rows, to: &values)
    var found: [(quarter: Int, rows: [Int])] = []
    var group = 0
    // Most rows lie in the quarter of the one before.
    var (quarter, valuesOfQuarter) = (0, Int64(0)..<0)
    for (row, value) in zip(rows, values)
    where missing?[row] != true && (dropped.isEmpty || !dropped.contains(row)) {
      if !valuesOfQuarter.contains(value) { (quarter, valuesOfQuarter) = quarterAround(value) }
      if group >= found.count || found[group].quarter != quarter {
        group = found.firstIndex { $0.quarter == quarter } ?? found.count
        if group == found.count { found.append((quarter, [])) }
      }
      found[group].rows.append(row)
    }
    return found
  }

  /// The quarter of a moment, and which values lie in it.
  private func quarterAround(_ value: Int64) -> (index: Int, values: Range<Int64>) {
    let unit: Int
    switch type {
    case .date: unit = 1
    case .time: unit = 1440
    default: return (Int(value), value..<value)
    }
    let quarter = Day(index: Int(value).flooredDividing(by: unit)).month.quarter
    func firstDay(_ quarter: Quarter) -> Day? {
      Day(year: quarter.year, month: quarter.firstMonth.number, day: 1)
    }
    guard let first = firstDay(quarter), let end = firstDay(Quarter(index: quarter.index + 1))
    else { return (quarter.index, value..<value) }
    return (quarter.index, Int64(first.index * unit)..<Int64(end.index * unit))
  }
}

extension ExportPlan {
  /// Some rows, sorted by month and the first dimension with many members, where that pays.
  fileprivate func clustered(_ whole: Partition, _ rows: [Int]) -> Partition {
    let plain = { rows.count == whole.rowCount ? whole : whole.gathered(rows) }
    guard let time = columns.dataset.time, time.unit == .month else { return plain() }
    for dimension in columns.dataset.dimensions {
      guard case .column(let name) = dimension.source,
        case .text(_, let dictionary)? = whole.column(named: name)?.storage, dictionary.count > 16
      else { continue }
      return whole.gathered(rows, clusteredByMonthOf: time.column, then: name)
    }
    return plain()
  }
}

func emptyNote(_ path: String) -> Note {
  Note("LOAD", Bilingual("\(path): no rows", "\(path)：没有数据行"))
}
