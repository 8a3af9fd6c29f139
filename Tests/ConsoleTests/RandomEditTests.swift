// RandomEditTests.swift: random edits keep the screen and the model of the line equal.

import Support
import Testing

/// What the edit area must look like, by rules of its own: characters one after the other, a row
/// full when the next character does not fit.
private struct ModelLine {
  var characters: [Character] = []
  var cursor = 0

  func rows(width: Int) -> (rows: [String], row: Int, column: Int) {
    var rows = [""]
    var column = 0
    var cursorPlace = (row: 0, column: 0)
    for (place, character) in (EditorOnTerminal.prompt + characters).enumerated() {
      let size = character.unicodeScalars.map { TerminalScreen.width(of: $0) }.max() ?? 1
      if column + size > width {
        rows.append("")
        column = 0
      }
      if place == cursor + EditorOnTerminal.prompt.count { cursorPlace = (rows.count - 1, column) }
      rows[rows.count - 1].append(character)
      column += size
    }
    if cursor == characters.count {
      if column + 1 > width {
        rows.append("")
        column = 0
      }
      cursorPlace = (rows.count - 1, column)
    } else if column + 1 > width {
      rows.append("")
    }
    return (rows, cursorPlace.row, cursorPlace.column)
  }

  /// One random edit, and the key or text that makes it.
  mutating func edit(_ generator: inout SeededGenerator) -> String {
    let pool: [Character] = [
      "县", "住", "，", "（", "a", "Z", "9", "=", "Ａ", "é", "。", " ", "局", "“", "x",
    ]
    switch Int.random(in: 0..<12, using: &generator) {
    case 0..<5:
      let count = Int.random(in: 1...4, using: &generator)
      let text = (0..<count).map { _ in pool.randomElement(using: &generator) ?? "a" }
      characters.insert(contentsOf: text, at: cursor)
      cursor += count
      return String(text)
    case 5, 6:
      if cursor > 0 {
        cursor -= 1
        characters.remove(at: cursor)
      }
      return "\u{7F}"
    case 7:
      // On an empty line Ctrl-D would leave.
      guard !characters.isEmpty else { return EditorOnTerminal.left }
      if cursor < characters.count { characters.remove(at: cursor) }
      return EditorOnTerminal.control("d")
    case 8:
      cursor = max(0, cursor - 1)
      return EditorOnTerminal.left
    case 9:
      cursor = min(characters.count, cursor + 1)
      return EditorOnTerminal.right
    case 10:
      cursor = 0
      return EditorOnTerminal.home
    default:
      cursor = characters.count
      return EditorOnTerminal.end
    }
  }
}

@Suite(.atTerminal) struct RandomEditTests {
  @Test(arguments: [21, 33, 80])
  func `Scenario 2: after each of 300 random edits the screen equals the model`(width: Int) throws {
    let editor = try EditorOnTerminal.program(rows: 60, columns: width)
    var generator = SeededGenerator(seed: UInt64(width))
    var model = ModelLine()
    var differences: [String] = []
    for step in 0..<300 {
      let keys = model.edit(&generator)
      editor.terminal.send(keys)
      let (rows, row, column) = model.rows(width: width)
      let wanted = rows.map { text in
        var text = text
        while text.last == " " { text.removeLast() }
        return text
      }
      let isEqual = editor.terminal.wait(milliseconds: 20_000) { screen in
        screen.row == row && screen.column == column
          && Array(screen.rowTexts.prefix(wanted.count)) == wanted
          && screen.rowTexts.dropFirst(wanted.count).allSatisfy(\.isEmpty)
      }
      if !isEqual {
        differences.append("step \(step), keys \(keys.debugDescription): \(editor.picture)")
        break
      }
    }
    #expect(differences == [])
  }
}
