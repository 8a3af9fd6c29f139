// CodeZonesTests.swift: columns arrive whose codes lie together and columns whose codes do not; no
// stretch with a wanted row is spared, and every stretch without a neighbour of a wanted code is.

import Catalog
import Columns
import Planning
import Support
import Syntax
import Testing

@testable import Execution

@Suite struct CodeZonesTests {
  private static let count = 70_000

  /// Towns of a unit beside each other, never in runs.
  private static let towns: [Int64] = (0..<count).map { (row: Int) -> Int64 in
    let (unit, town) = (row / 700, row * 5 % 8)
    return Int64(unit * 8 + town)
  }

  @Test func `a stretch is spared where none of its codes is near a wanted one`() throws {
    var random = SeededGenerator(seed: 3)
    let scattered = (0..<Self.count).map { _ in Int64.random(in: 0..<800, using: &random) }
    for codes in [Self.towns, scattered] {
      let zones = try #require(CodeZones(PackedIntegers(codes)))
      for wanted: [Int] in [[0], [799], [13, 14, 600], Array(0..<800), []] {
        var truths = [UInt8](repeating: 0, count: 800)
        for code in wanted { truths[code] = 1 }
        let ranges = zones.ranges(truths)
        let found = Set(ranges.flatMap { Array($0) })
        #expect(ranges == ranges.sorted { $0.lowerBound < $1.lowerBound })
        for (row, code) in codes.enumerated() where truths[Int(code)] == 1 {
          #expect(found.contains(row))
        }
        // 800 codes on 64 bits: sixteen neighbours share one.
        for start in stride(from: 0, to: codes.count, by: CodeZones.stretchRows) {
          let own = codes[start..<min(start + CodeZones.stretchRows, codes.count)]
          let isNear = own.contains { code in wanted.contains { $0 >> 4 == Int(code) >> 4 } }
          #expect(found.contains(start) == isNear)
        }
      }
    }
  }

  @Test func `columns of few rows and of other forms have none`() {
    #expect(CodeZones(PackedIntegers((0..<5000).map { Int64($0 % 800) })) == nil)
    #expect(CodeZones(PackedIntegers((0..<Self.count).map { Int64($0 % 200) })) == nil)
    #expect(CodeZones(PackedIntegers((0..<Self.count).map { Int64($0 / 7000) })) == nil)
  }

  private static let rulebook = [
    RulebookFile(
      name: "towns.tb",
      text: """
        tongbao 1
        define dimension town label 'Town' '镇' members open
        define dimension kind label 'Kind' '类' members open
        define dataset ledger source file 'ledger*.csv' grain town_name column town_name text
          column kind_name text optional column taken date column handled whole
          time month = taken dimension town = town_name dimension kind = kind_name covers month
        define metric cases label 'Cases' '件' quantity order from ledger rows
        define metric handled label 'Handled' '受理' quantity order from ledger sum(handled)
        """)
  ]

  private static func partition() -> Partition? {
    guard let first = Day(year: 2024, month: 1, day: 5) else { return nil }
    let names = (0..<800).map { "t\($0)" }
    let day = Int64(first.index)
    func text(_ name: String, _ codes: [Int64], _ entries: [String]) -> Column {
      Column(
        name: name, storage: .text(codes: PackedIntegers(codes), dictionary: [""] + entries))
    }
    let rows = 0..<count
    return Partition(
      dataset: "ledger", issuer: "", quarterIndex: Quarter(year: 2024, quarter: 1).index,
      version: 1, files: [],
      columns: [
        text("town_name", towns.map { $0 + 1 }, names),
        text("kind_name", rows.map { Int64($0 % 4) }, ["x", "y", "z"]),
        Column(
          name: "taken",
          storage: .integers(PackedIntegers(rows.map { day + Int64($0 % 60) }), .day)),
        Column(
          name: "handled", storage: .integers(PackedIntegers(rows.map { Int64($0 % 9) }), .whole)),
      ], lineOfRow: PackedIntegers(repeating: 0, count: count),
      fileOfRow: PackedIntegers(repeating: 0, count: count), rowCount: count)
  }

  @Test func `a question about some towns counts what a walk row by row counts`() throws {
    let store = Store(partitions: [try #require(Self.partition())])
    let months = [Month(year: 2024, month: 1).index, Month(year: 2024, month: 2).index]
    let asked = AskedStore(store, Self.rulebook, months: months)
    // With the most stretches that a question may read; 18 are all.
    for (question, most) in [
      ("where town = t5", 2), ("by kind where town in (t0, t640, t799)", 6),
      ("by town where town in (t7, t8) and kind = x", 2), ("where town contains 't79'", 4),
      ("where town != t5", 18), ("where town = t5 or kind = y", 18),
      ("by month where not (town = t300)", 18),
    ] {
      for metric in ["cases", "handled"] {
        let scans = try asked.expectScansToAgree(
          metric + " " + question, threads: [2], morselRows: 1024)
        let rows = scans.flatMap(\.scans).flatMap(\.ranges).reduce(0) { $0 + $1.count }
        #expect(rows > 0 && rows <= most * CodeZones.stretchRows, "\(metric) \(question): \(rows)")
      }
    }
  }
}
