// Chart.swift: an answer arrives, what a drawing shows leaves: charts, their panels, their points.

import Columns
import Syntax

struct ChartPoint: Hashable {
  var label: String
  /// nil: undefined; nothing is drawn, `shown` says `-`.
  var value: Double?
  var shown: String
  var share: String?
  var time: TimePoint?
  /// Of a change: for better or worse.
  var ink: Ink?
}

/// The bars or the line of one group.
struct ChartPanel: Hashable {
  var title: String?
  var points: [ChartPoint]
}

/// Panels that share one scale.
struct Chart: Hashable {
  var title: String?
  var kind: AnswerColumnKind
  var panels: [ChartPanel]
  /// The total, written below the bars; it has no bar, which would dwarf the others.
  var total: ChartPoint?

  var values: [Double] { panels.flatMap { $0.points.compactMap(\.value) } }
}

/// Why an answer is shown as a table instead of a drawing.
struct ChartObstacle: Error, Hashable {
  var reason: Bilingual

  /// As it stands below the table.
  var text: Bilingual { Bilingual("not drawn: \(reason.english)", "未画图：\(reason.chinese)") }

  static let noDimension = ChartObstacle(
    reason: Bilingual("a chart needs a dimension", "图需要一个维度"))
  static let noFigure = ChartObstacle(
    reason: Bilingual("there is no figure", "没有可画的数"))
  static let noTime = ChartObstacle(
    reason: Bilingual("line and spark need month, quarter or year", "线图和走势需要月、季度或年"))
  private static let othersAreNoTime = ChartObstacle(
    reason: Bilingual(
      "the others are no period; without `with others` there is a drawing",
      "其余不是一个时期；去掉“附 其余”就能画"))

  /// The same, more exactly: the periods are there, and the others stand among them.
  func explained(by answer: Answer) -> ChartObstacle {
    guard self == .noTime else { return self }
    let measures = answer.columns.indices.filter { answer.columns[$0].isNumeric }
    let pivot = pivotGroups(of: answer.columns, measures, allowsSingle: true) ?? []
    let members = pivot.flatMap(\.members)
    let isAcross =
      members.contains("others")
      && members.allSatisfy { $0 == "others" || TimePoint($0) != nil }
    let isDown =
      answer.rows.contains { $0.role == .others }
      && (0..<answer.dimensionCount).contains { dimension in
        answer.rows.allSatisfy { row in
          row.role != .body
            || row.cells.count > dimension
              && rawText(of: row.cells[dimension]).map { TimePoint($0) != nil } == true
        }
      }
    return isAcross || isDown ? .othersAreNoTime : self
  }
}

/// The charts of an answer: one a metric; `across` gives a panel a row, several dimensions a panel
/// a group.
func charts(of answer: Answer, _ options: RenderOptions) throws(ChartObstacle) -> [Chart] {
  guard answer.dimensionCount > 0, answer.dimensionCount <= answer.columns.count else {
    throw .noDimension
  }
  let measures = answer.columns.indices.filter {
    answer.columns[$0].isNumeric && !isDerived(answer.columns[$0])
  }
  guard !measures.isEmpty else { throw .noFigure }
  let source = ChartSource(
    answer: answer, rows: options.drawnRows(of: answer).filter { $0.role != .subtotal },
    options: options)
  if let pivot = pivotGroups(of: answer.columns, measures) {
    return pivot.map { source.chart(ofPivot: $0, isOnly: pivot.count == 1) }
  }
  return measures.map { source.chart(ofMeasure: $0, isOnly: measures.count == 1) }
}

/// A share or a rank stands beside the bar of its metric and has none of its own.
private func isDerived(_ column: AnswerColumn) -> Bool {
  isShare(column) || column.name == "rank" || column.name.hasPrefix("rank ")
}

private func isShare(_ column: AnswerColumn) -> Bool {
  column.name == "share" || column.name.hasPrefix("share ")
}

/// Columns `overdue 2024-10`, `overdue 2024-11` of one metric, made by `across`.
struct PivotGroup: Hashable {
  var metric: String
  var columns: [Int]
  /// The member of each column.
  var members: [String]
}

/// nil where the columns are no pivot: a metric of its own has no blank in its name.
///
/// - Parameter allowsSingle: also a metric with one member is a group.
func pivotGroups(
  of columns: [AnswerColumn], _ measures: [Int], allowsSingle: Bool = false
) -> [PivotGroup]? {
  var groups: [PivotGroup] = []
  for index in measures {
    let name = columns[index].name
    guard let blank = name.firstIndex(of: " ") else { return nil }
    let metric = String(name[..<blank])
    let member = String(name[name.index(after: blank)...])
    guard let first = member.unicodeScalars.first, !"+-*/(".unicodeScalars.contains(first) else {
      return nil
    }
    if let group = groups.firstIndex(where: { $0.metric == metric }) {
      groups[group].columns.append(index)
      groups[group].members.append(member)
    } else {
      groups.append(PivotGroup(metric: metric, columns: [index], members: [member]))
    }
  }
  guard !groups.isEmpty else { return nil }
  return allowsSingle || groups.allSatisfy { $0.columns.count >= 2 } ? groups : nil
}

/// What all column labels begin with (`Overdue 10`, `Overdue 11`): said once, in the title.
func sharedPrefix(of labels: [String]) -> String {
  guard var prefix = labels.first?.prefix(while: { $0 != " " }), labels.count > 1 else { return "" }
  prefix = labels[0].prefix(prefix.count + 1)
  return prefix.last == " " && labels.allSatisfy { $0.hasPrefix(prefix) } ? String(prefix) : ""
}

/// An answer on its way into charts.
private struct ChartSource {
  var answer: Answer
  var rows: [AnswerRow]
  var options: RenderOptions

  func chart(ofPivot group: PivotGroup, isOnly: Bool) -> Chart {
    let whole = group.columns.map { options.inLine(answer.columns[$0].label) }
    let prefix = sharedPrefix(of: whole)
    let labels = zip(whole, group.members).map { label, member in
      spoken(member).map { prefix + $0 } ?? label
    }
    let title = prefix.isEmpty ? options.inLine(group.metric) : String(prefix.dropLast())
    var chart = Chart(
      title: isOnly ? nil : title, kind: answer.columns[group.columns[0]].kind, panels: [])
    if answer.form == .line, answer.dimensionCount == 1,
      !group.members.allSatisfy({ TimePoint($0) != nil })
    {
      // Time goes down the rows (`by quarter across kind`): a line is a column.
      chart.panels = zip(group.columns, labels).map { column, label in
        ChartPanel(title: String(label.dropFirst(prefix.count)), points: points(ofColumn: column))
      }
      return chart
    }
    chart.panels = rows.map { row in
      let points = zip(group.columns, zip(labels, group.members)).map { column, names in
        point(
          label: String(names.0.dropFirst(prefix.count)), time: TimePoint(names.1),
          cell: cell(row, column))
      }
      return ChartPanel(title: label(of: row, Array(0..<answer.dimensionCount)), points: points)
    }
    return chart
  }

  private func points(ofColumn column: Int) -> [ChartPoint] {
    rows.map { row in
      point(
        label: label(of: row, [0]), time: TimePoint(rawLabel(of: row, 0)), cell: cell(row, column))
    }
  }

  /// The rows of one group make a panel, wherever they stand; names are compared as bytes.
  func chart(ofMeasure column: Int, isOnly: Bool) -> Chart {
    let labelled = labelDimension
    let others = (0..<answer.dimensionCount).filter { $0 != labelled }
    let shares = shares(ofMeasure: column)
    var panels: [ChartPanel] = []
    var panelOfGroup: [[UInt8]: Int] = [:]
    for (index, row) in rows.enumerated() {
      var point = point(
        label: label(of: row, [labelled]), time: TimePoint(rawLabel(of: row, labelled)),
        cell: cell(row, column))
      point.share = shares?[index]
      point.ink = changeInk(of: cell(row, column), in: answer.columns[column])
      let title = label(of: row, others)
      let panel = panelOfGroup[Array(title.utf8)] ?? panels.count
      if panel == panels.count {
        panelOfGroup[Array(title.utf8)] = panel
        panels.append(ChartPanel(title: others.isEmpty ? nil : title, points: []))
      }
      panels[panel].points.append(point)
    }
    var chart = Chart(
      title: isOnly ? nil : options.inLine(answer.columns[column].label),
      kind: answer.columns[column].kind, panels: panels)
    if let totals = answer.totals {
      chart.total = point(label: label(of: totals, [0]), time: nil, cell: cell(totals, column))
      chart.total?.value = nil
    }
    return chart
  }

  private func cell(_ row: AnswerRow, _ column: Int) -> AnswerCell {
    column < row.cells.count ? row.cells[column] : .undefined
  }

  /// The dimension along which points stand: for a line the first that is time, else the last.
  private var labelDimension: Int {
    let last = answer.dimensionCount - 1
    guard answer.form == .line else { return last }
    return (0...last).first { dimension in
      rows.allSatisfy { TimePoint(rawLabel(of: $0, dimension)) != nil }
    } ?? last
  }

  private func label(of row: AnswerRow, _ dimensions: [Int]) -> String {
    dimensions.map { dimension in
      let cell = cell(row, dimension)
      let period = answer.columns[dimension].name == "month" ? rawText(of: cell) : nil
      return period.flatMap(spoken) ?? options.inLine(options.shown(cell))
    }.joined(separator: " ")
  }

  private func spoken(_ period: String) -> String? {
    TimePoint(period)?.spoken(in: answer.year, answer.language)
  }

  private func rawLabel(of row: AnswerRow, _ dimension: Int) -> String {
    rawText(of: cell(row, dimension)) ?? ""
  }

  private func point(label: String, time: TimePoint?, cell: AnswerCell) -> ChartPoint {
    ChartPoint(
      label: label, value: numericValue(of: cell), shown: options.inLine(options.shown(cell)),
      share: nil, time: time)
  }

  /// The share column of the answer if it has one, else the parts of the whole in percent.
  private func shares(ofMeasure column: Int) -> [String]? {
    let next = column + 1
    if next < answer.columns.count, isShare(answer.columns[next]) {
      return rows.map { options.inLine(options.shown(cell($0, next))) }
    }
    guard answer.columns[column].isAdditive else { return nil }
    return percentages(
      of: rows.map { cell($0, column).raw }, total: answer.totals.map { cell($0, column).raw })
  }
}

func numericValue(of cell: AnswerCell) -> Double? {
  switch cell.raw {
  case .whole(let number): Double(number)
  case .number(let number): number.isFinite ? number : nil
  case .decimal(let text): Double(text)
  case .text, .none: nil
  }
}

/// Parts of a whole as `18.75%`, rounded half up from exact integers; nil where they are no parts
/// of a whole: negative, undefined, or beyond the range of integers.
func percentages(of parts: [AnswerCell.Raw], total: AnswerCell.Raw?) -> [String]? {
  var sum: Int64 = 0
  var numbers: [Int64] = []
  for part in parts {
    guard case .whole(let number) = part, number >= 0 else { return nil }
    let (next, isTooLarge) = sum.addingReportingOverflow(number)
    if isTooLarge { return nil }
    sum = next
    numbers.append(number)
  }
  if case .whole(let whole) = total { sum = whole }
  guard sum > 0 else { return nil }
  return numbers.map { number in
    let hundredths = (Int128(number) * 20_000 + Int128(sum)) / (2 * Int128(sum))
    let fraction = String(hundredths % 100)
    return "\(hundredths / 100)." + (fraction.utf8.count < 2 ? "0" : "") + fraction + "%"
  }
}
