// Findings.swift: what a check of a notice found: one fact each, with its place and a likely cause.

import Syntax

package enum Severity: String, Sendable, Hashable, CaseIterable {
  case error, warning, info
}

/// Rows of a file that a finding rests on.
package struct SourcePlace: Sendable, Hashable {
  package var file: String
  /// From 1.
  package var line: Int
  package init(file: String, line: Int) {
    self.file = file
    self.line = line
  }
}

/// One finding of a load or of `check` (codes R01 … R38).
package struct Finding: Sendable, Hashable {
  package var code: String
  package var severity: Severity
  /// What and where: `mailbox orders, annex 3`.
  package var subject: Bilingual
  /// As printed in the notice.
  package var stated: String
  /// As recomputed, or what should stand there.
  package var computed: String
  package var difference: String
  /// Offered, never asserted.
  package var cause: Bilingual?
  package var places: [SourcePlace]
  /// year × 4 + quarter − 1 of the notice.
  package var quarterIndex: Int?
  /// Metrics, dimensions and members it concerns: `orders`, `unit=` and a member.
  package var concerns: [String]

  package init(
    _ code: String, _ severity: Severity, subject: Bilingual, stated: String = "",
    computed: String = "", difference: String = "", cause: Bilingual? = nil,
    places: [SourcePlace] = [], quarterIndex: Int? = nil, concerns: [String] = []
  ) {
    self.code = code
    self.severity = severity
    self.subject = subject
    self.stated = stated
    self.computed = computed
    self.difference = difference
    self.cause = cause
    self.places = places
    self.quarterIndex = quarterIndex
    self.concerns = concerns
  }
}
