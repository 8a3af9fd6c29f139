// SQLiteAggregator.swift: a store arrives and is put into SQLite; the generated SQL answers for it.

import Catalog
import Columns
import Execution
import Planning
import SQLGeneration
import Syntax
import Testing

/// An engine that knows nothing but the SQL that SQLGeneration writes.
final class SQLiteAggregator: Aggregator {
  private let database: SQLiteDatabase
  private let catalog: Catalog
  private let codes: DimensionCodes
  private let memory: MemoryAggregator
  /// How many statements were answered by SQLite, and how many are not sent.
  private(set) var sentCount = 0
  private(set) var unsentCount = 0

  init(_ store: Store, _ catalog: Catalog) throws {
    database = try SQLiteDatabase()
    self.catalog = catalog
    codes = DimensionCodes(catalog)
    memory = MemoryAggregator(store, catalog)
    try database.rows("BEGIN")
    for dataset in catalog.datasets {
      let table = SQLTable(dataset, .sqlite)
      try database.rows(table.creation)
      for partition in store.partitions where partition.dataset == dataset.name {
        try fill(table, PartitionRows(partition, dataset, catalog))
      }
    }
    try database.rows("COMMIT")
  }

  private func fill(_ table: SQLTable, _ rows: PartitionRows) throws {
    let partition = rows.partition
    for row in 0..<partition.rowCount {
      var values: [SQLiteDatabase.Value] = []
      for column in table.stored {
        values.append(try value(partition.column(named: column.name), column, row))
      }
      let quarter = rows.quarter(row).map { Quarter(index: $0) }
      values.append(.whole(Int64(quarter?.year ?? 0)))
      values.append(.whole(Int64(quarter?.number ?? 0)))
      values.append(.whole(Int64(rows.month(row).map { Month(index: $0).number } ?? 0)))
      values.append(.text(partition.issuer))
      let literals = values.map(\.literal).joined(separator: ", ")
      try database.rows("INSERT INTO \(table.name) VALUES (\(literals))")
    }
  }

  private func value(_ column: Column?, _ definition: DatasetColumn, _ row: Int) throws
    -> SQLiteDatabase.Value
  {
    guard let column else { return definition.type == .text ? .text("") : .null }
    switch column.storage {
    case .text, .numbered: return .text(try #require(column.text(row)))
    case .integers(let values, let meaning):
      if column.missing?[row] == true { return .null }
      guard case .decimal(let scale) = meaning else { return .whole(values[row]) }
      let exact = try #require(Exact(digits: values[row], scale: scale))
      let scaled = try exact.multiplied(by: Exact(10_000))
      return .whole(try #require(scaled.whole, "\(column.name) has too many places"))
    }
  }

  // MARK: - Asking

  func table(_ planned: PlannedMeasure, _ frame: Frame) throws(ExactOverflow) -> MeasureTable {
    var table = MeasureTable()
    let parts = sqlParts(
      of: planned, by: frame.dimensions, months: frame.months, ignoring: frame.ignoredDimensions,
      in: catalog, for: .sqlite)
    for part in parts {
      switch part {
      case .ownEngine(_, let index):
        unsentCount += 1
        var own = planned
        own.parts = planned.parts.filter { $0.sourceIndex == index }
        try table.join(memory.table(own, frame))
      case .select(let select):
        sentCount += 1
        do {
          try table.join(answered(select, planned, frame))
        } catch let overflow as ExactOverflow {
          throw overflow
        } catch {
          Issue.record(error)
        }
      }
    }
    // How many printed rows were joined is a remark about the rows and no figure.
    let own = try memory.table(planned, frame)
    var entries: [GroupKey: MeasureEntry] = [:]
    for key in table.groups.keys {
      entries[key] = table.entry(of: key)
      entries[key]?.rowCount = own.entry(of: key)?.rowCount ?? 0
    }
    return MeasureTable(entries, isZeroWhenEmpty: table.isZeroWhenEmpty)
  }

  private func answered(_ select: SQLSelect, _ planned: PlannedMeasure, _ frame: Frame) throws
    -> MeasureTable
  {
    var entries: [GroupKey: MeasureEntry] = [:]
    let metric = catalog.metric(named: planned.use.measure.metric)
    let aggregate = metric?.sources[select.sourceIndex].aggregate
    var seen: [GroupKey: [(value: Exact, count: Int64)]] = [:]
    for row in try database.rows(select.text) {
      let width = select.keyWidths.reduce(0, +)
      let key = key(Array(row[..<width]), select.keyWidths, frame.dimensions)
      let rest = Array(row[select.keys.count...])
      guard case .whole(let count) = rest[0], count > 0 else { continue }
      var entry = entries[key] ?? MeasureEntry()
      defer { entries[key] = entry }
      let figures = rest.dropFirst().map { number($0, select.places) }
      switch select.aggregate {
      case .rows: entry.value = Exact(count)
      case .sum, .max, .min, .distinct: entry.value = figures[0]
      case .same:
        guard let least = figures[0], let greatest = figures[1] else { continue }
        if least == greatest { entry.value = least } else { entry.isDisagreeing = true }
      case .last:
        guard let sum = figures[0], case .whole(let year) = row[width],
          case .whole(let quarter) = row[width + 1]
        else { continue }
        let period = Int(year) * 4 + Int(quarter) - 1
        entry.flow = try (entry.flow ?? .zero).adding(sum)
        if period > entry.lastPeriod ?? Int.min {
          entry.value = sum
          entry.lastPeriod = period
        }
      case .median:
        if let value = number(row[width], select.places) {
          seen[key, default: []].append((value, count))
        }
      }
    }
    for (key, values) in seen { entries[key]?.value = try middle(values) }
    return MeasureTable(entries, isZeroWhenEmpty: aggregate?.isZeroWhenEmpty ?? false)
  }

  private func number(_ value: SQLiteDatabase.Value, _ places: Int) -> Exact? {
    guard case .whole(let number) = value else { return nil }
    return Exact(digits: number, scale: places)
  }

  private func middle(_ values: [(value: Exact, count: Int64)]) throws -> Exact? {
    let all = values.sorted { $0.value < $1.value }
      .flatMap { Array(repeating: $0.value, count: Int($0.count)) }
    guard !all.isEmpty else { return nil }
    let upper = all[all.count / 2]
    if all.count % 2 == 1 { return upper }
    return try all[all.count / 2 - 1].adding(upper).divided(by: Exact(2))
  }

  private func key(_ values: [SQLiteDatabase.Value], _ widths: [Int], _ dimensions: [String])
    -> GroupKey
  {
    var key: GroupKey = []
    var rest = values[...]
    for (dimension, width) in zip(dimensions, widths) {
      let own = Array(rest.prefix(width))
      rest = rest.dropFirst(width)
      switch catalog.dimension(named: dimension)?.timeUnit {
      case .month: key.append(time(own, perYear: 12))
      case .quarter: key.append(time(own, perYear: 4))
      case .year:
        if case .whole(let year) = own[0], year > 0 {
          key.append(Int(year))
        } else {
          key.append(-1)
        }
      case nil: key.append(codes.code(text(own[0]), of: dimension))
      }
    }
    return key
  }

  private func time(_ parts: [SQLiteDatabase.Value], perYear: Int) -> Int {
    guard case .whole(let year) = parts[0], case .whole(let number) = parts[1], number > 0 else {
      return -1
    }
    return Int(year) * perYear + Int(number) - 1
  }

  private func text(_ value: SQLiteDatabase.Value) -> String {
    switch value {
    case .null: ""
    case .whole(let number): String(number)
    case .text(let text): text
    }
  }
}
