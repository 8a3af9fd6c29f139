// Partition.swift: columns arrive, or a place where they are kept; the rows of one data set leave,
// of one notice or export and one period.

/// Where the columns of a partition are read when they are first asked for. What cannot be read is
/// noted in the `DamageLog` of the store, and is then absent: whoever answers looks there before
/// the answer leaves.
package protocol ColumnSource: Sendable {
  /// In the order of the data set.
  var columnNames: [String] { get }
  /// nil for a column that there is not, and for one that cannot be read.
  func column(named name: String) -> Column?
  /// The distinct texts of a column without its rows; nil as above, and for a column of numbers.
  func dictionary(of name: String) -> [String]?
  func lineOfRow() -> PackedIntegers?
  func fileOfRow() -> PackedIntegers?
}

package struct Partition: Sendable {
  package var dataset: String
  package var issuer: String
  /// year × 4 + quarter − 1; nil: holds in every period.
  package var quarterIndex: Int?
  package var version: Int
  package var files: [SourceFile]
  package var rowCount: Int
  /// What is known without a look at the rows; nil: whoever asks counts.
  package var summary: PartitionSummary?
  /// The month (year × 12 + month − 1) of each row, as runs: only where the rows are sorted by it.
  package var monthRuns: PackedIntegers?
  private var rows: Rows

  private enum Rows: Sendable {
    case held(columns: [Column], lines: PackedIntegers, files: PackedIntegers)
    case kept(any ColumnSource)
  }

  package init(
    dataset: String, issuer: String, quarterIndex: Int?, version: Int, files: [SourceFile],
    columns: [Column], lineOfRow: PackedIntegers, fileOfRow: PackedIntegers, rowCount: Int
  ) {
    self.dataset = dataset
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.version = version
    self.files = files
    self.rowCount = rowCount
    rows = .held(columns: columns, lines: lineOfRow, files: fileOfRow)
  }

  package init(
    dataset: String, issuer: String, quarterIndex: Int?, version: Int, files: [SourceFile],
    rowCount: Int, summary: PartitionSummary?, source: any ColumnSource
  ) {
    self.dataset = dataset
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.version = version
    self.files = files
    self.rowCount = rowCount
    self.summary = summary
    rows = .kept(source)
  }

  /// Every column; those of a store are read for it.
  package var columns: [Column] {
    switch rows {
    case .held(let columns, _, _): columns
    case .kept(let source): source.columnNames.compactMap(source.column)
    }
  }

  package var columnNames: [String] {
    switch rows {
    case .held(let columns, _, _): columns.map(\.name)
    case .kept(let source): source.columnNames
    }
  }

  package func column(named name: String) -> Column? {
    switch rows {
    case .held(let columns, _, _):
      // By place: an iterator copies every column that it passes.
      for index in columns.indices where columns[index].name == name { return columns[index] }
      return nil
    case .kept(let source): return source.column(named: name)
    }
  }

  /// The texts a column can hold, each once and without the blank, in order of appearance; nil for
  /// a column of numbers and for texts that are numbered.
  package func dictionary(of name: String) -> [String]? {
    switch rows {
    case .held(let columns, _, _):
      guard case .text(_, let dictionary)? = columns.first(where: { $0.name == name })?.storage
      else { return nil }
      return dictionary
    case .kept(let source): return source.dictionary(of: name)
    }
  }

  /// Per row: the line of `files[fileOfRow]` it came from, from 1.
  package var lineOfRow: PackedIntegers {
    switch rows {
    case .held(_, let lines, _): lines
    case .kept(let source): source.lineOfRow() ?? PackedIntegers(repeating: 0, count: rowCount)
    }
  }

  package var fileOfRow: PackedIntegers {
    switch rows {
    case .held(_, _, let files): files
    case .kept(let source): source.fileOfRow() ?? PackedIntegers(repeating: 0, count: rowCount)
    }
  }

  /// The rows of the given numbers, in that order.
  ///
  /// - Complexity: O(rows × columns)
  package func gathered(_ rows: [Int]) -> Partition {
    Partition(
      dataset: dataset, issuer: issuer, quarterIndex: quarterIndex, version: version,
      files: files, columns: columns.map { $0.gathered(rows) },
      lineOfRow: lineOfRow.gathered(rows), fileOfRow: fileOfRow.gathered(rows),
      rowCount: rows.count)
  }
}

/// What a partition covers, counted once when it is stored.
package struct PartitionSummary: Sendable, Hashable {
  /// One combination of the members of `dimensions`, and what it holds.
  package struct Combination: Sendable, Hashable {
    package var quarterIndex: Int
    /// One member for each of the dimensions.
    package var members: [String]
    /// Columns with at least one value there, sorted.
    package var filledColumns: [String]
    package var rowCount: Int

    package init(quarterIndex: Int, members: [String], filledColumns: [String], rowCount: Int) {
      self.quarterIndex = quarterIndex
      self.members = members
      self.filledColumns = filledColumns
      self.rowCount = rowCount
    }
  }
  /// The dimensions that were counted by: where the rulebook names others, rows are counted again.
  package var dimensions: [String]
  package var combinations: [Combination]

  package init(dimensions: [String], combinations: [Combination]) {
    self.dimensions = dimensions
    self.combinations = combinations
  }
}

/// Rows that another engine holds: what is known of them without a look at one.
package struct DistantPartition: Sendable, Hashable {
  package var dataset: String
  package var issuer: String
  /// year × 4 + quarter − 1; nil: holds in every period.
  package var quarterIndex: Int?
  package var rowCount: Int
  package var summary: PartitionSummary
  /// The texts of the columns that dimensions are read from, by column, in order of appearance.
  package var members: [String: [String]]
  /// What the notice that the rows came from says of them as a whole; nil for exports.
  package var notice: NoticeInfo?

  package init(
    dataset: String, issuer: String, quarterIndex: Int?, rowCount: Int,
    summary: PartitionSummary, members: [String: [String]], notice: NoticeInfo? = nil
  ) {
    self.dataset = dataset
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.rowCount = rowCount
    self.summary = summary
    self.members = members
    self.notice = notice
  }
}

/// Everything loaded, in loading order.
package struct Store: Sendable {
  package var partitions: [Partition]
  /// What a cluster answers for, and nothing here does.
  package var distant: [DistantPartition] = []
  /// Where what could not be read is noted; nil: everything is in memory.
  package var damage: DamageLog?
  package init(partitions: [Partition] = []) { self.partitions = partitions }

  /// The names of the data sets with any rows, wherever they lie.
  package var datasets: Set<String> {
    Set(partitions.map(\.dataset)).union(distant.map(\.dataset))
  }
}
