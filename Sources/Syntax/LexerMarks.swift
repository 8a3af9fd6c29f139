// LexerMarks.swift: a mark arrives, in any of its typed forms; one ASCII mark, a text or a
// bracketed name leaves (language.md 2.1).

extension Lexer {
  mutating func lexMark(_ scalar: Unicode.Scalar) {
    let start = position
    if expectsPath, !startsTextOrParameter(scalar) { return lexPath(from: start) }
    if let closing = Quotes.closing(for: scalar) { return lexText(closedBy: closing) }
    let mark = IMEMarks.ascii(scalar)
    if let single = Self.single(mark) {
      position = self.scalar(at: start)?.end ?? start + 1
      return append(single, from: start)
    }
    switch mark {
    case "<", ">", "!", "=", "|": lexLongMark(mark)
    case "[": lexBracketedName()
    case "$": lexParameter()
    case "?" where endsStatement(from: start), "。" where endsStatement(from: start):
      position = self.scalar(at: start)?.end ?? start + 1
      append(.blank, from: start)
    case "\\": lexBackslash()
    case "~", "…": lexRangeMark(scalar)
    case ".": lexDots()
    default: lexStray(scalar)
    }
  }

  /// The marks that join with nothing.
  private static func single(_ scalar: Unicode.Scalar) -> Mark? {
    switch scalar {
    case ",", ";", "(", ")", "{", "}", "+", "-", "*", "/", "@": Mark(unicodeScalarLiteral: scalar)
    case "≠": .notEqual
    case "≤": .lessOrEqual
    case "≥": .greaterOrEqual
    default: nil
    }
  }

  private mutating func lexLongMark(_ first: Unicode.Scalar) {
    let start = position
    position = scalar(at: start)?.end ?? start + 1
    if let (next, end) = scalar(at: position), let pair = Self.pair(first, IMEMarks.ascii(next)) {
      position = end
      return append(pair, from: start)
    }
    guard first != "!" else {
      position = start
      return lexStray(first)
    }
    append(Mark(unicodeScalarLiteral: first), from: start)
  }

  private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Mark? {
    switch (first, second) {
    case ("<", "="): .lessOrEqual
    case (">", "="): .greaterOrEqual
    case ("!", "="): .notEqual
    case ("<", ">"): .unequal
    case ("=", "="): .doubleEqual
    case ("=", ">"): .arrow
    case ("=", "<"): .equalOrLess
    case ("|", "|"): "|"
    default: nil
    }
  }

  private func startsTextOrParameter(_ scalar: Unicode.Scalar) -> Bool {
    switch IMEMarks.ascii(scalar) {
    case "$", ";": true
    default: Quotes.closing(for: scalar) != nil
    }
  }

  /// Whether a `?` or `。` stands at the end of a statement, where it says nothing. One answer
  /// holds for all the stops and blanks up to the next word.
  private mutating func endsStatement(from start: Int) -> Bool {
    if start < stopsDecidedUpTo { return stopsEndStatement }
    var offset = start
    stopsEndStatement = true
    while let (scalar, end) = scalar(at: offset) {
      let mark = IMEMarks.ascii(scalar)
      if mark == ";" || mark == "#" || mark == "\n" { break }
      guard mark == "?" || mark == "。" || Folding.isBlank(scalar) else {
        stopsEndStatement = false
        break
      }
      offset = end
    }
    stopsDecidedUpTo = offset
    return stopsEndStatement
  }

  private mutating func lexBackslash() {
    let start = position
    var offset = self.scalar(at: start)?.end ?? start + 1
    let end = offset
    while let (scalar, next) = scalar(at: offset), Folding.isBlank(scalar), !isLineEnd(at: offset) {
      offset = next
    }
    guard offset == bytes.count || isLineEnd(at: offset), previous != nil else {
      return lexStray("\\")
    }
    position = end
    append(.blank, from: start)
    endsInBackslash = true
  }

  private mutating func lexRangeMark(_ first: Unicode.Scalar) {
    let start = position
    while let (scalar, end) = scalar(at: position), scalar == first { position = end }
    append(Mark.range, from: start)
  }

  private mutating func lexDots() {
    let start = position
    var count = 0
    while let (scalar, end) = scalar(at: position), Folding.narrowed(scalar) == "." {
      position = end
      count += 1
    }
    if count == 2 { return append(Mark.range, from: start) }
    reportMark(from: start)
    append(.unknown, from: start)
  }

  /// One character that has no use, or a pair such as `——` or `&&`.
  private mutating func lexStray(_ first: Unicode.Scalar) {
    let start = position
    position = self.scalar(at: start)?.end ?? start + 1
    if let (second, end) = scalar(at: position), second == first { position = end }
    reportMark(from: start)
    append(.unknown, from: start)
  }

  /// L03
  private mutating func reportMark(from start: Int) {
    guard diagnostics.count < Self.mostDiagnostics else { return }
    let mark = text(start, position)
    let range = SourceRange(start, position)
    report { .strayMark(mark, at: range, hasHints: $0) }
  }

  // MARK: - Texts, bracketed names and parameters

  /// The inside is kept as it is; a doubled closing quote is one (language.md 2, rule 6).
  private mutating func lexText(closedBy closing: [Unicode.Scalar]) {
    let start = position
    var content = String.UnicodeScalarView()
    position = self.scalar(at: start)?.end ?? start + 1
    while let (scalar, end) = scalar(at: position), !isLineEnd(at: position) {
      position = end
      guard closing.contains(scalar) else {
        content.append(scalar)
        continue
      }
      guard let (next, afterNext) = self.scalar(at: end), next == scalar else {
        return append(.text, String(content), from: start)
      }
      content.append(scalar)
      position = afterNext
    }
    guard diagnostics.count < Self.mostDiagnostics else { return append(.unknown, from: start) }
    let range = SourceRange(start, position)
    report { .unclosedQuote(closing: String(Character(closing[0])), at: range, hasHints: $0) }
    append(.text, String(content), from: start)
  }

  private mutating func lexBracketedName() {
    let start = position
    var content = String.UnicodeScalarView()
    position = self.scalar(at: start)?.end ?? start + 1
    while let (scalar, end) = scalar(at: position), !isLineEnd(at: position) {
      position = end
      guard IMEMarks.ascii(scalar) == "]" else {
        content.append(scalar)
        continue
      }
      guard let (next, afterNext) = self.scalar(at: end), IMEMarks.ascii(next) == "]" else {
        return append(.bracketedName, Folding.normalized(String(content)), from: start)
      }
      content.append("]")
      position = afterNext
    }
    guard diagnostics.count < Self.mostDiagnostics else { return append(.unknown, from: start) }
    let end = position
    let column = column(of: start)
    report { _ in .neverClosed("[", column: column, at: SourceRange(end, end)) }
    append(.bracketedName, Folding.normalized(String(content)), from: start)
  }

  private mutating func lexParameter() {
    let start = position
    let nameStart = self.scalar(at: start)?.end ?? start + 1
    guard let (first, _) = scalar(at: nameStart), NameCharacters.canStart(first) else {
      return lexStray(first(of: start))
    }
    position = readRun(at: nameStart).end
    append(.parameter, from: start)
  }

  private func first(of start: Int) -> Unicode.Scalar { scalar(at: start)?.scalar ?? "$" }

  private func column(of offset: Int) -> Int {
    let lineStart = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return text(lineStart, offset).count + 1
  }
}

/// Marks as an IME types them.
enum IMEMarks {
  /// The one character that all typed forms of a mark are read as.
  static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value < 0x80 { return scalar }
    switch scalar {
    case "、": return ","
    case "【", "〔": return "["
    case "】", "〕": return "]"
    case "《": return "<"
    case "》": return ">"
    case "￥", "¥": return "$"
    case "×": return "*"
    case "÷": return "/"
    case "−": return "-"
    default: return Folding.narrowed(scalar)
    }
  }
}

/// Which quotes close which.
enum Quotes {
  static func closing(for opening: Unicode.Scalar) -> [Unicode.Scalar]? {
    switch opening {
    case "'": ["'"]
    case "\"": ["\""]
    case "＇": ["＇", "'"]
    case "＂": ["＂", "\""]
    case "“": ["”"]
    case "‘": ["’"]
    case "「": ["」"]
    case "『": ["』"]
    default: nil
    }
  }
}
