// GrammarCompletion.swift: a line and a cursor arrive; what the grammar and the loaded data offer
// there leaves, with counts.

import Catalog
import Columns
import Planning
import Syntax

/// Completion by the parser's state at the cursor (console.md 5.1).
final class GrammarCompletion: CompletionSource {
  private let session: () -> Session

  init(session: @escaping () -> Session) { self.session = session }

  func completion(in text: String, at cursor: Int) -> CompletionReply {
    let session = session()
    let before = text.slice(SourceRange(0, cursor))
    if before.hasSuffix("?") || before.hasSuffix("？") {
      let kept = String(before.dropLast())
      return .panel(
        help(in: kept, at: kept.utf8.count, session), text: kept, cursor: kept.utf8.count)
    }
    let expected = expectation(
      in: text, at: cursor, knowing: session.knownWords,
      hasLastQuestion: session.lastQuestion != nil)
    let offer = Offer(session, expected, before: before)
    let candidates = offer.candidates
    guard !candidates.isEmpty else { return .nothing }
    return .candidates(
      CompletionRequest(
        range: expected.partial.lower..<expected.partial.upper, typed: expected.partialText,
        candidates: CandidateSet(candidates, total: offer.total)))
  }

  /// What this place takes, one row a word (console.md 6.3).
  func help(in text: String, at cursor: Int, _ session: Session) -> [String] {
    let expected = expectation(
      in: text, at: cursor, knowing: session.knownWords,
      hasLastQuestion: session.lastQuestion != nil)
    return Offer(session, expected, before: text).candidates.prefix(10).map { candidate in
      [candidate.name, candidate.twin].compactMap { $0 }.joined(separator: "  ")
    }
  }
}

/// The candidates of one place.
private struct Offer {
  let session: Session
  let expected: Expectation
  /// The text up to the cursor.
  let before: String
  let language: Language
  private(set) var candidates: [Candidate] = []
  private(set) var total: Int64?

  init(_ session: Session, _ expected: Expectation, before: String) {
    self.session = session
    self.expected = expected
    self.before = before
    language = expected.language ?? session.language
    for slot in expected.slots { add(slot) }
    for mark in expected.marks where ["=", "!=", "<", "<=", ">", ">="].contains(mark) {
      candidates.append(Candidate(mark, ending: ""))
    }
    for word in expected.keywords { candidates.append(keyword(word)) }
  }

  private var catalog: Catalog { session.ground.vocabulary.catalog }

  private mutating func add(_ slot: Expectation.Slot) {
    switch slot {
    case .metric:
      let used = Set(
        expected.metrics.compactMap { session.ground.vocabulary.metric($0.text)?.name })
      let fresh = catalog.metrics.filter { !used.contains($0.name) }
      candidates += fresh.map { candidate($0.name, $0.label, $0.aliases) }
    case .dimension: addDimensions()
    case .value(of: let name?): addValues(of: name)
    case .period: addPeriods()
    case .savedFilter:
      candidates += catalog.filters.map { Candidate("@" + $0.name) }
    case .savedQuery:
      candidates += catalog.queries.map { Candidate("@" + $0.name) }
    case .parameter:
      candidates += session.pipeline.scope.values.keys.sorted().map { Candidate("$" + $0) }
    case .dataset: candidates += catalog.datasets.map { candidate($0.name, $0.label, []) }
    case .scheme: candidates += catalog.schemes.map { candidate($0.name, $0.label, []) }
    case .value, .number, .text, .path, .newName, .column: break
    }
  }

  /// Only the dimensions that all metrics named so far have; unused ones first.
  private mutating func addDimensions() {
    let metrics = expected.metrics.compactMap { session.ground.vocabulary.metric($0.text) }
    let shared = metrics.map(catalog.dimensionNames(of:)).reduce(nil) { known, next in
      known.map { $0.intersection(next) } ?? next
    }
    let used = Set(
      expected.dimensions.compactMap { session.ground.vocabulary.dimension($0.text)?.name })
    let fitting = catalog.dimensions.filter { shared?.contains($0.name) ?? true }
    let ordered =
      fitting.filter { !used.contains($0.name) } + fitting.filter { used.contains($0.name) }
    let ending = isInCondition ? " " : " "
    candidates += ordered.map { candidate($0.name, $0.label, $0.aliases, ending: ending) }
  }

  private var isInCondition: Bool { expected.marks.contains("(") }

  /// The members in the loaded data with their counts under what is typed already; members without
  /// rows stand last.
  private mutating func addValues(of name: String) {
    guard let dimension = session.ground.vocabulary.dimension(name) else { return }
    if dimension.timeUnit != nil { return addPeriods() }
    let counts = counts(of: dimension)
    total = counts.values.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    let members = dimension.members.enumerated().sorted { left, right in
      let (first, second) = (counts[left.element.name] ?? -1, counts[right.element.name] ?? -1)
      return first == second ? left.offset < right.offset : first > second
    }.map(\.element)
    candidates += members.map { member in
      let shown = language == .chinese ? member.chinese ?? member.name : member.name
      let others = [member.english, member.chinese, member.fullName].compactMap { $0 }
      return Candidate(
        shown, twin: language == .chinese ? nil : member.chinese.flatMap { $0 == shown ? nil : $0 },
        aliases: member.aliases + others, count: counts[member.name],
        insertion: insertion(shown))
    }
  }

  /// The first additive metric of the sentence, else the first of the catalogue, by the dimension,
  /// under the conditions that are complete.
  private func counts(of dimension: Dimension) -> [String: Int64] {
    let named = expected.metrics.compactMap { session.ground.vocabulary.metric($0.text) }
    let metric = named.first { $0.kind == .count } ?? catalog.metrics.first { $0.kind == .count }
    guard let metric else { return [:] }
    var question = QuestionSyntax(metric: metric.name, by: dimension.name, where: nil)
    question.clauses += completeConditions()
    guard let answer = try? session.pipeline.answer(question, in: .english) else { return [:] }
    var counts: [String: Int64] = [:]
    for row in answer.rows {
      if case .text(let name)? = row.cells.first?.raw, case .whole(let count)? = row.cells.last?.raw
      {
        counts[name] = count
      }
    }
    return counts
  }

  /// `where` and `during` of the sentence as far as it reads without the condition being typed.
  private func completeConditions() -> [ClauseSyntax] {
    var head = before.slice(SourceRange(0, expected.partial.lower))
    let joints: Set<Keyword> = [.and, .or, .where]
    let tokens = lex(head, knowing: session.knownWords).tokens
    for token in tokens.reversed() {
      guard case .keyword(let word, _) = token.kind,
        let keyword = Keywords.keyword(english: word), joints.contains(keyword)
      else { continue }
      head = head.slice(SourceRange(0, token.range.lower))
      break
    }
    guard
      case .query(let question)? = parse(head, knowing: session.knownWords).statements.last?
        .statement?.kind
    else { return [] }
    return question.clauses.filter {
      switch $0.kind {
      case .where, .during: true
      default: false
      }
    }
  }

  private mutating func addPeriods() {
    candidates += session.ground.holdings.quarters.reversed().map { Candidate($0.text) }
  }

  private func candidate(
    _ name: String, _ label: Bilingual, _ aliases: [String], ending: String = " "
  ) -> Candidate {
    let shown = language == .chinese ? label.chinese : name
    let twin = language == .chinese ? name : label.chinese
    return Candidate(
      shown, twin: twin == shown ? nil : twin, aliases: aliases + [label.english],
      insertion: insertion(shown), ending: ending)
  }

  private func keyword(_ word: String) -> Candidate {
    guard let keyword = Keywords.keyword(english: word) else { return Candidate(word) }
    let shown = Keywords.spelling(of: keyword, in: language)
    let twin = Keywords.spelling(of: keyword, in: language == .chinese ? .english : .chinese)
    return Candidate(shown, twin: twin == shown ? nil : twin)
  }

  /// Bare where it reads back as one word, else in quotes.
  private func insertion(_ name: String) -> String {
    let tokens = lex(name, knowing: session.knownWords).tokens.filter { $0.kind != .end }
    if tokens.count == 1 {
      switch tokens[0].kind {
      case .name, .keyword: return name
      default: break
      }
    }
    return "'" + String(name.flatMap { $0 == "'" ? ["'", "'"] : [$0] }) + "'"
  }
}
