// RowBatch.swift: rows of cells arrive one by one; they leave field by field, some hundred rows at
// a time, and what is made of them lies in columns.

import Syntax

/// Values of a field that are not packed yet.
struct OpenColumn {
  /// One for each row; 0 where there is none.
  var values: [Int64] = []
  /// Rows without a value, ascending.
  var missing: [UInt32] = []
  /// Rows printed with digits behind the point, ascending.
  var decimals: [(row: Int, places: UInt8)] = []

  mutating func append(_ cell: ReadCell) {
    if cell.value == nil { missing.append(UInt32(truncatingIfNeeded: values.count)) }
    if cell.places > 0 { decimals.append((values.count, UInt8(clamping: cell.places))) }
    values.append(cell.value ?? 0)
  }

  /// Takes rows away.
  mutating func remove(_ rows: DroppedRows) {
    var end = rows.first
    for row in rows.first..<values.count where rows.place(of: row) != nil {
      values[end] = values[row]
      end += 1
    }
    values.removeSubrange(end...)
    missing = rows.kept(missing, at: \.self)
    decimals = rows.kept(decimals, at: \.row)
  }
}

/// What a cell holds.
struct ReadCell {
  /// nil: nothing.
  var value: Int64?
  /// Digits behind the point, as printed.
  var places = 0

  static let missing = ReadCell(value: nil)
}

/// Rows that are taken away, and where that moves the others.
struct DroppedRows {
  /// Ascending, each once.
  let rows: [Int]
  let first: Int
  /// Of each row from the first on; nil for those taken away.
  private let places: [Int?]

  /// - Parameter rowCount: of all rows.
  init(_ dropped: Set<Int>, of rowCount: Int) {
    rows = dropped.sorted()
    first = rows.first ?? rowCount
    var next = first
    places = (first..<rowCount).map { row in
      if dropped.contains(row) { return nil }
      defer { next += 1 }
      return next
    }
  }

  /// Where a row stands once the others are gone; nil for one of them.
  func place(of row: Int) -> Int? { row < first ? row : places[row - first] }

  /// What belongs to the rows that stay, each with its row's new place.
  func kept<Found, Row: BinaryInteger>(
    _ found: [Found], at row: WritableKeyPath<Found, Row>
  ) -> [Found] {
    found.compactMap { one in
      guard let place = place(of: Int(one[keyPath: row])) else { return nil }
      var moved = one
      moved[keyPath: row] = Row(truncatingIfNeeded: place)
      return moved
    }
  }
}

/// The rows of a chunk on their way into columns.
struct RowBatch {
  /// Few enough for their bytes to stay in the cache while field after field is read.
  private static let fullCount = 512

  /// Where the cells of the batch lie, those of one row behind those of another.
  private(set) var cells: [Range<Int>] = []
  /// The line of each row of the batch.
  private(set) var lines: [Int] = []
  /// Of all rows of the chunk that were read.
  var columns: [OpenColumn] = []
  private(set) var closedLines: [Int64] = []

  var rowCount: Int { lines.count }
  var isFull: Bool { lines.count >= Self.fullCount }
  /// Rows of the chunk before those of the batch.
  var firstRow: Int { closedLines.count }

  /// - Parameter fileColumns: which cells of the row are read.
  mutating func add(_ row: [Range<Int>], _ fileColumns: [Int], line: Int) {
    cells.append(addingCapacity: fileColumns.count) { cells in
      for column in fileColumns { cells.append(row[column]) }
    }
    lines.append(line)
  }

  /// Which rows of the batch have a value in each of the columns.
  func known(in columns: Int...) -> [Bool] {
    var isKnown = Array(repeating: true, count: rowCount)
    for column in columns {
      for row in self.columns[column].missing.reversed() {
        let place = Int(row) - firstRow
        if place < 0 { break }
        isKnown[place] = false
      }
    }
    return isKnown
  }

  /// The rows belong to the chunk, but for some.
  mutating func close(without dropped: DroppedRows?) {
    let first = firstRow
    for (row, line) in lines.enumerated() {
      if let dropped, dropped.place(of: first + row) == nil { continue }
      closedLines.append(Int64(line))
    }
    if let dropped {
      for field in columns.indices { columns[field].remove(dropped) }
    }
    cells.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
  }

  /// Begins another chunk.
  mutating func restart(fieldCount: Int) {
    if columns.count != fieldCount {
      columns = Array(repeating: OpenColumn(), count: fieldCount)
    }
    for field in columns.indices {
      columns[field].values.removeAll(keepingCapacity: true)
      columns[field].missing.removeAll(keepingCapacity: true)
      columns[field].decimals.removeAll(keepingCapacity: true)
    }
    cells.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    closedLines.removeAll(keepingCapacity: true)
  }
}
