// ScanLawTests.swift: thousands of rows arrive in every encoding; what the scan of columns finds is
// what a walk row by row finds, for one thread and for several, clustered or not.

import Catalog
import Columns
import Planning
import Support
import Syntax
import Testing

@testable import Execution

@Suite struct ScanLawTests {
  /// Rows of two quarters; `wide` spreads values beyond bytes, `clustered` sorts them into runs.
  private static func store(isWide: Bool, isClustered: Bool) -> Store {
    var random = SeededGenerator(seed: isWide ? 8 : 9)
    var partitions: [Partition] = []
    for quarter in 1...2 {
      let count = 3001
      func numbers(_ make: (inout SeededGenerator) -> Int64) -> PackedIntegers {
        PackedIntegers((0..<count).map { _ in make(&random) })
      }
      func missing(_ percent: Int) -> MissingRows {
        var missing = MissingRows(rowCount: count)
        for row in 0..<count where Int.random(in: 0..<100, using: &random) < percent {
          missing[row] = true
        }
        return missing
      }
      func text(_ name: String, _ texts: [String]) -> Column {
        let codes = numbers { Int64.random(in: 0..<Int64(texts.count + 1), using: &$0) }
        return Column(name: name, storage: .text(codes: codes, dictionary: [""] + texts))
      }
      func whole(
        _ name: String, _ range: ClosedRange<Int64>, _ meaning: ColumnMeaning, _ percent: Int
      ) -> Column {
        Column(
          name: name, storage: .integers(numbers { Int64.random(in: range, using: &$0) }, meaning),
          missing: percent > 0 ? missing(percent) : nil)
      }
      let first = Day(year: SmallCounty.year, month: quarter * 3 - 2, day: 1)?.index ?? 0
      let tickets = numbers { Int64.random(in: 0...4000, using: &$0) }
      let partition = Partition(
        dataset: "ledger", issuer: "",
        quarterIndex: Quarter(year: SmallCounty.year, quarter: quarter).index, version: 1,
        files: [],
        columns: [
          isWide
            ? Column(
              name: "ticket",
              storage: .numbered(tickets, NumberedText(prefix: "n", digitCount: 6)),
              missing: missing(3))
            : text("ticket", (0..<300).map { "n\($0)" }),
          text("unit_name", SmallCounty.units), text("channel", SmallCounty.channels),
          whole("taken", Int64(first)...Int64(first + 89), .day, 0),
          whole("handled", isWide ? -70_000...9_000_000_000 : 0...9, .whole, 10),
          whole("late", isWide ? -300...3000 : 0...4, .whole, 20),
          whole("urgent", 0...1, .flag, 10),
        ], lineOfRow: PackedIntegers(repeating: 0, count: count),
        fileOfRow: PackedIntegers(repeating: 0, count: count), rowCount: count)
      partitions.append(
        isClustered
          ? partition.gathered(
            Array(0..<partition.rowCount), clusteredByMonthOf: "taken", then: "unit_name",
            leastRows: 1) : partition)
    }
    return Store(partitions: partitions)
  }

  private static let metrics = [
    "cases", "handled", "late", "urgent_cases", "slow_cases", "people", "worst", "typical",
  ]
  private static let questions = [
    "", "by unit", "by unit, month", "by quarter, channel", "by area where channel = phone",
    "by channel where unit in (ash, elm) and month = 2", "by year where unit is not blank",
    "by month, unit, channel where not (unit = ash or channel = letter)",
    "where unit = birch", "by area, unit where month between 3 and 5",
  ]

  @Test(arguments: [false, true], [false, true])
  func `a scan finds what a walk row by row finds`(isWide: Bool, isClustered: Bool) throws {
    let store = Self.store(isWide: isWide, isClustered: isClustered)
    #expect(store.partitions.allSatisfy { ($0.monthRuns != nil) == isClustered })
    let start = Month(year: SmallCounty.year, month: 1).index
    let asked = AskedStore(
      store, SmallCounty.rulebook, months: Array(start..<(start + 6)))
    var tableCount = 0
    for metric in Self.metrics {
      for question in Self.questions {
        tableCount += try asked.expectScansToAgree(
          metric + " " + question, threads: [1, 3], morselRows: 256
        ).count
      }
    }
    #expect(tableCount == Self.metrics.count * Self.questions.count)
  }

  @Test(arguments: [false, true], [false, true])
  func `measures counted in one pass come to what each comes to alone`(
    isWide: Bool, isClustered: Bool
  ) throws {
    let store = Self.store(isWide: isWide, isClustered: isClustered)
    let asked = AskedStore(store, SmallCounty.rulebook)
    let (catalog, index) = (asked.catalog, asked.index)
    let dataset = try #require(catalog.dataset(named: "ledger"))
    for question in Self.questions {
      let sentence = Self.metrics.joined(separator: ", ") + " " + question
      let plan = try asked.planned(sentence)
      let frame = Frame(dimensions: plan.query.groups, months: plan.query.months)
      let planned = plan.measures.values.sorted { $0.use.measure.metric < $1.use.measure.metric }
      #expect(planned.count == Self.metrics.count)
      let together = try MemoryAggregator(index, ExecutionMonitor(threads: 2, morselRows: 256))
        .tables(planned, frame)
      for (measure, table) in zip(planned, together) {
        let metric = measure.use.measure.metric
        let source = try #require(catalog.metric(named: metric)?.sources.first)
        let walked = try MemoryAggregator(index).rowTable(
          dataset, source, measure.parts, measure.condition, RowGroups(index, frame))
        #expect(table.groups.keys == walked.groups.keys, "\(metric) of \(sentence)")
        for row in 0..<min(table.groups.count, walked.groups.count) {
          #expect(
            table.entry(at: row).value == walked.entry(at: row).value,
            "\(metric) of \(sentence): \(walked.groups[row])")
        }
        guard metric == "cases" || metric == "urgent_cases", let first = frame.dimensions.first
        else { continue }
        let coarser = try MemoryAggregator(index).rowTable(
          dataset, source, measure.parts, measure.condition,
          RowGroups(index, Frame(dimensions: [first], months: plan.query.months)))
        let sums = try #require(table.rolledUp(by: [0]), "\(metric) of \(sentence)")
        #expect(sums.groups.keys == coarser.groups.keys)
        for row in 0..<sums.groups.count {
          #expect(sums.entry(at: row).value == coarser.entry(at: row).value, "\(sentence)")
        }
      }
    }
  }

  @Test func `a cancelled question stops and says so`() throws {
    let store = Self.store(isWide: false, isClustered: false)
    let asked = AskedStore(store, SmallCounty.rulebook)
    let plan = try asked.planned("cases by unit")
    for isCancelled in [false, true] {
      let monitor = ExecutionMonitor(threads: 2, isCancelled: { isCancelled })
      _ = try Execution.answer(
        plan, from: store, in: asked.vocabulary, holding: asked.holdings, language: .english,
        watchedBy: monitor)
      #expect(monitor.wasCancelled == isCancelled)
      #expect(isCancelled || monitor.statistics.rowsScanned > 0)
    }
  }
}
