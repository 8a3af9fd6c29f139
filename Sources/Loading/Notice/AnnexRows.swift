// AnnexRows.swift: a printed row of units becomes a row of the data set, its events, or a total
// row.

import Catalog
import Columns
import Syntax

extension NoticeReading {
  mutating func readAnnexRow(_ line: TableLine, of bytes: [UInt8]) {
    let isBlank = line.segment.allSatisfy { trimmed(line.cells[$0], of: bytes).isEmpty }
    if isBlank { return }
    var name: [UInt8] = []
    if let column = column(columns.unit, in: line) {
      if clean(line.cells[column], of: bytes, into: &name) {
        repairs.append(place(line.file, line.line))
      }
    }
    if let label = totalLabel(name: name, line, of: bytes) {
      addTotalRow(label, line, of: bytes)
      return
    }
    guard !name.isEmpty else {
      faults.append(blankNameFault(spot(line.file, line.line)))
      return
    }
    addRow(line, name: name, of: bytes)
  }

  private func column(_ index: Int?, in line: TableLine) -> Int? {
    guard let index else { return nil }
    return line.segment.first { line.columns[$0].use == .own(index) }
  }

  private mutating func addRow(_ line: TableLine, name: [UInt8], of bytes: [UInt8]) {
    let table = tables[line.summary]
    let unit = units.canonical(
      0..<name.count, of: name, file: line.file, line: line.line, isInTable: true,
      kind: table.kind)
    tables[line.summary].rowCount += 1
    let number = rowNumber(line, of: bytes)
    rows.addRow(line: line.line, file: line.file)
    rows.set(columns.period, Int64(info.period.index))
    rows.set(columns.channel, table.channel)
    rows.set(columns.annex, Int64(table.annex))
    rows.set(columns.rowNumber, number.value)
    rows.set(columns.printedRow, "\(table.annex)-\(number.label)")
    rows.set(columns.unit, unit)
    var remark: Range<Int>?
    for index in line.segment {
      switch line.columns[index].use {
      case .own(columns.unit), .own(columns.rowNumber): break
      case .own(columns.remark): remark = line.cells[index]
      case .own(let target) where target >= 0:
        set(target, line.cells[index], line, heading: index, of: bytes)
      case .other(let dataset, let target):
        printCountyFigure(dataset, target, line.cells[index], line, heading: index, of: bytes)
      case .own, .numbering, .unknown: break
      }
    }
    if let remark {
      readRemark(remark, of: bytes, line, unit: unit, number: number)
    }
  }

  /// The printed number of a row; a table without numbers is counted.
  private mutating func rowNumber(
    _ line: TableLine, of bytes: [UInt8]
  ) -> (value: Int64, label: String) {
    let counted = Int64(tables[line.summary].rowCount)
    guard let column = column(columns.rowNumber, in: line),
      case .number(let value, _) = typedCell(line.cells[column], of: bytes, as: .whole)
    else { return (counted, "\(counted)") }
    let repeats = tables[line.summary].rowNumbers.count { $0.number == value }
    tables[line.summary].rowNumbers.append((value, line.line))
    // `by row` never joins two rows of one notice, so a number printed twice gets its own label.
    return (value, repeats == 0 ? "\(value)" : "\(value).\(repeats + 1)")
  }

  private mutating func set(
    _ target: Int, _ cell: Range<Int>, _ line: TableLine, heading: Int, of bytes: [UInt8]
  ) {
    switch typedCell(cell, of: bytes, as: rows.columns[target].type) {
    case .missing: break
    case .number(let value, let places):
      rows.set(target, value, places: places)
      if isOddlyPrinted(cell, of: bytes) { repairs.append(place(line.file, line.line)) }
    case .barePercent(let number):
      rows.set(target, number.digits, places: number.places)
      barePercents.add(
        BarePercents.Cell(
          column: target, row: rows.rowCount - 1, number: number, line: line.line,
          file: line.file))
    case .text:
      var cleaned: [UInt8] = []
      if clean(cell, of: bytes, into: &cleaned) { repairs.append(place(line.file, line.line)) }
      rows.set(target, 0..<cleaned.count, of: cleaned)
    case .serialDay(let days): rows.set(target, days)
    case .fault(let fault):
      faults.append(
        cellFault(
          spot(line.file, line.line),
          column: String(decoding: line.columns[heading].heading, as: UTF8.self),
          cell: text(trimmed(cell, of: bytes), of: bytes), fault))
    }
  }

  private mutating func printCountyFigure(
    _ dataset: Int, _ target: Int, _ cell: Range<Int>, _ line: TableLine, heading: Int,
    of bytes: [UInt8]
  ) {
    let type = headers.stored[dataset][target].type
    switch typedCell(cell, of: bytes, as: type) {
    case .number(let value, _):
      county.print(
        headers.stored[dataset][target].name, value, channel: tables[line.summary].channel,
        annex: tables[line.summary].annex, file: line.file, line: line.line)
    case .missing: break
    default:
      faults.append(
        cellFault(
          spot(line.file, line.line),
          column: String(decoding: line.columns[heading].heading, as: UTF8.self),
          cell: text(trimmed(cell, of: bytes), of: bytes), .expected(type)))
    }
  }
}

// MARK: - Remarks

extension NoticeReading {
  private mutating func readRemark(
    _ cell: Range<Int>, of bytes: [UInt8], _ line: TableLine, unit: String,
    number: (value: Int64, label: String)
  ) {
    var cleaned: [UInt8] = []
    if clean(cell, of: bytes, into: &cleaned) { repairs.append(place(line.file, line.line)) }
    let reading = remark(0..<cleaned.count, of: cleaned, words: words)
    rows.set(columns.remark, 0..<cleaned.count, of: cleaned)
    rows.set(columns.joint, reading.isJoint ? 1 : 0)
    if reading.isJoint { tables[line.summary].hasJointRow = true }
    guard reading.isUnderstood else {
      let remark = String(decoding: cleaned, as: UTF8.self)
      find(
        "R31", .warning, Bilingual("remark of \(unit)", "\(unit)的备注"), stated: remark,
        places: [place(line.file, line.line)], concerns: ["unit=\(unit)"])
      return
    }
    let table = tables[line.summary]
    for event in reading.events {
      guard let start = Day(year: year(of: event.month), month: event.month, day: 1) else {
        continue
      }
      events.addRow(line: line.line, file: line.file)
      events.set("period_of", Int64(info.period.index))
      events.set("channel", table.channel)
      events.set("annex", Int64(table.annex))
      events.set("row_no", number.value)
      events.set("printed_row", "\(table.annex)-\(number.label)")
      events.set("unit_name", unit)
      events.set("month_start", Int64(start.index))
      events.set("event", event.name)
      events.set("n", event.count)
    }
  }

  /// A month after the quarter's last belongs to the year before.
  private func year(of month: Int) -> Int {
    month > info.period.lastMonth.number ? info.period.year - 1 : info.period.year
  }
}

// MARK: - Total rows

extension NoticeReading {
  /// The name that makes this a total row; it may stand in the place of the number.
  private func totalLabel(name: [UInt8], _ line: TableLine, of bytes: [UInt8]) -> String? {
    guard let total = rows.dataset.total else { return nil }
    if !name.isEmpty {
      let label = String(decoding: name, as: UTF8.self)
      return holds(total, column: "unit_name", text: label) ? label : nil
    }
    guard let first = line.segment.first(where: { !trimmed(line.cells[$0], of: bytes).isEmpty })
    else { return nil }
    var cleaned: [UInt8] = []
    _ = clean(line.cells[first], of: bytes, into: &cleaned)
    let label = String(decoding: cleaned, as: UTF8.self)
    return holds(total, column: "unit_name", text: label) ? label : nil
  }

  private mutating func addTotalRow(_ label: String, _ line: TableLine, of bytes: [UInt8]) {
    let table = tables[line.summary]
    tables[line.summary].hasTotalRow = true
    var cells: [PrintedCell] = []
    var isJoint = false
    for index in line.segment {
      guard case .own(let target) = line.columns[index].use, target >= 0, target != columns.unit
      else { continue }
      let inner = trimmed(line.cells[index], of: bytes)
      if inner.isEmpty { continue }
      var cell = PrintedCell(
        column: rows.columns[target].name, text: text(inner, of: bytes), digits: nil, places: 0,
        isPercent: false)
      if rows.columns[target].type != .text, case .number(let number) = readNumber(inner, of: bytes)
      {
        cell.digits = number.digits
        cell.places = number.places
        cell.isPercent = number.isPercent
      }
      if target == columns.remark {
        var cleaned: [UInt8] = []
        _ = clean(inner, of: bytes, into: &cleaned)
        isJoint = remark(0..<cleaned.count, of: cleaned, words: words).isJoint
      }
      cells.append(cell)
    }
    totals.append(
      TotalRow(
        dataset: rows.dataset.name, issuer: info.issuer, quarterIndex: info.period.index,
        annex: table.annex, channel: table.channel, label: label, file: path(line.file),
        line: line.line, cells: cells, isJoint: isJoint))
  }
}

/// Whether a text in `column` meets a condition of a definition; tests of other columns do not
/// hold.
func holds(_ condition: ConditionSyntax, column: String, text: String) -> Bool {
  switch condition.kind {
  case .any(let parts): return parts.contains { holds($0, column: column, text: text) }
  case .all(let parts): return parts.allSatisfy { holds($0, column: column, text: text) }
  case .not(let part): return !holds(part, column: column, text: text)
  case .saved: return false
  case .test(let name, let test):
    guard name.text == column else { return false }
    switch test {
    case .compare(.equal, let span): return span.lower.literalText == text
    case .compare(.notEqual, let span): return span.lower.literalText != text
    case .isIn(let spans, let isNegated):
      return spans.contains { $0.lower.literalText == text } != isNegated
    case .isBlank(let isNegated): return text.isEmpty != isNegated
    default: return false
    }
  }
}

extension ScalarSyntax {
  /// A text or bare word; nil for numbers and periods.
  fileprivate var literalText: String? {
    switch kind {
    case .text(let text): text
    case .name(let name): name.text
    default: nil
    }
  }
}
