// Headline.swift: the rows of an answer arrive; the one sentence above the table leaves, or none.
//
// Only figures of the answer and its exact ratios are worded; no causes and no advice (console.md
// 8.1).

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  func headline(_ rows: [FigureRow], _ everything: [FigureRow]) throws(ExactOverflow) -> String? {
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
    return isTime ? nil : try extremeEnd(rows)
  }

  private func unit(_ column: QueryColumn) -> String {
    language == .chinese ? column.quantity?.unit.map { " " + $0 } ?? "" : ""
  }

  /// H1
  private func oneFigure(_ row: FigureRow) throws(ExactOverflow) -> String? {
    guard case .isMember(_, let members)? = query.condition?.flattened.first,
      members.count == 1
    else { return nil }
    var parts: [String] = []
    for (index, column) in query.columns.prefix(2).enumerated()
    where columns.indices.contains(index) {
      let shown = try cells(row.values)[index].shown
      parts.append(say(column.label) + " " + shown + unit(column))
    }
    return members[0] + say(Bilingual(": ", " "))
      + parts.joined(separator: say(Bilingual(", ", "，")))
  }

  /// H2, H3, H5
  private func largest(_ rows: [FigureRow], _ dimension: String, isTime: Bool)
    throws(ExactOverflow) -> String?
  {
    guard let column = query.columns.first, query.top?.isBottom != true else { return nil }
    let isRanked = evaluation.ranked(groups, frame)
    let ranked = rows.filter { isRanked($0.index) }
    guard let most = ranked.compactMap({ $0.first }).max(), !most.isZero,
      let whole = try evaluation.value(
        column.formula, [], Frame(dimensions: [], months: query.months)
      ).exact, !whole.isZero
    else { return nil }
    let leaders = ranked.filter { $0.first == most }
    let style = CellStyle(kind: column.kind, format: column.format)
    let figure = try AnswerCell(.exact(most), style, kind: .count).shown
    let total = try AnswerCell(.exact(whole), style, kind: .count).shown
    let names = leaders.prefix(3).map { label($0.key[0], of: dimension).shown }
    let unit = unit(column)
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
          names.joined(separator: "、") + " 并列最多，各 \(figure)\(unit)"))
    }
    let share = try most.divided(by: whole) ?? .zero
    let percent = try share.multiplied(by: Exact(100)).text(places: 2)
    if isTime {
      return say(
        Bilingual(
          "most in \(names[0]): \(figure), \(percent)% of all \(total)",
          "\(names[0]) 最多，\(figure)\(unit)，占全部 \(total)\(unit)的 \(percent)%"))
    }
    return say(
      Bilingual(
        "\(names[0]) \(figure), \(percent)% of all \(total)",
        "\(names[0]) \(figure)\(unit)，占全部 \(total)\(unit)的 \(percent)%"))
  }

  /// H10: an empty answer says what was looked through.
  private func nothingFits(_ everything: [FigureRow]) throws(ExactOverflow) -> String? {
    guard let dimension = query.groups.last.flatMap({ catalog.dimension(named: $0) }) else {
      return nil
    }
    var parts: [String] = []
    for column in query.columns {
      let whole = try evaluation.value(
        column.formula, [], Frame(dimensions: [], months: query.months))
      let style = CellStyle(kind: column.kind, format: column.format)
      let shown = try AnswerCell(whole, style, kind: .count).shown
      parts.append(say(column.label) + " " + shown + unit(column))
    }
    let figures = parts.joined(separator: say(Bilingual(", ", "，")))
    return say(
      Bilingual(
        "no \(dimension.name) fits: \(everything.count) looked through, \(figures)",
        "没有符合条件的\(dimension.label.chinese)：查看 \(everything.count) 个，\(figures)"))
  }
}
