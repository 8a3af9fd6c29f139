// Aggregation.swift: a planned measure and the store arrive; its value for each group leaves.
//
// This is all that an engine does: filter, group, and add whole numbers exactly. Everything whose
// result could differ between engines happens later, once.

import Catalog
import Columns
import Planning
import Synchronization
import Syntax

/// The members of the groups, one number for each dimension: the position in the catalogue, or the
/// number of the month, quarter or year.
package typealias GroupKey = [Int]

/// What rows are asked for: the dimensions that make the groups, the periods, and what must hold.
package struct Frame: Hashable {
  /// In the order of the key.
  package var dimensions: [String]
  /// `Month.index`, sorted.
  package var months: [Int]
  /// Tests on these dimensions are not applied (`of D`).
  package var ignoredDimensions: Set<String> = []
  /// Dimensions beyond the groups of the question, sorted.
  package var extraDimensions: [String] = []

  package init(
    dimensions: [String], months: [Int], ignoredDimensions: Set<String> = [],
    extraDimensions: [String] = []
  ) {
    self.dimensions = dimensions
    self.months = months
    self.ignoredDimensions = ignoredDimensions
    self.extraDimensions = extraDimensions
  }

  func grouped(by dimensions: [String]) -> Frame {
    var frame = self
    frame.dimensions = dimensions
    return frame
  }

  /// The periods that the months lie in, ascending.
  func periods(_ unit: TimeUnit) -> [Int] {
    switch unit {
    case .month: months
    case .quarter: Set(months.map { $0.flooredDividing(by: 3) }).sorted()
    case .year: Set(months.map { $0.flooredDividing(by: 12) }).sorted()
    }
  }
}

/// An engine: it filters, groups and adds whole numbers exactly, and nothing more, so that no two
/// engines can answer differently.
package protocol Aggregator {
  /// One measure over all groups of a frame.
  ///
  /// - Throws: `ExactOverflow` for a sum that 128 bits do not hold.
  func table(_ planned: PlannedMeasure, _ frame: Frame) throws(ExactOverflow) -> MeasureTable

  /// Several measures of one frame: an engine that reads rows reads them once.
  func tables(_ planned: [PlannedMeasure], _ frame: Frame) throws(ExactOverflow) -> [MeasureTable]
}

extension Aggregator {
  package func tables(_ planned: [PlannedMeasure], _ frame: Frame) throws(ExactOverflow)
    -> [MeasureTable]
  {
    var tables: [MeasureTable] = []
    for measure in planned { tables.append(try table(measure, frame)) }
    return tables
  }
}

/// The members of dimensions as numbers, in catalogue order.
package struct DimensionCodes: Sendable {
  /// The code of each name, made when a dimension's is first asked for: thousands of names take
  /// longer than a question of other dimensions.
  private final class Numbers: Sendable {
    let made = Mutex<[String: [String: Int]]>([:])
  }

  private let numbers = Numbers()
  private var names: [String: [String]] = [:]

  package init(_ catalog: Catalog) {
    for dimension in catalog.dimensions {
      names[dimension.name] = dimension.members.map(\.name)
    }
  }

  /// −1 for the blank, which so stands first; unknown names do not occur in loaded data.
  package func code(_ name: String, of dimension: String) -> Int {
    known(name, of: dimension) ?? -1
  }

  /// nil for the blank and for names that the catalogue lacks.
  func known(_ name: String, of dimension: String) -> Int? {
    guard !name.isEmpty, let names = names[dimension] else { return nil }
    return numbers.made.withLock { made in
      if let own = made[dimension] { return own[name] }
      let own = Dictionary(
        names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      made[dimension] = own
      return own[name]
    }
  }

  package func name(_ code: Int, of dimension: String) -> String {
    guard let list = names[dimension], list.indices.contains(code) else { return "" }
    return list[code]
  }

  func count(of dimension: String) -> Int { names[dimension]?.count ?? 0 }
}

/// The engine over the loaded columns.
package struct MemoryAggregator: Aggregator {
  let index: StoreIndex
  let monitor: ExecutionMonitor

  var store: Store { index.store }
  var catalog: Catalog { index.catalog }
  package var codes: DimensionCodes { index.codes }

  package init(_ index: StoreIndex, _ monitor: ExecutionMonitor = ExecutionMonitor()) {
    self.index = index
    self.monitor = monitor
  }

  package init(_ store: Store, _ catalog: Catalog) { self.init(StoreIndex(store, catalog)) }

  /// - Complexity: O(rows of the parts × dimensions)
  package func table(_ planned: PlannedMeasure, _ frame: Frame) throws(ExactOverflow)
    -> MeasureTable
  {
    try table(planned, RowGroups(index, frame))
  }

  private func table(
    _ planned: PlannedMeasure, _ groups: RowGroups
  ) throws(ExactOverflow) -> MeasureTable {
    let frame = groups.frame
    guard let metric = catalog.metric(named: planned.use.measure.metric) else {
      return MeasureTable()
    }
    let condition = planned.condition?.without(frame.ignoredDimensions)
    var table = MeasureTable()
    for index in metric.sources.indices {
      let source = metric.sources[index]
      let parts = planned.parts.filter { $0.sourceIndex == index }
      guard !parts.isEmpty, let dataset = catalog.dataset(named: source.dataset) else { continue }
      try table.join(try self.table(dataset, source, parts, condition, groups))
    }
    return table
  }

  /// - Complexity: O(rows of the parts × dimensions + groups × measures)
  package func tables(_ planned: [PlannedMeasure], _ frame: Frame) throws(ExactOverflow)
    -> [MeasureTable]
  {
    var scans: [MeasureScan?] = []
    for measure in planned { scans.append(scan(measure, frame)) }
    let groups = RowGroups(index, frame)
    var tables: [MeasureTable?] = Array(repeating: nil, count: planned.count)
    for first in planned.indices where tables[first] == nil {
      let together = (first..<planned.count).filter { place in
        guard tables[place] == nil, let own = scans[first], let other = scans[place] else {
          return false
        }
        return place == first || planned[first].sharesRows(with: planned[place], own, other)
      }
      let fused = together.compactMap { scans[$0] }
      guard fused.count > 1 else {
        tables[first] = try table(planned[first], groups)
        continue
      }
      let sums = try MeasuresScan(fused).sums(monitor)
      for (place, own) in zip(together, sums.indices) {
        tables[place] = try fused[own].table(sums[own])
      }
    }
    return tables.map { $0 ?? MeasureTable() }
  }

  /// The scan of a measure that one data set answers; nil for others.
  private func scan(_ planned: PlannedMeasure, _ frame: Frame) -> MeasureScan? {
    guard let metric = catalog.metric(named: planned.use.measure.metric),
      let place = planned.parts.first?.sourceIndex,
      planned.parts.allSatisfy({ $0.sourceIndex == place }),
      let dataset = catalog.dataset(named: metric.sources[place].dataset)
    else { return nil }
    let condition = planned.condition?.without(frame.ignoredDimensions)
    return MeasureScan(index, dataset, metric.sources[place], planned.parts, condition, frame)
  }

  private func table(
    _ dataset: Dataset, _ source: MetricSource, _ parts: [MeasurePart], _ condition: Condition?,
    _ groups: RowGroups
  ) throws(ExactOverflow) -> MeasureTable {
    if let scan = MeasureScan(index, dataset, source, parts, condition, groups.frame) {
      return try scan.table(monitor)
    }
    return try rowTable(dataset, source, parts, condition, groups)
  }

  /// Row by row: for small printed tables, and for what no scan can do.
  func rowTable(
    _ dataset: Dataset, _ source: MetricSource, _ parts: [MeasurePart], _ condition: Condition?,
    _ groups: RowGroups
  ) throws(ExactOverflow) -> MeasureTable {
    var sums = GroupAccumulators()
    for part in parts {
      for (place, partition) in store.partitions.enumerated()
      where partition.dataset == dataset.name {
        if monitor.isCancelled { break }
        try add(place, dataset, source, part, condition, groups, to: &sums)
        monitor.record(rows: partition.rowCount, skipped: 0, bytes: 0, path: "rows")
      }
    }
    return try sums.table(
      groups.keys, order: groups.order, isZeroWhenEmpty: source.aggregate.isZeroWhenEmpty)
  }

  private func add(
    _ place: Int, _ dataset: Dataset, _ source: MetricSource, _ part: MeasurePart,
    _ condition: Condition?, _ groups: RowGroups, to sums: inout GroupAccumulators
  ) throws(ExactOverflow) {
    let rows = index.rows(place, dataset)
    let filter = try RowFilter(rows, source, part, condition, months: groups.frame.months)
    let groupOfRow = groups.numbers(of: place, rows)
    let printed = MemberReader("row", rows)
    let figures = RowFigures(source.aggregate, rows)
    let isStock = figures.function == .last
    for row in 0..<rows.partition.rowCount {
      if Stopping.isWanted(at: row) { return }
      guard filter.keeps(row) else { continue }
      try sums.add(
        figures, row, group: groupOfRow[row], period: isStock ? rows.quarter(row) ?? 0 : 0,
        printedRow: printed?.text(row) ?? "")
    }
  }
}

extension AggregateSyntax {
  package var isZeroWhenEmpty: Bool {
    switch self {
    case .rows, .apply(.sum, _), .apply(.distinct, _): true
    case .apply: false
    }
  }
}

extension PlannedMeasure {
  /// Whether both look at the same rows of the same partitions and group them alike.
  fileprivate func sharesRows(
    with other: PlannedMeasure, _ own: MeasureScan, _ theirs: MeasureScan
  ) -> Bool {
    own.isFusable && theirs.isFusable && condition == other.condition && own.shape == theirs.shape
      && parts.elementsEqual(other.parts) {
        $0.dataset == $1.dataset && $0.quarters == $1.quarters && $0.members == $1.members
      }
      && own.scans.elementsEqual(theirs.scans) {
        $0.partition == $1.partition && $0.ranges == $1.ranges
      }
  }
}
