// ClusterAggregator.swift: planned measures arrive; what is loaded here is added here, everything
// else on the cluster, and the value of each group leaves.

import Catalog
import Columns
import Execution
import Planning
import SQLGeneration
import Synchronization
import Syntax

/// The engine over loaded columns and a cluster. A fault of the cluster is kept until it is asked
/// for: what was made without the rows behind it must not leave.
package final class ClusterAggregator: Aggregator {
  private let memory: MemoryAggregator
  private let cluster: Cluster
  private let catalog: Catalog
  private let loads: [String: [Int64]]
  /// What the cluster answers for.
  private let distant: Set<LoadKey>
  /// Told of every statement that is sent.
  private let tell: @Sendable () -> Void
  private let found = Mutex<ClusterFault?>(nil)

  init(
    _ memory: MemoryAggregator, _ cluster: Cluster, _ store: Store, _ catalog: Catalog,
    loads: [String: [Int64]], tell: @escaping @Sendable () -> Void
  ) {
    self.tell = tell
    self.memory = memory
    self.cluster = cluster
    self.catalog = catalog
    self.loads = loads
    distant = Set(
      store.distant.map { LoadKey(dataset: $0.dataset, quarterIndex: $0.quarterIndex) })
  }

  /// The first fault.
  package var fault: ClusterFault? { found.withLock { $0 } }

  package func table(
    _ planned: PlannedMeasure, _ frame: Frame
  ) throws(ExactOverflow) -> MeasureTable {
    try tables([planned], frame)[0]
  }

  /// Measures over the same rows of the cluster share a statement.
  package func tables(
    _ planned: [PlannedMeasure], _ frame: Frame
  ) throws(ExactOverflow) -> [MeasureTable] {
    let near = planned.map { part(of: $0, isDistant: false) }
    let far = planned.map { part(of: $0, isDistant: true) }
    var tables: [MeasureTable?] = Array(repeating: nil, count: planned.count)
    let asked = near.indices.filter { !near[$0].parts.isEmpty }
    for (place, table) in zip(asked, try memory.tables(asked.map { near[$0] }, frame)) {
      tables[place] = table
    }
    for (place, table) in try distantTables(far, frame) {
      if tables[place] == nil {
        tables[place] = table
      } else {
        try tables[place]?.join(table)
      }
    }
    return tables.map { $0 ?? MeasureTable() }
  }

  /// The measure with those of its periods that are, or are not, the cluster's.
  private func part(of planned: PlannedMeasure, isDistant: Bool) -> PlannedMeasure {
    var own = planned
    own.parts = planned.parts.compactMap { part in
      var part = part
      let isTimeless = catalog.dataset(named: part.dataset)?.time == nil
      part.quarters = part.quarters.filter { quarter in
        let key = LoadKey(
          dataset: part.dataset, quarterIndex: isTimeless ? nil : quarter.index)
        return distant.contains(key) == isDistant
      }
      return part.quarters.isEmpty ? nil : part
    }
    return own
  }

  // MARK: - The cluster

  /// One measure of one statement.
  private struct Wanted {
    var place: Int
    var select: SQLSelect
  }

  private func distantTables(
    _ planned: [PlannedMeasure], _ frame: Frame
  ) throws(ExactOverflow) -> [(place: Int, table: MeasureTable)] {
    var statements: [[Wanted]] = []
    for (place, measure) in planned.enumerated() where !measure.parts.isEmpty {
      let parts = sqlParts(
        of: measure, by: frame.dimensions, months: frame.months,
        ignoring: frame.ignoredDimensions, in: catalog, for: .clickhouse, loads: loads)
      for part in parts {
        switch part {
        case .ownEngine(let dataset, _): note(.notSent(measure.use.measure.metric, dataset))
        case .select(let select):
          let wanted = Wanted(place: place, select: select)
          let index = statements.firstIndex {
            $0[0].select.rows == select.rows && $0[0].select.keys == select.keys
              && $0[0].select.printedRows == select.printedRows
          }
          if let index { statements[index].append(wanted) } else { statements.append([wanted]) }
        }
      }
    }
    var result: [(Int, MeasureTable)] = []
    for statement in statements where fault == nil {
      result += try answer(statement, planned, frame)
    }
    return result
  }

  private func answer(
    _ statement: [Wanted], _ planned: [PlannedMeasure], _ frame: Frame
  ) throws(ExactOverflow) -> [(Int, MeasureTable)] {
    let figures = statement.flatMap(\.select.figures)
    let head = statement[0].select.keys.count + 1
    // Behind the figures of all stand the printed rows.
    let tail = statement[0].select.printedRows == nil ? 0 : 1
    let rows: [[SQLValue]]
    do throws(ClusterFault) {
      tell()
      let answered = try cluster.ask(statement[0].select.text(showing: figures))
      guard answered.names.count == head + figures.count + tail else {
        throw .unexpected("\(answered.names.count) columns", at: cluster.addresses[0])
      }
      rows = answered.rows
    } catch {
      note(error)
      return []
    }
    let reader = SelectAnswer(catalog, memory.codes)
    var result: [(Int, MeasureTable)] = []
    var first = head
    for wanted in statement {
      let own = first..<first + wanted.select.figures.count
      first = own.upperBound
      let part = statement.count == 1 ? rows : rows.map { $0[..<head] + $0[own] + $0.suffix(tail) }
      let metric = catalog.metric(named: planned[wanted.place].use.measure.metric)
      let source = metric?.sources[wanted.select.sourceIndex]
      result.append(
        (
          wanted.place,
          try reader.table(
            wanted.select, part, by: frame.dimensions,
            isZeroWhenEmpty: source?.aggregate.isZeroWhenEmpty ?? false)
        ))
    }
    return result
  }

  private func note(_ fault: ClusterFault) {
    found.withLock { $0 = $0 ?? fault }
  }
}

extension ClusterFault {
  /// A definition that divides, rounds or tests texts row by row.
  fileprivate static func notSent(_ metric: String, _ dataset: String) -> ClusterFault {
    ClusterFault(
      .budget,
      "\(metric) is computed row by row from \(dataset), which a cluster is not asked for: "
        + "load the files of these periods",
      "\(metric) 要由 \(dataset) 逐行计算，不能交给集群：请载入这些时期的文件")
  }
}
