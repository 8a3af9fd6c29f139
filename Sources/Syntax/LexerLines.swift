// LexerLines.swift: a line end arrives; whether it ends the statement leaves (language.md 2.3).

extension Lexer {
  mutating func lexNewline() {
    let start = position
    if start >= decidedUpTo { decideLineEnd(at: start) }
    position = afterLineEnd(start)
    append(decidedContinues ? .blank : .newline, from: start)
    _ = skipOverlongLine()
  }

  /// Looks at the next line that has words. One decision holds for all line ends up to there, so a
  /// long block of comments is looked at once.
  private mutating func decideLineEnd(at newline: Int) {
    var lineStart = afterLineEnd(newline)
    while true {
      let end = endOfLine(from: min(lineStart, bytes.count))
      var first = lineStart
      while first < end, let (scalar, next) = scalar(at: first), Folding.isBlank(scalar) {
        first = min(next, end)
      }
      if first >= end {
        // A blank line, or the end of the text.
        decidedUpTo = first
        decidedContinues = false
        return
      }
      if let (scalar, _) = scalar(at: first), Folding.narrowed(scalar) == "#" {
        guard end < bytes.count else {
          decidedUpTo = end
          decidedContinues = false
          return
        }
        lineStart = afterLineEnd(end)
        continue
      }
      decidedUpTo = first
      decidedContinues = continues(at: first, isIndented: first > lineStart)
      return
    }
  }

  private func continues(at first: Int, isIndented: Bool) -> Bool {
    guard let previous else { return false }
    if depth > 0 || endsInBackslash || slot.isDefinition && isIndented { return true }
    switch previous.keyword {
    case .and?, .or?, .not?: return true
    default: break
    }
    switch previous.mark {
    case ","?, "+"?, "-"?, "*"?, "/"?, "="?, Mark.range?: return true
    default: return beginsWithClause(at: first)
    }
  }

  /// Whether the word at an offset begins a clause, in either language.
  private func beginsWithClause(at offset: Int) -> Bool {
    if let end = plainWordEnd(from: offset) {
      return clauseKeyword(ascii: bytes[offset..<end])
    }
    guard let (scalar, _) = scalar(at: offset), NameCharacters.canStart(scalar) else {
      return false
    }
    let run = readRun(at: offset)
    guard run.hasHanzi else {
      return clauseKeyword(ascii: Array(run.folded.utf8)[...])
    }
    var mayBegin = false
    Keywords.chineseIndex.forEachWord(in: run.scalars, from: 0) { _, number in
      if let part = Keywords.chineseWords[Int(number)].first, Keywords.isClause(part.keyword) {
        mayBegin = true
      }
    }
    guard mayBegin else { return false }
    let splitter = Splitter(words: words)
    let first = splitter.whole(run.scalars) ?? splitter.split(run.scalars)?.pieces.first?.kind
    guard case .keywords(let number)? = first, let part = Keywords.chineseWords[number].first
    else { return false }
    return Keywords.isClause(part.keyword)
  }

  /// Also `group`, which begins `group by`.
  private func clauseKeyword(ascii word: ArraySlice<UInt8>) -> Bool {
    if let keyword = Keywords.keyword(ascii: word) { return Keywords.isClause(keyword) }
    guard word.count == 5, String(decoding: word, as: UTF8.self).lowercased() == "group" else {
      return false
    }
    return englishKeyword(readRun(at: word.startIndex))?.keyword == .by
  }

  /// A line over the budget is one unknown token, so that its length costs nothing more (L04).
  mutating func skipOverlongLine() -> Bool {
    let start = position
    guard bytes.count - start > SourceLimit.lineBytes else { return false }
    let end = endOfLine(from: start)
    guard end - start > SourceLimit.lineBytes else { return false }
    position = end
    report { _ in
      .overLimit(
        .line, limitBytes: SourceLimit.lineBytes, count: end - start, at: SourceRange(start, end))
    }
    append(.unknown, from: start)
    return true
  }
}

/// Tracks whether the next word stands in a naming slot, where a run is never split (2.2, rule 5).
struct NamingSlot {
  private enum Place {
    case none
    /// The next word is a name; more may follow after commas.
    case name(isList: Bool)
    case afterListed
    /// After the name of a `member`, whose aliases stand in brackets.
    case afterMember
  }
  private var place = Place.none
  private var isMember = false
  private(set) var isDefinition = false
  private var definitionKind: Keyword?

  /// Whether the next word introduces a name.
  var isOpen: Bool {
    if case .name = place { return true }
    return false
  }

  mutating func move(past token: CompactToken, after previous: CompactToken?) {
    switch (place, token.kind) {
    case (.name(let isList), .name), (.name(let isList), .keyword),
      (.name(let isList), .bracketedName), (.name(let isList), .text):
      place = isMember ? .afterMember : isList ? .afterListed : .none
      return
    case (.afterListed, .mark) where token.mark == ",":
      place = .name(isList: true)
      return
    case (.afterMember, .text): return
    case (.afterMember, .mark) where token.mark == "(":
      isMember = false
      place = .name(isList: true)
      return
    default: break
    }
    isMember = false
    place = .none
    if let keyword = token.keyword {
      if keyword == .define, previous == nil {
        isDefinition = true
      } else {
        open(at: keyword, previous?.keyword)
      }
    } else if token.mark == "@" {
      place = .name(isList: false)
    }
  }

  private mutating func open(at keyword: Keyword, _ previous: Keyword?) {
    if keyword == .named { place = .name(isList: false) }
    guard isDefinition else { return }
    if previous == .define {
      definitionKind = keyword
      place = .name(isList: false)
      return
    }
    switch (definitionKind, keyword) {
    case (.metric?, .alias), (.dimension?, .alias), (.dimension?, .unranked),
      (.dimension?, .optional), (.scheme?, .gives):
      place = .name(isList: true)
    case (.dataset?, .column), (.scheme?, .item): place = .name(isList: false)
    case (.dimension?, .member):
      place = .name(isList: false)
      isMember = true
    default: break
    }
  }
}
