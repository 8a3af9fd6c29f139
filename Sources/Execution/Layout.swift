// Layout.swift: figures arrive; the columns, rows, totals and pivots of the answer leave.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  mutating func lay(_ rows: FigureRows, _ everything: FigureRows, into answer: inout Answer)
    throws(ExactOverflow)
  {
    bodyCount = rows.count
    let dimensions = query.by.compactMap { catalog.dimension(named: $0) }
    answer.dimensionCount = dimensions.count
    answer.columns = dimensions.map {
      AnswerColumn(name: $0.name, label: say($0.label), kind: .dimension)
    }
    if query.across.isEmpty {
      answer.columns += columns.map { answerColumn($0, suffix: nil) }
      answer.rows = try bodyRows(rows)
      if query.extras.contains(.subtotals) {
        answer.rows = AnswerRows(
          try withSubtotals(answer.rows.list, of: rows.rows, everything.rows))
      }
    } else {
      try layPivot(rows, everything, into: &answer)
    }
    if query.extras.contains(.others), let others = try othersRow(rows, everything) {
      answer.rows.append(others)
    }
    if query.extras.contains(.totals), !query.groups.isEmpty {
      answer.totals = try totalsRow(shown: bodyCount, of: lineCount(everything))
    }
  }

  func answerColumn(_ column: FigureColumn, suffix: (name: String, label: String)?)
    -> AnswerColumn
  {
    let isWhole = query.having == nil && (query.top == nil || query.extras.contains(.totals))
    return AnswerColumn(
      name: suffix.map { "\(column.name) \($0.name)" } ?? column.name,
      label: suffix.map { columns.count == 1 ? $0.label : "\(say(column.label)) \($0.label)" }
        ?? say(column.label),
      kind: column.kind, isAdditive: column.isAdditive && isWhole,
      isHighBetter: column.isHighBetter)
  }

  /// The dimension cells of a row; `across` dimensions stand in the columns.
  func labels(_ key: GroupKey) -> [AnswerCell] {
    zip(query.by, key).map { label($0.1, of: $0.0) }
  }

  func label(_ code: Int, of dimension: String) -> AnswerCell {
    MemberLabels(dimension, catalog, language).cell(code)
  }

  func cells(_ values: [Value], isTotal: Bool = false) throws(ExactOverflow) -> [AnswerCell] {
    var cells: [AnswerCell] = []
    for (column, value) in zip(columns, values) {
      if isTotal, !column.hasTotal {
        cells.append(.blank)
        continue
      }
      cells.append(
        try AnswerCell(value, column.style, kind: column.kind, isSigned: column.isSigned))
    }
    return cells
  }

  // MARK: - Totals and others

  /// Groups, or lines of them where `across` has made columns.
  private func lineCount(_ rows: FigureRows) -> Int {
    query.across.isEmpty
      ? rows.count : GroupClasses(of: Array(query.by.indices), in: groups, rows.rows).firsts.count
  }

  private mutating func totalsRow(shown: Int, of all: Int) throws(ExactOverflow) -> AnswerRow {
    let whole = Frame(dimensions: [], months: query.months)
    var labels = Array(repeating: AnswerCell.blank, count: query.by.count)
    if !labels.isEmpty { labels[0] = .text(totalLabel(shown: shown, of: all)) }
    guard query.across.isEmpty else { return try pivotTotals(labels) }
    let values = try values([], whole)
    if columns.contains(where: { !$0.hasTotal }) {
      notes.append(
        note(
          "I16", "no total of a score or a rank: the rule judges units", "得分和排名没有合计：办法只评单位",
          isInformational: true))
    }
    return AnswerRow(labels + (try cells(values, isTotal: true)))
  }

  private func totalLabel(shown: Int, of all: Int) -> String {
    guard shown < all else {
      return say(Bilingual("Total", Keywords.spelling(of: .totals, in: .chinese)))
    }
    let dimension = query.by.last ?? "row"
    return say(
      Bilingual(
        "Total (\(all) \(dimension)s; \(shown) shown)", "合计（\(all) 个，显示 \(shown) 个）"))
  }

  // MARK: - Pivot

  private mutating func layPivot(
    _ rows: FigureRows, _ everything: FigureRows, into answer: inout Answer
  ) throws(ExactOverflow) {
    let pivot = Pivot(rows, depth: query.by.count, columnsOf: rankedRows)
    bodyCount = pivot.rowCount
    for top in pivot.tops {
      let shown = zip(query.across, top).map { label($0.1, of: $0.0).shown }
      let suffix = (name: shown.joined(separator: " "), label: shown.joined(separator: " "))
      answer.columns += columns.map { answerColumn($0, suffix: suffix) }
    }
    // A group that nothing was recorded for, in a period that is covered, is a zero.
    let missing = FigureTable(
      pivot.missing,
      try columns.map { (column) throws(ExactOverflow) in
        try values(of: column, pivot.missing)
      })
    let maker = rowMaker
    let figures = rows.table
    answer.rows = try answerRows(count: pivot.rowCount, [figures, missing]) {
      (row) throws(ExactOverflow) in
      var cells = maker.labels(pivot.left(row))
      for place in pivot.cells(row) {
        cells +=
          try place >= 0
          ? maker.cells(figures, Int(place)) : maker.cells(missing, -Int(place) - 1)
      }
      return AnswerRow(cells)
    }
    pivotTops = pivot.tops
    if query.extras.contains(.others) {
      try addOthersColumns(pivot, everything, into: &answer)
    }
    if query.extras.contains(.subtotals) {
      answer.rows = AnswerRows(
        try withSubtotals(answer.rows.list, of: pivot.lefts.firsts, everything.rows))
    }
  }

  private func pivotTotals(_ labels: [AnswerCell]) throws(ExactOverflow) -> AnswerRow {
    var cells = labels
    let across = Frame(dimensions: query.across, months: query.months)
    for top in pivotTops { cells += try self.cells(values(top, across), isTotal: true) }
    return AnswerRow(cells + (try othersColumnCells([])))
  }
}
