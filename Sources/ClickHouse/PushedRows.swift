// PushedRows.swift: the partitions of one period arrive; their rows leave as text for the cluster,
// block by block, and with them the sums that the cluster must come to.

import Catalog
import Columns
import Execution
import SQLGeneration
import Syntax

/// What the rows of a month come to: their number, and the sum of every column of numbers.
struct RowSums: Sendable, Hashable {
  var rowCount: Int64 = 0
  /// One for each column of numbers, in the order of the table.
  var sums: [Int64]

  init(columnCount: Int) { sums = Array(repeating: 0, count: columnCount) }
}

struct PushedRows {
  private struct Source {
    var rows: PartitionRows
    /// For each column of the table; nil where no row has a value.
    var columns: [Column?]
    /// Codes a dictionary's texts once.
    var codes: [[String]?]
    /// The texts that tell the shard: of the first column of the grain.
    var key: Column?
  }

  let key: LoadKey
  let load: Int64
  private let table: ClusterTable
  private let sources: [Source]

  static let blockRows = 200_000

  init(
    _ partitions: [Partition], of key: LoadKey, load: Int64, _ table: ClusterTable,
    _ catalog: Catalog
  ) {
    self.key = key
    self.load = load
    self.table = table
    sources = partitions.map { partition in
      let columns = table.columns.map { partition.column(named: $0.id) }
      let codes = zip(table.columns, columns).map { definition, column -> [String]? in
        guard definition.kind == .code, case .text(_, let texts)? = column?.storage else {
          return nil
        }
        return texts.map(Self.code)
      }
      let grain = table.dataset.grain.first.flatMap { partition.column(named: $0) }
      return Source(
        rows: PartitionRows(partition, table.dataset, catalog), columns: columns, codes: codes,
        key: grain?.isText == true ? grain : nil)
    }
  }

  /// What stands for a text that is only counted; a blank stays blank.
  private static func code(_ text: String) -> String {
    text.isEmpty ? "" : StableHash.hexadecimal(StableHash.of(text))
  }

  /// Hands on every block of up to 200,000 rows of one month, and adds them up.
  ///
  /// - Throws: what a column of the cluster cannot hold, and what `send` finds wrong.
  /// - Returns: the sums by month, as `year × 12 + month − 1`, or −1 for rows without one.
  /// - Complexity: O(rows × columns)
  func send(
    _ send: ([UInt8]) throws(ClusterFault) -> Void
  ) throws(ClusterFault) -> [Int: RowSums] {
    var result: [Int: RowSums] = [:]
    for source in sources {
      var byMonth: [Int: [Int]] = [:]
      for row in 0..<source.rows.partition.rowCount {
        byMonth[source.rows.month(row) ?? -1, default: []].append(row)
      }
      for (month, rows) in byMonth.sorted(by: { $0.key < $1.key }) {
        var sums = result[month] ?? RowSums(columnCount: numberColumns.count)
        var start = 0
        while start < rows.count {
          let block = rows[start..<min(start + Self.blockRows, rows.count)]
          start = block.endIndex
          var text = TabSeparatedText()
          for row in block { try add(row, source, month, to: &text, &sums) }
          try send(text.bytes)
        }
        result[month] = sums
      }
    }
    return result
  }

  /// Into the columns of the table.
  var numberColumns: [Int] {
    table.columns.indices.filter {
      [.number, .decimal, .flag].contains(table.columns[$0].kind)
    }
  }

  private func add(
    _ row: Int, _ source: Source, _ month: Int, to text: inout TabSeparatedText,
    _ sums: inout RowSums
  ) throws(ClusterFault) {
    var numberPlace = 0
    for (place, definition) in table.columns.enumerated() {
      let column = source.columns[place]
      switch definition.kind {
      case .word: text.add(column?.text(row) ?? "")
      case .code: text.add(code(row, column, source.codes[place]))
      case .flag, .number, .decimal:
        defer { numberPlace += 1 }
        guard let column, let value = column.number(row) else {
          text.addNull()
          continue
        }
        let number = try stored(value, column, definition)
        text.add(number)
        let (sum, isOverflowing) = sums.sums[numberPlace].addingReportingOverflow(number)
        guard !isOverflowing else { throw .tooLarge(definition.id, key) }
        sums.sums[numberPlace] = sum
      }
    }
    let quarter = source.rows.quarter(row).map { Quarter(index: $0) }
    text.add(Int64(quarter?.year ?? 0))
    text.add(Int64(quarter?.number ?? 0))
    text.add(Int64(month < 0 ? 0 : Month(index: month).number))
    text.add(source.rows.partition.issuer)
    text.add(rowKey(row, source))
    text.add(load)
    text.endRow()
    sums.rowCount += 1
  }

  private func code(_ row: Int, _ column: Column?, _ codes: [String]?) -> String {
    if let codes, case .text(let numbers, _)? = column?.storage { return codes[Int(numbers[row])] }
    return Self.code(column?.text(row) ?? "")
  }

  /// The same for all rows of an order.
  private func rowKey(_ row: Int, _ source: Source) -> UInt64 {
    if let text = source.key?.text(row), !text.isEmpty { return StableHash.of(text) }
    let place = UInt64(truncatingIfNeeded: row)
    return StableHash.mixed(place ^ UInt64(truncatingIfNeeded: load) << 32)
  }

  /// A number in the units of the table.
  private func stored(
    _ value: Int64, _ column: Column, _ definition: ClusterTable.StoredColumn
  ) throws(ClusterFault) -> Int64 {
    guard definition.kind == .decimal else {
      guard value.magnitude < 1 << SQLTable.wholeBits else { throw .tooLarge(definition.id, key) }
      return value
    }
    var scale = 0
    if case .integers(_, .decimal(let own)) = column.storage { scale = own }
    guard scale <= SQLTable.decimalPlaces else { throw .tooFine(definition.id, key) }
    var number = value
    for _ in scale..<SQLTable.decimalPlaces {
      let (product, isOverflowing) = number.multipliedReportingOverflow(by: 10)
      guard !isOverflowing else { throw .tooLarge(definition.id, key) }
      number = product
    }
    guard number.magnitude < 1 << SQLTable.decimalBits else {
      throw .tooLarge(definition.id, key)
    }
    return number
  }
}

extension ClusterFault {
  fileprivate static func tooLarge(_ column: String, _ key: LoadKey) -> ClusterFault {
    ClusterFault(
      .usage, "\(key.text): \(column) holds a number that is too large for the cluster",
      "\(key.text)：\(column) 中有集群存不下的大数")
  }

  fileprivate static func tooFine(_ column: String, _ key: LoadKey) -> ClusterFault {
    ClusterFault(
      .usage,
      "\(key.text): \(column) has more than \(SQLTable.decimalPlaces) decimal places",
      "\(key.text)：\(column) 的小数超过 \(SQLTable.decimalPlaces) 位")
  }
}
