// Vocabulary.swift: a catalogue arrives; look-ups of its words by slot leave.

import Catalog
import Syntax
import Synchronization

/// The words of a catalogue, ready to be looked up. Made once for a catalogue and its loaded
/// members.
package struct Vocabulary: Sendable {
  package let catalog: Catalog
  private let metrics: WordTable
  private let dimensions: WordTable
  private let members: LazyMembers

  /// - Complexity: O(spellings of the catalogue)
  package init(_ catalog: Catalog) {
    self.catalog = catalog
    metrics = WordTable(
      catalog.metrics.map { ($0.name, [$0.label.english, $0.label.chinese], $0.aliases) })
    dimensions = WordTable(
      catalog.dimensions.map { ($0.name, [$0.label.english, $0.label.chinese], $0.aliases) })
    members = LazyMembers(catalog)
  }

  /// The words that split Chinese without blanks, and what messages say of them.
  ///
  /// - Complexity: O(spellings) the first time, then O(1).
  package var knownWords: KnownWords {
    members.knownWords { [self] spellings in
      let saved = (catalog.filters.map(\.name) + catalog.queries.map(\.name)).map(foldedName)
      return KnownWords(
        Set(metrics.words + dimensions.words + spellings + saved),
        dimensions: Set(dimensions.words), metrics: catalog.knownMetrics,
        exampleMetric: catalog.metrics.first.map { Bilingual($0.name, $0.label.chinese) })
    }
  }

  package func metric(_ word: String) -> Metric? {
    metrics.name(of: word).flatMap { catalog.metric(named: $0) }
  }

  package func dimension(_ word: String) -> Dimension? {
    dimensions.name(of: word).flatMap { catalog.dimension(named: $0) }
  }

  package func member(_ word: String, of dimension: String) -> MemberMatch {
    members.index(of: dimension)?.match(word) ?? .unknown
  }

  /// Names of metrics near a word, nearest first, at most three.
  package func nearMetrics(_ word: String) -> [Metric] {
    metrics.near(word).compactMap { catalog.metric(named: $0) }
  }

  /// N01 with the nearest names, and the metrics that begin like the first of them.
  func unknownMetric(_ name: Name) -> Diagnostic {
    let near = nearMetrics(name.text)
    let alike = near.first.map { first in
      catalog.metrics.filter { $0.name.hasPrefix(first.name) }
    }
    return .unknownMetric(name, near: near, alike: alike ?? [], place: place(of: name.text))
  }

  /// Where a word that is no metric may stand, shown on the first metric.
  private func place(of word: String) -> Bilingual? {
    guard let example = catalog.metrics.first else { return nil }
    let closed = catalog.dimensions.filter { $0.memberSource == .closed && $0.timeUnit == nil }
    for dimension in closed {
      guard case .found(let member) = member(word, of: dimension.name) else { continue }
      let (label, shown) = (dimension.label.chinese, member.chinese ?? member.name)
      return Bilingual(
        "`\(word)` is a \(dimension.name): write "
          + "`\(example.name) where \(dimension.name) = \(member.name)`",
        "“\(word)”是\(label)，请写“\(example.label.chinese) 其中 \(label) = \(shown)”")
    }
    return nil
  }

  package func nearDimensions(_ word: String) -> [Dimension] {
    dimensions.near(word).compactMap { catalog.dimension(named: $0) }
  }

  package func nearMembers(_ word: String, of dimension: Dimension) -> [Member] {
    let folded = foldedName(word)
    let limit = folded.unicodeScalars.count < 5 ? 1 : 2
    let near = dimension.members.compactMap { member in
      editDistance(folded, foldedName(member.name), limit: limit).map { ($0, member) }
    }
    return near.sorted { $0.0 < $1.0 }.prefix(3).map(\.1)
  }
}

/// Indices that are made when a question first asks for them: a short process asks for one or two.
private final class LazyMembers: Sendable {
  private struct Made {
    var indices: [String: MemberIndex] = [:]
    var words: KnownWords?
  }
  private let catalog: Catalog
  private let made = Mutex(Made())

  init(_ catalog: Catalog) { self.catalog = catalog }

  func index(of name: String) -> MemberIndex? {
    made.withLock { made in
      if let index = made.indices[name] { return index }
      guard let dimension = catalog.dimension(named: name), !dimension.members.isEmpty else {
        return nil
      }
      let index = MemberIndex(dimension)
      made.indices[name] = index
      return index
    }
  }

  /// - Parameter make: given every spelling of the members of closed dimensions.
  func knownWords(_ make: ([String]) -> KnownWords) -> KnownWords {
    if let words = made.withLock({ $0.words }) { return words }
    let closed = catalog.dimensions.filter { $0.memberSource != .open }
    let words = make(closed.flatMap { index(of: $0.name)?.spellings ?? [] })
    made.withLock { $0.words = words }
    return words
  }
}

/// Canonical names by folded spelling: names first, then labels, then aliases.
private struct WordTable: Sendable {
  private var names: [NameKey: String] = [:]
  private var labels: [NameKey: String] = [:]
  private var aliases: [NameKey: String] = [:]

  init(_ entries: [(name: String, labels: [String], aliases: [String])]) {
    for entry in entries {
      names[NameKey(folded: foldedName(entry.name))] = entry.name
      for label in entry.labels { WordTable.add(label, of: entry.name, to: &labels) }
      for alias in entry.aliases { WordTable.add(alias, of: entry.name, to: &aliases) }
    }
  }

  /// The first definition keeps a spelling.
  private static func add(_ spelling: String, of name: String, to table: inout [NameKey: String]) {
    let key = NameKey(folded: foldedName(spelling))
    if table[key] == nil { table[key] = name }
  }

  var words: [String] { [names, labels, aliases].flatMap { $0.keys.map(\.text) } }

  func name(of word: String) -> String? {
    let key = NameKey(folded: foldedName(word))
    return names[key] ?? labels[key] ?? aliases[key]
  }

  func near(_ word: String) -> [String] {
    let folded = foldedName(word)
    let limit = folded.unicodeScalars.count < 5 ? 1 : 2
    var found: [(distance: Int, spelling: String, name: String)] = []
    for table in [names, labels, aliases] {
      for (spelling, name) in table {
        if let distance = editDistance(folded, spelling.text, limit: limit) {
          found.append((distance, spelling.text, name))
        }
      }
    }
    // Dictionary order is not the same in every run; distance and spelling are.
    found.sort { ($0.distance, $0.spelling) < ($1.distance, $1.spelling) }
    var result: [String] = []
    for entry in found where !result.contains(entry.name) { result.append(entry.name) }
    return Array(result.prefix(3))
  }
}

extension Catalog {
  /// What messages say of metrics: their kind, and for a ratio its two parts.
  fileprivate var knownMetrics: [String: KnownMetric] {
    var known: [String: KnownMetric] = [:]
    for metric in metrics {
      var entry = KnownMetric(kind: Bilingual(metric.kind.rawValue, metric.kind.chinese))
      if metric.kind == .ratio, case .product(let factors)? = metric.expression?.kind,
        factors.count == 2
      {
        entry.numerator = named(factors[0].factor)
        entry.denominator = named(factors[1].factor)
      }
      for word in [metric.name, metric.label.english, metric.label.chinese] + metric.aliases {
        known[foldedName(word)] = entry
      }
    }
    return known
  }

  private func named(_ expression: ExpressionSyntax) -> Bilingual {
    let text = sentence(of: expression, in: .english)
    return Bilingual(text, metric(named: text)?.label.chinese ?? text)
  }
}
