// TopRows.swift: the rows that a question leaves arrive; with `top` and `order` those shown leave,
// in their order.
//
// Rows are numbers that are compared by their figures: none is made to be sorted.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  mutating func topKept(_ rows: FigureRows) throws(ExactOverflow) -> FigureRows {
    guard let top = query.top, let first = query.columns.first else { return rows }
    guard query.across.isEmpty || query.by.isEmpty || !top.per.isEmpty else {
      return try topLinesKept(rows, top, top.on ?? first.formula)
    }
    let ranking = try figures(of: top.on ?? first.formula, in: rows)
    let isRanked = evaluation.ranked(groups, frame)
    var candidates: [Int] = []
    for row in rows.rows where isRanked(row) {
      if ranking.hasFigure(row) { candidates.append(row) } else { undefinedCount += 1 }
    }
    let places = frame.dimensions.indices.filter { top.per.contains(frame.dimensions[$0]) }
    var kept: [Int] = []
    for list in lists(candidates, by: places) {
      kept += firstPlaces(candidates, list, top, ranking)
    }
    return rows.choosing(kept)
  }

  /// With columns along `across` a reader counts lines: each is ranked by its figure over all of
  /// them, and keeps all of them. Where there is no such figure, as of a score over several
  /// quarters, the best cell ranks.
  private mutating func topLinesKept(_ rows: FigureRows, _ top: QueryTop, _ formula: Formula)
    throws(ExactOverflow) -> FigureRows
  {
    rankedRows = rows
    let places = Array(query.by.indices)
    let classes = GroupClasses(of: places, in: groups, rows.rows)
    let (lines, lineOfClass) = classes.sorted(places, in: groups)
    var cells = Array(repeating: [Int](), count: lines.count)
    for (row, own) in zip(rows.rows, classes.classes) { cells[lineOfClass[Int(own)]].append(row) }
    let whole = frame.grouped(by: query.by)
    let wholes = try evaluation.column(formula, lines, whole)
    let figures = try figures(of: formula, in: rows)
    let ranking = ValueColumn(
      cells.indices.map { line in
        if wholes.hasFigure(line) { return wholes[line] }
        let ends = figures.extremes(among: cells[line])
        return ends.map { figures[top.isBottom ? $0.least : $0.most] } ?? .null
      })
    let isRanked = evaluation.ranked(lines, whole)
    var candidates: [Int] = []
    for line in cells.indices where isRanked(line) {
      if ranking.hasFigure(line) { candidates.append(line) } else { undefinedCount += 1 }
    }
    let kept = firstPlaces(candidates, Array(candidates.indices)[...], top, ranking)
    return rows.choosing(kept.flatMap { cells[$0] })
  }

  /// The rows of a list of positions among the candidates that are among the first.
  private mutating func firstPlaces(
    _ candidates: [Int], _ list: ArraySlice<Int>, _ top: QueryTop, _ ranking: ValueColumn
  ) -> [Int] {
    // A stable sort: equal values stay in catalogue order.
    let ranked = best(candidates, list, top, ranking).sorted { left, right in
      let order = ranking.order(candidates[left], candidates[right])
      return order == 0 ? left < right : (order > 0) != top.isBottom
    }
    return cut(ranked.map { candidates[$0] }, top, ranking)
  }

  /// Positions among the candidates, list by list, in the order in which the lists are met.
  private func lists(_ candidates: [Int], by places: [Int]) -> [ArraySlice<Int>] {
    guard !places.isEmpty else { return [Array(candidates.indices)[...]] }
    let lists = GroupClasses(of: places, in: groups, candidates)
    var starts = [Int](repeating: 0, count: lists.firsts.count + 1)
    for list in lists.classes { starts[Int(list) + 1] += 1 }
    for list in lists.firsts.indices { starts[list + 1] += starts[list] }
    var positions = [Int](repeating: 0, count: candidates.count)
    var next = starts
    for (position, list) in lists.classes.enumerated() {
      positions[next[Int(list)]] = position
      next[Int(list)] += 1
    }
    return lists.firsts.indices.map { positions[starts[$0]..<starts[$0 + 1]] }
  }

  /// The positions that can be among the first, ties with the last of them included: of very many
  /// only these are sorted.
  ///
  /// - Complexity: O(list), times `top.count` at worst
  private func best(
    _ candidates: [Int], _ list: ArraySlice<Int>, _ top: QueryTop, _ ranking: ValueColumn
  ) -> ArraySlice<Int> {
    guard top.count > 0, top.count <= 100, list.count > top.count * 4, !top.isExact else {
      return list
    }
    func isBetter(_ left: Int, _ right: Int) -> Bool {
      let order = ranking.order(left, right)
      return top.isBottom ? order < 0 : order > 0
    }
    // Rows, the best first.
    var first: [Int] = []
    for position in list {
      let row = candidates[position]
      if first.count == top.count, let last = first.last, !isBetter(row, last) { continue }
      let place = first.firstIndex { isBetter(row, $0) } ?? first.count
      first.insert(row, at: place)
      if first.count > top.count { first.removeLast() }
    }
    guard let edge = first.last else { return list }
    return list.filter { !isBetter(edge, candidates[$0]) }[...]
  }

  private mutating func cut(_ ranked: [Int], _ top: QueryTop, _ ranking: ValueColumn) -> [Int] {
    guard top.count > 0, ranked.count > top.count else { return top.count > 0 ? ranked : [] }
    let edge = ranked[top.count - 1]
    let tied = ranked[top.count...].prefix { ranking.order($0, edge) == 0 }.count
    if tied > 0, top.isExact {
      notes.append(
        note(
          "I17", "\(tied) more tie with place \(top.count) and are cut",
          "另有 \(tied) 个与第 \(top.count) 名并列，已截去"))
      return Array(ranked.prefix(top.count))
    }
    if tied > 0 {
      tiedPlace = top.count
      notes.append(
        note(
          "I03", "place \(top.count) is tied: \(tied) more rows are kept",
          "第 \(top.count) 名并列，多保留 \(tied) 行", isInformational: true))
    }
    return Array(ranked.prefix(top.count + tied))
  }

  // MARK: - order

  private enum SortKey {
    case codes([Int])
    case figures(ValueColumn)

    /// Below 0, 0 or above 0; absent figures stand last in both directions.
    func order(_ left: Int, _ right: Int, isDescending: Bool) -> Int {
      switch self {
      case .codes(let codes):
        let order = codes[left] == codes[right] ? 0 : (codes[left] < codes[right] ? -1 : 1)
        return isDescending ? -order : order
      case .figures(let column):
        switch (column.hasFigure(left), column.hasFigure(right)) {
        case (false, false): return 0
        case (false, true): return 1
        case (true, false): return -1
        case (true, true):
          let order = column.order(left, right)
          return isDescending ? -order : order
        }
      }
    }
  }

  /// Of all groups: those of a column of the answer are there already.
  private func figures(
    of formula: Formula, in rows: FigureRows
  ) throws(ExactOverflow) -> ValueColumn {
    let place = columns.firstIndex { $0.versus == nil && !$0.isDense && $0.formula == formula }
    if let place { return rows.table.figures[place] }
    return try evaluation.column(formula, groups, frame)
  }

  func ordered(_ rows: FigureRows) throws(ExactOverflow) -> FigureRows {
    guard !query.order.isEmpty else { return rows }
    var keys: [(key: SortKey, isDescending: Bool)] = []
    for item in query.order {
      switch item.key {
      case .dimension(let name):
        guard let place = frame.dimensions.firstIndex(of: name) else { continue }
        keys.append((.codes(groups.codes(of: place)), item.isDescending))
      case .formula(let formula):
        keys.append((.figures(try figures(of: formula, in: rows)), item.isDescending))
      }
    }
    let shown = rows.rows
    let positions = shown.indices.sorted { left, right in
      for (key, isDescending) in keys {
        let order = key.order(shown[left], shown[right], isDescending: isDescending)
        if order != 0 { return order < 0 }
      }
      return left < right
    }
    return rows.choosing(positions.map { shown[$0] })
  }
}
