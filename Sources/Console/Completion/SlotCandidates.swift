// SlotCandidates.swift: a place in a sentence arrives; the words and names that the grammar takes
// there leave, in the order in which people need them (console.md 5.1).

import Catalog
import Planning
import Syntax

/// The candidates of one place in one language; values of a dimension have a file of their own.
struct SlotCandidates {
  private let place: CompletionPlace
  private let language: Language
  private(set) var list: [Candidate] = []

  init(_ place: CompletionPlace, in language: Language) {
    self.place = place
    self.language = language
    let keywords = place.expected.keywords.compactMap(Keywords.keyword(english:))
    if place.expected.marks.contains(",") { list.append(Candidate(",")) }
    if place.isOpening {
      addOpenings(keywords)
    } else {
      addWords(keywords)
    }
  }

  private var context: LineContext { place.context }
  private var slots: Set<Expectation.Slot> { Set(place.expected.slots) }

  /// Where arithmetic may stand, some keywords are functions and the units of time are none.
  private var takesFormula: Bool { slots.contains(.metric) }

  // MARK: - The order

  /// Metrics, then what else may begin a statement; functions are there for those who type them.
  private mutating func addOpenings(_ keywords: [Keyword]) {
    addMetrics()
    addKeywords(keywords.filter { !$0.isFunction && !Keywords.isClause($0) })
    list += context.session.savedQueries.values.map(\.name).sorted().map {
      Candidate("@" + $0, insertion: Keywords.spelling(of: .run, in: language) + " @" + $0)
    }
    addKeywords(keywords.filter(Keywords.isClause))
    addFunctions(keywords)
  }

  private mutating func addWords(_ keywords: [Keyword]) {
    // Behind `explain` and `assert` the words of the slot come first, else names do.
    let leading: [Keyword] = [.plan, .sqlite, .clickhouse, .every, .any]
    addKeywords(leading.filter(keywords.contains))
    for slot in place.expected.slots { add(slot) }
    addComparisons()
    let isNamed = slots.contains(.dimension) || takesFormula
    let ordered = Self.usual.filter(keywords.contains)
    addKeywords(
      (ordered + keywords.filter { !ordered.contains($0) }).filter { keyword in
        !leading.contains(keyword) && !(takesFormula && keyword.isFunction)
          && !(isNamed && keyword.isTimeUnit) && !(slots.contains(.period) && keyword.isRelative)
      })
    if takesFormula { addFunctions(keywords) }
  }

  /// What people ask for most stands before the rest of a list of words.
  private static let usual: [Keyword] = [
    .share, .rank, .running, .totals, .subtotals, .others, .empty,
    .metrics, .dimensions, .members, .periods,
    .in, .contains,
  ]

  private mutating func add(_ slot: Expectation.Slot) {
    let catalog = context.catalog
    switch slot {
    case .metric: addMetrics()
    case .dimension: addDimensions()
    case .period: addPeriods()
    case .savedFilter:
      let names =
        catalog.filters.map(\.name) + context.session.pipeline.scope.filters.keys.sorted()
      list += unique(names).map { Candidate("@" + $0) }
    case .savedQuery:
      list += context.session.savedQueries.values.map(\.name).sorted().map {
        Candidate("@" + $0)
      }
    case .parameter: list += parameters
    case .dataset: list += catalog.datasets.map { named($0.name, $0.label, []) }
    case .scheme: list += catalog.schemes.map { named($0.name, $0.label, []) }
    case .value, .number, .text, .path, .newName, .column: break
    }
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// What `let` and `param` have given a value.
  var parameters: [Candidate] {
    context.session.pipeline.scope.values.keys.sorted().map { Candidate("$" + $0) }
  }

  // MARK: - Names

  /// Those of this question come first where its results are filtered or ordered.
  private mutating func addMetrics() {
    let named = place.isOpening ? [] : Set(place.metrics.map(\.name))
    let isFirst: Set<Keyword> = [.having, .on, .order, .and, .or, .not]
    let comesFirst = place.keywordBefore.map(isFirst.contains) ?? false
    let all = context.catalog.metrics
    let ordered =
      comesFirst
      ? all.filter { named.contains($0.name) } + all.filter { !named.contains($0.name) }
      : all.filter { !named.contains($0.name) }
    list += ordered.map { self.named($0.name, $0.label, $0.aliases) }
  }

  private mutating func addDimensions() {
    list += place.dimensions.map { dimension in
      var candidate = named(dimension.name, dimension.label, dimension.aliases)
      if dimension.timeUnit != nil {
        candidate.name = spelling(of: dimension.timeUnit, else: candidate.name, language)
        candidate.twin = spelling(of: dimension.timeUnit, else: "", language.other)
        candidate.insertion = candidate.name
      }
      if place.isInCondition { candidate.ending = "=" }
      return candidate
    }
  }

  private func spelling(
    of unit: TimeUnit?, else name: String, _ language: Language
  ) -> String {
    unit.flatMap { Keywords.keyword(english: $0.rawValue) }
      .map { Keywords.spelling(of: $0, in: language) } ?? name
  }

  private func named(_ name: String, _ label: Bilingual, _ aliases: [String]) -> Candidate {
    let shown = language == .chinese ? label.chinese : name
    let twin = language == .chinese ? name : label.chinese
    return Candidate(
      shown, twin: twin == shown ? nil : twin, aliases: aliases + [label.english])
  }

  /// Loaded quarters, the newest first, then spans counted from today's data, then years.
  private mutating func addPeriods() {
    let quarters = context.session.ground.holdings.quarters
    list += quarters.reversed().map { Candidate($0.text) }
    let units: [Keyword] = [.quarter, .month, .year]
    for word in [Keyword.last, .this] {
      list += units.map { unit in
        let (own, twin) = (span(word, unit, language), span(word, unit, language.other))
        return Candidate(own, twin: twin, insertion: own)
      }
    }
    for word in [Keyword.yearToDate, .quarterToDate] { list.append(keyword(word)) }
    let years = unique(quarters.reversed().map { String($0.year) })
    list += years.map { Candidate($0) }
  }

  /// `last quarter`, `上季度`
  private func span(_ word: Keyword, _ unit: Keyword, _ language: Language) -> String {
    let gap = language == .chinese ? "" : " "
    return Keywords.spelling(of: word, in: language) + gap
      + Keywords.spelling(of: unit, in: language)
  }

  // MARK: - Words

  private mutating func addKeywords(_ keywords: [Keyword]) { list += keywords.map(keyword) }

  private mutating func addFunctions(_ keywords: [Keyword]) {
    list += keywords.filter(\.isFunction).map { keyword in
      var candidate = self.keyword(keyword)
      candidate.ending = "("
      return candidate
    }
  }

  private func keyword(_ keyword: Keyword) -> Candidate {
    let shown = Keywords.spelling(of: keyword, in: language)
    let twin = Keywords.spelling(of: keyword, in: language.other)
    return Candidate(shown, twin: twin == shown ? nil : twin, insertion: shown)
  }

  private mutating func addComparisons() {
    let marks = ["=", "!=", "<", "<=", ">", ">="].filter(place.expected.marks.contains)
    list += marks.map { Candidate($0, ending: "") }
  }
}

extension Keyword {
  /// Whether a formula may call it.
  fileprivate var isFunction: Bool {
    switch self {
    case .share, .rank, .running, .previous, .delta, .growth, .avg, .max, .min, .median, .round,
      .abs, .coalesce, .floor, .least, .greatest, .days, .count:
      true
    default: false
    }
  }

  fileprivate var isTimeUnit: Bool { self == .month || self == .quarter || self == .year }

  /// The words that spans counted from the data begin with.
  fileprivate var isRelative: Bool {
    self == .last || self == .this || self == .yearToDate || self == .quarterToDate
  }
}

extension Language {
  var other: Language { self == .chinese ? .english : .chinese }
}
