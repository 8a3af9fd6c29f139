// PushedGround.swift: a ground and running servers arrive; the servers hold its rows, and engines
// that ask them leave.

import Catalog
import ClickHouse
import Columns
import Console
import Execution
import Loading
import Planning
import Support
import Syntax
import Synchronization
import Testing

let rules = buildCatalog(from: builtInRulebook()).catalog

func example(_ name: String) -> String { "\(projectFolder)/examples/\(name)" }

/// Milliseconds since the test began: loads are ordered by them.
private let loadClock = Atomic<Int64>(1_800_000_000_000)
let wallMilliseconds: @Sendable () -> Int64 = {
  loadClock.add(1, ordering: .relaxed).newValue
}

let quietSurroundings = ClusterSurroundings(
  milliseconds: wallMilliseconds, isStopped: { false })

/// Wants to stop from the n-th look on.
final class StopAfter: Sendable {
  private let looks: Atomic<Int>

  init(looks: Int) { self.looks = Atomic(looks) }

  var isWanted: Bool { looks.subtract(1, ordering: .relaxed).newValue <= 0 }
}

/// Breaks off at the n-th request, and at every one after it.
final class EndingTransport: Transport {
  private let inner = CurlTransport(authorityFile: nil)
  private let left: Atomic<Int>

  init(after count: Int) { left = Atomic(count) }

  func post(_ request: HTTPRequest, isStopped: () -> Bool) throws(TransportFault) -> HTTPAnswer {
    guard left.subtract(1, ordering: .relaxed).newValue >= 0 else {
      throw .broken("the test ends it")
    }
    return try inner.post(request, isStopped: isStopped)
  }
}

extension LoopbackCluster {
  func settings(
    as user: String, firstNode: Int = 0, to addresses: [String]? = nil
  ) throws -> ClusterSettings {
    let list = addresses ?? Array(self.addresses[firstNode...] + self.addresses[..<firstNode])
    return ClusterSettings(
      addresses: try ServerAddress.list(list.joined(separator: ","), allowsPlainText: false),
      user: user, key: key(of: user))
  }

  func cluster(as user: String, firstNode: Int = 0) throws -> Cluster {
    Cluster(
      try settings(as: user, firstNode: firstNode), by: CurlTransport(authorityFile: nil),
      quietSurroundings)
  }

  /// Every period of the loaded data.
  func push(
    _ ground: Ground, as user: String = "loader", to addresses: [String]? = nil,
    by transport: (any Transport)? = nil, _ catalog: Catalog = rules
  ) throws {
    let cluster = Cluster(
      try settings(as: user, to: addresses), by: transport ?? CurlTransport(authorityFile: nil),
      quietSurroundings)
    try push(ground.loaded.store, ground.loaded.notices, catalog, to: cluster)
  }

  private func push(
    _ store: Store, _ notices: [NoticeInfo], _ catalog: Catalog, to cluster: Cluster
  ) throws {
    let parts = Dictionary(grouping: store.partitions) {
      LoadKey(dataset: $0.dataset, quarterIndex: $0.quarterIndex)
    }
    var push = Push(cluster, catalog)
    try push.prepare(Set(parts.keys.map(\.dataset)))
    for (key, partitions) in parts.sorted(by: { $0.key < $1.key }) {
      _ = try push.push(partitions, of: key, from: notices)
    }
  }

  /// Pushes the rows of a small county, and asks for them alone.
  func engine(of ground: SmallGround) throws -> ClusterAggregator {
    let catalog = ground.vocabulary.catalog
    try push(ground.store, [], catalog, to: cluster(as: "loader"))
    let data = try ClusterData(cluster(as: "console"), for: catalog)
    var store = Store()
    store.distant = data.distant(besides: [])
    return data.engine(MemoryAggregator(store, catalog), store, catalog)
  }
}

func question(_ text: String) throws -> QuestionSyntax {
  guard case .query(let tree)? = parse(text).statements.first?.statement?.kind else {
    throw WrongQuestion(text: text)
  }
  return tree
}

struct WrongQuestion: Error {
  var text: String
}

/// What `orders` is that a cluster or a ground gives.
func orders(_ servers: LoopbackCluster) throws -> [Int] {
  let data = try ClusterData(servers.cluster(as: "console"), for: rules)
  return try ordersHere(Ground(rules, LoadedPieces(), cluster: data))
}

func ordersHere(_ ground: Ground) throws -> [Int] {
  let answer = try Pipeline(ground: ground, scope: .init()).answer(
    question("orders"), in: .english)
  return answer.rows.flatMap(\.cells).compactMap {
    if case .whole(let count) = $0.raw { Int(count) } else { nil }
  }
}
