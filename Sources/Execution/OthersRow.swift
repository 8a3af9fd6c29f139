// OthersRow.swift: the rows shown arrive; one row for all the others leaves, made from base rows.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// The rest as one group: ratios divide sums and distinct values are counted once, as in a total.
  func othersRow(_ rows: FigureRows, _ everything: FigureRows) throws(ExactOverflow)
    -> AnswerRow
  {
    var isShown = Array(repeating: false, count: groups.count)
    for row in rows.rows { isShown[row] = true }
    let hidden = everything.rows.filter { !isShown[$0] }
    var labels = Array(repeating: AnswerCell.blank, count: query.by.count)
    if !labels.isEmpty {
      labels[0] = .text(say(Bilingual("Others (\(hidden.count))", "其余（\(hidden.count) 个）")))
    }
    let rest = restEvaluation(without: rows)
    let whole = Frame(dimensions: [], months: query.months)
    var cells: [AnswerCell] = []
    var position = 0
    for (index, column) in columns.enumerated() {
      let isAsked =
        column.versus == nil && query.columns.indices.contains(position)
        && column.name == query.columns[position].name
      if isAsked { position += 1 }
      if column.name == "share" || column.isAdditive {
        var total = Exact.zero
        for row in hidden {
          total = try total.adding(everything.table.figures[index][row].exact ?? .zero)
        }
        cells.append(try AnswerCell(.exact(total), column.style, kind: column.kind))
      } else if isAsked, column.hasTotal, let rest {
        // Planned anew, the formula may count other rows than the question's own.
        let formula = rest.query.columns[position - 1].formula
        cells.append(
          try AnswerCell(rest.value(formula, [], whole), column.style, kind: column.kind))
      } else {
        cells.append(.blank)
      }
    }
    return AnswerRow(labels + cells, role: .others)
  }

  /// The question about the rows behind the groups that are not shown, without its groups.
  private func restEvaluation(without rows: FigureRows) -> Evaluation? {
    let shown = rows.map { row in
      Condition.all(zip(frame.dimensions, row.key).map { test($0.1, of: $0.0) })
    }
    var question = query
    let rest = Condition.not(.any(shown))
    question.condition = question.condition.map { .all([$0, rest]) } ?? rest
    question.by = []
    question.across = []
    question.having = nil
    question.top = nil
    question.order = []
    return (try? plan(question, in: evaluation.vocabulary, holding: evaluation.holdings))
      .map(evaluation.asking)
  }

  private func test(_ code: Int, of dimension: String) -> Condition {
    switch catalog.dimension(named: dimension)?.timeUnit {
    case .month: return .months(code...code)
    case .quarter: return .months(code * 3...code * 3 + 2)
    case .year: return .months(code * 12...code * 12 + 11)
    case nil:
      let name = evaluation.codes.name(code, of: dimension)
      return name.isEmpty ? .isBlank(dimension) : .isMember(dimension, [name])
    }
  }
}
