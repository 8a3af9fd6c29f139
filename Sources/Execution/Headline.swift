// Headline.swift: the rows of an answer arrive; the one sentence above the table leaves, or none.
//
// Only figures of the answer and its exact ratios are worded; no causes and no advice (console.md
// 8.1).

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  func headline(_ rows: FigureRows, _ everything: FigureRows) throws(ExactOverflow) -> String? {
    guard let first = query.columns.first else { return nil }
    if query.versus != nil { return try comparisonHeadline(rows) }
    if !query.assumptions.isEmpty {
      guard let row = rows.first else { return nil }
      return try whatIfHeadline(row)
    }
    if rows.isEmpty { return try nothingFits(everything) }
    if query.groups.isEmpty { return try oneFigure(rows[0]) }
    guard query.groups.count == 1, let dimension = query.groups.first else {
      return try largestCell(rows)
    }
    let isTime = catalog.dimension(named: dimension)?.timeUnit != nil
    if first.isAdditive { return try largest(rows, dimension, isTime: isTime) }
    return isTime ? nil : try extremeEnd(rows, of: everything)
  }

  private func unit(_ column: QueryColumn) -> String {
    language == .chinese ? column.quantity?.unit.map { " " + $0 } ?? "" : ""
  }

  /// H1
  private func oneFigure(_ row: FigureRow) throws(ExactOverflow) -> String? {
    guard let subject else { return nil }
    var parts: [String] = []
    for (index, column) in query.columns.prefix(2).enumerated() {
      parts.append(worded(column, try cells(row.values)[index].shown))
    }
    let figures = parts.joined(separator: say(Bilingual(", ", "，")))
    return say(Bilingual("\(subject): \(figures)", behind(subject, figures)))
  }

  /// The rows that take part in rankings with the greatest or the least figure of the first column,
  /// and that figure; nil where no row has one.
  ///
  /// - Complexity: O(rows)
  func leaders(_ rows: FigureRows, isMost: Bool) -> (rows: [Int], figure: Exact)? {
    guard let column = rows.table.figures.first, let ends = ends(rows) else { return nil }
    let isRanked = evaluation.ranked(groups, frame)
    let end = isMost ? ends.most : ends.least
    let found = rows.rows.filter {
      column.hasFigure($0) && column.order($0, end) == 0 && isRanked($0)
    }
    return column[end].exact.map { (found, $0) }
  }

  /// The first of these rows with the least and with the greatest figure of the first column.
  ///
  /// - Complexity: O(rows)
  func ends(_ rows: FigureRows) -> (least: Int, most: Int)? {
    rows.table.figures.first?.extremes(
      among: rows.rows.lazy.filter(evaluation.ranked(groups, frame)))
  }

  /// H2, H3, H5
  private func largest(_ rows: FigureRows, _ dimension: String, isTime: Bool)
    throws(ExactOverflow) -> String?
  {
    guard let column = query.columns.first, query.top?.isBottom != true else { return nil }
    guard let (leaders, most) = leaders(rows, isMost: true), !most.isZero,
      let all = try evaluation.value(
        column.formula, [], Frame(dimensions: [], months: query.months)
      ).exact, !all.isZero
    else { return nil }
    let style = CellStyle(kind: column.kind, format: column.format)
    let figure = try AnswerCell(.exact(most), style, kind: .count).shown
    let total = try AnswerCell(.exact(all), style, kind: .count).shown
    let names = leaders.prefix(3).map { spoken(groups.code($0, 0), of: dimension) }
    let unit = unit(column)
    let whole = "占全部 \(total)\(unit.isEmpty ? " " : unit)的"
    if leaders.count > 3 {
      let plural = catalog.dimension(named: dimension)?.label.chinese ?? ""
      return say(
        Bilingual(
          "\(leaders.count) \(dimension)s tie with \(figure) each",
          "\(leaders.count) 个\(plural)并列最多，各 \(figure)\(unit)"
        ))
    }
    if leaders.count > 1 {
      return say(
        Bilingual(
          names.joined(separator: " and ") + ", \(figure) each, most",
          behind(names.joined(separator: "、"), "并列最多，各 \(figure)\(unit)")))
    }
    let share = try most.divided(by: all) ?? .zero
    let percent = try share.multiplied(by: Exact(100)).text(places: 2)
    if isTime {
      return say(
        Bilingual(
          "most in \(names[0]): \(figure), \(percent)% of all \(total)",
          behind(names[0], "最多，\(figure)\(unit)，\(whole) \(percent)%")))
    }
    return say(
      Bilingual(
        "\(names[0]) \(figure), \(percent)% of all \(total)",
        "\(names[0]) \(figure)\(unit)，\(whole) \(percent)%"))
  }

  /// H10: an empty answer says what was looked through, and how much that is.
  private func nothingFits(_ everything: FigureRows) throws(ExactOverflow) -> String? {
    guard let dimension = query.groups.last.flatMap({ catalog.dimension(named: $0) }) else {
      return nil
    }
    var parts = [counted(everything.count, dimension)]
    if let volume = try volume() { parts.append(volume) }
    for column in query.columns {
      let all = try evaluation.value(
        column.formula, [], Frame(dimensions: [], months: query.months))
      let style = CellStyle(kind: column.kind, format: column.format)
      parts.append(worded(column, try AnswerCell(all, style, kind: .count).shown))
    }
    return say(
      Bilingual(
        "no \(dimension.name) fits: " + parts.joined(separator: ", "),
        "没有符合条件的\(dimension.label.chinese)：" + parts.joined(separator: "，")))
  }

  /// `镇街 8 个`: groups of one parent have its name.
  private func counted(_ count: Int, _ dimension: Dimension) -> String {
    let parent = dimension.parent.flatMap { catalog.dimension(named: $0) }
    for case .isMember(let name, let members) in query.condition?.flattened ?? []
    where name == parent?.name && members.count == 1 {
      let chinese = parent?.members.first { $0.name == members[0] }?.chinese ?? members[0]
      return say(Bilingual("\(count) \(members[0])s", "\(chinese) \(count) 个"))
    }
    return say(Bilingual("\(count) \(dimension.name)s", "共 \(count) 个"))
  }

  /// The first metric of the catalogue, which says how much there was to begin with; nil where it
  /// is asked for anyway, or the data cannot say.
  private func volume() throws(ExactOverflow) -> String? {
    guard let metric = catalog.metrics.first, metric.kind == .count,
      !query.columns.contains(where: { $0.metric == metric.name }),
      let (column, value) = try wholeFigure(of: metric)
    else { return nil }
    let style = CellStyle(kind: column.kind, format: column.format)
    return worded(column, try AnswerCell(.exact(value), style, kind: .count).shown)
  }
}
