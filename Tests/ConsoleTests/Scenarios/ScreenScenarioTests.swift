// ScreenScenarioTests.swift: wide tables, bars and curves on screens of several widths, with and
// without colours.

import Support
import Testing

@Suite(.atTerminal) struct ScreenScenarioTests {
  typealias Editor = EditorOnTerminal

  private func cells(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + TerminalScreen.width(of: $1) }
  }

  private static let wideQuestion =
    "orders, closed, ontime, overdue, redo, close_rate, ontime_rate, overdue_rate, redo_rate, "
    + "score, lost by unit"

  private func onTerminal(
    _ words: [String], settings: [String] = [], columns: Int = 80
  ) throws -> PseudoTerminal {
    let folder = TemporaryFolder()
    let terminal = try #require(
      PseudoTerminal(
        builtProduct("tongbao"), ["--pager", "never"] + words,
        environment: ["HOME=\(folder.path)", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
          + (settings.contains { $0.hasPrefix("TERM=") } ? [] : ["TERM=xterm-256color"]) + settings,
        rows: 24, columns: columns))
    #expect(terminal.ending() == .status(0))
    return terminal
  }

  private func lines(_ terminal: PseudoTerminal) -> [String] {
    String(decoding: terminal.output, as: UTF8.self).split(separator: "\r\n").map(String.init)
  }

  @Test func `Notes about what was read are folded between words`() throws {
    let screen = lines(
      try onTerminal(
        ["--lang", "en", "--color", "never", "-c", "orders", projectFolder + "/examples/orders"],
        columns: 44))
    #expect(screen.allSatisfy { cells($0) <= 44 }, "\(screen)")
    let words = screen.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.contains("skipped README.md, rules.tb: not a file that is read"), "\(screen)")
  }

  @Test func `Faults of files are folded between words, and a line break in a name is shown`()
    throws
  {
    let folder = TemporaryFolder()
    folder.write("工单编号,承办单位,办结时限\n1,县住健局,2024-11-05\n", to: "a\nb.csv")
    let terminal = try #require(
      PseudoTerminal(
        builtProduct("tongbao"), ["--lang", "en", "--color", "never", folder.file("a\nb.csv")],
        environment: [
          "HOME=\(folder.path)", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TERM=xterm-256color",
        ], rows: 24, columns: 44))
    #expect(terminal.ending() == .status(3))
    let screen = lines(terminal)
    #expect(screen.allSatisfy { cells($0) <= 44 }, "\(screen)")
    let words = screen.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.contains("“县住健局” is not in the catalogue"), "\(screen)")
    #expect(screen.joined().filter { $0 != " " }.contains("a\\nb.csv:2:"), "\(screen)")
  }

  @Test func `Scenario 31: a table too wide drops columns and says which, a pipe has all`() throws {
    let screen = lines(
      try onTerminal(["--color", "never", "-c", Self.wideQuestion], columns: 60))
    #expect(screen.allSatisfy { cells($0) <= 60 })
    // Numbers are whole: those of a unit that is late, beside each other.
    let row = screen.first { $0.hasPrefix("│ 县住建局") } ?? ""
    let numbers = row.split(separator: "│").map { $0.filter { $0 != " " } }.filter { $0 != "…" }
    #expect(numbers.first == "县住建局" && numbers.last == "3.15")
    let all = ["578", "526", "52", "0", "100.00%", "91.00%", "9.00%", "0.00%", "96.85", "3.15"]
    #expect(numbers.dropFirst().allSatisfy { all.contains($0) }, "\(row)")
    // Whatever has no column of its own is named below, in its order.
    let heads = screen.drop { !$0.hasPrefix("┌") }.dropFirst().prefix { !$0.hasPrefix("├") }
      .map { $0.split(separator: "│") }
    let shown = (heads.first ?? []).indices.map { column in
      heads.flatMap { $0[column].split(separator: " ") }.joined(separator: " ")
    }
    let labels = [
      "Unit", "Orders", "Closed", "On time", "Overdue", "Sent back and redone", "Closing rate",
      "On-time rate", "Overdue rate", "Redo rate", "Score", "Points lost",
    ]
    let hidden = labels.filter { !shown.contains($0) }
    let foot = screen.drop { $0 != "48 rows" }.joined(separator: " ").split(separator: " ")
      .joined(separator: " ")
    #expect(
      foot.contains(
        "\(hidden.count) more columns not shown, .mode vertical shows all: "
          + hidden.joined(separator: ", ")), "\(foot)")
    let piped = ProgramRun("-q -c '\(Self.wideQuestion)' | cat")
    #expect(piped.lines.count == 49)
    #expect(piped.lines.allSatisfy { $0.filter { $0 == "\t" }.count == 11 })
    #expect(!piped.bytes.contains(0x1B))
  }

  @Test(arguments: ["NO_COLOR=1", "--color never", "TERM=dumb"])
  func `Scenario 33: without colours there is none, and a dumb terminal is not moved on`(
    setting: String
  ) throws {
    let isOption = setting.hasPrefix("--")
    let editor = try Editor(
      settings: isOption ? [] : [setting], program: "tongbao",
      arguments: ["--pager", "never"]
        + (isOption ? setting.split(separator: " ").map(String.init) : []))
    #expect(editor.terminal.wait { $0.cursorRowText.hasSuffix("2024Q4>") })
    let end = setting == "TERM=dumb" ? "\n" : "\r"
    editor.type("overdue by unit top 3" + end)
    #expect(editor.terminal.waitForText("place 3 is tied"))
    editor.type("overdue by unti" + end)
    #expect(editor.terminal.waitForText("!>"))
    if setting != "TERM=dumb" { editor.type("over", "\t", "\u{1B}", Editor.control("u")) }
    editor.type(Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
    let text = String(decoding: editor.terminal.output, as: UTF8.self)
    #expect(text.firstRange(of: try Regex("\u{1B}\\[[0-9;]*m")) == nil)
    guard setting == "TERM=dumb" else { return }
    #expect(!text.contains("\u{1B}"))
    // The kernel has echoed what was typed, and the table is drawn with what any terminal has.
    #expect(text.contains("2024Q4> overdue by unit top 3\r\n"))
    #expect(text.contains("| 县住建局     |      52 |"))
  }

  @Test(arguments: [40, 80, 200])
  func `Scenario 49: bars begin at one column and stay on the screen`(width: Int) throws {
    let words = ["--color", "never", "-c", "overdue by month as bar"]
    let screen = lines(try onTerminal(words, columns: width))
    #expect(screen.allSatisfy { cells($0) <= width })
    let bars = screen.filter { $0.hasPrefix("month ") }
    #expect(bars.count == 3)
    #expect(Set(bars.map(cells)).count == 1, "\(bars)")
    for (bar, (value, share)) in zip(bars, [("12", "18.75%"), ("47", "73.44%"), ("5", "7.81%")]) {
      let words = bar.split(separator: " ")
      #expect(words.suffix(2) == [Substring(value), Substring(share)])
    }
    // The longest bar fills the room: one blank parts it from its value.
    #expect(bars[1].contains("█ 47  73.44%"))
    let blocks = bars[1].filter { $0 == "█" }.count
    #expect(bars[0].filter { $0 == "█" }.count == blocks * 12 / 47)
  }

  @Test
  func `Scenario 49: wide ambiguous characters make bars of ASCII, and labels stay in columns`()
    throws
  {
    let ascii = ProgramRun("--width 80 --ambiguous 2 -m box -c 'overdue by month as bar'")
    let bars = ascii.lines.filter { $0.hasPrefix("month ") }
    #expect(bars.count == 3 && bars.allSatisfy { $0.contains("#") && !$0.contains("█") })
    let units = ProgramRun("--width 80 -m box -c 'orders by unit as bar'").lines
    let rows = units.filter { $0.hasSuffix("%") && $0.contains("  ") }
    #expect(rows.count == 48)
    #expect(Set(rows.map(cells)).count == 1)
    #expect(rows.contains { $0.hasPrefix("扶风工业园区管委会") } && rows.contains { $0.hasPrefix("县残联 ") })
  }

  @Test func `Scenario 50: a curve in every row, as digits where there are no marks`() throws {
    let question = "overdue by unit across month having overdue>0 as spark"
    let screen = lines(try onTerminal(["--color", "never", "-c", question]))
    let rows = screen.filter { $0.hasPrefix("│ ") && !$0.contains("2024-") }
    #expect(rows.count == 6)
    let row = rows.first { $0.hasPrefix("│ 县住建局") } ?? ""
    let words = row.split(separator: "│").map { $0.filter { $0 != " " } }
    #expect(words.count == 4)
    #expect(words[1] == "5" && words[3] == "2" && words[2].count == 3)
    #expect(Array(words[2])[1] == "█")
    let dumb = lines(try onTerminal(["-c", question], settings: ["TERM=dumb"]))
    let digits = dumb.first { $0.hasPrefix("| 县住建局") } ?? ""
    let marks = digits.split(separator: "|").map { $0.filter { $0 != " " } }[2]
    #expect(marks.count == 3 && marks.allSatisfy(\.isNumber) && Array(marks)[1] == "9")
  }

  @Test func `Scenario 50: presenting, the screen is cleared and holds the whole answer`() throws {
    let editor = try Editor(
      program: "tongbao", arguments: ["--color", "never", "--pager", "never", "--lang", "en"])
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.type(".present on\r", "overdue by unit across month having overdue>0 as spark\r")
    #expect(editor.terminal.waitForText("basis: "))
    editor.terminal.settle()
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.first?.isEmpty == false && rows.first?.contains(">") == false)
    #expect(rows.filter { $0.hasPrefix("│ 县") }.count == 6)
    #expect(!editor.terminal.screen.text.contains(" ms"))
    #expect(rows.last { !$0.isEmpty } == "tongbao 2024Q4>")
  }
}
