// ExampleTests.swift: every sentence that the language contract shows.

import Support
import Testing

@testable import Syntax

struct Example: CustomTestStringConvertible {
  let number: Int
  let english: String
  let chinese: String
  var testDescription: String { "\(number): \(english)" }

  static let all: [Example] = ContractExamples.sentences.split(separator: "\n").map { line in
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    func lines(_ cell: String) -> String { cell.split(separator: "⏎").joined(separator: "\n") }
    return Example(number: Int(cells[0]) ?? 0, english: lines(cells[1]), chinese: lines(cells[2]))
  }
}

@Suite struct ExampleTests {
  let words: RulebookWords

  init() throws { words = try #require(RulebookWords.builtIn) }

  @Test(arguments: Example.all)
  func everyExampleParsesInBothLanguages(_ example: Example) {
    for text in [example.english, example.chinese] where !text.isEmpty {
      #expect(parse(text, knowing: words.known).diagnostics == [])
      // Only Chinese without blanks needs to know the words.
      if text != "按期办结率按单位其中类别=部门末3" { #expect(parse(text).diagnostics == []) }
    }
  }

  @Test(arguments: Example.all.filter { !$0.english.isEmpty && !$0.chinese.isEmpty })
  func bothLanguagesOfAnExampleAreOneSentence(_ example: Example) {
    let english = canonical(example.english)
    let chinese = canonical(example.chinese)
    // Names that only one of the two sentences introduces stay what they are.
    #expect(neutral(chinese, example) == neutral(english, example))
  }

  /// Blanks between hanzi may go: the tree stays, or a note or P11 says what became of the words.
  /// Where a new or saved name stands, the blank after it is what ends it.
  @Test(
    arguments: Example.all.filter { example in
      !example.chinese.isEmpty
        && !["记作", "@", "定义"].contains { example.chinese.contains($0) }
    })
  func withoutBlanksAnExampleIsTheSameOrSaysSo(_ example: Example) {
    let apart = parse(example.chinese, knowing: words.known)
    let text = withoutBlanksBetweenHanzi(example.chinese)
    let together = parse(text, knowing: words.known)
    let isSame =
      together.statements.compactMap(\.statement).map { treeText(of: $0) }
      == apart.statements.compactMap(\.statement).map { treeText(of: $0) }
    let isTold =
      together.statements.contains { !$0.notes.isEmpty }
      || together.diagnostics.contains { $0.code == "P11" }
    #expect(isSame || isTold, "\(text)")
  }

  private func withoutBlanksBetweenHanzi(_ text: String) -> String {
    let characters = Array(text)
    func isHanzi(_ place: Int) -> Bool {
      characters.indices.contains(place)
        && characters[place].unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
    }
    return String(
      characters.indices.filter {
        characters[$0] != " " || !isHanzi($0 - 1) || !isHanzi($0 + 1)
      }.map { characters[$0] })
  }

  @Test func aNewNameIsNeverSplit() throws {
    let text = "逾期 记作 单位按月 按 单位"
    let statement = try #require(parse(text, knowing: words.known).statements.first?.statement)
    guard case .query(let question) = statement.kind else {
      Issue.record("not a question")
      return
    }
    #expect(question.columns.first?.alias?.text == "单位按月")
  }

  @Test(arguments: Example.all)
  func printingAnExampleAndReadingItGivesItsTree(_ example: Example) {
    for text in [example.english, example.chinese] where !text.isEmpty {
      for statement in parse(text, knowing: words.known).statements.compactMap(\.statement) {
        for language in Language.allCases {
          let naming = NamePrinter(knowing: words.known)
          let printed = sentence(of: statement, in: language, naming: naming)
          let again = parse(printed, knowing: words.known)
          #expect(again.diagnostics == [], "\(printed)")
          #expect(
            again.statements.compactMap(\.statement).map(treeText(ofSorted:))
              == [treeText(ofSorted: statement)], "\(printed)")
          let twice = again.statements.compactMap(\.statement).map {
            sentence(of: $0, in: language, naming: naming)
          }
          #expect(twice == [printed])
        }
      }
    }
  }

  @Test(
    arguments: ContractExamples.canonicalSentences.split(separator: "\n").map(String.init))
  func theCanonicalSentencesAreFixedPoints(_ text: String) throws {
    let parsed = parse(text, knowing: words.known)
    #expect(parsed.diagnostics == [])
    let statement = try #require(parsed.statements.first?.statement)
    #expect(sentence(of: statement, in: .english, naming: words.canonical) == text)
  }

  @Test func theForeignDataSetParses() {
    let parsed = parse(ContractExamples.foreignDataset)
    #expect(parsed.diagnostics == [])
    #expect(parsed.statements.count == 10)
  }

  /// The canonical English sentences of a text.
  private func canonical(_ text: String) -> [String] {
    parse(text, knowing: words.known).statements.compactMap(\.statement).map {
      sentence(of: $0, in: .english, naming: words.canonical)
    }
  }

  /// Words that the examples of the two languages choose freely.
  private func neutral(_ sentences: [String], _ example: Example) -> [String] {
    let own = [
      ("逾期占应办", "overdue_share"), ("积压率", "backlog"), ("信箱占比", "mailbox_share"),
      ("均率", "mean"), ("late_share", "overdue_share"), ("大镇", "big_towns"), ("月报", "monthly"),
      ("备注，第16行", "remarks, no. 16"), ("逾期.csv", "q4-overdue.csv"), ("2024年", "2024"),
      ("$u = '县住建局'", "$u = 县住建局"),
    ]
    return sentences.map { sentence in
      own.reduce(sentence) { $0.replacing($1.0, with: $1.1) }
    }
  }
}

/// The tree of a statement, its clauses in canonical order.
func treeText(ofSorted statement: StatementSyntax) -> String {
  treeText(
    of: parse(sentence(of: statement, in: .english)).statements.first?.statement ?? statement)
}
