// LexerHanzi.swift: a run with Chinese characters arrives; its tokens leave.

extension Lexer {
  var splitter: Splitter {
    var splitter = Splitter(words: words)
    switch previous?.kind {
    case .number?, .period?, .text?, .parameter?, .name?, .bracketedName?:
      splitter.followsValue = true
    default: break
    }
    switch previous?.keyword {
    case .month?, .quarter?, .year?, .yearToDate?, .quarterToDate?: splitter.followsValue = true
    case .last?: splitter.followsLast = true
    default: break
    }
    return splitter
  }

  mutating func lexHanzi(_ run: Run) {
    let splitter = splitter
    let whole = splitter.whole(run.scalars)
    if slot.isOpen { return lexIntroduced(run, whole: whole) }
    if let whole {
      return append([Piece(start: 0, count: run.scalars.count, kind: whole)], of: run)
    }
    if let (pieces, other) = splitter.split(run.scalars) {
      append(pieces, of: run)
      if let other { noteReading(of: run, as: pieces, or: other) }
    } else {
      appendUnsplit(run)
    }
  }

  /// In a naming slot a run is never split; it may still be the spelling of a keyword.
  private mutating func lexIntroduced(_ run: Run, whole: Piece.Kind?) {
    if case .keywords(let number)? = whole, Keywords.chineseWords[number].count == 1 {
      return append([Piece(start: 0, count: run.scalars.count, kind: .keywords(number))], of: run)
    }
    if run.beginsWithDigit, words.known.number(of: run.scalars) == nil { return appendUnsplit(run) }
    position = run.end
    appendName(from: run.start)
  }

  private mutating func appendUnsplit(_ run: Run) {
    position = run.end
    guard run.beginsWithDigit else { return appendName(from: run.start) }
    reportWord(run.start, run.end)
    append(.unknown, from: run.start)
  }

  private mutating func append(_ pieces: [Piece], of run: Run) {
    for piece in pieces {
      let start = run.offsets[piece.start]
      position = run.offsets[piece.end]
      switch piece.kind {
      case .keywords(let number): appendKeywords(number, of: run, from: piece.start)
      case .english(let keyword):
        append(keyword, isChinese: false, at: SourceRange(start, position))
      case .name, .unknown: appendName(from: start)
      case .number(let number): appendNumber(number, from: start, to: position)
      case .period(let period): append(period, of: run, from: start)
      case .rangeMark: append(Mark.range, from: start)
      }
    }
    // A file name directly behind 存为 is read by the next step of the lexer.
  }

  private mutating func appendKeywords(_ number: Int, of run: Run, from start: Int) {
    var scalar = start
    for part in Keywords.chineseWords[number] {
      let lower = run.offsets[scalar]
      scalar = min(scalar + part.scalarCount, run.scalars.count)
      append(part.keyword, isChinese: true, at: SourceRange(lower, run.offsets[scalar]))
    }
  }

  private mutating func noteReading(of run: Run, as pieces: [Piece], or other: [Piece]) {
    func words(_ pieces: [Piece]) -> String {
      pieces.map { text(run.offsets[$0.start], run.offsets[$0.end]) }.joined(separator: " ")
    }
    let range = SourceRange(run.start, run.end)
    readings.append(
      OtherReading(
        range: range,
        note: Note(
          "I08",
          Bilingual(
            "`\(text(run.start, run.end))` is read as `\(words(pieces))`; "
              + "it could also be `\(words(other))`",
            "“\(text(run.start, run.end))”读作“\(words(pieces))”，也可读作“\(words(other))”"))))
  }
}
