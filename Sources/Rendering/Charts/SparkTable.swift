// SparkTable.swift: an answer with a time dimension arrives, the same table leaves with its periods
// drawn into one column; the first and the last value stay as columns.

import Columns
import Syntax

/// The table with one text of marks a metric.
func sparkTable(_ answer: Answer, _ options: RenderOptions) throws(ChartObstacle) -> Answer {
  let table = try SparkTable(answer)
  var result = table.answer
  for (column, trends) in table.trends {
    for (row, trend) in trends.enumerated() {
      let marks = AnswerCell.text(spark(trend.map(\.value), options))
      if row < result.rows.count {
        result.rows[row].cells[column] = marks
      } else {
        result.totals?.cells[column] = marks
      }
    }
  }
  return result
}

/// An answer whose periods became first value, an empty column for the drawing, last value.
struct SparkTable {
  private(set) var answer: Answer
  /// By column: the points of each row, and behind them those of the totals.
  private(set) var trends: [Int: [[ChartPoint]]] = [:]

  init(_ whole: Answer) throws(ChartObstacle) {
    let (source, groups) = try Self.pivot(of: whole)
    let dimensions = Array(0..<source.dimensionCount)
    answer = source
    answer.columns = dimensions.map { source.columns[$0] }
    for group in groups {
      guard let first = group.columns.first, let last = group.columns.last else { continue }
      trends[answer.columns.count + 1] = []
      answer.columns += [
        source.columns[first],
        AnswerColumn(
          name: "trend \(group.metric)", label: source.language == .chinese ? "走势" : "Trend",
          kind: .text), source.columns[last],
      ]
    }
    let rows = source.rows.map { converted($0, of: source, groups) }
    answer.rows = AnswerRows(rows)
    answer.totals = source.totals.map { converted($0, of: source, groups) }
  }

  private static func pivot(of answer: Answer) throws(ChartObstacle) -> (Answer, [PivotGroup]) {
    let measures = answer.columns.indices.filter { answer.columns[$0].isNumeric }
    guard !measures.isEmpty else { throw .noFigure }
    if let groups = pivotGroups(of: answer.columns, measures) {
      guard groups.allSatisfy({ $0.members.allSatisfy { TimePoint($0) != nil } }) else {
        throw .noTime
      }
      return (answer, groups)
    }
    let timeDimension = (0..<min(answer.dimensionCount, answer.columns.count)).first { dimension in
      !answer.rows.isEmpty
        && answer.rows.allSatisfy { row in
          row.role == .subtotal
            || row.cells.count > dimension
              && rawText(of: row.cells[dimension]).map { TimePoint($0) != nil } == true
        }
    }
    guard let timeDimension else { throw .noTime }
    return (
      pivoted(answer, on: timeDimension, measures),
      pivotGroupsOfPivoted(measureCount: measures.count, answer, timeDimension)
    )
  }

  private mutating func converted(
    _ row: AnswerRow, of source: Answer, _ groups: [PivotGroup]
  ) -> AnswerRow {
    var cells = (0..<source.dimensionCount).map {
      row.cells.indices.contains($0) ? row.cells[$0] : .blank
    }
    for group in groups {
      let values = group.columns.map { row.cells.indices.contains($0) ? row.cells[$0] : .undefined }
      let prefix = sharedPrefix(of: group.columns.map { source.columns[$0].label })
      trends[cells.count + 1]?.append(
        zip(group.columns, values).map { column, cell in
          ChartPoint(
            label: String(source.columns[column].label.dropFirst(prefix.count)),
            value: numericValue(of: cell), shown: cell.shown)
        })
      cells += [values.first ?? .undefined, .text(""), values.last ?? .undefined]
    }
    return AnswerRow(cells, role: row.role)
  }
}

/// One mark a period, from zero to the greatest value of the row; undefined is a blank.
func spark(_ values: [Double?], _ options: RenderOptions) -> String {
  let marks: [Character] =
    options.drawsASCII
    ? Array("0123456789") : ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  let greatest = values.compactMap { $0 }.max() ?? 0
  return String(
    values.map { value in
      guard let value else { return " " }
      guard value > 0, greatest > 0 else { return marks[0] }
      let level = steps(value, of: greatest, count: marks.count - 1)
      return marks[min(marks.count - 1, max(0, level))]
    })
}

// MARK: - `by` a time dimension

/// The distinct periods of a dimension in the order of time, each with its printed form.
private func periods(of answer: Answer, _ dimension: Int) -> [(raw: String, shown: String)] {
  var seen: [String: (order: Int, shown: String)] = [:]
  for row in answer.rows where row.role != .subtotal && row.cells.count > dimension {
    guard let raw = rawText(of: row.cells[dimension]), let time = TimePoint(raw) else { continue }
    seen[raw] = (time.index, row.cells[dimension].shown)
  }
  return seen.sorted { ($0.value.order, $0.key) < ($1.value.order, $1.key) }
    .map { (raw: $0.key, shown: $0.value.shown) }
}

/// The rows of one group become one row with a column a metric and period.
private func pivoted(_ answer: Answer, on dimension: Int, _ measures: [Int]) -> Answer {
  let periods = periods(of: answer, dimension)
  let others = (0..<answer.dimensionCount).filter { $0 != dimension }
  var result = answer
  result.dimensionCount = others.count
  result.totals = nil
  result.columns = others.map { answer.columns[$0] }
  for measure in measures {
    let column = answer.columns[measure]
    result.columns += periods.map { period in
      AnswerColumn(
        name: "\(column.name) \(period.raw)", label: "\(column.label) \(period.shown)",
        kind: column.kind, isAdditive: column.isAdditive)
    }
  }
  var places: [String: Int] = [:]
  for (place, period) in periods.enumerated() { places[period.raw] = place }
  result.rows = []
  var rowOfKey: [[UInt8]: Int] = [:]
  for row in answer.rows where row.role != .subtotal && row.cells.count == answer.columns.count {
    guard let raw = rawText(of: row.cells[dimension]), let place = places[raw] else { continue }
    // Names are compared as bytes: canonically equal texts may be two members.
    var key: [UInt8] = []
    for other in others { key += Array((rawText(of: row.cells[other]) ?? "").utf8) + [0xFF] }
    if rowOfKey[key] == nil {
      rowOfKey[key] = result.rows.count
      let empty = [AnswerCell](repeating: .undefined, count: measures.count * periods.count)
      result.rows.append(AnswerRow(others.map { row.cells[$0] } + empty, role: row.role))
    }
    guard let target = rowOfKey[key] else { continue }
    for (index, measure) in measures.enumerated() {
      result.rows[target].cells[others.count + index * periods.count + place] = row.cells[measure]
    }
  }
  result.foot = foot(of: answer, counting: result)
  return result
}

/// The foot counts the rows that are seen, not those that became one.
private func foot(of answer: Answer, counting table: Answer) -> [String] {
  func words(_ answer: Answer) -> String {
    let count = answer.rows.count { $0.role == .body }
    return answer.language == .chinese ? "\(count) 行" : "\(count) row" + (count == 1 ? "" : "s")
  }
  guard let first = answer.foot.first, first.hasPrefix(words(answer)) else { return answer.foot }
  return [words(table) + first.dropFirst(words(answer).count)] + answer.foot.dropFirst()
}

private func pivotGroupsOfPivoted(
  measureCount: Int, _ answer: Answer, _ dimension: Int
) -> [PivotGroup] {
  let members = periods(of: answer, dimension).map(\.raw)
  let first = answer.dimensionCount - 1
  return (0..<measureCount).map { index in
    let start = first + index * members.count
    return PivotGroup(
      metric: String(index), columns: Array(start..<start + members.count), members: members)
  }
}
