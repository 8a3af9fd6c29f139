// Push.swift: loaded periods arrive; the cluster holds them afterwards, each as a whole, or holds
// what it held before.
//
// In order: tables are made or compared; the rows are sent under a new load; the cluster's own sums
// are compared with those of the rows; one line goes into the register of every shard, with which
// the load counts; loads that count no more are taken away. Whatever ends this early leaves the old
// load as the one that counts.

import Catalog
import Columns
import SQLGeneration
import Syntax

package struct Push {
  /// A node by the shard it holds.
  private struct ShardPlace {
    var shard: Int64
    var address: ServerAddress
  }

  private let cluster: Cluster
  private let catalog: Catalog
  private var nodes: [ShardPlace] = []
  /// A load without a line in the register is nobody's after a day, one that counts no more after
  /// an hour.
  private static let hourMilliseconds: Int64 = 3_600_000

  package init(_ cluster: Cluster, _ catalog: Catalog) {
    self.cluster = cluster
    self.catalog = catalog
  }

  // MARK: - Step 1: nodes and tables

  /// Finds a node of every shard and makes or compares the tables of the data sets.
  package mutating func prepare(_ datasets: Set<String>) throws(ClusterFault) {
    try findNodes()
    for node in nodes {
      for statement in LoadRegister.creation {
        try cluster.run(statement, at: node.address)
      }
      try compare(LoadRegister.localName, LoadRegister.fields, at: node.address)
      for name in datasets.sorted() {
        guard let table = table(of: name) else { continue }
        for statement in table.creation { try cluster.run(statement, at: node.address) }
        try compare(table.localName, table.fields, at: node.address)
      }
    }
  }

  private func table(of dataset: String) -> ClusterTable? {
    catalog.dataset(named: dataset).map { ClusterTable($0, catalog) }
  }

  private mutating func findNodes() throws(ClusterFault) {
    nodes = []
    for address in cluster.addresses {
      try cluster.run("CREATE DATABASE IF NOT EXISTS \(clusterName)", at: address, in: nil)
      let rows = try cluster.ask(
        "SELECT shard_num AS _k0, is_local AS _k1, count() AS _n FROM system.clusters "
          + "WHERE cluster = '\(clusterName)' GROUP BY _k0, _k1", at: address)
      let own = rows.rows.first { $0.count == 3 && $0[1].whole == 1 }?.first?.whole
      guard let own else { throw .noCluster(at: address) }
      if !nodes.contains(where: { $0.shard == own }) {
        nodes.append(ShardPlace(shard: own, address: address))
      }
      let missing = rows.rows.compactMap { $0.first?.whole }.sorted().first { shard in
        !nodes.contains { $0.shard == shard }
      }
      if let missing, address == cluster.addresses.last { throw .missingShard(missing) }
    }
  }

  private func compare(
    _ table: String, _ fields: [(name: String, type: String)], at address: ServerAddress
  ) throws(ClusterFault) {
    let bare = table.filter { $0 != "\"" }
    let rows = try cluster.ask(
      "SELECT name AS _k0, type AS _k1, count() AS _n FROM system.columns "
        + "WHERE database = '\(clusterName)' AND table = "
        + "\(SQLDialect.clickhouse.literal(bare)) GROUP BY _k0, _k1", at: address)
    var found: [String: String] = [:]
    for row in rows.rows where row.count == 3 {
      if let name = row[0].text, let type = row[1].text { found[name] = type }
    }
    for field in fields {
      let name = field.name.filter { $0 != "\"" }
      guard let type = found.removeValue(forKey: name), type == field.type else {
        throw .otherSchema(bare, name, at: address)
      }
    }
    if let extra = found.keys.sorted().first { throw .otherSchema(bare, extra, at: address) }
  }

  // MARK: - Steps 2 to 6

  /// Sends what is held of a period; no partitions take the period away.
  ///
  /// - Parameter notices: those that the partitions may have come from.
  /// - Returns: what kept loads that count no more from being taken away; they do not count all the
  ///   same.
  package func push(
    _ partitions: [Partition], of key: LoadKey, from notices: [NoticeInfo] = []
  ) throws(ClusterFault) -> ClusterFault? {
    guard let table = table(of: key.dataset) else { return nil }
    let before = try cluster.readLiveLoads()
    let load = max(cluster.surroundings.milliseconds(), before.greatest + 1)
    let rows = PushedRows(partitions, of: key, load: load, table, catalog)
    let sums = try rows.send { block throws(ClusterFault) in
      try cluster.insert(block, by: table.insertion, at: nodes[0].address)
    }
    do throws(ClusterFault) {
      try verify(rows, sums, table)
    } catch {
      // Rows that do not add up are nobody's; without a line in the register they never count.
      try? drop([load], of: key, table)
      throw error
    }
    let count = sums.values.reduce(0) { $0 + $1.rowCount }
    let contents = LoadContents(partitions, table, catalog, notices)
    try commit(load, of: key, table, rowCount: count, holds: contents.text)
    do throws(ClusterFault) {
      try clean(key, table, before: load)
      return nil
    } catch {
      return error
    }
  }

  /// The periods that the cluster has rows of.
  package func liveKeys(of quarterIndex: Int) throws(ClusterFault) -> [LoadKey] {
    try cluster.readLiveLoads().loads
      .filter { $0.key.quarterIndex == quarterIndex && $0.value.rowCount > 0 }.map(\.key).sorted()
  }

  /// Compares the rows and sums of every month with those that were sent.
  private func verify(
    _ rows: PushedRows, _ sums: [Int: RowSums], _ table: ClusterTable
  ) throws(ClusterFault) {
    let names = rows.numberColumns.map { table.table.column(table.columns[$0].id) }
    let figures = names.enumerated().map { "sum(\($1)) AS _a\($0)" }
    let (year, month) = (table.table.column(.year), table.table.column(.month))
    let sql =
      "SELECT \(year) AS _k0, \(month) AS _k1, "
      + (["count() AS _n"] + figures).joined(separator: ", ")
      + " FROM \(table.name) WHERE \(table.table.column(.load)) = \(rows.load) "
      + "GROUP BY _k0, _k1"
    var left = sums.filter { $0.value.rowCount > 0 }
    for row in try cluster.ask(sql).rows {
      guard row.count == 3 + names.count, let year = row[0].whole, let month = row[1].whole,
        let count = row[2].whole
      else { throw .unverified(rows.key) }
      let index = month > 0 ? Int(year) * 12 + Int(month) - 1 : -1
      guard let own = left.removeValue(forKey: index), own.rowCount == count,
        zip(own.sums, row.dropFirst(3)).allSatisfy({ $0 == $1.whole ?? 0 })
      else { throw .unverified(rows.key) }
    }
    if !left.isEmpty { throw .unverified(rows.key) }
  }

  /// From the last line on the load counts.
  private func commit(
    _ load: Int64, of key: LoadKey, _ table: ClusterTable, rowCount: Int64, holds: String
  ) throws(ClusterFault) {
    let insertion =
      "INSERT INTO \(LoadRegister.localName) "
      + "(\(LoadRegister.fields.map(\.name).joined(separator: ", "))) FORMAT TabSeparated"
    for node in nodes {
      let own = try cluster.ask(
        "SELECT count() AS _n FROM \(table.localName) "
          + "WHERE \(table.table.column(.load)) = \(load)", at: node.address)
      var line = TabSeparatedText()
      line.add(key.dataset)
      line.add(node.shard)
      line.add(key.year)
      line.add(key.quarter)
      line.add(load)
      line.add(rowCount)
      line.add(own.rows.first?.first?.whole ?? 0)
      line.add(table.definition)
      line.add(holds)
      line.endRow()
      try cluster.insert(line.bytes, by: insertion, at: node.address)
    }
  }

  /// Takes away rows that count no more: for an hour a question may still be reading them.
  private func clean(
    _ key: LoadKey, _ table: ClusterTable, before load: Int64
  ) throws(ClusterFault) {
    let registered = try cluster.readLiveLoads().known[key] ?? []
    let column = table.table.column(.load)
    let rows = try cluster.ask(
      "SELECT \(column) AS _k0, count() AS _n FROM \(table.name) "
        + "WHERE \(table.table.column(.year)) = \(key.year) "
        + "AND \(table.table.column(.quarter)) = \(key.quarter) GROUP BY _k0")
    let now = cluster.surroundings.milliseconds()
    let old = rows.rows.compactMap { $0.first?.whole }.filter { found in
      let hours: Int64 = registered.contains(found) ? 1 : 24
      return found < load && now - found > hours * Self.hourMilliseconds
    }
    try drop(old, of: key, table)
  }

  private func drop(
    _ loads: [Int64], of key: LoadKey, _ table: ClusterTable
  ) throws(ClusterFault) {
    guard !loads.isEmpty else { return }
    let months = key.quarterIndex.map { index -> [Int] in
      let first = Quarter(index: index).firstMonth.number
      return [0] + Array(first..<first + 3)
    }
    for node in nodes {
      for load in loads {
        for month in months ?? [0] {
          try cluster.run(
            "ALTER TABLE \(table.localName) DROP PARTITION (\(key.year), \(month), \(load))",
            at: node.address)
        }
      }
    }
  }
}

extension ClusterFault {
  fileprivate static func missingShard(_ shard: Int64) -> ClusterFault {
    ClusterFault(
      .usage, "shard \(shard) has no address in the list: name one node of every shard",
      "列表中没有第 \(shard) 分片的地址：每个分片要写一个节点")
  }

  fileprivate static func otherSchema(
    _ table: String, _ column: String, at address: ServerAddress
  ) -> ClusterFault {
    ClusterFault(
      .server,
      "\(address.text): column \(column) of \(table) is not as the rulebook defines it; "
        + "nothing was sent",
      "\(address.text)：\(table) 的列 \(column) 与规则的定义不同；没有发送任何数据")
  }

  fileprivate static func unverified(_ key: LoadKey) -> ClusterFault {
    ClusterFault(
      .server, "\(key.text): the cluster does not add up to what was sent; it is not used",
      "\(key.text)：集群合计与所发数据不符，未启用")
  }
}
