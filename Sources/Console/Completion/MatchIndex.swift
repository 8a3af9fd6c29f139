// MatchIndex.swift: the names of many candidates arrive; which of them answer to a typed word, and
// how well, leaves.
//
// All spellings lie in one array, one behind the other: 100,000 names are made ready, and searched,
// without an allocation for each.

import Catalog

struct MatchIndex: Sendable {
  /// Folded.
  private var scalars: [Unicode.Scalar] = []
  /// Beside each character of `scalars` the letters it may begin with.
  private var initials: [UInt32] = []
  private var spellings: [Spelling] = []
  /// Where the spellings of a candidate begin; the first is its name.
  private var firstSpelling: [Int32] = [0]
  /// What no spelling of a candidate has cannot be found in it: one bit for some characters each.
  private var characterBits: [UInt64] = []
  /// The letters that some character of a spelling read as pinyin may begin with.
  private var initialBits: [UInt32] = []

  private struct Spelling: Sendable {
    var end: Int32
    /// The name, and the name in the other language: only these are read aloud.
    var isSpoken: Bool
  }

  /// - Complexity: O(characters of the names)
  init(_ candidates: [Candidate]) {
    scalars.reserveCapacity(candidates.count * 8)
    initials.reserveCapacity(candidates.count * 8)
    spellings.reserveCapacity(candidates.count)
    firstSpelling.reserveCapacity(candidates.count + 1)
    for candidate in candidates {
      let start = scalars.count
      add(candidate.name, isSpoken: true)
      if let twin = candidate.twin { add(twin, isSpoken: true) }
      for alias in candidate.aliases { add(alias, isSpoken: false) }
      firstSpelling.append(Int32(truncatingIfNeeded: spellings.count))
      characterBits.append(scalars[start...].reduce(0) { $0 | Self.bit(of: $1) })
      initialBits.append(initials[start...].reduce(0, |))
    }
  }

  private mutating func add(_ text: String, isSpoken: Bool) {
    let start = scalars.count
    appendFolded(text, to: &scalars)
    // A name without a hanzi is found by its letters alone.
    let isSpoken = isSpoken && scalars[start...].contains { !$0.isASCII }
    for place in start..<scalars.count {
      initials.append(isSpoken ? Pinyin.shared.initialBits(of: scalars[place]) : 0)
    }
    spellings.append(Spelling(end: Int32(truncatingIfNeeded: scalars.count), isSpoken: isSpoken))
  }

  private static func bit(of scalar: Unicode.Scalar) -> UInt64 {
    1 << UInt64((scalar.value ^ scalar.value >> 6) & 63)
  }

  private func range(_ spelling: Int) -> Range<Int> {
    (spelling == 0 ? 0 : Int(spellings[spelling - 1].end))..<Int(spellings[spelling].end)
  }
  private func spellings(of candidate: Int) -> Range<Int> {
    Int(firstSpelling[candidate])..<Int(firstSpelling[candidate + 1])
  }

  // MARK: Searching

  /// A typed word made ready for every candidate.
  struct Typed {
    let scalars: [Unicode.Scalar]
    fileprivate let characterBits: UInt64
    fileprivate let pinyin: Pinyin.Typed?

    /// - Parameter folded: by `foldedForMatching`.
    init(_ folded: [Unicode.Scalar]) {
      scalars = folded
      characterBits = folded.reduce(0) { $0 | MatchIndex.bit(of: $1) }
      pinyin = Pinyin.Typed(folded)
    }
  }

  /// The best of the classes 1 to 6; nil when the candidate answers to none.
  func matchClass(of typed: Typed, _ candidate: Int) -> MatchClass? {
    let mayHold = typed.characterBits & ~characterBits[candidate] == 0
    let maySound =
      typed.pinyin.map { pinyin in
        pinyin.bits[0] == 0
          ? characterBits[candidate] & Self.bit(of: pinyin.scalars[0]) != 0
          : initialBits[candidate] & pinyin.bits[0] != 0
      } ?? false
    guard mayHold || maySound else { return nil }
    let spellings = spellings(of: candidate)
    if mayHold, let found = beginning(typed.scalars, spellings) { return found }
    if maySound, let pinyin = typed.pinyin, let found = sounding(pinyin, spellings) {
      return found
    }
    let isInside =
      mayHold && spellings.contains { scalars[range($0)].contains(run: typed.scalars) }
    return isInside ? .substring : nil
  }

  private func beginning(_ typed: [Unicode.Scalar], _ spellings: Range<Int>) -> MatchClass? {
    var best: MatchClass?
    for spelling in spellings {
      let name = scalars[range(spelling)]
      guard name.starts(with: typed) else { continue }
      let isWhole = name.count == typed.count
      if spelling == spellings.lowerBound { return isWhole ? .equal : .prefix }
      if isWhole { return .alias }
      best = .aliasPrefix
    }
    return best
  }

  private func sounding(_ typed: Pinyin.Typed, _ spellings: Range<Int>) -> MatchClass? {
    var best: Pinyin.Match?
    for spelling in spellings where self.spellings[spelling].isSpoken {
      let range = range(spelling)
      guard let match = Pinyin.shared.match(typed, scalars[range], initials[range]) else {
        continue
      }
      best = min(best ?? match, match)
    }
    switch best {
    case .initialsFromStart?: return .initials
    case .initialsInside?: return .initialsInside
    case .syllables?: return .syllables
    case nil: return nil
    }
  }

  /// Class 7.
  func hasSubsequence(_ typed: Typed, _ candidate: Int) -> Bool {
    spellings(of: candidate).contains { spelling in
      guard spellings[spelling].isSpoken || spelling == Int(firstSpelling[candidate]) else {
        return false
      }
      let range = range(spelling)
      return scalars[range].contains(subsequence: typed.scalars)
        || spellings[spelling].isSpoken
          && Pinyin.shared.hasInitials(typed.scalars, asSubsequenceOf: initials[range])
    }
  }

  /// Every spelling, and every run of so many initials of those that are read aloud.
  func nearSpellings(of candidate: Int, count: Int) -> [[Unicode.Scalar]] {
    var found: [[Unicode.Scalar]] = []
    for spelling in spellings(of: candidate) {
      let name = scalars[range(spelling)]
      found.append(Array(name))
      guard spellings[spelling].isSpoken else { continue }
      let letters = name.map(Pinyin.shared.firstInitial)
      guard letters.count > count else {
        found.append(letters)
        continue
      }
      for start in 0...(letters.count - count) {
        found.append(Array(letters[start..<start + count]))
      }
    }
    return found
  }
}
