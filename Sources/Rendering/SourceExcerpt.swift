// SourceExcerpt.swift: a source text and a range of its bytes arrive; line, column, the line as
// shown and its carets leave.

import Syntax

/// Where a range stands in a text, counted for people.
struct SourcePosition: Hashable {
  /// From 1.
  var line: Int
  /// From 1, in characters (grapheme clusters).
  var column: Int
  /// Characters of the culprit on its line, at least 1.
  var width: Int
  var isMultiline: Bool
}

/// The line of a source text that holds a range, cut into characters.
struct SourceExcerpt {
  struct Piece {
    /// Safe to print.
    var text: String
    var cells: Int
    var isCulprit: Bool
  }
  var position: SourcePosition
  var pieces: [Piece]
  /// The piece before which the first caret stands; `pieces.count` for the end of the line.
  var firstCulprit: Int

  /// Any range is taken, also one outside the text: it is clamped.
  init(of range: SourceRange, in source: String, ambiguous: Int) {
    let bytes = Array(source.utf8)
    let lower = min(max(0, range.lower), bytes.count)
    let upper = min(max(lower, range.upper), bytes.count)
    var lineStart = lower
    while lineStart > 0, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
    var lineEnd = lower
    while lineEnd < bytes.count, bytes[lineEnd] != 0x0A { lineEnd += 1 }
    if lineEnd > lineStart, bytes[lineEnd - 1] == 0x0D { lineEnd -= 1 }

    pieces = []
    firstCulprit = 0
    var offset = lineStart
    for cluster in String(decoding: bytes[lineStart..<lineEnd], as: UTF8.self) {
      let end = offset + cluster.utf8.count
      let text = terminalSafe(String(cluster))
      pieces.append(
        Piece(
          text: text, cells: displayWidth(text, ambiguous: ambiguous),
          isCulprit: end > lower && (offset < upper || offset == lower && upper == lower)))
      if end <= lower { firstCulprit = pieces.count }
      offset = end
    }
    position = SourcePosition(
      line: 1 + bytes[..<lineStart].count { $0 == 0x0A }, column: firstCulprit + 1,
      width: max(1, pieces.count(where: \.isCulprit)), isMultiline: bytes.contains(0x0A))
  }

  /// What a log shows of a line that has no end.
  private static let widestUnasked = 400

  /// The line and the carets below it, at most `width` cells; cut ends are marked.
  func lines(width: Int?, ambiguous: Int, ellipsis: String) -> (source: String, carets: String) {
    let total = pieces.reduce(0) { $0 + $1.cells }
    let width = width ?? Self.widestUnasked
    // A caret behind the last character takes a cell too.
    let limit = firstCulprit == pieces.count ? width - 1 : width
    guard total > limit else { return drawn(pieces.indices, "", "") }
    let markWidth = displayWidth(ellipsis, ambiguous: ambiguous)
    // A third of the room shows what stands before the culprit.
    var before = 0
    var start = min(firstCulprit, pieces.count)
    while start > 0, before + pieces[start - 1].cells <= limit / 3 {
      start -= 1
      before += pieces[start].cells
    }
    // Near the end of the line there is more room on the left than that.
    var rest = pieces[start...].reduce(0) { $0 + $1.cells }
    while start > 0, rest + pieces[start - 1].cells + markWidth <= limit {
      start -= 1
      rest += pieces[start].cells
    }
    let room = limit - (start > 0 ? markWidth : 0)
    var end = start
    var used = 0
    while end < pieces.count, used + pieces[end].cells <= room {
      used += pieces[end].cells
      end += 1
    }
    if end < pieces.count {
      while end > start, used > room - markWidth {
        end -= 1
        used -= pieces[end].cells
      }
    }
    return drawn(start..<end, start > 0 ? ellipsis : "", end < pieces.count ? ellipsis : "")
  }

  private func drawn(
    _ shown: Range<Int>, _ leftMark: String, _ rightMark: String
  ) -> (source: String, carets: String) {
    var line = leftMark
    var blankCount = displayWidth(leftMark)
    var caretCount = 0
    for (index, piece) in zip(shown, pieces[shown]) {
      line += piece.text
      if index < firstCulprit { blankCount += piece.cells }
      if piece.isCulprit { caretCount += piece.cells }
    }
    let carets =
      String(repeating: " ", count: blankCount) + String(repeating: "^", count: max(1, caretCount))
    return (line + rightMark, carets)
  }
}
