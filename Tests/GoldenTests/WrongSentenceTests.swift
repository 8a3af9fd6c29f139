// WrongSentenceTests.swift: a corpus of wrong sentences: each has a code and a place, and help in
// two lines at most.

import Catalog
import Console
import Loading
import Planning
import Rendering
import Support
import Syntax
import Testing

@Suite struct WrongSentenceTests {
  private static let path = "Tests/GoldenTests/WrongSentences.txt"

  /// One sentence a line, behind what is said of it: `P06 1:11 | the sentence`.
  @Test func `Every wrong sentence is told with its code and its place`() throws {
    let built = buildCatalog(from: builtInRulebook())
    let ground = Ground(built.catalog, try loadSample(catalog: built.catalog))
    let corpus = try #require(ProjectFiles.text(Self.path))
    var lines: [String] = []
    for line in corpus.split(separator: "\n") {
      let sentence = String(line.split(separator: "|", maxSplits: 1).last ?? "").trimmedAtStart
      lines.append("\(said(of: sentence, ground)) | \(sentence)")
    }
    #expect(lines.count >= 200)
    #expect(lines.allSatisfy { !$0.hasPrefix("-") }, "a sentence of the corpus is not wrong")
    let produced = lines.joined(separator: "\n") + "\n"
    if let difference = Golden.difference(produced, from: Self.path) {
      Issue.record(Comment(rawValue: difference))
    }
  }

  /// Code, line and column of the first fault; `-` where nothing is wrong.
  private func said(of sentence: String, _ ground: Ground) -> String {
    var session = Session(ground: ground, language: .english)
    for parsed in parse(sentence, knowing: session.knownWords).statements {
      if let first = parsed.diagnostics.first { return place(of: first, in: sentence) }
      guard let tree = parsed.statement else { continue }
      do throws(PlanningFault) {
        _ = try session.run(tree, in: parsed.language)
      } catch {
        switch error {
        case .wrong(let diagnostic): return place(of: diagnostic, in: sentence)
        case .refused(let refusal): return refusal.code
        case .constant, .totalOnly: return "U"
        }
      }
    }
    return "-"
  }

  private func place(of diagnostic: Diagnostic, in sentence: String) -> String {
    #expect(diagnostic.hints.count <= 2, "\(sentence)")
    for language in [Language.english, .chinese] {
      let text = renderDiagnostic(
        diagnostic, source: sentence, place: .prompt, language: language)
      #expect(text.contains("^"), "\(sentence)")
      #expect(!diagnostic.message[language].isEmpty)
    }
    let scalars = sentence.utf8.prefix(diagnostic.range?.lower ?? 0)
    let before = String(decoding: scalars, as: UTF8.self)
    return "\(diagnostic.code) 1:\(before.count + 1)"
  }
}

extension String {
  fileprivate var trimmedAtStart: String { String(drop { $0 == " " }) }
}
