// SQLiteFile.swift: a database file arrives; its tables leave as rows of text, like the sheets of a
// workbook.
//
// The only file of this stage that calls SQLite. The file is opened for reading alone, runs none of
// its own views and triggers, and is stopped when it takes too long (reliability.md, trap 15).

import CSQLite

/// Why a database cannot be read.
enum DatabaseFault: Error, Hashable {
  case damaged(String)
  /// A value that is no text and no number.
  case bytes(table: String, row: Int, column: String)
  /// The texts of the tables take more room than the memory allows.
  case tooLarge
  case tooSlow
  /// Quarters that this program keeps, and no tables of somebody's.
  case workspace
}

struct DatabaseTable {
  var name: String
  /// The names of the columns, then the rows; cells parted by tabs and quoted as in CSV.
  var bytes: [UInt8] = []
}

/// Steps of the engine between two looks at how many have been made, and the most of them.
private let stepsPerLook: Int32 = 100_000
private let lookLimit = 200_000

@safe final class SQLiteFile {
  private let database: OpaquePointer
  private var looks = 0

  /// A hot journal beside the file is respected, as any reader would.
  init(_ path: String) throws(DatabaseFault) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let status = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let opened = unsafe opened else {
      let why = unsafe opened.map { unsafe String(cString: sqlite3_errmsg($0)) }
      _ = unsafe sqlite3_close_v2(opened)
      throw .damaged(why ?? "cannot be opened")
    }
    unsafe database = opened
    unsafe csqlite_defend(database)
    for (limit, value) in [
      (SQLITE_LIMIT_LENGTH, Int32(clamping: Budget.rowBytes)), (SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
      (SQLITE_LIMIT_COLUMN, 2000), (SQLITE_LIMIT_EXPR_DEPTH, 100),
      (SQLITE_LIMIT_COMPOUND_SELECT, 10), (SQLITE_LIMIT_VDBE_OP, 25_000),
      (SQLITE_LIMIT_FUNCTION_ARG, 8), (SQLITE_LIMIT_ATTACHED, 0),
      (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
    ] { _ = unsafe sqlite3_limit(database, limit, value) }
    // The handler's data outlives the connection: it is this object, which closes it.
    unsafe sqlite3_progress_handler(
      database, stepsPerLook,
      { data in
        guard let data = unsafe data else { return 1 }
        let file = unsafe Unmanaged<SQLiteFile>.fromOpaque(data).takeUnretainedValue()
        file.looks += 1
        return file.looks > lookLimit ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { _ = unsafe sqlite3_close_v2(database) }

  private func fault() -> DatabaseFault {
    if looks > lookLimit { return .tooSlow }
    return .damaged(unsafe String(cString: sqlite3_errmsg(database)))
  }

  /// What a program that made the file wrote into its head.
  func applicationIdentifier() throws(DatabaseFault) -> Int64 {
    var found: Int64 = 0
    try unsafe rows(of: "PRAGMA application_id") { statement, _ in
      found = unsafe sqlite3_column_int64(statement, 0)
      return nil
    }
    return found
  }

  /// Names of tables and of views, in the order of their names.
  func names() throws(DatabaseFault) -> (tables: [String], views: [String]) {
    var tables: [String] = []
    var views: [String] = []
    let query =
      "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('table','view') "
      + "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    try unsafe rows(of: query) { statement, _ in
      let name = unsafe text(statement, 1)
      let isVirtual = unsafe text(statement, 2).uppercased().hasPrefix("CREATE VIRTUAL")
      if unsafe text(statement, 0) == "table", !isVirtual {
        tables.append(name)
      } else {
        views.append(name)
      }
      return nil
    }
    return (tables, views)
  }

  /// - Throws: the first cell that is neither text nor number.
  func table(_ name: String, limitBytes: Int) throws(DatabaseFault) -> DatabaseTable {
    var table = DatabaseTable(name: name)
    let quoted =
      "\""
      + name.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
    var row = 0
    let headings = try unsafe rows(of: "SELECT * FROM main.\(quoted)") { statement, headings in
      if row == 0 { writeRow(headings, to: &table.bytes) }
      row += 1
      for column in 0..<headings.count {
        if column > 0 { table.bytes.append(0x09) }
        let index = Int32(clamping: column)
        switch unsafe sqlite3_column_type(statement, index) {
        case SQLITE_NULL: break
        case SQLITE_INTEGER:
          table.bytes += Array(String(unsafe sqlite3_column_int64(statement, index)).utf8)
        case SQLITE_FLOAT:
          writeFloat(unsafe sqlite3_column_double(statement, index), to: &table.bytes)
        case SQLITE_TEXT: writeQuoted(Array(unsafe text(statement, index).utf8), to: &table.bytes)
        default: return .bytes(table: name, row: row, column: headings[column])
        }
      }
      table.bytes.append(0x0A)
      return table.bytes.count > limitBytes ? .tooLarge : nil
    }
    if row == 0 { writeRow(headings, to: &table.bytes) }
    return table
  }

  /// - Returns: the names of the columns.
  @discardableResult
  private func rows(
    of query: String, _ take: (OpaquePointer, [String]) -> DatabaseFault?
  ) throws(DatabaseFault) -> [String] {
    looks = 0
    var prepared: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(database, query, -1, &prepared, nil) == SQLITE_OK,
      let statement = unsafe prepared
    else { throw fault() }
    defer { _ = unsafe sqlite3_finalize(statement) }
    let headings = (0..<max(unsafe sqlite3_column_count(statement), 0)).map { column in
      unsafe sqlite3_column_name(statement, column).map { unsafe String(cString: $0) } ?? ""
    }
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW: if let fault = unsafe take(statement, headings) { throw fault }
      case SQLITE_DONE: return headings
      default: throw fault()
      }
    }
  }

  /// Bytes that are no UTF-8 cannot stand in a database of UTF-8 texts; a file that has them all
  /// the same is told by the reader of rows.
  private func text(_ statement: OpaquePointer, _ column: Int32) -> String {
    guard let bytes = unsafe sqlite3_column_text(statement, column) else { return "" }
    let count = Int(unsafe sqlite3_column_bytes(statement, column))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }
}

private func writeRow(_ cells: [String], to output: inout [UInt8]) {
  for (index, cell) in cells.enumerated() {
    if index > 0 { output.append(0x09) }
    writeQuoted(Array(cell.utf8), to: &output)
  }
  output.append(0x0A)
}

func writeQuoted(_ bytes: [UInt8], to output: inout [UInt8]) {
  guard bytes.contains(where: { $0 == 0x22 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else {
    output += bytes
    return
  }
  output.append(0x22)
  for byte in bytes {
    if byte == 0x22 { output.append(0x22) }
    output.append(byte)
  }
  output.append(0x22)
}

private func writeFloat(_ value: Double, to output: inout [UInt8]) {
  var isRounded = false
  let text = Array(value.description.utf8)
  let isWritten = writeNumber(
    text, as: .plain, countsFrom1904: false, isRounded: &isRounded, into: &output)
  if !isWritten { output += text }
}
