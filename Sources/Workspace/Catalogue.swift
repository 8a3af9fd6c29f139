// Catalogue.swift: the tables that say what a workspace holds arrive; they leave checked against
// their checksums, and are written with them.
//
// SQLite itself does not notice a byte that changed. So a row of `edition` has a checksum over its
// own values and blobs, those have the checksums of the blocks, and `state` has one over all
// editions: a missing row is noticed as well as a changed one.

import Columns
import Syntax

/// What is told of an edition without reading any of its columns.
package struct EditionInfo: Sendable, Hashable {
  package var id: Int64
  package var key: EditionKey
  /// From 1.
  package var version: Int
  package var rowCount: Int
  package var hash: String
  /// Seconds since 1970.
  package var loadedAt: Int64
  /// nil: the built-in one.
  package var rulebook: Int64?
}

/// One row of the table `edition`.
struct EditionRow: Sendable {
  var info: EditionInfo
  var contents: [UInt8]
  var particulars: [UInt8]

  static let columns =
    "id, issuer, dataset, quarter, version, row_count, hash, loaded_at, rulebook, contents, "
    + "particulars, checksum"

  /// The values of the columns after `id`.
  var values: [SQLValue] {
    let info = info
    return [
      .text(info.key.issuer), .text(info.key.dataset),
      info.key.quarterIndex.map { .whole(Int64($0)) } ?? .null, .whole(Int64(info.version)),
      .whole(Int64(info.rowCount)), .text(info.hash), .whole(info.loadedAt),
      info.rulebook.map { .whole($0) } ?? .null, .bytes(contents), .bytes(particulars),
      .whole(Int64(checksum)),
    ]
  }

  var checksum: UInt32 {
    var record = RecordWriter()
    record.number(info.id)
    record.text(info.key.issuer)
    record.text(info.key.dataset)
    record.number(info.key.quarterIndex)
    record.number(info.version)
    record.number(info.rowCount)
    record.text(info.hash)
    record.number(info.loadedAt)
    record.number(info.rulebook)
    let head = crc32c(of: record.bytes)
    return crc32c(of: particulars, from: crc32c(of: contents, from: head))
  }

  init(info: EditionInfo, contents: [UInt8], particulars: [UInt8]) {
    self.info = info
    self.contents = contents
    self.particulars = particulars
  }

  /// nil where a value is of another type than was written, or the checksum is another.
  init?(_ row: [SQLValue]) {
    guard row.count == 12, case .whole(let id) = row[0], case .text(let issuer) = row[1],
      case .text(let dataset) = row[2], case .whole(let version) = row[4],
      case .whole(let rowCount) = row[5], case .text(let hash) = row[6],
      case .whole(let loadedAt) = row[7], case .bytes(let contents) = row[9],
      case .bytes(let particulars) = row[10], case .whole(let checksum) = row[11],
      let version = Int(exactly: version), let rowCount = Int(exactly: rowCount)
    else { return nil }
    var quarter: Int?
    if case .whole(let index) = row[3] { quarter = Int(exactly: index) }
    var rulebook: Int64?
    if case .whole(let number) = row[8] { rulebook = number }
    info = EditionInfo(
      id: id, key: EditionKey(issuer: issuer, dataset: dataset, quarterIndex: quarter),
      version: version, rowCount: rowCount, hash: hash, loadedAt: loadedAt, rulebook: rulebook)
    self.contents = contents
    self.particulars = particulars
    guard Int64(self.checksum) == checksum else { return nil }
  }
}

/// A file of the rulebook that a quarter was loaded with.
package struct RulebookText: Sendable, Hashable {
  package var name: String
  package var text: String

  package init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Everything but the blocks.
struct Catalogue: Sendable {
  var editions: [EditionRow] = []
  /// The rulebook in force; nil: the built-in one.
  var rulebook: (id: Int64, files: [RulebookText])?

  /// - Throws: `.damaged` where anything is not as it was written.
  /// - Complexity: O(editions and what belongs to no row)
  init(_ database: Database) throws(WorkspaceFault) {
    for row in try database.rows("SELECT \(EditionRow.columns) FROM edition ORDER BY id") {
      guard let edition = EditionRow(row) else { throw WorkspaceFault(.damaged, "edition") }
      editions.append(edition)
    }
    let states = try database.rows("SELECT edition_count, rulebook, checksum FROM state")
    guard states.count == 1, states[0][0] == .whole(Int64(editions.count)),
      case .whole(let checksum) = states[0][2]
    else { throw WorkspaceFault(.damaged, "state") }
    if case .whole(let id) = states[0][1] {
      rulebook = (id, try Catalogue.rulebook(id, database))
    }
    guard try Int64(self.checksum(database)) == checksum else {
      throw WorkspaceFault(.damaged, "catalogue")
    }
  }

  /// Over the version of the schema too: a byte that changed there is noticed.
  private func checksum(_ database: Database) throws(WorkspaceFault) -> UInt32 {
    var record = RecordWriter()
    record.number(try database.pragma("user_version"))
    record.number(editions.count)
    for edition in editions {
      record.number(edition.info.id)
      record.number(Int64(edition.checksum))
    }
    record.number(rulebook?.id)
    return crc32c(of: record.bytes)
  }

  static func rulebook(
    _ id: Int64, _ database: Database
  ) throws(WorkspaceFault) -> [RulebookText] {
    let rows = try database.rows(
      "SELECT contents, checksum FROM rulebook WHERE id = ?1", [.whole(id)])
    guard rows.count == 1, case .bytes(let contents) = rows[0][0],
      rows[0][1] == .whole(Int64(crc32c(of: contents)))
    else { throw WorkspaceFault(.damaged, "rulebook") }
    var record = RecordReader(contents)
    do throws(RecordDamage) {
      return try record.list { record throws(RecordDamage) in
        RulebookText(name: try record.text(), text: try record.text())
      }
    } catch { throw WorkspaceFault(.damaged, "rulebook") }
  }

  // MARK: - Writing

  /// The row of a new file.
  static func begin(_ database: Database) throws(WorkspaceFault) {
    try database.rows("INSERT INTO state VALUES (1, 0, NULL, 0)")
    try Catalogue().seal(database)
  }

  private init() {}

  mutating func add(_ edition: EditionRow, _ database: Database) throws(WorkspaceFault) {
    let marks = (1...12).map { "?\($0)" }.joined(separator: ", ")
    try database.rows(
      "INSERT INTO edition(\(EditionRow.columns)) VALUES (\(marks))",
      [.whole(edition.info.id)] + edition.values)
    editions.append(edition)
    try seal(database)
  }

  mutating func remove(_ id: Int64, _ database: Database) throws(WorkspaceFault) {
    try database.rows("DELETE FROM edition WHERE id = ?1", [.whole(id)])
    editions.removeAll { $0.info.id == id }
    try seal(database)
  }

  /// Makes these definitions the ones in force, and keeps those of earlier loads.
  mutating func useRulebook(
    _ files: [RulebookText]?, _ database: Database
  ) throws(WorkspaceFault) {
    guard let files else {
      rulebook = nil
      return
    }
    if let rulebook, rulebook.files == files { return }
    var record = RecordWriter()
    record.list(files) { record, file in
      record.text(file.name)
      record.text(file.text)
    }
    try database.rows(
      "INSERT INTO rulebook(contents, checksum) VALUES (?1, ?2)",
      [.bytes(record.bytes), .whole(Int64(crc32c(of: record.bytes)))])
    rulebook = (database.lastRowID, files)
  }

  /// Writes what tells that the catalogue is whole; a migration does so under its new version.
  func seal(_ database: Database) throws(WorkspaceFault) {
    try database.rows(
      "UPDATE state SET edition_count = ?1, rulebook = ?2, checksum = ?3",
      [
        .whole(Int64(editions.count)), rulebook.map { .whole($0.id) } ?? .null,
        .whole(Int64(try checksum(database))),
      ])
  }

  /// The number of the next edition: numbers are never used again.
  static func nextEdition(_ database: Database) throws(WorkspaceFault) -> Int64 {
    let rows = try database.rows("SELECT seq FROM sqlite_sequence WHERE name = 'edition'")
    guard case .whole(let last)? = rows.first?.first else { return 1 }
    return last < Int64.max ? last + 1 : last
  }
}
