// ConditionParts.swift: a condition arrives; what it says of given members, or without some
// dimensions, leaves.

import Syntax

extension Condition {
  /// false only where no row with these members can fulfil the condition.
  package func mayHold(for members: [String: String]) -> Bool { truth(members) != false }

  /// nil: it depends on something else.
  private func truth(_ members: [String: String]) -> Bool? {
    switch self {
    case .all(let parts):
      let truths = parts.map { $0.truth(members) }
      return truths.contains(false) ? false : (truths.contains(nil) ? nil : true)
    case .any(let parts):
      let truths = parts.map { $0.truth(members) }
      return truths.contains(true) ? true : (truths.contains(nil) ? nil : false)
    case .not(let inner): return inner.truth(members).map { !$0 }
    case .isMember(let dimension, let names): return members[dimension].map { names.contains($0) }
    case .isBlank(let dimension): return members[dimension].map(\.isEmpty)
    case .text, .part, .months: return nil
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
