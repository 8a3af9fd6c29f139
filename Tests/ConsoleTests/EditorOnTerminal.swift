// EditorOnTerminal.swift: the line editor on a terminal of the test's own, with a home of its own.

import Support
import Testing

/// The demonstration program of the editor, running.
final class EditorOnTerminal {
  let home: TemporaryFolder
  let terminal: PseudoTerminal

  init(
    rows: Int = 24, columns: Int = 80, home: TemporaryFolder = TemporaryFolder(),
    settings: [String] = [], output: String? = nil, rewraps: Bool = true,
    program: String = "editor-demo", arguments: [String] = ["P> "]
  ) throws {
    self.home = home
    let standard = ["HOME=\(home.path)", "PATH=/usr/bin:/bin", "TERM=xterm-256color"]
    let names = settings.map { $0.prefix { $0 != "=" } }
    let environment =
      standard.filter { one in !names.contains { one.hasPrefix($0 + "=") } }
      + (names.contains("LC_ALL") ? [] : ["LC_ALL=C.UTF-8"]) + settings
    terminal = try #require(
      PseudoTerminal(
        builtProduct(program), arguments, environment: environment, rows: rows,
        columns: columns, output: output, rewraps: rewraps))
  }

  /// Starts and waits for the first prompt.
  static func started(
    rows: Int = 24, columns: Int = 80, home: TemporaryFolder = TemporaryFolder(),
    settings: [String] = [], rewraps: Bool = true
  ) throws -> EditorOnTerminal {
    let editor = try EditorOnTerminal(
      rows: rows, columns: columns, home: home, settings: settings, rewraps: rewraps)
    #expect(editor.terminal.waitForText("P>"))
    return editor
  }

  func type(_ keys: String...) {
    for key in keys {
      terminal.send(key)
      terminal.settle()
    }
  }

  /// The row of the cursor with a `|` at it, and the rows above and below that hold text, as one
  /// text.
  var picture: String {
    let screen = terminal.screen
    var rows = screen.rowTexts
    var row = rows[screen.row]
    var column = 0
    var place = row.startIndex
    while column < screen.column, place < row.endIndex {
      column += row[place].unicodeScalars.first.map(TerminalScreen.width) ?? 1
      place = row.index(after: place)
    }
    if column < screen.column {
      row += String(repeating: " ", count: screen.column - column)
      place = row.endIndex
    }
    row.insert("|", at: place)
    rows[screen.row] = row
    while rows.last == "" { rows.removeLast() }
    return rows.joined(separator: "\n")
  }

  /// The picture, once it is as wanted; else as it is when time is up.
  func picture(becoming wanted: String, milliseconds: Int = 20_000) -> String {
    _ = terminal.wait(milliseconds: milliseconds) { _ in picture == wanted }
    return picture
  }

  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let delete = "\u{1B}[3~"
  static func control(_ letter: Character) -> String {
    String(UnicodeScalar((letter.asciiValue ?? 64) & 0x1F))
  }
}
