// ScanLaw.swift: a store and sentences arrive; the law is that a scan of the columns finds what a
// walk row by row finds.

import Catalog
import Columns
import Planning
import Syntax
import Testing

@testable import Execution

/// A store, ready to be asked.
struct AskedStore {
  let catalog: Catalog
  let vocabulary: Vocabulary
  let holdings: Holdings
  let index: StoreIndex
  let scope: QuestionScope

  init(_ store: Store, _ rulebook: [RulebookFile], months: [Int] = []) {
    let built = buildCatalog(from: rulebook)
    #expect(built.problems.isEmpty)
    catalog = withLoadedMembers(built.catalog, from: store)
    vocabulary = Vocabulary(catalog)
    holdings = Execution.holdings(of: store, in: catalog)
    index = StoreIndex(store, catalog)
    var scope = QuestionScope()
    if !months.isEmpty { scope.months = months }
    self.scope = scope
  }

  func planned(_ sentence: String) throws -> Plan {
    let parsed = parse(sentence, knowing: vocabulary.knownWords).statements
    guard case .query(let tree)? = parsed.first?.statement?.kind else {
      throw NoQuestion(sentence: sentence)
    }
    let query = try resolve(tree, in: vocabulary, holding: holdings, scope: scope)
    return try plan(query, in: vocabulary, holding: holdings)
  }

  struct NoQuestion: Error { let sentence: String }

  /// - Parameter threads: the scan runs with each of these numbers.
  /// - Returns: the scans that were compiled, one for each measure.
  func expectScansToAgree(
    _ sentence: String, threads: [Int], morselRows: Int
  ) throws -> [MeasureScan] {
    let plan = try planned(sentence)
    let frame = Frame(dimensions: plan.query.groups, months: plan.query.months)
    let dataset = try #require(catalog.dataset(named: "ledger"))
    return try plan.measures.values.map { planned in
      let source = try #require(catalog.metric(named: planned.use.measure.metric)?.sources.first)
      let scan = try #require(
        MeasureScan(index, dataset, source, planned.parts, planned.condition, frame),
        "\(sentence) is not scanned")
      let walked = try MemoryAggregator(index).rowTable(
        dataset, source, planned.parts, planned.condition, RowGroups(index, frame))
      try expectRowsToAgree(dataset, source)
      for count in threads {
        let scanned = try scan.table(ExecutionMonitor(threads: count, morselRows: morselRows))
        #expect(scanned.groups.keys == walked.groups.keys, "\(sentence)")
        for row in 0..<min(scanned.groups.count, walked.groups.count) {
          let (found, wanted) = (scanned.entry(at: row), walked.entry(at: row))
          #expect(found.value == wanted.value, "\(sentence): \(walked.groups[row])")
        }
      }
      return scan
    }
  }

  /// What is made for all rows at once is what each row says by itself.
  private func expectRowsToAgree(_ dataset: Dataset, _ source: MetricSource) throws {
    for (place, partition) in index.store.partitions.enumerated()
    where partition.dataset == dataset.name {
      let rows = index.rows(place, dataset)
      let count = partition.rowCount
      let figures = RowFigures(source.aggregate, rows)
      if case .apply(let function, let expression) = source.aggregate, function != .distinct {
        for row in 0..<count {
          #expect(try figures.value(row) == rows.value(expression, row), "row \(row)")
        }
      }
      for condition in dataset.rowTests + [source.condition].compactMap(\.self) {
        var mask = RowMask(all: count)
        try rows.test(condition).simplified.apply(to: &mask.words, from: 0, count: count)
        for row in 0..<count {
          #expect(try mask[row] == rows.holds(condition, row), "row \(row)")
        }
      }
    }
  }
}
