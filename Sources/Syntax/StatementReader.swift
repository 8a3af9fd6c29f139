// StatementReader.swift: the statements of a lexed source arrive one by one; trees or messages
// leave.

struct StatementReader {
  private let lexed: LexedSource
  private let known: KnownWords
  private let joinsLines: Bool
  private let refines: Bool
  private var parser: Parser
  private let statements: [StatementExtent]
  private var nextDiagnostic = 0
  private var nextReading = 0
  private var parsed: [ParsedStatement] = []
  /// Wrong statements so far; advice is given for the first of them only.
  private var wrongCount = 0
  private static let mostAdvice = 100
  private static let mostWrong = 1000
  /// How often a statement with an open bracket is still cut at a line end.
  private var cutsLeft = 20

  init(_ lexed: LexedSource, knowing known: KnownWords, joinsLines: Bool, refines: Bool) {
    self.lexed = lexed
    self.known = known
    self.joinsLines = joinsLines
    self.refines = refines
    let sentences = lexed.sentences()
    statements = sentences.statements
    parser = Parser(lexed, sentences.tokens, known: known)
  }

  mutating func readAll() -> [ParsedStatement] {
    var next = 0
    while next < statements.count, wrongCount < Self.mostWrong {
      cutsLeft = 20
      var rest: StatementExtent? = joinsLines ? joined(&next) : statements[next]
      next += 1
      while let extent = rest { rest = read(extent) }
    }
    return parsed
  }

  private static let mostJoinedLines = 100

  /// The statement together with the lines it needs to be whole (console.md 3.4).
  private mutating func joined(_ next: inout Int) -> StatementExtent {
    var extent = statements[next]
    for _ in 0..<Self.mostJoinedLines {
      guard next + 1 < statements.count, statements[next + 1].followsLineEnd,
        parser.needsMoreWords(extent, refines: refines)
      else { break }
      next += 1
      extent.limit = statements[next].limit
      extent.stop = statements[next].stop
    }
    return extent
  }

  /// Reads one statement; what an unclosed bracket has swallowed is given back.
  private mutating func read(_ extent: StatementExtent) -> StatementExtent? {
    var extent = extent
    let lower = parser.tokens[extent.lower].range.lower
    parser.begin(extent)
    var result = ParsedStatement(
      statement: nil, diagnostics: [], notes: [],
      range: SourceRange(lower, parser.tokens[extent.limit - 1].range.upper))
    if let fault = faultBeforeParsing(extent, result.range) {
      result.diagnostics = [fault]
    } else {
      do throws(SyntaxFailure) {
        var statement = try parser.statement(
          isFirst: extent.lower == 0 && parsed.isEmpty, refines: refines)
        statement.attach(comment: extent.comment)
        result.statement = statement
        result.diagnostics =
          parser.findings + StaticChecks(source: lexed.text).findings(in: statement)
      } catch {
        let cut = swallowed(by: extent)
        if let cut {
          extent.limit = cut.lower
          result.range.upper = parser.tokens[cut.lower - 1].range.upper
        }
        result.diagnostics = parser.diagnostic.map { [$0] } ?? []
        finish(&result, extent)
        return cut
      }
    }
    finish(&result, extent)
    return nil
  }

  private mutating func finish(_ result: inout ParsedStatement, _ extent: StatementExtent) {
    result.notes = takeNotes(upTo: result.range.upper)
    result.language = StatementLanguage.language(
      of: parser.tokens[extent.lower..<extent.limit], in: lexed)
    parsed.append(result)
    guard !result.diagnostics.isEmpty else { return }
    wrongCount += 1
    if wrongCount == Self.mostAdvice { parser.detail = .headline }
  }

  /// The part of a statement from the line on which the parser gave up, if an open bracket had
  /// joined that line to the ones before.
  private mutating func swallowed(by extent: StatementExtent) -> StatementExtent? {
    guard let open = parser.openMarks.first, cutsLeft > 0, parser.index < extent.limit else {
      return nil
    }
    cutsLeft -= 1
    var lower = parser.index
    while lower > extent.lower, !parser.tokens[lower].startsLine { lower -= 1 }
    guard lower > extent.lower, parser.tokens[lower].range.lower > open.offset else { return nil }
    var rest = extent
    rest.lower = lower
    rest.comment = nil
    return rest
  }

  // MARK: - Faults that are seen before parsing

  /// Codes of the lexer, foreign habits and budgets; of several, the first in the text.
  private mutating func faultBeforeParsing(
    _ extent: StatementExtent, _ range: SourceRange
  ) -> Diagnostic? {
    let lexical = takeDiagnostics(upTo: max(extent.stop, range.upper)).first
    guard range.upper - range.lower <= SourceLimit.statementBytes else {
      return .overLimit(
        .statement, limitBytes: SourceLimit.statementBytes, count: range.upper - range.lower,
        at: range)
    }
    let habits = Habits(parser: parser, refines: refines)
    if let opening = habits.opening() { return opening }
    let mark = habits.foreignMark()
    guard let lexical, let mark else { return lexical ?? mark }
    let isMarkFirst = (mark.range?.lower ?? 0) < (lexical.range?.lower ?? 0)
    return isMarkFirst ? mark : lexical
  }

  private mutating func takeDiagnostics(upTo offset: Int) -> ArraySlice<Diagnostic> {
    let start = nextDiagnostic
    while nextDiagnostic < lexed.diagnostics.count,
      (lexed.diagnostics[nextDiagnostic].range?.lower ?? 0) <= offset
    {
      nextDiagnostic += 1
    }
    return lexed.diagnostics[start..<nextDiagnostic]
  }

  private mutating func takeNotes(upTo offset: Int) -> [Note] {
    var notes: [Note] = []
    while nextReading < lexed.readings.count, lexed.readings[nextReading].range.lower < offset {
      notes.append(lexed.readings[nextReading].note)
      nextReading += 1
    }
    return notes
  }
}

extension Parser {
  /// Whether a statement fails only because it ends too early.
  mutating func needsMoreWords(_ extent: StatementExtent, refines: Bool) -> Bool {
    let detail = detail
    self.detail = .none
    defer { self.detail = detail }
    begin(extent)
    do throws(SyntaxFailure) {
      _ = try statement(isFirst: false, refines: refines)
      return false
    } catch {
      return isAtEnd
    }
  }
}

extension StatementSyntax {
  /// Gives the `##` lines above a definition to it.
  fileprivate mutating func attach(comment: String?) {
    guard let comment, case .define(let definition) = kind else { return }
    switch definition {
    case .metric(var metric):
      metric.comment = comment
      kind = .define(.metric(metric))
    case .dimension(var dimension):
      dimension.comment = comment
      kind = .define(.dimension(dimension))
    case .dataset(var dataset):
      dataset.comment = comment
      kind = .define(.dataset(dataset))
    case .scheme(var scheme):
      scheme.comment = comment
      kind = .define(.scheme(scheme))
    case .filter, .query: break
    }
  }
}

/// The language in which a statement is answered (console.md 8).
enum StatementLanguage {
  /// Chinese if a keyword, or a name outside conditions, is written in hanzi; else English if one
  /// is written in ASCII. Keywords that both languages share say nothing.
  static func language(of tokens: ArraySlice<CompactToken>, in lexed: LexedSource) -> Language? {
    var isInWhere = false
    var braces = 0
    var found: Language?
    for token in tokens {
      switch token.kind {
      case .mark where token.mark == "{": braces += 1
      case .mark where token.mark == "}": braces = max(0, braces - 1)
      case .keyword:
        guard let keyword = token.keyword else { continue }
        if Keywords.isClause(keyword) { isInWhere = keyword == .where }
        if token.isChinese { return .chinese }
        if Keywords.hasChinese(keyword) { found = .english }
      case .name, .bracketedName:
        if isInWhere || braces > 0 { continue }
        let typed = lexed.text.slice(token.range)
        if typed.unicodeScalars.contains(where: NameCharacters.isHanzi) { return .chinese }
        found = .english
      default: break
      }
    }
    return found
  }
}
