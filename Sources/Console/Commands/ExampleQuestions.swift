// ExampleQuestions.swift: the session arrives; sentences on its data leave that have been tried.
//
// The program knows no metric: patterns are filled with the catalogue's own words and what the data
// holds, and what then cannot be answered is not shown.

import Catalog
import Columns
import Planning
import Syntax

struct ExampleQuestions {
  let session: Session
  let language: Language
  /// The words that stand in the place of `{…}`.
  private let words: [String: String]

  init(session: Session, language: Language) {
    self.session = session
    self.language = language
    words = ExampleWords(session).all
  }

  /// A pattern with its words, in the language of the reader; nil where it cannot be answered.
  func sentence(_ pattern: String) -> String? {
    guard let source = filled(pattern), let statement = read(source), works(statement) else {
      return nil
    }
    return Syntax.sentence(
      of: statement, in: language, naming: session.pipeline.canonicalNames(language))
  }

  /// The first of the patterns that hold the keyword and can be run.
  func sentences(holding keyword: Keyword, atMost count: Int) -> [String] {
    let word = Keywords.spelling(of: keyword, in: .english)
    return first(count, of: Self.patterns.filter { holds($0, word) })
  }

  /// The first of the patterns that can be run with this metric.
  func sentences(ofMetric name: String, atMost count: Int) -> [String] {
    let by = session.ground.vocabulary.catalog.dimensions.filter { $0.timeUnit == nil }
    return first(
      count,
      of: ["\(name) by {leaf} top 3", "\(name) by {parent} with totals", "\(name) by month", name]
        + by.map { "\(name) by \($0.name)" } + ["\(name) where {leaf} = {member}"])
  }

  /// The first of the patterns that can be run with this dimension.
  func sentences(ofDimension name: String, _ member: String?, atMost count: Int) -> [String] {
    let metrics = session.ground.vocabulary.catalog.metrics.map(\.name)
    var patterns = ["{monthly} by \(name)", "{count} by \(name)"]
    if let member {
      let value = Self.quoted(member)
      patterns += ["{monthly} where \(name) = \(value)", "{count} where \(name) = \(value)"]
    }
    patterns += metrics.map { "\($0) by \(name)" }
    if let member {
      patterns += metrics.map { "\($0) where \(name) = \(Self.quoted(member))" }
    }
    return first(count, of: patterns + ["show members of \(name)"])
  }

  private func first(_ count: Int, of patterns: [String]) -> [String] {
    var found: [String] = []
    for pattern in patterns where found.count < count {
      if let sentence = sentence(pattern), !found.contains(sentence) { found.append(sentence) }
    }
    return found
  }

  // MARK: - Filling and trying

  static func quoted(_ text: String) -> String {
    "'" + text.flatMap { $0 == "'" ? "''" : String($0) } + "'"
  }

  /// nil where a word of the pattern has no counterpart.
  private func filled(_ pattern: String) -> String? {
    var text = ""
    var rest = Substring(pattern)
    while let open = rest.firstIndex(of: "{") {
      let name = rest[rest.index(after: open)...].prefix { $0 != "}" }
      text += rest[..<open]
      if let word = words[String(name)] {
        text += word
        rest = rest[name.endIndex...].dropFirst()
      } else if name.contains(where: { $0 == "=" || $0 == " " }) {
        // Braces of the language.
        text += "{"
        rest = rest[rest.index(after: open)...]
      } else {
        return nil
      }
    }
    return text + rest
  }

  private func read(_ source: String) -> StatementSyntax? {
    let parsed = parse(source, knowing: session.knownWords, hasLastQuestion: true).statements
    guard parsed.count == 1, parsed[0].diagnostics.isEmpty else { return nil }
    return parsed[0].statement
  }

  /// Whether the statement can be run now, behind a first question where it needs one; a file is
  /// not written for that.
  private func works(_ statement: StatementSyntax) -> Bool {
    var trial = session
    if let opening = filled("{monthly} by {leaf} top 3").flatMap(read) {
      _ = try? trial.run(opening, in: language)
    }
    do throws(PlanningFault) {
      if case .answer(let answer) = try trial.run(statement, in: language) {
        return answer.refusal == nil && !answer.rows.isEmpty
      }
      return true
    } catch {
      return false
    }
  }

  private func holds(_ pattern: String, _ keyword: String) -> Bool {
    guard let source = filled(pattern) else { return false }
    return lex(source, knowing: session.knownWords).tokens.contains { token in
      if case .keyword(let word, _) = token.kind { word == keyword } else { false }
    }
  }
}
