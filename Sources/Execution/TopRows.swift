// TopRows.swift: the rows that `having` has kept arrive; those among the first leave, best first,
// ties at the edge included (language.md 6.2, rules 9 and 10).

import Columns
import Planning
import Syntax

extension Finisher {
  /// The place of a group, and the figure that ranks it.
  private typealias Ranked = (place: Int, value: Exact)

  mutating func topKept(_ rows: [FigureRow]) throws(ExactOverflow) -> [FigureRow] {
    guard let top = query.top, let first = query.columns.first else { return rows }
    guard query.across.isEmpty || query.by.isEmpty || !top.per.isEmpty else {
      return try topLinesKept(rows, top, first)
    }
    let ranking = try evaluation.column(top.on ?? first.formula, groups, frame)
    let isRanked = evaluation.ranked(groups, frame)
    let places = frame.dimensions.indices.filter { top.per.contains(frame.dimensions[$0]) }
    var listOfGroup: [[Int]: Int] = [:]
    var lists: [[Ranked]] = []
    for (place, row) in rows.enumerated() where isRanked(row.index) {
      guard let value = ranking[row.index].exact else {
        undefinedCount += 1
        continue
      }
      let group = places.map { groups.codes[$0][row.index] }
      let list = listOfGroup[group] ?? lists.count
      if list == lists.count {
        listOfGroup[group] = list
        lists.append([])
      }
      lists[list].append((place, value))
    }
    var kept: [FigureRow] = []
    for list in lists { kept += firstPlaces(list, top).map { rows[$0] } }
    return kept
  }

  /// With columns along `across` a reader counts lines: each is ranked by its figure over all of
  /// them, and keeps all of them. Where there is no such figure, as of a score over several
  /// quarters, the best cell ranks.
  private mutating func topLinesKept(
    _ rows: [FigureRow], _ top: QueryTop, _ first: QueryColumn
  ) throws(ExactOverflow) -> [FigureRow] {
    let depth = query.by.count
    var cellsOfLine: [[FigureRow]] = []
    var keys: [GroupKey] = []
    var lineOfKey: [GroupKey: Int] = [:]
    for row in rows {
      let key = GroupKey(row.key.prefix(depth))
      if let line = lineOfKey[key] {
        cellsOfLine[line].append(row)
      } else {
        lineOfKey[key] = keys.count
        keys.append(key)
        cellsOfLine.append([row])
      }
    }
    let lines = GroupList(keys)
    let whole = Frame(dimensions: query.by, months: frame.months)
    let formula = top.on ?? first.formula
    let wholes = try evaluation.column(formula, lines, whole)
    let figures = try evaluation.column(formula, groups, frame)
    let isRanked = evaluation.ranked(lines, whole)
    var ranked: [Ranked] = []
    for line in keys.indices where isRanked(line) {
      let cells = cellsOfLine[line].compactMap { figures[$0.index].exact }
      guard let value = wholes[line].exact ?? (top.isBottom ? cells.min() : cells.max()) else {
        undefinedCount += 1
        continue
      }
      ranked.append((line, value))
    }
    return firstPlaces(ranked, top).flatMap { cellsOfLine[$0] }
  }

  private mutating func firstPlaces(_ list: [Ranked], _ top: QueryTop) -> [Int] {
    // A stable sort: equal values stay in catalogue order.
    let ranked = best(list, top).enumerated().sorted { left, right in
      if left.element.value == right.element.value { return left.offset < right.offset }
      return (left.element.value > right.element.value) != top.isBottom
    }.map(\.element)
    return cut(ranked, top)
  }

  /// The groups that can be among the first, ties with the last of them included: of very many only
  /// these are sorted.
  private func best(_ list: [Ranked], _ top: QueryTop) -> [Ranked] {
    guard top.count > 0, top.count <= 100, list.count > top.count * 4, !top.isExact else {
      return list
    }
    func isBetter(_ left: Exact, _ right: Exact) -> Bool {
      top.isBottom ? left < right : left > right
    }
    var first: [Exact] = []
    for entry in list {
      if first.count == top.count, let last = first.last, !isBetter(entry.value, last) { continue }
      let place = first.firstIndex { isBetter(entry.value, $0) } ?? first.count
      first.insert(entry.value, at: place)
      if first.count > top.count { first.removeLast() }
    }
    guard let edge = first.last else { return list }
    return list.filter { !isBetter(edge, $0.value) }
  }

  private mutating func cut(_ ranked: [Ranked], _ top: QueryTop) -> [Int] {
    guard top.count > 0, ranked.count > top.count else {
      return top.count > 0 ? ranked.map(\.place) : []
    }
    let edge = ranked[top.count - 1].value
    let tied = ranked[top.count...].prefix { $0.value == edge }.count
    if tied > 0, top.isExact {
      notes.append(
        note(
          "I17", "\(tied) more tie with place \(top.count) and are cut",
          "另有 \(tied) 个与第 \(top.count) 名并列，已截去"))
      return ranked.prefix(top.count).map(\.place)
    }
    if tied > 0 {
      tiedPlace = top.count
      notes.append(
        note(
          "I03", "place \(top.count) is tied: \(tied) more rows are kept",
          "第 \(top.count) 名并列，多保留 \(tied) 行", isInformational: true))
    }
    return ranked.prefix(top.count + tied).map(\.place)
  }
}
