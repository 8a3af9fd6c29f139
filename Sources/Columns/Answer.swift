// Answer.swift: what a question comes to: a table with its headline, basis, notes, or a refusal.
//
// Texts are in one language already; figures carry both the raw value and the printed cell, so that
// a renderer lays out and never computes.

import Syntax

package enum AnswerColumnKind: String, Sendable, Hashable {
  case dimension, count, ratio, score, points, change, text
}

package struct AnswerColumn: Sendable, Hashable {
  /// Canonical, e.g. `ontime_rate`; for pivots `overdue 2024-11`.
  package var name: String
  package var label: String
  package var kind: AnswerColumnKind
  /// Parts of a whole: a chart may show shares.
  package var isAdditive: Bool
  /// Of a change: whether more is better; nil where neither way is.
  package var isHighBetter: Bool?

  package init(
    name: String, label: String, kind: AnswerColumnKind, isAdditive: Bool = false,
    isHighBetter: Bool? = nil
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.isAdditive = isAdditive
    self.isHighBetter = isHighBetter
  }

  package var isNumeric: Bool { kind != .dimension && kind != .text }
}

package struct AnswerCell: Sendable, Hashable {
  package enum Raw: Sendable, Hashable {
    case text(String)
    case whole(Int64)
    /// The double nearest to the exact value.
    case number(Double)
    /// A decimal with fixed places, written out: `96.85`.
    case decimal(String)
    /// Undefined, missing or not applicable.
    case none
  }
  package var raw: Raw
  /// As a table prints it: `1,897`, `97.51%`, `-`.
  package var shown: String

  package init(raw: Raw, shown: String) {
    self.raw = raw
    self.shown = shown
  }

  package static func text(_ text: String) -> AnswerCell {
    AnswerCell(raw: .text(text), shown: text)
  }
  package static let undefined = AnswerCell(raw: .none, shown: "-")
  /// A cell with nothing in it: the label columns of a totals row.
  package static let blank = AnswerCell(raw: .none, shown: "")
}

package struct AnswerRow: Sendable, Hashable {
  package enum Role: Sendable, Hashable { case body, subtotal, others }
  package var cells: [AnswerCell]
  package var role: Role

  package init(_ cells: [AnswerCell], role: Role = .body) {
    self.cells = cells
    self.role = role
  }
}

/// A note in the language of the answer.
package struct AnswerNote: Sendable, Hashable {
  package var code: String
  package var text: String
  /// Said already by foot or basis: shown only with `.notes all`, and always in json.
  package var isInformational: Bool

  package init(code: String, text: String, isInformational: Bool) {
    self.code = code
    self.text = text
    self.isInformational = isInformational
  }
}

/// The file that `into` names.
package struct AnswerTarget: Sendable, Hashable {
  package var path: String
  package var existing: IntoSyntax.Existing
  /// Where the sentence names it.
  package var range: SourceRange
  package init(path: String, existing: IntoSyntax.Existing, range: SourceRange) {
    self.path = path
    self.existing = existing
    self.range = range
  }
}

package struct AnswerRefusal: Sendable, Hashable {
  package var code: String
  package var text: String
  package init(code: String, text: String) {
    self.code = code
    self.text = text
  }
}

package struct Answer: Sendable, Hashable {
  /// The canonical sentence.
  package var sentence: String
  package var language: Language
  package var columns: [AnswerColumn]
  /// How many leading columns are dimensions.
  package var dimensionCount: Int
  package var rows: AnswerRows
  /// Each row as lines of text, for screens too narrow to hold its texts side by side; empty: the
  /// rows are read as a table only.
  package var rowTexts: [[String]] = []
  /// One cell a column; the first carries the label (`Total (48 units; 5 shown)`).
  package var totals: AnswerRow?
  package var headline: String?
  /// Row count, kept ties, left-out groups; one line each.
  package var foot: [String]
  /// Without the word `basis:`.
  package var basis: String
  package var notes: [AnswerNote]
  package var refusal: AnswerRefusal?
  /// `as …` of the question.
  package var form: OutputForm?
  package var title: String?
  /// The year that the question lies in; nil where it spans several.
  package var year: Int?
  /// `into …` of the question.
  package var into: AnswerTarget?

  package init(
    sentence: String, language: Language, columns: [AnswerColumn] = [], dimensionCount: Int = 0,
    rows: [AnswerRow] = [], totals: AnswerRow? = nil, headline: String? = nil,
    foot: [String] = [], basis: String = "", notes: [AnswerNote] = [],
    refusal: AnswerRefusal? = nil, form: OutputForm? = nil, title: String? = nil
  ) {
    self.sentence = sentence
    self.language = language
    self.columns = columns
    self.dimensionCount = dimensionCount
    self.rows = AnswerRows(rows)
    self.totals = totals
    self.headline = headline
    self.foot = foot
    self.basis = basis
    self.notes = notes
    self.refusal = refusal
    self.form = form
    self.title = title
  }
}
