// Loaded.swift: what a load leaves: partitions, what the notices say of themselves, findings, and
// all that was read but is no figure.

import Catalog
import Columns
import Syntax

package struct LoadOptions: Sendable, Hashable {
  package var encoding: TextEncoding
  /// Members that the catalogue lacks are loaded under their own names (R32).
  package var keepsUnknown: Bool
  /// Bad rows of an export are left out and counted.
  package var skipsBadRows: Bool
  /// Half of the machine's memory unless set (`TONGBAO_MEMORY`).
  package var memoryLimitBytes: Int?

  package init(
    encoding: TextEncoding = .auto, keepsUnknown: Bool = false, skipsBadRows: Bool = false,
    memoryLimitBytes: Int? = nil
  ) {
    self.encoding = encoding
    self.keepsUnknown = keepsUnknown
    self.skipsBadRows = skipsBadRows
    self.memoryLimitBytes = memoryLimitBytes
  }
}

/// One fault of one file: a diagnostic with its place, since a data file has lines and columns
/// where a sentence has bytes.
package struct FileFault: Error, Sendable, Hashable {
  package var file: String
  /// From 1; nil where the whole file is meant.
  package var line: Int?
  /// The heading, or the column's number.
  package var column: String?
  /// The cell as read.
  package var cell: String?
  package var diagnostic: Diagnostic

  package init(
    file: String, line: Int?, column: String?, cell: String?, diagnostic: Diagnostic
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.cell = cell
    self.diagnostic = diagnostic
  }
}

/// Every fault of every bad file; the files without one are in `loaded`.
package struct LoadFailure: Error, Sendable {
  package var faults: [FileFault]
  package var loaded: Loaded

  package init(faults: [FileFault], loaded: Loaded) {
    self.faults = faults
    self.loaded = loaded
  }
}

/// What a notice says of itself.
package struct NoticeInfo: Sendable, Hashable {
  package var issuer = ""
  package var county = ""
  package var title = ""
  package var number = ""
  package var period: Quarter
  package var version = 1
  package var cutoff: Day?
  package var signed: Day?
  package var issued: Day?
  package var rule = ""
  package var copiesTo: [String] = []
  /// The file, or the folder.
  package var file = ""
  package var hash = ""
  package var encoding = ""
  package var isSynthetic = false
  /// Rows by data set, in the order of the rulebook.
  package var rowCounts: [RowCount] = []
  /// Full marks printed in a heading: they override the scheme's for this notice.
  package var printedWeights: [PrintedWeight] = []
  /// Channels whose text says that joint orders are among the figures.
  package var jointChannels: [String] = []

  package struct RowCount: Sendable, Hashable {
    package var dataset: String
    package var count: Int
  }
  package struct PrintedWeight: Sendable, Hashable {
    package var channel: String
    package var annex: Int
    /// The column of the score item, e.g. `score_ontime`.
    package var column: String
    package var digits: Int64
    package var places: Int
  }
}

/// Text that is no figure and is kept to be shown: title, opening, review chain, notes.
package struct ReferenceText: Sendable, Hashable {
  package var issuer: String
  package var quarterIndex: Int?
  /// `title`, `opening`, `narrative`, `attachments`, `note`, `copies_to`, `review_chain` …
  package var kind: String
  /// The section it stands in, empty before the first.
  package var section: String
  package var file: String
  package var line: Int
  package var text: String
}

/// A line, part of a line, row or file that became neither data nor reference text.
package struct SkippedLine: Sendable, Hashable {
  package var file: String
  /// From 1; 0 for a whole file.
  package var line: Int
  package var text: String
  package var why: Bilingual
  /// It should have been understood: a figure without a word, a row outside every table.
  package var isUnexplained: Bool
}

/// A member that a notice brought and the catalogue lacks.
package struct NewMember: Sendable, Hashable {
  package var dimension: String
  package var issuer: String
  package var member: Member
}

package struct Loaded: Sendable {
  package var store = Store()
  package var notices: [NoticeInfo] = []
  package var totalRows: [TotalRow] = []
  package var constants: [ConstantColumn] = []
  package var printedPlaces: [PrintedPlaces] = []
  package var findings: [Finding] = []
  package var referenceTexts: [ReferenceText] = []
  package var skipped: [SkippedLine] = []
  package var newMembers: [NewMember] = []
  /// Every file read, with its encoding.
  package var files: [SourceFile] = []
  /// Exact repeats dropped, bad rows left out, columns not stored: one note each.
  package var notes: [Note] = []
  package var isSample = false

  package init() {}
}
