// RankColumns.swift: a formula and groups arrive; the place of each among all groups, and its
// running total along a period, leave.

import Catalog
import Planning
import Syntax

extension Evaluation {
  /// 1, 2, 2, 4 (or 1, 2, 2, 3 where dense), highest first, over all groups that take part.
  ///
  /// - Complexity: O(groups × log groups)
  func rankColumn(
    _ inner: Formula, _ scope: WindowScope, isDense: Bool, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    var field = frame
    if case .of(let dimensions) = scope { field.ignoredDimensions.formUnion(dimensions) }
    var places: [Int] = []
    if case .per(let dimensions) = scope {
      places = frame.dimensions.indices.filter { dimensions.contains(frame.dimensions[$0]) }
    }
    let ranking = try ranking(of: inner, field, places)
    let own = try column(inner, groups, frame)
    let isRanked = ranked(groups, frame)
    let classes = GroupClasses(of: places, in: groups, 0..<groups.count)
    let (wholes, rows) = classes.sorted(places, in: groups)
    let lists = ranking.lists.rows(of: wholes)
    var values: [Value] = []
    values.reserveCapacity(groups.count)
    for row in 0..<groups.count {
      guard isRanked(row), let value = own[row].exact else {
        values.append(.null)
        continue
      }
      let list = lists[rows[Int(classes.classes[row])]]
      let better = list < 0 ? 0 : ranking.betterCount(than: value, list, isDense: isDense)
      values.append(.exact(Exact(Int64(better + 1))))
    }
    return ValueColumn(values)
  }

  /// Made once for a formula, a frame and the dimensions within which is ranked.
  private func ranking(of inner: Formula, _ field: Frame, _ places: [Int]) throws(ExactOverflow)
    -> Ranking
  {
    let name = RankedField(formula: inner, frame: field, places: places)
    if let known = rankings[name] { return known }
    let groups = try self.groups(of: [inner], field)
    let values = try column(inner, groups, field)
    let isRanked = ranked(groups, field)
    let rows = (0..<groups.count).filter { isRanked($0) && values.hasFigure($0) }
    let ranking = Ranking(rows, groups, values, places)
    rankings[name] = ranking
    return ranking
  }

  /// - Complexity: O(groups × log groups)
  func runningColumn(
    _ inner: Formula, _ scope: WindowScope, _ groups: GroupList, _ frame: Frame
  ) throws(ExactOverflow) -> ValueColumn {
    let times = frame.dimensions.filter { catalog.dimension(named: $0)?.timeUnit != nil }
    let name = if case .along(let dimension) = scope { dimension } else { times.first ?? "" }
    guard let position = frame.dimensions.firstIndex(of: name) else {
      return ValueColumn(repeating: .null, count: groups.count)
    }
    let places = frame.dimensions.indices.filter { $0 != position }
    let all = try self.groups(of: [inner], frame)
    let values = try column(inner, all, frame)
    let classes = GroupClasses(of: places, in: all, 0..<all.count)
    let lists = classes.sorted(places, in: all)
    // For each list the codes along which it runs, ascending, and the totals up to each.
    var steps = Array(repeating: [(code: Int, total: Exact)](), count: lists.groups.count)
    for row in 0..<all.count {
      guard let value = values[row].exact else { continue }
      let list = lists.rows[Int(classes.classes[row])]
      let before = steps[list].last?.total ?? .zero
      steps[list].append((all.code(row, position), try before.adding(value)))
    }
    let asked = GroupClasses(of: places, in: groups, 0..<groups.count)
    let wholes = asked.sorted(places, in: groups)
    let found = lists.groups.rows(of: wholes.groups)
    return ValueColumn(
      (0..<groups.count).map { row -> Value in
        let list = found[wholes.rows[Int(asked.classes[row])]]
        guard list >= 0 else { return .null }
        let code = groups.code(row, position)
        let end = steps[list].firstRow { $0.code > code }
        return end == 0 ? .null : .exact(steps[list][end - 1].total)
      })
  }
}

/// Groups that take part in a ranking, list by list, the greatest figure first.
struct Ranking {
  /// What the groups of each list share.
  let lists: GroupList
  private var starts: [Int]
  private var rows: [Int]
  private let values: ValueColumn
  /// How many figures of its list are greater, each counted once.
  private var places: [Int32]

  init(_ taking: [Int], _ groups: GroupList, _ values: ValueColumn, _ places: [Int]) {
    self.values = values
    let classes = GroupClasses(of: places, in: groups, taking)
    let sorted = classes.sorted(places, in: groups)
    lists = sorted.groups
    starts = Array(repeating: 0, count: lists.count + 1)
    for own in classes.classes { starts[sorted.rows[Int(own)] + 1] += 1 }
    for list in 0..<lists.count { starts[list + 1] += starts[list] }
    rows = Array(repeating: 0, count: taking.count)
    var next = starts
    for (row, own) in zip(taking, classes.classes) {
      let list = sorted.rows[Int(own)]
      rows[next[list]] = row
      next[list] += 1
    }
    self.places = Array(repeating: 0, count: rows.count)
    for list in 0..<lists.count {
      let range = starts[list]..<starts[list + 1]
      rows[range].sort { values.order($0, $1) > 0 }
      for position in range.dropFirst() {
        let isNext = values.order(rows[position - 1], rows[position]) != 0
        self.places[position] = self.places[position - 1] + (isNext ? 1 : 0)
      }
    }
  }

  /// How many groups of a list have a greater figure; dense: how many different figures.
  ///
  /// - Complexity: O(log groups)
  func betterCount(than value: Exact, _ list: Int, isDense: Bool) -> Int {
    let range = starts[list]..<starts[list + 1]
    let end = range.firstRow { values[rows[$0]].exact.map { $0 <= value } ?? true }
    if !isDense { return end - range.lowerBound }
    return end == range.lowerBound ? 0 : Int(places[end - 1]) + 1
  }
}
