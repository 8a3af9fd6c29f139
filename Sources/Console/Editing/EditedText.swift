// EditedText.swift: the text on the line and its cursor; a motion or an edit arrives, the new text
// leaves. Nothing here knows keys, terminal or libedit.

/// A text with a cursor, counted in Unicode scalars as libedit counts. What a person takes for one
/// character (a letter with its accents, an emoji family) is moved over and deleted as one.
package struct EditedText: Sendable, Hashable {
  package var scalars: [Unicode.Scalar]
  /// Between 0 and the number of scalars.
  package var cursor: Int

  package init(scalars: [Unicode.Scalar], cursor: Int) {
    self.scalars = scalars
    self.cursor = min(max(cursor, 0), scalars.count)
  }

  /// The text with the cursor at its end, or at a UTF-8 offset.
  package init(_ text: String, cursorOffset: Int? = nil) {
    scalars = Array(text.unicodeScalars)
    cursor = scalars.count
    if let cursorOffset { cursor = scalarIndex(ofOffset: cursorOffset) }
  }

  package var text: String { Self.string(scalars[...]) }
  package var isEmpty: Bool { scalars.isEmpty }
  package var isAtEnd: Bool { cursor == scalars.count }

  /// The cursor as a UTF-8 offset into `text`.
  package var cursorOffset: Int {
    scalars[..<cursor].reduce(0) { $0 + UTF8.width($1) }
  }

  package var textBeforeCursor: String { Self.string(scalars[..<cursor]) }

  /// The scalar at or after a UTF-8 offset.
  package func scalarIndex(ofOffset offset: Int) -> Int {
    var passed = 0
    for (index, scalar) in scalars.enumerated() {
      if passed >= offset { return index }
      passed += UTF8.width(scalar)
    }
    return scalars.count
  }

  static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  // MARK: Characters

  /// Where the characters begin, and the end of the text.
  var characterBounds: [Int] {
    var bounds = [0]
    for character in text {
      bounds.append(bounds[bounds.count - 1] + character.unicodeScalars.count)
    }
    return bounds
  }

  func previousCharacter(from index: Int) -> Int {
    characterBounds.last { $0 < index } ?? 0
  }
  func nextCharacter(from index: Int) -> Int {
    characterBounds.first { $0 > index } ?? scalars.count
  }

  // MARK: Lines of an entry

  func lineStart(from index: Int) -> Int {
    (scalars[..<index].lastIndex(of: "\n") ?? -1) + 1
  }
  func lineEnd(from index: Int) -> Int {
    scalars[index...].firstIndex(of: "\n") ?? scalars.count
  }

  // MARK: Edits

  package mutating func insert(_ text: String) {
    let added = Array(text.unicodeScalars)
    scalars.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Removes a range and puts the cursor there; what was removed.
  @discardableResult
  package mutating func remove(from lower: Int, to upper: Int) -> String {
    let start = min(max(lower, 0), scalars.count)
    let end = min(max(upper, start), scalars.count)
    let removed = Self.string(scalars[start..<end])
    scalars.removeSubrange(start..<end)
    cursor = start
    return removed
  }

  /// Replaces UTF-8 bytes of the text; the cursor stands after the new ones.
  package mutating func replace(offsets: Range<Int>, with text: String) {
    remove(
      from: scalarIndex(ofOffset: offsets.lowerBound), to: scalarIndex(ofOffset: offsets.upperBound)
    )
    insert(text)
  }

  /// Swaps the characters around the cursor and steps over them; at the end of the line the last
  /// two.
  mutating func transpose() {
    let lineEnd = lineEnd(from: cursor)
    let middle = cursor == lineEnd ? previousCharacter(from: cursor) : cursor
    let first = previousCharacter(from: middle)
    let end = nextCharacter(from: middle)
    guard lineStart(from: cursor) <= first, first < middle, end <= lineEnd else { return }
    scalars.replaceSubrange(
      first..<end, with: Array(scalars[middle..<end]) + Array(scalars[first..<middle]))
    cursor = end
  }
}
