// CancelScenarioTests.swift: Ctrl-C while a question runs that would run for hours, at the prompt
// and in a batch.

import Support
import Testing

@Suite(.atTerminal) struct CancelScenarioTests {
  typealias Editor = EditorOnTerminal

  /// A table of five columns with a hundred names each.
  private static func names() -> TemporaryFolder {
    let folder = TemporaryFolder()
    let rows = (0..<100).map { row in
      "rgbwk".map { "\($0)\(row)" }.joined(separator: ",") + ",1\n"
    }
    folder.write("red,green,blue,white,black,amount\n" + rows.joined(), to: "names.csv")
    return folder
  }

  /// Ten thousand million combinations, of which those that are kept come last: no machine is
  /// through with them while a test waits, and none runs out of memory.
  static let endlessQuestion =
    "amount by red, green, blue, white, black where red = r99 with empty"

  private static let quarter = projectFolder + "/examples/2024Q4"

  @Test func `Scenario 24: Ctrl-C stops a question, nothing of it is left, and the next is right`()
    throws
  {
    let home = TemporaryFolder()
    let names = Self.names()
    let editor = try Editor.program(
      home: home, arguments: [Self.quarter, names.file("names.csv"), "--lang", "zh"])
    editor.terminal.send("\(Self.endlessQuestion) into '\(home.file("all.csv"))'\r")
    // The terminal is the kernel's again: the question runs.
    #expect(editor.terminal.wait { _ in editor.terminal.isCooked })
    #expect(!editor.terminal.wait(milliseconds: 1000) { $0.text.contains("口径") })
    let sent = ContinuousClock.now
    editor.terminal.send(Editor.control("c"))
    #expect(editor.terminal.waitForText("已取消（"))
    #expect(ContinuousClock.now - sent < .seconds(10))
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix("!>") })
    let rows = editor.terminal.screen.rowTexts
    let told = try #require(rows.first { $0.hasPrefix("已取消（") })
    let seconds = try #require(told.wholeMatch(of: try Regex("已取消（([0-9]+)\\.[0-9] 秒）")))
    #expect(Int(seconds.output[1].substring ?? "") ?? 0 >= 1, "\(told)")
    #expect(!editor.terminal.screen.text.contains("口径"))
    editor.type("逾期", "\r")
    #expect(editor.terminal.waitForText("│   64 │"))
    #expect(runShell("ls -A '\(home.path)'").output == ".local\n")
  }

  @Test func `Scenario 35: Ctrl-C in a batch is status 130, results before it stand`() throws {
    let home = TemporaryFolder()
    let names = Self.names()
    let program = try #require(
      PseudoTerminal(
        builtProduct("tongbao"),
        [
          Self.quarter, names.file("names.csv"), "--pager", "never", "-c", "overdue", "-c",
          Self.endlessQuestion,
        ],
        environment: ["HOME=\(home.path)", "PATH=/usr/bin:/bin", "TERM=xterm", "LC_ALL=C.UTF-8"]))
    #expect(program.waitForText("64 │"))
    program.send(Editor.control("c"))
    #expect(program.ending() == .status(130))
  }
}
