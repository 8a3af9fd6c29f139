// SQLSelect.swift: a planned measure arrives; one SELECT for each of the data sets that answer it
// leaves.
//
// Only filters, keys and whole-number aggregates are sent. Everything whose result could differ
// between databases — division, rounding, ranks, ties, order — is done here, once, for all engines.

import Catalog
import Planning
import Syntax

/// What the figures of a SELECT mean.
package struct SQLSelect: Sendable, Hashable {
  package enum Aggregate: Sendable, Hashable {
    /// `_n`, the number of rows, is the value.
    case rows
    /// `_a0` is the sum, `_a1` how many rows had a value.
    case sum
    /// The same, with year and quarter as the last two keys: the latest stands.
    case last
    /// `_a0` is the least, `_a1` the greatest; the same value where they are equal.
    case same
    /// `_a0`
    case max, min
    /// `_a0` counts the different values.
    case distinct
    /// The value is the last key, `_n` how often it stands there.
    case median
  }
  package var dataset: String
  package var sourceIndex: Int
  /// How many key columns each dimension of the groups takes.
  package var keyWidths: [Int]
  package var aggregate: Aggregate
  /// Sums and values are in units of 10^−places.
  package var places: Int
  /// Expressions without their names `_k0`, `_k1`, …
  package var keys: [String]
  /// The same of `_a0`, `_a1`, …
  package var figures: [String]
  /// FROM and WHERE, a line each.
  package var rows: [String]
  /// How many printed rows a group is made of, where tables are printed: the last of the figures.
  package var printedRows: String?
  /// Over more rows a sum of 64 bits, which a server lets wrap, could be wrong.
  package var mostRows: Int64
  let dialect: SQLDialect

  package var text: String { text(showing: figures) }

  /// The statement with these figures, which may be of several measures over the same rows, and
  /// behind them the printed rows.
  package func text(showing figures: [String]) -> String {
    let names = keys.indices.map { "_k\($0)" }
    let columns =
      zip(keys, names).map { "\($0) AS \($1)" } + ["\(dialect.countRows) AS _n"]
    let all = figures + (printedRows.map { [$0] } ?? [])
    let own = all.enumerated().map { "  \($1) AS _a\($0)" }
    let head = (["SELECT \(columns.joined(separator: ", "))"] + own).joined(separator: ",\n")
    var lines = [head] + rows
    if !names.isEmpty { lines.append("GROUP BY \(names.joined(separator: ", "))") }
    return lines.joined(separator: "\n")
  }
}

/// What a data set is asked for a measure.
package enum SQLPart: Sendable, Hashable {
  case select(SQLSelect)
  /// The rows are added by this program: the definition divides, rounds or tests texts.
  case ownEngine(dataset: String, sourceIndex: Int)
}

/// One SELECT for each data set that answers the measure.
///
/// - Parameters:
///   - dimensions: the groups, in the order of the keys `_k0`, `_k1`, …
///   - months: `Month.index` of the months in scope.
///   - ignored: dimensions whose tests are not applied.
///   - loads: of each data set those whose rows count; nil: every row counts.
/// - Complexity: O(members of the dimensions named)
package func sqlParts(
  of planned: PlannedMeasure, by dimensions: [String], months: [Int],
  ignoring ignored: Set<String> = [], in catalog: Catalog, for dialect: SQLDialect,
  loads: [String: [Int64]]? = nil
) -> [SQLPart] {
  guard let metric = catalog.metric(named: planned.use.measure.metric) else { return [] }
  var result: [SQLPart] = []
  for (index, source) in metric.sources.enumerated() {
    let parts = planned.parts.filter { $0.sourceIndex == index }
    guard !parts.isEmpty, let dataset = catalog.dataset(named: source.dataset) else { continue }
    let writer = SelectWriter(
      table: SQLTable(dataset, dialect), source: source, sourceIndex: index, parts: parts,
      condition: planned.condition?.without(ignored), months: months, catalog: catalog,
      loads: loads.map { $0[dataset.name] ?? [] })
    result.append(
      writer.select(by: dimensions).map { .select($0) }
        ?? .ownEngine(dataset: dataset.name, sourceIndex: index))
  }
  return result
}

private struct SelectWriter {
  let table: SQLTable
  let source: MetricSource
  let sourceIndex: Int
  let parts: [MeasurePart]
  let condition: Condition?
  let months: [Int]
  let catalog: Catalog
  /// nil: every row counts.
  let loads: [Int64]?

  private var conditions: ConditionSQL { ConditionSQL(table: table, catalog: catalog) }

  func select(by dimensions: [String]) -> SQLSelect? {
    guard let tests = tests(), let figure = figure() else { return nil }
    let keys = dimensions.map { conditions.keys($0) }
    var rows = ["FROM \(table.name)"]
    let kept = tests.filter { $0 != ConditionSQL.always }
    if !kept.isEmpty { rows.append("WHERE \(kept.joined(separator: " AND "))") }
    return SQLSelect(
      dataset: table.dataset.name, sourceIndex: sourceIndex, keyWidths: keys.map(\.count),
      aggregate: figure.aggregate, places: figure.places,
      keys: keys.flatMap { $0 } + figure.keys, figures: figure.columns, rows: rows,
      printedRows: figure.isWithPrintedRows ? printedRows(dimensions) : nil,
      mostRows: figure.mostRows, dialect: table.dialect)
  }

  // MARK: - Rows

  /// Joined with AND; nil where a test of the definition cannot be sent.
  private func tests() -> [String]? {
    var tests: [String] = [partsText]
    if let loads {
      let list = loads.sorted().map(String.init).joined(separator: ", ")
      tests.append(
        loads.isEmpty ? ConditionSQL.never : "\(table.column(.load)) IN (\(list))")
    }
    if let condition {
      switch condition {
      case .all(let parts): tests += parts.map { bracketed($0) }
      default: tests.append(bracketed(condition))
      }
    }
    for own in table.dataset.rowTests + [source.condition].compactMap({ $0 }) {
      guard let text = ColumnTestSQL(table: table).text(own) else { return nil }
      if case .any = own.kind { tests.append("(\(text))") } else { tests.append(text) }
    }
    return tests
  }

  private func bracketed(_ condition: Condition) -> String {
    if case .any = condition { return "(\(conditions.text(condition)))" }
    return conditions.text(condition)
  }

  /// The periods and members that this data set answers for.
  private var partsText: String {
    var byPeriods: [(periods: String, members: [[String: Set<String>]])] = []
    for part in parts {
      let periods = conditions.periods(months, quarters: Set(part.quarters.map(\.index)))
      // What the condition fixes already need not be said twice.
      let members = part.members.filter { !isFixed($0.key, $0.value) }
      if let index = byPeriods.firstIndex(where: { $0.periods == periods }) {
        byPeriods[index].members.append(members)
      } else {
        byPeriods.append((periods, [members]))
      }
    }
    let texts = byPeriods.map { group in
      let members = text(of: group.members)
      return [group.periods, members].filter { $0 != ConditionSQL.always }
        .joined(separator: " AND ")
    }
    if texts.contains("") { return ConditionSQL.always }
    guard texts.count != 1 else { return texts[0] }
    return "(" + texts.joined(separator: " OR ") + ")"
  }

  /// Members that differ in one dimension are one list.
  private func text(of parts: [[String: Set<String>]]) -> String {
    func test(_ members: [String: Set<String>]) -> String {
      members.sorted { $0.key < $1.key }.map {
        conditions.text(.isMember($0.key, conditions.inOrder($0.value)))
      }.joined(separator: " AND ")
    }
    if parts.contains(where: \.isEmpty) { return ConditionSQL.always }
    if let only = parts.first?.keys.first, parts.allSatisfy({ Array($0.keys) == [only] }) {
      return test([only: parts.reduce(into: []) { $0.formUnion($1[only] ?? []) }])
    }
    guard parts.count != 1 else { return test(parts[0]) }
    return "(" + parts.map(test).joined(separator: " OR ") + ")"
  }

  private func isFixed(_ dimension: String, _ members: Set<String>) -> Bool {
    let tests: [Condition] =
      switch condition {
      case .all(let parts)?: parts
      case let single?: [single]
      case nil: []
      }
    return tests.contains { test in
      if case .isMember(dimension, let names) = test { return members.isSuperset(of: names) }
      return false
    }
  }

  /// Rows of one unit that are joined are remarked (R08); not where each stands alone.
  private func printedRows(_ dimensions: [String]) -> String? {
    guard dimensions.count <= 1, !dimensions.contains("row"),
      let own = table.dataset.dimensions.first(where: { $0.dimension == "row" }),
      case .column(let id) = own.source, table.dataset.column(named: id)?.type == .text
    else { return nil }
    return table.dialect.distinct(table.dialect.nullIfBlank(table.column(id)))
  }

  // MARK: - Figures

  private struct Figure {
    var aggregate: SQLSelect.Aggregate
    var columns: [String] = []
    var keys: [String] = []
    var places = 0
    var mostRows = Int64.max
    /// A group is one row of the result.
    var isWithPrintedRows: Bool { keys.isEmpty }
  }

  private func figure() -> Figure? {
    guard case .apply(let function, let expression) = source.aggregate else {
      return Figure(aggregate: .rows)
    }
    if function == .distinct { return distinct(expression) }
    let quarters = Set(parts.flatMap(\.quarters)).sorted()
    guard let value = ExpressionSQL(table: table, quarters: quarters).text(expression) else {
      return nil
    }
    let (text, places) = (value.text, value.places)
    let sum = ["sum(\(text))", "count(\(text))"]
    switch function {
    case .sum, .last:
      // Values of so many bits each leave so many rows before the sign.
      guard value.bits < 62 else { return nil }
      var figure = Figure(aggregate: .sum, columns: sum, places: places)
      figure.mostRows = 1 << Int64(62 - value.bits)
      guard function == .last else { return figure }
      figure.aggregate = .last
      figure.keys = [table.column(.year), table.column(.quarter)]
      return figure
    case .same:
      return Figure(aggregate: .same, columns: ["min(\(text))", "max(\(text))"], places: places)
    case .max: return Figure(aggregate: .max, columns: ["max(\(text))"], places: places)
    case .min: return Figure(aggregate: .min, columns: ["min(\(text))"], places: places)
    case .median: return Figure(aggregate: .median, keys: [text], places: places)
    case .distinct: return nil
    }
  }

  private func distinct(_ expression: ExpressionSyntax) -> Figure? {
    guard case .measure(let name, _) = expression.kind,
      let column = table.dataset.column(named: name.text)
    else { return nil }
    let id = table.column(column.name)
    let value = column.type == .text ? table.dialect.nullIfBlank(id) : id
    return Figure(aggregate: .distinct, columns: [table.dialect.distinct(value)])
  }
}
