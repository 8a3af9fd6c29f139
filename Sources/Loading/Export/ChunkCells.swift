// ChunkCells.swift: the cells of a field arrive, those of a batch of rows; numbers and codes leave,
// or faults that name line, column and cell.

import Catalog
import Columns
import Syntax

extension ChunkReader {
  /// Reads the batch's cells of a field behind those that are read.
  mutating func readColumn(_ field: Int, of bytes: [UInt8]) {
    // Taken out meanwhile, so that nothing shares it.
    var column = OpenColumn()
    swap(&column, &batch.columns[field])
    switch plan.kinds[field] {
    case .number: readNumbers(field, into: &column, of: bytes)
    case .text: readTexts(field, from: 0, into: &column, of: bytes)
    case .whole: _ = readCells(field, into: &column, of: bytes) { plainWholeNumber($0, of: $1) }
    case .flag: _ = readCells(field, into: &column, of: bytes) { plainFlag($0, of: $1) }
    case .date:
      rows.writtenDates[field] += readCells(field, into: &column, of: bytes) {
        plainMoment($0, of: $1).map { Int64($0.day.index) }
      }
    case .time:
      rows.writtenDates[field] += readCells(field, into: &column, of: bytes) {
        plainMoment($0, of: $1).map { Int64($0.day.index) * 1440 + Int64($0.minute ?? 0) }
      }
    case .other: _ = readCells(field, into: &column, of: bytes) { _, _ in nil }
    }
    swap(&column, &batch.columns[field])
  }

  /// - Parameter plain: the value of a cell that is written as most are.
  /// - Returns: how many were.
  @inline(__always)
  private mutating func readCells(
    _ field: Int, into column: inout OpenColumn, of bytes: [UInt8],
    _ plain: (Range<Int>, [UInt8]) -> Int64?
  ) -> Int {
    let cells = batch.cells
    let width = plan.fields.count
    let rowCount = batch.rowCount
    var (place, otherCount) = (0, 0)
    while place < rowCount {
      column.values.append(addingCapacity: rowCount - place) { values in
        while place < rowCount, let value = plain(cells[place * width + field], bytes) {
          values.append(value)
          place += 1
        }
      }
      guard place < rowCount else { break }
      column.append(readTyped(cells[place * width + field], field, place, of: bytes))
      place += 1
      otherCount += 1
    }
    return rowCount - otherCount
  }

  // MARK: - Numbers and days

  private mutating func readTyped(
    _ cell: Range<Int>, _ index: Int, _ place: Int, of bytes: [UInt8]
  ) -> ReadCell {
    let line = batch.lines[place]
    let type = plan.fields[index].type
    let typed = typedCell(
      cell, of: bytes, as: type, acceptsMonth: plan.fields[index].acceptsMonth)
    switch typed {
    case .missing, .text:
      if plan.fields[index].isRequired { add(requiredFault(index, line), place: place) }
      return .missing
    case .number(let value, let places):
      if type == .whole, value < 0, !plan.columns.isOwn {
        add(
          impossibleFault(
            plan.spot(line, index), column: plan.fields[index].heading,
            cell: text(cell, of: bytes)),
          place: place)
      }
      switch type {
      case .date, .time: rows.writtenDates[index] += 1
      case .whole, .decimal, .percent: if isOddlyPrinted(cell, of: bytes) { rows.oddCells += 1 }
      case .text, .flag, .period: break
      }
      return ReadCell(value: value, places: places)
    case .barePercent(let number):
      rows.percents.append(
        BarePercents.Cell(
          column: plan.fields[index].target, row: batch.firstRow + place, number: number,
          line: line, file: 0))
      return ReadCell(value: number.digits, places: number.places)
    case .serialDay(let days):
      // Spreadsheets count days from 1899-12-30, 25,569 days before 1970.
      let day = days - 25_569
      rows.serials[index].append(
        ChunkRows.Serial(row: batch.firstRow + place, line: line, cell: text(cell, of: bytes)))
      return ReadCell(value: type == .time ? day * 1440 : day)
    case .fault(let fault):
      refuse(cell, fault, index, place, of: bytes)
      return .missing
    }
  }

  /// A cell of an optional column is left blank and counted, since its row says enough without it;
  /// digits that are gone are refused everywhere, because they look like a value.
  private mutating func refuse(
    _ cell: Range<Int>, _ fault: TypedCell.Fault, _ index: Int, _ place: Int, of bytes: [UInt8]
  ) {
    let line = batch.lines[place]
    let shown = text(trimmed(cell, of: bytes), of: bytes)
    let full = cellFault(
      plan.spot(line, index), column: plan.fields[index].heading, cell: shown, fault)
    if plan.fields[index].isRequired || fault == .digitsLost {
      add(full, place: place)
    } else {
      let text = withoutPersons(shown)
      rows.blanked.add(line: line, text)
      rows.skipped.append(
        SkippedLine(
          file: plan.source.path, line: line, text: text,
          why: full.diagnostic.message, isUnexplained: false))
    }
  }

  // MARK: - Texts

  /// - Parameter place: of the first row of the batch that is not read yet.
  private mutating func readTexts(
    _ field: Int, from place: Int, into open: inout OpenColumn, of bytes: [UInt8]
  ) {
    let cells = batch.cells
    let width = plan.fields.count
    var place = place
    // Where every text is new, hardly any is looked for in vain.
    var wanted = 8
    while place < batch.rowCount {
      let count = min(wanted, batch.rowCount - place)
      let column = CellColumn(first: place * width + field, step: width, count: count)
      let known = texts[field].appendKnownCodes(
        of: column, among: cells, in: bytes, isRequired: plan.fields[field].isRequired,
        to: &open.values)
      place += known
      if known == count {
        wanted *= 4
        continue
      }
      open.values.append(readText(cells[place * width + field], field, place, of: bytes))
      place += 1
      wanted = max(8, wanted / 4)
    }
  }

  /// `GD00000042` as 42, for as long as all texts of the chunk are so.
  private mutating func readNumbers(
    _ field: Int, into column: inout OpenColumn, of bytes: [UInt8]
  ) {
    let cells = batch.cells
    let width = plan.fields.count
    if batch.firstRow == 0 {
      let form = cells[field].isEmpty ? nil : numberedForm(cells[field], of: bytes)
      rows.number(field, as: form)
      numberings[field] = form.map { Numbering($0) }
    }
    var place = 0
    if let numbering = numberings[field] {
      while place < batch.rowCount,
        let number = numbering.number(cells[place * width + field], of: bytes)
      {
        column.values.append(number)
        place += 1
      }
      if place < batch.rowCount, let form = rows.columns[field].form {
        numberings[field] = nil
        rows.number(field, as: nil)
        for row in column.values.indices {
          column.values[row] = texts[field].insertText(Array(form.text(column.values[row]).utf8))
        }
      }
    }
    readTexts(field, from: place, into: &column, of: bytes)
  }

  /// The code of what is stored of a cell.
  private mutating func readText(
    _ cell: Range<Int>, _ index: Int, _ place: Int, of bytes: [UInt8]
  ) -> Int64 {
    let inner = trimmed(unprotected(cell, of: bytes), of: bytes)
    if inner.isEmpty {
      if plan.fields[index].isRequired {
        add(requiredFault(index, batch.lines[place]), place: place)
      }
      return 0
    }
    guard let stored = storedText(inner, index, place, of: bytes) else { return 0 }
    let code = texts[index].store(stored.text, of: cell, in: bytes)
    if stored.isKept { texts[index].keep(code) }
    return code
  }

  /// - Parameter inner: trimmed, not empty.
  /// - Returns: what is stored of a cell; nil where it is refused.
  private mutating func storedText(
    _ inner: Range<Int>, _ index: Int, _ place: Int, of bytes: [UInt8]
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
      return member(inner, (dimension, members), index, place, of: bytes)
    }
    if field.isIdentifier, isScientific(inner, of: bytes) {
      add(
        cellFault(
          plan.spot(batch.lines[place], index), column: field.heading,
          cell: text(inner, of: bytes), .digitsLost),
        place: place)
      return nil
    }
    guard hasBlank(inner, of: bytes) else { return (composed(inner, of: bytes), false) }
    // A page layout puts blanks and line breaks between hanzi.
    _ = clean(inner, of: bytes, into: &cleaned)
    return (composed(cleaned), false)
  }

  private mutating func member(
    _ inner: Range<Int>, _ known: (dimension: Dimension, index: MemberIndex), _ index: Int,
    _ place: Int, of bytes: [UInt8]
  ) -> (text: [UInt8], isKept: Bool)? {
    _ = clean(inner, of: bytes, into: &cleaned)
    let name = String(decoding: cleaned, as: UTF8.self)
    let spot = plan.spot(batch.lines[place], index)
    let heading = plan.fields[index].heading
    switch known.index.match(name) {
    case .found(let member): return (Array(member.name.utf8), false)
    case .ambiguous(let members):
      add(
        ambiguousMemberFault(
          spot, column: heading, cell: text(inner, of: bytes), candidates: members.map(\.name)),
        place: place)
    case .unknown where plan.options.keepsUnknown && !holdsPerson(Array(bytes[inner])):
      return (composed(inner, of: bytes), true)
    case .unknown:
      var names = nearNames[index] ?? NearNames(known.dimension)
      let near = names.near(name)
      nearNames[index] = names
      add(
        unknownMemberFault(spot, column: heading, cell: text(inner, of: bytes), near: near),
        place: place)
    }
    return nil
  }

  private func requiredFault(_ index: Int, _ line: Int) -> FileFault {
    requiredCellFault(plan.spot(line, index), column: plan.fields[index].heading)
  }
}
