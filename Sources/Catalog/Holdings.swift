// Holdings.swift: what the loaded data covers, without a row: which data set knows which columns of
// which period and member.

import Syntax

/// One combination of the `covers` dimensions of a data set that a load holds completely.
package struct CoveredCombination: Sendable, Hashable {
  package var quarter: Quarter
  /// Members of the other `covers` dimensions, e.g. the channel.
  package var members: [String: String]
  /// Columns with at least one value there.
  package var filledColumns: Set<String>
  package var rowCount: Int

  package init(
    quarter: Quarter, members: [String: String], filledColumns: Set<String>, rowCount: Int
  ) {
    self.quarter = quarter
    self.members = members
    self.filledColumns = filledColumns
    self.rowCount = rowCount
  }
}

/// Full marks of a score item as the heading of a notice prints them, `(35分)`:
/// `digits / 10^places`.
package struct PrintedMark: Sendable, Hashable {
  package var issuer: String
  package var quarter: Quarter
  /// The column of the item's printed score.
  package var column: String
  package var digits: Int64
  package var places: Int

  package init(issuer: String, quarter: Quarter, column: String, digits: Int64, places: Int) {
    self.issuer = issuer
    self.quarter = quarter
    self.column = column
    self.digits = digits
    self.places = places
  }
}

package struct Holdings: Sendable {
  /// Quarters with any data, sorted.
  package var quarters: [Quarter]
  package var issuers: [String]
  package var combinations: [String: [CoveredCombination]]
  /// Data sets without time: they hold in every period.
  package var timelessDatasets: Set<String>
  /// Full marks in headings, which override those of the scheme for their notice (domain.md 5).
  package var printedMarks: [PrintedMark] = []

  package init(
    quarters: [Quarter], issuers: [String], combinations: [String: [CoveredCombination]],
    timelessDatasets: Set<String>
  ) {
    self.quarters = quarters
    self.issuers = issuers
    self.combinations = combinations
    self.timelessDatasets = timelessDatasets
  }
}
