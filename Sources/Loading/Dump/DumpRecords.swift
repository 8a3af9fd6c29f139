// DumpRecords.swift: what a load leaves beside its rows becomes rows of a dump, and comes back.

import Columns
import Syntax

/// One kind of record: its table, its headings in the order of its cells.
protocol DumpRecord {
  static var dumpTable: String { get }
  static var dumpHeadings: [String] { get }
  var dumpCells: [DumpCell] { get }
  init(from row: inout DumpRow) throws(DumpFault)
}

extension Note: DumpRecord {
  static let dumpTable = "tongbao-notes"
  static let dumpHeadings = ["code", "english", "chinese"]
  var dumpCells: [DumpCell] { [DumpCell(code), DumpCell(text.english), DumpCell(text.chinese)] }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(try row.text(), try row.both())
  }
}

extension NewMember: DumpRecord {
  static let dumpTable = "tongbao-members"
  static let dumpHeadings = ["dimension", "issuer", "name", "parent"]
  var dumpCells: [DumpCell] {
    [DumpCell(dimension), DumpCell(issuer), DumpCell(name), DumpCell(parent ?? "")]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(
      dimension: try row.text(), issuer: try row.text(), name: try row.text(),
      parent: try row.optionalText())
  }
}

extension OwnTableText: DumpRecord {
  static let dumpTable = "tongbao-definitions"
  static let dumpHeadings = ["name", "text"]
  var dumpCells: [DumpCell] { [DumpCell(name), DumpCell(text)] }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(name: try row.text(), text: try row.text())
  }
}

extension SkippedLine: DumpRecord {
  static let dumpTable = "tongbao-skipped"
  static let dumpHeadings = ["file", "line", "text", "why", "why_chinese", "unexplained"]
  var dumpCells: [DumpCell] {
    [
      DumpCell(file), DumpCell(line), DumpCell(text), DumpCell(why.english), DumpCell(why.chinese),
      DumpCell(isUnexplained),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(
      file: try row.text(), line: try row.number(), text: try row.text(), why: try row.both(),
      isUnexplained: try row.flag())
  }
}

extension ReferenceText: DumpRecord {
  static let dumpTable = "tongbao-texts"
  static let dumpHeadings = ["issuer", "period", "kind", "section", "file", "line", "text"]
  var dumpCells: [DumpCell] {
    [
      DumpCell(issuer), DumpCell(quarterIndex: quarterIndex), DumpCell(kind), DumpCell(section),
      DumpCell(file), DumpCell(line), DumpCell(text),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(
      issuer: try row.text(), quarterIndex: try row.quarterIndex(), kind: try row.text(),
      section: try row.text(), file: try row.text(), line: try row.number(),
      text: try row.text())
  }
}

extension Finding: DumpRecord {
  static let dumpTable = "tongbao-findings"
  static let dumpHeadings = [
    "code", "severity", "subject", "subject_chinese", "stated", "computed", "difference",
    "has_cause", "cause", "cause_chinese", "places", "period", "concerns",
  ]
  var dumpCells: [DumpCell] {
    [
      DumpCell(code), DumpCell(severity.rawValue), DumpCell(subject.english),
      DumpCell(subject.chinese), DumpCell(stated), DumpCell(computed), DumpCell(difference),
      DumpCell(cause != nil), DumpCell(cause?.english ?? ""), DumpCell(cause?.chinese ?? ""),
      DumpCell(places.flatMap { [$0.file, String($0.line)] }),
      DumpCell(quarterIndex: quarterIndex), DumpCell(concerns),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    let code = try row.text()
    guard let severity = Severity(rawValue: try row.text()) else { throw row.fault }
    self.init(
      code, severity, subject: try row.both(), stated: try row.text(), computed: try row.text(),
      difference: try row.text())
    let hasCause = try row.flag()
    let cause = try row.both()
    if hasCause { self.cause = cause }
    let parts = try row.texts()
    for index in stride(from: 0, to: parts.count, by: 2) {
      guard index + 1 < parts.count, let line = Int(parts[index + 1]) else { throw row.fault }
      places.append(SourcePlace(file: parts[index], line: line))
    }
    quarterIndex = try row.quarterIndex()
    concerns = try row.texts()
  }
}

extension PrintedPlaces: DumpRecord {
  static let dumpTable = "tongbao-places"
  static let dumpHeadings = ["partition", "column", "row", "places"]
  var dumpCells: [DumpCell] {
    [DumpCell(partition), DumpCell(column), DumpCell(row), DumpCell(places)]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(
      partition: try row.number(), column: try row.text(), row: try row.number(),
      places: try row.number())
  }
}

extension ConstantColumn: DumpRecord {
  static let dumpTable = "tongbao-constants"
  static let dumpHeadings = [
    "dataset", "column", "issuer", "period", "channel", "annexes", "value", "rows",
  ]
  var dumpCells: [DumpCell] {
    [
      DumpCell(dataset), DumpCell(column), DumpCell(issuer), DumpCell(quarterIndex: quarterIndex),
      DumpCell(channel), DumpCell(annexes.map { String($0) }), DumpCell(value), DumpCell(rowCount),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(
      dataset: try row.text(), column: try row.text(), issuer: try row.text(),
      quarterIndex: try row.quarterIndex(), channel: try row.text(), annexes: try row.numbers(),
      value: try row.optionalNumber().map { Int64($0) }, rowCount: try row.number())
  }
}

extension TotalRow: DumpRecord {
  static let dumpTable = "tongbao-totals"
  static let dumpHeadings = [
    "dataset", "issuer", "period", "annex", "channel", "label", "file", "line", "cells", "joint",
  ]
  /// A printed cell is five texts: column, text, digits, places, whether a percentage.
  var dumpCells: [DumpCell] {
    [
      DumpCell(dataset), DumpCell(issuer), DumpCell(quarterIndex: quarterIndex), DumpCell(annex),
      DumpCell(channel), DumpCell(label), DumpCell(file), DumpCell(line),
      DumpCell(
        cells.flatMap { cell in
          [
            cell.column, cell.text, cell.digits.map { String($0) } ?? "", String(cell.places),
            cell.isPercent ? "1" : "0",
          ]
        }), DumpCell(isJoint),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    self.init(
      dataset: try row.text(), issuer: try row.text(), quarterIndex: try row.quarterIndex(),
      annex: try row.number(), channel: try row.text(), label: try row.text(),
      file: try row.text(), line: try row.number(), cells: [], isJoint: false)
    let parts = try row.texts()
    guard parts.count.isMultiple(of: 5) else { throw row.fault }
    for start in stride(from: 0, to: parts.count, by: 5) {
      guard let places = Int(parts[start + 3]),
        parts[start + 2].isEmpty || Int64(parts[start + 2]) != nil
      else { throw row.fault }
      cells.append(
        PrintedCell(
          column: parts[start], text: parts[start + 1], digits: Int64(parts[start + 2]),
          places: places, isPercent: parts[start + 4] == "1"))
    }
    isJoint = try row.flag()
  }
}

extension NoticeInfo: DumpRecord {
  static let dumpTable = "tongbao-notices"
  static let dumpHeadings = [
    "period", "version", "issuer", "county", "title", "number", "cutoff", "signed", "issued",
    "rule", "copies_to", "file", "hash", "encoding", "synthetic", "rows", "weights",
    "joint_channels",
  ]
  var dumpCells: [DumpCell] {
    [
      DumpCell(quarterIndex: period.index), DumpCell(version), DumpCell(issuer), DumpCell(county),
      DumpCell(title), DumpCell(number), DumpCell(cutoff), DumpCell(signed), DumpCell(issued),
      DumpCell(rule), DumpCell(copiesTo), DumpCell(file), DumpCell(hash), DumpCell(encoding),
      DumpCell(isSynthetic), DumpCell(rowCounts.flatMap { [$0.dataset, String($0.count)] }),
      DumpCell(
        printedWeights.flatMap {
          [$0.channel, String($0.annex), $0.column, String($0.digits), String($0.places)]
        }), DumpCell(jointChannels),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    guard let quarterIndex = try row.quarterIndex() else { throw row.fault }
    self.init(period: Quarter(index: quarterIndex))
    version = try row.number()
    issuer = try row.text()
    county = try row.text()
    title = try row.text()
    number = try row.text()
    cutoff = try row.day()
    signed = try row.day()
    issued = try row.day()
    rule = try row.text()
    copiesTo = try row.texts()
    file = try row.text()
    hash = try row.text()
    encoding = try row.text()
    isSynthetic = try row.flag()
    let counts = try row.texts()
    for index in stride(from: 0, to: counts.count, by: 2) {
      guard index + 1 < counts.count, let count = Int(counts[index + 1]) else { throw row.fault }
      rowCounts.append(RowCount(dataset: counts[index], count: count))
    }
    let weights = try row.texts()
    guard weights.count.isMultiple(of: 5) else { throw row.fault }
    for start in stride(from: 0, to: weights.count, by: 5) {
      guard let annex = Int(weights[start + 1]), let digits = Int64(weights[start + 3]),
        let places = Int(weights[start + 4])
      else { throw row.fault }
      printedWeights.append(
        PrintedWeight(
          channel: weights[start], annex: annex, column: weights[start + 2], digits: digits,
          places: places))
    }
    jointChannels = try row.texts()
  }
}

extension SourceFile {
  /// File, encoding, hash, and for a part of it what it is and its name.
  var dumpText: String {
    let kind =
      switch part {
      case nil: ""
      case .sheet: "sheet"
      case .table: "table"
      }
    return listText([file, encoding, hash, kind, part?.name ?? ""])
  }

  init(dumpText text: String, of row: DumpRow) throws(DumpFault) {
    let parts = listParts(text)
    guard parts.count == 5 else { throw row.fault }
    let part: Part? =
      switch parts[3] {
      case "sheet": .sheet(parts[4])
      case "table": .table(parts[4])
      default: nil
      }
    self.init(path: parts[0], encoding: parts[1], hash: parts[2], part: part)
  }
}

extension DumpRow {
  mutating func sources() throws(DumpFault) -> [SourceFile] {
    var sources: [SourceFile] = []
    for text in try texts() { sources.append(try SourceFile(dumpText: text, of: self)) }
    return sources
  }
}

extension ReadTable: DumpRecord {
  static let dumpTable = "tongbao-tables"
  static let dumpHeadings = [
    "source", "name", "dataset", "delimiter", "heading_lines", "headings", "own",
  ]
  var dumpCells: [DumpCell] {
    [
      DumpCell(source.dumpText), DumpCell(name), DumpCell(dataset ?? ""),
      DumpCell(delimiter.map { [$0] } ?? []), DumpCell(headingLines.map { String($0) }),
      DumpCell(headings), DumpCell(isOwn),
    ]
  }
  init(from row: inout DumpRow) throws(DumpFault) {
    let source = try SourceFile(dumpText: try row.text(), of: row)
    self.init(
      source: source, name: try row.text(), dataset: try row.optionalText(),
      delimiter: try row.texts().first, headingLines: try row.numbers(),
      headings: try row.texts(), isOwn: try row.flag())
  }
}

/// What one notice or export brought, as a whole.
struct DumpPiece: DumpRecord {
  static let dumpTable = "tongbao-pieces"
  static let dumpHeadings = ["sample", "files"]
  var isSample: Bool
  var files: [SourceFile]

  init(_ piece: Loaded) { (isSample, files) = (piece.isSample, piece.files) }

  var dumpCells: [DumpCell] { [DumpCell(isSample), DumpCell(files.map(\.dumpText))] }
  init(from row: inout DumpRow) throws(DumpFault) {
    isSample = try row.flag()
    files = try row.sources()
  }
}

/// A table of a dump, and of a data set which rows of it make one partition.
struct DumpPart: DumpRecord {
  static let dumpTable = dumpTableName
  static let dumpHeadings = [
    "table", "rows", "partition", "dataset", "issuer", "period", "version", "columns", "files",
  ]
  var table: String
  var rowCount: Int
  /// nil for a table of records.
  var partition: DumpPartition?

  init(table: String, rowCount: Int, partition: DumpPartition? = nil) {
    self.table = table
    self.rowCount = rowCount
    self.partition = partition
  }

  var dumpCells: [DumpCell] {
    let own: [DumpCell] =
      partition.map { partition in
        [
          DumpCell(partition.number), DumpCell(partition.dataset), DumpCell(partition.issuer),
          DumpCell(quarterIndex: partition.quarterIndex), DumpCell(partition.version),
          DumpCell(partition.columns.flatMap { [$0.name, $0.kind.name] }),
          DumpCell(partition.files.map(\.dumpText)),
        ]
      } ?? []
    return [DumpCell(table), DumpCell(rowCount)] + own
      + Array(repeating: .empty, count: Self.dumpHeadings.count - 2 - own.count)
  }

  init(from row: inout DumpRow) throws(DumpFault) {
    table = try row.text()
    rowCount = try row.number()
    guard rowCount >= 0 else { throw row.fault }
    guard let number = try row.optionalNumber() else { return }
    var partition = DumpPartition(
      number: number, dataset: try row.text(), issuer: try row.text(),
      quarterIndex: try row.quarterIndex(), version: try row.number(), columns: [], files: [])
    let columns = try row.texts()
    for index in stride(from: 0, to: columns.count, by: 2) {
      guard index + 1 < columns.count, let kind = DumpKind(columns[index + 1]) else {
        throw row.fault
      }
      partition.columns.append((columns[index], kind))
    }
    partition.files = try row.sources()
    self.partition = partition
  }
}

/// A partition without its rows.
struct DumpPartition {
  /// Unlike that of any other partition of the dump.
  var number: Int
  var dataset: String
  var issuer: String
  var quarterIndex: Int?
  var version: Int
  var columns: [(name: String, kind: DumpKind)]
  var files: [SourceFile]
}

/// What stands in a column.
struct DumpKind: Hashable {
  var type: ColumnType
  /// Digits after the point of every number of a decimal column.
  var scale = 0

  init(_ column: Column) {
    switch column.storage {
    case .text, .numbered: type = .text
    case .integers(_, .whole): type = .whole
    case .integers(_, .flag): type = .flag
    case .integers(_, .day): type = .date
    case .integers(_, .minute): type = .time
    case .integers(_, .quarter): type = .period
    case .integers(_, .decimal(let scale)): (type, self.scale) = (.decimal, scale)
    }
  }

  init?(_ name: String) {
    if name.hasPrefix(ColumnType.decimal.rawValue) {
      guard let scale = Int(name.dropFirst(ColumnType.decimal.rawValue.count)),
        (0...18).contains(scale)
      else { return nil }
      (type, self.scale) = (.decimal, scale)
    } else {
      guard let type = ColumnType(rawValue: name) else { return nil }
      self.type = type
    }
  }

  var name: String { type == .decimal ? "\(type.rawValue)\(scale)" : type.rawValue }
}
