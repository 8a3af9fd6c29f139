// ChunkTests.swift: a table that is read in pieces of any size, by any number of threads, is the
// table that is read in one piece, or has the same faults.

import Catalog
import Columns
import Support
import Syntax
import Testing

@testable import Loading

private let header = "工单编号,承办单位,受理时间,办结时限,办结时间,是否逾期,逾期天数,满意度\n"

/// Tables with all that reaches over a border: quotes, line feeds in them, broken rows, headings
/// again; and all that adds up over the pieces.
private let samples: [(name: String, text: String)] = [
  (
    "plain",
    header + "1,县住建局,2024-11-01,2024-11-05,2024-11-03,否,0,满意\n"
      + "2,县民政局,2024-11-01,2024-11-05,,是,1,不满意\r\n3,县医保局,2024/10/1,2024-10-05,,否,,\n"
  ),
  (
    "quotes",
    header + "\"1\",\"县住建局\",2024-11-01,2024-11-05,2024-11-03,否,0,\"满\n意\"\"好\"\"\"\n"
      + "2,县民政局,2024-11-01,2024-11-05,,是,1,5\" 一\r\"3\",县医保局,2024/10/1,2024-10-05,,否,,\"a,b\""
  ),
  (
    "broken rows",
    header
      + "1,县住建局,2024-11-01,2024-11-05,2024-11-03,否,0,满\n意\n2,县民\n政局,2024-11-01,2024-11-05,,否,0,\n"
      + "3,县医保局,2024-11-01\n4,县民政局,2024-11-01,2024-11-05,,否,0,x\n"
  ),
  (
    "headings again, totals and notes",
    header + "1,县住建局,2024-11-01,2024-11-05,,否,0,\n" + header
      + "2,县民政局,2024-11-01,2024-11-05,,否,2,\n合计,,,,,,2,\n备注：本表为样例数据\n\n"
  ),
  (
    "faults",
    header + "1,县住健局,2024-11-01,2024-11-05,,否,0,\n2,县民政局,2024-13-01,bad,,否,0,\n3\n"
      + "6.1E+17,县民政局,2024-11-01,2024-11-05,2024-10-01,maybe,-1,,extra\n"
      + "4,县医保局,2024-11-01,2024-11-05,2024-10-01,否,-1,\n5,,45600,45601,,否,0,\n"
  ),
  (
    "repeats",
    header + "1,县住建局,,2024-11-05,,否,0,\n1,县医保局,,2024-11-05,,否,0,\n1,县住建局,,2024-11-05,,否,0,\n"
      + "1,县医保局,,2024-11-06,,否,0,\n2,县医保局,,2024-11-06,,否,0,\n"
  ),
  ("an open quote", header + "1,县住建局,,2024-11-05,,否,0,\n2,\"县住建局,,2024-11-05,,否,0,\n3,x\n"),
  (
    "text behind a quote",
    header + "1,县住健局,,2024-11-05,,否,0,\n2,\"县住建局\"x,,2024-11-05,,否,0,\n3,县住健局,,,,,,\n"
  ),
  (
    "an own table",
    "乡镇,日期,金额,占比\n甲镇,2024-01-02,\"1,200.50\",0.5\n乙镇,2024-01-03,约15,0.25\n合计,,1215.50,\n"
      + "丙镇,2024-02-03,7.125,1\n"
  ),
  ("bare percents", "乡镇,完成率,数\n甲,99%,1\n乙,1,2\n丙,100,3\n丁,98%,4\n戊,97%,5\n"),
]

/// All that a load says, as text.
private func told(_ text: String, _ options: LoadOptions, from left: TableText? = nil) -> [String] {
  var loader = Loader(catalog: testCatalog, options: options)
  do {
    var table = try textTable(FolderFile(path: "t.csv", bytes: Array(text.utf8)), as: .auto)
    if let left { table.text = left }
    try loader.loadTables([table], of: "t.csv")
  } catch {
    return error.faults.map { fault in
      "\(fault.diagnostic.code) \(fault.line ?? 0) \(fault.column ?? "-") \(fault.cell ?? "-") "
        + fault.diagnostic.message.english
    }
  }
  let loaded = loader.loaded
  var lines = loaded.store.partitions.flatMap { part in
    ["\(part.dataset) \(part.quarterIndex ?? 0)"] + rows(part)
      + part.lineOfRow.values.map { "line \($0)" }
      + part.columnNames.map { "\($0): \(part.dictionary(of: $0) ?? [])" }
  }
  lines += loaded.notes.map(\.text.english)
  lines += loaded.skipped.map { "\($0.line) \($0.text) \($0.why.english)" }
  lines += loaded.findings.map { "\($0.code) \($0.stated) \($0.places.map(\.line))" }
  lines += loaded.referenceTexts.map { "\($0.line) \($0.text)" }
  return lines + loaded.newMembers.map(\.name)
}

@Suite struct ChunkTests {
  @Test(arguments: samples.map(\.name))
  func `pieces of every size give the same table or the same faults`(_ name: String) throws {
    let text = try #require(samples.first { $0.name == name }).text
    for (keeps, skips) in [(false, false), (true, false), (false, true), (true, true)] {
      var whole = LoadOptions(keepsUnknown: keeps, skipsBadRows: skips, threads: 1)
      whole.chunkBytes = .max
      let wanted = told(text, whole)
      #expect(!wanted.isEmpty)
      // Every size once; with the other options some, which are read by the same steps.
      for size in stride(from: 1, through: text.utf8.count, by: keeps || skips ? 7 : 1) {
        var options = LoadOptions(
          keepsUnknown: keeps, skipsBadRows: skips, threads: size % 2 == 0 ? 1 : 3)
        options.chunkBytes = size
        #expect(told(text, options) == wanted, "\(size) bytes a piece")
      }
    }
  }

  @Test(arguments: samples.map(\.name))
  func `a table left in its file is the one in memory`(_ name: String) throws {
    let text = try #require(samples.first { $0.name == name }).text
    let folder = TemporaryFolder()
    var whole = LoadOptions(threads: 1)
    whole.chunkBytes = .max
    let wanted = told(text, whole)
    for mark in ["", "\u{FEFF}"] {
      folder.write(Array((mark + text).utf8), to: "t.csv")
      let file = try OpenFile(folder.file("t.csv"))
      for size in [1, 40, 90, 1 << 20] {
        var options = LoadOptions(threads: 2)
        options.chunkBytes = size
        let left = TableText(file, from: mark.utf8.count)
        #expect(told(text, options, from: left) == wanted, "\(size) bytes a piece")
      }
    }
    guard let bytes = gb18030(text) else { return }
    folder.write(bytes, to: "t.csv")
    let left = TableText(try OpenFile(folder.file("t.csv")), as: .gb18030)
    for size in [1, 40, 90, 1 << 20] {
      var options = LoadOptions(threads: 2)
      options.chunkBytes = size
      #expect(told(text, options, from: left) == wanted, "\(size) bytes of GB18030 a piece")
    }
  }

  @Test func `a file that changes while its table is read is refused`() throws {
    let text = header + (0..<500).map { "\($0),县住建局,,2024-11-05,,否,0,\n" }.joined()
    let folder = TemporaryFolder()
    let own = try #require(gb18030(text))
    // Bytes of another encoding in the place of the same number.
    let torn = own.dropLast(200) + Array(repeating: 0xFF, count: 200)
    for (before, changed, encoding) in [
      (Array(text.utf8), Array(text.dropLast(9000).utf8), TableText.FileEncoding.utf8),
      (Array(text.utf8), Array((text + "x").utf8), .utf8), (own, Array(torn), .gb18030),
    ] {
      folder.write(before, to: "t.csv")
      let file = try OpenFile(folder.file("t.csv"))
      folder.write(changed, to: "t.csv")
      var options = LoadOptions(threads: 2)
      options.chunkBytes = 1 << 10
      let faults = told(text, options, from: TableText(file, as: encoding))
      #expect(faults.count == 1)
      #expect(faults.first?.contains("changed while it was read") == true, "\(faults)")
    }
  }

  /// Rows are read field by field, some hundred at a time; in pieces of one row, row by row.
  @Test func `rows among bad ones are the same, however many are read together`() {
    var random = Seeded(state: 11)
    func one(of cells: String...) -> String { cells[random.next(cells.count)] }
    let good = (0..<1300).map { row in
      "\(row),\(one(of: "县住建局", "住建局", "县民政局", "县医保局")),\(one(of: "", "2024-11-01"))"
        + ",2024-11-0\(1 + random.next(9)),\(one(of: "", "2024-11-12", "2024年11月13日"))"
        + ",\(one(of: "是", "否", "1")),\(one(of: "", "3", "１２", "bad"))"
        + ",\(one(of: "满意", "", "a b"))\n"
    }
    let bad = [
      "x,县住健局,,2024-11-05,,否,0,\n", "y,县民政局,2024-11-05,2024-11-05,2024-11-01,否,-1,\n",
      "z,,,45600,,否,0,\n", "w,县民政局,,2024-11-05\n",
    ]
    let mixed = good.enumerated().map { row, text in
      row % 300 < 5 || row > 1100 ? bad[row % bad.count] + text : text
    }
    for (text, skips) in [(good, false), (mixed, true), (mixed, false)] {
      let text = header + text.joined()
      var (whole, rowByRow) = (
        LoadOptions(skipsBadRows: skips, threads: 1), LoadOptions(skipsBadRows: skips, threads: 2)
      )
      (whole.chunkBytes, rowByRow.chunkBytes) = (.max, 1)
      #expect(told(text, whole) == told(text, rowByRow))
    }
  }

  @Test func `a file of faults is read until there are as many as are told`() {
    let text = header + (1...15_000).map { "\($0),县住健局,,2024-11-05,,否,0,\n" }.joined()
    for threads in [1, 3] {
      var options = LoadOptions(threads: threads)
      options.chunkBytes = 1 << 12
      let faults = told(text, options)
      #expect(faults.count == 10_000)
      #expect(faults.first?.hasPrefix("D13 2 ") == true)
      #expect(faults.last?.hasPrefix("D13 10001 ") == true)
    }
  }

  @Test func `rows end where the reader of rows ends them`() {
    let marks = Array("\",\n\ra".utf8)
    var random = Seeded(state: 7)
    for _ in 0..<3000 {
      let bytes = (0..<random.next(24)).map { _ in marks[random.next(marks.count)] }
      var reader = DelimitedRows(bytes: bytes, delimiter: 0x2C)
      var cells: [Range<Int>] = []
      var (start, lines) = (0, 1)
      while !reader.isAtEnd, (try? reader.next(into: &cells)) != nil {
        start = rowEnd(
          in: bytes, from: start, least: start + 1, delimiter: 0x2C, countsQuoted: true,
          lines: &lines)
        #expect(reader.isAtEnd == (start == bytes.count), "\(bytes)")
        if !reader.isAtEnd { #expect(reader.line == lines, "\(bytes)") }
      }
    }
  }

  @Test func `many rows are passed at once as the reader of rows passes them`() {
    let rare = [Array("\n".utf8), Array("\r\n".utf8), Array(",\"a\nb\"\n".utf8), Array("\r".utf8)]
    var random = Seeded(state: 11)
    for _ in 0..<400 {
      // Blocks without any mark, and with each of them at every place.
      var bytes: [UInt8] = []
      let ends = Array(rare.prefix(1 + random.next(rare.count)))
      for _ in 0..<random.next(30) {
        bytes += Array(repeating: 0x61, count: random.next(90)) + ends[random.next(ends.count)]
      }
      var reader = DelimitedRows(bytes: bytes, delimiter: 0x2C)
      var cells: [Range<Int>] = []
      var rows: [(end: Int, line: Int)] = [(0, 1)]
      while !reader.isAtEnd, (try? reader.next(into: &cells)) != nil {
        rows.append((bytes.count - reader.restCount, reader.line))
      }
      for _ in 0..<20 {
        let (start, firstLine) = rows[random.next(rows.count)]
        let least = start + 1 + random.next(bytes.count)
        var lines = firstLine
        let end = rowEnd(
          in: bytes, from: start, least: least, delimiter: 0x2C, countsQuoted: true, lines: &lines)
        let wanted = rows.first { $0.end >= least && $0.end > start }
        #expect(end == wanted?.end ?? bytes.count, "\(bytes), \(start), \(least)")
        if let wanted { #expect(lines == wanted.line, "\(bytes), \(start), \(least)") }
      }
    }
  }

  @Test func `numbered texts stay what they were, however many rows and pieces`() throws {
    let text = header + (0..<5000).map { "GD\(100_000 + $0 * 7),县住建局,,2024-11-05,,否,0,\n" }.joined()
    var options = LoadOptions(threads: 2)
    options.chunkBytes = 1 << 14
    var whole = LoadOptions(threads: 1)
    whole.chunkBytes = .max
    #expect(told(text, options) == told(text, whole))
    // One text that is not so makes all of them texts again.
    let broken = text + "GD1,县住建局,,2024-11-05,,否,0,\n"
    let found = told(broken, options)
    #expect(found == told(broken, whole))
    #expect(found.contains { $0.hasPrefix("GD1|") })
    #expect(found.contains { $0.hasPrefix("GD100007|") })
  }

  @Test func `rows whose key stands twice are found among many`() throws {
    var text = header
    for row in 0..<9000 { text += "\(row % 8990),县住建局,,2024-11-05,,否,\(row == 8995 ? 1 : 0),\n" }
    let faults = told(text, LoadOptions())
    #expect(faults.count == 1)
    #expect(faults.first?.hasPrefix("D12 8997") == true || faults.first?.contains("8997") == true)
  }
}
