// FolderTests.swift: the example folders arrive; the sample, its figures and the faults of a folder
// are held.

import Catalog
import Columns
import Testing

@testable import Loading

/// What a load brought, without files and lines.
private func substance(_ loaded: Loaded) -> [String] {
  loaded.store.partitions.flatMap { partition in
    ["\(partition.dataset) \(partition.quarterIndex ?? -1)"] + rows(partition)
  }
}

@Suite struct FolderTests {
  @Test func theExampleAndTheBuiltInSampleAreTheSameFiles() {
    for file in sampleFiles() {
      #expect(bytes(ofFile: exampleFolder + "/" + file.name) == file.bytes, "\(file.name)")
    }
    let names = (try? folderNames(exampleFolder)) ?? []
    #expect(names.filter { $0.hasSuffix(".csv") } == sampleFiles().map(\.name))
  }

  @Test func theSampleLoadsAsTheExampleDoes() throws {
    let sample = try loadSample(catalog: testCatalog)
    let folder = try load(paths: [exampleFolder], into: testCatalog)
    #expect(sample.isSample)
    #expect(!folder.isSample)
    #expect(substance(sample) == substance(folder))
    #expect(
      sample.files.map(\.path)
        == sampleFiles().map { "sample/\($0.name)" }.sorted {
          ($0.hasSuffix("notice.csv") ? 0 : 1, $0) < ($1.hasSuffix("notice.csv") ? 0 : 1, $1)
        })
    #expect(
      sample.findings.map(\.code) == [
        "R10", "R11", "R12", "R13", "R14", "R15", "R16", "R17", "R22", "R23", "R25", "R26",
        "R28",
      ])
  }

  @Test(arguments: [
    ("synthetic-2024Q3", [568, 1692, 111], [7, 8, 9], 48),
    ("synthetic-2023Q4", [], [10, 11, 12], 48),
  ])
  func anInventedQuarterSaysSo(
    name: String, orders: [Int], months: [Int], hotlineRows: Int
  ) throws {
    let loaded = try load(paths: [repositoryFolder + "/examples/" + name], into: testCatalog)
    let notice = try #require(loaded.notices.first)
    #expect(notice.isSynthetic)
    #expect(loaded.skipped.map(\.text) == ["README.md"])
    #expect(loaded.findings.map(\.severity).allSatisfy { $0 == .info })
    let partition = try #require(loaded.store.partitions.first { $0.dataset == "unit_period" })
    let annex = try #require(partition.column(named: "annex"))
    let assigned = try #require(partition.column(named: "assigned"))
    let sums = ["1", "2", "3"].map { number in
      (0..<partition.rowCount).reduce(0) {
        $0 + (describe(annex, $1) == number ? Int(describe(assigned, $1)) ?? 0 : 0)
      }
    }
    if !orders.isEmpty { #expect(sums == orders) }
    let channels = try #require(partition.column(named: "channel"))
    #expect((0..<partition.rowCount).count { describe(channels, $0) == "hotline" } == hotlineRows)
    let events = rows("unit_event", of: loaded)
    #expect(!events.isEmpty)
    for event in events {
      let month = Int(event.split(separator: "|")[6].split(separator: "-")[1]) ?? 0
      #expect(months.contains(month))
    }
  }

  @Test func aSecondNoticeOfTheSameQuarterIsALaterVersion() throws {
    let loaded = try load(paths: [exampleFolder, exampleFolder], into: testCatalog)
    #expect(loaded.notices.map(\.version) == [1, 2])
    let versions = Set(loaded.store.partitions.map(\.version))
    #expect(versions == [1, 2])
    #expect(loaded.notes.filter { $0.code == "I20" }.count == 1)
    // What else lies in the folder is named, once for each reading.
    let skipped = "skipped README.md: not a file that is read"
    #expect(loaded.notes.count { $0.text.english.hasSuffix(skipped) } == 2)
  }

  @Test func aFieldThatNobodyKnowsRefusesTheFolder() {
    let fault = folderFault(notice: "field,value\nperiod,2024Q4\nhotline.recieved,5\n")
    #expect(fault.map(\.diagnostic.code) == ["D12"])
    #expect(fault.first?.line == 3)
    #expect(fault.first?.cell == "hotline.recieved")
  }

  @Test func aFolderWithoutAPeriodIsRefused() {
    let fault = folderFault(notice: "field,value\nissuer,某县人民政府办公室\n")
    #expect(fault.map(\.diagnostic.code) == ["D12"])
  }

  @Test func aFigureThatIsNoNumberIsRefusedWithItsCell() {
    let fault = folderFault(notice: "field,value\nperiod,2024Q4\nhotline.received,若干\n")
    #expect(fault.map(\.diagnostic.code) == ["D13"])
    #expect(fault.first?.column == "hotline.received")
    #expect(fault.first?.cell == "若干")
  }

  /// The faults of a folder that holds only this `notice.csv`.
  private func folderFault(notice: String) -> [FileFault] {
    var loaded = Loaded()
    do {
      let table = try textTable(
        FolderFile(path: "f/notice.csv", bytes: Array(notice.utf8)), as: .auto)
      try readFolder(
        [table], place: "f", catalog: testCatalog, words: NoticeVocabulary(testCatalog.phrases),
        into: &loaded)
      return []
    } catch {
      return error.faults
    }
  }
}
