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
  /// They are met in catalogue order, so that nothing needs sorting; a wish to stop is heeded.
  ///
  /// - Complexity: O(members of the first dimension × of the second …)
  func withEmpty(_ groups: GroupList) -> GroupList {
    let codes = frame.dimensions.map { self.codes(of: $0) }
    guard codes.allSatisfy({ !$0.isEmpty }) else { return groups }
    var columns = codes.map { _ in [Int]() }
    var digits = codes.map { _ in 0 }
    var step = 0
    var place = 0
    while place >= 0 {
      if Stopping.isWanted(at: step) { return groups }
      step += 1
      let key = digits.indices.map { codes[$0][digits[$0]] }
      if mayHold(key) {
        for place in key.indices { columns[place].append(key[place]) }
      }
      // The last dimension counts on; one that is through begins again, and the one before goes on.
      place = digits.count - 1
      while place >= 0 {
        digits[place] += 1
        if digits[place] < codes[place].count { break }
        digits[place] = 0
        place -= 1
      }
    }
    return groups.union(GroupList(codes: columns, count: columns.first?.count ?? 0))
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
