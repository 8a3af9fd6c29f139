// NoticeRecords.swift: what a notice says of itself becomes bytes, and comes back equal.

import Columns
import Syntax

extension NoticeInfo: Recorded {
  func write(to record: inout RecordWriter) {
    record.number(period.index)
    record.text(issuer)
    record.text(county)
    record.text(title)
    record.text(number)
    record.number(version)
    record.number(cutoff?.index)
    record.number(signed?.index)
    record.number(issued?.index)
    record.text(rule)
    record.texts(copiesTo)
    record.text(file)
    record.text(hash)
    record.text(encoding)
    record.flag(isSynthetic)
    record.records(rowCounts)
    record.records(printedWeights)
    record.texts(jointChannels)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(period: Quarter(index: try record.integer()))
    issuer = try record.text()
    county = try record.text()
    title = try record.text()
    number = try record.text()
    version = try record.integer()
    cutoff = try record.optionalInteger().map { Day(index: $0) }
    signed = try record.optionalInteger().map { Day(index: $0) }
    issued = try record.optionalInteger().map { Day(index: $0) }
    rule = try record.text()
    copiesTo = try record.textList()
    file = try record.text()
    hash = try record.text()
    encoding = try record.text()
    isSynthetic = try record.flag()
    rowCounts = try record.records()
    printedWeights = try record.records()
    jointChannels = try record.textList()
  }
}

extension NoticeInfo.RowCount: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(dataset)
    record.number(count)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(dataset: try record.text(), count: try record.integer())
  }
}

extension NoticeInfo.PrintedWeight: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(channel)
    record.number(annex)
    record.text(column)
    record.number(digits)
    record.number(places)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      channel: try record.text(), annex: try record.integer(), column: try record.text(),
      digits: try record.number(), places: try record.integer())
  }
}
