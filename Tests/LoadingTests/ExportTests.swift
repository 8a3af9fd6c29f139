// ExportTests.swift: exports in their own words arrive; typed rows, notes and every fault are held.

import Catalog
import Columns
import Syntax
import Testing

@testable import Loading

private let header = "工单编号,承办单位,受理时间,办结时限,办结时间,是否逾期,逾期天数,满意度,来电人,内容"

private func load(
  _ text: String, name: String = "orders.csv", options: LoadOptions = LoadOptions()
) throws(LoadFailure) -> Loaded {
  var loader = Loader(catalog: testCatalog, options: options)
  do {
    let table = try textTable(
      FolderFile(path: name, bytes: Array(text.utf8)), as: options.encoding)
    try loader.loadTables([table], of: name)
  } catch {
    throw LoadFailure(faults: error.faults, loaded: loader.loaded)
  }
  return loader.loaded
}

/// The faults of a file as `code line column cell`.
private func faults(
  _ text: String, name: String = "orders.csv", options: LoadOptions = LoadOptions()
) -> [String] {
  do {
    _ = try load(text, name: name, options: options)
    return []
  } catch {
    return error.faults.map {
      "\($0.diagnostic.code) \($0.line ?? 0) \($0.column ?? "-") \($0.cell ?? "-")"
    }
  }
}

private func row(_ cells: String) -> String { header + "\n" + cells + "\n" }

@Suite struct ExportTests {
  @Test func ordersBecomeOnePartitionAQuarter() throws {
    let loaded = try load(
      header + "\n"
        + "610324000000000001,县住建局,2024-09-20 08:00,2024-09-30 18:00,2024-09-29 17:00,否,,满意,某人,文字\n"
        + "610324000000000002,住建局,2024-11-01,2024/11/11,,是,12,,,\n"
        + "610324000000000002,县人社局,2024年11月1日,2024年11月11日,2024-11-10,0,0,非常满意,,\n")
    #expect(loaded.store.partitions.map(\.dataset) == ["orders", "orders"])
    #expect(
      loaded.store.partitions.map(\.quarterIndex) == [
        Quarter(year: 2024, quarter: 3).index, Quarter(year: 2024, quarter: 4).index,
      ])
    #expect(loaded.store.partitions.map { $0.lineOfRow.values } == [[2], [3, 4]])
    let second = try #require(loaded.store.partitions.last)
    let names = ["order_no", "unit_name", "due_at", "closed_at", "overdue", "overdue_days"]
    let columns = names.compactMap { second.column(named: $0) }
    let due = (Day(year: 2024, month: 11, day: 11)?.index ?? 0) * 1440
    let closed = due - 1440
    #expect(
      (0..<2).map { row in columns.map { describe($0, row) } } == [
        ["610324000000000002", "县住建局", "\(due)", "-", "yes", "12"],
        ["610324000000000002", "县人社局", "\(due)", "\(closed)", "no", "0"],
      ])
    #expect(second.column(named: "caller") == nil)
  }

  @Test(arguments: [
    // Times decide, whatever is printed.
    ("2024-11-12 08:00,否,", "yes"), ("2024-11-11 18:00,是,", "no"),
    // An order in hand: a stated cut-off, else what is printed, else the last that happened.
    (",否,2024-11-12 00:00", "yes"), (",是,2024-11-10 00:00", "no"), (",是,", "yes"),
    (",否,", "no"), (",,", "yes"),
  ])
  func whetherAnOrderIsLate(_ cells: String, _ late: String) throws {
    let loaded = try load(
      "工单编号,承办单位,受理时间,办结时限,办结时间,是否逾期,统计截止时间\n"
        + "1,县住建局,2024-11-01 08:00,2024-11-11 18:00,\(cells)\n"
        + "2,县住建局,2024-11-20 08:00,2024-11-30 18:00,2024-11-21 08:00,,\n")
    let overdue = loaded.store.partitions.first?.column(named: "overdue")
    #expect(overdue.map { describe($0, 0) } == late)
  }

  @Test func whatServesFormulasOnlyIsNotStored() throws {
    let loaded = try load(row("1,县住建局,2024-11-01,2024-11-11,2024-11-02,否,,,,"))
    let stored = loaded.store.partitions.flatMap(\.columns).map(\.name)
    #expect(stored.contains("overdue") && !stored.contains("ended_at"))
  }

  @Test func whatIsNotStoredIsSaid() throws {
    let loaded = try load(row("1,县住建局,,2024-11-11,,否,,,某人,文字"))
    #expect(
      loaded.notes.map(\.text.english) == [
        "orders.csv: personal columns not stored: 来电人", "orders.csv: columns not read: 内容",
      ])
    let stored = loaded.store.partitions.flatMap(\.columns).map { describe($0, 0) }
    #expect(!stored.contains("某人") && !stored.contains("文字"))
  }

  @Test func aColumnOfTelephoneNumbersIsNotStoredUnderAnyHeading() throws {
    let loaded = try load(row("1,县住建局,,2024-11-11,,否,,13800138000,,"))
    let satisfaction = try #require(
      loaded.store.partitions.first?.column(named: "satisfaction"))
    #expect(describe(satisfaction, 0) == "")
    #expect(holdsPerson(Array("11010519491231002X".utf8)))
    #expect(!holdsPerson(Array("610324000000000001".utf8)))
  }

  @Test func everyFaultOfAFileIsNamed() {
    let text =
      header + "\n"
      + "1,县住健局,,2024-11-11,,否,,,,\n" + "2,县住建局,,2024年11月31日,,否,,,,\n"
      + "6.10324E+17,县住建局,,2024-11-11,,否,,,,\n" + "4,,,2024-11-11,,否,,,,\n"
      + "5,县住建局,,2024-11-11,,否,-1,,,\n" + "6,县住建局,,2024-11-11,,否,1,234,,,\n"
      + "7,交通,,2024-11-11,,否,,,,\n" + "8,县住建局,2024-11-02,2024-11-11,2024-11-01,否,,,,\n"
    #expect(
      faults(text) == [
        "D13 2 承办单位 县住健局", "D13 3 办结时限 2024年11月31日", "D13 4 工单编号 6.10324E+17",
        "D13 5 承办单位 ", "D13 6 逾期天数 -1", "D12 7 - -", "D13 8 承办单位 交通",
        "D13 9 办结时间 2024-11-01",
      ])
  }

  @Test func anUnknownUnitIsOfferedItsNeighboursAndNeverMapped() throws {
    do {
      _ = try load(row("1,县住健局,,2024-11-11,,否,,,,"))
      Issue.record("loaded")
    } catch {
      let hint = error.faults.first?.diagnostic.hints.first?.chinese ?? ""
      #expect(hint.contains("县住建局") && hint.contains("县卫健局"))
    }
    let kept = try load(
      row("1,县住健局,,2024-11-11,,否,,,,"), options: LoadOptions(keepsUnknown: true))
    #expect(kept.findings.map(\.code) == ["R32"])
    #expect(kept.newMembers.map(\.name) == ["县住健局"])
  }

  @Test func badRowsAreLeftOutOnlyWhenAsked() throws {
    let text = header + "\n1,县住建局,,坏,,否,,,,\n2,县住建局,,2024-11-11,,否,,,,\n"
    #expect(faults(text).count == 1)
    let loaded = try load(text, options: LoadOptions(skipsBadRows: true))
    #expect(loaded.store.partitions.map(\.rowCount) == [1])
    #expect(loaded.skipped.map(\.line) == [2])
    #expect(loaded.notes.contains { $0.text.english.hasSuffix("1 bad row left out") })
  }

  @Test func exactRepeatsAreDroppedAndDifferingOnesRefused() throws {
    let one = "1,县住建局,,2024-11-11,,否,,,,\n"
    let loaded = try load(header + "\n" + one + one)
    #expect(loaded.store.partitions.map(\.rowCount) == [1])
    #expect(loaded.notes.contains { $0.text.english.hasSuffix("1 exact repeat dropped") })
    let other = "1,县住建局,,2024-11-12,,否,,,,\n"
    #expect(faults(header + "\n" + one + other) == ["D12 3 - -"])
  }

  @Test func dayNumbersAreReadOnlyWhereTheColumnHoldsNothingElse() throws {
    let loaded = try load(header + "\n1,县住建局,,45599,,否,,,,\n2,县住建局,,45600,,否,,,,\n")
    let due = try #require(loaded.store.partitions.first?.column(named: "due_at"))
    #expect(describe(due, 0) == "\((Day(year: 2024, month: 11, day: 3)?.index ?? 0) * 1440)")
    #expect(
      faults(header + "\n1,县住建局,,45599,,否,,,,\n2,县住建局,,2024-11-04,,否,,,,\n")
        == ["D13 2 办结时限 45599"])
  }

  @Test func anUnreadableCellOfAnOptionalColumnIsBlankAndCounted() throws {
    let loaded = try load(row("1,县住建局,11/3/24,2024-11-11,,否,,,,"))
    #expect(loaded.skipped.map(\.text) == ["11/3/24"])
    #expect(loaded.notes.contains { $0.text.english.contains("1 unreadable cell left blank") })
  }

  @Test func aMissingColumnIsNamedWithItsHeadings() {
    #expect(faults("工单编号,承办单位,是否逾期\n1,县住建局,否\n") == ["D03 0 due_at -"])
  }

  @Test func headingsDecideWhereNoNameDoes() throws {
    let loaded = try load(row("1,县住建局,,2024-11-11,,否,,,,"), name: "导出.csv")
    #expect(loaded.store.partitions.map(\.dataset) == ["orders"])
    #expect(faults("1,2\n3,4\n", name: "x.csv") == ["D12 0 - -"])
    #expect(
      faults("单位,应办件数,实办数\n县住建局,1,1\n", name: "annex.csv") == ["D12 0 - -"])
  }

  @Test func theDateOfADutyIsAMonth() throws {
    let loaded = try load(
      "单位,事项,月份,报送日期\n县教体局,招生,2024-11,2024-11-20\n县教体局,招生,2024年12月,\n",
      name: "duty_report.csv")
    let partition = try #require(loaded.store.partitions.first)
    #expect(
      rows(partition) == [
        "县教体局|招生|2024-11-01|2024-11-20", "县教体局|招生|2024-12-01|-",
      ])
  }

  @Test func aTextThatCouldBeAFormulaLosesOneQuoteMark() throws {
    let loaded = try load(
      "单位,发现日期,错敏词,整改日期\n县教体局,2024-11-20,'=1+1,\n", name: "site_finding.csv")
    let partition = try #require(loaded.store.partitions.first)
    #expect(rows(partition) == ["县教体局|2024-11-20|=1+1|-"])
  }

  @Test func headersInTwoRowsTabsAndAnEmptyFileAreRead() throws {
    let tabs = header.replacing(",", with: "\t") + "\n1\t县住建局\t\t2024-11-11\t\t否\t\t\t\t\n"
    #expect(try load(tabs).store.partitions.map(\.rowCount) == [1])
    #expect(try load(header + "\n").notes.map(\.text.english).contains("orders.csv: no rows"))
    #expect(try load("").notes.map(\.text.english) == ["orders.csv: no rows"])
  }

  @Test func aRowBrokenInsideACellIsJoined() throws {
    let loaded = try load(header + "\n1,县住\n建局,,2024-11-11,,否,,,,\n2,县人社局,,2024-11-11,,否,,,,\n")
    let partition = try #require(loaded.store.partitions.first)
    let units = try #require(partition.column(named: "unit_name"))
    #expect((0..<2).map { describe(units, $0) } == ["县住建局", "县人社局"])
  }

  @Test func patternsFitWholeNames() {
    #expect(fits("orders_2024.csv", pattern: "orders*.csv"))
    #expect(fits("Orders.CSV", pattern: "orders*.csv"))
    #expect(!fits("my_orders.csv", pattern: "orders*.csv"))
    #expect(fits("a311b.csv", pattern: "*311*.csv"))
    #expect(!fits("a31b.csv", pattern: "*311*.csv"))
  }

  @Test func noMutationOfAnExportEndsTheProgram() {
    let text = Array(
      (header + "\n" + "1,县住建局,2024-11-01 08:00,2024-11-11,,否,3,满意,某人,文字\n"
        + "2,\"县人\n社局\",,2024-11-12,2024-11-13,是,,,,\"a\"\"b\"\n").utf8)
    let pieces = ["\"", ",", "\n", "９", "%", "-", "99999999999999999999", "\r"]
    var random = Seeded(state: 99)
    var count = 0
    for _ in 0..<1500 {
      var bytes = text
      for _ in 0...random.next(4) {
        let at = random.next(bytes.count)
        switch random.next(3) {
        case 0: bytes.removeSubrange(at..<min(bytes.count, at + random.next(8)))
        case 1: bytes.insert(contentsOf: Array(pieces[random.next(pieces.count)].utf8), at: at)
        default: bytes[at] = UInt8(random.next(256))
        }
      }
      let result = faults(
        String(decoding: bytes, as: UTF8.self),
        options: LoadOptions(skipsBadRows: random.next(2) == 0))
      if result.isEmpty { count += 1 }
    }
    #expect(count > 0)
  }
}
