// RecordTests.swift: values become bytes and come back equal; bytes that are no record are noticed.

import Columns
import Support
import Syntax
import Testing

@testable import Workspace

@Suite struct RecordTests {
  @Test(arguments: [0, 1, -1, 63, -64, 64, 1 << 40, Int64.max, Int64.min])
  func aNumberComesBack(_ number: Int64) throws {
    var record = RecordWriter()
    record.number(number)
    var reader = RecordReader(record.bytes)
    #expect(try reader.number() == number)
    #expect(!reader.hasMore)
  }

  @Test func equalTextsOfOtherBytesStayTwo() throws {
    let texts = ["é", "e\u{301}", "é", "", "县住建局", "e\u{301}"]
    var record = RecordWriter()
    record.texts(texts)
    var reader = RecordReader(record.bytes)
    #expect(try reader.textList().map { Array($0.utf8) } == texts.map { Array($0.utf8) })
  }

  @Test func whatIsBesideTheRowsComesBackEqual() throws {
    let loaded = everyParticular()
    var record = RecordWriter()
    Particulars(loaded).write(to: &record)
    var reader = RecordReader(record.bytes)
    let back = try Particulars(from: &reader).loaded
    #expect(!reader.hasMore)
    #expect(back.notices == loaded.notices)
    #expect(back.totalRows == loaded.totalRows)
    #expect(back.constants == loaded.constants)
    #expect(back.printedPlaces == loaded.printedPlaces)
    #expect(back.findings == loaded.findings)
    #expect(back.referenceTexts == loaded.referenceTexts)
    #expect(back.skipped == loaded.skipped)
    #expect(back.newMembers == loaded.newMembers)
    #expect(back.files == loaded.files)
    #expect(back.notes == loaded.notes)
    #expect(back.isSample)
    #expect(back.ownDefinitions == loaded.ownDefinitions)
    #expect(back.tables == loaded.tables)
  }

  /// A field that somebody adds must be written as well: this list is then too short.
  @Test func noFieldIsForgotten() throws {
    func count(_ value: Any) -> Int { Mirror(reflecting: value).children.count }
    let loaded = everyParticular()
    // One more than is written: what a file was read in spite of is told of the run that reads it,
    // and its note is kept.
    #expect(count(loaded) == 15)
    #expect(count(try #require(loaded.notices.first)) == 18)
    #expect(count(try #require(loaded.totalRows.first)) == 10)
    #expect(count(try #require(loaded.totalRows.first?.cells.first)) == 5)
    #expect(count(try #require(loaded.constants.first)) == 8)
    #expect(count(try #require(loaded.printedPlaces.first)) == 4)
    #expect(count(try #require(loaded.findings.first)) == 10)
    #expect(count(try #require(loaded.referenceTexts.first)) == 7)
    #expect(count(try #require(loaded.skipped.first)) == 5)
    #expect(count(try #require(loaded.newMembers.first)) == 4)
    #expect(count(try #require(loaded.files.first)) == 4)
    #expect(count(try #require(loaded.ownDefinitions.first)) == 2)
    #expect(count(try #require(loaded.tables.first)) == 9)
    #expect(count(try #require(loaded.notes.first)) == 2)
  }

  @Test func bytesThatAreNoRecordAreNoticedOrReadAsAnother() {
    var record = RecordWriter()
    Particulars(everyParticular()).write(to: &record)
    let bytes = record.bytes
    var random = SeededGenerator(seed: 7)
    var noticed = 0
    for _ in 0..<2000 {
      var changed = bytes
      changed[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(
        in: 1...255, using: &random)
      if Bool.random(using: &random) {
        changed.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      var reader = RecordReader(changed)
      if (try? Particulars(from: &reader)) == nil { noticed += 1 }
    }
    #expect(noticed > 1000)
  }

  @Test func aDictionaryComesBackWithItsBytes() throws {
    let entries = ["", "工单2024001", "工单2024002", "工单", "é", "e\u{301}", "县住建局"]
    let bytes = dictionaryBytes(entries)
    let back = try #require(texts(ofDictionary: bytes, entryCount: entries.count))
    #expect(back.map { Array($0.utf8) } == entries.map { Array($0.utf8) })
    #expect(texts(ofDictionary: bytes, entryCount: entries.count - 1) == nil)
    #expect(texts(ofDictionary: bytes, entryCount: entries.count + 1) == nil)
    #expect(texts(ofDictionary: Array(bytes.dropLast()), entryCount: entries.count) == nil)
  }
}

/// One of everything, with no field as it is by default.
private func everyParticular() -> Loaded {
  var loaded = Loaded()
  loaded.notices = [everyFieldOfANotice()]
  loaded.totalRows = [
    TotalRow(
      dataset: "unit_period", issuer: "某县政务办", quarterIndex: 8099, annex: 1,
      channel: "hotline", label: "合计", file: "a.txt", line: 20,
      cells: [
        PrintedCell(column: "assigned", text: "671", digits: 671, places: 2, isPercent: true)
      ], isJoint: true)
  ]
  loaded.constants = [
    ConstantColumn(
      dataset: "county", column: "c", issuer: "某县政务办", quarterIndex: 8099, channel: "hotline",
      annexes: [1, 2], value: 9976, rowCount: 48)
  ]
  loaded.printedPlaces = [PrintedPlaces(partition: 2, column: "rate", row: 7, places: 1)]
  loaded.findings = [
    Finding(
      "R02", .warning, subject: Bilingual("orders", "应办"), stated: "63", computed: "64",
      difference: "1", cause: Bilingual("perhaps", "或为"),
      places: [SourcePlace(file: "a.txt", line: 9)], quarterIndex: 8099, concerns: ["orders"])
  ]
  loaded.referenceTexts = [
    ReferenceText(
      issuer: "某县政务办", quarterIndex: 8099, kind: "note", section: "一", file: "a.txt", line: 3,
      text: "说明")
  ]
  loaded.skipped = [
    SkippedLine(
      file: "a.txt", line: 4, text: "页码", why: Bilingual("page", "页码"), isUnexplained: true)
  ]
  loaded.newMembers = [
    NewMember(dimension: "unit", issuer: "某县政务办", name: "平木镇", parent: "town")
  ]
  loaded.files = [
    SourceFile(path: "a.txt", encoding: "GB18030", hash: "12ab"),
    SourceFile(path: "b.xlsx", encoding: "UTF-8", hash: "34cd", part: .sheet("表1")),
    SourceFile(path: "c.db", encoding: "UTF-8", hash: "56ef", part: .table("t")),
  ]
  loaded.ownDefinitions = [OwnTableText(name: "spending", text: "define dataset spending")]
  loaded.tables = [
    ReadTable(
      source: loaded.files[1], name: "表1", dataset: "spending", delimiter: ",",
      headingLines: [2, 3], headings: ["乡镇", "金额"], isOwn: true
    ).tolerating(ToleratedRows(file: "a.csv", leftOut: 3, unknown: 2))
  ]
  loaded.notes = [Note("LOAD", Bilingual("one", "一"))]
  loaded.isSample = true
  return loaded
}

private func everyFieldOfANotice() -> NoticeInfo {
  var notice = NoticeInfo(period: Quarter(year: 2024, quarter: 4))
  notice.issuer = "某县政务办"
  notice.county = "某县"
  notice.title = "通报"
  notice.number = "〔2024〕4号"
  notice.version = 3
  notice.cutoff = Day(year: 2024, month: 12, day: 31)
  notice.signed = Day(year: 2025, month: 1, day: 6)
  notice.issued = Day(index: -5)
  notice.rule = "办法"
  notice.copiesTo = ["甲", "乙"]
  notice.file = "a.txt"
  notice.hash = "12ab"
  notice.encoding = "GB18030"
  notice.isSynthetic = true
  notice.rowCounts = [NoticeInfo.RowCount(dataset: "unit_period", count: 48)]
  notice.printedWeights = [
    NoticeInfo.PrintedWeight(
      channel: "hotline", annex: 2, column: "score_ontime", digits: 35, places: 1)
  ]
  notice.jointChannels = ["hotline"]
  return notice
}
