// OwnTableTests.swift: tables that nobody modelled, large and doubled files arrive; what is said of
// them is held.

import Columns
import Support
import Synchronization
import Testing

@testable import Loading

private func own(_ text: String) throws -> Loaded {
  var loader = Loader(catalog: testCatalog, options: LoadOptions())
  do {
    let table = try textTable(FolderFile(path: "账.csv", bytes: Array(text.utf8)), as: .auto)
    try loader.loadTables([table], of: "账.csv")
  } catch {
    throw LoadFailure(faults: error.faults, loaded: loader.loaded)
  }
  return loader.loaded
}

/// A file in a folder of its own, as long as the work lasts.
private func withFile(_ text: String, _ work: (String) throws -> Void) throws {
  let folder = runShell("mktemp -d").output.split(separator: "\n").first.map(String.init) ?? ""
  let path = folder + "/账.csv"
  defer { _ = runShell("rm -r '\(folder)'") }
  #expect(runShell("printf '%s' '\(text)' > '\(path)'").status == 0)
  try work(path)
}

@Suite struct OwnTableTests {
  @Test func `the cell that keeps a column of numbers from being summed is named`() throws {
    let loaded = try own("乡镇,金额\n甲,1\n乙,2\n丙,3\n丁,12O0\n")
    let notes = loaded.notes.map(\.text)
    let told = try #require(notes.first { $0.english.contains("12O0") })
    #expect(
      told.english == "账.csv: line 5, column 金额: “12O0” is no number, so the column is read as "
        + "names; put the cell right to sum it")
    #expect(told.chinese == "账.csv：第 5 行“金额”列“12O0”不是数字，整列按名称读取；改正该单元格后可求和")
    // House numbers are names, and nothing is wrong with them.
    let houses = try own("门牌,数\n12A,1\n12B,2\n13,3\n")
    #expect(!houses.notes.contains { $0.text.english.contains("no number") })
  }

  @Test func `a table is more of another only where it has just its headings`() throws {
    var loader = Loader(catalog: testCatalog, options: LoadOptions())
    for (name, text) in [
      ("甲", "乡镇,金额\n城关镇,10\n"), ("乙", "乡镇,金额\n午井镇,20\n"),
      ("丙", "乡镇,金额,事由\n城关镇,7,修路\n"), ("丁", "村,金额\n东坡村,9\n"),
    ] {
      let file = FolderFile(path: "\(name).csv", bytes: Array(text.utf8))
      try loader.loadTables([try textTable(file, as: .auto)], of: file.path)
    }
    let loaded = loader.loaded
    #expect(loaded.tables.map(\.dataset) == ["甲", "甲", "丙", "丁"])
    #expect(loaded.tables.map(\.isOwn) == [true, false, true, true])
    #expect(loaded.notes.contains { $0.text.chinese == "乙.csv：表头与“甲”相同，作为其更多行读取" })
    #expect(!loaded.notes.contains { $0.text.english.contains("not read") })
  }

  @Test func `totals that are not the sum of their rows are told`() throws {
    let wrong = try own("乡镇,金额\n甲,1.5\n乙,2\n合计,4\n")
    #expect(
      wrong.findings.map { "\($0.code) \($0.stated) \($0.computed)" } == ["R04 4 3.5"])
    #expect(wrong.findings.first?.places == [SourcePlace(file: "账.csv", line: 4)])
    #expect(
      wrong.notes.contains {
        $0.text.chinese == "账.csv：第 4 行“合计”的“金额”为 4，各行之和为 3.5"
      })
    // A subtotal is that of the rows behind the one before it.
    let right = try own("乡镇,金额\n甲,1\n乙,2\n小计,3\n丙,5\n小计,5\n合计,8\n")
    #expect(right.findings == [])
  }

  @Test func `an export that is named twice is counted once`() throws {
    try withFile("乡镇,金额\n甲,1\n乙,2\n") { path in
      let loaded = try load(paths: [path, path], into: testCatalog)
      #expect(loaded.store.partitions.map(\.rowCount) == [2])
      #expect(loaded.notes.contains { $0.text.english == "\(path): named twice, read once" })
    }
  }

  @Test func `a load that is cancelled leaves nothing`() throws {
    try withFile("乡镇,金额\n甲,1\n乙,2\n") { path in
      var options = LoadOptions()
      options.monitor = LoadMonitor(isCancelled: { true })
      let failure = #expect(throws: LoadFailure.self) {
        try load(paths: [path], into: testCatalog, options: options)
      }
      #expect(failure?.loaded.store.partitions.isEmpty == true)
      #expect(failure?.faults.map(\.diagnostic.code) == ["D10"])
    }
  }

  @Test func `a monitor is told how far a load is`() throws {
    final class Told: Sendable { let all = Mutex<[LoadMonitor.Progress]>([]) }
    let told = Told()
    try withFile("乡镇,金额\n甲,1\n乙,2\n") { path in
      var options = LoadOptions()
      options.monitor = LoadMonitor(isCancelled: { false }) { progress in
        told.all.withLock { $0.append(progress) }
      }
      _ = try load(paths: [path], into: testCatalog, options: options)
      let all = told.all.withLock { $0 }
      #expect(all.first?.file == path)
      #expect(all.last?.rowCount == 2)
      #expect(all.map(\.doneBytes) == all.map(\.doneBytes).sorted())
      #expect(all.allSatisfy { $0.doneBytes <= $0.totalBytes && $0.totalBytes > 0 })
    }
  }

  @Test func `several tables in a file too large to be parted are refused`() {
    let rows = String(repeating: "甲,100000000000,一二三四五六七八九十\n", count: 200_000)
    let text = "一、收入\n乡镇,金额,说明\n甲,1,a\n\n二、支出\n项目,乡镇,金额\n办公,甲,3\n" + rows
    let failure = #expect(throws: LoadFailure.self) { try own(text) }
    #expect(failure?.faults.first?.diagnostic.message.english.contains("several tables") == true)
  }
}
