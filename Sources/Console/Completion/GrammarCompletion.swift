// GrammarCompletion.swift: a line and a cursor arrive; what the grammar and the loaded data offer
// there leaves, with counts (console.md 5).

import Catalog
import Planning
import Syntax

/// Completion by the parser's state at the cursor.
final class GrammarCompletion: CompletionSource {
  /// Renewed before each prompt.
  var context: LineContext {
    didSet { values.forgetCounts(keeping: context.session.ground.number) }
  }
  private let values = ValueCandidates()

  init(_ context: LineContext) { self.context = context }

  func completion(in text: String, at cursor: Int) -> CompletionReply {
    let before = text.slice(SourceRange(0, cursor))
    if let command = CommandCandidates(before, context) {
      return reply(to: command.place, before)
    }
    let place = CompletionPlace(before, context)
    if let last = before.last, last == "?" || last == "？", !place.expected.isQuoted {
      let kept = String(before.dropLast())
      return .panel(
        help(before: kept), text: kept + text.slice(SourceRange(cursor, text.utf8.count)),
        cursor: kept.utf8.count)
    }
    guard let request = request(at: place) else { return .nothing }
    guard request.candidates.candidates.isEmpty, !request.isUnfinished else {
      return .candidates(request)
    }
    return PlaceWords(place).notice(language(of: place)).map { .notice($0) } ?? .nothing
  }

  /// What could be typed at the end of a line, for its hint.
  func hintReply(_ line: String) -> CompletionReply? {
    if let command = CommandCandidates(line, context) { return reply(to: command.place, line) }
    return request(at: CompletionPlace(line, context)).map { .candidates($0) }
  }

  private func reply(to place: CommandCandidates.Place, _ before: String) -> CompletionReply {
    switch place {
    case .nothing: return .nothing
    case .candidates(let request): return .candidates(request)
    case .members(let dimension, var request):
      guard let question = ValueQuestion(dimension, in: context) else { return .nothing }
      let (set, isFinished) = values.candidates(for: question, context, context.session.language)
      request.candidates = set
      request.isUnfinished = !isFinished
      return .candidates(request)
    case .sentence(let start):
      let sentence = before.slice(SourceRange(start, before.utf8.count))
      guard var request = request(at: CompletionPlace(sentence, context)) else { return .nothing }
      request.range = request.range.lowerBound + start..<request.range.upperBound + start
      return .candidates(request)
    }
  }

  /// The rows of F1 for the end of a text.
  func help(before: String) -> [PanelLine] {
    let place = CompletionPlace(before, context)
    return HelpPanel(place, request(at: place), language(of: place)).lines
  }

  // MARK: - What the place takes

  /// nil where the text before the cursor is no sentence.
  func request(at place: CompletionPlace) -> CompletionRequest? {
    let expected = place.expected
    if expected.slots.contains(.path) {
      let start = FileCandidates.start(in: place.before)
      let files = FileCandidates(in: place.before, from: start)
      return CompletionRequest(
        range: files.range, typed: files.typed, candidates: CandidateSet(files.list))
    }
    let typed = expected.partialText
    let range = expected.partial.lower..<expected.partial.upper
    if let dimension = place.valueDimension, !typed.hasPrefix("$") {
      return valueRequest(dimension, place, range, typed)
    }
    let language = language(of: place)
    var list = SlotCandidates(place, in: language)
    if typed.hasPrefix("$") {
      return CompletionRequest(
        range: range, typed: typed, candidates: CandidateSet(list.parameters))
    }
    if place.writtenLanguage == nil, !typed.isEmpty {
      list = SlotCandidates(place, in: typedLanguage(typed, place, otherwise: language))
    }
    var request = CompletionRequest(
      range: range, typed: typed, candidates: CandidateSet(list.list))
    // `@` is a mark of its own, and part of the name that follows it.
    if range.lowerBound > 0, place.before.utf8.dropLast(range.count).last == UInt8(ascii: "@") {
      request.range = range.lowerBound - 1..<range.upperBound
      request.typed = "@" + typed
    }
    request.spelling = nameSpelling()
    return request
  }

  private func valueRequest(
    _ dimension: Dimension, _ place: CompletionPlace, _ range: Range<Int>, _ typed: String
  ) -> CompletionRequest? {
    guard let question = ValueQuestion(dimension, at: place) else { return nil }
    let (set, isFinished) = values.candidates(for: question, context, language(of: place))
    var request = CompletionRequest(range: range, typed: typed, candidates: set)
    request.isUnfinished = !isFinished
    let quote =
      place.expected.isQuoted
      ? place.before.slice(SourceRange(range.lowerBound, range.upperBound)).first : nil
    if dimension.timeUnit == nil { request.spelling = valueSpelling(inside: quote) }
    return request
  }

  // MARK: - Languages and quotes

  /// Of the sentence so far, else of messages.
  private func language(of place: CompletionPlace) -> Language {
    place.writtenLanguage ?? context.session.language
  }

  /// The language of the first word of a sentence: of the names that it begins, else of those whose
  /// pinyin it is.
  private func typedLanguage(
    _ typed: String, _ place: CompletionPlace, otherwise language: Language
  ) -> Language {
    guard typed.utf8.allSatisfy({ $0 < 0x80 }) else { return .chinese }
    for (language, limit) in [(Language.english, MatchClass.aliasPrefix), (.chinese, .substring)] {
      let names = SlotCandidates(place, in: language).list.map {
        // Names of the other language do not count here.
        Candidate($0.name, aliases: $0.aliases.filter { ($0.utf8.first ?? 0) < 0x80 })
      }
      let found = CandidateSet(names).matches(typed)
      if found.count > 0, found.matchClass(0) <= limit { return language }
    }
    return language
  }

  /// Bare where it reads back as one name, else in brackets.
  private func nameSpelling() -> @Sendable (String) -> String {
    let words = context.knownWords
    return { name in
      guard let first = name.first, !"@$,=!<>.".contains(first) else { return name }
      let tokens = lex(name, knowing: words).tokens.filter { $0.kind != .end }
      switch tokens.first?.kind {
      case .name? where tokens.count == 1: return name
      case .keyword? where tokens.count == 1 && !Keywords.mustBeBracketed(name): return name
      case .period?, .number?: return name
      default: return "[" + name + "]"
      }
    }
  }

  private static let closingQuotes: [Character: Character] = [
    "“": "”", "‘": "’", "「": "」", "『": "』",
  ]

  /// Bare where it reads back as one name, else in quotes; inside quotes they are closed.
  private func valueSpelling(inside quote: Character?) -> @Sendable (String) -> String {
    let words = context.knownWords
    return { name in
      let tokens = lex(name, knowing: words).tokens.filter { $0.kind != .end }
      if quote == nil, tokens.count == 1, case .name? = tokens.first?.kind { return name }
      if quote == "[" { return "[" + name + "]" }
      let open = quote ?? "'"
      let close = Self.closingQuotes[open] ?? open
      let doubled = name.map { $0 == close ? "\(close)\(close)" : String($0) }.joined()
      return "\(open)\(doubled)\(close)"
    }
  }
}
