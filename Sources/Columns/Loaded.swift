// Loaded.swift: what a load leaves: partitions, what the notices say of themselves, findings, and
// all that was read but is no figure.

import Syntax

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

    package init(dataset: String, count: Int) {
      self.dataset = dataset
      self.count = count
    }
  }
  package struct PrintedWeight: Sendable, Hashable {
    package var channel: String
    package var annex: Int
    /// The column of the score item, e.g. `score_ontime`.
    package var column: String
    package var digits: Int64
    package var places: Int

    package init(channel: String, annex: Int, column: String, digits: Int64, places: Int) {
      self.channel = channel
      self.annex = annex
      self.column = column
      self.digits = digits
      self.places = places
    }
  }

  package init(period: Quarter) { self.period = period }
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

  package init(
    issuer: String, quarterIndex: Int?, kind: String, section: String, file: String, line: Int,
    text: String
  ) {
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.kind = kind
    self.section = section
    self.file = file
    self.line = line
    self.text = text
  }
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

  package init(file: String, line: Int, text: String, why: Bilingual, isUnexplained: Bool) {
    self.file = file
    self.line = line
    self.text = text
    self.why = why
    self.isUnexplained = isUnexplained
  }
}

/// A member that a notice brought and the catalogue lacks.
package struct NewMember: Sendable, Hashable {
  package var dimension: String
  package var issuer: String
  package var name: String
  /// The member of the parent dimension, where the notice says one.
  package var parent: String?

  package init(dimension: String, issuer: String, name: String, parent: String? = nil) {
    self.dimension = dimension
    self.issuer = issuer
    self.name = name
    self.parent = parent
  }
}

/// The rulebook text of a table that is a data set of its own.
package struct OwnTableText: Sendable, Hashable {
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// What a table of a file was read as.
package struct ReadTable: Sendable, Hashable {
  /// The file, and behind it the sheet or table.
  package var source: SourceFile
  /// The title above it, else the name of the file, sheet or table.
  package var name: String
  /// nil: nothing of it was read.
  package var dataset: String?
  /// The mark between its cells; nil for sheets and tables of databases.
  package var delimiter: String?
  /// Lines or rows that hold its headings.
  package var headingLines: [Int]
  package var headings: [String]
  /// The catalogue had no data set for it.
  package var isOwn: Bool
  /// Bad rows that were left out, and rows under names that the catalogue lacks.
  package var leftOutRows = 0
  package var unknownRows = 0

  package init(
    source: SourceFile, name: String, dataset: String?, delimiter: String?, headingLines: [Int],
    headings: [String], isOwn: Bool
  ) {
    self.source = source
    self.name = name
    self.dataset = dataset
    self.delimiter = delimiter
    self.headingLines = headingLines
    self.headings = headings
    self.isOwn = isOwn
  }

  /// With what its file was read in spite of.
  package func tolerating(_ rows: ToleratedRows?) -> ReadTable {
    var table = self
    table.leftOutRows = rows?.leftOut ?? 0
    table.unknownRows = rows?.unknown ?? 0
    return table
  }
}

/// What a file was read in spite of, because that was asked for.
package struct ToleratedRows: Sendable, Hashable {
  package var file: String
  /// Bad rows that were left out (`--skip-bad-rows`).
  package var leftOut: Int
  /// Rows under names that the catalogue lacks (`--keep-unknown`).
  package var unknown: Int

  package init(file: String, leftOut: Int, unknown: Int) {
    self.file = file
    self.leftOut = leftOut
    self.unknown = unknown
  }
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
  /// Rulebook texts that model tables which no data set of the catalogue fits; in the order of the
  /// tables, each resting on those before it.
  package var ownDefinitions: [OwnTableText] = []
  /// What was decided of each table, in loading order.
  package var tables: [ReadTable] = []
  /// Every file read, with its encoding.
  package var files: [SourceFile] = []
  /// Exact repeats dropped, bad rows left out, columns not stored: one note each.
  package var notes: [Note] = []
  /// Files with such rows, as they were read in this run.
  package var tolerated: [ToleratedRows] = []
  package var isSample = false

  package init() {}
}
