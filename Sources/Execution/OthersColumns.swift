// OthersColumns.swift: the columns that `top` keeps of a pivot arrive; one for all the others of a
// row leaves, so that a row and its totals still add up.

import Catalog
import Columns
import Planning
import Syntax

/// The columns of a pivot that are not shown.
struct HiddenColumns {
  let tops: Set<GroupKey>
  /// The groups that stand in them, ascending.
  let rows: FigureRows
  /// The question about the rows behind them, by how many of the `by` dimensions it keeps.
  let rests: [Evaluation?]

  /// The groups that begin so, among those hidden.
  func rows(in groups: Range<Int>) -> [Int] {
    let lower = rows.rows.firstRow { $0 >= groups.lowerBound }
    let upper = rows.rows.firstRow { $0 >= groups.upperBound }
    return Array(rows.rows[lower..<max(lower, upper)])
  }
}

extension Finisher {
  /// - Complexity: O(groups + rows × columns)
  mutating func addOthersColumns(
    _ pivot: Pivot, _ everything: FigureRows, into answer: inout Answer
  ) throws(ExactOverflow) {
    let depth = query.by.count
    let places = Array(depth..<max(depth, groups.dimensionCount))
    let classes = GroupClasses(of: places, in: groups, everything.rows)
    let shown = Set(pivot.tops)
    let keys = classes.firsts.map { Array(groups[$0][depth...]) }
    let isHidden = keys.map { !shown.contains($0) }
    guard isHidden.contains(true) else { return }
    let hidden = zip(everything.rows, classes.classes).filter { isHidden[Int($0.1)] }.map(\.0)
    let rests = (0...depth).map {
      restEvaluation([outsideOfPivot], by: Array(query.by.prefix($0)), across: [])
    }
    let tops = Set(zip(keys, isHidden).filter(\.1).map(\.0))
    hiddenColumns = HiddenColumns(
      tops: tops, rows: everything.choosing(hidden), rests: rests)
    let label = othersLabel(tops.count)
    answer.columns += columns.map {
      answerColumn($0, suffix: (name: "others", label: say(label)))
    }
    var rows = answer.rows.list
    for row in rows.indices { rows[row].cells += try othersColumnCells(pivot.left(row)) }
    answer.rows = AnswerRows(rows)
  }

  /// Where the columns that are not shown lie.
  var outsideOfPivot: Condition { .not(members(of: query.across, among: pivotTops)) }

  /// The cells of a row of the pivot, or of a subtotal or total, in the columns of others.
  func othersColumnCells(_ prefix: GroupKey) throws(ExactOverflow) -> [AnswerCell] {
    guard let hidden = hiddenColumns else { return [] }
    return try othersCells(
      prefix, frame.grouped(by: Array(query.by.prefix(prefix.count))),
      hidden.rows(in: groups.rows(beginning: prefix)), hidden.rows.table,
      hidden.rests[prefix.count])
  }
}
