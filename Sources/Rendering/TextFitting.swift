// TextFitting.swift: a text and a number of cells arrive, the text padded, cut or wrapped leaves.

package enum Alignment: Sendable, Hashable {
  case left, right
}

/// `text` with blanks up to `width` cells; a longer text stays as it is.
package func padded(
  _ text: String, to width: Int, _ alignment: Alignment = .left, ambiguous: Int = 1
) -> String {
  let missing = width - displayWidth(text, ambiguous: ambiguous)
  guard missing > 0 else { return text }
  let blanks = String(repeating: " ", count: missing)
  return alignment == .left ? text + blanks : blanks + text
}

/// `text` if it fits, else its beginning and an ellipsis, together at most `width` cells.
package func truncated(
  _ text: String, to width: Int, ambiguous: Int = 1, ellipsis: String = "…"
) -> String {
  if displayWidth(text, ambiguous: ambiguous) <= width { return text }
  let room = width - displayWidth(ellipsis, ambiguous: ambiguous)
  guard room >= 0 else { return String(repeating: ".", count: max(0, width)) }
  var kept = ""
  var used = 0
  for cluster in text {
    used += clusterWidth(cluster, ambiguous: ambiguous)
    if used > room { break }
    kept.append(cluster)
  }
  return kept + ellipsis
}

/// `text` in lines of at most `width` cells, broken at blanks or between hanzi, inside a word only
/// where the word is longer than a line.
///
/// - Parameters:
///   - hanging: so many cells less for every line but the first, which the caller sets in.
///   - lineLimit: what goes beyond is cut with `ellipsis`; nil: nothing is cut.
package func wrapped(
  _ text: String, to width: Int, hanging: Int = 0, lineLimit: Int? = nil, ambiguous: Int = 1,
  ellipsis: String = "…"
) -> [String] {
  if displayWidth(text, ambiguous: ambiguous) <= width { return [text] }
  let clusters = Array(text)
  let widths = clusters.map { clusterWidth($0, ambiguous: ambiguous) }
  var lines: [String] = []
  var start = 0
  while start < clusters.count {
    let room = lines.isEmpty ? width : width - hanging
    if let lineLimit, lines.count == lineLimit - 1 {
      let rest = String(clusters[start...])
      lines.append(truncated(rest, to: room, ambiguous: ambiguous, ellipsis: ellipsis))
      break
    }
    var end = lineEnd(from: start, in: clusters, widths, width: room)
    // A last line of one hanzi or of a mere `+1` takes what is before it along.
    let rest = clusters[end...].drop { $0 == " " }
    if lineLimit == nil, !rest.isEmpty, rest.count <= 2, end - start > 4 {
      end = breakBefore(end - 1, from: start + 2, in: clusters, widths) ?? end
    }
    var visibleEnd = end
    while visibleEnd > start, clusters[visibleEnd - 1] == " " { visibleEnd -= 1 }
    lines.append(String(clusters[start..<visibleEnd]))
    start = end
    while start < clusters.count, clusters[start] == " " { start += 1 }
  }
  return lines
}

/// Where the line that begins at `start` ends: the last place to break that fits.
private func lineEnd(
  from start: Int, in clusters: [Character], _ widths: [Int], width: Int
) -> Int {
  var fitting = start
  var used = 0
  while fitting < clusters.count, used + widths[fitting] <= width {
    used += widths[fitting]
    fitting += 1
  }
  if fitting == clusters.count { return fitting }
  // A cluster wider than the line is put there all the same, or nothing would ever be.
  if fitting == start { return start + 1 }
  return breakBefore(fitting, from: start, in: clusters, widths) ?? fitting
}

/// The last place behind `start` and not behind `end` at which a line may be broken.
private func breakBefore(
  _ end: Int, from start: Int, in clusters: [Character], _ widths: [Int]
) -> Int? {
  var end = end
  while end > start, !mayBreak(before: end, in: clusters, widths) { end -= 1 }
  return end > start ? end : nil
}

private let closingMarks = Set<Character>("，。、；：！？）】》」』”’,.;:!?)]}%…")
private let openingMarks = Set<Character>("（【《「『“‘([{")

private func mayBreak(before index: Int, in clusters: [Character], _ widths: [Int]) -> Bool {
  let left = clusters[index - 1]
  let right = clusters[index]
  if left == " " || right == " " { return true }
  if closingMarks.contains(right) || openingMarks.contains(left) { return false }
  // A number keeps its measure word: 64 and 件 stand on one line.
  if let value = left.asciiValue, value >= 0x30, value <= 0x39 { return false }
  return widths[index - 1] == 2 || widths[index] == 2
}
