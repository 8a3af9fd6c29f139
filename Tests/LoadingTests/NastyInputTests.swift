// NastyInputTests.swift: the thirty inputs that import must survive (domain.md 8), each by its
// number, each with the outcome that is stated for it.

import Catalog
import Columns
import Support
import Syntax
import Testing

@testable import Loading

private let head = "工单编号,承办单位,受理时间,办结时限,办结时间,是否逾期,逾期天数"
private let good = "1,县住建局,2024-11-01,2024-11-11,2024-11-09,否,"
private let unitHead = "序号,承办单位,应办件数,实办数,按期办结,备注"

private func read(
  _ text: String, _ name: String = "orders.csv", _ options: LoadOptions = LoadOptions()
) throws(FileFaults) -> Loaded {
  try read(Array(text.utf8), name, options)
}

private func read(
  _ bytes: [UInt8], _ name: String, _ options: LoadOptions = LoadOptions()
) throws(FileFaults) -> Loaded {
  var loader = Loader(catalog: testCatalog, options: options)
  var opening = FileOpening(path: name, words: loader.words, options: options)
  guard case .tables(let tables) = try opening.content(of: bytes) else { return Loaded() }
  try loader.loadTables(tables, of: name)
  return loader.loaded
}

/// The faults as `code line column cell`.
private func faults(
  _ text: String, _ name: String = "orders.csv", _ options: LoadOptions = LoadOptions()
) -> [String] {
  do {
    _ = try read(text, name, options)
    return []
  } catch {
    return error.faults.map {
      "\($0.diagnostic.code) \($0.line ?? 0) \($0.column ?? "-") \($0.cell ?? "-")"
    }
  }
}

private func orders(_ cells: String...) -> String {
  ([head] + cells).joined(separator: "\n") + "\n"
}

private func annex(_ rows: String...) -> String {
  (["2024年四季度办理情况", unitHead] + rows).joined(separator: "\n") + "\n"
}

private func told(_ loaded: Loaded, _ text: String) -> Bool {
  loaded.notes.contains { $0.text.english.contains(text) }
}

private func column(_ loaded: Loaded, _ name: String) -> [String] {
  loaded.store.partitions.flatMap { partition in
    guard let column = partition.column(named: name) else { return [String]() }
    return (0..<partition.rowCount).map { describe(column, $0) }
  }
}

@Suite struct NastyInputTests {
  @Test func no01_gbkWithoutAMarkIsReadAndSaid() throws {
    let gbk: [UInt8] = [0xCF, 0xE7, 0x2C, 0xCA, 0xFD, 0x0A, 0xBC, 0xD7, 0x2C, 0x31, 0x0A]
    let loaded = try read(gbk, "a.csv")
    #expect(column(loaded, "数") == ["1"])
    #expect(told(loaded, "read as GB18030"))
  }

  @Test func no02_aByteOrderMarkIsNoPartOfTheFirstHeading() throws {
    let loaded = try read("\u{FEFF}" + orders(good))
    #expect(column(loaded, "order_no") == ["1"])
  }

  @Test func no03_bytesOfNeitherEncodingAreRefusedWithTheirPlace() {
    let cut = Array("名称,数\n甲,1\n".utf8) + [0xE4, 0xB8]
    #expect(throws: FileFaults.self) { try read(cut, "a.csv") }
    do throws(FileFaults) {
      _ = try read(cut, "a.csv")
    } catch {
      #expect(error.faults.map(\.diagnostic.code) == ["D11"])
      #expect(error.faults.map(\.line) == [3])
    }
  }

  @Test func no04_twoRowsOfHeadingsAreJoined() throws {
    let text = """
      2024年四季度
      序号,承办单位,办结得分(25分),,按期办结(35分),
      ,,工单数,得分,工单数,得分
      1,县住建局,4,25.00,4,35.00

      """
    let loaded = try read(text, "annex.csv")
    #expect(column(loaded, "closed") == ["4"])
    #expect(column(loaded, "score_ontime") == ["3500e-2"])
    #expect(loaded.notices.first?.printedWeights.map(\.digits) == [25, 35])
  }

  @Test func no05_headingsRepeatedOnEveryPageAreOneTable() throws {
    let pages = [
      "序号,承办单位,应办件数,总得分", "1,县住建局,4,99", "序号,承办单位,应办件数,总分",
      "2,县教体局,3,98",
    ]
    let loaded = try read("2024年四季度\n" + pages.joined(separator: "\n") + "\n", "annex.csv")
    #expect(column(loaded, "score") == ["99", "98"])
    #expect(loaded.findings.map(\.code).contains("R11"))
    let export = try read(orders(good, head, "2" + good.dropFirst()))
    #expect(column(export, "order_no") == ["1", "2"])
    #expect(told(export, "1 repeated heading skipped"))
  }

  @Test func no06_blanksBetweenHanziAreDroppedAndBetweenLatinWordsKept() throws {
    let loaded = try read(
      "名称,数\n国网扶风供 电公司,1\n\"市生态环境局\n扶风分局\",2\nPublic Works,3\n", "a.csv")
    #expect(column(loaded, "名称") == ["国网扶风供电公司", "市生态环境局扶风分局", "Public Works"])
  }

  @Test func no07_remarksBecomeEventsByMonth() throws {
    let remark = "\"10月逾期5 件,11月逾期 45件,12月逾 期2件\""
    let loaded = try read(annex("1,县住建局,578,578,526,\(remark)"), "annex.csv")
    #expect(column(loaded, "n") == ["5", "45", "2"])
    #expect(column(loaded, "month_start") == ["2024-10-01", "2024-11-01", "2024-12-01"])
  }

  @Test func no08_aRemarkThatIsNotUnderstoodIsKeptAndFound() throws {
    let loaded = try read(annex("1,县住建局,5,5,4,11月逾期若干件"), "annex.csv")
    #expect(column(loaded, "remark") == ["11月逾期若干件"])
    #expect(loaded.findings.map(\.code).contains("R31"))
  }

  @Test func no09_fullWidthFiguresAreFigures() throws {
    let loaded = try read("名称\t数\t率\n甲\t１，２３４\t９９％\n", "a.tsv")
    #expect(column(loaded, "数") == ["1234"])
    #expect(column(loaded, "率") == ["99"])
  }

  @Test func no10_aThousandsCommaNeedsQuotes() throws {
    #expect(column(try read("名称,数\n甲,\"1,234\"\n", "a.csv"), "数") == ["1234"])
    #expect(faults("名称,数\n甲,5\n乙,1,234\n丙,6\n", "a.csv") == ["D12 3 - -"])
  }

  @Test func no11_ratesOfOneColumnAgreeOrAreRefused() throws {
    let loaded = try read("名称,率\n甲,100%\n乙,99.00\n", "a.csv")
    #expect(column(loaded, "率") == ["10000e-2", "9900e-2"])
    #expect(faults("名称,率\n甲,50%\n乙,100\n丙,1\n", "a.csv") == ["D13 4 率 -"])
  }

  @Test(arguments: ["合计", "总计", "小计", "镇街小计", "全县合计"])
  func no12_totalsAreNoData(label: String) throws {
    let own = try read("名称,数\n甲,1\n乙,2\n\(label),3\n", "a.csv")
    #expect(column(own, "数") == ["1", "2"])
    #expect(told(own, "1 total row kept apart"))
    let printed = try read(annex("1,县住建局,5,5,4,", ",\(label),6,5,4,"), "annex.csv")
    #expect(column(printed, "assigned") == ["5"])
    #expect(printed.totalRows.map(\.label) == [label])
  }

  @Test func no13_notesAndDatesBelowAreKeptAsText() throws {
    let loaded = try read("名称,项目,数\n甲,乙,1\n备注：见附件,,\n2025年1月3日,,\n", "a.csv")
    #expect(column(loaded, "数") == ["1"])
    #expect(loaded.referenceTexts.map(\.text) == ["备注：见附件", "2025年1月3日"])
  }

  @Test func no14_twiceIsFoundDroppedOrRefused() throws {
    let twice = try read(annex("1,县民政局,5,5,5,", "2,县民政局,2,2,2,"), "annex.csv")
    #expect(column(twice, "assigned") == ["5", "2"])
    let repeated = try read(orders(good, good))
    #expect(repeated.store.partitions.map(\.rowCount) == [1])
    #expect(told(repeated, "1 exact repeat dropped"))
    #expect(faults(orders(good, good.dropLast(2) + "是,2")) == ["D12 3 - -"])
  }

  @Test func no15_anUnknownUnitIsNeverMappedByNearness() throws {
    let text = orders("1,县住健局,2024-11-01,2024-11-11,2024-11-09,否,")
    #expect(faults(text) == ["D13 2 承办单位 县住健局"])
    do throws(FileFaults) {
      _ = try read(text)
    } catch {
      let hint = error.faults.first?.diagnostic.hints.first?.chinese ?? ""
      #expect(hint.contains("县住建局") && hint.contains("县卫健局"))
    }
    let kept = try read(text, "orders.csv", LoadOptions(keepsUnknown: true))
    #expect(column(kept, "unit_name") == ["县住健局"])
    #expect(kept.findings.map(\.code) == ["R32"])
  }

  @Test(arguments: ["2024年11月3日", "2024/11/3", "2024-11-03 00:00:00", "20241103", "45599"])
  func no16_datesAreReadInEveryForm(date: String) throws {
    let loaded = try read(orders("1,县住建局,,\(date),,否,"))
    let minutes = (Day(year: 2024, month: 11, day: 3)?.index ?? 0) * 1440
    #expect(column(loaded, "due_at") == ["\(minutes)"])
    #expect(told(loaded, "day numbers read as dates") == (date == "45599"))
  }

  @Test func no16_aDayNumberAmongDatesIsNone() throws {
    let (serial, written) = ("1,县住建局,,45599,,否,", "2,县住建局,,2024-11-11,,否,")
    #expect(faults(orders(serial, written)) == ["D13 2 办结时限 45599"])
    let skipping = LoadOptions(skipsBadRows: true)
    let left = try read(orders(serial, written), "orders.csv", skipping)
    #expect(column(left, "order_no") == ["2"])
    #expect(told(left, "1 bad row left out"))
    let optional = try read(
      orders("1,县住建局,45599,2024-11-11,,否,", "2,县住建局,2024-11-01,2024-11-11,,否,"))
    let day = (Day(year: 2024, month: 11, day: 1)?.index ?? 0) * 1440
    #expect(column(optional, "accepted_at") == ["-", "\(day)"])
    #expect(told(optional, "1 unreadable cell left blank: line 2 “45599”"))
  }

  @Test(arguments: ["11/3/24", "2025年公座14日", "2024年11月31日"])
  func no17_aDateThatIsNoneRejectsTheRowWhereItIsNeeded(date: String) throws {
    #expect(faults(orders("1,县住建局,,\(date),,否,")) == ["D13 2 办结时限 \(date)"])
    let optional = try read(orders("1,县住建局,\(date),2024-11-11,,否,"))
    #expect(column(optional, "accepted_at") == ["-"])
    #expect(told(optional, "1 unreadable cell left blank"))
  }

  @Test func no18_theImpossibleIsRefusedInAnExportAndLoadedFromANotice() throws {
    #expect(
      faults(orders("1,县住建局,2024-11-05,2024-11-11,2024-11-01,否,")) == [
        "D13 2 办结时间 2024-11-01"
      ])
    #expect(
      faults(orders("1,县住建局,,2024-11-11,,是,-1")) == ["D13 2 逾期天数 -1"])
    let notice = try read(annex("1,县住建局,578,578,579,"), "annex.csv")
    #expect(column(notice, "ontime") == ["579"])
  }

  @Test func no19_wordsForFiguresAreReadAndMarked() throws {
    let loaded = try read("名称,数\n甲,9.67万\n乙,约1500\n丙,/\n丁,—\n戊,无\n", "a.csv")
    #expect(column(loaded, "数") == ["96700", "1500", "-", "-", "-"])
    #expect(told(loaded, "2 numbers are approximate"))
    let accounts = """
      2024年四季度新媒体监测
      序号,新媒体类型,新媒体名称,开设主体,存在的问题
      1,微博,甲,县住建局,无
      2,微博,乙,县住建局,信息不更新

      """
    #expect(column(try read(accounts, "annex4.csv"), "problem") == ["信息不更新"])
  }

  @Test func no20_digitsThatAreGoneAreRefused() {
    let text = orders("6.10324E+17,县住建局,,2024-11-11,,否,")
    #expect(faults(text) == ["D13 2 工单编号 6.10324E+17"])
    do throws(FileFaults) {
      _ = try read(text)
    } catch {
      let hint = error.faults.first?.diagnostic.hints.first?.english ?? ""
      #expect(hint.contains("set the column to text"))
    }
  }

  @Test func no20_aZeroThatIsGoneIsRefused() throws {
    let rows = ["061032024", "61032025", "061032026"].map { "\($0),县住建局,,2024-11-11,,否," }
    let text = ([head] + rows).joined(separator: "\n")
    #expect(faults(text) == ["D13 3 工单编号 61032025"])
    let kept = try read(text, "orders.csv", LoadOptions(skipsBadRows: true))
    #expect(column(kept, "order_no") == ["061032024", "061032026"])
    #expect(faults("编号,数\n0610320,1\n610321,2\n", "a.csv") == ["D13 3 编号 610321"])
    // Numbers of several lengths tell nothing.
    let lengths = try read("编号,数\n0610320,1\n610321,2\n61032,3\n", "a.csv")
    #expect(column(lengths, "编号") == ["0610320", "610321", "61032"])
  }

  @Test(arguments: ["=1+1", "+a", "-b", "@c"])
  func no21_whatLooksLikeAFormulaIsText(cell: String) throws {
    let loaded = try read("名称,数\n\(cell),1\n'\(cell),2\n", "a.csv")
    #expect(column(loaded, "名称") == [cell, cell])
  }

  @Test func no22_twoUnitsSideBySideAreSplit() throws {
    let text = """
      2024年四季度
      序号,承办单位,应办件数,实办数,序号,承办单位,应办件数,实办数
      1,县住建局,5,5,2,县教体局,3,3
      3,县公安局,2,2,,,,

      """
    let loaded = try read(text, "annex.csv")
    #expect(column(loaded, "unit_name") == ["县住建局", "县教体局", "县公安局"])
    #expect(column(loaded, "assigned") == ["5", "3", "2"])
  }

  @Test func no23_problemsArePartedAtSemicolonsOnly() throws {
    let text = """
      2024年四季度新媒体监测
      序号,新媒体类型,新媒体名称,开设主体,存在的问题
      1,微博,甲,县住建局,"未转载国家、省市重要信息；部分栏目链接异常, 无法访问"

      """
    let loaded = try read(text, "annex4.csv")
    #expect(column(loaded, "problem").count == 2)
    #expect(column(loaded, "problem").first == "未转载国家、省市重要信息")
  }

  @Test func no24_aDoubledPercentSignIsOne() throws {
    let loaded = try read("名称,率\n甲,99.80%%\n乙,98.00%\n", "a.csv")
    #expect(column(loaded, "率") == ["9980e-2", "9800e-2"])
    #expect(told(loaded, "1 number is approximate or put right"))
  }

  @Test func no25_severalTablesOfAFileAreEachFound() throws {
    let text = "表一\n名称,项目,数\n甲,乙,1\n\n表二\n人员,件数\n丙,2\n丁,3\n"
    let loaded = try read(text, "a.csv")
    #expect(loaded.store.partitions.map(\.dataset) == ["a_1", "a_2"])
    #expect(column(loaded, "件数") == ["2", "3"])
  }

  @Test(
    arguments: [
      ("", "orders.csv"), ("", "notice.txt"), ("", "book.xlsx"), ("\n\n", "orders.csv"),
      (head + "\n", "orders.csv"), ("名称,数\n", "a.csv"),
      ("2024年四季度\n\(unitHead)\n", "annex.csv"),
    ])
  func no26_nothingIsZeroRowsAndAWarning(text: String, name: String) throws {
    let loaded = try read(text, name)
    #expect(loaded.store.partitions.isEmpty)
    #expect(loaded.notes.map(\.text.english).allSatisfy { $0.hasSuffix(": no rows") })
    #expect(loaded.notes.count == 1)
  }

  @Test func no27_aBlankUnitRejectsItsRow() {
    #expect(faults(orders("1,  ,2024-11-01,2024-11-11,,否,")) == ["D13 2 承办单位 "])
    #expect(faults(annex("1,  ,5,5,5,"), "annex.csv") == ["D13 3 - -"])
  }

  @Test func no28_aRowBrokenOverTwoLinesIsJoined() throws {
    let loaded = try read("名称,项目,数\n甲,道路\n桥梁,1\n乙,学校,2\n", "a.csv")
    #expect(column(loaded, "项目") == ["道路桥梁", "学校"])
    #expect(told(loaded, "1 broken row joined"))
  }

  @Test func no29_aFolderIsOneNoticeAndNamesWhatItSkips() throws {
    let loaded = try load(paths: [exampleFolder], into: testCatalog)
    #expect(loaded.notices.map(\.period.text) == ["2024Q4"])
    #expect(loaded.skipped.filter { $0.line == 0 }.map(\.text) == ["README.md"])
  }

  @Test func no30_aFileBeyondTheMemoryIsRefusedBeforeItIsRead() {
    let path = "/tmp/tongbao-large-\(UInt64.random(in: 0 ... .max)).csv"
    #expect(runShell("truncate -s 2G '\(path)'").status == 0)
    defer { _ = runShell("rm -f '\(path)'") }
    #expect(throws: LoadFailure.self) {
      try load(
        paths: [path], into: testCatalog, options: LoadOptions(memoryLimitBytes: 1 << 30))
    }
    do throws(LoadFailure) {
      _ = try load(
        paths: [path], into: testCatalog, options: LoadOptions(memoryLimitBytes: 1 << 30))
    } catch {
      #expect(error.faults.map(\.diagnostic.code) == ["D14"])
      #expect(error.loaded.store.partitions.isEmpty)
    }
  }
}
