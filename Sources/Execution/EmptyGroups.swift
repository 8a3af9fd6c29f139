// EmptyGroups.swift: the groups with base rows arrive; with `with empty` all groups that could have
// some leave.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// Every combination of members valid in the period and of periods in scope that the conditions
  /// leave.
  ///
  /// - Complexity: O(members of the first dimension × of the second …)
  func withEmpty(_ keys: [GroupKey]) -> [GroupKey] {
    var all: [GroupKey] = [[]]
    for name in frame.dimensions {
      let codes = codes(of: name)
      all = all.flatMap { key in Stopping.isWanted ? [] : codes.map { key + [$0] } }
    }
    var kept = Set(keys)
    for (step, key) in all.enumerated() {
      if Stopping.isWanted(at: step) { return keys }
      if mayHold(key) { kept.insert(key) }
    }
    return evaluation.sorted(kept)
  }

  private func codes(of name: String) -> [Int] {
    guard let dimension = catalog.dimension(named: name) else { return [] }
    guard let unit = dimension.timeUnit else {
      return dimension.members.indices.filter { isValid(dimension.members[$0]) }
    }
    return frame.periods(unit)
  }

  /// Whether the member exists on some day of the period.
  private func isValid(_ member: Member) -> Bool {
    guard let first = query.months.first, let last = query.months.last else { return true }
    let (start, end) = (Month(index: first).text + "-01", Month(index: last).text + "-31")
    return (member.validFrom.map { $0 <= end } ?? true)
      && (member.validTo.map { $0 >= start } ?? true)
  }

  /// Whether the conditions of the question leave any row to the group.
  private func mayHold(_ key: GroupKey) -> Bool {
    var members: [String: String] = [:]
    var month: Int?
    for (name, code) in zip(frame.dimensions, key) {
      guard let dimension = catalog.dimension(named: name) else { continue }
      if dimension.timeUnit == .month { month = code }
      guard dimension.timeUnit == nil, dimension.members.indices.contains(code) else { continue }
      members[name] = dimension.members[code].name
      if let parent = dimension.parent { members[parent] = dimension.members[code].parent ?? "" }
    }
    return query.condition?.mayHold(for: members, inMonth: month) ?? true
  }
}
