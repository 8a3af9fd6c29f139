// LiveLoads.swift: the register of loads arrives from the cluster; which rows count, and what they
// cover, leaves.
//
// A push writes its rows under a load of its own, and then one line into the register of every
// shard. The load that counts is the largest that every shard has a line of: until the last line
// stands, everybody goes on reading the load before, and whatever a crash leaves behind is never
// counted.

import Columns
import Syntax

/// What a load holds: a period of a data set.
package struct LoadKey: Sendable, Hashable, Comparable {
  package var dataset: String
  /// year × 4 + quarter − 1; nil: holds in every period.
  package var quarterIndex: Int?

  package init(dataset: String, quarterIndex: Int?) {
    self.dataset = dataset
    self.quarterIndex = quarterIndex
  }

  /// `2025Q3 orders`
  package var text: String {
    [quarterIndex.map { Quarter(index: $0).text }, dataset].compactMap { $0 }.joined(separator: " ")
  }

  /// As the register writes it; 0 where it holds in every period.
  var year: Int64 { Int64(quarterIndex.map { Quarter(index: $0).year } ?? 0) }
  var quarter: Int64 { Int64(quarterIndex.map { Quarter(index: $0).number } ?? 0) }

  package static func < (left: LoadKey, right: LoadKey) -> Bool {
    (left.quarterIndex ?? 0, left.dataset) < (right.quarterIndex ?? 0, right.dataset)
  }
}

/// A load that counts.
package struct LiveLoad: Sendable, Hashable {
  package var load: Int64
  package var rowCount: Int64
  /// How many of the rows each shard has.
  var shardRows: [Int64: Int64]
  var definition: UInt64
}

/// The register as it was read.
package struct LiveLoads: Sendable, Hashable {
  package var loads: [LoadKey: LiveLoad] = [:]
  /// Every load that any shard has a line of.
  var known: [LoadKey: Set<Int64>] = [:]
  /// The shards of the cluster.
  var shards: [Int64] = []

  /// The loads of each data set whose rows count.
  package var numbers: [String: [Int64]] {
    var result: [String: [Int64]] = [:]
    for (key, live) in loads where live.rowCount > 0 {
      result[key.dataset, default: []].append(live.load)
    }
    return result
  }

  var greatest: Int64 { known.values.reduce(into: 0) { $0 = max($0, $1.max() ?? 0) } }
}

/// The register's tables.
enum LoadRegister {
  static let name = "loads"
  static let localName = "loads_local"
  /// `holds` is what the load covers (`LoadContents`), on every shard the same.
  static let fields: [(name: String, type: String)] = [
    ("dataset", "String"), ("shard", "UInt16"), ("year", "UInt16"), ("quarter", "UInt8"),
    ("load", "UInt64"), ("rows", "UInt64"), ("shard_rows", "UInt64"), ("definition", "UInt64"),
    ("holds", "String"),
  ]

  static var creation: [String] {
    let list = fields.map { "\($0.name) \($0.type)" }.joined(separator: ", ")
    return [
      "CREATE TABLE IF NOT EXISTS \(localName) (\(list)) ENGINE = MergeTree() "
        + "ORDER BY (dataset, year, quarter, load)",
      "CREATE TABLE IF NOT EXISTS \(name) AS \(localName) ENGINE = "
        + "Distributed(\(clusterName), \(clusterName), \(localName))",
    ]
  }
}

extension Cluster {
  /// The numbers of the cluster's shards.
  func shardNumbers() throws(ClusterFault) -> [Int64] {
    let rows = try ask(
      "SELECT shard_num AS _k0, count() AS _n FROM system.clusters "
        + "WHERE cluster = '\(clusterName)' GROUP BY _k0")
    let shards = rows.rows.compactMap { $0.first?.whole }.sorted()
    guard !shards.isEmpty else { throw .noCluster(at: addresses[0]) }
    return shards
  }

  /// The register, read once.
  ///
  /// - Complexity: O(loads × shards)
  package func readLiveLoads() throws(ClusterFault) -> LiveLoads {
    var result = LiveLoads()
    result.shards = try shardNumbers()
    // Codes of all 64 bits are read in two halves: whole numbers here have a sign.
    let rows = try ask(
      "SELECT dataset AS _k0, year AS _k1, quarter AS _k2, load AS _k3, shard AS _k4, "
        + "max(rows) AS _a0, max(shard_rows) AS _a1, max(intDiv(definition, 4294967296)) AS _a2, "
        + "max(definition % 4294967296) AS _a3, count() AS _n "
        + "FROM \(LoadRegister.name) GROUP BY _k0, _k1, _k2, _k3, _k4")
    var lines: [LoadKey: [Int64: LiveLoad]] = [:]
    for row in rows.rows {
      guard row.count == 10, let dataset = row[0].text, let year = row[1].whole,
        let quarter = row[2].whole, let load = row[3].whole, let shard = row[4].whole,
        let rowCount = row[5].whole, let own = row[6].whole, let high = row[7].whole,
        let low = row[8].whole
      else { throw .unexpected("the register of loads", at: addresses[0]) }
      let index = year > 0 ? Int(year) &* 4 &+ Int(quarter) &- 1 : nil
      let key = LoadKey(dataset: dataset, quarterIndex: index)
      let definition = UInt64(truncatingIfNeeded: high) << 32 | UInt64(truncatingIfNeeded: low)
      var live =
        lines[key]?[load]
        ?? LiveLoad(load: load, rowCount: rowCount, shardRows: [:], definition: definition)
      live.shardRows[shard] = own
      lines[key, default: [:]][load] = live
      result.known[key, default: []].insert(load)
    }
    // A shard that is down says nothing at all; one that answers must have its line.
    let answering = Set(lines.values.flatMap(\.values).flatMap(\.shardRows.keys))
    let asked = settings.allowsPartial ? result.shards.filter(answering.contains) : result.shards
    for (key, loads) in lines {
      let whole = loads.values.filter { load in asked.allSatisfy { load.shardRows[$0] != nil } }
      result.loads[key] = whole.max { $0.load < $1.load }
    }
    return result
  }
}

extension ClusterFault {
  static func noCluster(at address: ServerAddress) -> ClusterFault {
    ClusterFault(
      .server, "\(address.host) has no cluster called \(clusterName) in its configuration",
      "\(address.host) 的配置中没有名为 \(clusterName) 的集群")
  }
}
