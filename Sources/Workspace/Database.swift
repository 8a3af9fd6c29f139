// Database.swift: SQL text and values arrive; rows leave, or the fault that SQLite names. The only
// file of this stage that calls SQLite, so every result code is looked at here.
//
// Every `unsafe` passes a handle that lives as long as its owner, or a buffer with its own count.

import CSQLite

/// A value as SQLite keeps it.
enum SQLValue: Hashable {
  case null
  case whole(Int64)
  case text(String)
  case bytes([UInt8])
}

/// A program that waits for a file tells it once, and gives up in the end.
package struct Patience: Sendable {
  /// Until it is said that somebody else has the file.
  package var quietMilliseconds: Int32 = 400
  package var limitMilliseconds: Int32 = 10_000
  /// Called once where the quiet time was not enough.
  package var tell: @Sendable () -> Void = {}

  package init() {}
}

/// `3.40.1`: of the library that runs, not of the one that was built against.
package var sqliteVersion: String {
  // The text is a constant of the library.
  unsafe String(cString: sqlite3_libversion())
}

/// One open file. It is not for two threads at once: whoever shares it puts it into a `Mutex`.
@safe final class Database {
  enum Access { case reading, writing }

  private let handle: OpaquePointer
  private let patience: Patience
  private var hasTold = false
  /// By column: the texts that were decoded last.
  var lastDictionaries: [String: (bytes: [UInt8], texts: [String])] = [:]

  /// - Throws: where there is no such file, or it may not be opened this way.
  init(_ path: String, for access: Access, patience: Patience = Patience()) throws(WorkspaceFault) {
    var opened: OpaquePointer?
    // The mutexes of SQLite are not needed: ours stands around the whole object.
    let flags =
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
      | (access == .reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW)
    let status = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard status == SQLITE_OK, let opened = unsafe opened else {
      let fault = unsafe Database.fault(status, opened)
      unsafe sqlite3_close_v2(opened)
      throw fault
    }
    unsafe handle = opened
    self.patience = patience
    unsafe sqlite3_busy_timeout(handle, patience.quietMilliseconds)
    unsafe csqlite_defend(handle)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  // MARK: - Statements

  /// A prepared statement, for the rows of one kind.
  @safe final class Statement {
    fileprivate let pointer: OpaquePointer
    fileprivate let database: Database

    fileprivate init(_ pointer: OpaquePointer, _ database: Database) {
      unsafe self.pointer = unsafe pointer
      self.database = database
    }

    deinit { unsafe sqlite3_finalize(pointer) }

    /// Runs it with these values, and leaves it ready for the next ones.
    func run(_ values: [SQLValue]) throws(WorkspaceFault) {
      try bind(values)
      defer { reset() }
      while try next() {}
    }

    /// Runs it with these values and reads every row.
    func rows(_ values: [SQLValue]) throws(WorkspaceFault) -> [[SQLValue]] {
      try bind(values)
      defer { reset() }
      var rows: [[SQLValue]] = []
      while try next() {
        rows.append(unsafe (0..<sqlite3_column_count(pointer)).map { value($0) })
      }
      return rows
    }

    private func bind(_ values: [SQLValue]) throws(WorkspaceFault) {
      for (index, value) in values.enumerated() {
        let place = Int32(truncatingIfNeeded: index + 1)
        let status =
          switch value {
          case .null: unsafe sqlite3_bind_null(pointer, place)
          case .whole(let number): unsafe sqlite3_bind_int64(pointer, place, number)
          case .text(let text):
            unsafe csqlite_bind_text(
              pointer, place, text, Int32(truncatingIfNeeded: text.utf8.count))
          case .bytes(let bytes):
            unsafe bytes.withUnsafeBufferPointer { buffer in
              unsafe csqlite_bind_blob(
                pointer, place, buffer.baseAddress, sqlite3_uint64(buffer.count))
            }
          }
        guard status == SQLITE_OK else { throw unsafe Database.fault(status, database.handle) }
      }
    }

    private func reset() {
      unsafe sqlite3_reset(pointer)
      unsafe sqlite3_clear_bindings(pointer)
    }

    /// One step; a file that somebody else holds is waited for.
    private func next() throws(WorkspaceFault) -> Bool {
      var hasWaited = false
      while true {
        let status = unsafe sqlite3_step(pointer)
        switch status & 0xFF {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case SQLITE_BUSY where !hasWaited:
          hasWaited = true
          database.waitLonger()
        default: throw unsafe Database.fault(status, database.handle)
        }
      }
    }

    private func value(_ column: Int32) -> SQLValue {
      switch unsafe sqlite3_column_type(pointer, column) {
      case SQLITE_INTEGER: return .whole(unsafe sqlite3_column_int64(pointer, column))
      case SQLITE_TEXT:
        guard let text = unsafe sqlite3_column_text(pointer, column) else { return .null }
        // In bounds: SQLite says how many bytes lie there; a wrong one is told by the checksums.
        let count = unsafe Int(sqlite3_column_bytes(pointer, column))
        return .text(
          unsafe String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
      case SQLITE_BLOB:
        guard let bytes = unsafe sqlite3_column_blob(pointer, column) else { return .bytes([]) }
        let count = unsafe Int(sqlite3_column_bytes(pointer, column))
        return .bytes(unsafe Array(UnsafeRawBufferPointer(start: bytes, count: count)))
      case SQLITE_FLOAT: return .text(String(unsafe sqlite3_column_double(pointer, column)))
      default: return .null
      }
    }
  }

  func statement(_ sql: String) throws(WorkspaceFault) -> Statement {
    var prepared: OpaquePointer?
    var hasWaited = false
    while true {
      let status = unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil)
      if status & 0xFF == SQLITE_BUSY, !hasWaited {
        hasWaited = true
        waitLonger()
        continue
      }
      guard status == SQLITE_OK, let pointer = unsafe prepared else {
        throw unsafe Database.fault(status, handle)
      }
      return unsafe Statement(pointer, self)
    }
  }

  /// Runs one statement once.
  @discardableResult
  func rows(_ sql: String, _ values: [SQLValue] = []) throws(WorkspaceFault) -> [[SQLValue]] {
    try statement(sql).rows(values)
  }

  var lastRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// The rest of the patience, said once.
  private func waitLonger() {
    if !hasTold {
      hasTold = true
      patience.tell()
    }
    unsafe sqlite3_busy_timeout(
      handle, max(0, patience.limitMilliseconds - patience.quietMilliseconds))
  }

  // MARK: - Transactions

  /// Everything or nothing: a fault of the work, or of COMMIT, leaves the file as it was.
  func transaction<Result>(
    _ work: () throws(WorkspaceFault) -> Result
  ) throws(WorkspaceFault) -> Result {
    try rows("BEGIN IMMEDIATE")
    do throws(WorkspaceFault) {
      let result = try work()
      try rows("COMMIT")
      return result
    } catch {
      // Where the fault has rolled back already there is nothing left to do.
      if unsafe sqlite3_get_autocommit(handle) == 0 { _ = try? rows("ROLLBACK") }
      throw error
    }
  }

  /// Several reads of one state of the file.
  func reading<Result>(
    _ work: () throws(WorkspaceFault) -> Result
  ) throws(WorkspaceFault) -> Result {
    try rows("BEGIN")
    // What was only read can be given up without a fault.
    defer { _ = try? rows("ROLLBACK") }
    return try work()
  }

  // MARK: - Blobs

  /// The blob of a row, straight from the file.
  ///
  /// - Complexity: O(bytes), copied once.
  func blob(
    of table: String, _ column: String, row: Int64
  ) throws(WorkspaceFault) -> [UInt8] {
    var opened: OpaquePointer?
    var status = unsafe sqlite3_blob_open(handle, "main", table, column, row, 0, &opened)
    if status & 0xFF == SQLITE_BUSY {
      waitLonger()
      status = unsafe sqlite3_blob_open(handle, "main", table, column, row, 0, &opened)
    }
    guard status == SQLITE_OK, let blob = unsafe opened else {
      throw unsafe Database.fault(status, handle)
    }
    defer { unsafe sqlite3_blob_close(blob) }
    let count = unsafe Int(sqlite3_blob_bytes(blob))
    let piece = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      // In bounds: the buffer has room for as many bytes as the blob says it has.
      status = unsafe sqlite3_blob_read(
        blob, buffer.baseAddress, Int32(truncatingIfNeeded: count), 0)
      used = status == SQLITE_OK ? count : 0
    }
    guard status == SQLITE_OK else { throw unsafe Database.fault(status, handle) }
    return piece
  }

  // MARK: - Faults

  private static func fault(_ status: Int32, _ handle: OpaquePointer?) -> WorkspaceFault {
    let reason: WorkspaceFault.Reason =
      switch (status & 0xFF, status) {
      case (_, sqliteReadOnlyRollback), (_, sqliteReadOnlyRecovery): .interruptedWrite
      case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): .busy
      case (SQLITE_FULL, _): .diskFull
      case (SQLITE_READONLY, _), (SQLITE_PERM, _), (SQLITE_AUTH, _): .readOnly
      case (SQLITE_CORRUPT, _), (SQLITE_NOTADB, _), (SQLITE_ERROR, _): .damaged
      case (SQLITE_IOERR, _), (SQLITE_CANTOPEN, _): .inputOutput
      default: .other
      }
    let said = unsafe handle.map { unsafe String(cString: sqlite3_errmsg($0)) }
    let known = unsafe String(cString: sqlite3_errstr(status))
    return WorkspaceFault(reason, said ?? known)
  }
}

// Macros that are sums of macros are not imported.
private let sqliteReadOnlyRecovery: Int32 = SQLITE_READONLY | 1 << 8
private let sqliteReadOnlyRollback: Int32 = SQLITE_READONLY | 3 << 8
