// Columns.swift: typed columns, and the files they came from.
//
// Columns are stored by kind: text as dictionary codes, everything else as whole numbers whose
// meaning the type gives, both packed.

import Syntax

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

  /// Every row.
  package init(all rowCount: Int) {
    words = Array(repeating: .max, count: (rowCount + 63) / 64)
    if rowCount & 63 > 0, let last = words.indices.last { words[last] = 1 << (rowCount & 63) - 1 }
  }

  package subscript(row: Int) -> Bool {
    get { words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
    set {
      let bit = UInt64(1) << UInt64(row & 63)
      if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
    }
  }

  /// For each of the rows whether it has a value; nil where all have one.
  ///
  /// - Precondition: the rows are there.
  package func known(_ rows: Range<Int>) -> [Bool]? {
    var known: [Bool]?
    for place in rows.lowerBound >> 6..<(rows.upperBound + 63) >> 6 where words[place] != 0 {
      for row in rows.clamped(to: place << 6..<(place + 1) << 6) where self[row] {
        known = known ?? Array(repeating: true, count: rows.count)
        known?[row - rows.lowerBound] = false
      }
    }
    return known
  }

  /// nil where none of the rows is missing.
  ///
  /// - Parameter rowCount: of all rows.
  /// - Complexity: O(rows given), and O(all rows / 64)
  package func gathered(_ rows: [Int], of rowCount: Int) -> MissingRows? {
    if self == MissingRows(all: rowCount) {
      return rows.isEmpty ? nil : MissingRows(all: rows.count)
    }
    var own = MissingRows(rowCount: rows.count)
    var any: UInt64 = 0
    for place in own.words.indices {
      var word: UInt64 = 0
      for position in place << 6..<min(place << 6 + 64, rows.count) {
        let row = rows[position]
        word |= (words[row >> 6] >> UInt64(row & 63) & 1) << UInt64(position & 63)
      }
      own.words[place] = word
      any |= word
    }
    return any == 0 ? nil : own
  }
}

package struct Column: Sendable {
  package enum Storage: Sendable {
    /// One code a row into `dictionary`; code 0 is the blank, `dictionary[0]` the empty text.
    /// Distinct entries differ as UTF-8 bytes.
    case text(codes: PackedIntegers, dictionary: [String])
    /// Texts that hardly two rows share; a row without text is missing.
    case numbered(PackedIntegers, NumberedText)
    case integers(PackedIntegers, ColumnMeaning)
  }
  package var name: String
  package var storage: Storage
  /// Never beside `.text`; nil: no row is missing. The number of a missing row means nothing.
  package var missing: MissingRows?

  package init(name: String, storage: Storage, missing: MissingRows? = nil) {
    self.name = name
    self.storage = storage
    self.missing = missing
  }

  /// The codes or numbers, one a row.
  package var packed: PackedIntegers {
    switch storage {
    case .text(let codes, _): codes
    case .numbered(let numbers, _), .integers(let numbers, _): numbers
    }
  }

  package var rowCount: Int { packed.rowCount }

  package func hasValue(_ row: Int) -> Bool {
    switch storage {
    case .text(let codes, _): codes[row] != 0
    case .numbered, .integers: missing?[row] != true
    }
  }

  /// The text of a row; empty for a blank. nil where the column holds numbers.
  package func text(_ row: Int) -> String? {
    switch storage {
    case .text(let codes, let dictionary): dictionary[Int(codes[row])]
    case .numbered(let numbers, let form): hasValue(row) ? form.text(numbers[row]) : ""
    case .integers: nil
    }
  }

  /// The number of a row; nil where it is missing, and in columns of text.
  package func number(_ row: Int) -> Int64? {
    guard case .integers(let numbers, _) = storage, missing?[row] != true else { return nil }
    return numbers[row]
  }

  /// What one of the numbers is called where each is a member of a dimension.
  package func memberName(_ number: Int64) -> String {
    guard case .integers(_, .flag) = storage else { return String(number) }
    return FlagWord.of(number != 0)
  }

  package var isText: Bool {
    if case .integers = storage { false } else { true }
  }

  /// The given rows, in that order.
  ///
  /// - Complexity: O(rows given)
  package func gathered(_ rows: [Int]) -> Column {
    var part = self
    switch storage {
    case .text(let codes, let dictionary):
      part.storage = .text(codes: codes.gathered(rows), dictionary: dictionary)
    case .numbered(let numbers, let form): part.storage = .numbered(numbers.gathered(rows), form)
    case .integers(let numbers, let meaning):
      part.storage = .integers(numbers.gathered(rows), meaning)
    }
    part.missing = missing?.gathered(rows, of: rowCount)
    return part
  }
}

/// One file that was read.
package struct SourceFile: Sendable, Hashable {
  /// One of several tables of a file.
  package enum Part: Sendable, Hashable {
    /// A sheet of a workbook: its rows and columns are named as B7.
    case sheet(String)
    /// A table of a database: its rows are numbered from 1.
    case table(String)

    package var name: String {
      switch self {
      case .sheet(let name), .table(let name): name
      }
    }
  }
  /// As named on the command line, or the built-in sample's name; a part stands behind it:
  /// `book.xlsx!Sheet1`.
  package var path: String
  package var part: Part?
  package var encoding: String
  /// SHA-256 or FNV of the bytes, in hexadecimal.
  package var hash: String

  package init(path: String, encoding: String, hash: String, part: Part? = nil) {
    self.path = part.map { "\(path)!\($0.name)" } ?? path
    self.part = part
    self.encoding = encoding
    self.hash = hash
  }

  /// The file itself, without the part.
  package var file: String {
    guard let part else { return path }
    return String(decoding: path.utf8.dropLast(part.name.utf8.count + 1), as: UTF8.self)
  }
}
