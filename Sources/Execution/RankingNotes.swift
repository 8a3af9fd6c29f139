// RankingNotes.swift: the rows of an answer arrive; what they leave out or rest on leaves as notes.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// Below this a rate moves by five points with one case.
  private static let smallBase: Int64 = 20

  /// I05: members that count in totals and take no part in a ranking.
  mutating func addUnranked(_ everything: FigureRows) {
    let ranks =
      query.top != nil
      || query.extras.contains {
        if case .rank = $0 { true } else { false }
      }
    guard ranks else { return }
    var names: [String] = []
    let isRanked = evaluation.ranked(groups, frame)
    for row in everything.choosing(everything.rows.filter { !isRanked($0) }) {
      for (dimension, code) in zip(frame.dimensions, row.key)
      where catalog.dimension(named: dimension)?.unranked.isEmpty == false {
        let name = label(code, of: dimension).shown
        if !names.contains(name) { names.append(name) }
      }
    }
    guard !names.isEmpty else { return }
    notes.append(
      note(
        "I05", "\(names.joined(separator: ", ")) counts in totals and is not ranked",
        "“\(names.joined(separator: "、"))”计入合计，不参加排名", isInformational: true))
  }

  /// I10: growth from zero has no figure.
  mutating func addGrowthFromZero(_ rows: FigureRows) throws(ExactOverflow) {
    guard let versus = query.versus else { return }
    var count = 0
    for column in columns where column.versus == .growth {
      let before = try evaluation.earlierColumn(column.formula, versus.baseline, groups, frame)
      count += rows.rows.count(where: before.isZero)
    }
    guard count > 0 else { return }
    notes.append(
      note(
        "I10", "growth from 0 is undefined (\(counted(count, "row")))",
        "对比期为 0，增幅无定义（\(count) 行）"))
  }

  /// I13: rates over few cases, where a ranking or a condition picks rows by them.
  mutating func addSmallBases(_ rows: FigureRows) throws(ExactOverflow) {
    for column in query.columns where column.kind == .ratio {
      guard let base = column.formula.denominator else { continue }
      let bases = try evaluation.column(base, groups, frame)
      var (first, count) = (-1, 0)
      for row in rows.rows where bases.isSmaller(row, than: Self.smallBase) && !bases.isZero(row) {
        if count == 0 { first = row }
        count += 1
      }
      guard count > 0 else { continue }
      let name = zip(frame.dimensions, groups[first]).map { label($0.1, of: $0.0).shown }
        .joined(separator: " ")
      let figure = try AnswerCell(bases[first], .whole, kind: .count).shown
      let others = count - 1
      notes.append(
        note(
          "I13",
          "\(column.label.english): small base, "
            + (name.isEmpty ? figure : "\(name) has \(figure)")
            + (others > 0 ? ", \(others) more under 20" : ""),
          "\(column.label.chinese)：基数小，\(name)仅 \(figure)"
            + (others > 0 ? "，另有 \(others) 个不足 20" : ""),
          isInformational: query.top == nil && query.having == nil))
    }
  }

  /// I14: groups that `with empty` adds.
  mutating func addEmptyGroups() {
    guard emptyCount > 0 else { return }
    notes.append(
      note(
        "I14", "\(emptyCount) groups without rows are added", "补入没有数据的 \(emptyCount) 组",
        isInformational: true))
  }

  /// I15: shares are of all groups, also of those not shown.
  mutating func addHiddenShares(_ rows: FigureRows) throws(ExactOverflow) {
    guard rows.count < groupCount, !query.extras.contains(.others),
      let index = columns.firstIndex(where: { $0.name == "share" })
    else { return }
    var total = Exact.zero
    let shares = rows.table.figures[index]
    for row in rows.rows { total = try total.adding(shares[row].exact ?? .zero) }
    let shown = try AnswerCell(.exact(total), columns[index].style, kind: .ratio).shown
    notes.append(
      note(
        "I15", "the shares shown come to \(shown): they are of all \(groupCount) groups",
        "所列占比合计 \(shown)：占比按全部 \(groupCount) 组计算", isInformational: true))
  }

  /// I18: the mean of rates is not the rate of all.
  mutating func addOtherMeans() throws(ExactOverflow) {
    guard query.groups.isEmpty else { return }
    for column in query.columns {
      guard case .reduced(.avg, let inner, _, nil) = column.formula, inner.denominator != nil,
        let mean = try evaluation.value(column.formula, [], frame).exact,
        let rate = try rate(inner, column), mean != rate
      else { continue }
      let style = CellStyle(kind: column.kind, format: column.format)
      let shown = try AnswerCell(.exact(rate), style, kind: .ratio).shown
      notes.append(
        note(
          "I18", "this is a mean of rates; the rate of all together is \(shown)",
          "这是各组比率的平均；合起来计算为 \(shown)"))
    }
  }
}

extension Finisher {
  /// The rate over all rows of the question, planned without the groups of the mean.
  private func rate(_ formula: Formula, _ column: QueryColumn) throws(ExactOverflow) -> Exact? {
    var question = query
    var asked = column
    asked.formula = formula
    question.columns = [asked]
    guard
      let plan = try? plan(question, in: evaluation.vocabulary, holding: evaluation.holdings)
    else { return nil }
    let other = evaluation.asking(plan)
    return try other.value(plan.query.columns[0].formula, [], other.mainFrame).exact
  }
}

extension Formula {
  /// What a rate divides by; nil where it is no rate.
  fileprivate var denominator: Formula? {
    guard case .product(let factors) = self, let last = factors.last, last.isDivided else {
      return nil
    }
    return last.formula
  }
}
