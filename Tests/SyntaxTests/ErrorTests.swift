// ErrorTests.swift: the worked errors of the language contract, code by code.

import Support
import Testing

@testable import Syntax

struct WorkedError: CustomTestStringConvertible {
  let isChinese: Bool
  let code: String
  let column: Int
  let headline: String
  let sentence: String
  let carets: Substring
  let hints: [String]
  var testDescription: String { "\(code): \(sentence)" }

  static let all: [WorkedError] = {
    var errors: [WorkedError] = []
    var lines = ContractExamples.errors.split(separator: "\n")[...]
    while let head = lines.popFirst() {
      guard let text = lines.popFirst(), let carets = lines.popFirst(),
        let help = lines.popFirst()
      else { break }
      let words = head.split(separator: " ")
      let headline = head.drop { $0 != ":" }.dropFirst(2)
      errors.append(
        WorkedError(
          isChinese: headline.unicodeScalars.contains { $0.value > 0x2E80 && $0.value < 0xFF00 }
            && words[1] != "N03" && words[1] != "N04",
          code: String(words[1]), column: Int(words[4].dropLast()) ?? 0,
          headline: String(headline),
          sentence: String(text.dropFirst(2)).replacing("␠", with: " "),
          carets: carets.dropFirst(2),
          hints: help.dropFirst(4).split(separator: " // ").map(String.init)))
    }
    return errors
  }()

  /// Codes that lexer, habit rules, parser and static checks raise without a catalogue.
  static let ownCodes: Set<String> = [
    "L01", "L02", "L03", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10",
    "P11", "P12", "P13", "P14", "P15", "T04", "V01",
  ]
}

@Suite struct ErrorTests {
  let words: RulebookWords

  init() throws { words = try #require(RulebookWords.builtIn) }

  @Test(arguments: WorkedError.all.filter { WorkedError.ownCodes.contains($0.code) })
  func aWorkedErrorOfSyntaxIsReportedWordForWord(_ error: WorkedError) throws {
    let parsed = parse(error.sentence, knowing: words.known)
    let found = try #require(parsed.diagnostics.first)
    #expect(parsed.diagnostics.count == 1)
    #expect(found.code == error.code)
    let range = try #require(found.range)
    #expect(error.sentence.column(of: range.lower) == error.column)
    #expect(caretText(error.sentence, range) == String(error.carets.trimmed))
    let language: Language = error.isChinese ? .chinese : .english
    #expect(found.message[language] == error.headline)
    #expect(found.hints.map { $0[language] } == error.hints)
  }

  @Test(arguments: WorkedError.all.filter { !WorkedError.ownCodes.contains($0.code) })
  func aSentenceThatOnlyTheCatalogueRefusesParses(_ error: WorkedError) {
    #expect(parse(error.sentence, knowing: words.known).diagnostics == [])
  }

  /// Carets as wide as the characters of a range; at the end of a line one.
  private func caretText(_ source: String, _ range: SourceRange) -> String {
    let cells = source.slice(range).unicodeScalars.reduce(0) {
      $0 + ($1.value >= 0x2E80 ? 2 : 1)
    }
    return String(repeating: "^", count: max(1, cells))
  }
}

extension Substring {
  var trimmed: Substring { drop { $0 == " " } }
}
