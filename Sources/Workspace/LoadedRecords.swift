// LoadedRecords.swift: what a load leaves beside its rows becomes bytes, and comes back equal.
//
// Fields stand in the order of their declarations. A new field goes to the end of its record, with
// what the records without it mean.

import Columns
import Syntax

/// What a load leaves beside the rows, in loading order.
struct Particulars: Recorded {
  var loaded: Loaded

  init(_ loaded: Loaded) { self.loaded = loaded }

  func write(to record: inout RecordWriter) {
    record.records(loaded.notices)
    record.records(loaded.totalRows)
    record.records(loaded.constants)
    record.records(loaded.printedPlaces)
    record.records(loaded.findings)
    record.records(loaded.referenceTexts)
    record.records(loaded.skipped)
    record.records(loaded.newMembers)
    record.records(loaded.files)
    record.records(loaded.notes)
    record.flag(loaded.isSample)
    record.records(loaded.ownDefinitions)
    record.records(loaded.tables)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    loaded = Loaded()
    loaded.notices = try record.records()
    loaded.totalRows = try record.records()
    loaded.constants = try record.records()
    loaded.printedPlaces = try record.records()
    loaded.findings = try record.records()
    loaded.referenceTexts = try record.records()
    loaded.skipped = try record.records()
    loaded.newMembers = try record.records()
    loaded.files = try record.records()
    loaded.notes = try record.records()
    loaded.isSample = try record.flag()
    loaded.ownDefinitions = try record.records()
    loaded.tables = try record.records()
  }
}

extension RecordWriter {
  mutating func both(_ text: Bilingual) {
    self.text(text.english)
    self.text(text.chinese)
  }
}

extension RecordReader {
  mutating func both() throws(RecordDamage) -> Bilingual {
    Bilingual(try text(), try text())
  }
}

extension SourceFile: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(file)
    record.text(encoding)
    record.text(hash)
    record.text(part?.name)
    if case .sheet = part { record.flag(true) } else { record.flag(false) }
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    let path = try record.text()
    let encoding = try record.text()
    let hash = try record.text()
    let name = try record.optionalText()
    let isSheet = try record.flag()
    self.init(
      path: path, encoding: encoding, hash: hash,
      part: name.map { isSheet ? .sheet($0) : .table($0) })
  }
}

extension OwnTableText: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(name)
    record.text(text)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(name: try record.text(), text: try record.text())
  }
}

extension ReadTable: Recorded {
  func write(to record: inout RecordWriter) {
    source.write(to: &record)
    record.text(name)
    record.text(dataset)
    record.text(delimiter)
    record.list(headingLines) { $0.number($1) }
    record.texts(headings)
    record.flag(isOwn)
    record.number(leftOutRows)
    record.number(unknownRows)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      source: try SourceFile(from: &record), name: try record.text(),
      dataset: try record.optionalText(), delimiter: try record.optionalText(),
      headingLines: try record.list { reader throws(RecordDamage) in try reader.integer() },
      headings: try record.textList(), isOwn: try record.flag())
    if record.hasMore { leftOutRows = try record.integer() }
    if record.hasMore { unknownRows = try record.integer() }
  }
}

extension Note: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(code)
    record.both(text)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(try record.text(), try record.both())
  }
}

extension NewMember: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(dimension)
    record.text(issuer)
    record.text(name)
    record.text(parent)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      dimension: try record.text(), issuer: try record.text(), name: try record.text(),
      parent: try record.optionalText())
  }
}

extension SkippedLine: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(file)
    record.number(line)
    record.text(text)
    record.both(why)
    record.flag(isUnexplained)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      file: try record.text(), line: try record.integer(), text: try record.text(),
      why: try record.both(), isUnexplained: try record.flag())
  }
}

extension ReferenceText: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(issuer)
    record.number(quarterIndex)
    record.text(kind)
    record.text(section)
    record.text(file)
    record.number(line)
    record.text(text)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      issuer: try record.text(), quarterIndex: try record.optionalInteger(),
      kind: try record.text(), section: try record.text(), file: try record.text(),
      line: try record.integer(), text: try record.text())
  }
}

extension Finding: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(code)
    record.text(severity.rawValue)
    record.both(subject)
    record.text(stated)
    record.text(computed)
    record.text(difference)
    record.optional(cause) { $0.both($1) }
    record.list(places) { record, place in
      record.text(place.file)
      record.number(place.line)
    }
    record.number(quarterIndex)
    record.texts(concerns)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    let code = try record.text()
    guard let severity = Severity(rawValue: try record.text()) else { throw RecordDamage() }
    self.init(
      code, severity, subject: try record.both(), stated: try record.text(),
      computed: try record.text(), difference: try record.text(),
      cause: try record.optional { record throws(RecordDamage) in try record.both() },
      places: try record.list { record throws(RecordDamage) in
        SourcePlace(file: try record.text(), line: try record.integer())
      },
      quarterIndex: try record.optionalInteger(), concerns: try record.textList())
  }
}

extension PrintedPlaces: Recorded {
  func write(to record: inout RecordWriter) {
    record.number(partition)
    record.text(column)
    record.number(row)
    record.number(places)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      partition: try record.integer(), column: try record.text(), row: try record.integer(),
      places: try record.integer())
  }
}

extension ConstantColumn: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(dataset)
    record.text(column)
    record.text(issuer)
    record.number(quarterIndex)
    record.text(channel)
    record.list(annexes) { $0.number($1) }
    record.number(value)
    record.number(rowCount)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      dataset: try record.text(), column: try record.text(), issuer: try record.text(),
      quarterIndex: try record.optionalInteger(), channel: try record.text(),
      annexes: try record.list { record throws(RecordDamage) in try record.integer() },
      value: try record.optionalNumber(), rowCount: try record.integer())
  }
}

extension PrintedCell: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(column)
    record.text(text)
    record.number(digits)
    record.number(places)
    record.flag(isPercent)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      column: try record.text(), text: try record.text(), digits: try record.optionalNumber(),
      places: try record.integer(), isPercent: try record.flag())
  }
}

extension TotalRow: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(dataset)
    record.text(issuer)
    record.number(quarterIndex)
    record.number(annex)
    record.text(channel)
    record.text(label)
    record.text(file)
    record.number(line)
    record.records(cells)
    record.flag(isJoint)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      dataset: try record.text(), issuer: try record.text(),
      quarterIndex: try record.optionalInteger(), annex: try record.integer(),
      channel: try record.text(), label: try record.text(), file: try record.text(),
      line: try record.integer(), cells: try record.records(), isJoint: try record.flag())
  }
}
