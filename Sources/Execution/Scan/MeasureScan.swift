// MeasureScan.swift: a measure's source and a frame arrive; the scans of the partitions that can
// hold its rows leave, compiled once for the question.

import Catalog
import Columns
import Planning
import Syntax

/// One source of a measure over all partitions of its data set.
struct MeasureScan: Sendable {
  /// Of the groups that are counted: a median has one dimension more, its values. Where dimensions
  /// lie in runs, they count most: the rows of a run then meet groups that are neighbours.
  let shape: KeyShape
  /// Of the groups of the frame.
  let frameShape: KeyShape
  let figure: GroupFigure
  let aggregate: AggregateSyntax
  /// Digits after the point of the values.
  let scale: Int
  let valueOrigin: Int64?
  private(set) var scans: [PartitionScan] = []
  private(set) var skippedCount = 0

  /// Whether its groups are found as those of others are: only then can it share their scan.
  var isFusable: Bool { valueOrigin == nil && !scans.contains { $0.identity != nil } }

  /// nil where the rows must be read one by one: stocks, expressions that divide, data sets with
  /// printed rows, and more rows than 32 bits count.
  init?(
    _ index: StoreIndex, _ dataset: Dataset, _ source: MetricSource, _ parts: [MeasurePart],
    _ condition: Condition?, _ frame: Frame
  ) {
    guard !dataset.dimensions.contains(where: { $0.dimension == "row" }),
      let figure = source.aggregate.groupFigure
    else { return nil }
    var compiler = ScanCompiler(index, dataset, source, condition, frame)
    for part in parts {
      for (place, partition) in index.store.partitions.enumerated()
      where partition.dataset == dataset.name {
        guard compiler.add(place, part) else { return nil }
      }
    }
    guard let values = compiler.valueRange,
      compiler.scans.reduce(0, { $0 + $1.rowCount }) <= Int(UInt32.max)
    else { return nil }
    var digits: [KeyShape.Digits] = []
    for name in frame.dimensions {
      guard
        let own = index.digits(
          of: name, compiler.scans.filter { !$0.isEmpty }.map(\.partition), dataset, frame)
      else { return nil }
      digits.append(own)
    }
    guard let frameShape = KeyShape(digits) else { return nil }
    self.frameShape = frameShape
    if source.aggregate.isMedian {
      let (distance, isTooFar) = values.bounds.upperBound.subtractingReportingOverflow(
        values.bounds.lowerBound)
      guard !isTooFar, distance < 1 << 40 else { return nil }
      digits.append(.members(count: Int(distance) + 1))
      valueOrigin = values.bounds.lowerBound
    } else {
      valueOrigin = nil
    }
    let order = valueOrigin == nil ? index.clusteredFirst(frame, compiler.scans, dataset) : nil
    guard let shape = KeyShape(digits, order: order) else { return nil }
    self.shape = shape
    self.figure = figure
    aggregate = source.aggregate
    scale = values.scale
    skippedCount = compiler.skippedCount
    guard let keyed = index.keyed(compiler.scans, frame, shape, dataset, valueOrigin: valueOrigin)
    else { return nil }
    scans = keyed
    if case .apply(.distinct, let expression) = source.aggregate {
      scans.removeAll(where: \.isEmpty)
      guard let identified = index.identified(scans, expression) else { return nil }
      scans = identified
    }
    scans = scans.map { $0.withBitmaps() }
  }
}

extension AggregateSyntax {
  fileprivate var isMedian: Bool {
    if case .apply(.median, _) = self { true } else { false }
  }

  fileprivate var groupFigure: GroupFigure? {
    switch self {
    case .rows, .apply(.median, _): .rows
    case .apply(.sum, _), .apply(.distinct, _): .sum
    case .apply(.max, _), .apply(.min, _), .apply(.same, _): .extremes
    case .apply(.last, _): nil
    }
  }
}

/// Compiles the filters of a measure, partition by partition.
private struct ScanCompiler {
  private let index: StoreIndex
  private let dataset: Dataset
  private let source: MetricSource
  private let condition: Condition?
  private let months: Set<Int>
  private var tests: TestCompiler
  var scans: [PartitionScan] = []
  var skippedCount = 0

  init(
    _ index: StoreIndex, _ dataset: Dataset, _ source: MetricSource, _ condition: Condition?,
    _ frame: Frame
  ) {
    self.index = index
    self.dataset = dataset
    self.source = source
    self.condition = condition
    months = Set(frame.months)
    tests = TestCompiler(index, dataset)
  }

  /// false where the partition must be read row by row.
  mutating func add(_ place: Int, _ part: MeasurePart) -> Bool {
    let partition = index.store.partitions[place]
    guard partition.rowCount > 0 else { return true }
    var all: [RowTest] = []
    if dataset.time != nil {
      let quarters = Set(months.map { $0.flooredDividing(by: 3) })
        .intersection(part.quarters.map(\.index))
      guard let scope = tests.scopeTest(months: months, quarters: quarters, place) else {
        return false
      }
      all.append(scope)
      // The zone map: a partition outside the periods is not looked at.
      if scope.simplified.decided == false {
        skippedCount += 1
        return true
      }
    }
    let covered = part.members.sorted { $0.key < $1.key }.map {
      Condition.isMember($0.key, $0.value.sorted())
    }
    let conditions = covered + [condition].compactMap { $0 }
    for condition in conditions {
      guard let test = tests.test(condition, place) else { return false }
      all.append(test)
    }
    let shared = RowTest.all(all).simplified
    if shared.decided == false {
      skippedCount += 1
      return true
    }
    let narrowed = shared.narrowed(rowCount: partition.rowCount)
    let ranges = conditions.reduce(narrowed.ranges) { zoned($0, by: $1, place) }
    let rows = index.rows(place, dataset)
    let own = RowTest.all(
      (dataset.rowTests + [source.condition].compactMap { $0 }).map { rows.test($0) }
    ).simplified
    var scan = PartitionScan(
      partition: place, rowCount: partition.rowCount, ranges: ranges,
      shared: narrowed.rest.prepared, own: own.prepared)
    if case .apply(let function, let expression) = source.aggregate, function != .distinct,
      !scan.isEmpty
    {
      scan.values = RowValues(expression, rows)
      if scan.values == nil { return false }
    }
    scans.append(scan)
    return true
  }

  /// The ranges without stretches in which no row fulfils the condition.
  private mutating func zoned(
    _ ranges: [Range<Int>], by condition: Condition, _ place: Int
  ) -> [Range<Int>] {
    let dimension: String
    switch condition {
    case .all(let parts): return parts.reduce(ranges) { zoned($0, by: $1, place) }
    case .isMember(let name, _), .isBlank(let name), .text(let name, _, _): dimension = name
    case .any, .not, .part, .months: return ranges
    }
    guard index.store.partitions[place].rowCount >= CodeZones.leastRows,
      case .coded(let packed, let truths)? = tests.test(condition, place),
      let zones = index.zones(dimension, of: place, packed)
    else { return ranges }
    return zones.ranges(truths).intersection(ranges)
  }

  /// The bounds and the scale that the values of all partitions share; nil where they share none,
  /// or where 64 bits may not hold their sum.
  var valueRange: (bounds: ClosedRange<Int64>, scale: Int)? {
    let found = scans.filter { !$0.isEmpty }.compactMap(\.values)
    guard let first = found.first else { return (0...0, 0) }
    guard found.allSatisfy({ $0.scale == first.scale }) else { return nil }
    let lower = found.map(\.bounds.lowerBound).min() ?? 0
    let upper = found.map(\.bounds.upperBound).max() ?? 0
    let rows = Int128(scans.reduce(0) { $0 + $1.rowCount })
    let (most, overflowed) = max(lower.magnitude, upper.magnitude)
      .multipliedReportingOverflow(by: rows.magnitude)
    guard !overflowed, most <= UInt128(Int64.max) else { return nil }
    return (Int64(lower)...Int64(upper), first.scale)
  }
}

extension StoreIndex {
  fileprivate func digits(
    of dimension: String, _ partitions: [Int], _ dataset: Dataset, _ frame: Frame
  ) -> KeyShape.Digits? {
    guard let unit = catalog.dimension(named: dimension)?.timeUnit else {
      return .members(count: codes.count(of: dimension))
    }
    // Other rows have no part in the frame; so all measures of a question share one shape.
    if dataset.time != nil { return .times(frame.periods(unit)) }
    return timeCodes(unit, of: partitions, dataset).map { .times($0) }
  }

  /// The dimensions of a frame, those first that lie in runs.
  fileprivate func clusteredFirst(
    _ frame: Frame, _ scans: [PartitionScan], _ dataset: Dataset
  ) -> [Int]? {
    guard let partition = scans.first(where: { !$0.isEmpty })?.partition else { return nil }
    let places = frame.dimensions.indices
    func isClustered(_ place: Int) -> Bool {
      guard catalog.dimension(named: frame.dimensions[place])?.timeUnit == nil else { return true }
      let members = members(frame.dimensions[place], of: partition, dataset)
      guard case .coded(let packed, _, nil)? = members, case .runs = packed.codes else {
        return false
      }
      return true
    }
    return places.filter(isClustered) + places.filter { !isClustered($0) }
  }

  /// The scans with their keys; nil where a key has too many codes.
  fileprivate func keyed(
    _ scans: [PartitionScan], _ frame: Frame, _ shape: KeyShape, _ dataset: Dataset,
    valueOrigin: Int64?
  ) -> [PartitionScan]? {
    var result: [PartitionScan] = []
    for scan in scans {
      if scan.isEmpty {
        result.append(scan)
        continue
      }
      guard
        let keyed = keyed(scan, frame.dimensions, shape, dataset, valueOrigin: valueOrigin)
      else { return nil }
      result.append(keyed)
    }
    return result
  }

  private func keyed(
    _ scan: PartitionScan, _ dimensions: [String], _ shape: KeyShape, _ dataset: Dataset,
    valueOrigin: Int64?
  ) -> PartitionScan? {
    var scan = scan
    scan.valueOrigin = valueOrigin
    for (place, dimension) in dimensions.enumerated() {
      switch keyPart(dimension, place, shape, scan.partition, dataset) {
      case nil: return nil
      case .fixed(let digit)?: scan.fixed += digit
      case .column(let column)?:
        switch column.packed.codes {
        case .constant where column.missing == nil: scan.fixed += column.table[0]
        case .runs where column.missing == nil: scan.runKeys.append(column)
        default: scan.rowKeys.append(column)
        }
      }
    }
    return scan
  }
}

extension RowTest {
  /// The rows that a test on runs leaves, where they are few or lie together, and the tests that
  /// are still open in them.
  fileprivate func narrowed(rowCount: Int) -> (ranges: [Range<Int>], rest: RowTest) {
    let whole = [0..<rowCount]
    guard rowCount > 0 else { return ([], self) }
    let parts: [RowTest] = if case .all(let parts) = self { parts } else { [self] }
    var ranges = whole
    var open: [RowTest] = []
    for part in parts {
      guard case .coded(let packed, let truths) = part, case .runs(let table) = packed.codes else {
        open.append(part)
        continue
      }
      let found = table.ranges(truths, packed.bounds?.lowerBound ?? 0).intersection(ranges)
      let rows = found.reduce(0) { $0 + $1.count }
      if found.count <= 64 || rows * 8 < rowCount {
        ranges = found
      } else {
        open.append(part)
      }
    }
    return (ranges, RowTest.all(open).simplified)
  }
}

extension PackedIntegers.RunTable {
  /// The rows of the runs whose value stands for 1, neighbours joined.
  fileprivate func ranges(_ truths: [UInt8], _ lowest: Int64) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for run in values.indices where truths[Int(values[run] &- lowest)] == 1 {
      let first = run == 0 ? 0 : Int(ends[run - 1])
      let end = Int(ends[run])
      if let last = found.last, last.upperBound == first {
        found[found.count - 1] = last.lowerBound..<end
      } else {
        found.append(first..<end)
      }
    }
    return found
  }
}

extension [Range<Int>] {
  /// Both lists ascend.
  fileprivate func intersection(_ other: [Range<Int>]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var (own, theirs) = (0, 0)
    while own < count, theirs < other.count {
      let range = self[own].clamped(to: other[theirs])
      if !range.isEmpty { found.append(range) }
      if self[own].upperBound < other[theirs].upperBound { own += 1 } else { theirs += 1 }
    }
    return found
  }
}
