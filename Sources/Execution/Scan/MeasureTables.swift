// MeasureTables.swift: the sums of a scan arrive; the table of its measure leaves.

import Columns
import Planning
import Syntax

extension MeasureScan {
  // MARK: - Tables

  func table(_ monitor: ExecutionMonitor) throws(ExactOverflow) -> MeasureTable {
    try table(try MeasuresScan([self]).sums(monitor)[0])
  }

  func table(_ sums: GroupSums) throws(ExactOverflow) -> MeasureTable {
    if valueOrigin != nil { return try medians(sums) }
    let (groups, places) = found(sums)
    let list = GroupList(numbers: groups, frameShape)
    let isZero = aggregate.isZeroWhenEmpty
    switch figure {
    case .rows:
      let counts = places.map { Int64(sums.rows[$0]) }
      return MeasureTable(
        groups: list, figures: .whole(counts, absent: []), isZeroWhenEmpty: isZero)
    case .sum where scans.contains { $0.identity != nil }:
      return MeasureTable(
        groups: list, figures: .whole(places.map { sums.sums[$0] }, absent: []),
        isZeroWhenEmpty: isZero)
    case .sum:
      return MeasureTable(
        groups: list, figures: figures(places.map { sums.filled[$0] == 0 ? nil : sums.sums[$0] }),
        isZeroWhenEmpty: isZero)
    case .extremes:
      if case .apply(.same, _) = aggregate { return sameTable(list, places, sums) }
      let isMost = if case .apply(.max, _) = aggregate { true } else { false }
      let ends = places.map { place -> Int64? in
        sums.filled[place] == 0 ? nil : (isMost ? sums.highs[place] : sums.lows[place])
      }
      return MeasureTable(groups: list, figures: figures(ends), isZeroWhenEmpty: isZero)
    }
  }

  /// The groups that have rows, as the frame counts them, ascending; and where their figures stand.
  private func found(_ sums: GroupSums) -> (groups: [Int], places: [Int]) {
    if shape == frameShape { return sums.found() }
    if sums.slots == nil {
      var (groups, places): ([Int], [Int]) = ([], [])
      frameShape.forEachNumber(with: shape) { group, place in
        if sums.rows[place] != 0 {
          groups.append(group)
          places.append(place)
        }
      }
      return (groups, places)
    }
    let (found, places) = sums.found()
    let groups = found.map { frameShape.number($0, of: shape) }
    let order = groups.indices.sorted { groups[$0] < groups[$1] }
    return (order.map { groups[$0] }, order.map { places[$0] })
  }

  private func figures(_ values: [Int64?]) -> MeasureTable.Figures {
    if scale > 0 {
      return .exact(values.map { $0.flatMap { Exact(digits: $0, scale: scale) } })
    }
    var absent: Set<Int> = []
    for (row, value) in values.enumerated() where value == nil { absent.insert(row) }
    return .whole(values.map { $0 ?? 0 }, absent: absent)
  }

  private func sameTable(_ list: GroupList, _ places: [Int], _ sums: GroupSums) -> MeasureTable {
    var entries: [GroupKey: MeasureEntry] = [:]
    for (row, place) in places.enumerated() {
      var entry = MeasureEntry()
      if sums.filled[place] > 0 {
        entry.isDisagreeing = sums.lows[place] != sums.highs[place]
        if !entry.isDisagreeing { entry.value = Exact(digits: sums.lows[place], scale: scale) }
      }
      entries[list[row]] = entry
    }
    return MeasureTable(entries, isZeroWhenEmpty: aggregate.isZeroWhenEmpty)
  }

  /// The rows of a group by value, ascending: the middle is counted off, not sorted out.
  private func medians(_ sums: GroupSums) throws(ExactOverflow) -> MeasureTable {
    let (groups, places) = sums.found()
    let radix = shape.radices.last ?? 1
    var numbers: [Int] = []
    var values: [Exact?] = []
    var start = 0
    while start < groups.count {
      let group = groups[start] / radix
      var end = start
      while end < groups.count, groups[end] / radix == group { end += 1 }
      numbers.append(group)
      values.append(try median(groups, places, start..<end, sums))
      start = end
    }
    return MeasureTable(
      groups: GroupList(numbers: numbers, frameShape), figures: .exact(values),
      isZeroWhenEmpty: false)
  }

  private func median(
    _ groups: [Int], _ places: [Int], _ range: Range<Int>, _ sums: GroupSums
  ) throws(ExactOverflow) -> Exact? {
    let radix = shape.radices.last ?? 1
    // Digit 0 counts the rows without a value.
    let valued = range.filter { groups[$0] % radix != 0 }
    let total = valued.reduce(0) { $0 + Int(sums.rows[places[$1]]) }
    guard total > 0 else { return nil }
    func value(_ position: Int) -> Exact? {
      var seen = 0
      for place in valued {
        seen += Int(sums.rows[places[place]])
        if seen > position {
          let digits = (valueOrigin ?? 0) &+ Int64(groups[place] % radix - 1)
          return Exact(digits: digits, scale: scale)
        }
      }
      return nil
    }
    guard let upper = value(total / 2) else { return nil }
    guard total % 2 == 0, let lower = value(total / 2 - 1) else { return upper }
    return try lower.adding(upper).divided(by: Exact(2))
  }
}
