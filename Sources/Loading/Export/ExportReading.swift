// ExportReading.swift: the rows of an export become typed rows, or faults that name line, column
// and cell.

import Catalog
import Columns
import Syntax

/// An export while it is read.
struct ExportReading {
  let columns: ExportColumns
  let options: LoadOptions
  let source: SourceFile
  /// Rows of a sheet end with their last filled cell.
  let isGrid: Bool
  var rows: PartitionBuilder
  var keys: RowKeys
  var faults: [FileFault] = []
  var skipped: [SkippedLine] = []
  var percents = BarePercents()
  /// For each read column, what is particular to it.
  var states: [ColumnState]
  var repeatedRows = 0
  var badRows = 0
  var blankedCells = 0
  /// Numbers such as `约1500` or `99.8%%`.
  var oddCells = 0
  var joinedRows = 0
  /// Cells of other columns that led to a person.
  var personalCells = 0
  /// Rows among the data that are none: headings again, totals, notes.
  var asides: RowAsides
  var merged: MergedTexts
  private var cleaned: [UInt8] = []
  private let acceptedAt: Int?
  private let closedAt: Int?

  struct ColumnState {
    var fileColumn: Int
    var target: Int
    var type: ColumnType
    var heading: String
    var members: MemberColumn?
    /// Part of the key, or of the time: never blank.
    var isRequired: Bool
    var acceptsMonth: Bool
    /// Names that are dates: stored in one form, however they are written.
    var moment: ColumnType?
    /// An identifier whose digits must be whole.
    var isIdentifier: Bool
    /// Stored as a salted hash only.
    var isHashed: Bool
    /// Cells that hold a spreadsheet's day number, and how many hold a written date.
    var serials: [(row: Int, line: Int, cell: String)] = []
    var writtenDates = 0
  }

  init(_ columns: ExportColumns, of raw: RawTable, catalog: Catalog, options: LoadOptions) {
    self.columns = columns
    self.options = options
    source = raw.source
    isGrid = raw.isGrid
    merged = MergedTexts(raw.merges)
    asides = RowAsides(columns.headings, TableWords(catalog.phrases), of: raw)
    let dataset = columns.dataset
    rows = PartitionBuilder(dataset)
    let builder = rows
    keys = RowKeys(columns: dataset.grain.compactMap { builder.index(of: $0) })
    acceptedAt = rows.index(of: "accepted_at")
    closedAt = rows.index(of: "closed_at")
    states = columns.sources.map { source in
      let name = source.definition.name
      let dimension = dataset.dimensions.first { $0.source == .column(name) }
        .flatMap { catalog.dimension(named: $0.dimension) }
      let isTime = dataset.time?.column == name
      return ColumnState(
        fileColumn: source.fileColumn, target: source.target, type: source.definition.type,
        heading: source.heading,
        members: dimension.flatMap { $0.memberSource == .closed ? MemberColumn($0) : nil },
        isRequired: !source.definition.isOptional || isTime || dataset.grain.contains(name),
        acceptsMonth: isTime && dataset.time?.unit == .month && source.definition.type == .date,
        moment: source.moment,
        isIdentifier: source.definition.type == .text
          && (columns.isOwn || (dimension == nil && dataset.grain.contains(name))),
        isHashed: source.definition.isHashed)
    }
  }

  /// - Throws: every fault of the file.
  mutating func read(_ raw: RawTable) throws(FileFaults) {
    var reader = raw.rows()
    var cells: [Range<Int>] = []
    var carried: (cells: [Range<Int>], line: Int)?
    var rowNumber = 0
    do throws(DelimitedRows.Fault) {
      while !reader.isAtEnd {
        let line = try reader.next(into: &cells)
        defer { rowNumber += 1 }
        if rowNumber <= columns.headerRow { continue }
        if let (head, headLine) = carried {
          carried = nil
          if let joined = joined(head, cells) {
            joinedRows += 1
            readRow(joined, line: headLine, of: reader.bytes)
            continue
          }
          readRow(head, line: headLine, of: reader.bytes)
        }
        if isGrid { bringToWidth(&cells, line: line, of: reader.bytes) }
        let role = asides.role(of: cells, width: columns.width, line: line, of: reader.bytes)
        if role == .aside { continue }
        // A row broken inside a cell goes on in the next line.
        if cells.count < columns.width {
          carried = (cells, line)
        } else {
          readRow(cells, line: line, of: reader.bytes)
        }
        if faults.count > Self.faultLimit { break }
      }
    } catch {
      throw FileFaults(faults + [quoteFault(error, source: source)])
    }
    if let (head, headLine) = carried { readRow(head, line: headLine, of: reader.bytes) }
  }

  /// Faults after which the rest of a file is no longer read.
  private static let faultLimit = 10_000

  /// Gives a row of a sheet as many cells as there are headings.
  private mutating func bringToWidth(_ cells: inout [Range<Int>], line: Int, of bytes: [UInt8]) {
    if !merged.isEmpty { merged.fill(&cells, row: line - 1, of: bytes) }
    let end = cells.last?.upperBound ?? 0
    while cells.count < columns.width { cells.append(end..<end) }
    while cells.count > columns.width, let last = cells.last, trimmed(last, of: bytes).isEmpty {
      cells.removeLast()
    }
  }

  private func joined(_ head: [Range<Int>], _ tail: [Range<Int>]) -> [Range<Int>]? {
    guard head.count + tail.count - 1 == columns.width, let last = head.last,
      let first = tail.first, last.lowerBound <= first.upperBound
    else { return nil }
    return head.dropLast() + [last.lowerBound..<first.upperBound] + tail.dropFirst()
  }

  private func spot(_ line: Int, _ index: Int) -> Spot {
    Spot(source, line, column: states[index].fileColumn)
  }

  private mutating func readRow(_ cells: [Range<Int>], line: Int, of bytes: [UInt8]) {
    let faultsBefore = faults.count
    // Blank cells too many are not let pass: `1,234` without quotes pushes a blank cell out of the
    // row.
    guard cells.count == columns.width else {
      faults.append(
        rowShapeFault(Spot(source, line), cellCount: cells.count, wanted: columns.width))
      leaveOut(line, since: faultsBefore)
      return
    }
    if let long = cells.firstIndex(where: { $0.count > Budget.cellBytes }) {
      faults.append(longCellFault(Spot(source, line, column: long), column: "\(long + 1)"))
      leaveOut(line, since: faultsBefore)
      return
    }
    rows.addRow(line: line, file: 0)
    for index in states.indices {
      readCell(cells[states[index].fileColumn], index, line: line, of: bytes)
    }
    checkTimes(line)
    guard faults.count == faultsBefore else {
      rows.removeLastRow()
      forget(row: rows.rowCount)
      leaveOut(line, since: faultsBefore)
      return
    }
    guard let earlier = keys.earlierRow(ofLastIn: rows) else { return }
    let last = rows.rowCount - 1
    if rows.columns.allSatisfy({ $0.isEqual(earlier, last) }) {
      repeatedRows += 1
    } else {
      faults.append(
        differingRepeatFault(
          Spot(source, line), first: rows.line(earlier), key: columns.dataset.grain))
      leaveOut(line, since: faultsBefore)
    }
    rows.removeLastRow()
    forget(row: last)
  }

  /// With `--skip-bad-rows` a bad row is listed and counted instead of refusing the file.
  private mutating func leaveOut(_ line: Int, since count: Int) {
    guard options.skipsBadRows else { return }
    let why = faults[count...].first?.diagnostic.message ?? Bilingual(same: "")
    skipped.append(
      SkippedLine(file: source.path, line: line, text: "", why: why, isUnexplained: false))
    faults.removeSubrange(count...)
    badRows += 1
  }

  /// What was remembered of a row that is not kept.
  private mutating func forget(row: Int) {
    for index in states.indices {
      while let last = states[index].serials.last, last.row >= row {
        states[index].serials.removeLast()
      }
    }
    percents.removeRows(from: row)
  }

  private mutating func checkTimes(_ line: Int) {
    guard let acceptedAt, let closedAt, rows.rowCount > 0 else { return }
    let row = rows.rowCount - 1
    guard let accepted = rows.columns[acceptedAt].value(row),
      let closed = rows.columns[closedAt].value(row), closed < accepted
    else { return }
    let heading = columns.sources.first { $0.target == closedAt }?.heading ?? ""
    faults.append(
      impossibleFault(
        Spot(source, line), column: heading, cell: Day(index: Int(closed / 1440)).text))
  }
}

// MARK: - Cells

extension ExportReading {
  private mutating func readCell(
    _ cell: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    if states[index].type == .text {
      readText(cell, index, line: line, of: bytes)
      return
    }
    let typed = typedCell(
      cell, of: bytes, as: states[index].type, acceptsMonth: states[index].acceptsMonth)
    switch typed {
    case .missing, .text:
      if states[index].isRequired {
        faults.append(requiredCellFault(spot(line, index), column: states[index].heading))
      }
    case .number(let value, let places):
      if states[index].type == .whole, value < 0, !columns.isOwn {
        faults.append(
          impossibleFault(
            spot(line, index), column: states[index].heading, cell: text(cell, of: bytes)))
      }
      rows.set(states[index].target, value, places: places)
      switch states[index].type {
      case .date, .time: states[index].writtenDates += 1
      case .whole, .decimal, .percent: if isOddlyPrinted(cell, of: bytes) { oddCells += 1 }
      case .text, .flag, .period: break
      }
    case .barePercent(let number):
      rows.set(states[index].target, number.digits, places: number.places)
      percents.add(
        BarePercents.Cell(
          column: states[index].target, row: rows.rowCount - 1, number: number, line: line, file: 0)
      )
    case .serialDay(let days):
      // Spreadsheets count days from 1899-12-30, 25,569 days before 1970.
      let day = days - 25_569
      states[index].serials.append((rows.rowCount - 1, line, text(cell, of: bytes)))
      rows.set(states[index].target, states[index].type == .time ? day * 1440 : day)
    case .fault(let fault):
      refuse(cell, fault, index, line: line, of: bytes)
    }
  }

  /// A cell of an optional column is left blank and counted, since its row says enough without it;
  /// digits that are gone are refused everywhere, because they look like a value.
  private mutating func refuse(
    _ cell: Range<Int>, _ fault: TypedCell.Fault, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    let shown = text(trimmed(cell, of: bytes), of: bytes)
    let full = cellFault(spot(line, index), column: states[index].heading, cell: shown, fault)
    if states[index].isRequired || fault == .digitsLost {
      faults.append(full)
    } else {
      blankedCells += 1
      skipped.append(
        SkippedLine(
          file: source.path, line: line, text: withoutPersons(shown), why: full.diagnostic.message,
          isUnexplained: false))
    }
  }

  private mutating func readText(
    _ cell: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    let inner = trimmed(unprotected(cell, of: bytes), of: bytes)
    if inner.isEmpty {
      if states[index].isRequired {
        faults.append(requiredCellFault(spot(line, index), column: states[index].heading))
      }
      return
    }
    if let moment = states[index].moment,
      case .number(let value, _) = typedCell(inner, of: bytes, as: moment)
    {
      rows.set(states[index].target, momentText(value, moment))
    } else if states[index].isHashed {
      rows.set(states[index].target, personCode(of: inner, bytes, salt: options.salt))
    } else if states[index].members != nil {
      readMember(inner, index, line: line, of: bytes)
    } else if states[index].isIdentifier, isScientific(inner, of: bytes) {
      faults.append(
        cellFault(
          spot(line, index), column: states[index].heading, cell: text(inner, of: bytes),
          .digitsLost))
    } else if hasBlank(inner, of: bytes) {
      // A page layout puts blanks and line breaks between hanzi.
      _ = clean(inner, of: bytes, into: &cleaned)
      rows.set(states[index].target, 0..<cleaned.count, of: cleaned)
    } else {
      rows.set(states[index].target, inner, of: bytes)
    }
  }

  /// `'=1+1` was written by us or by a spreadsheet to keep the text from being a formula.
  private func unprotected(_ cell: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
    guard cell.count >= 2, bytes[cell.lowerBound] == 0x27,
      [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x00].contains(bytes[cell.lowerBound + 1])
    else { return cell }
    return cell.lowerBound + 1..<cell.upperBound
  }

  /// `6.10324E+17`
  private func isScientific(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard range.count <= 24, isDigit(bytes[range.lowerBound]),
      bytes[range].contains(where: { $0 == 0x45 || $0 == 0x65 })
    else { return false }
    return readNumber(range, of: bytes) == .unreadable(.digitsLost)
  }

  private mutating func readMember(
    _ inner: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    guard let (place, found) = states[index].members?.find(inner, of: bytes) else { return }
    switch found {
    case .stored(let code): rows.set(states[index].target, code: code)
    case .member(let name):
      let code = rows.code(of: name, in: states[index].target)
      states[index].members?.remember(code, at: place)
      rows.set(states[index].target, code: code)
    case .unknown where options.keepsUnknown && !holdsPerson(Array(bytes[inner])):
      states[index].members?.keep(inner, of: bytes, line: line)
      rows.set(states[index].target, inner, of: bytes)
    case .unknown(let near):
      faults.append(
        unknownMemberFault(
          spot(line, index), column: states[index].heading, cell: text(inner, of: bytes),
          near: near))
    case .ambiguous(let candidates):
      faults.append(
        ambiguousMemberFault(
          spot(line, index), column: states[index].heading, cell: text(inner, of: bytes),
          candidates: candidates))
    }
  }
}

/// The names met in a column whose members are a closed list, each looked up once.
struct MemberColumn {
  enum Found {
    /// Found before: the code of its canonical name in the column.
    case stored(UInt32)
    case member(String)
    case ambiguous([String])
    case unknown(near: [String])
  }
  let dimension: Dimension
  private let index: MemberIndex
  private var names = ByteDictionary(capacity: 64)
  private var found: [Found] = []
  /// Names of no member that are kept, with the line of the first.
  private(set) var kept: [(name: String, line: Int)] = []

  init(_ dimension: Dimension) {
    self.dimension = dimension
    index = MemberIndex(dimension)
  }

  /// What the bytes name, and where that is remembered.
  mutating func find(_ range: Range<Int>, of bytes: [UInt8]) -> (place: Int, found: Found) {
    let code = names.insert(range, of: bytes)
    if code < found.count { return (code, found[code]) }
    var cleaned: [UInt8] = []
    _ = clean(range, of: bytes, into: &cleaned)
    let name = String(decoding: cleaned, as: UTF8.self)
    switch index.match(name) {
    case .found(let member): found.append(.member(member.name))
    case .ambiguous(let members): found.append(.ambiguous(members.map(\.name)))
    case .unknown: found.append(.unknown(near: nearNames(name, in: dimension)))
    }
    return (code, found[code])
  }

  mutating func remember(_ code: UInt32, at place: Int) { found[place] = .stored(code) }

  mutating func keep(_ range: Range<Int>, of bytes: [UInt8], line: Int) {
    let name = text(range, of: bytes)
    if !kept.contains(where: { $0.name == name }) { kept.append((name, line)) }
  }
}

/// `2024-11-03`, with a time `2024-11-03 09:30`.
private func momentText(_ value: Int64, _ type: ColumnType) -> String {
  if type == .date { return Day(index: Int(value)).text }
  let minutes = Int(value)
  let minute = ((minutes % 1440) + 1440) % 1440
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return Day(index: (minutes - minute) / 1440).text + " \(two(minute / 60)):\(two(minute % 60))"
}
