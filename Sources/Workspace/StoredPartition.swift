// StoredPartition.swift: a partition arrives; where its columns lie leaves as a record, and it
// comes back with columns that are read when they are first asked for.

import Columns
import Synchronization
import Syntax

struct StoredPartition: Sendable, Hashable {
  var dataset: String
  var issuer: String
  var quarterIndex: Int?
  var files: [SourceFile]
  var rowCount: Int
  var summary: PartitionSummary?
  /// Lies with the catalogue: a question of a period then reads no column of times.
  var monthRuns: PackedForm?
  var columns: [StoredColumn]
  var lines: StoredNumbers
  var fileNumbers: StoredNumbers
}

extension StoredPartition: Recorded {
  func write(to record: inout RecordWriter) {
    record.text(dataset)
    record.text(issuer)
    record.number(quarterIndex)
    record.records(files)
    record.number(rowCount)
    record.optional(summary) { $0.record($1) }
    record.optional(monthRuns) { $0.record($1) }
    record.records(columns)
    record.record(lines)
    record.record(fileNumbers)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    dataset = try record.text()
    issuer = try record.text()
    quarterIndex = try record.optionalInteger()
    files = try record.records()
    rowCount = try record.integer()
    summary = try record.optional { record throws(RecordDamage) in try record.record() }
    monthRuns = try record.optional { record throws(RecordDamage) in try record.record() }
    columns = try record.records()
    lines = try record.record()
    fileNumbers = try record.record()
    guard rowCount >= 0,
      ([lines, fileNumbers] + columns.map(\.numbers)).allSatisfy({ $0.rowCount == rowCount }),
      monthRuns.map({ $0.rowCount == rowCount }) ?? true
    else { throw RecordDamage() }
  }
}

extension PackedForm: Recorded {
  func write(to record: inout RecordWriter) {
    record.number(kind.rawValue)
    record.number(base)
    record.number(step)
    record.number(rowCount)
    record.blob(bytes)
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    guard let kind = Kind(rawValue: try record.integer()) else { throw RecordDamage() }
    self.init(
      kind: kind, base: try record.number(), step: try record.number(),
      rowCount: try record.integer(), bytes: try record.blob())
  }
}

extension PartitionSummary: Recorded {
  func write(to record: inout RecordWriter) {
    record.texts(dimensions)
    record.list(combinations) { record, combination in
      record.number(combination.quarterIndex)
      record.texts(combination.members)
      record.texts(combination.filledColumns)
      record.number(combination.rowCount)
    }
  }

  init(from record: inout RecordReader) throws(RecordDamage) {
    self.init(
      dimensions: try record.textList(),
      combinations: try record.list { record throws(RecordDamage) in
        Combination(
          quarterIndex: try record.integer(), members: try record.textList(),
          filledColumns: try record.textList(), rowCount: try record.integer())
      })
  }
}

/// A partition has few months; what takes more is found in its column when it is asked for.
private let mostRunBytes = 4096

extension BlockWriter {
  /// - Complexity: O(cells)
  func store(_ partition: Partition) throws(WorkspaceFault) -> StoredPartition {
    var columns: [StoredColumn] = []
    for column in partition.columns { columns.append(try store(column)) }
    return StoredPartition(
      dataset: partition.dataset, issuer: partition.issuer, quarterIndex: partition.quarterIndex,
      files: partition.files, rowCount: partition.rowCount, summary: partition.summary,
      monthRuns: partition.monthRuns.map(\.form).flatMap {
        $0.bytes.count <= mostRunBytes ? $0 : nil
      },
      columns: columns, lines: try store(partition.lineOfRow),
      fileNumbers: try store(partition.fileOfRow))
  }
}

/// The columns of one partition of an open file.
final class StoredColumns: ColumnSource {
  private let place: StoredPartition
  private let edition: Int64
  private let file: OpenFile
  private let log: DamageLog
  private let columns = Mutex<[String: Column]>([:])
  private let dictionaries = Mutex<[String: [String]]>([:])
  private let places = Mutex<[PackedIntegers?]>([nil, nil])

  init(_ place: StoredPartition, edition: Int64, _ file: OpenFile, _ log: DamageLog) {
    self.place = place
    self.edition = edition
    self.file = file
    self.log = log
  }

  var columnNames: [String] { place.columns.map(\.name) }

  func column(named name: String) -> Column? {
    columns.withLock { known in
      if let column = known[name] { return column }
      guard let stored = place.columns.first(where: { $0.name == name }) else { return nil }
      let column = read(name) { database throws(WorkspaceFault) in
        try database.column(of: stored)
      }
      known[name] = column
      return column
    }
  }

  func dictionary(of name: String) -> [String]? {
    if let column = columns.withLock({ $0[name] }) {
      guard case .text(_, let dictionary) = column.storage else { return nil }
      return dictionary
    }
    return dictionaries.withLock { known in
      if let dictionary = known[name] { return dictionary }
      guard let stored = place.columns.first(where: { $0.name == name }),
        case .text(let count, let bytes) = stored.values
      else { return nil }
      let dictionary = read(name) { database throws(WorkspaceFault) in
        try database.dictionary(bytes, entryCount: count, of: name)
      }
      known[name] = dictionary
      return dictionary
    }
  }

  func lineOfRow() -> PackedIntegers? { rowPlaces(0, place.lines, "line") }

  func fileOfRow() -> PackedIntegers? {
    let count = Int64(place.files.count)
    return rowPlaces(1, place.fileNumbers, "file").flatMap { numbers in
      guard let bounds = numbers.bounds else { return numbers }
      return bounds.lowerBound >= 0 && bounds.upperBound < max(1, count) ? numbers : nil
    }
  }

  private func rowPlaces(_ index: Int, _ stored: StoredNumbers, _ name: String)
    -> PackedIntegers?
  {
    places.withLock { known in
      if let numbers = known[index] { return numbers }
      let numbers = read(name) { database throws(WorkspaceFault) in
        try database.numbers(of: stored)
      }
      known[index] = numbers
      return numbers
    }
  }

  /// What cannot be read is noted, and asked for again by the next question.
  private func read<Value: Sendable>(
    _ name: String, _ work: (Database) throws(WorkspaceFault) -> Value
  ) -> Value? {
    do throws(WorkspaceFault) {
      return try file.use(work)
    } catch {
      let why = isGone ? WorkspaceFault(.changed) : error
      log.note(
        ColumnDamage(
          file: file.path, issuer: place.issuer, quarterIndex: place.quarterIndex,
          dataset: place.dataset, column: name, reason: why.message))
      return nil
    }
  }

  /// Whether another program has dropped the edition since its catalogue was read.
  private var isGone: Bool {
    let rows = try? file.use { database throws(WorkspaceFault) in
      try database.rows("SELECT 1 FROM edition WHERE id = ?1", [.whole(edition)]).count
    }
    return rows == 0
  }
}

/// One connection for all that read from it.
final class OpenFile: Sendable {
  let path: String
  private let database: Mutex<Database>

  init(_ path: String, _ database: sending Database) {
    self.path = path
    self.database = Mutex(database)
  }

  func use<Value: Sendable>(
    _ work: (Database) throws(WorkspaceFault) -> Value
  ) throws(WorkspaceFault) -> Value {
    // A closure of `withLock` may not hand out the database, only what was read of it.
    let result = database.withLock { database -> Result<Value, WorkspaceFault> in
      do throws(WorkspaceFault) {
        return .success(try work(database))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
