// OthersRow.swift: the rows shown arrive; one row for all the others leaves, made from base rows.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// The rest as one group: ratios divide sums and distinct values are counted once, as in a total.
  /// A pivot has one figure for each of its columns.
  ///
  /// - Returns: nil where nothing is left over.
  /// - Complexity: O(groups × columns)
  func othersRow(_ rows: FigureRows, _ everything: FigureRows) throws(ExactOverflow)
    -> AnswerRow?
  {
    let lines = GroupClasses(of: Array(query.by.indices), in: groups, Array(0..<groups.count))
    var isShown = Array(repeating: false, count: lines.firsts.count)
    for row in rows.rows { isShown[Int(lines.classes[row])] = true }
    let count = isShown.count { !$0 }
    guard count > 0 else { return nil }
    let hidden = everything.rows.filter { !isShown[Int(lines.classes[$0])] }
    var cells = Array(repeating: AnswerCell.blank, count: query.by.count)
    if !cells.isEmpty {
      cells[0] = .text(say(Bilingual("Others (\(count))", "其余（\(count) 个）")))
    }
    let shown = lines.firsts.indices.filter { isShown[$0] }.map {
      Array(groups[lines.firsts[$0]].prefix(query.by.count))
    }
    let rest = restEvaluation(without: shown)
    for top in query.across.isEmpty ? [[]] : pivotTops {
      let part = hidden.filter { groups[$0].dropFirst(query.by.count).elementsEqual(top) }
      cells += try othersCells(top, part, everything.table, rest)
    }
    return AnswerRow(cells, role: .others)
  }

  /// - Parameter part: the groups left over that stand in this column of a pivot.
  private func othersCells(
    _ top: GroupKey, _ part: [Int], _ table: FigureTable, _ rest: Evaluation?
  ) throws(ExactOverflow) -> [AnswerCell] {
    let frame = Frame(dimensions: query.across, months: query.months)
    var cells: [AnswerCell] = []
    var position = 0
    for (index, column) in columns.enumerated() {
      let isAsked =
        column.versus == nil && query.columns.indices.contains(position)
        && column.name == query.columns[position].name
      if isAsked { position += 1 }
      if column.name == "share" || column.isAdditive {
        var total = Exact.zero
        for row in part {
          total = try total.adding(table.figures[index][row].exact ?? .zero)
        }
        cells.append(try AnswerCell(.exact(total), column.style, kind: column.kind))
      } else if isAsked, column.hasTotal, let rest {
        // Planned anew, the formula may count other rows than the question's own.
        let formula = rest.query.columns[position - 1].formula
        cells.append(
          try AnswerCell(rest.value(formula, top, frame), column.style, kind: column.kind))
      } else {
        cells.append(.blank)
      }
    }
    return cells
  }

  /// The question about the rows behind the groups that are not shown, without its groups.
  ///
  /// - Parameter shown: the members of each row that is shown.
  private func restEvaluation(without shown: [GroupKey]) -> Evaluation? {
    let rest = Condition.not(
      .any(shown.map { key in .all(zip(query.by, key).map { test($0.1, of: $0.0) }) }))
    var question = query
    question.condition = question.condition.map { .all([$0, rest]) } ?? rest
    question.by = []
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
