// SQLiteAggregator.swift: a store arrives and is put into SQLite; the generated SQL answers for it.

import Catalog
import ClickHouse
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
    return table
  }

  private func answered(_ select: SQLSelect, _ planned: PlannedMeasure, _ frame: Frame) throws
    -> MeasureTable
  {
    let source = catalog.metric(named: planned.use.measure.metric)?.sources[select.sourceIndex]
    return try SelectAnswer(catalog, codes).table(
      select, database.rows(select.text).map { $0.map(\.answered) }, by: frame.dimensions,
      isZeroWhenEmpty: source?.aggregate.isZeroWhenEmpty ?? false)
  }
}

extension SQLiteDatabase.Value {
  /// The same as every database answers.
  fileprivate var answered: SQLValue {
    switch self {
    case .null: .null
    case .whole(let number): .whole(number)
    case .text(let text): .text(text)
    }
  }
}
