// SelectAnswer.swift: the rows that a database gives for a SELECT arrive; the value of its measure
// for each group leaves.
//
// The database has filtered, grouped and added; what differs between databases — the middle of a
// median, the latest of a stock — is found here.

import Catalog
import Execution
import Planning
import SQLGeneration
import Syntax

package struct SelectAnswer {
  let catalog: Catalog
  let codes: DimensionCodes

  package init(_ catalog: Catalog, _ codes: DimensionCodes) {
    self.catalog = catalog
    self.codes = codes
  }

  /// - Parameters:
  ///   - rows: keys, `_n`, then the figures of this SELECT alone and the printed rows.
  ///   - dimensions: of the groups, in the order of the keys.
  ///   - isZeroWhenEmpty: whether a group without rows has the value 0.
  /// - Throws: `ExactOverflow` where a sum is over more rows than the database can add.
  /// - Complexity: O(rows)
  package func table(
    _ select: SQLSelect, _ rows: [[SQLValue]], by dimensions: [String], isZeroWhenEmpty: Bool
  ) throws(ExactOverflow) -> MeasureTable {
    var entries: [GroupKey: MeasureEntry] = [:]
    var seen: [GroupKey: [(value: Exact, count: Int64)]] = [:]
    let width = select.keyWidths.reduce(0, +)
    for row in rows {
      let rest = row.dropFirst(select.keys.count)
      guard let count = rest.first?.whole, count > 0 else { continue }
      guard count <= select.mostRows else { throw ExactOverflow() }
      let key = key(row, select.keyWidths, dimensions)
      var entry = entries[key] ?? MeasureEntry()
      let figures = rest.dropFirst().prefix(select.figures.count)
        .map { number($0, select.places) }
      if select.printedRows != nil { entry.rowCount = Int(rest.last?.whole ?? 0) }
      switch select.aggregate {
      case .rows: entry.value = Exact(count)
      case .sum, .max, .min, .distinct: entry.value = figures[0]
      case .same: take(figures, into: &entry)
      case .last: try take(figures, at: row[width...], into: &entry)
      case .median:
        if let value = number(row[width], select.places) {
          seen[key, default: []].append((value, count))
        }
      }
      entries[key] = entry
    }
    for (key, values) in seen { entries[key]?.value = try middle(values) }
    return MeasureTable(entries, isZeroWhenEmpty: isZeroWhenEmpty)
  }

  /// The least and the greatest of a group.
  private func take(_ figures: [Exact?], into entry: inout MeasureEntry) {
    guard let least = figures[0], let greatest = figures[1] else { return }
    if least == greatest { entry.value = least } else { entry.isDisagreeing = true }
  }

  /// - Parameter time: the year and quarter of the row.
  private func take(
    _ figures: [Exact?], at time: ArraySlice<SQLValue>, into entry: inout MeasureEntry
  ) throws(ExactOverflow) {
    guard let sum = figures[0], let year = time.first?.whole,
      let quarter = time.dropFirst().first?.whole
    else { return }
    let period = Int(year) &* 4 &+ Int(quarter) &- 1
    entry.flow = try (entry.flow ?? .zero).adding(sum)
    if period > entry.lastPeriod ?? Int.min {
      entry.value = sum
      entry.lastPeriod = period
    }
  }

  private func number(_ value: SQLValue, _ places: Int) -> Exact? {
    value.whole.flatMap { Exact(digits: $0, scale: places) }
  }

  /// The mean of the two in the middle where they are two.
  private func middle(_ values: [(value: Exact, count: Int64)]) throws(ExactOverflow) -> Exact? {
    let sorted = values.sorted { $0.value < $1.value }
    let count = sorted.reduce(0) { $0 + $1.count }
    func value(at place: Int64) -> Exact? {
      var rest = place
      for (value, count) in sorted {
        if rest < count { return value }
        rest -= count
      }
      return nil
    }
    guard count > 0, let upper = value(at: count / 2) else { return nil }
    guard count % 2 == 0, let lower = value(at: count / 2 - 1) else { return upper }
    return try lower.adding(upper).divided(by: Exact(2))
  }

  // MARK: - Keys

  private func key(_ row: [SQLValue], _ widths: [Int], _ dimensions: [String]) -> GroupKey {
    var key: GroupKey = []
    var place = 0
    for (dimension, width) in zip(dimensions, widths) {
      let own = row[place..<place + width]
      place += width
      switch catalog.dimension(named: dimension)?.timeUnit {
      case .month: key.append(time(own, perYear: 12))
      case .quarter: key.append(time(own, perYear: 4))
      case .year:
        let year = own.first?.whole ?? 0
        key.append(year > 0 ? Int(year) : -1)
      case nil: key.append(own.first.map { codes.code(name($0), of: dimension) } ?? -1)
      }
    }
    return key
  }

  /// −1 for a row without the time.
  private func time(_ parts: ArraySlice<SQLValue>, perYear: Int) -> Int {
    guard let year = parts.first?.whole, let number = parts.dropFirst().first?.whole, number > 0
    else { return -1 }
    return Int(year) &* perYear &+ Int(number) &- 1
  }

  private func name(_ value: SQLValue) -> String {
    switch value {
    case .null: ""
    case .whole(let number): String(number)
    case .text(let text): text
    }
  }
}
