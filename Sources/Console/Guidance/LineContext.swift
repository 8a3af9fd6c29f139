// LineContext.swift: the session and the last entry arrive before each prompt; what the answers to
// the line editor are made from leaves.

import Catalog
import Planning
import Syntax

/// Everything that colours, hints, completion and help are made from, as it stands while one line
/// is edited.
struct LineContext: Sendable {
  let session: Session
  let knownWords: KnownWords
  /// The last entry with its one possible correction; offered at the empty prompt.
  var correction: String?
  /// The name of the data, as the history knows it.
  var dataName: String

  init(_ session: Session, correction: String? = nil, dataName: String) {
    self.session = session
    knownWords = session.knownWords
    self.correction = correction
    self.dataName = dataName
  }

  var vocabulary: Vocabulary { session.ground.vocabulary }
  var catalog: Catalog { vocabulary.catalog }

  func expectation(at end: String) -> Expectation {
    Syntax.expectation(
      in: end, at: end.utf8.count, knowing: knownWords,
      hasLastQuestion: session.lastQuestion != nil)
  }
}

extension ConditionSyntax {
  /// The value of a plain `D = V`, the values of several joined with `and`; else the sentence.
  func shortText(in language: Language, naming: NamePrinter) -> String {
    switch kind {
    case .test(let dimension, .compare(.equal, let span)):
      guard span.upper == nil, let word = span.lower.word else { break }
      return naming.member(word, dimension) ?? word
    case .all(let parts):
      return parts.map { $0.shortText(in: language, naming: naming) }
        .joined(separator: language == .chinese ? "、" : ", ")
    default: break
    }
    return sentence(of: self, in: language, naming: naming)
  }
}

extension ScalarSyntax {
  fileprivate var word: String? {
    switch kind {
    case .name(let name): name.text
    case .text(let text): text
    default: nil
    }
  }
}
