// Layout.swift: figures arrive; the columns, rows, totals and pivots of the answer leave.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  mutating func lay(_ rows: [FigureRow], _ everything: [FigureRow], into answer: inout Answer)
    throws(ExactOverflow)
  {
    let dimensions = query.by.compactMap { catalog.dimension(named: $0) }
    answer.dimensionCount = dimensions.count
    answer.columns = dimensions.map {
      AnswerColumn(name: $0.name, label: say($0.label), kind: .dimension)
    }
    if query.across.isEmpty {
      answer.columns += columns.map { answerColumn($0, suffix: nil) }
      for row in rows {
        answer.rows.append(AnswerRow(labels(row.key) + (try cells(row.values))))
      }
      if query.extras.contains(.subtotals) {
        answer.rows = try withSubtotals(answer.rows, of: rows.map(\.key), everything)
      }
      if query.extras.contains(.others), rows.count < everything.count {
        answer.rows.append(try othersRow(rows, everything))
      }
    } else {
      try layPivot(rows, everything, into: &answer)
    }
    if query.extras.contains(.totals), !query.groups.isEmpty {
      answer.totals = try totalsRow(shown: rows.count)
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
      kind: column.kind, isAdditive: column.isAdditive && isWhole)
  }

  /// The dimension cells of a row; `across` dimensions stand in the columns.
  func labels(_ key: GroupKey) -> [AnswerCell] {
    zip(query.by, key).map { label($0.1, of: $0.0) }
  }

  func label(_ code: Int, of dimension: String) -> AnswerCell {
    guard let definition = catalog.dimension(named: dimension) else { return .blank }
    switch definition.timeUnit {
    case .month: return .text(code < 0 ? "-" : Month(index: code).text)
    case .quarter: return .text(code < 0 ? "-" : Quarter(index: code).text)
    case .year: return .text(code < 0 ? "-" : String(code))
    case nil:
      guard definition.members.indices.contains(code) else {
        return AnswerCell(raw: .text(""), shown: say(Bilingual("(blank)", "（空）")))
      }
      let member = definition.members[code]
      let shown = language == .chinese ? member.chinese ?? member.name : member.name
      return AnswerCell(raw: .text(shown), shown: shown)
    }
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

  private mutating func totalsRow(shown: Int) throws(ExactOverflow) -> AnswerRow {
    let whole = Frame(dimensions: [], months: query.months)
    var labels = Array(repeating: AnswerCell.blank, count: query.by.count)
    if !labels.isEmpty { labels[0] = .text(totalLabel(shown: shown)) }
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

  private func totalLabel(shown: Int) -> String {
    guard shown < groupCount else {
      return say(Bilingual("Total", Keywords.spelling(of: .totals, in: .chinese)))
    }
    let dimension = query.by.last ?? "row"
    return say(
      Bilingual(
        "Total (\(groupCount) \(dimension)s; \(shown) shown)", "合计（\(groupCount) 个，显示 \(shown) 个）"))
  }

  // MARK: - Pivot

  private mutating func layPivot(
    _ rows: [FigureRow], _ everything: [FigureRow], into answer: inout Answer
  ) throws(ExactOverflow) {
    let depth = query.by.count
    var acrossKeys: Set<GroupKey> = []
    var order: [GroupKey] = []
    var byRow: [GroupKey: [GroupKey: [Value]]] = [:]
    for row in rows {
      let (left, top) = (Array(row.key.prefix(depth)), Array(row.key.dropFirst(depth)))
      acrossKeys.insert(top)
      if byRow[left] == nil { order.append(left) }
      byRow[left, default: [:]][top] = row.values
    }
    let tops = evaluation.sorted(acrossKeys)
    for top in tops {
      let shown = zip(query.across, top).map { label($0.1, of: $0.0).shown }
      let suffix = (name: shown.joined(separator: " "), label: shown.joined(separator: " "))
      answer.columns += columns.map { answerColumn($0, suffix: suffix) }
    }
    for left in order {
      var cells = labels(left)
      for top in tops {
        // A group that nothing was recorded for, in a period that is covered, is a zero.
        if let found = byRow[left]?[top] {
          cells += try self.cells(found)
        } else {
          cells += try self.cells(try values(left + top, frame))
        }
      }
      answer.rows.append(AnswerRow(cells))
    }
    pivotTops = tops
    if query.extras.contains(.subtotals) {
      answer.rows = try withSubtotals(answer.rows, of: order, everything)
    }
  }

  private func pivotTotals(_ labels: [AnswerCell]) throws(ExactOverflow) -> AnswerRow {
    var cells = labels
    let across = Frame(dimensions: query.across, months: query.months)
    for top in pivotTops { cells += try self.cells(values(top, across), isTotal: true) }
    return AnswerRow(cells)
  }
}
