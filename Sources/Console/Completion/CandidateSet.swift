// CandidateSet.swift: a typed word arrives, the candidates that match it leave, best first
// (console.md 5.3).

import Catalog
import Synchronization

/// The candidates of one place. Make it once per dimension and scope and keep it: its index is
/// built at the first search.
package final class CandidateSet: Sendable {
  /// In catalogue order, which decides where counts do not.
  package let candidates: [Candidate]
  /// Under the filters and the period typed so far, in the order of the candidates; empty where
  /// nothing is counted, nil for a member without rows.
  package let counts: [Int64?]
  /// What shares are shares of; nil where nothing is counted.
  package let total: Int64?
  /// Places in `candidates`: the greater count first, without one last, then catalogue order.
  private let order: [Int32]
  private let index: SharedIndex

  /// Made once, also for sets that differ in their counts alone.
  private final class SharedIndex: Sendable {
    let made = Mutex<MatchIndex?>(nil)
  }

  package convenience init(
    _ candidates: [Candidate], counts: [Int64?] = [], total: Int64? = nil
  ) {
    self.init(candidates, counts, total, SharedIndex())
  }

  private init(
    _ candidates: [Candidate], _ counts: [Int64?], _ total: Int64?, _ index: SharedIndex
  ) {
    self.candidates = candidates
    self.counts = counts.count == candidates.count ? counts : []
    self.total = total
    self.index = index
    let places = candidates.indices.map { Int32(truncatingIfNeeded: $0) }
    guard counts.count == candidates.count else {
      order = places
      return
    }
    order = places.sorted { one, other in
      let (first, second) = (counts[Int(one)] ?? -1, counts[Int(other)] ?? -1)
      return first == second ? one < other : first > second
    }
  }

  /// The same candidates counted under other filters.
  ///
  /// - Complexity: O(candidates · log candidates) for the order
  package func counted(_ counts: [Int64?], total: Int64) -> CandidateSet {
    CandidateSet(candidates, counts, total, index)
  }

  /// Builds the index, so that the first search finds it.
  ///
  /// - Complexity: O(characters of the names)
  package func prepare() { _ = preparedIndex }

  private var preparedIndex: MatchIndex {
    index.made.withLock { made in
      let index = made ?? MatchIndex(candidates)
      made = index
      return index
    }
  }

  /// What a search has found. Candidates are taken out of the set when they are shown: there may
  /// be very many.
  package struct Result: Sendable {
    package fileprivate(set) var set: CandidateSet
    fileprivate var places: [Int32] = []
    /// How many of `places` each class has, in the order of the classes.
    fileprivate var classCounts = [Int](repeating: 0, count: MatchClass.allCases.count)
    /// The search was broken off: there may be more.
    package var isPartial = false

    package var count: Int { places.count }
    package subscript(place: Int) -> Candidate { self.set.candidates[Int(places[place])] }
    package func itemCount(_ place: Int) -> Int64? {
      set.counts.isEmpty ? nil : set.counts[Int(places[place])]
    }

    /// - Complexity: O(classes)
    package func matchClass(_ place: Int) -> MatchClass {
      var before = 0
      for (matchClass, count) in zip(MatchClass.allCases, classCounts) {
        before += count
        if place < before { return matchClass }
      }
      return .subsequence
    }
  }

  /// The matches, ranked. `isCancelled` is asked now and then, and told whether anything has been
  /// found; what was found until then is given.
  ///
  /// - Complexity: one pass over the names that the set has been made ready for
  package func matches(
    _ typed: String, isCancelled: (_ hasFound: Bool) -> Bool = { _ in false }
  ) -> Result {
    var result = Result(set: self)
    let folded = foldedForMatching(typed)
    guard !folded.isEmpty else {
      result.places = order
      result.classCounts[MatchClass.everything.rawValue] = order.count
      return result
    }
    let index = preparedIndex
    let typed = MatchIndex.Typed(folded)
    var found = [[Int32]](repeating: [], count: MatchClass.allCases.count)
    for (step, place) in order.enumerated() {
      if step & 1023 == 1023, isCancelled(found.contains { !$0.isEmpty }) {
        result.isPartial = true
        break
      }
      if let matchClass = index.matchClass(of: typed, Int(place)) {
        found[matchClass.rawValue].append(place)
      }
    }
    if found.allSatisfy(\.isEmpty), !result.isPartial {
      found[MatchClass.subsequence.rawValue] = order.filter {
        index.hasSubsequence(typed, Int($0))
      }
    }
    // Letters that begin a name were meant as that name, not as pinyin.
    let hasPrefix = !(found[MatchClass.equal.rawValue] + found[MatchClass.prefix.rawValue]).isEmpty
    if folded.allSatisfy(\.isASCII), hasPrefix {
      for matchClass in [MatchClass.initials, .initialsInside, .syllables] {
        found[matchClass.rawValue] = []
      }
    }
    result.classCounts = found.map(\.count)
    result.places = found.flatMap(\.self)
    return result
  }

  /// The candidate that was most likely meant by a word that matches none, and the spelling of it
  /// that comes nearest; nil when nothing is near, or when the search is broken off.
  package func nearest(
    to typed: String, isCancelled: (_ hasFound: Bool) -> Bool = { _ in false }
  ) -> (name: String, spelling: String)? {
    let folded = foldedForMatching(typed)
    guard !folded.isEmpty, folded.count <= 32 else { return nil }
    let index = preparedIndex
    var best: (name: String, spelling: String, slips: Int)?
    for (step, place) in order.enumerated() {
      if step & 255 == 255, isCancelled(best != nil) { break }
      for spelling in index.nearSpellings(of: Int(place), count: folded.count) {
        let slips = slipCount(folded, spelling)
        // Half of the word or more is no slip any more.
        guard slips * 2 <= folded.count, slips < best?.slips ?? .max else { continue }
        best = (candidates[Int(place)].name, EditedText.string(spelling[...]), slips)
      }
    }
    return best.map { ($0.name, $0.spelling) }
  }
}
