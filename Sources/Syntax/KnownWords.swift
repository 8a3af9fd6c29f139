// KnownWords.swift: the words a catalogue knows arrive; the lexer splits and explains with them.

/// The words a catalogue knows, for splitting Chinese written without blanks (language.md 2.2) and
/// for digit-led names (`12345热线`). All spellings are folded (`foldedName`).
package struct KnownWords: Sendable {
  package private(set) var words: Set<String>
  /// The longest word, in Unicode scalars: bounds the search.
  package private(set) var longestCount: Int
  private(set) var index = WordIndex()

  /// What some words are. Only the words of a message depend on it, never what a sentence means.
  package var dimensions: Set<String>
  /// Metrics by folded name.
  package var metrics: [String: KnownMetric]
  /// A metric that a message may show as an example.
  package var exampleMetric: Bilingual?

  package init(
    _ words: Set<String> = [], dimensions: Set<String> = [],
    metrics: [String: KnownMetric] = [:], exampleMetric: Bilingual? = nil
  ) {
    self.words = words
    self.dimensions = dimensions
    self.metrics = metrics
    self.exampleMetric = exampleMetric
    longestCount = 0
    for word in words {
      longestCount = max(longestCount, word.unicodeScalars.count)
      index.insert(word)
    }
  }

  /// Adds one folded word, such as a name that the text itself defines.
  package mutating func insert(_ word: String) {
    guard words.insert(word).inserted else { return }
    longestCount = max(longestCount, word.unicodeScalars.count)
    index.insert(word)
  }

  /// Whether a name as typed is one of the words.
  package func contains(_ name: String) -> Bool {
    index.number(of: foldedName(name).unicodeScalars) != nil
  }
}

/// What a message may say about a metric.
package struct KnownMetric: Sendable, Hashable {
  /// The word for its kind: "ratio", "比率".
  package var kind: Bilingual
  /// The two parts of a ratio, as they are named.
  package var numerator: Bilingual?
  package var denominator: Bilingual?

  package init(kind: Bilingual, numerator: Bilingual? = nil, denominator: Bilingual? = nil) {
    self.kind = kind
    self.numerator = numerator
    self.denominator = denominator
  }
}
