// ChunkReader.swift: the rows of a chunk arrive as cells; typed rows leave, or faults that name
// line, column and cell.

import Catalog
import Columns
import Syntax

/// Reads chunk after chunk; each thread has one of its own.
struct ChunkReader {
  let plan: ExportPlan
  private let number: Int
  /// What the text fields have met; kept from chunk to chunk.
  private(set) var texts: [FieldTexts]
  private(set) var rows: ChunkRows
  /// How the texts of each field are numbered in this chunk.
  private var numberings: [Numbering?]
  private var merged: MergedTexts
  private var cleaned: [UInt8] = []

  init(_ plan: ExportPlan, number: Int) {
    self.plan = plan
    self.number = number
    texts = Array(repeating: FieldTexts(), count: plan.fields.count)
    rows = ChunkRows(plan, reader: number)
    numberings = Array(repeating: nil, count: plan.fields.count)
    merged = MergedTexts(plan.merges)
  }

  /// - Parameter skipping: rows at the beginning that are headings, or were read with the chunk
  ///   before.
  mutating func read(_ chunk: RowChunk, of table: RawTable, skipping: Int) -> ChunkRows {
    rows = ChunkRows(plan, reader: number)
    do throws(DelimitedRows.Fault) {
      try readRows(chunk, of: table, skipping: skipping)
    } catch {
      rows.end = .fault(error)
    }
    rows.mergedCells = merged.filledCount
    rows.finish()
    return rows
  }

  private mutating func readRows(
    _ chunk: RowChunk, of table: RawTable, skipping: Int
  ) throws(DelimitedRows.Fault) {
    var reader = DelimitedRows(
      bytes: Array(table.bytes[chunk.range]), delimiter: table.delimiter,
      firstLine: chunk.firstLine, countsLines: !table.isGrid)
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
    let width = plan.columns.width
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
    while cells.count < plan.columns.width { cells.append(end..<end) }
    while cells.count > plan.columns.width, let last = cells.last, trimmed(last, of: bytes).isEmpty
    {
      cells.removeLast()
    }
  }

  private func joined(_ head: [Range<Int>], _ tail: [Range<Int>]) -> [Range<Int>]? {
    guard head.count + tail.count - 1 == plan.columns.width, let last = head.last,
      let first = tail.first, last.lowerBound <= first.upperBound
    else { return nil }
    return head.dropLast() + [last.lowerBound..<first.upperBound] + tail.dropFirst()
  }

  private mutating func readRow(_ cells: [Range<Int>], line: Int, of bytes: [UInt8]) {
    let faultsBefore = rows.faults.count
    // Blank cells too many are not let pass: `1,234` without quotes pushes a blank cell out of the
    // row.
    guard cells.count == plan.columns.width else {
      rows.faults.append(
        rowShapeFault(
          Spot(plan.source, line), cellCount: cells.count, wanted: plan.columns.width))
      leaveOut(line, since: faultsBefore)
      return
    }
    if let long = longCell(cells) {
      rows.faults.append(
        longCellFault(Spot(plan.source, line, column: long), column: "\(long + 1)"))
      leaveOut(line, since: faultsBefore)
      return
    }
    for index in 0..<rows.fieldCount {
      readCell(cells[plan.fileColumns[index]], index, line: line, of: bytes)
    }
    checkTimes(line)
    guard rows.faults.count == faultsBefore else {
      rows.dropRow()
      leaveOut(line, since: faultsBefore)
      return
    }
    rows.closeRow(line: line)
  }

  private func longCell(_ cells: [Range<Int>]) -> Int? {
    guard let first = cells.first, let last = cells.last,
      last.upperBound - first.lowerBound > Budget.cellBytes
    else { return nil }
    return cells.firstIndex { $0.count > Budget.cellBytes }
  }

  /// With `--skip-bad-rows` a bad row is listed and counted instead of refusing the file.
  private mutating func leaveOut(_ line: Int, since count: Int) {
    guard plan.options.skipsBadRows else { return }
    rows.skipped.append(plan.leftOut(line, rows.faults[count...].first))
    rows.faults.removeSubrange(count...)
    rows.badRows += 1
  }

  private mutating func checkTimes(_ line: Int) {
    guard let acceptedAt = plan.acceptedAt, let closedAt = plan.closedAt,
      let accepted = rows.value(acceptedAt), let closed = rows.value(closedAt),
      closed < accepted
    else { return }
    rows.faults.append(
      impossibleFault(
        Spot(plan.source, line), column: plan.fields[closedAt].heading,
        cell: Day(index: Int(closed / 1440)).text))
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

// MARK: - Cells

extension ChunkReader {
  private mutating func readCell(
    _ cell: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    switch plan.kinds[index] {
    case .number where appendNumber(cell, index, of: bytes): return
    case .number, .text:
      if !cell.isEmpty, let code = texts[index].code(of: cell, in: bytes) {
        rows.append(code)
      } else {
        readText(cell, index, line: line, of: bytes)
      }
      return
    case .whole:
      if let plain = plainWholeNumber(cell, of: bytes) {
        rows.append(plain)
        return
      }
    case .date:
      if let plain = plainMoment(cell, of: bytes) {
        rows.append(Int64(plain.day.index))
        rows.writtenDates[index] += 1
        return
      }
    case .time:
      if let plain = plainMoment(cell, of: bytes) {
        rows.append(Int64(plain.day.index) * 1440 + Int64(plain.minute ?? 0))
        rows.writtenDates[index] += 1
        return
      }
    case .flag:
      if let plain = plainFlag(cell, of: bytes) {
        rows.append(plain)
        return
      }
    case .other: break
    }
    readTyped(cell, index, line: line, of: bytes)
  }

  private mutating func readTyped(
    _ cell: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    let type = plan.fields[index].type
    let typed = typedCell(
      cell, of: bytes, as: type, acceptsMonth: plan.fields[index].acceptsMonth)
    switch typed {
    case .missing, .text:
      if plan.fields[index].isRequired {
        rows.faults.append(
          requiredCellFault(plan.spot(line, index), column: plan.fields[index].heading))
      }
      rows.appendMissing()
    case .number(let value, let places):
      if type == .whole, value < 0, !plan.columns.isOwn {
        rows.faults.append(
          impossibleFault(
            plan.spot(line, index), column: plan.fields[index].heading,
            cell: text(cell, of: bytes)))
      }
      rows.append(value, places: places)
      switch type {
      case .date, .time: rows.writtenDates[index] += 1
      case .whole, .decimal, .percent: if isOddlyPrinted(cell, of: bytes) { rows.oddCells += 1 }
      case .text, .flag, .period: break
      }
    case .barePercent(let number):
      rows.append(number.digits, places: number.places)
      rows.percents.append(
        BarePercents.Cell(
          column: plan.fields[index].target, row: rows.rowCount, number: number, line: line,
          file: 0))
    case .serialDay(let days):
      // Spreadsheets count days from 1899-12-30, 25,569 days before 1970.
      let day = days - 25_569
      rows.serials[index].append(
        ChunkRows.Serial(row: rows.rowCount, line: line, cell: text(cell, of: bytes)))
      rows.append(type == .time ? day * 1440 : day)
    case .fault(let fault): refuse(cell, fault, index, line: line, of: bytes)
    }
  }

  /// A cell of an optional column is left blank and counted, since its row says enough without it;
  /// digits that are gone are refused everywhere, because they look like a value.
  private mutating func refuse(
    _ cell: Range<Int>, _ fault: TypedCell.Fault, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    let shown = text(trimmed(cell, of: bytes), of: bytes)
    let full = cellFault(
      plan.spot(line, index), column: plan.fields[index].heading, cell: shown, fault)
    rows.appendMissing()
    if plan.fields[index].isRequired || fault == .digitsLost {
      rows.faults.append(full)
    } else {
      let text = withoutPersons(shown)
      rows.blanked.add(line: line, text)
      rows.skipped.append(
        SkippedLine(
          file: plan.source.path, line: line, text: text,
          why: full.diagnostic.message, isUnexplained: false))
    }
  }

  private mutating func readText(
    _ cell: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) {
    let inner = trimmed(unprotected(cell, of: bytes), of: bytes)
    if inner.isEmpty {
      if plan.fields[index].isRequired {
        rows.faults.append(
          requiredCellFault(plan.spot(line, index), column: plan.fields[index].heading))
      }
      rows.append(0)
      return
    }
    guard let stored = storedText(inner, index, line: line, of: bytes) else {
      rows.append(0)
      return
    }
    let code = texts[index].store(stored.text, of: cell, in: bytes)
    if stored.isKept { texts[index].keep(code) }
    rows.append(code)
  }

  /// `GD00000042` as 42, for as long as all texts of the chunk are so.
  private mutating func appendNumber(_ cell: Range<Int>, _ index: Int, of bytes: [UInt8]) -> Bool {
    if rows.rowCount == 0 {
      let form = numberedForm(cell, of: bytes)
      rows.number(index, as: form)
      numberings[index] = form.map { Numbering($0) }
    }
    guard let numbering = numberings[index] else { return false }
    if let number = numbering.number(cell, of: bytes) {
      rows.append(number)
      return true
    }
    guard let form = rows.columns[index].form else { return false }
    numberings[index] = nil
    var own = texts[index]
    rows.recode(index) { own.insertText(Array(form.text($0).utf8)) }
    texts[index] = own
    return false
  }

  /// - Parameter inner: trimmed, not empty.
  /// - Returns: what is stored of a cell; nil where it is refused.
  private mutating func storedText(
    _ inner: Range<Int>, _ index: Int, line: Int, of bytes: [UInt8]
  ) -> (text: [UInt8], isKept: Bool)? {
    let field = plan.fields[index]
    if let moment = field.moment,
      case .number(let value, _) = typedCell(inner, of: bytes, as: moment)
    {
      return (Array(momentText(value, moment).utf8), false)
    }
    if field.isHashed {
      return (Array(personCode(of: inner, bytes, salt: plan.options.salt).utf8), false)
    }
    if let members = field.members, let dimension = field.dimension {
      return member(inner, (dimension, members), index, line: line, of: bytes)
    }
    if field.isIdentifier, isScientific(inner, of: bytes) {
      rows.faults.append(
        cellFault(
          plan.spot(line, index), column: field.heading, cell: text(inner, of: bytes), .digitsLost))
      return nil
    }
    guard hasBlank(inner, of: bytes) else { return (composed(inner, of: bytes), false) }
    // A page layout puts blanks and line breaks between hanzi.
    _ = clean(inner, of: bytes, into: &cleaned)
    return (composed(cleaned), false)
  }

  private mutating func member(
    _ inner: Range<Int>, _ known: (dimension: Dimension, index: MemberIndex), _ index: Int,
    line: Int, of bytes: [UInt8]
  ) -> (text: [UInt8], isKept: Bool)? {
    _ = clean(inner, of: bytes, into: &cleaned)
    let name = String(decoding: cleaned, as: UTF8.self)
    let spot = plan.spot(line, index)
    let heading = plan.fields[index].heading
    switch known.index.match(name) {
    case .found(let member): return (Array(member.name.utf8), false)
    case .ambiguous(let members):
      rows.faults.append(
        ambiguousMemberFault(
          spot, column: heading, cell: text(inner, of: bytes), candidates: members.map(\.name)))
    case .unknown where plan.options.keepsUnknown && !holdsPerson(Array(bytes[inner])):
      return (composed(inner, of: bytes), true)
    case .unknown:
      rows.faults.append(
        unknownMemberFault(
          spot, column: heading, cell: text(inner, of: bytes),
          near: nearNames(name, in: known.dimension)))
    }
    return nil
  }
}
