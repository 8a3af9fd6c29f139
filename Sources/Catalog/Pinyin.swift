// Pinyin.swift: a name in hanzi arrives, what a person may type for it in letters is recognised.
//
// Nothing here runs before somebody completes or searches: the table is read at first use.

/// The readings of hanzi, without tones. Every reading of a polyphone counts.
package struct Pinyin: Sendable {
  /// The first hanzi of the table; the codes below count from it.
  private static let firstValue: UInt32 = 0x4E00
  private static let hanziCount = 0x5200

  private let syllables: [[UInt8]]
  /// Where the readings of each hanzi begin in `readings`; one more than there are hanzi.
  private let starts: [Int32]
  private let readings: [UInt16]

  /// Read once, when first asked for.
  package static let shared = Pinyin(pinyinTableText)

  private init(_ table: String) {
    var syllables: [[UInt8]] = []
    var pairs: [(hanzi: Int, syllable: UInt16)] = []
    var isInSyllable = false
    for scalar in table.unicodeScalars {
      if scalar.isASCII {
        guard (0x61...0x7A).contains(scalar.value) else { continue }
        if !isInSyllable { syllables.append([]) }
        isInSyllable = true
        syllables[syllables.count - 1].append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        isInSyllable = false
        guard let hanzi = Self.index(of: scalar) else { continue }
        pairs.append((hanzi, UInt16(truncatingIfNeeded: syllables.count - 1)))
      }
    }
    var starts = [Int32](repeating: 0, count: Self.hanziCount + 1)
    for pair in pairs { starts[pair.hanzi + 1] += 1 }
    for index in 1...Self.hanziCount { starts[index] += starts[index - 1] }
    var next = starts
    var readings = [UInt16](repeating: 0, count: pairs.count)
    for pair in pairs {
      readings[Int(next[pair.hanzi])] = pair.syllable
      next[pair.hanzi] += 1
    }
    self.syllables = syllables
    self.starts = starts
    self.readings = readings
  }

  private static func index(of scalar: Unicode.Scalar) -> Int? {
    guard scalar.value >= firstValue else { return nil }
    let index = Int(scalar.value - firstValue)
    return index < hanziCount ? index : nil
  }

  /// The readings of a hanzi, in the order of the alphabet; none for anything else.
  package func readings(of scalar: Unicode.Scalar) -> [String] {
    codes(of: scalar).map { String(decoding: syllables[Int($0)], as: UTF8.self) }
  }

  private func codes(of scalar: Unicode.Scalar) -> ArraySlice<UInt16> {
    guard let index = Self.index(of: scalar) else { return [] }
    return readings[Int(starts[index])..<Int(starts[index + 1])]
  }

  // MARK: Matching

  /// How a name answers to typed letters; the better, the smaller.
  package enum Match: Int, Sendable, Hashable, Comparable {
    /// The first letters of its first syllables: `bj` for 北京市.
    case initialsFromStart
    /// The first letters of later syllables: `js` for 北京市.
    case initialsInside
    /// Whole and cut syllables, first letters and hanzi, mixed: `zhujian`, `县zj`, `minz`.
    case syllables

    package static func < (one: Match, other: Match) -> Bool { one.rawValue < other.rawValue }
  }

  /// A name made ready for many questions: per character the letters it may begin with.
  package struct Name: Sendable {
    let scalars: [Unicode.Scalar]
    /// Bit n is set when the character may begin with the n-th letter; digits and all else have
    /// none.
    let initials: [UInt32]
    /// All of `initials` together: most names are ruled out by it.
    let anyInitials: UInt32
    /// There is nothing to be read: such a name is found by its text.
    let isASCII: Bool
  }

  /// - Parameter text: folded (lower case, half-width); blanks are passed over.
  package func name(_ text: String) -> Name {
    let scalars = text.unicodeScalars.filter { $0 != " " }
    let initials = scalars.map(initialBits)
    return Name(
      scalars: Array(scalars), initials: initials, anyInitials: initials.reduce(0, |),
      isASCII: scalars.allSatisfy(\.isASCII))
  }

  private static func bit(of scalar: Unicode.Scalar) -> UInt32 {
    (0x61...0x7A).contains(scalar.value) ? 1 << (scalar.value - 0x61) : 0
  }
  private static func bit(of byte: UInt8?) -> UInt32 {
    byte.map { bit(of: Unicode.Scalar($0)) } ?? 0
  }

  /// The letters of a folded text, made ready for many names.
  package struct Typed: Sendable {
    package let scalars: [Unicode.Scalar]
    package let bits: [UInt32]
    /// Only letters: initials of every character may be meant.
    let isLetters: Bool

    /// nil for a text without a letter, which is found by its characters, and for one too long to
    /// be a name.
    package init?(_ scalars: [Unicode.Scalar]) {
      guard !scalars.isEmpty, scalars.count <= 62 else { return nil }
      bits = scalars.map(Pinyin.bit)
      guard bits.contains(where: { $0 != 0 }) else { return nil }
      self.scalars = scalars
      isLetters = !bits.contains(0)
    }
  }

  /// How the name answers to a folded text; nil when it does not. A text without a letter answers
  /// to nothing here: it is found by its characters.
  ///
  /// - Complexity: O(name × typed) at worst; typed texts over 62 characters match nothing.
  package func match(_ typed: [Unicode.Scalar], _ name: Name) -> Match? {
    guard !name.isASCII, let typed = Typed(typed) else { return nil }
    // Most names are ruled out here: whatever is typed begins with an initial or a character of
    // theirs.
    guard typed.bits[0] == 0 || typed.bits[0] & name.anyInitials != 0 else { return nil }
    return match(typed, name.scalars[...], name.initials[...])
  }

  /// The same for a name that lies in a greater array, with the letters each of its characters may
  /// begin with beside it, at the same indices (`initialBits(of:)`).
  package func match(
    _ typed: Typed, _ name: ArraySlice<Unicode.Scalar>, _ initials: ArraySlice<UInt32>
  ) -> Match? {
    let count = typed.bits.count
    if typed.isLetters, name.count >= count {
      for start in name.startIndex...(name.endIndex - count)
      where initials[start] & typed.bits[0] != 0 {
        // Letters standing for themselves are no initials: the name itself is found by its text.
        guard (0..<count).allSatisfy({ initials[start + $0] & typed.bits[$0] != 0 }),
          name[start..<start + count].contains(where: { !$0.isASCII })
        else { continue }
        return start == name.startIndex ? .initialsFromStart : .initialsInside
      }
    }
    for start in name.indices
    where initials[start] & typed.bits[0] != 0 || name[start] == typed.scalars[0] {
      if matchesSyllables(typed.scalars, name[start...]) { return .syllables }
    }
    return nil
  }

  /// Bit n is set when the character may begin with the n-th letter; letters stand for themselves.
  package func initialBits(of scalar: Unicode.Scalar) -> UInt32 {
    codes(of: scalar).reduce(Self.bit(of: scalar)) { $0 | Self.bit(of: syllables[Int($1)].first) }
  }

  /// Whether the typed text is used up by the characters of the name. Bit n of the set says that
  /// its first n characters can have been used so far.
  private func matchesSyllables(
    _ typed: [Unicode.Scalar], _ name: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    let goal: UInt64 = 1 << UInt64(typed.count)
    var reached: UInt64 = 1
    for scalar in name {
      var next: UInt64 = 0
      for used in 0..<typed.count where reached & (1 << UInt64(used)) != 0 {
        if typed[used] == scalar { next |= 1 << UInt64(used + 1) }
        for code in codes(of: scalar) {
          next |= advance(typed, from: used, over: syllables[Int(code)])
        }
      }
      if next & goal != 0 { return true }
      guard next != 0 else { return false }
      reached = next
    }
    return false
  }

  /// Where one syllable can lead: over all of it, over its initial, or, at the end of what is
  /// typed, over any beginning of it.
  private func advance(_ typed: [Unicode.Scalar], from used: Int, over syllable: [UInt8]) -> UInt64
  {
    var common = 0
    while common < syllable.count, used + common < typed.count,
      typed[used + common].value == UInt32(syllable[common])
    {
      common += 1
    }
    guard common > 0 else { return 0 }
    var reached: UInt64 = 1 << UInt64(used + 1)
    // zh, ch and sh are initials of two letters.
    if common >= 2, syllable[1] == UInt8(ascii: "h") { reached |= 1 << UInt64(used + 2) }
    if common == syllable.count || used + common == typed.count {
      reached |= 1 << UInt64(used + common)
    }
    return reached
  }

  /// Whether the letters are initials of characters, in order, others left out between.
  package func hasInitials(
    _ typed: [Unicode.Scalar], asSubsequenceOf initials: ArraySlice<UInt32>
  ) -> Bool {
    var rest = initials
    for letter in typed {
      let bit = Self.bit(of: letter)
      guard bit != 0, let place = rest.firstIndex(where: { $0 & bit != 0 }) else { return false }
      rest = rest[(place + 1)...]
    }
    return !typed.isEmpty
  }

  /// The initial of a hanzi's first reading, or the character itself.
  package func firstInitial(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    codes(of: scalar).first.flatMap { syllables[Int($0)].first }.map { Unicode.Scalar($0) }
      ?? scalar
  }
}
