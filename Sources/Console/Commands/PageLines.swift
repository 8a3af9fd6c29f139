// PageLines.swift: names and what they mean, or the lines of a page, arrive; lines that fit the
// screen leave, through the pager where they are more than it shows.

import Rendering
import Syntax

/// Each name and, beside it, what it is.
///
/// - Parameters:
///   - limit: cells for the names; what stands beside a longer one begins below it.
///   - width: cells of the screen, at which the second part is folded; nil folds nothing.
func alignedLines(
  _ rows: [(String, String)], atMost limit: Int = 30, to width: Int? = nil
) -> [String] {
  let widest = min(limit, rows.map { displayWidth($0.0) }.max() ?? 0)
  guard let width else {
    return rows.map { first, second in
      let gap = String(repeating: " ", count: max(1, widest + 2 - displayWidth(first)))
      return "  " + first + gap + second
    }
  }
  // Beside a narrow screen's names there is no room for words.
  let isStacked = width < widest + 28
  let indent = isStacked ? 6 : widest + 4
  let margin = String(repeating: " ", count: indent)
  return rows.flatMap { first, second in
    let parts = wrapped(second, to: max(8, width - indent))
    guard !isStacked, displayWidth(first) <= widest else {
      return folded("  " + first, to: width) + parts.map { margin + $0 }
    }
    return ["  " + padded(first, to: widest + 2) + parts[0]] + parts.dropFirst().map { margin + $0 }
  }
}

/// A line in lines that fit; what does not is indented as its beginning, and two cells more.
func folded(_ line: String, to width: Int?) -> [String] {
  guard let width, displayWidth(line) > width else { return [line] }
  let margin = String(line.prefix { $0 == " " })
  let parts = wrapped(String(line.dropFirst(margin.count)), to: max(8, width - margin.count - 2))
  return parts.enumerated().map { margin + ($0.offset == 0 ? "" : "  ") + $0.element }
}

extension Batch {
  /// At which lines of a page are folded: the screen's width, or the one that was set.
  var pageWidth: Int? { renderOptions.width }

  /// Shows the lines of a page.
  mutating func tell(_ lines: [String]) {
    let width = pageWidth
    let text = lines.flatMap { folded($0, to: width) }.map { $0 + "\n" }.joined()
    show(Array(text.utf8))
  }
}
