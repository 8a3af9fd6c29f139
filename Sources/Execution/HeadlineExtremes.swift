// HeadlineExtremes.swift: rates, scores and comparisons arrive; the sentence that names their end
// or their change leaves (H4, H6, H7, H8).

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  private func shown(_ exact: Exact, _ column: QueryColumn) throws(ExactOverflow) -> String {
    let style = CellStyle(kind: column.kind, format: column.format)
    return try AnswerCell(.exact(exact), style, kind: column.kind.answerKind).shown
  }

  /// Up to three names; more are counted.
  private func names(_ rows: [Int]) -> Bilingual {
    if rows.count > 3 {
      let dimension = query.groups.last.flatMap { catalog.dimension(named: $0) }
      return Bilingual(
        "\(rows.count) \(dimension?.name ?? "row")s",
        "\(rows.count) 个\(dimension?.label.chinese ?? "组")")
    }
    let names = rows.map { spokenName(of: $0) }
    return Bilingual(names.joined(separator: " and "), names.joined(separator: "、"))
  }

  /// H4: the end that asks for attention, the worst by the metric's direction; with `top` or
  /// `bottom` the end that they ask for. One value for all is no end.
  func extremeEnd(_ rows: FigureRows, of everything: FigureRows) throws(ExactOverflow)
    -> String?
  {
    // Items of a score have full marks of their own: the lowest of them says nothing.
    guard let column = query.columns.first, [.ratio, .score].contains(column.kind),
      query.groups.allSatisfy({ catalog.dimension(named: $0)?.memberSource != .scheme })
    else { return nil }
    let isLow = query.top.map(\.isBottom) ?? (column.isHighBetter ?? true)
    guard let (found, end) = leaders(rows, isMost: !isLow), let own = ends(rows),
      let all = rows.count == everything.count ? own : ends(everything),
      let figures = rows.table.figures.first, let others = everything.table.figures.first,
      others.order(all.least, all.most) != 0,
      // Many with one value are no end, whatever is not shown.
      found.count <= 3 || figures.order(own.least, own.most) != 0
    else { return nil }
    let who = names(found)
    var figure = try shown(end, column)
    if found.count == 1, let parts = try parts(of: column, found[0]) { figure += parts }
    let word = isLow ? Bilingual("lowest", "最低") : Bilingual("highest", "最高")
    var text = Bilingual(
      "\(word.english) \(who.english) \(figure)", "\(word.chinese) \(who.chinese) \(figure)")
    let whole = Frame(dimensions: [], months: query.months)
    if column.kind == .ratio,
      let all = try evaluation.value(column.formula, [], whole).exact
    {
      let total = try shown(all, column)
      text.english += ", \(wholeName.english) \(total)"
      text.chinese += "，\(wholeName.chinese) \(total)"
    }
    return say(text)
  }

  /// ` (4 of 5)`: what a rate divides; nil where it is no quotient of whole numbers.
  private func parts(of column: QueryColumn, _ row: Int) throws(ExactOverflow) -> String? {
    guard case .product(let factors) = column.formula, factors.count == 2, factors[1].isDivided,
      let part = try evaluation.value(factors[0].formula, groups[row], frame).exact,
      part.whole != nil,
      let base = try evaluation.value(factors[1].formula, groups[row], frame).exact,
      base.whole != nil
    else { return nil }
    let above = try AnswerCell(.exact(part), .whole, kind: .count).shown
    let below = try AnswerCell(.exact(base), .whole, kind: .count).shown
    var unit = ""
    if case .measure(let measure) = factors[1].formula {
      unit = catalog.metric(named: measure.metric)?.quantity?.unit.map { " " + $0 } ?? ""
    }
    return say(Bilingual(" (\(above) of \(below))", "（\(below)\(unit)中 \(above)\(unit)）"))
  }

  /// H6: the largest of the cells of two dimensions.
  func largestCell(_ rows: FigureRows) throws(ExactOverflow) -> String? {
    guard let column = query.columns.first, column.isAdditive, query.top?.isBottom != true else {
      return nil
    }
    let whole = Frame(dimensions: [], months: query.months)
    guard let (leaders, most) = leaders(rows, isMost: true), !most.isZero,
      let all = try evaluation.value(column.formula, [], whole).exact, !all.isZero
    else { return nil }
    guard leaders.count == 1, let share = try most.divided(by: all) else { return nil }
    let (figure, total) = (try shown(most, column), try shown(all, column))
    let percent = try share.multiplied(by: Exact(100)).text(places: 2)
    let unit = column.quantity?.unit.map { " " + $0 } ?? ""
    let who = spokenName(of: leaders[0])
    return say(
      Bilingual(
        "most \(who): \(figure), \(percent)% of all \(total)",
        behind(
          who,
          "最多，\(figure)\(unit)，占全部 \(total)\(unit.isEmpty ? " " : unit)的 \(percent)%")))
  }

  // MARK: - Comparisons

  /// H7 for one figure, H8 for a dimension.
  func comparisonHeadline(_ rows: FigureRows) throws(ExactOverflow) -> String? {
    guard let versus = query.versus, versus.baseline != .all, let column = query.columns.first,
      [.count, .stock, .ratio, .score].contains(column.kind)
    else { return nil }
    if query.groups.isEmpty {
      guard let row = rows.first else { return nil }
      return try change(row, column, versus)
    }
    guard query.groups.count == 1, query.top == nil || query.top?.isBottom == false else {
      return nil
    }
    guard let largest = try largestChange(rows, column, versus) else { return nil }
    let isRise = !largest.delta.isNegative
    let amount = try signed(largest.delta, column)
    let who = spokenName(of: largest.row)
    let unit = column.kind == .ratio ? "" : column.quantity?.unit.map { " " + $0 } ?? ""
    return say(
      Bilingual(
        "\(isRise ? "largest rise" : "smallest fall") \(who), \(amount)",
        "\(isRise ? "增加最多" : "减少最少") \(who)，\(amount)\(unit)"))
  }

  private func largestChange(_ rows: FigureRows, _ column: QueryColumn, _ versus: QueryVersus)
    throws(ExactOverflow) -> (row: Int, delta: Exact)?
  {
    let isRanked = evaluation.ranked(groups, frame)
    let changes = try evaluation.differences(column.formula, versus.baseline, groups, frame)
    let changed = rows.rows.lazy.filter { isRanked($0) && !changes.isZero($0) }
    guard let (_, most) = changes.extremes(among: changed) else { return nil }
    return changes[most].exact.map { (most, $0) }
  }

  private func signed(_ delta: Exact, _ column: QueryColumn) throws(ExactOverflow) -> String {
    let style = CellStyle(kind: column.kind, format: column.format)
    guard case .percent(let places) = style else {
      return try AnswerCell(
        .exact(delta), style, kind: column.kind.answerKind, isSigned: true
      ).shown
    }
    return try AnswerCell(
      .exact(delta), .points(places: places), kind: .points, isSigned: true
    ).shown + say(Bilingual(" pp", " 个百分点"))
  }

  /// `47, 35 more than 2024-10 (+291.67%)`
  private func change(_ row: FigureRow, _ column: QueryColumn, _ versus: QueryVersus)
    throws(ExactOverflow) -> String?
  {
    guard let now = try evaluation.value(column.formula, row.key, frame).exact,
      let delta = try evaluation.differences(column.formula, versus.baseline, groups, frame)[
        row.index
      ].exact,
      let months = query.earlierMonths(in: catalog).first,
      let first = months.first, let last = months.last
    else { return nil }
    let yearNow = query.months.first.map { Month(index: $0).year }
    let isSameYear = first == last && yearNow == Month(index: first).year
    let before = isSameYear ? spoken(Month(index: first)) : monthsText(first...last)
    let unit = column.quantity?.unit.map { " " + $0 } ?? ""
    let figure = try shown(now, column)
    guard !delta.isZero else {
      return say(
        Bilingual(
          "\(figure), the same as \(before)",
          "\(figure)\(unit)，与 " + behind(before, "相同")))
    }
    let amount = try signed(delta, column).drop { $0 == "+" || $0 == "-" }
    var growth = ""
    if column.kind == .count, let ratio = try delta.divided(by: now.subtracting(delta)) {
      let percent = CellStyle.percent(places: 2)
      growth = try AnswerCell(.exact(ratio), percent, kind: .change, isSigned: true).shown
    }
    let word = delta.isNegative ? Bilingual("less", "少") : Bilingual("more", "多")
    let tail =
      growth.isEmpty ? Bilingual(same: "") : Bilingual(" (\(growth))", "（\(growth)）")
    return say(
      Bilingual(
        "\(figure), \(amount) \(word.english) than \(before)\(tail.english)",
        "\(figure)\(unit)，比 " + behind(before, "\(word.chinese) \(amount)")
          + (column.kind == .ratio ? "" : unit) + tail.chinese))
  }
}
