// CompletionPlace.swift: the text before the cursor arrives; what the grammar takes there, and what
// the statement has named so far, leaves.

import Catalog
import Planning
import Syntax

/// The place of the cursor in its statement.
struct CompletionPlace {
  let context: LineContext
  /// The text up to the cursor: what stands behind it is kept and not parsed.
  let before: String
  let expected: Expectation
  /// The metrics of the statement, or of the question that it refines, in the order written.
  let metrics: [Metric]
  let usedDimensions: Set<String>
  /// Those that this statement is split by already, where the cursor stands in such a list.
  let splitDimensions: Set<String>
  /// The question that a clause word at the beginning refines.
  let refined: QuestionSyntax?
  /// Nothing of the statement is written yet but the word of the cursor.
  let isOpening: Bool

  init(_ before: String, _ context: LineContext) {
    self.context = context
    self.before = before
    expected = context.expectation(at: before)
    let head = before.slice(SourceRange(expected.statementStart, expected.partial.lower))
    isOpening = head.allSatisfy(\.isWhitespace)
    let tokens = isOpening ? [] : lex(head, knowing: context.knownWords).tokens
    refined = tokens.first?.refines == true ? context.session.lastQuestion : nil
    let names = context.session.pipeline.canonicalNames(.english)
    let whole = refined.map {
      context.expectation(at: sentence(of: $0, in: .english, naming: names) + " ")
    }
    let vocabulary = context.vocabulary
    splitDimensions = Self.splits(tokens, context.vocabulary)
    metrics = ((whole?.metrics ?? []) + expected.metrics).compactMap { vocabulary.metric($0.text) }
    usedDimensions = Set(
      ((whole?.dimensions ?? []) + expected.dimensions)
        .compactMap { vocabulary.dimension($0.text)?.name })
  }

  /// The dimensions behind `by` and `across`; none where the last clause is another one.
  private static func splits(_ tokens: [Token], _ vocabulary: Vocabulary) -> Set<String> {
    var clause: Keyword?
    var found: Set<String> = []
    for token in tokens {
      switch token.kind {
      case .keyword(let word, _):
        if let keyword = Keywords.keyword(english: word), Keywords.isClause(keyword) {
          clause = keyword
        } else if clause == .by || clause == .across,
          let dimension = vocabulary.dimension(word)
        {
          found.insert(dimension.name)
        }
      case .name(let text), .bracketedName(let text):
        guard clause == .by || clause == .across else { continue }
        if let dimension = vocabulary.dimension(text) { found.insert(dimension.name) }
      default: continue
      }
    }
    return clause == .by || clause == .across ? found : []
  }

  /// The language of the sentence so far; nil where none is seen.
  var writtenLanguage: Language? { expected.language }

  /// A condition begins here: a dimension is followed by a comparison.
  var isInCondition: Bool { expected.slots.contains(.savedFilter) }

  /// The dimension whose value stands here.
  var valueDimension: Dimension? {
    for case .value(of: let name?) in expected.slots { return context.vocabulary.dimension(name) }
    return nil
  }

  /// The keyword right before the word of the cursor.
  var keywordBefore: Keyword? {
    let head = before.slice(SourceRange(expected.statementStart, expected.partial.lower))
    for token in lex(head, knowing: context.knownWords).tokens.reversed() {
      switch token.kind {
      case .blank, .newline, .comment, .end: continue
      case .keyword(let word, _): return Keywords.keyword(english: word)
      default: return nil
      }
    }
    return nil
  }

  /// Only the dimensions that all metrics named so far have in the loaded data; all that it has
  /// where none is named. Unused ones first.
  var dimensions: [Dimension] {
    let catalog = context.catalog
    let loaded = context.session.ground.loaded.store.datasets
    var shared = catalog.datasets.filter { loaded.contains($0.name) }
      .reduce(into: Set<String>(["item"])) { $0.formUnion(catalog.dimensionNames($1)) }
    var ordered: [Dimension] = []
    for metric in metrics {
      let own = catalog.orderedDimensions(of: metric, isCounted: loaded.contains)
      if ordered.isEmpty { ordered = own }
      var names = catalog.dimensionNames(of: metric)
      // Scores come from schemes, and the issuer is no column of a data set.
      if metric.schemeRole == nil {
        names.formIntersection(own.map(\.name) + ["issuer"])
      }
      shared.formIntersection(names)
    }
    // As people think of them: the first metric's own, then all else, times last.
    var seen: Set<String> = []
    let others = catalog.dimensions.filter { $0.timeUnit == nil }
    let fitting = (ordered + others + catalog.dimensions).filter {
      shared.contains($0.name) && seen.insert($0.name).inserted
    }
    // Nothing is split by the same twice.
    return fitting.filter { !usedDimensions.contains($0.name) }
      + fitting.filter {
        usedDimensions.contains($0.name) && !splitDimensions.contains($0.name)
      }
  }
}

extension Token {
  /// Whether a statement that begins with it changes the question before.
  fileprivate var refines: Bool {
    guard case .keyword(let word, _) = kind, let keyword = Keywords.keyword(english: word) else {
      return false
    }
    return keyword == .then || Keywords.isClause(keyword)
  }
}
