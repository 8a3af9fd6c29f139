// CancelScenarioTests.swift: Ctrl-C while a question runs that would run for a minute, at the
// prompt and in a batch.

import Support
import Testing

@Suite(.atTerminal) struct CancelScenarioTests {
  typealias Editor = EditorOnTerminal

  /// A row for every combination of what is published: far more than a test waits for.
  static let endlessQuestion =
    "orders, closed, ontime, close_rate, ontime_rate, overdue_rate, redo_rate "
    + "by unit, row, channel, annex, kind, quarter with empty"

  @Test func `Scenario 24: Ctrl-C stops a question, nothing of it is left, and the next is right`()
    throws
  {
    let home = TemporaryFolder()
    let editor = try Editor(
      home: home, program: "tongbao",
      arguments: ["--lang", "zh", "--color", "never", "--pager", "never"])
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.terminal.settle()
    editor.terminal.send("\(Self.endlessQuestion) into '\(home.file("all.csv"))'\r")
    // The terminal is the kernel's again: the question runs.
    #expect(editor.terminal.wait { _ in editor.terminal.isCooked })
    let start = ContinuousClock.now
    editor.terminal.send(Editor.control("c"))
    #expect(editor.terminal.waitForText("已取消（"))
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix("!>") })
    let rows = editor.terminal.screen.rowTexts
    let told = try #require(rows.first { $0.hasPrefix("已取消（") })
    #expect(told.wholeMatch(of: try Regex("已取消（[0-9.]+ (毫秒|秒)）")) != nil, "\(told)")
    #expect(!editor.terminal.screen.text.contains("口径"))
    editor.type("逾期", "\r")
    #expect(editor.terminal.waitForText("│   64 │"))
    #expect(runShell("ls -A '\(home.path)'").output == ".local\n")
  }

  @Test func `Scenario 35: Ctrl-C in a batch is status 130, results before it stand`() throws {
    let home = TemporaryFolder()
    let program = try #require(
      PseudoTerminal(
        builtProduct("tongbao"),
        ["--pager", "never", "-c", "overdue", "-c", Self.endlessQuestion],
        environment: ["HOME=\(home.path)", "PATH=/usr/bin:/bin", "TERM=xterm", "LC_ALL=C.UTF-8"]))
    #expect(program.waitForText("64 │"))
    program.send(Editor.control("c"))
    #expect(program.ending() == .status(130))
  }
}
