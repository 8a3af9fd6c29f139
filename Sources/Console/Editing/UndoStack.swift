// UndoStack.swift: the states a line went through; each new one arrives, the one before leaves.

/// Snapshots of the line. A run of typed characters is one step; everything else is a step of its
/// own.
struct UndoStack: Sendable {
  private var states: [EditedText] = []
  private var current = EditedText("")
  private var isTyping = false

  static let stateLimit = 200

  mutating func reset(to text: EditedText) {
    states = []
    current = text
    isTyping = false
  }

  /// Takes note of the line as it is now.
  mutating func record(_ text: EditedText) {
    guard text.scalars != current.scalars else {
      // A motion ends the run: what is typed elsewhere is undone by itself.
      if text.cursor != current.cursor { isTyping = false }
      current.cursor = text.cursor
      return
    }
    let added = text.scalars.count - current.scalars.count
    let isNextCharacter =
      added == 1 && text.cursor == current.cursor + 1
      && text.scalars[text.cursor - 1] != " " && text.scalars[text.cursor - 1] != "\n"
    if !(isTyping && isNextCharacter) {
      states.append(current)
      if states.count > Self.stateLimit { states.removeFirst() }
    }
    isTyping = isNextCharacter
    current = text
  }

  /// The state before the last step; nil at the beginning.
  mutating func undo() -> EditedText? {
    guard let state = states.popLast() else { return nil }
    current = state
    isTyping = false
    return state
  }
}
