// ClusterData.swift: a cluster arrives; what it answers for leaves: the loads that count, and what
// they cover.

import Catalog
import Columns
import Execution
import Synchronization
import Syntax

/// The cluster as it was when its register was last read.
package struct ClusterData: Sendable {
  package let cluster: Cluster
  package private(set) var live: LiveLoads
  private var contents: [LoadKey: [DistantPartition]]
  private var readMilliseconds: Int64
  /// Of the rulebook alone: what a session defines changes no table.
  private let rules: Catalog
  private let statements = Statements()

  private final class Statements: Sendable {
    let count = Atomic(0)
  }

  /// How long what was read is trusted without another look.
  private static let trustedMilliseconds: Int64 = 60_000

  /// Reads the register.
  ///
  /// - Throws: where nobody answers, or a load was pushed by other definitions.
  package init(_ cluster: Cluster, for rules: Catalog) throws(ClusterFault) {
    self.cluster = cluster
    self.rules = rules
    readMilliseconds = cluster.surroundings.milliseconds()
    live = try cluster.readLiveLoads()
    try live.checkDefinitions(against: rules)
    contents = try cluster.readContents(of: live.loads)
  }

  /// Whether it is time for another look.
  package var isOld: Bool {
    cluster.surroundings.milliseconds() - readMilliseconds > Self.trustedMilliseconds
  }

  /// The same, read again; nil where the same loads count.
  package func reread() throws(ClusterFault) -> ClusterData? {
    var fresh = self
    fresh.readMilliseconds = cluster.surroundings.milliseconds()
    fresh.live = try cluster.readLiveLoads()
    guard fresh.live.loads != live.loads else { return nil }
    try fresh.live.checkDefinitions(against: rules)
    fresh.contents = try cluster.readContents(of: fresh.live.loads)
    return fresh
  }

  /// What the cluster answers for beside loaded partitions: these answer for their own periods.
  /// In the order in which it would be loaded, period by period: so members are met in the same.
  package func distant(besides partitions: [Partition]) -> [DistantPartition] {
    let near = Set(
      partitions.map { LoadKey(dataset: $0.dataset, quarterIndex: $0.quarterIndex) })
    let places = Dictionary(
      rules.datasets.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    func order(_ key: LoadKey) -> (Int, Int) {
      (key.quarterIndex ?? 0, places[key.dataset] ?? places.count)
    }
    return contents.filter { !near.contains($0.key) }.sorted { order($0.key) < order($1.key) }
      .flatMap(\.value)
  }

  /// How many statements were sent for questions.
  package var statementCount: Int { statements.count.load(ordering: .relaxed) }

  package func engine(
    _ memory: MemoryAggregator, _ store: Store, _ catalog: Catalog
  ) -> ClusterAggregator {
    ClusterAggregator(memory, cluster, store, catalog, loads: live.numbers) {
      statements.count.add(1, ordering: .relaxed)
    }
  }

  // MARK: - Shards that are down

  /// What an answer from the shards that are left lacks (`--partial`), for each period of the
  /// data sets; empty where every shard answers.
  ///
  /// - Parameter keys: the loads an answer is from.
  package func missing(from keys: Set<LoadKey>) -> [Bilingual] {
    guard cluster.settings.allowsPartial else { return [] }
    return keys.sorted().compactMap { key in
      guard let load = live.loads[key], load.rowCount > 0 else { return nil }
      let gone = live.shards.filter { load.shardRows[$0] == nil }
      guard !gone.isEmpty else { return nil }
      let there = load.shardRows.values.reduce(0, +)
      let percent = max(0, load.rowCount &- there) / max(1, load.rowCount / 100)
      let list = gone.map(String.init).joined(separator: ", ")
      let count = live.shards.count
      return Bilingual(
        "partial: shard \(list) of \(count) is missing; about \(percent)% of \(key.text)",
        "不完整：共 \(count) 个分片，缺第 \(list) 个，约为 \(key.text) 的 \(percent)%")
    }
  }
}

extension LiveLoads {
  /// Columns that the rulebook now defines otherwise would be asked in vain, or mean something
  /// else.
  fileprivate func checkDefinitions(against catalog: Catalog) throws(ClusterFault) {
    for (key, live) in loads.sorted(by: { $0.key < $1.key }) where live.rowCount > 0 {
      guard let dataset = catalog.dataset(named: key.dataset),
        ClusterTable(dataset, catalog).definition == live.definition
      else { throw .otherDefinition(key) }
    }
  }
}

extension ClusterFault {
  fileprivate static func otherDefinition(_ key: LoadKey) -> ClusterFault {
    ClusterFault(
      .server,
      "\(key.text) was pushed by other rules: push it again, or name those rules (--rules)",
      "\(key.text) 是按另一套规则推送的：请重新推送，或用 --rules 指定原来的规则")
  }
}
