// ProgramOnTerminal.swift: the program itself at the prompt of a terminal, and what it has kept of
// the entries.

import Support
import Testing

@testable import Console

extension EditorOnTerminal {
  /// What stands before the line on the built-in quarter.
  static let prompt = "tongbao 2024Q4> "
  /// As wide, before each further row of an entry.
  static let continuation = "              > "

  /// Starts the program without a banner, without colours and with all its results on the screen.
  static func program(
    rows: Int = 24, columns: Int = 80, home: TemporaryFolder = TemporaryFolder(),
    settings: [String] = [], rewraps: Bool = true, arguments: [String] = []
  ) throws -> EditorOnTerminal {
    let editor = try EditorOnTerminal(
      rows: rows, columns: columns, home: home, settings: settings, rewraps: rewraps,
      program: "tongbao",
      arguments: ["-q", "--color", "never", "--pager", "never"]
        + (arguments.contains("--lang") ? [] : ["--lang", "en"]) + arguments)
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.terminal.settle()
    return editor
  }

  /// The entries in the history file, the oldest first.
  var entries: [String] {
    (home.text(of: ".local/state/tongbao/history.jsonl") ?? "").split(separator: "\n")
      .compactMap { HistoryEntry(line: $0.utf8)?.text }
  }

  /// Whether the entry is the last that has been run, once the next prompt is there.
  func hasRun(_ text: String) -> Bool {
    terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") && entries.last == text }
  }
}
