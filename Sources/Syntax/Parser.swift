// Parser.swift: the tokens of one statement arrive; its tree leaves, or the first thing wrong in
// it.
//
// The grammar is LL(1): every method looks at one token, and what it looks for is noted in
// `expected`. Messages and completion are read off those notes, so there is no second grammar.
// The rule each method reads stands above it, word for word as in grammar/tongbao.ebnf.

/// Says that `Parser.diagnostic` holds what is wrong. It is empty so that the many frames a nested
/// sentence needs stay small.
struct SyntaxFailure: Error {}

struct Parser {
  let lexed: LexedSource
  let known: KnownWords
  /// All tokens of the source that are neither blank nor comment.
  let tokens: [CompactToken]
  /// The first token of the statement, the present one, and the one after the last.
  var statementLower = 0
  var index = 0
  var limit = 0
  /// Where the statement stops: the end of the blanks behind its last word.
  var stop = 0

  var expected = Expected()
  /// What made the parser give up.
  var diagnostic: Diagnostic?
  /// What is wrong although the sentence could be read.
  var findings: [Diagnostic] = []
  /// How much is said about a fault: nothing where only the verdict counts, no advice after many.
  enum Detail { case none, headline, advice }
  var detail = Detail.advice
  var explains: Bool { detail == .advice }
  /// Open `(` and `{` with the offset of each, for P07.
  var openMarks: [(mark: Mark, offset: Int)] = []
  var nesting = 0
  /// The first token of the clause being read.
  var clauseStart: Int?
  var usedClauses = KeywordSet()
  /// A keyword that was taken as a name; if the next token does not fit, it is the culprit.
  var keywordTakenAsName: Int?
  var metricsNamed: [Name] = []
  var dimensionsNamed: [Name] = []
  /// In a definition words may be defined elsewhere, so unknown ones are left to the catalogue.
  var isDefinition = false

  init(_ lexed: LexedSource, _ tokens: [CompactToken], known: KnownWords) {
    self.lexed = lexed
    self.tokens = tokens
    self.known = known
  }

  var source: String { lexed.text }

  /// Prepares for the statement of the given tokens.
  mutating func begin(_ extent: StatementExtent) {
    statementLower = extent.lower
    index = extent.lower
    limit = extent.limit
    stop = extent.stop
    expected.clear()
    diagnostic = nil
    findings.removeAll(keepingCapacity: true)
    openMarks.removeAll(keepingCapacity: true)
    nesting = 0
    clauseStart = nil
    usedClauses = KeywordSet()
    keywordTakenAsName = nil
    metricsNamed.removeAll(keepingCapacity: true)
    dimensionsNamed.removeAll(keepingCapacity: true)
    isDefinition = false
  }

  // MARK: - The present token

  var isAtEnd: Bool { index >= limit }

  var token: CompactToken {
    index < limit ? tokens[index] : CompactToken(.end, at: SourceRange(stop, stop))
  }

  var keyword: Keyword? { index < limit ? tokens[index].keyword : nil }

  /// The offset where the present token begins.
  var offset: Int { index < limit ? tokens[index].range.lower : stop }

  /// The place from an offset to the end of the last token taken.
  func range(from lower: Int) -> SourceRange {
    SourceRange(lower, index > 0 ? max(lower, tokens[index - 1].range.upper) : lower)
  }

  mutating func advance() {
    if index < limit { index += 1 }
    expected.clear()
  }

  // MARK: - Keywords and marks

  /// Whether the present token is the keyword; either way the keyword would be taken here.
  mutating func at(_ wanted: Keyword) -> Bool {
    expected.keywords.insert(wanted)
    return keyword == wanted
  }

  mutating func accept(_ wanted: Keyword) -> Bool {
    guard at(wanted) else { return false }
    advance()
    return true
  }

  mutating func expect(_ wanted: Keyword) throws(SyntaxFailure) {
    guard accept(wanted) else { throw unexpected() }
  }

  /// The first of several keywords that is present.
  mutating func accept(anyOf wanted: [Keyword]) -> Keyword? {
    for candidate in wanted where at(candidate) {
      advance()
      return candidate
    }
    return nil
  }

  mutating func at(mark wanted: Mark) -> Bool {
    expected.marks.insert(wanted)
    return index < limit && tokens[index].mark == wanted
  }

  mutating func accept(mark wanted: Mark) -> Bool {
    guard at(mark: wanted) else { return false }
    advance()
    return true
  }

  mutating func expect(mark wanted: Mark) throws(SyntaxFailure) {
    guard accept(mark: wanted) else { throw unexpected() }
  }

  /// Reads an opening mark, what it encloses, and the closing mark.
  mutating func enclosed<Content>(
    _ open: Mark, _ close: Mark,
    _ content: (inout Parser) throws(SyntaxFailure) -> Content
  ) throws(SyntaxFailure) -> Content {
    let start = offset
    try expect(mark: open)
    openMarks.append((open, start))
    let result = try content(&self)
    try expect(mark: close)
    openMarks.removeLast()
    return result
  }

  /// Counts one level of nesting while `content` is read (P07 beyond 200).
  mutating func nested<Content>(
    _ content: (inout Parser) throws(SyntaxFailure) -> Content
  ) throws(SyntaxFailure) -> Content {
    guard nesting < SourceLimit.nesting else {
      diagnostic = .nestedTooDeeply(limit: SourceLimit.nesting, at: token.range)
      throw SyntaxFailure()
    }
    nesting += 1
    let result = try content(&self)
    nesting -= 1
    return result
  }

  /// One element and, after each comma, another.
  mutating func list<Element>(
    _ element: (inout Parser) throws(SyntaxFailure) -> Element
  ) throws(SyntaxFailure) -> [Element] {
    var elements = [try element(&self)]
    while accept(mark: ",") { elements.append(try element(&self)) }
    return elements
  }

  // MARK: - Words with a value

  mutating func acceptText() -> TextSyntax? {
    expected.slots.insert(.text)
    let token = token
    guard token.kind == .text else { return nil }
    advance()
    return TextSyntax(lexed.content(token), at: token.range)
  }

  mutating func text() throws(SyntaxFailure) -> TextSyntax {
    guard let text = acceptText() else { throw unexpected() }
    return text
  }

  mutating func acceptParameter() -> Name? {
    expected.slots.insert(.parameter)
    let token = token
    guard token.kind == .parameter else { return nil }
    advance()
    return Name(lexed.name(token), at: token.range)
  }

  mutating func parameter() throws(SyntaxFailure) -> Name {
    guard let name = acceptParameter() else { throw unexpected() }
    return name
  }

  mutating func acceptNumber(allowsPercent: Bool = true) -> NumberSyntax? {
    expected.slots.insert(.number)
    let token = token
    guard token.kind == .number else { return nil }
    let number = lexed.number(token)
    guard allowsPercent || number.form != .percent else { return nil }
    advance()
    return number
  }

  mutating func acceptWhole() -> Int? {
    expected.slots.insert(.number)
    let token = token
    guard token.kind == .number, lexed.number(token).form == .whole,
      let value = Int(exactly: lexed.number(token).digits)
    else { return nil }
    advance()
    return value
  }

  /// A whole number after a word that needs one (P08).
  mutating func whole(after word: Int) throws(SyntaxFailure) -> Int {
    if let value = acceptWhole() { return value }
    throw needsWholeNumber(after: word)
  }
}
