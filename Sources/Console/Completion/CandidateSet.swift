// CandidateSet.swift: a typed word arrives, the candidates that match it leave, best first
// (console.md 5.3).

import Catalog
import Synchronization

/// The candidates of one place. Make it once per dimension and scope and keep it: its index is
/// built at the first search.
package final class CandidateSet: Sendable {
  /// In catalogue order, which decides where counts do not.
  package let candidates: [Candidate]
  /// What shares are shares of; nil where nothing is counted.
  package let total: Int64?
  private let index = Mutex<MatchIndex?>(nil)

  package init(_ candidates: [Candidate], total: Int64? = nil) {
    self.candidates = candidates
    self.total = total
  }

  package struct Result: Sendable {
    package var matches: [CandidateMatch] = []
    /// The search was broken off: there may be more.
    package var isPartial = false
  }

  /// The matches, ranked. `isCancelled` is asked now and then; what was found until then is given.
  ///
  /// - Complexity: one pass over the names; O(hits · log hits) for the order.
  package func matches(_ typed: String, isCancelled: () -> Bool = { false }) -> Result {
    let folded = foldedForMatching(typed)
    guard !folded.isEmpty else {
      let all = candidates.indices.map { (place: $0, matchClass: MatchClass.everything) }
      return Result(matches: ranked(all))
    }
    let index = index.withLock { index in
      let made = index ?? MatchIndex(candidates)
      index = made
      return made
    }
    var found: [(place: Int, matchClass: MatchClass)] = []
    var isPartial = false
    for place in candidates.indices {
      if place & 1023 == 1023, isCancelled() {
        isPartial = true
        break
      }
      if let matchClass = index.entries[place].matchClass(of: folded) {
        found.append((place, matchClass))
      }
    }
    if found.isEmpty, !isPartial {
      for place in candidates.indices where index.entries[place].hasSubsequence(folded) {
        found.append((place, .subsequence))
      }
    }
    // Letters that begin a name were meant as that name, not as pinyin.
    if folded.allSatisfy(\.isASCII), found.contains(where: { $0.matchClass <= .prefix }) {
      found.removeAll { (MatchClass.initials...MatchClass.syllables).contains($0.matchClass) }
    }
    return Result(matches: ranked(found), isPartial: isPartial)
  }

  /// Better class first, then the greater count, then catalogue order; without a count comes last.
  private func ranked(_ found: [(place: Int, matchClass: MatchClass)]) -> [CandidateMatch] {
    found.sorted { one, other in
      if one.matchClass != other.matchClass { return one.matchClass < other.matchClass }
      let counts = (candidates[one.place].count ?? -1, candidates[other.place].count ?? -1)
      return counts.0 != counts.1 ? counts.0 > counts.1 : one.place < other.place
    }.map { CandidateMatch(candidate: candidates[$0.place], matchClass: $0.matchClass) }
  }

  /// The candidate that was most likely meant by a word that matches none, and the spelling of it
  /// that comes nearest; nil when nothing is near.
  package func nearest(to typed: String) -> (name: String, spelling: String)? {
    let folded = foldedForMatching(typed)
    guard !folded.isEmpty, folded.count <= 32, candidates.count <= 20_000 else { return nil }
    var best: (name: String, spelling: String, slips: Int)?
    for match in ranked(candidates.indices.map { ($0, .everything) }) {
      for spelling in MatchIndex.Entry(match.candidate).spellings(count: folded.count) {
        let slips = slipCount(folded, spelling)
        // Half of the word or more is no slip any more.
        guard slips * 2 <= folded.count, slips < best?.slips ?? .max else { continue }
        best = (match.candidate.name, EditedText.string(spelling[...]), slips)
      }
    }
    return best.map { ($0.name, $0.spelling) }
  }
}

/// The folded spellings of all candidates of a set.
private struct MatchIndex: Sendable {
  struct Entry: Sendable {
    let name: [Unicode.Scalar]
    let aliases: [[Unicode.Scalar]]
    let pinyin: Pinyin.Name

    init(_ candidate: Candidate) {
      name = foldedForMatching(candidate.name)
      aliases = (candidate.aliases + [candidate.twin].compactMap(\.self)).map(foldedForMatching)
      pinyin = Pinyin.shared.name(EditedText.string(name[...]))
    }

    /// The best of the classes 1 to 6.
    func matchClass(of typed: [Unicode.Scalar]) -> MatchClass? {
      if name.starts(with: typed) { return name.count == typed.count ? .equal : .prefix }
      var best: MatchClass?
      for alias in aliases where alias.starts(with: typed) {
        if alias.count == typed.count { return .alias }
        best = .aliasPrefix
      }
      if let best { return best }
      switch Pinyin.shared.match(typed, pinyin) {
      case .initialsFromStart: return .initials
      case .initialsInside: return .initialsInside
      // A text of hanzi alone is found as a substring: nothing of it is pinyin.
      case .syllables: return .syllables
      case nil: break
      }
      let isInside = name.contains(run: typed) || aliases.contains { $0.contains(run: typed) }
      return isInside ? .substring : nil
    }

    func hasSubsequence(_ typed: [Unicode.Scalar]) -> Bool {
      name.contains(subsequence: typed) || Pinyin.shared.hasInitials(typed, asSubsequenceOf: pinyin)
    }

    /// Name, aliases, and every run of so many initials.
    func spellings(count: Int) -> [[Unicode.Scalar]] {
      let initials = Pinyin.shared.initials(of: pinyin)
      var spellings = [name] + aliases
      if initials.count > count {
        for start in 0...(initials.count - count) {
          spellings.append(Array(initials[start..<start + count]))
        }
      } else {
        spellings.append(initials)
      }
      return spellings
    }
  }

  let entries: [Entry]

  init(_ candidates: [Candidate]) { entries = candidates.map(Entry.init) }
}
