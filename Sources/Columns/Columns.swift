// Columns.swift: typed columns and the partitions they stand in.
//
// A partition holds the rows of one data set that one file brought for one notice or export.
// Columns are stored by kind: text as dictionary codes, everything else as 64-bit integers whose
// meaning the type gives.

/// What the integers of a column mean.
package enum ColumnMeaning: Sendable, Hashable {
  case whole
  /// value / 10^scale; percentages are stored as their printed number (99.5% is 995, scale 1).
  case decimal(scale: Int)
  /// 0 or 1
  case flag
  /// Days since 1970-01-01
  case day
  /// Minutes since 1970-01-01 00:00, no time zone
  case minute
  /// year × 4 + quarter − 1
  case quarter
}

/// Which rows have no value; nothing is stored where all have one.
package struct MissingRows: Sendable, Hashable {
  package var words: [UInt64]

  package init(rowCount: Int) { words = Array(repeating: 0, count: (rowCount + 63) / 64) }

  package subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      let bit = UInt64(1) << UInt64(row & 63)
      if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
    }
  }
}

package struct Column: Sendable {
  package enum Storage: Sendable {
    /// One code a row into `dictionary`; code 0 is the blank, `dictionary[0]` the empty text.
    /// Distinct entries differ as UTF-8 bytes.
    case text(codes: [UInt32], dictionary: [String])
    case integers([Int64], ColumnMeaning)
  }
  package var name: String
  package var storage: Storage
  /// Only beside `.integers`; nil: no row is missing.
  package var missing: MissingRows?

  package init(name: String, storage: Storage, missing: MissingRows? = nil) {
    self.name = name
    self.storage = storage
    self.missing = missing
  }

  package var rowCount: Int {
    switch storage {
    case .text(let codes, _): codes.count
    case .integers(let values, _): values.count
    }
  }
}

/// One file that was read.
package struct SourceFile: Sendable, Hashable {
  /// As named on the command line, or the built-in sample's name.
  package var path: String
  package var encoding: String
  /// SHA-256 or FNV of the bytes, in hexadecimal.
  package var hash: String

  package init(path: String, encoding: String, hash: String) {
    self.path = path
    self.encoding = encoding
    self.hash = hash
  }
}

package struct Partition: Sendable {
  package var dataset: String
  package var issuer: String
  /// year × 4 + quarter − 1; nil: holds in every period.
  package var quarterIndex: Int?
  package var version: Int
  package var files: [SourceFile]
  package var columns: [Column]
  /// Per row: the line of `files[fileOfRow]` it came from, from 1.
  package var lineOfRow: [Int32]
  package var fileOfRow: [UInt16]
  package var rowCount: Int

  package init(
    dataset: String, issuer: String, quarterIndex: Int?, version: Int, files: [SourceFile],
    columns: [Column], lineOfRow: [Int32], fileOfRow: [UInt16], rowCount: Int
  ) {
    self.dataset = dataset
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.version = version
    self.files = files
    self.columns = columns
    self.lineOfRow = lineOfRow
    self.fileOfRow = fileOfRow
    self.rowCount = rowCount
  }

  package func column(named name: String) -> Column? { columns.first { $0.name == name } }
}

/// Everything loaded, in loading order.
package struct Store: Sendable {
  package var partitions: [Partition]
  package init(partitions: [Partition] = []) { self.partitions = partitions }
}
