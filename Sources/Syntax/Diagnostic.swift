// Diagnostic.swift: what a person is told when a sentence is wrong (Diagnostic) or right but
// unanswerable (Refusal).

/// A half-open range of UTF-8 byte offsets into the source text of one `-c`, file or prompt entry.
package struct SourceRange: Sendable, Hashable {
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A wrong sentence, definition, command or file: one code, one place, one headline, at most two
/// help lines. Made by one factory per code in the stage that raises it.
package struct Diagnostic: Error, Sendable, Hashable {
  /// A stable code of the language contract: `P11`, `N02`, `D13` …
  package var code: String
  /// The offending bytes of the source; nil where no place can be named.
  package var range: SourceRange?
  package var message: Bilingual
  /// What to do next; at most two.
  package var hints: [Bilingual]
  /// The whole statement with the one possible correction put in, if exactly one exists.
  package var correction: String?
  /// What could stand at `range` instead, if exactly one name is near. A stage that no longer has
  /// the source gives this in place of `correction`.
  package var replacement: Bilingual?

  package init(
    _ code: String, at range: SourceRange?, _ message: Bilingual, hints: [Bilingual] = [],
    correction: String? = nil, replacement: Bilingual? = nil
  ) {
    self.replacement = replacement
    self.code = code
    self.range = range
    self.message = message
    self.hints = hints
    self.correction = correction
  }
}

/// A right sentence that the data cannot answer (codes U and Q): says what is recorded instead.
package struct Refusal: Error, Sendable, Hashable {
  package var code: String
  package var message: Bilingual

  package init(_ code: String, _ message: Bilingual) {
    self.code = code
    self.message = message
  }
}

/// A remark that belongs to an answer: another basis, kept ties, merged rows …
package struct Note: Sendable, Hashable {
  package var code: String
  package var text: Bilingual

  package init(_ code: String, _ text: Bilingual) {
    self.code = code
    self.text = text
  }
}
