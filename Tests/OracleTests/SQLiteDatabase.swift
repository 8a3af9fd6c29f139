// SQLiteDatabase.swift: SQL text arrives; rows of whole numbers and texts leave.

import CSQLite

/// A database in memory.
@safe final class SQLiteDatabase {
  enum Value: Hashable {
    case null
    case whole(Int64)
    case text(String)

    /// As it is written in SQL.
    var literal: String {
      switch self {
      case .null: "NULL"
      case .whole(let number): String(number)
      case .text(let text):
        "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
      }
    }
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let handle: OpaquePointer

  init() throws {
    var opened: OpaquePointer?
    let status = unsafe sqlite3_open_v2(
      ":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
    guard status == SQLITE_OK, let opened = unsafe opened else {
      throw Failure(description: "no database: \(status)")
    }
    unsafe handle = opened
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs one statement.
  @discardableResult
  func rows(_ sql: String) throws -> [[Value]] {
    var prepared: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil) == SQLITE_OK,
      let statement = unsafe prepared
    else { throw failure(sql) }
    defer { unsafe sqlite3_finalize(statement) }
    var rows: [[Value]] = []
    while true {
      switch unsafe sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(
          unsafe (0..<sqlite3_column_count(statement)).map { unsafe self.value(statement, $0) })
      case SQLITE_DONE: return rows
      default: throw failure(sql)
      }
    }
  }

  private func value(_ statement: OpaquePointer, _ column: Int32) -> Value {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .whole(unsafe sqlite3_column_int64(statement, column))
    case SQLITE_TEXT:
      guard let text = unsafe sqlite3_column_text(statement, column) else { return .null }
      return .text(unsafe String(cString: text))
    default: return .null
    }
  }

  private func failure(_ sql: String) -> Failure {
    Failure(description: unsafe String(cString: sqlite3_errmsg(handle)) + " in " + sql)
  }
}
