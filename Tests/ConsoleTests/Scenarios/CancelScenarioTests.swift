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

  // MARK: - Loading

  /// A folder with an export that takes many seconds to be read.
  private static func longExport() -> TemporaryFolder {
    let home = TemporaryFolder()
    _ = runShell(
      """
      { echo 工单编号,承办单位,受理时间,办结时限,办结时间
        seq 1000000 2000000 | sed 's/$/,县住建局,2024-11-01 08:00,2024-11-11 18:00,2024-11-09 17:00/'
      } > '\(home.path)/orders.csv'
      """)
    return home
  }

  private static let environment = [
    "PATH=/usr/bin:/bin", "TERM=xterm", "LC_ALL=C.UTF-8", "TONGBAO_MEMORY=8G",
  ]

  @Test func `Ctrl-C in a load of a batch erases the line of progress and is status 130`() throws {
    let home = Self.longExport()
    let program = try #require(
      PseudoTerminal(
        builtProduct("tongbao"),
        ["--lang", "en", home.file("orders.csv"), "-c", "orders into '\(home.file("a.csv"))'"],
        environment: ["HOME=\(home.path)"] + Self.environment, columns: 200))
    #expect(program.waitForText(" rows/s"))
    #expect(program.screen.text.contains("orders.csv  "))
    program.send(Editor.control("c"))
    #expect(program.ending() == .status(130))
    #expect(!program.screen.text.contains("reading"))
    #expect(runShell("ls -A '\(home.path)'").output == "orders.csv\n")
  }

  @Test
  func `Ctrl-C in a load at the prompt leaves what was asked before, and the console goes on`()
    throws
  {
    let home = Self.longExport()
    let editor = try Editor(
      columns: 200, home: home, settings: ["TONGBAO_MEMORY=8G"], program: "tongbao",
      arguments: ["--lang", "en", "--color", "never", "--pager", "never"])
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.terminal.settle()
    editor.terminal.send(".load '\(home.file("orders.csv"))'\r")
    #expect(editor.terminal.waitForText(" rows/s"))
    editor.terminal.send(Editor.control("c"))
    #expect(editor.terminal.waitForText("cancelled ("))
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix("!>") })
    #expect(!editor.terminal.screen.text.contains("reading"))
    editor.type("overdue", "\r")
    #expect(editor.terminal.waitForText("64 │"))
    #expect(runShell("ls -A '\(home.path)'").output == ".local\norders.csv\n")
  }
}
