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

  /// The next chunk, and its rows as they stand in the file.
  ///
  /// - Complexity: O(bytes of the chunk)
  mutating func next() -> (chunk: RowChunk, rows: [UInt8])? {
    guard start < table.text.count else { return nil }
    // What is merged over rows is read in one piece.
    let (least, isTooFar) = max(start, number == 0 ? headEnd() : 0)
      .addingReportingOverflow(leastBytes)
    let isWhole = isTooFar || !table.merges.isEmpty
    let first = line
    let most = isWhole ? table.text.count : least
    guard let (end, rows) = table.rows(from: start, least: most, lines: &line) else { return nil }
    defer {
      start = end
      number += 1
    }
    return (RowChunk(number: number, range: start..<end, firstLine: first), rows)
  }

  private func headEnd() -> Int {
    var end = 0
    var lines = 0
    for _ in 0..<headRows where end < table.text.count {
      end = table.rows(from: end, least: end + 1, lines: &lines)?.end ?? table.text.count
    }
    return end
  }

  /// The row behind a chunk, as text.
  static func row(behind chunk: RowChunk, of table: RawTable) -> [UInt8]? {
    let start = chunk.range.upperBound
    var lines = 0
    guard start < table.text.count else { return nil }
    return table.rows(from: start, least: start + 1, lines: &lines).map {
      table.text.utf8($0.bytes)
    }
  }
}

extension RawTable {
  /// Whole rows from `start` on, up to the first that ends at `least` or behind it, and where that
  /// is. nil where the file could not be read.
  ///
  /// - Parameter lines: grows by the lines passed.
  /// - Complexity: O(bytes passed)
  fileprivate func rows(
    from start: Int, least: Int, lines: inout Int
  ) -> (end: Int, bytes: [UInt8])? {
    // Room for the row that reaches over `least`.
    var length = max(least - start, 0) / 16 * 17 + 64
    while true {
      let limit = length < text.count - start ? start + length : text.count
      var (bytes, origin) = text.bytes(around: start..<limit)
      let isAtEnd = origin + bytes.count == text.count
      guard isAtEnd || origin + bytes.count >= limit else { return nil }
      var passed = 0
      let end = rowEnd(
        in: bytes, from: start - origin, least: least - origin, delimiter: delimiter,
        countsQuoted: !isGrid, lines: &passed)
      // A row that ends with the stretch may go on behind it.
      if isAtEnd || end < bytes.count {
        lines += passed
        // Of a text in memory the rows are copied, of a stretch of its own the rest is cut off.
        if origin < start || bytes.count > limit - start {
          return (origin + end, Array(bytes[(start - origin)..<end]))
        }
        bytes.removeSubrange(end...)
        return (origin + end, bytes)
      }
      length *= 2
    }
  }
}
