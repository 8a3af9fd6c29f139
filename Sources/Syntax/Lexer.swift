// Lexer.swift: a source text and the known words arrive; tokens that cover every byte leave.

/// A second way to split a run of Chinese, with its place.
struct OtherReading: Sendable {
  let range: SourceRange
  let note: Note
}

/// Splits a text into tokens (language.md 2).
///
/// Names that the text itself introduces count as known everywhere in it, so a script may define
/// `逾期占应办` and then ask for it without blanks around it.
package func lex(_ source: String, knowing: KnownWords = KnownWords()) -> LexedSource {
  var lexer = Lexer(
    source, knowing: knowing, words: RunWords(known: knowing.index, introduced: WordIndex()))
  lexer.lexAll()
  if !lexer.introducedWords.isEmpty {
    var introduced = WordIndex()
    for word in lexer.introducedWords { introduced.insert(word) }
    lexer = Lexer(
      source, knowing: knowing, words: RunWords(known: knowing.index, introduced: introduced))
    lexer.lexAll()
  }
  return LexedSource(lexer, text: source)
}

/// Limits of what is read at all (reliability.md 1).
enum SourceLimit {
  static let lineBytes = 64 << 10
  static let statementBytes = 1 << 20
  static let scriptBytes = 16 << 20
  static let nesting = 200
}

struct Lexer {
  let bytes: [UInt8]
  let known: KnownWords
  let words: RunWords
  var position = 0
  var tokens: [CompactToken] = []
  var contents: [String] = []
  var numbers: [NumberSyntax] = []
  var periods: [PeriodLiteral] = []
  var diagnostics: [Diagnostic] = []
  var readings: [OtherReading] = []
  /// Names that stand in naming slots and are unknown so far, folded.
  var introducedWords: Set<String> = []

  /// The last token of this statement that is neither blank nor comment.
  var previous: CompactToken?
  /// Directly behind `into`, but not behind `without into`, a file name stands.
  var expectsPath = false
  /// Open `(` and `{` of this statement.
  var depth = 0
  var endsInBackslash = false
  var slot = NamingSlot()
  /// Up to this offset it is known whether a `?` ends the statement.
  var stopsDecidedUpTo = 0
  var stopsEndStatement = false
  /// A decision about line ends holds up to this offset (the next line with words).
  var decidedUpTo = 0
  var decidedContinues = false
  /// Statements in which a word or mark was wrong already.
  private var wrongStatements = 0
  private var diagnosticsBefore = 0

  init(_ source: String, knowing known: KnownWords, words: RunWords) {
    bytes = Array(source.utf8)
    self.known = known
    self.words = words
    // Junk has a token a byte; room that is not used costs nothing below some megabytes.
    tokens.reserveCapacity(bytes.count < 4 << 20 ? bytes.count + 1 : bytes.count / 3 + 1)
  }

  mutating func lexAll() {
    if skipOverlongLine() == false, byte(at: 0) == 0xEF, scalar(at: 0)?.scalar.value == 0xFEFF {
      // A byte order mark is a blank.
      position = 3
      append(.blank, from: 0)
    }
    while position < bytes.count, wrongStatements < Self.mostDiagnostics { lexToken() }
    if position < bytes.count {
      // Nobody reads on after so many wrong statements.
      let start = position
      position = bytes.count
      append(.unknown, from: start)
    }
    append(.end, from: bytes.count)
  }

  private mutating func lexToken() {
    let start = position
    switch bytes[start] {
    case UInt8(ascii: "\n"): lexNewline()
    case UInt8(ascii: "\r") where isLineEnd(at: start): lexNewline()
    case UInt8(ascii: " "), UInt8(ascii: "\t"): lexBlanks()
    case UInt8(ascii: "#"): lexComment()
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      lexWord()
    default:
      guard let (scalar, _) = scalar(at: start) else {
        position += 1
        append(.unknown, from: start)
        return
      }
      if Folding.isBlank(scalar) {
        lexBlanks()
      } else if Folding.narrowed(scalar) == "#" {
        lexComment()
      } else if NameCharacters.canStart(scalar) || NameCharacters.isDigit(scalar) {
        lexWord()
      } else {
        lexMark(scalar)
      }
    }
  }

  private mutating func lexBlanks() {
    let start = position
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: " ") {
        position += 1
      } else if let (scalar, end) = scalar(at: position), Folding.isBlank(scalar),
        !isLineEnd(at: position)
      {
        position = end
      } else {
        break
      }
    }
    append(.blank, from: start)
  }

  private mutating func lexComment() {
    let start = position
    position = endOfLine(from: start)
    append(.comment, from: start)
  }

  // MARK: - Bytes

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// The scalar at an offset, and the offset after it. The bytes come from a `String`, so they are
  /// well-formed; whatever is not gives nil.
  func scalar(at offset: Int) -> (scalar: Unicode.Scalar, end: Int)? {
    guard offset < bytes.count else { return nil }
    let first = UInt32(bytes[offset])
    if first < 0x80 { return (Unicode.Scalar(UInt8(truncatingIfNeeded: first)), offset + 1) }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard offset + count <= bytes.count else { return nil }
    var value = first & (0x7F >> UInt32(count))
    for following in bytes[(offset + 1)..<(offset + count)] {
      value = value << 6 | UInt32(following & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, offset + count) }
  }

  func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// Whether a line ends here, with LF or CR LF.
  func isLineEnd(at offset: Int) -> Bool {
    guard let byte = byte(at: offset) else { return false }
    if byte == UInt8(ascii: "\n") { return true }
    return byte == UInt8(ascii: "\r") && self.byte(at: offset + 1) == UInt8(ascii: "\n")
  }

  func endOfLine(from offset: Int) -> Int {
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return bytes.count }
    return end > offset && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
  }

  /// The offset where the line after a line end begins.
  func afterLineEnd(_ offset: Int) -> Int {
    byte(at: offset) == UInt8(ascii: "\r") ? offset + 2 : offset + 1
  }

  // MARK: - Tokens

  /// Adds the token that reaches from `start` to the present position.
  mutating func append(_ kind: CompactToken.Kind, from start: Int) {
    append(CompactToken(kind, at: SourceRange(start, position)))
  }

  mutating func append(_ mark: Mark, from start: Int) {
    append(CompactToken(.mark, at: SourceRange(start, position), mark: mark))
  }

  mutating func append(_ keyword: Keyword, isChinese: Bool, at range: SourceRange) {
    append(CompactToken(.keyword, at: range, keyword: keyword, isChinese: isChinese))
  }

  mutating func append(_ kind: CompactToken.Kind, _ content: String, from start: Int) {
    contents.append(content)
    append(
      CompactToken(kind, at: SourceRange(start, position), content: contents.count - 1))
  }

  mutating func append(_ number: NumberSyntax) {
    numbers.append(number)
    append(CompactToken(.number, at: number.range, content: numbers.count - 1))
  }

  mutating func append(_ period: PeriodLiteral, at range: SourceRange) {
    periods.append(period)
    append(CompactToken(.period, at: range, content: periods.count - 1))
  }

  private mutating func append(_ token: CompactToken) {
    tokens.append(token)
    guard token.isSignificant else {
      if token.kind == .newline { endStatement() }
      return
    }
    switch token.mark {
    case ";"?: return endStatement()
    case "("?, "{"?: depth += 1
    case ")"?, "}"?: depth = max(0, depth - 1)
    default: break
    }
    endsInBackslash = false
    slot.move(past: token, after: previous)
    expectsPath = token.keyword == .into && previous?.keyword != .without
    previous = token
  }

  private mutating func endStatement() {
    if diagnostics.count > diagnosticsBefore { wrongStatements += 1 }
    diagnosticsBefore = diagnostics.count
    previous = nil
    expectsPath = false
    depth = 0
    slot = NamingSlot()
  }

  private static let mostHints = 100
  static let mostDiagnostics = 1000

  /// Notes what is wrong: beyond the first hundred without advice, beyond a thousand not at all.
  /// The token then is unknown, so its statement is refused all the same.
  mutating func report(_ diagnostic: (_ hasHints: Bool) -> Diagnostic) {
    guard diagnostics.count < Self.mostDiagnostics else { return }
    diagnostics.append(diagnostic(diagnostics.count < Self.mostHints))
  }
}

/// What a name is made of (language.md 2, rule 4).
enum NameCharacters {
  static func isHanzi(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x4E00...0x9FFF, 0x3005...0x3007, 0x3400...0x4DBF, 0xF900...0xFAFF, 0x2E80...0x2FDF,
      0x20000...0x3FFFD:
      true
    default: false
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(Folding.narrowed(scalar).value)
  }

  static func isASCIIWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  static func canStart(_ scalar: Unicode.Scalar) -> Bool {
    let scalar = Folding.narrowed(scalar)
    if scalar.value < 0x80 { return isASCIIWord(scalar) && !isDigit(scalar) }
    return isHanzi(scalar) || scalar.properties.isAlphabetic
  }

  static func canContinue(_ scalar: Unicode.Scalar) -> Bool {
    if canStart(scalar) || isDigit(scalar) { return true }
    guard scalar.value >= 0x300 else { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber: return true
    default: return false
    }
  }
}
