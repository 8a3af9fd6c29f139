// SourcePosition.swift: a byte offset arrives; its line and column, counted in characters, leave.

/// Where an offset stands in a text; both counts begin at 1.
package struct SourcePosition: Sendable, Hashable {
  package let line: Int
  package let column: Int
  /// The bytes of that line, without its line end.
  package let lineRange: SourceRange

  /// An offset inside a character counts as the character's own.
  package init(of offset: Int, in source: String) {
    let bytes = source.utf8
    let offset = min(max(offset, 0), bytes.count)
    var line = 1
    var lineStart = 0
    var position = 0
    var lineEnd = bytes.count
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if position >= offset {
          lineEnd = position
          break
        }
        line += 1
        lineStart = position + 1
      }
      position += 1
    }
    self.line = line
    lineRange = SourceRange(lineStart, lineEnd)
    column = source.column(of: offset)
  }
}

extension String {
  /// The column of a byte offset: one more than the characters before it on its line.
  ///
  /// - Complexity: O(length of the line), wherever the line stands.
  package func column(of offset: Int) -> Int {
    let here = utf8.index(utf8.startIndex, offsetBy: min(max(offset, 0), utf8.count))
    var lineStart = here
    while lineStart > utf8.startIndex {
      let before = utf8.index(before: lineStart)
      if utf8[before] == UInt8(ascii: "\n") { break }
      lineStart = before
    }
    // An offset in the middle of a character is rounded down to its start.
    return self[lineStart..<here].count + 1
  }

  /// The text of a range of bytes; offsets outside are clamped.
  package func slice(_ range: SourceRange) -> String {
    let count = utf8.count
    let lower = min(max(range.lower, 0), count)
    let upper = min(max(range.upper, lower), count)
    let start = utf8.index(utf8.startIndex, offsetBy: lower)
    let end = utf8.index(utf8.startIndex, offsetBy: upper)
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }
}
