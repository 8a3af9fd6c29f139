// LoadContents.swift: the rows of a load arrive; what they cover leaves as one text for the
// register, so that whoever connects need not read a row; and back.

import Catalog
import Columns
import Execution
import Syntax

/// What a load covers, issuer by issuer.
struct LoadContents: Sendable, Hashable {
  var parts: [DistantPartition] = []

  /// - Parameter notices: those that the partitions may have come from.
  /// - Complexity: as of `summary(of:_:_:)`
  init(
    _ partitions: [Partition], _ table: ClusterTable, _ catalog: Catalog, _ notices: [NoticeInfo]
  ) {
    for partition in partitions {
      let known = partition.summary ?? summary(of: partition, table.dataset, catalog)
      var members: [String: [String]] = [:]
      for dimension in table.dataset.dimensions {
        guard case .column(let id) = dimension.source else { continue }
        members[id] = Self.texts(of: id, in: partition)
      }
      parts.append(
        DistantPartition(
          dataset: partition.dataset, issuer: partition.issuer,
          quarterIndex: partition.quarterIndex, rowCount: partition.rowCount, summary: known,
          members: members,
          notice: notices.first {
            $0.issuer == partition.issuer && $0.period.index == partition.quarterIndex
          }))
    }
  }

  private static func texts(of id: String, in partition: Partition) -> [String] {
    if let texts = partition.dictionary(of: id) { return texts.filter { !$0.isEmpty } }
    guard let column = partition.column(named: id) else { return [] }
    if case .integers(let numbers, _) = column.storage {
      return numbers.distinctValues.map(column.memberName)
    }
    var seen: Set<String> = []
    return (0..<partition.rowCount).compactMap { row in
      guard let text = column.text(row), !text.isEmpty, seen.insert(text).inserted else {
        return nil
      }
      return text
    }
  }

  // MARK: - Text

  // Lines of fields, escaped as rows are:
  //   part      issuer  rows  dimension …
  //   covers    quarter  rows  member …  then the names of columns with values
  //   members   column  text …
  //   notice    county
  //   weight    channel  annex  column  digits  places

  var text: String {
    var lines = TabSeparatedText()
    for part in parts {
      lines.addLine(["part", part.issuer, "\(part.rowCount)"] + part.summary.dimensions)
      for covered in part.summary.combinations {
        lines.addLine(
          ["covers", "\(covered.quarterIndex)", "\(covered.rowCount)"] + covered.members
            + covered.filledColumns)
      }
      for (column, texts) in part.members.sorted(by: { $0.key < $1.key }) {
        lines.addLine(["members", column] + texts)
      }
      guard let notice = part.notice else { continue }
      lines.addLine(["notice", notice.county])
      for weight in notice.printedWeights {
        lines.addLine([
          "weight", weight.channel, "\(weight.annex)", weight.column, "\(weight.digits)",
          "\(weight.places)",
        ])
      }
    }
    return String(decoding: lines.bytes, as: UTF8.self)
  }

  /// nil where the text is none of ours.
  init?(_ text: String, of key: LoadKey) {
    for line in text.split(separator: "\n") {
      guard let fields = unescapedFields(of: line), take(fields, of: key) else { return nil }
    }
  }

  /// One line; false where it is none of ours.
  private mutating func take(_ fields: [String], of key: LoadKey) -> Bool {
    if fields.first == "part" {
      guard fields.count >= 3, let rows = Int(fields[2]) else { return false }
      parts.append(
        DistantPartition(
          dataset: key.dataset, issuer: fields[1], quarterIndex: key.quarterIndex, rowCount: rows,
          summary: PartitionSummary(dimensions: Array(fields[3...]), combinations: []),
          members: [:]))
      return true
    }
    guard let last = parts.indices.last else { return false }
    switch (fields.first, fields.count) {
    case ("covers", 3...):
      let count = parts[last].summary.dimensions.count
      guard let quarter = Int(fields[1]), let rows = Int(fields[2]), fields.count >= 3 + count
      else { return false }
      parts[last].summary.combinations.append(
        PartitionSummary.Combination(
          quarterIndex: quarter, members: Array(fields[3..<3 + count]),
          filledColumns: Array(fields[(3 + count)...]), rowCount: rows))
    case ("members", 2...): parts[last].members[fields[1]] = Array(fields[2...])
    case ("notice", 2):
      guard let index = key.quarterIndex else { return false }
      var notice = NoticeInfo(period: Quarter(index: index))
      notice.issuer = parts[last].issuer
      notice.county = fields[1]
      parts[last].notice = notice
    case ("weight", 6):
      guard let annex = Int(fields[2]), let digits = Int64(fields[4]), let places = Int(fields[5])
      else { return false }
      parts[last].notice?.printedWeights.append(
        NoticeInfo.PrintedWeight(
          channel: fields[1], annex: annex, column: fields[3], digits: digits, places: places))
    default: return false
    }
    return true
  }
}

extension TabSeparatedText {
  fileprivate mutating func addLine(_ fields: [String]) {
    for field in fields { add(field) }
    endRow()
  }
}

extension Cluster {
  /// What the loads that count cover, of those named.
  package func readContents(
    of loads: [LoadKey: LiveLoad]
  ) throws(ClusterFault) -> [LoadKey: [DistantPartition]] {
    var result: [LoadKey: [DistantPartition]] = [:]
    let wanted = loads.filter { $0.value.rowCount > 0 }
    guard !wanted.isEmpty else { return result }
    // Each load is asked of one shard that has it.
    let byShard = Dictionary(grouping: wanted.values) { $0.shardRows.keys.min() ?? 0 }
    var texts: [Int64: [String: String]] = [:]
    for (shard, live) in byShard.sorted(by: { $0.key < $1.key }) {
      let list = live.map { String($0.load) }.sorted().joined(separator: ", ")
      let rows = try ask(
        "SELECT dataset AS _k0, load AS _k1, holds AS _k2, count() AS _n "
          + "FROM \(LoadRegister.name) WHERE shard = \(shard) AND load IN (\(list)) "
          + "GROUP BY _k0, _k1, _k2")
      for row in rows.rows {
        guard row.count == 4, let dataset = row[0].text, let load = row[1].whole,
          let text = row[2].text
        else { throw .unexpected("the register of loads", at: addresses[0]) }
        texts[load, default: [:]][dataset] = text
      }
    }
    for (key, live) in wanted {
      guard let text = texts[live.load]?[key.dataset], let contents = LoadContents(text, of: key)
      else { throw .noContents(of: key) }
      result[key] = contents.parts
    }
    return result
  }
}

extension ClusterFault {
  fileprivate static func noContents(of key: LoadKey) -> ClusterFault {
    ClusterFault(
      .server, "the register does not say what \(key.text) covers: push it again",
      "登记中没有 \(key.text) 的范围说明：请重新推送")
  }
}
