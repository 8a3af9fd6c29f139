// NameLookup.swift: a word arrives, the member it names leaves, or those it may name, or none.
//
// A name is never chosen by nearness (language.md 5.1): exact name, then label, then alias, all
// folded; then the same without the leading words that the dimension lists as optional.

import Syntax

package enum MemberMatch: Sendable, Hashable {
  case found(Member)
  /// An alias of several members, in catalogue order.
  case ambiguous([Member])
  case unknown
}

/// Every spelling of the members of one dimension, folded, ready for look-up.
///
/// - Complexity: O(spellings) to make, O(1) a look-up.
package struct MemberIndex: Sendable {
  private var byName: [NameKey: [Int]] = [:]
  private var byLabel: [NameKey: [Int]] = [:]
  private var byAlias: [NameKey: [Int]] = [:]
  private let members: [Member]
  private let prefixes: [String]

  package init(_ dimension: Dimension) {
    members = dimension.members
    prefixes = dimension.optionalPrefixes.map(foldedName)
    for (index, member) in members.enumerated() {
      MemberIndex.add(index, as: member.name, to: &byName)
      for label in [member.english, member.chinese, member.fullName] {
        if let label { MemberIndex.add(index, as: label, to: &byLabel) }
      }
      for alias in member.aliases + member.formerNames.map(\.name) {
        MemberIndex.add(index, as: alias, to: &byAlias)
      }
    }
    // A short form is a spelling like any other, and as ambiguous as any other.
    for (index, member) in members.enumerated() {
      for short in shortForms(of: foldedName(member.name)) {
        MemberIndex.add(index, as: short, to: &byAlias)
      }
    }
  }

  /// Every folded spelling that finds a member.
  package var spellings: [String] {
    [byName, byLabel, byAlias].flatMap { $0.keys.map(\.text) }
  }

  package func match(_ text: String) -> MemberMatch {
    let folded = foldedName(text)
    if let match = found(folded) { return match }
    // An optional word too many: the county before a name that does without it.
    for short in shortForms(of: folded) {
      if let match = found(short) { return match }
    }
    return .unknown
  }

  private func found(_ folded: String) -> MemberMatch? {
    for table in [byName, byLabel, byAlias] {
      guard let indices = table[NameKey(folded: folded)], let first = indices.first else {
        continue
      }
      return indices.count == 1
        ? .found(members[first]) : .ambiguous(indices.sorted().map { members[$0] })
    }
    return nil
  }

  /// Static, so that the table being filled is not copied with the rest of the value.
  private static func add(_ index: Int, as spelling: String, to table: inout [NameKey: [Int]]) {
    let folded = foldedName(spelling)
    guard !folded.isEmpty else { return }
    let key = NameKey(folded: folded)
    guard table[key]?.contains(index) != true else { return }
    table[key, default: []].append(index)
  }

  private func shortForms(of folded: String) -> [String] {
    prefixes.compactMap { prefix in
      guard !prefix.isEmpty, folded.hasPrefix(prefix), folded.utf8.count > prefix.utf8.count
      else { return nil }
      return String(folded.dropFirst(prefix.count))
    }
  }
}

/// One look-up; for many in one dimension make a `MemberIndex` once.
///
/// - Complexity: O(members of the dimension).
package func memberMatch(_ text: String, in dimension: Dimension) -> MemberMatch {
  MemberIndex(dimension).match(text)
}
