// Candidate.swift: what may stand at the cursor, as the grammar and the catalogue know it.

/// One word, name or value that fits the place.
package struct Candidate: Sendable, Hashable {
  /// As shown in the menu, in the language of the sentence.
  package var name: String
  /// The name in the other language; shown dim, and found like an alias.
  package var twin: String?
  package var aliases: [String]
  /// Under the filters and the period typed so far; nil where nothing is counted.
  package var count: Int64?
  /// As put on the line: quoted or in brackets where the language needs it.
  package var insertion: String
  /// What follows it: a blank, `=` behind a dimension in a condition, a closing quote.
  package var ending: String

  package init(
    _ name: String, twin: String? = nil, aliases: [String] = [], count: Int64? = nil,
    insertion: String? = nil, ending: String = " "
  ) {
    self.name = name
    self.twin = twin
    self.aliases = aliases
    self.count = count
    self.insertion = insertion ?? name
    self.ending = ending
  }
}

/// The classes of console.md 5.3, best first.
package enum MatchClass: Int, Sendable, Hashable, Comparable, CaseIterable {
  /// Nothing was typed: everything fits.
  case everything
  case equal, prefix, alias, aliasPrefix, initials, initialsInside, syllables, substring
  /// Only if nothing else was found.
  case subsequence

  package static func < (one: MatchClass, other: MatchClass) -> Bool {
    one.rawValue < other.rawValue
  }
}

package struct CandidateMatch: Sendable, Hashable {
  package var candidate: Candidate
  package var matchClass: MatchClass
}

/// What the place under the cursor takes.
package struct CompletionRequest: Sendable {
  /// The UTF-8 bytes of the text that are replaced: the word before the cursor, its quote included.
  package var range: Range<Int>
  /// The word as typed, without quotes.
  package var typed: String
  package var candidates: CandidateSet

  package init(range: Range<Int>, typed: String, candidates: CandidateSet) {
    self.range = range
    self.typed = typed
    self.candidates = candidates
  }
}

/// Who knows what fits: the parser's state at the cursor, and the catalogue.
package protocol CompletionSource: AnyObject {
  /// - Parameter cursor: a UTF-8 offset; what stands behind it is kept and not parsed.
  func completion(in text: String, at cursor: Int) -> CompletionReply
}

package enum CompletionReply: Sendable {
  case candidates(CompletionRequest)
  /// Help for the place (console.md 6.3), and the line without its `?`.
  case panel([String], text: String, cursor: Int)
  case nothing
}
