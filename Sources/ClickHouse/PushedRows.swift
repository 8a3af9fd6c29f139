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
    /// One for each column of the table.
    var cells: [PushedCells]
    /// The texts that tell the shard: of the first column of the grain.
    var key: Column?
    var issuer: [UInt8]
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
      let grain = table.dataset.grain.first.flatMap { partition.column(named: $0) }
      return Source(
        rows: PartitionRows(partition, table.dataset, catalog),
        cells: table.columns.map { PushedCells($0, partition.column(named: $0.id)) },
        key: grain?.isText == true ? grain : nil,
        issuer: TabSeparatedText.escaped(partition.issuer))
    }
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
  var numberColumns: [Int] { table.columns.indices.filter { table.columns[$0].kind.isNumber } }

  private func add(
    _ row: Int, _ source: Source, _ month: Int, to text: inout TabSeparatedText,
    _ sums: inout RowSums
  ) throws(ClusterFault) {
    var numberPlace = 0
    for place in source.cells.indices {
      switch source.cells[place] {
      case .words(let codes, let texts): text.add(escaped: texts[Int(codes[row])])
      case .texts(let column): text.add(column.text(row) ?? "")
      case .codes(let column): text.add(PushedCells.code(column.text(row) ?? ""))
      case .blank: text.add(escaped: [])
      case .absent:
        text.addNull()
        numberPlace += 1
      case .numbers(let numbers, let missing, let scale):
        if missing?[row] == true {
          text.addNull()
        } else {
          let number = try scale.stored(numbers[row], table.columns[place].id, key)
          text.add(number)
          let (sum, isOverflowing) = sums.sums[numberPlace].addingReportingOverflow(number)
          guard !isOverflowing else { throw .tooLarge(table.columns[place].id, key) }
          sums.sums[numberPlace] = sum
        }
        numberPlace += 1
      }
    }
    let quarter = source.rows.quarter(row).map { Quarter(index: $0) }
    text.add(Int64(quarter?.year ?? 0))
    text.add(Int64(quarter?.number ?? 0))
    text.add(Int64(month < 0 ? 0 : Month(index: month).number))
    text.add(escaped: source.issuer)
    text.add(rowKey(row, source))
    text.add(load)
    text.endRow()
    sums.rowCount += 1
  }

  /// The same for all rows of an order.
  private func rowKey(_ row: Int, _ source: Source) -> UInt64 {
    if let text = source.key?.text(row), !text.isEmpty { return StableHash.of(text) }
    let place = UInt64(truncatingIfNeeded: row)
    return StableHash.mixed(place ^ UInt64(truncatingIfNeeded: load) << 32)
  }
}

/// One column of a partition as the cluster takes it.
private enum PushedCells {
  /// Texts by their code, escaped; coded where they are only counted.
  case words(PackedIntegers, [[UInt8]])
  /// Texts that hardly two rows share.
  case texts(Column), codes(Column)
  case numbers(PackedIntegers, MissingRows?, PushedScale)
  /// No row has a value: of texts, of numbers.
  case blank, absent

  init(_ definition: ClusterTable.StoredColumn, _ column: Column?) {
    guard let column else {
      self = definition.kind.isNumber ? .absent : .blank
      return
    }
    switch (column.storage, definition.kind) {
    case (.text(let codes, let dictionary), let kind):
      let texts = kind == .code ? dictionary.map(Self.code) : dictionary
      self = .words(codes, texts.map(TabSeparatedText.escaped))
    case (.numbered, .code): self = .codes(column)
    case (.numbered, _): self = .texts(column)
    case (.integers(let numbers, let meaning), let kind):
      var scale = 0
      if case .decimal(let own) = meaning { scale = own }
      self = .numbers(numbers, column.missing, PushedScale(kind, scale))
    }
  }

  /// What stands for a text that is only counted; a blank stays blank.
  static func code(_ text: String) -> String {
    text.isEmpty ? "" : StableHash.hexadecimal(StableHash.of(text))
  }
}

/// From the units of a column to those of the table.
private struct PushedScale {
  /// nil: more decimal places than the table has.
  private let factor: Int64?
  private let bits: Int

  init(_ kind: ClusterTable.Kind, _ places: Int) {
    let isDecimal = kind == .decimal
    bits = isDecimal ? SQLTable.decimalBits : SQLTable.wholeBits
    let missing = isDecimal ? SQLTable.decimalPlaces - places : 0
    factor = missing < 0 ? nil : (0..<missing).reduce(1) { power, _ in power * 10 }
  }

  func stored(
    _ value: Int64, _ column: String, _ key: LoadKey
  ) throws(ClusterFault) -> Int64 {
    guard let factor else { throw .tooFine(column, key) }
    let (number, isOverflowing) = value.multipliedReportingOverflow(by: factor)
    guard !isOverflowing, number.magnitude < 1 << bits else { throw .tooLarge(column, key) }
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
