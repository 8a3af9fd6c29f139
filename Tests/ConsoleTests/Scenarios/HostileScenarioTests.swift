// HostileScenarioTests.swift: data that would drive a terminal or a spreadsheet, in every form that
// a person looks at.

import Support
import Testing

@Suite(.atTerminal) struct HostileScenarioTests {
  typealias Editor = EditorOnTerminal

  private func cells(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + TerminalScreen.width(of: $1) }
  }

  /// One run on a terminal of the test's own, to its end.
  private func onTerminal(_ words: [String], _ folder: TemporaryFolder, columns: Int = 80) throws
    -> PseudoTerminal
  {
    let terminal = try #require(
      PseudoTerminal(
        builtProduct("tongbao"), ["--color", "never", "--pager", "never", folder.path] + words,
        environment: [
          "HOME=\(folder.path)", "PATH=/usr/bin:/bin", "TERM=xterm-256color", "LC_ALL=C.UTF-8",
        ], columns: columns))
    #expect(terminal.ending() == .status(0))
    return terminal
  }

  @Test func `Scenario 22: inside quotes full-width marks are what they are`() throws {
    let folder = TemporaryFolder()
    folder.writeHostileQuarter()
    let editor = try Editor(
      program: "tongbao", arguments: ["--color", "never", "--no-notes", folder.path])
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.type("problems by account where problem contains '“栏目”，'", "\r")
    #expect(editor.terminal.waitForText("│ 和美杏林（筹） │              1 │"))
    #expect(editor.terminal.waitForText("1 row"))
    #expect(editor.terminal.screen.text.contains("problem contains '“栏目”，'"))
    let plain = ProgramRun(
      ". -q -m csv -c \"problems by account where problem contains '\\\"栏目\\\",'\"", in: folder)
    #expect(plain.output == "Account,Problems found\n")
  }

  @Test(arguments: ["box", "table", "plain", "md"])
  func `Scenario 30: every row of a table of hostile names is equally wide`(mode: String) throws {
    let folder = TemporaryFolder()
    folder.writeHostileQuarter()
    let terminal = try onTerminal(
      ["--no-headline", "-m", mode, "-c", "problems by account"], folder)
    let rows = terminal.screen.rowTexts.filter { row in
      mode == "plain"
        ? row.hasPrefix("Account") || TemporaryFolder.begins(row)
        : ["┌", "│", "├", "└", "+", "|"].contains { row.hasPrefix($0) }
    }
    #expect(rows.count >= 7)
    #expect(Set(rows.map(cells)).count == 1, "\(rows)")
  }

  @Test func `Scenario 30: the menu of hostile names stands in columns`() throws {
    let folder = TemporaryFolder()
    folder.writeHostileQuarter()
    let editor = try Editor(
      rows: 40, program: "tongbao", arguments: ["--color", "never", folder.path])
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.type("problems by account where account=", "\t")
    #expect(editor.terminal.waitForText("和美杏林（筹）"))
    #expect(editor.terminal.waitForText("%"))
    let screen = editor.terminal.screen
    let rows = screen.rowTexts.dropFirst(screen.row + 1).filter { $0.hasSuffix("%") }
    #expect(rows.count == 6)
    #expect(Set(rows.map(cells)).count == 1, "\(rows)")
    #expect(rows.contains { $0.contains("水韵\\e]0;x\\x07扶风") })
  }

  @Test(
    arguments: [
      "box", "table", "plain", "tsv", "csv", "json", "jsonl", "md", "html", "latex", "vertical",
      "list", "chart",
    ])
  func `Scenario 32: no byte of the data drives a terminal, in any mode`(mode: String) throws {
    let folder = TemporaryFolder()
    folder.writeHostileQuarter()
    let terminal = try onTerminal(["-m", mode, "-c", "problems by problem"], folder)
    let bytes = terminal.output
    #expect(!bytes.contains(0x1B) && !bytes.contains(0x07) && !bytes.contains(0x00))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.unicodeScalars.contains("\u{202E}"))
    let isJSON = mode.hasPrefix("json")
    let shown =
      isJSON
      ? ["\\u001b[31mRED", "x\\u0007", "前\\u202e后", "空\\u0000字"]
      : ["31mRED", "x07", "202E", "x00"]
    for form in shown { #expect(text.lowercased().contains(form.lowercased()), "\(form)") }
    if mode == "box" || mode == "table" {
      let rows = terminal.screen.rowTexts.filter { $0.hasPrefix("│") || $0.hasPrefix("|") }
      #expect(rows.count == TemporaryFolder.hostileProblems.count + 1)
      #expect(Set(rows.map(cells)).count == 1, "\(rows)")
    }
  }

  @Test func `Scenario 32: a pipe gets the characters, and a spreadsheet no formula`() throws {
    let folder = TemporaryFolder()
    folder.writeHostileQuarter()
    func table(_ problems: [String]) -> String {
      "Problem,Problems found\n" + problems.map { $0 + ",1\n" }.joined()
    }
    let ask = "-q -m csv -c 'problems by problem'"
    let raw = ProgramRun(". \(ask) --raw-cells", in: folder)
    #expect(raw.bytes == Array(table(TemporaryFolder.hostileProblems).utf8))
    let safe = ProgramRun(". \(ask)", in: folder)
    let marked = TemporaryFolder.hostileProblems.map {
      $0.hasPrefix("=") || $0.hasPrefix("+") ? "'" + $0 : $0
    }
    #expect(safe.bytes == Array(table(marked).utf8))
    // Read back, the mark is gone, and written again it is there.
    let other = TemporaryFolder()
    other.write(safe.bytes, to: "table.csv")
    let again = ProgramRun(
      "table.csv -q -m csv --no-header -c '[table.Problems found] by problem'", in: other)
    #expect(again.bytes == Array(table(marked).utf8.drop { $0 != 0x0A }.dropFirst()))
    let exact = ProgramRun(
      "table.csv -q -m csv --raw-cells --no-header -c '[table.Problems found] by problem'",
      in: other)
    #expect(
      exact.bytes
        == Array(table(TemporaryFolder.hostileProblems).utf8.drop { $0 != 0x0A }.dropFirst()))
  }
}

extension TemporaryFolder {
  /// Whether a row of a table without lines begins with an account of the hostile quarter.
  fileprivate static func begins(_ row: String) -> Bool {
    ["绛帐", "和美", "“美丽”", "法治", "扶风县电", "水韵"].contains { row.hasPrefix($0) }
  }
}
