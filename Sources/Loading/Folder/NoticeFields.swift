// NoticeFields.swift: the rows of `notice.csv` become fields, each with its line.
//
// The file says what the text of a notice would say: `hotline.received` is a figure of the text,
// `letters.units` a list, `duty.monthly.X` the topics X owes (domain.md 8, no. 29).

import Catalog
import Columns
import Syntax

struct NoticeField {
  /// The name, split at its points.
  var path: [String]
  var value: Range<Int>
  var line: Int

  var name: String { path.joined(separator: ".") }
}

struct NoticeFields {
  let bytes: [UInt8]
  var fields: [NoticeField] = []
  var faults: [FileFault] = []

  /// Rows of two cells below the headings `field,value`; rows without a field are left out.
  init(_ grid: Grid, source: SourceFile) {
    bytes = grid.bytes
    for (index, row) in grid.rows.enumerated() where !grid.isBlank(row) {
      let cells = grid.cells[row.cells].map { trimmed($0, of: bytes) }
      guard cells.count >= 2, cells[2...].allSatisfy(\.isEmpty) else {
        faults.append(
          rowShapeFault(Spot(source, row.line), cellCount: row.cells.count, wanted: 2))
        continue
      }
      let name = text(cells[0], of: bytes)
      if index == 0, name == "field" { continue }
      if name.isEmpty { continue }
      let path = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      fields.append(NoticeField(path: path, value: cells[1], line: row.line))
    }
  }

  func value(_ field: NoticeField) -> String { text(field.value, of: bytes) }

  /// The parts of a list, between `;`, `；` and `、`.
  func list(_ field: NoticeField) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = field.value.lowerBound
    var index = start
    func add(_ end: Int) {
      let part = trimmed(start..<end, of: bytes)
      if !part.isEmpty { result.append(part) }
    }
    while index < field.value.upperBound {
      let wide = listMarks.first { Loading.starts(with: $0, at: index, of: bytes) }
      if let wide {
        add(index)
        index += wide.count
        start = index
      } else {
        index += 1
      }
    }
    add(field.value.upperBound)
    return result
  }

  func flag(_ field: NoticeField) -> Bool? {
    guard case .number(let value, _) = typedCell(field.value, of: bytes, as: .flag) else {
      return nil
    }
    return value == 1
  }

  func day(_ field: NoticeField) -> Day? {
    guard
      case .moment(let moment) = readMoment(field.value, of: bytes, acceptsMonth: false)
    else { return nil }
    return moment.day
  }
}

private let listMarks = [";", "；", "、"].map { Array($0.utf8) }

/// The fields that stand for the notice itself.
struct FolderFront {
  var info: NoticeInfo?
  /// Titles by annex, folded.
  var titles: [Int: [UInt8]] = [:]
  /// Annexes that have no label in print.
  var unlabelled: Set<Int> = []
  var unreadDate: (line: Int, printed: String)?
  var faults: [FileFault] = []
  /// Fields that this first look used.
  var used: Set<Int> = []
}

func folderFront(
  _ fields: NoticeFields, source: SourceFile, words: NoticeVocabulary
) -> FolderFront {
  var front = FolderFront()
  let period = fields.fields.first { $0.name == "period" }
  guard let period, let quarter = readQuarter(period.value, of: fields.bytes) else {
    front.faults = [noPeriodFault(source.path)]
    return front
  }
  var info = NoticeInfo(period: quarter)
  for (index, field) in fields.fields.enumerated() {
    let isUsed = readFrontField(field, of: fields, into: &info, &front, source: source)
    if isUsed { front.used.insert(index) }
  }
  if info.county.isEmpty {
    let issuer = Array(info.issuer.utf8)
    for phrase in words.front["county"] ?? [] where info.county.isEmpty {
      if let at = position(of: phrase, in: 0..<issuer.count, of: issuer), at > 0 {
        info.county = text(0..<at, of: issuer)
      }
    }
  }
  if front.unreadDate != nil { info.signed = info.issued }
  front.info = info
  return front
}

/// - Returns: false if the field is about the text's figures and lists.
private func readFrontField(
  _ field: NoticeField, of fields: NoticeFields, into info: inout NoticeInfo,
  _ front: inout FolderFront, source: SourceFile
) -> Bool {
  let value = fields.value(field)
  func date() -> Day? {
    if field.value.isEmpty { return nil }
    let day = fields.day(field)
    if day == nil {
      front.faults.append(
        cellFault(
          Spot(source, field.line), column: field.name, cell: value, .expected(.date)))
    }
    return day
  }
  switch field.name {
  case "period": break
  case "issuer": info.issuer = value
  case "county": info.county = value
  case "title": info.title = value
  case "number": info.number = value
  case "rule": info.rule = value
  case "version": info.version = Int(value) ?? 1
  case "cutoff": info.cutoff = date()
  case "issued": info.issued = date()
  case "signed":
    // As printed: a date that cannot be read is a finding, and the print line's is taken.
    if let day = fields.day(field) {
      info.signed = day
    } else if !value.isEmpty {
      front.unreadDate = (field.line, value)
    }
  case "copies_to": info.copiesTo = fields.list(field).map { text($0, of: fields.bytes) }
  case "synthetic":
    guard let flag = fields.flag(field) else {
      front.faults.append(
        cellFault(
          Spot(source, field.line), column: field.name, cell: value, .expected(.flag)))
      return true
    }
    info.isSynthetic = flag
  default: return readAnnexField(field, of: fields, into: &front)
  }
  return true
}

/// `annex.2.title`, `annex.1.label`
private func readAnnexField(
  _ field: NoticeField, of fields: NoticeFields, into front: inout FolderFront
) -> Bool {
  guard field.path.count == 3, field.path[0] == "annex", let annex = Int(field.path[1]) else {
    return false
  }
  switch field.path[2] {
  case "title": front.titles[annex] = folded(fields.value(field))
  case "label": if fields.value(field) == "none" { front.unlabelled.insert(annex) }
  default: return false
  }
  return true
}
