// Schema.swift: an empty file arrives, or one that an earlier version wrote; one of today's schema
// leaves.

/// The statements that lead from one version of the tables to the next.
struct Migration: Sendable {
  var statements: [String]
}

/// What a program knows of the tables of a workspace.
struct Schema: Sendable {
  /// `migrations[n]` leads from version n to n + 1; the first makes the tables of a new file.
  var migrations: [Migration]
  var version: Int64 { Int64(migrations.count) }

  static let today = Schema(migrations: [firstTables])
}

private let firstTables = Migration(statements: [
  // One load that was acknowledged: one version of a notice, or of the exports of a data set.
  // `contents` says where the columns lie, `particulars` holds what belongs to no row.
  """
  CREATE TABLE edition(
    id INTEGER PRIMARY KEY AUTOINCREMENT, issuer TEXT NOT NULL, dataset TEXT NOT NULL,
    quarter INTEGER, version INTEGER NOT NULL, row_count INTEGER NOT NULL, hash TEXT NOT NULL,
    loaded_at INTEGER NOT NULL, rulebook INTEGER, contents BLOB NOT NULL,
    particulars BLOB NOT NULL, checksum INTEGER NOT NULL)
  """,
  "CREATE TABLE block(id INTEGER PRIMARY KEY AUTOINCREMENT, bytes BLOB NOT NULL)",
  // The definitions of `--rules`.
  """
  CREATE TABLE rulebook(
    id INTEGER PRIMARY KEY AUTOINCREMENT, contents BLOB NOT NULL, checksum INTEGER NOT NULL)
  """,
  // One row: how many editions there are, the rulebook in force, and a checksum over all.
  """
  CREATE TABLE state(
    id INTEGER PRIMARY KEY CHECK(id = 1), edition_count INTEGER NOT NULL, rulebook INTEGER,
    checksum INTEGER NOT NULL)
  """,
  // For people: what the program itself never reads.
  """
  CREATE TABLE figure(
    edition INTEGER NOT NULL, dataset TEXT NOT NULL, row INTEGER NOT NULL,
    place TEXT NOT NULL, name TEXT NOT NULL, value)
  """,
  """
  CREATE TABLE notice(
    edition INTEGER NOT NULL, county TEXT, title TEXT, number TEXT, cutoff TEXT, signed TEXT,
    issued TEXT)
  """,
  """
  CREATE TABLE finding(
    edition INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
    subject TEXT NOT NULL, subject_zh TEXT NOT NULL, stated TEXT, computed TEXT,
    difference TEXT, place TEXT)
  """,
  """
  CREATE VIEW period AS
    SELECT id AS edition, issuer, dataset,
      iif(quarter IS NULL, '', printf('%dQ%d', quarter / 4, quarter % 4 + 1)) AS period,
      version, row_count, datetime(loaded_at, 'unixepoch') AS loaded_at_utc,
      version = max(version) OVER (PARTITION BY issuer, dataset, quarter) AS is_latest
    FROM edition ORDER BY quarter, issuer, dataset, version
  """,
])

extension Database {
  func pragma(_ name: String) throws(WorkspaceFault) -> Int64 {
    guard case .whole(let number)? = try rows("PRAGMA \(name)").first?.first else {
      throw WorkspaceFault(.damaged, name)
    }
    return number
  }

  /// How this program holds a file that it writes.
  func setForWriting() throws(WorkspaceFault) {
    // EXTRA is FULL, and the folder is flushed as well when the journal goes: only then is a
    // COMMIT there for good.
    try rows("PRAGMA synchronous = EXTRA")
    // Pages wait in memory until COMMIT: before that, others read undisturbed.
    try rows("PRAGMA cache_spill = OFF")
  }

  func setForReading() throws(WorkspaceFault) {
    // Cells beyond their page are a fault and never read.
    try rows("PRAGMA cell_size_check = ON")
    try rows("PRAGMA query_only = ON")
  }

  /// Pages that contradict each other, one line each.
  func quickCheck(limit: Int = 100) throws(WorkspaceFault) -> [String] {
    try rows("PRAGMA quick_check(\(limit))").compactMap { row in
      guard case .text(let line)? = row.first, line != "ok" else { return nil }
      return line
    }
  }

  /// A file whose list of free pages is wrong would be written over: a small one is looked through
  /// before every write.
  func refuseDamagedPages() throws(WorkspaceFault) {
    let bytes = try pragma("page_count") * pragma("page_size")
    guard bytes <= 256 << 20 else { return }
    if let line = try quickCheck(limit: 1).first { throw WorkspaceFault(.damaged, line) }
  }

  /// The steps from a version to the schema's own.
  func migrate(from version: Int64, to schema: Schema) throws(WorkspaceFault) {
    for migration in schema.migrations[Int(version)...] {
      for statement in migration.statements { try rows(statement) }
    }
    try rows("PRAGMA user_version = \(schema.version)")
  }
}
