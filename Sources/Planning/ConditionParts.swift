// ConditionParts.swift: a condition arrives; what it says of given members, or without some
// dimensions, leaves.

import Catalog
import Syntax

extension Condition {
  /// false only where no row with these members, and in this month, can fulfil the condition.
  ///
  /// - Parameter month: `Month.index`; nil: any.
  package func mayHold(for members: [String: String] = [:], inMonth month: Int? = nil) -> Bool {
    truth(members, month.map { Month(index: $0) }) != false
  }

  /// nil: it depends on something else.
  private func truth(_ members: [String: String], _ month: Month?) -> Bool? {
    switch self {
    case .all(let parts):
      let truths = parts.map { $0.truth(members, month) }
      return truths.contains(false) ? false : (truths.contains(nil) ? nil : true)
    case .any(let parts):
      let truths = parts.map { $0.truth(members, month) }
      return truths.contains(true) ? true : (truths.contains(nil) ? nil : false)
    case .not(let inner): return inner.truth(members, month).map { !$0 }
    case .isMember(let dimension, let names): return members[dimension].map { names.contains($0) }
    case .isBlank(let dimension): return members[dimension].map(\.isEmpty)
    case .text: return nil
    case .months(let range): return month.map { range.contains($0.index) }
    case .part(let unit, let range):
      return month.map { month in
        switch unit {
        case .month: range.contains(month.number)
        case .quarter: range.contains(month.quarter.number)
        case .year: range.contains(month.year)
        }
      }
    }
  }
}

extension Condition {
  /// The condition with the tests of these dimensions taken as true.
  package func without(_ dimensions: Set<String>) -> Condition? {
    guard !dimensions.isEmpty else { return self }
    switch self {
    case .all(let parts): return .all(parts.compactMap { $0.without(dimensions) })
    case .any(let parts):
      let kept = parts.compactMap { $0.without(dimensions) }
      return kept.count == parts.count ? .any(kept) : nil
    case .not(let inner): return inner.without(dimensions).map { .not($0) }
    default: return self.dimensions.isDisjoint(with: dimensions) ? self : nil
    }
  }
}

extension Condition {
  /// The members that tests ask for by name, not those that they rule out.
  func collectNamed(into named: inout [String: Set<String>]) {
    switch self {
    case .all(let parts), .any(let parts):
      for part in parts { part.collectNamed(into: &named) }
    case .isMember(let dimension, let members):
      named[dimension, default: []].formUnion(members)
    case .not, .text, .isBlank, .part, .months: break
    }
  }
}
