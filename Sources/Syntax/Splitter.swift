// Splitter.swift: a run of Chinese without blanks arrives; the words it consists of leave
// (language.md 2.2).

/// One word of a run.
struct Piece {
  enum Kind {
    /// The number of a Chinese word in `Keywords.chineseWords`.
    case keywords(Int)
    case english(Keyword)
    case name
    case number(NumberSpelling)
    case period(PeriodSpelling)
    /// 至 between two values.
    case rangeMark
    /// Characters that no word covers; only in a partial split.
    case unknown
  }
  var start: Int
  var count: Int
  var kind: Kind
  var end: Int { start + count }
}

/// The words that a text may use besides keywords; shared by all runs of the text.
final class RunWords: Sendable {
  let known: WordIndex
  let introduced: WordIndex

  init(known: WordIndex, introduced: WordIndex) {
    self.known = known
    self.introduced = introduced
  }
}

/// Splits runs by the keywords, the words of the catalogue and the names a text introduces.
struct Splitter {
  let words: RunWords
  /// What stands before the run decides whether it may begin with 至, or with a bare number.
  var followsValue = false
  var followsLast = false

  /// What the whole run is, if it is one word (rule 1).
  func whole(_ scalars: [Unicode.Scalar]) -> Piece.Kind? {
    if let number = Keywords.chineseIndex.number(of: scalars) { return .keywords(Int(number)) }
    for (end, period) in periods(scalars, at: 0) where end == scalars.count {
      return .period(period)
    }
    if words.known.number(of: scalars) != nil || words.introduced.number(of: scalars) != nil {
      return .name
    }
    return followsValue && scalars == ["至"] ? .rangeMark : nil
  }

  /// The split of the whole run, longest word first, and another that uses no more words.
  func split(_ scalars: [Unicode.Scalar]) -> (pieces: [Piece], other: [Piece]?)? {
    guard !scalars.isEmpty, canBegin(scalars) else { return nil }
    let least = leastCounts(scalars)
    guard least[0] < Self.unreachable else { return nil }
    var pieces: [Piece] = []
    var position = 0
    while position < scalars.count {
      guard let piece = longestPiece(scalars, at: position, least: least) else { return nil }
      pieces.append(piece)
      position = piece.end
      if takesRest(piece) { break }
    }
    return (pieces, otherSplit(scalars, than: pieces, least: least))
  }

  /// Whether any word begins the run; most names that nobody knows end here.
  private func canBegin(_ scalars: [Unicode.Scalar]) -> Bool {
    var isFound = false
    forEachPiece(scalars, at: 0) { _ in isFound = true }
    return isFound
  }

  // MARK: - Counting

  private static let unreachable: Int32 = .max / 2

  /// For each place, the least number of words that the rest can be split into.
  private func leastCounts(_ scalars: [Unicode.Scalar]) -> [Int32] {
    var least = [Int32](repeating: Self.unreachable, count: scalars.count + 1)
    least[scalars.count] = 0
    for position in scalars.indices.reversed() {
      var best = Self.unreachable
      forEachPiece(scalars, at: position) { piece in
        best = min(best, takesRest(piece) ? 1 : least[piece.end] + 1)
      }
      least[position] = best
    }
    return least
  }

  private func longestPiece(
    _ scalars: [Unicode.Scalar], at position: Int, least: [Int32]
  ) -> Piece? {
    var best: Piece?
    forEachPiece(scalars, at: position) { piece in
      guard takesRest(piece) || least[piece.end] < Self.unreachable else { return }
      if best.map({ piece.count > $0.count }) ?? true { best = piece }
    }
    return best
  }

  private func otherSplit(
    _ scalars: [Unicode.Scalar], than pieces: [Piece], least: [Int32]
  ) -> [Piece]? {
    let limit = Int32(truncatingIfNeeded: pieces.count)
    for (used, chosen) in pieces.enumerated() {
      var other: Piece?
      forEachPiece(scalars, at: chosen.start) { piece in
        if piece.count != chosen.count, other == nil, !takesRest(piece),
          Int32(truncatingIfNeeded: used) + 1 + least[piece.end] <= limit
        {
          other = piece
        }
      }
      if let other {
        return Array(pieces[..<used]) + [other] + shortest(scalars, from: other.end, least: least)
      }
    }
    return nil
  }

  private func shortest(
    _ scalars: [Unicode.Scalar], from start: Int, least: [Int32]
  ) -> [Piece] {
    var pieces: [Piece] = []
    var position = start
    while position < scalars.count {
      var next: Piece?
      forEachPiece(scalars, at: position) { piece in
        if next == nil, takesRest(piece) || least[piece.end] + 1 == least[position] { next = piece }
      }
      guard let next else { break }
      pieces.append(next)
      position = takesRest(next) ? scalars.count : next.end
    }
    return pieces
  }

  /// After 存为 the rest of the run is a file name.
  func takesRest(_ piece: Piece) -> Bool {
    guard case .keywords(let number) = piece.kind else { return false }
    return Keywords.chineseWords[number].first?.keyword == .into
  }

  // MARK: - The words at one place

  /// Calls `body` with every word that may stand at a place. Of words with one spelling, a keyword
  /// comes first: the parser knows where a keyword may be a name.
  func forEachPiece(_ scalars: [Unicode.Scalar], at start: Int, _ body: (Piece) -> Void) {
    guard isBoundary(scalars, at: start) else { return }
    let first = scalars[start]
    if first.value < 0x80 {
      forEachASCIIPiece(scalars, at: start, body)
    } else {
      Keywords.chineseIndex.forEachWord(in: scalars, from: start) { count, number in
        body(Piece(start: start, count: count, kind: .keywords(Int(number))))
      }
      if first == "至", followsValue || start > 0 {
        body(Piece(start: start, count: 1, kind: .rangeMark))
      }
    }
    if mayBeginPeriod(first) {
      for (end, period) in periods(scalars, at: start) where isBoundary(scalars, at: end) {
        body(Piece(start: start, count: end - start, kind: .period(period)))
      }
    }
    func name(count: Int, number: Int32) {
      guard isBoundary(scalars, at: start + count) else { return }
      body(Piece(start: start, count: count, kind: .name))
    }
    words.known.forEachWord(in: scalars, from: start, name)
    words.introduced.forEachWord(in: scalars, from: start, name)
  }

  private func forEachASCIIPiece(
    _ scalars: [Unicode.Scalar], at start: Int, _ body: (Piece) -> Void
  ) {
    if NameCharacters.isDigit(scalars[start]) {
      if let (end, number) = NumberSpelling.number(scalars, at: start) {
        body(Piece(start: start, count: end - start, kind: .number(number)))
      }
      return
    }
    var end = start
    while end < scalars.count, NameCharacters.isASCIIWord(scalars[end]) { end += 1 }
    guard isBoundary(scalars, at: end) else { return }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<end])
    if let keyword = Keywords.keyword(english: String(view)) {
      body(Piece(start: start, count: end - start, kind: .english(keyword)))
    }
  }

  /// Periods at a place; after 近 and 上 a number is a number (`近6月` is `last 6 month`).
  private func periods(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> [(end: Int, period: PeriodSpelling)] {
    guard let first = start < scalars.count ? scalars[start] : nil, mayBeginPeriod(first) else {
      return []
    }
    if NameCharacters.isDigit(first) {
      let before = start > 0 ? scalars[start - 1] : nil
      if before == "近" || before == "上" || start == 0 && followsLast { return [] }
    }
    if first.value < 0x80, let found = PeriodSpelling.ascii(scalars, at: start) { return [found] }
    return PeriodSpelling.chinese(scalars, at: start)
  }

  private func mayBeginPeriod(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "q", "h", "第", "上", "下", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十":
      true
    default: false
    }
  }

  /// Neither letters and digits nor the parts of a dotted name are torn apart.
  private func isBoundary(_ scalars: [Unicode.Scalar], at position: Int) -> Bool {
    guard position > 0, position < scalars.count else { return true }
    let before = scalars[position - 1]
    let after = scalars[position]
    if before == "." || after == "." { return false }
    return !(NameCharacters.isASCIIWord(before) && NameCharacters.isASCIIWord(after))
  }

  // MARK: - Partial splits

  /// The split that leaves the fewest characters unexplained, for saying which part of a run is not
  /// understood.
  func partialSplit(_ scalars: [Unicode.Scalar]) -> [Piece] {
    var cost = [Int](repeating: 0, count: scalars.count + 1)
    var choice = [Piece?](repeating: nil, count: scalars.count)
    for position in scalars.indices.reversed() {
      var best = cost[position + 1] + 1000
      var piece = Piece(start: position, count: 1, kind: .unknown)
      forEachPiece(scalars, at: position) { candidate in
        let total = cost[candidate.end] + 1
        if total < best || total == best && candidate.count > piece.count {
          best = total
          piece = candidate
        }
      }
      cost[position] = best
      choice[position] = piece
    }
    var pieces: [Piece] = []
    var position = 0
    while position < scalars.count, let piece = choice[position] {
      position = piece.end
      if case .unknown = piece.kind, let last = pieces.last, case .unknown = last.kind {
        pieces[pieces.count - 1].count += piece.count
      } else {
        pieces.append(piece)
      }
    }
    return pieces
  }
}
