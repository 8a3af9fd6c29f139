// Candidate.swift: what may stand at the cursor, as the grammar and the catalogue know it.

/// One word, name or value that fits the place.
package struct Candidate: Sendable, Hashable {
  /// As shown in the menu, in the language of the sentence.
  package var name: String
  /// The name in the other language; shown dim, and found like an alias.
  package var twin: String?
  package var aliases: [String]
  /// One line in the language of the sentence: a command, or a row of the help panel.
  package var meaning: String?
  /// As put on the line where that is not the name: quoted, or with the mark it needs.
  package var insertion: String?
  /// What follows it: a blank, `=` behind a dimension in a condition, a closing quote.
  package var ending: String

  package init(
    _ name: String, twin: String? = nil, aliases: [String] = [], meaning: String? = nil,
    insertion: String? = nil, ending: String = " "
  ) {
    self.name = name
    self.twin = twin
    self.aliases = aliases
    self.meaning = meaning
    self.insertion = insertion
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

/// What the place under the cursor takes.
package struct CompletionRequest: Sendable {
  /// The UTF-8 bytes of the text that are replaced: the word before the cursor, its quote included.
  package var range: Range<Int>
  /// The word as typed, without quotes.
  package var typed: String
  package var candidates: CandidateSet
  /// Writes a candidate that has no `insertion` of its own: bare where it reads back, else quoted.
  package var spelling: @Sendable (String) -> String = { $0 }
  /// Whoever types the initials of a whole name means the first that has them: it is chosen when
  /// the menu opens, the others stand below it.
  var choosesInitials = false
  /// Names or counts are still being made; `LineEditor.wake` follows when they are there.
  package var isUnfinished = false

  package init(range: Range<Int>, typed: String, candidates: CandidateSet) {
    self.range = range
    self.typed = typed
    self.candidates = candidates
  }

  /// The candidate as it is put on the line.
  func spelled(_ candidate: Candidate) -> String {
    candidate.insertion ?? spelling(candidate.name)
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
  case panel([PanelLine], text: String, cursor: Int)
  /// What the place takes, where nothing can be listed.
  case notice(String)
  case nothing
}

/// One row of a help panel.
package struct PanelLine: Sendable, Hashable {
  package var text: String
  /// Behind the text, dim.
  package var remark: String

  package init(_ text: String, remark: String = "") {
    self.text = text
    self.remark = remark
  }
}
