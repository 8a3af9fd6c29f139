// LawTests.swift: what holds for every sentence, right or wrong, tried on random ones.

import Support
import Testing

@testable import Syntax

#if DEBUG
  private let rounds = 3_000
#else
  private let rounds = 100_000
#endif

@Suite struct LawTests {
  let grammar: Grammar
  let words: KnownWords

  init() throws {
    grammar = try #require(Grammar.file)
    words = KnownWords(Set(SentenceGenerator.names.map(foldedName)))
  }

  /// Codes of sentences that can be read and are refused as a whole.
  private static let wholeCodes: Set<String> = ["P04", "P09", "T09", "T10", "T13", "O03", "V03"]

  @Test func sentencesMadeFromTheGrammarParse() {
    var generator = SentenceGenerator(grammar, seed: 1)
    for _ in 0..<rounds {
      let text = generator.sentence(of: "statement")
      let parsed = parse(text, knowing: words)
      #expect(parsed.statements.count == 1, "\(text)")
      #expect(parsed.statements.allSatisfy { $0.statement != nil }, "\(text)")
      let codes = Set(parsed.diagnostics.map(\.code))
      #expect(codes.isSubset(of: Self.wholeCodes), "\(text): \(parsed.diagnostics)")
    }
  }

  @Test func everyRuleIsReachedByGeneratedSentences() {
    var generator = SentenceGenerator(grammar, seed: 2)
    for rule in ["query", "define", "assert", "show", "then", "use", "param", "let", "run"] {
      for _ in 0..<50 {
        let text = generator.sentence(of: rule)
        #expect(parse(text, knowing: words).statements.first?.statement != nil, "\(text)")
      }
    }
  }

  /// 100,000 sentences in CI, a tenth of them elsewhere, in parts that run side by side.
  @Test(arguments: UInt64(300)..<320)
  func readingWhatIsPrintedGivesTheSameTree(_ seed: UInt64) {
    var generator = SentenceGenerator(grammar, seed: seed)
    let naming = NamePrinter(knowing: words)
    for round in 0..<(Golden.isInCI ? 5_000 : 500) {
      let text = generator.sentence(of: round % 3 == 0 ? "statement" : "query")
      guard let statement = parse(text, knowing: words).statements.first?.statement else {
        continue
      }
      let printed = sentence(of: statement, in: .english, naming: naming)
      let chinese = sentence(of: statement, in: .chinese, naming: naming)
      let again = parse(printed, knowing: words).statements
      guard let tree = again.first?.statement else {
        Issue.record("\(text) is printed as \(printed), which does not parse")
        continue
      }
      // Printing puts the clauses in order; from then on nothing changes.
      #expect(sentence(of: tree, in: .english, naming: naming) == printed, "\(text)")
      #expect(sentence(of: tree, in: .chinese, naming: naming) == chinese, "\(text)")
      let back = parse(chinese, knowing: words).statements.first?.statement
      #expect(back.map { treeText(of: $0) } == treeText(of: tree), "\(text) → \(chinese)")
      if clausesAreSorted(statement) {
        #expect(treeText(of: statement) == treeText(of: tree), "\(text) → \(printed)")
      }
    }
  }

  /// Whether printing keeps the order in which the clauses were written.
  private func clausesAreSorted(_ statement: StatementSyntax) -> Bool {
    let clauses: [ClauseSyntax]
    switch statement.kind {
    case .query(let question), .explain(_, let question): clauses = question.clauses
    case .assert(let assertion): clauses = assertion.question.clauses
    case .define(.query(_, _, let question)): clauses = question.clauses
    default: return true
    }
    let order = clauses.map { clause -> Int in
      let name = clause.kind.name == .bottom ? ClauseName.top : clause.kind.name
      return ClauseName.allCases.firstIndex(of: name) ?? 0
    }
    return order == order.sorted()
  }

  @Test func scriptsOfManyStatementsKeepThemApart() {
    var generator = SentenceGenerator(grammar, seed: 4)
    for _ in 0..<(rounds / 20) {
      let texts = (0..<8).map { _ in generator.sentence(of: "statement") }
      let parsed = parse(texts.joined(separator: " ; "), knowing: words)
      #expect(parsed.statements.count == 8)
      let alone = texts.map { parse($0, knowing: words).statements.first?.statement }
      for (together, single) in zip(parsed.statements, alone) {
        #expect(together.statement.map { treeText(of: $0) } == single.map { treeText(of: $0) })
      }
    }
  }

  // MARK: - Any text

  private static let scraps = [
    "orders", "by", " ", " ", "unit", "where", "=", "month", "11", "(", ")", "{", "}", "'", "“",
    "”", "逾期", "按", "单位", "其中", "月", "11月", "２", "，", "。", "…", "..", ".", "\n", "\n\n", ";",
    "；", "#", "## x\n", "\\\n", "[", "]", "@", "$u", "￥", "top", "5", "%", "2024-11", "2024Q9",
    "99999999999999999999", "1.2.3", "é", "e\u{301}", "👍", "\u{200B}", "\u{0}", "\u{FEFF}",
    "define", "metric", "into", "a.csv", "is", "not", "——", "至", "环比", "非空", "|", "=>", "==",
    "year", "to", "date", "ago", "\r\n", "\t", "　", "最", "-", "- -", "not not", "avg", "per",
    "select", "limit", "十三月", "县县县", "按期办结率按单位", "12345热线", "\u{2028}", "～", "as", "xlsx",
  ]

  private func randomText(_ numbers: inout SeededNumbers) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0..<24, using: &numbers) {
      if Int.random(in: 0..<12, using: &numbers) == 0,
        let scalar = Unicode.Scalar(UInt32.random(in: 0..<0x3100, using: &numbers))
      {
        text.unicodeScalars.append(scalar)
      } else {
        text += Self.scraps.randomElement(using: &numbers) ?? ""
      }
    }
    return text
  }

  @Test func everyByteOfATextBelongsToExactlyOneToken() {
    var numbers = SeededNumbers(seed: 5)
    for _ in 0..<rounds {
      let text = randomText(&numbers)
      var position = 0
      let lexed = lex(text, knowing: words)
      for token in lexed.tokens {
        #expect(token.range.lower == position && token.range.upper >= position, "\(text)")
        position = token.range.upper
      }
      #expect(position == text.utf8.count)
      #expect(lexed.tokens.last?.kind == .end)
    }
  }

  @Test func anyTextGivesTreesOrLocatedMessages() {
    var numbers = SeededNumbers(seed: 6)
    for round in 0..<rounds {
      let text = randomText(&numbers)
      check(text, isConsole: round % 2 == 0)
    }
  }

  @Test func aChangedSentenceGivesATreeOrALocatedMessage() {
    var generator = SentenceGenerator(grammar, seed: 7)
    for round in 0..<rounds {
      let text = generator.sentence(of: round % 2 == 0 ? "statement" : "query")
      var parts = lex(text, knowing: words).tokens.map { text.slice($0.range) }
      let place = Int.random(in: 0..<parts.count, using: &generator.numbers)
      switch Int.random(in: 0..<4, using: &generator.numbers) {
      case 0: parts.remove(at: place)
      case 1: parts.insert(parts[place], at: place)
      case 2: parts[place] = Self.scraps.randomElement(using: &generator.numbers) ?? ""
      default: parts.swapAt(place, Int.random(in: 0..<parts.count, using: &generator.numbers))
      }
      check(parts.joined(), isConsole: false)
    }
  }

  private func check(_ text: String, isConsole: Bool) {
    let size = text.utf8.count
    for statement in parse(text, knowing: words, isConsole: isConsole).statements {
      #expect(statement.statement != nil || !statement.diagnostics.isEmpty, "\(text)")
      #expect(statement.range.lower >= 0 && statement.range.upper <= size)
      for diagnostic in statement.diagnostics {
        let range = diagnostic.range ?? SourceRange(-1, -1)
        #expect(0 <= range.lower && range.lower <= range.upper && range.upper <= size, "\(text)")
        #expect(diagnostic.hints.count <= 2, "\(text)")
        #expect(!diagnostic.message.english.isEmpty && !diagnostic.message.chinese.isEmpty)
      }
      if let correction = statement.diagnostics.first?.correction {
        #expect(
          parse(correction, knowing: words).statements.contains { $0.statement != nil },
          "\(text) → \(correction)")
      }
    }
    let offset = size / 2
    let place = expectation(in: text, at: offset, knowing: words)
    #expect(place.partial.lower <= place.partial.upper && place.partial.upper <= offset + 3)
  }
}
