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
    if !cells.isEmpty { cells[0] = .text(say(othersLabel(count))) }
    let shown = lines.firsts.indices.filter { isShown[$0] }.map {
      Array(groups[lines.firsts[$0]].prefix(query.by.count))
    }
    let left = Condition.not(members(of: query.by, among: shown))
    let frame = Frame(dimensions: query.across, months: query.months)
    let rest = restEvaluation([left], across: query.across)
    for top in query.across.isEmpty ? [[]] : pivotTops {
      let part = hidden.filter { groups[$0].dropFirst(query.by.count).elementsEqual(top) }
      cells += try othersCells(top, frame, part, everything.table, rest)
    }
    if let tops = hiddenColumns?.tops {
      let part = hidden.filter { tops.contains(Array(groups[$0][query.by.count...])) }
      let corner = restEvaluation([left, outsideOfPivot], across: [])
      cells += try othersCells([], frame.grouped(by: []), part, everything.table, corner)
    }
    return AnswerRow(cells, role: .others)
  }

  func othersLabel(_ count: Int) -> Bilingual {
    Bilingual("Others (\(count))", "其余（\(count) 个）")
  }

  /// - Parameter part: the groups left over that these cells stand for.
  func othersCells(
    _ key: GroupKey, _ frame: Frame, _ part: [Int], _ table: FigureTable, _ rest: Evaluation?
  ) throws(ExactOverflow) -> [AnswerCell] {
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
          try AnswerCell(rest.value(formula, key, frame), column.style, kind: column.kind))
      } else {
        cells.append(.blank)
      }
    }
    return cells
  }

  /// The question about some of the rows behind it.
  ///
  /// - Parameters:
  ///   - conditions: which rows.
  ///   - by: the groups to keep, one below the other.
  ///   - across: those to keep side by side.
  func restEvaluation(
    _ conditions: [Condition], by: [String] = [], across: [String]
  ) -> Evaluation? {
    var question = query
    question.condition = .all((question.condition.map { [$0] } ?? []) + conditions)
    question.by = by
    question.across = across
    question.having = nil
    question.top = nil
    question.order = []
    return (try? plan(question, in: evaluation.vocabulary, holding: evaluation.holdings))
      .map(evaluation.asking)
  }

  /// The rows of some groups.
  func members(of dimensions: [String], among keys: [GroupKey]) -> Condition {
    .any(keys.map { key in .all(zip(dimensions, key).map { test($0.1, of: $0.0) }) })
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
