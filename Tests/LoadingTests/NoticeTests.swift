// NoticeTests.swift: a notice in our own words arrives; every figure, finding and line of it is
// held.

import Catalog
import Columns
import Syntax
import Testing

@testable import Loading

/// The rows of one data set, as text.
func rows(_ dataset: String, of loaded: Loaded) -> [String] {
  loaded.store.partitions.filter { $0.dataset == dataset }.flatMap { rows($0) }
}

@Suite struct NoticeTests {
  @Test func aNoticeAndItsFolderGiveTheSamePartitions() throws {
    let text = try loadNotice(ownNotice())
    let folder = try load(paths: [exampleFolder], into: testCatalog)
    let names = text.store.partitions.map(\.dataset)
    #expect(names == folder.store.partitions.map(\.dataset))
    for name in names { #expect(rows(name, of: text) == rows(name, of: folder)) }
    #expect(text.store.partitions.map(\.issuer) == folder.store.partitions.map(\.issuer))
    #expect(
      text.store.partitions.map(\.quarterIndex) == folder.store.partitions.map(\.quarterIndex))
  }

  @Test func everyFigureOfTheQuarterAddsUp() throws {
    let loaded = try loadNotice(ownNotice())
    let partition = try #require(loaded.store.partitions.first { $0.dataset == "unit_period" })
    #expect(partition.rowCount == 74)
    func sum(_ column: String, annex: String) -> Int {
      let annexes = partition.column(named: "annex").map { column in
        (0..<partition.rowCount).map { describe(column, $0) }
      }
      guard let column = partition.column(named: column), let annexes else { return -1 }
      return (0..<partition.rowCount).reduce(0) {
        $0 + (annexes[$1] == annex ? Int(describe(column, $1)) ?? 0 : 0)
      }
    }
    #expect(["1", "2", "3"].map { sum("assigned", annex: $0) } == [671, 1904, 115])
    #expect(["1", "2", "3"].map { sum("closed", annex: $0) } == [671, 1904, 115])
    #expect(["1", "2"].map { sum("ontime", annex: $0) } == [671, 1840])
    #expect(["1", "2"].map { sum("redo", annex: $0) } == [0, 1])
    #expect(sum("overdue", annex: "3") == 1)
    #expect(sum("overdue_days", annex: "3") == 1)
  }

  @Test func aFigureThatATableDoesNotPrintIsMissingAndNotZero() throws {
    let loaded = try loadNotice(ownNotice())
    let lines = rows("unit_period", of: loaded)
    #expect(
      lines[0]
        == "2024Q4|hotline|1|1|1-1|城关街道办|184|184|-|184|-|-|0|no|-|-|2500e-2|3500e-2|1000e-2|"
        + "500e-2|10|10|5|10000e-2|")
    #expect(
      lines.first { $0.contains("|3-11|") }
        == "2024Q4|mailbox|3|11|3-11|县住建局|19|19|-|-|1|1|-|yes|100|99|-|-|-|-|-|-|-|-|含合办工单")
  }

  @Test func remarksBecomeEventsByMonth() throws {
    let loaded = try loadNotice(ownNotice())
    #expect(
      rows("unit_event", of: loaded) == [
        "2024Q4|hotline|2|8|2-8|县教体局|2024-10-01|overdue|2",
        "2024Q4|hotline|2|8|2-8|县教体局|2024-11-01|overdue|1",
        "2024Q4|hotline|2|8|2-8|县教体局|2024-12-01|overdue|1",
        "2024Q4|hotline|2|10|2-10|县公安局|2024-10-01|overdue|2",
        "2024Q4|hotline|2|10|2-10|县公安局|2024-11-01|overdue|1",
        "2024Q4|hotline|2|16|2-16|县住建局|2024-10-01|overdue|5",
        "2024Q4|hotline|2|16|2-16|县住建局|2024-11-01|overdue|45",
        "2024Q4|hotline|2|16|2-16|县住建局|2024-12-01|overdue|2",
        "2024Q4|hotline|2|17|2-17|县城管执法局|2024-10-01|overdue|2",
        "2024Q4|hotline|2|17|2-17|县城管执法局|2024-12-01|overdue|1",
        "2024Q4|hotline|2|19|2-19|县水利局|2024-12-01|overdue|1",
        "2024Q4|hotline|2|29|2-29|县医保局|2024-12-01|redo|1",
        "2024Q4|hotline|2|34|2-34|县电信公司|2024-10-01|overdue|1",
      ])
  }

  @Test func theTextGivesFiguresListsAndDuties() throws {
    let loaded = try loadNotice(ownNotice())
    #expect(
      rows("county_period", of: loaded) == [
        "2024Q4|hotline|2278|2278|-|63|-|14|0", "2024Q4|mailbox|104|104|-|-|-|-|-",
        "2024Q4|letters|7|7|-|-|-|-|-",
      ])
    let claims = rows("claims", of: loaded)
    #expect(claims.count == 41)
    #expect(claims[0] == "2024Q4|hotline|hotline|received|2278|1||")
    #expect(claims[2] == "2024Q4|hotline|hotline|close_rate|100|3||")
    #expect(claims[19] == "2024Q4|hotline|hotline|overdue|63|20||")
    #expect(claims[23] == "2024Q4|letters|letters|list|-|24|letters|城关街道办")
    #expect(claims[40] == "2024Q4|media||list|-|41|good_media|扶风工业园区管委会")
    #expect(
      rows("duty", of: loaded) == [
        "县财政局|涉农资金|monthly", "县农业农村局|涉农资金|monthly", "县教体局|招生|monthly",
        "县教体局|助学贷款|monthly", "县人社局|劳动就业|monthly", "县人社局|惠民政策|monthly",
        "县司法局|依法行政|monthly", "县司法局|规范性文件|monthly", "县市场监管局|食品药品抽查检查|monthly",
        "县应急管理局|安全生产|monthly", "县应急管理局|应急管理|monthly",
      ])
    #expect(
      rows("media_interval", of: loaded) == [
        "2024Q4|微信公众号|7", "2024Q4|微信服务号|7", "2024Q4|微博|10", "2024Q4|抖音|10",
        "2024Q4|微信视频号|12",
      ])
  }

  @Test func accountsKeepTheirProblems() throws {
    let loaded = try loadNotice(ownNotice())
    let checks = rows("media_check", of: loaded)
    #expect(checks.count == 13)
    #expect(checks[0] == "2024Q4|微信公众号/绛帐传薪|绛帐传薪|微信公众号|绛帐镇|7|2")
    #expect(checks[10] == "2024Q4|微信服务号/扶风政务服务|扶风政务服务|微信服务号|县行政审批局|7|1")
    #expect(rows("media_problem", of: loaded).count == 20)
    #expect(rows("media_account", of: loaded).count == 13)
  }

  @Test func theNoticeSaysWhoWhenAndByWhichRule() throws {
    let loaded = try loadNotice(ownNotice())
    let notice = try #require(loaded.notices.first)
    #expect(notice.issuer == "扶风县人民政府办公室")
    #expect(notice.county == "扶风县")
    #expect(notice.period == Quarter(year: 2024, quarter: 4))
    #expect(notice.cutoff?.text == "2024-12-31")
    #expect(notice.issued?.text == "2025-01-14")
    #expect(notice.signed?.text == "2025-01-14")
    #expect(notice.rule == "扶办函〔2023〕25号")
    #expect(notice.version == 1)
    #expect(
      notice.copiesTo == [
        "县委各部门", "县人大常委会办公室", "县政协办公室", "县纪委监委", "县人武部", "县法院", "县检察院",
        "各人民团体",
      ])
    #expect(notice.jointChannels == ["hotline"])
    #expect(
      notice.printedWeights.filter { $0.annex == 1 }.map(\.digits) == [25, 35, 10, 5, 10, 10, 5])
  }

  @Test func aTotalRowIsKeptApartAsPrinted() throws {
    let loaded = try loadNotice(ownNotice())
    #expect(loaded.totalRows.count == 1)
    let total = try #require(loaded.totalRows.first)
    #expect(total.label == "合计")
    #expect(total.channel == "mailbox")
    #expect(total.annex == 3)
    #expect(total.isJoint)
    #expect(
      total.cells.map { "\($0.column)=\($0.text)" } == [
        "assigned=115", "closed=115", "close_rate=100%", "overdue=0", "overdue_days=0",
        "ontime_rate=100%", "remark=含合办工单",
      ])
  }

  @Test func aCountysFigurePrintedOnEveryRowIsToldOnce() throws {
    let loaded = try loadNotice(ownNotice())
    #expect(loaded.constants.map(\.column) == ["returned", "returned_overdue"])
    #expect(loaded.constants.map(\.value) == [14, 0])
    #expect(loaded.constants.map(\.rowCount) == [49, 49])
    #expect(loaded.constants.map(\.annexes) == [[1, 2], [1, 2]])
  }

  @Test func theFindingsOfALoadStandOnceEach() throws {
    let loaded = try loadNotice(ownNotice())
    let findings = loaded.findings.map { "\($0.code) \($0.stated) > \($0.computed)" }
    #expect(
      findings == [
        "R10 2025年公座14日 > 2025-01-14", "R11 总得分 / 总分 > score", "R12 工单数 / 工单 数 > 工单数",
        "R13 应办竣工单数 > 应办工单数", "R14  > 1", "R15 县行政审批局 / 县行政审批服务局 > 县行政审批局",
        "R16 县统计局、县财政局 > ", "R17 抖音 10 > 0",
        "R22 城关街道办、县教体局、县公安局、县自然资源局、县住建局 > 7", "R23 错敏词 > ", "R25  > 1, 2",
        "R26 含合办工单 > 1, 2", "R28 3 > 4", "R33  > 3",
      ])
    #expect(loaded.findings.filter { $0.severity != .info }.map(\.code) == ["R10"])
  }

  @Test func nothingOfANoticeIsLost() throws {
    let text = ownNotice()
    let loaded = try loadNotice(text)
    #expect(loaded.skipped == [])
    // Every line that is not blank is a row, a heading, or stands in a reference text.
    let references = loaded.referenceTexts.map { folded($0.text) }
    let rowLines = Set(
      loaded.store.partitions.flatMap { partition in partition.lineOfRow.values.map { Int($0) } }
        + loaded.totalRows.map(\.line))
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && !line.contains("\t") && !rowLines.contains(index + 1) {
      let part = folded(String(line))
      let isKept =
        references.contains { position(of: part, in: 0..<$0.count, of: $0) != nil }
        || annexLabelLine(String(line))
      #expect(isKept, "line \(index + 1): \(line)")
    }
  }

  private func annexLabelLine(_ line: String) -> Bool { ["附件 2", "附件 3", "附件 4"].contains(line) }

  @Test func eachRowKnowsItsLine() throws {
    let text = ownNotice()
    let loaded = try loadNotice(text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let partition = try #require(loaded.store.partitions.first { $0.dataset == "unit_period" })
    let units = try #require(partition.column(named: "unit_name"))
    for row in 0..<partition.rowCount {
      let line = folded(String(lines[Int(partition.lineOfRow[row]) - 1]))
      let unit = folded(describe(units, row))
      #expect(position(of: unit, in: 0..<line.count, of: line) != nil)
    }
  }
}
