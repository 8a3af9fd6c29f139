// CompactToken.swift: tokens as the lexer and the parser pass them on: sixteen bytes each.

/// A token without its text, which is read from the source when somebody asks for it.
struct CompactToken: Sendable {
  enum Kind: UInt8, Sendable {
    case keyword, name, bracketedName, text, number, period, parameter, path, mark
    case newline, blank, comment, unknown, end
  }
  let kind: Kind
  /// The keyword of a `.keyword`.
  let keyword: Keyword?
  /// The mark of a `.mark`.
  let mark: Mark?
  /// Whether a keyword was typed in Chinese.
  let isChinese: Bool
  /// Whether a line end stands before it; set by the parser's reader.
  var startsLine = false
  /// The number of its content among the source's contents, numbers or periods.
  let content: UInt32
  private let lower: UInt32
  private let upper: UInt32

  init(
    _ kind: Kind, at range: SourceRange, keyword: Keyword? = nil, mark: Mark? = nil,
    isChinese: Bool = false, content: Int = 0
  ) {
    self.kind = kind
    self.keyword = keyword
    self.mark = mark
    self.isChinese = isChinese
    self.content = UInt32(clamping: content)
    lower = UInt32(clamping: range.lower)
    upper = UInt32(clamping: range.upper)
  }

  var range: SourceRange { SourceRange(Int(lower), Int(upper)) }

  /// Whether the token is a word or mark of a sentence.
  var isSignificant: Bool {
    switch kind {
    case .newline, .blank, .comment, .end: false
    default: true
    }
  }
}

/// What the lexer makes of a text.
package struct LexedSource: Sendable {
  package let text: String
  /// Codes L01–L04, V01 and P07 (an open `[`), in the order of their places.
  package let diagnostics: [Diagnostic]
  /// I08, where words without blanks could be read in another way.
  package var notes: [Note] { readings.map(\.note) }
  let readings: [OtherReading]

  let compactTokens: [CompactToken]
  let contents: [String]
  let numbers: [NumberSyntax]
  let periods: [PeriodLiteral]
  /// The known words and the names that the text itself introduces.
  let words: RunWords
  /// Whether the last line goes on behind a `\`.
  let endsInBackslash: Bool

  init(_ lexer: Lexer, text: String) {
    self.text = text
    diagnostics = lexer.diagnostics
    readings = lexer.readings
    compactTokens = lexer.tokens
    contents = lexer.contents
    numbers = lexer.numbers
    periods = lexer.periods
    words = lexer.words
    endsInBackslash = lexer.endsInBackslash
  }

  /// Every byte of the text lies in exactly one token. A Chinese word that stands for several
  /// tokens gives all its bytes to the first; the others are empty. The last token is `.end`.
  ///
  /// - Complexity: O(length of the text) at each call.
  package var tokens: [Token] {
    compactTokens.map { Token(kind(of: $0), at: $0.range) }
  }

  func kind(of token: CompactToken) -> Token.Kind {
    switch token.kind {
    case .keyword:
      guard let keyword = token.keyword else { return .unknown }
      return .keyword(
        Keywords.spelling(of: keyword, in: .english), token.isChinese ? .chinese : .english)
    case .name: return .name(name(token))
    case .bracketedName: return .bracketedName(content(token))
    case .text: return .text(content(token))
    case .number: return .number(number(token))
    case .period: return .period(period(token))
    case .parameter: return .parameter(name(token))
    case .path: return .path(text.slice(token.range))
    case .mark: return .mark(token.mark?.spelling ?? "")
    case .newline: return .newline
    case .blank: return .blank
    case .comment: return .comment(text.slice(token.range))
    case .unknown: return .unknown
    case .end: return .end
    }
  }

  /// The name of a name, a keyword or a parameter, as the tree keeps it.
  func name(_ token: CompactToken) -> String {
    let typed = Folding.normalized(text.slice(token.range))
    guard token.kind == .parameter else { return typed }
    return String(String.UnicodeScalarView(typed.unicodeScalars.dropFirst()))
  }

  func content(_ token: CompactToken) -> String { contents[Int(token.content)] }
  func number(_ token: CompactToken) -> NumberSyntax { numbers[Int(token.content)] }
  func period(_ token: CompactToken) -> PeriodLiteral { periods[Int(token.content)] }
}
