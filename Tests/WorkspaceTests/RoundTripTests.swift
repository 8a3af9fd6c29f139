// RoundTripTests.swift: what was kept answers as what was loaded, byte by byte.

import Catalog
import Columns
import Console
import Loading
import Planning
import Support
import Syntax
import Testing

@testable import Workspace

@Suite struct RoundTripTests {
  @Test func everyRecordedQuestionAnswersFromAWorkspaceAsFromMemory() throws {
    let folder = TemporaryFolder()
    let sample = try loadSample(catalog: KeptQuarters.catalog)
    let workspace = try Workspace.create(folder.file("w.db"))
    try KeptQuarters.keep([sample], in: workspace)
    let opened = try Workspace.open(folder.file("w.db"), for: .reading)
    let (memory, kept) = (
      KeptQuarters.ground([sample]), KeptQuarters.ground(try opened.pieces())
    )
    #expect(KeptQuarters.questions.count > 100)
    for question in KeptQuarters.questions + ["check", "show periods", "show data"] {
      #expect(
        KeptQuarters.said(question, of: kept) == KeptQuarters.said(question, of: memory))
    }
    #expect(opened.damage.take() == [])
  }

  @Test(arguments: [
    "overdue by unit, quarter vs previous (value, delta)", "use version 1; orders, score by unit",
    "score by unit during 2024Q4; rows 1", "check", "orders by quarter", "show periods",
  ])
  func severalQuartersAndVersionsComeBack(_ question: String) throws {
    let folder = TemporaryFolder()
    let pieces = try KeptQuarters.examples()
    let workspace = try Workspace.create(folder.file("w.db"))
    let stored = try KeptQuarters.keep(pieces, in: workspace)
    #expect(stored.map(\.version) == [1, 1, 1, 2])
    let kept = KeptQuarters.ground(try Workspace.open(folder.file("w.db"), for: .reading).pieces())
    #expect(
      KeptQuarters.said(question, of: kept)
        == KeptQuarters.said(question, of: KeptQuarters.ground(pieces)))
  }

  @Test func findingsAndWhatStandsBesideTheRowsComeBackEqual() throws {
    let folder = TemporaryFolder()
    let pieces = try KeptQuarters.examples()
    let workspace = try Workspace.create(folder.file("w.db"))
    try KeptQuarters.keep(pieces, in: workspace)
    for (before, after) in zip(pieces.filter { !$0.notices.isEmpty }, try workspace.pieces()) {
      #expect(after.findings == before.findings)
      #expect(after.referenceTexts == before.referenceTexts)
      #expect(after.totalRows == before.totalRows)
      #expect(after.constants == before.constants)
      #expect(after.printedPlaces == before.printedPlaces)
      #expect(after.files == before.files)
      #expect(after.skipped == before.skipped)
      for (old, new) in zip(before.store.partitions, after.store.partitions) {
        #expect(new.columnNames == old.columnNames)
        #expect(new.lineOfRow.values == old.lineOfRow.values)
        #expect(new.fileOfRow.values == old.fileOfRow.values)
        for name in old.columnNames {
          #expect(new.column(named: name)?.packed.values == old.column(named: name)?.packed.values)
          #expect(new.dictionary(of: name) == old.dictionary(of: name))
        }
      }
    }
  }

  @Test func columnsOfEveryKindComeBack() throws {
    let folder = TemporaryFolder()
    var random = SeededGenerator(seed: 5)
    let count = 5000
    func numbers(_ range: ClosedRange<Int64>) -> PackedIntegers {
      PackedIntegers((0..<count).map { _ in Int64.random(in: range, using: &random) })
    }
    var missing = MissingRows(rowCount: count)
    for row in stride(from: 3, to: count, by: 7) { missing[row] = true }
    let columns = [
      Column(name: "whole", storage: .integers(numbers(-300...70_000), .whole), missing: missing),
      Column(name: "wide", storage: .integers(numbers(Int64.min...Int64.max), .whole)),
      Column(name: "decimal", storage: .integers(numbers(0...9999), .decimal(scale: 2))),
      Column(name: "flag", storage: .integers(numbers(0...1), .flag)),
      Column(name: "one", storage: .integers(PackedIntegers(repeating: 7, count: count), .day)),
      Column(name: "minute", storage: .integers(numbers(28_000_000...28_130_000), .minute)),
      Column(name: "quarter", storage: .integers(numbers(8096...8099), .quarter)),
      Column(
        name: "text", storage: .text(codes: numbers(0...2), dictionary: ["", "é", "e\u{301}"])),
      Column(
        name: "number",
        storage: .numbered(numbers(1...99_999), NumberedText(prefix: "GD", digitCount: 8)),
        missing: missing),
    ]
    var loaded = Loaded()
    loaded.store.partitions = [
      Partition(
        dataset: "orders", issuer: "", quarterIndex: 8099, version: 1,
        files: [SourceFile(path: "a.csv", encoding: "UTF-8", hash: "1")], columns: columns,
        lineOfRow: numbers(2...6000), fileOfRow: PackedIntegers(repeating: 0, count: count),
        rowCount: count)
    ]
    let months = PackedIntegers((0..<count).map { Int64(8099 * 3 + $0 * 3 / count) })
    loaded.store.partitions[0].monthRuns = months
    let workspace = try Workspace.create(folder.file("w.db"))
    let edition = try #require(editions(of: [loaded]).first)
    _ = try workspace.store(edition, rulebook: nil)
    let back = try #require(try workspace.pieces().first?.store.partitions.first)
    for column in columns {
      let kept = try #require(back.column(named: column.name))
      #expect(kept.packed.values == column.packed.values)
      #expect(kept.missing?.words == column.missing?.words)
      #expect((0..<50).map { kept.text($0) } == (0..<50).map { column.text($0) })
    }
    #expect(back.monthRuns?.values == months.values)
    #expect(try workspace.inspected() == [])
  }
}
