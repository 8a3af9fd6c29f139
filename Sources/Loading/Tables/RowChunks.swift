// RowChunks.swift: the bytes of a table arrive; stretches of whole rows leave one after the other,
// to be read side by side.

/// Whole rows of a table.
struct RowChunk: Sendable, Hashable {
  /// From 0, in the order of the file.
  var number: Int
  var range: Range<Int>
  /// The line of its first row.
  var firstLine: Int
}

/// Cuts where rows end and no quote is open. Where that is depends on the bytes and `leastBytes`
/// alone, so that a table is the same however many threads read it.
struct RowChunks: Sendable {
  private let table: RawTable
  private let leastBytes: Int
  private let headRows: Int
  private var start = 0
  private var line: Int
  private var number = 0

  /// - Parameter headRows: rows at the beginning that stay in one chunk.
  init(_ table: RawTable, leastBytes: Int, headRows: Int) {
    self.table = table
    self.headRows = headRows
    self.leastBytes = max(1, leastBytes)
    line = table.rowsBefore + 1
  }

  /// - Complexity: O(bytes of the chunk)
  mutating func next() -> RowChunk? {
    guard start < table.bytes.count else { return nil }
    // What is merged over rows is read in one piece.
    let (least, isTooFar) = max(start, number == 0 ? headEnd() : 0)
      .addingReportingOverflow(leastBytes)
    let isWhole = isTooFar || !table.merges.isEmpty
    let first = line
    let end = rowEnd(
      in: table.bytes, from: start, least: isWhole ? table.bytes.count : least,
      delimiter: table.delimiter, countsQuoted: !table.isGrid, lines: &line)
    defer {
      start = end
      number += 1
    }
    return RowChunk(number: number, range: start..<end, firstLine: first)
  }

  private func headEnd() -> Int {
    var end = 0
    var lines = 0
    for _ in 0..<headRows where end < table.bytes.count {
      end = rowEnd(
        in: table.bytes, from: end, least: end + 1, delimiter: table.delimiter,
        countsQuoted: !table.isGrid, lines: &lines)
    }
    return end
  }

  /// The row behind a chunk.
  static func row(behind chunk: RowChunk, of table: RawTable) -> ArraySlice<UInt8>? {
    let start = chunk.range.upperBound
    guard start < table.bytes.count else { return nil }
    var lines = 0
    let end = rowEnd(
      in: table.bytes, from: start, least: start + 1, delimiter: table.delimiter,
      countsQuoted: !table.isGrid, lines: &lines)
    return table.bytes[start..<end]
  }
}
