// GrammarTests.swift: grammar file, parser and keyword table are one grammar, and it is LL(1).

import Testing

@testable import Syntax

@Suite struct GrammarTests {
  let grammar: Grammar

  init() throws { grammar = try #require(Grammar.file) }

  @Test func theGrammarHasTheRulesAndKeywordsOfTheContract() {
    #expect(grammar.names.count == 101)
    #expect(grammar.rules.count == 101)
    #expect(Keywords.table.count == 187)
    #expect(Keywords.table.filter(\.isReserved).count == 63)
  }

  @Test func theKeywordsOfTheGrammarAreThoseOfTheTable() {
    #expect(grammar.keywords == Set(Keywords.table.map(\.english)))
    #expect(Keywords.table.map(\.english) == Keywords.table.map(\.english).sorted())
    #expect(Keyword.allCases.count == Keywords.table.count)
  }

  @Test func everySpellingLeadsToItsKeyword() {
    for keyword in Keyword.allCases {
      let row = Keywords.table[Int(keyword.rawValue)]
      for spelling in [row.english] + row.chinese {
        #expect(Keywords.keyword(spelled: spelling) == keyword, "\(spelling)")
      }
      #expect(Keywords.spelling(of: keyword, in: .english) == row.english)
      #expect(Keywords.spelling(of: keyword, in: .chinese) == row.chinese.first ?? row.english)
    }
  }

  @Test func everyRuleStandsAboveExactlyOneMethodOfTheParser() throws {
    var inCode: [String: [String]] = [:]
    for file in try #require(ProjectFile.names(in: "Sources/Syntax")) where file.hasSuffix(".swift")
    {
      let source = try #require(ProjectFile.text("Sources/Syntax/" + file))
      for rule in Grammar.rulesInComments(of: source) {
        inCode[rule.name, default: []].append(rule.text)
        #expect(rule.below.contains("func "), "\(rule.name) in \(file)")
      }
    }
    for name in grammar.names {
      #expect(inCode[name] == grammar.texts[name].map { [$0] }, "\(name)")
    }
    #expect(Set(inCode.keys) == Set(grammar.names))
  }

  @Test func theGrammarIsLL1() {
    var analysis = FirstSets(grammar)
    #expect(analysis.conflicts() == [])
  }
}

/// First and follow sets. A NAME may be spelled like any keyword that is not reserved.
private struct FirstSets {
  private let grammar: Grammar
  private var first: [String: Set<String>] = [:]
  private var nullable: Set<String> = []
  private var follow: [String: Set<String>] = [:]
  private var found: Set<String> = []

  init(_ grammar: Grammar) {
    self.grammar = grammar
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (name, rule) in grammar.rules {
        let (set, canBeEmpty) = first(of: rule)
        if set != first[name, default: []] || canBeEmpty != nullable.contains(name) {
          hasChanged = true
          first[name] = set
          if canBeEmpty { nullable.insert(name) }
        }
      }
    }
    hasChanged = true
    while hasChanged {
      let before = follow
      for (name, rule) in grammar.rules { walk(rule, follow[name, default: []], in: name) }
      hasChanged = follow != before
    }
  }

  /// Places where one token does not decide, by rule and token.
  mutating func conflicts() -> [String] {
    found.removeAll()
    for (name, rule) in grammar.rules { walk(rule, follow[name, default: []], in: name) }
    return found.sorted()
  }

  private func first(of expression: Grammar.Expression) -> (Set<String>, canBeEmpty: Bool) {
    switch expression {
    case .keyword(let word): return (["\"" + word], false)
    case .mark(let mark): return ([mark], false)
    case .token("NAME"):
      let unreserved = Keywords.table.filter { !$0.isReserved }.map { "\"" + $0.english }
      return (Set(["NAME"] + unreserved), false)
    case .token(let token): return ([token], false)
    case .rule(let name): return (first[name, default: []], nullable.contains(name))
    case .optional(let inner), .repeated(let inner): return (first(of: inner).0, true)
    case .choice(let parts):
      let sets = parts.map(first)
      return (sets.reduce(into: []) { $0.formUnion($1.0) }, sets.contains { $0.canBeEmpty })
    case .sequence(let parts):
      var set: Set<String> = []
      for part in parts {
        let (next, canBeEmpty) = first(of: part)
        set.formUnion(next)
        if !canBeEmpty { return (set, false) }
      }
      return (set, true)
    }
  }

  /// Notes what follows each rule inside an expression, and conflicts at its choices.
  private mutating func walk(
    _ expression: Grammar.Expression, _ after: Set<String>, in name: String
  ) {
    switch expression {
    case .rule(let rule): follow[rule, default: []].formUnion(after)
    case .sequence(let parts):
      var after = after
      for part in parts.reversed() {
        walk(part, after, in: name)
        let (set, canBeEmpty) = first(of: part)
        after = canBeEmpty ? after.union(set) : set
      }
    case .choice(let parts):
      var taken: Set<String> = []
      for part in parts {
        let (set, canBeEmpty) = first(of: part)
        note(taken.intersection(canBeEmpty ? set.union(after) : set), name)
        taken.formUnion(set)
        walk(part, after, in: name)
      }
    case .optional(let inner):
      note(first(of: inner).0.intersection(after), name)
      walk(inner, after, in: name)
    case .repeated(let inner):
      let set = first(of: inner).0
      note(set.intersection(after), name)
      walk(inner, after.union(set), in: name)
    default: break
    }
  }

  private mutating func note(_ tokens: Set<String>, _ rule: String) {
    for token in tokens { found.insert("\(rule): \(token)") }
  }
}
