// LineCounter.swift: offsets of a text arrive, ascending; the lines they lie in leave.

/// Counts the lines of a text once, however many places in it are asked for.
struct LineCounter {
  private let text: String.UTF8View
  private var index: String.Index
  private var offset = 0
  private var line = 1

  init(_ text: String) {
    self.text = text.utf8
    index = text.utf8.startIndex
  }

  /// From 1.
  ///
  /// - Parameter place: an offset in UTF-8, none before the last.
  /// - Complexity: O(bytes since the last)
  mutating func line(at place: Int) -> Int {
    while offset < place, index < text.endIndex {
      if text[index] == 0x0A { line += 1 }
      index = text.index(after: index)
      offset += 1
    }
    return line
  }
}
