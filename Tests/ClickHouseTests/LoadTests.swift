// LoadTests.swift: the register of loads arrives as a server tells it; which load counts, and what
// it covers, is told. And the tables that hold the rows.

import Catalog
import Columns
import Console
import Syntax
import Testing

@testable import ClickHouse

@Suite struct LoadTests {
  private static let shards = "_k0\t_n\nUInt32\tUInt64\n1\t1\n2\t1\n"
  private static let head =
    "_k0\t_k1\t_k2\t_k3\t_k4\t_a0\t_a1\t_a2\t_a3\t_n\n"
    + "String\tUInt16\tUInt8\tUInt64\tUInt16\tUInt64\tUInt64\tUInt64\tUInt64\tUInt64\n"

  private func loads(_ lines: [String], allowsPartial: Bool = false) throws -> LiveLoads {
    var settings = try settings("http://127.0.0.1:1")
    settings.allowsPartial = allowsPartial
    let transport = ScriptedTransport([
      .answer(status: 200, Self.shards),
      .answer(status: 200, Self.head + lines.map { $0 + "\n" }.joined()),
    ])
    return try Cluster(settings, by: transport, ScriptedSurroundings().surroundings())
      .readLiveLoads()
  }

  private let key = LoadKey(dataset: "orders", quarterIndex: 2025 * 4 + 2)

  @Test func `the largest load that every shard holds is the one that counts`() throws {
    let live = try loads([
      "orders\t2025\t3\t100\t1\t9\t4\t1\t2\t1", "orders\t2025\t3\t100\t2\t9\t5\t1\t2\t1",
      "orders\t2025\t3\t200\t1\t8\t4\t1\t2\t1", "orders\t2025\t3\t200\t2\t8\t4\t1\t2\t1",
      // The last line of this one is missing.
      "orders\t2025\t3\t300\t2\t7\t4\t1\t2\t1",
    ])
    let found = try #require(live.loads[key])
    #expect(found.load == 200)
    #expect(found.rowCount == 8)
    #expect(found.definition == 1 << 32 | 2)
    #expect(live.numbers == ["orders": [200]])
    #expect(live.greatest == 300)
  }

  @Test func `a load without rows takes a period away`() throws {
    let live = try loads([
      "orders\t2025\t3\t100\t1\t9\t4\t1\t2\t1", "orders\t2025\t3\t100\t2\t9\t5\t1\t2\t1",
      "orders\t2025\t3\t101\t1\t0\t0\t1\t2\t1", "orders\t2025\t3\t101\t2\t0\t0\t1\t2\t1",
    ])
    #expect(live.loads[key]?.rowCount == 0)
    #expect(live.numbers.isEmpty)
  }

  @Test func `what holds in every period has no year`() throws {
    let live = try loads([
      "duty\t0\t0\t5\t1\t3\t3\t0\t0\t1", "duty\t0\t0\t5\t2\t3\t0\t0\t0\t1",
    ])
    #expect(live.loads[LoadKey(dataset: "duty", quarterIndex: nil)]?.load == 5)
  }

  @Test func `with a shard down its line is missed only where that is allowed`() throws {
    let lines = ["orders\t2025\t3\t100\t1\t9\t4\t1\t2\t1"]
    #expect(try loads(lines).loads[key] == nil)
    #expect(try loads(lines, allowsPartial: true).loads[key]?.shardRows == [1: 4])
    // With all of them there a push that is not done counts no more than ever.
    let unfinished = [
      "orders\t2025\t3\t100\t1\t9\t4\t1\t2\t1", "orders\t2025\t3\t100\t2\t9\t5\t1\t2\t1",
      "orders\t2025\t3\t200\t1\t8\t4\t1\t2\t1",
    ]
    #expect(try loads(unfinished, allowsPartial: true).loads[key]?.load == 100)
  }

  @Test func `what a load covers comes back from the register`() throws {
    var contents = try #require(LoadContents("", of: key))
    var notice = NoticeInfo(period: Quarter(year: 2025, quarter: 3))
    notice.issuer = "a\tb"
    notice.county = "县"
    notice.printedWeights = [
      NoticeInfo.PrintedWeight(
        channel: "hotline", annex: 2, column: "score_ontime", digits: 355, places: 1)
    ]
    contents.parts = [
      DistantPartition(
        dataset: "orders", issuer: "a\tb", quarterIndex: key.quarterIndex, rowCount: 12,
        summary: PartitionSummary(
          dimensions: ["channel"],
          combinations: [
            .init(
              quarterIndex: 8102, members: ["hot\nline"], filledColumns: ["n", "x"], rowCount: 9),
            .init(quarterIndex: 8102, members: [""], filledColumns: [], rowCount: 3),
          ]), members: ["unit": ["县住建局", "\\"], "empty": []], notice: notice),
      DistantPartition(
        dataset: "orders", issuer: "", quarterIndex: key.quarterIndex, rowCount: 0,
        summary: PartitionSummary(dimensions: [], combinations: []), members: [:]),
    ]
    #expect(LoadContents(contents.text, of: key) == contents)
    for wrong in [
      "covers\t1\t2\n", "part\tx\tmany\n", "part\t\t1\nwhat\t1\n", "part\t\t1\ncovers\tx\t1\n",
    ] {
      #expect(LoadContents(wrong, of: key) == nil, "\(wrong)")
    }
  }

  @Test func `the tables of orders hold members, codes and numbers, and no other text`() throws {
    let catalog = buildCatalog(from: builtInRulebook()).catalog
    let table = ClusterTable(try #require(catalog.dataset(named: "orders")), catalog)
    let kinds = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.id, $0.kind) })
    #expect(kinds["unit_name"] == .word)
    #expect(kinds["order_no"] == .code)
    #expect(kinds["due_at"] == .number)
    // Only asked whether it is blank; what nothing asks for stays at home.
    #expect(kinds["repeat_of"] == .code)
    #expect(kinds["first_satisfaction"] == nil)
    let creation = table.creation
    #expect(creation.count == 2)
    #expect(creation[0].hasPrefix("CREATE TABLE IF NOT EXISTS orders_local (order_no String, "))
    #expect(creation[0].contains("PARTITION BY (year, month, load) ORDER BY (unit_name, "))
    #expect(
      creation[1] == "CREATE TABLE IF NOT EXISTS orders AS orders_local ENGINE = "
        + "Distributed(hotline, hotline, orders_local, intHash64(row_key))")
    let other = ClusterTable(try #require(catalog.dataset(named: "claims")), catalog)
    #expect(table.definition != other.definition)
  }
}
