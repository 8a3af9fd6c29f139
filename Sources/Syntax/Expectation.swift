// Expectation.swift: a text and a cursor arrive; what the grammar takes at the cursor leaves.
//
// It is what the parser asks for when the text before the cursor comes to its end, so completion,
// help and messages can never disagree with the grammar.

package struct Expectation: Sendable {
  package enum Slot: Sendable, Hashable {
    case metric, dimension
    /// A value of the dimension on the left of the test, as typed.
    case value(of: String?)
    case period, number, text
    case savedFilter, savedQuery, parameter, path, newName
    case dataset, scheme, column
  }

  /// English spellings; clause words first, in canonical order, without those already used.
  package var keywords: [String] = []
  package var marks: [String] = []
  package var slots: [Slot] = []
  /// The word being typed, from its first byte (an opening quote included) to the cursor; empty
  /// behind a blank or a mark.
  package var partial: SourceRange
  /// That word without its opening quote or bracket.
  package var partialText = ""
  package var isQuoted = false
  /// The metrics and the dimensions named so far in this statement, as typed.
  package var metrics: [Name] = []
  package var dimensions: [Name] = []
  /// Where the statement of the cursor begins.
  package var statementStart = 0
  /// Whether the text up to the cursor cannot be run yet: a bracket, a quote or a clause is open.
  package var isIncomplete = false
  package var language: Language?
}

/// What may stand at a byte offset. Text behind the offset is not looked at.
package func expectation(
  in source: String, at offset: Int, knowing: KnownWords = KnownWords(),
  hasLastQuestion: Bool = false
) -> Expectation {
  let text = source.slice(SourceRange(0, offset))
  let word = PartialWord(endOf: text, knowing: knowing)
  var expectation = Expectation(partial: SourceRange(word.start, text.utf8.count))
  expectation.partialText = word.text
  expectation.isQuoted = word.isQuoted
  expectation.isIncomplete = isIncomplete(
    text, knowing: knowing, hasLastQuestion: hasLastQuestion)

  let head = text.slice(SourceRange(0, word.start))
  var parser = LastStatement(of: head, knowing: knowing, refines: hasLastQuestion).parser
  parser.detail = .none
  let reachesEnd = parser.readsToEnd(refines: hasLastQuestion)
  expectation.language = StatementLanguage.language(
    of: parser.tokens[parser.statementLower..<parser.limit], in: parser.lexed)
  expectation.statementStart =
    parser.statementLower < parser.limit
    ? parser.tokens[parser.statementLower].range.lower : word.start
  expectation.metrics = parser.metricsNamed
  expectation.dimensions = parser.dimensionsNamed
  guard reachesEnd else { return expectation }
  expectation.keywords = parser.expected.keywords.members.map {
    Keywords.spelling(of: $0, in: .english)
  }
  expectation.marks = parser.expected.marks.members.map(\.spelling)
  expectation.slots = parser.expected.listedSlots
  return expectation
}

/// Whether an entry needs more lines before it can run (console.md 3.4).
package func isIncomplete(
  _ source: String, knowing: KnownWords = KnownWords(), hasLastQuestion: Bool = false
) -> Bool {
  let lexed = lex(source, knowing: knowing)
  if lexed.endsInBackslash { return true }
  if let last = lexed.diagnostics.last, last.range?.upper == source.utf8.count {
    if last.code == "L01" || last.code == "P07" { return true }
  }
  var statement = LastStatement(of: source, knowing: knowing, refines: hasLastQuestion)
  guard let extent = statement.extent else { return false }
  return statement.parser.needsMoreWords(extent, refines: hasLastQuestion)
}

extension Parser {
  /// Whether nothing is wrong before the end of the text.
  fileprivate mutating func readsToEnd(refines: Bool) -> Bool {
    do throws(SyntaxFailure) {
      _ = try statement(isFirst: statementLower == 0, refines: refines)
      return true
    } catch {
      return isAtEnd
    }
  }
}

extension Expected {
  fileprivate var listedSlots: [Expectation.Slot] {
    let all: [(Slots, Expectation.Slot)] = [
      (.metric, .metric), (.dimension, .dimension), (.value, .value(of: valueDimension?.text)),
      (.period, .period), (.number, .number), (.text, .text), (.savedFilter, .savedFilter),
      (.savedQuery, .savedQuery), (.parameter, .parameter), (.path, .path), (.newName, .newName),
      (.dataset, .dataset), (.scheme, .scheme), (.column, .column),
    ]
    return all.filter { slots.contains($0.0) }.map(\.1)
  }
}

/// The statement at the end of a text, ready to be parsed; empty behind a statement that has ended.
private struct LastStatement {
  var parser: Parser
  private(set) var extent: StatementExtent?

  init(of text: String, knowing: KnownWords, refines: Bool) {
    let lexed = lex(text, knowing: knowing)
    let sentences = lexed.sentences()
    parser = Parser(lexed, sentences.tokens, known: knowing)
    // A statement that needs more words takes the next line too.
    for statement in sentences.statements {
      if var open = extent, statement.followsLineEnd, parser.needsMoreWords(open, refines: refines)
      {
        open.limit = statement.limit
        open.stop = statement.stop
        extent = open
      } else {
        extent = statement
      }
    }
    if let open = extent, lexed.endsStatement, !parser.needsMoreWords(open, refines: refines) {
      extent = nil
    }
    let end = sentences.tokens.count
    parser.begin(
      extent ?? StatementExtent(lower: end, limit: end, stop: text.utf8.count, comment: nil))
  }
}

extension LexedSource {
  /// Whether a line end or `;` follows the last word.
  fileprivate var endsStatement: Bool {
    let last = compactTokens.last { token in
      switch token.kind {
      case .blank, .comment, .end: false
      default: true
      }
    }
    return last?.kind == .newline || last?.mark == ";"
  }
}

/// The word that the cursor touches at the end of a text.
private struct PartialWord {
  private(set) var start: Int
  private(set) var text = ""
  private(set) var isQuoted = false

  init(endOf source: String, knowing: KnownWords) {
    let end = source.utf8.count
    start = end
    let lexed = lex(source, knowing: knowing)
    guard let token = lexed.tokens.dropLast().last(where: { $0.range.lower < $0.range.upper })
    else { return }
    let typed = source.slice(token.range)
    switch token.kind {
    case .text(let content), .bracketedName(let content):
      // A closed text is a whole word.
      guard let open = lexed.diagnostics.last?.range, open.upper == end,
        ["L01", "P07"].contains(lexed.diagnostics.last?.code)
      else { return }
      start = token.range.lower
      text = content
      isQuoted = true
    case .name, .keyword, .number, .period, .unknown:
      start = token.range.lower
      text = typed
      splitRun(source, lexed, knowing)
    case .parameter, .path:
      start = token.range.lower
      text = typed
    default: return
    }
  }

  /// In a run of Chinese the word being typed begins where the words before it end.
  private mutating func splitRun(_ source: String, _ lexed: LexedSource, _ known: KnownWords) {
    var runStart = start
    for token in lexed.tokens.reversed()
    where token.range.upper == runStart && token.range.lower < runStart {
      switch token.kind {
      case .name, .keyword, .number, .period: runStart = token.range.lower
      default: return finishRun(source, lexed, known, from: runStart)
      }
    }
    finishRun(source, lexed, known, from: runStart)
  }

  private mutating func finishRun(
    _ source: String, _ lexed: LexedSource, _ known: KnownWords, from runStart: Int
  ) {
    let run = Lexer(source, knowing: known, words: lexed.words).readRun(at: runStart)
    guard run.hasHanzi, run.end == source.utf8.count, run.scalars.count <= 200 else { return }
    let splitter = Splitter(words: lexed.words)
    var isReachable = [Bool](repeating: false, count: run.scalars.count + 1)
    isReachable[0] = true
    var furthest = 0
    for position in run.scalars.indices where isReachable[position] {
      furthest = position
      if splitter.hasWord(beginningWith: run.scalars[position...]) { break }
      splitter.forEachPiece(run.scalars, at: position) { isReachable[$0.end] = true }
    }
    start = run.offsets[furthest]
    text = source.slice(SourceRange(start, run.end))
  }
}

extension Splitter {
  fileprivate func hasWord(beginningWith scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    words.known.hasWord(beginningWith: scalars) || words.introduced.hasWord(beginningWith: scalars)
      || Keywords.chineseIndex.hasWord(beginningWith: scalars)
  }
}
