// OtherTerminalTests.swift: terminals without an editor, other locales, and signals at the prompt.

import Support
import Testing

/// vi's keys, other locales, and terminals without an editor.
@Suite(.atTerminal) struct OtherTerminalTests {
  typealias Editor = EditorOnTerminal

  @Test func `Scenario 40: vi's keys edit a line with hanzi, and Ctrl-R stays ours`() throws {
    let home = TemporaryFolder()
    home.write("bind -v\nunknown nonsense\n", to: ".editrc")
    let editor = try Editor.program(home: home)
    editor.type("县住建局 超期 by 单位\u{1B}", "b", "b", "x")
    #expect(editor.picture == Editor.prompt + "县住建局 超期 |y 单位")
    editor.type("A完")
    #expect(editor.picture == Editor.prompt + "县住建局 超期 y 单位完|")
    editor.type("\r")
    #expect(editor.hasRun("县住建局 超期 y 单位完"))
    editor.type(Editor.control("r"), "单")
    #expect(editor.picture.hasSuffix("(history 1/1) '单': 县住建局 超期 y 单位完|"))
    editor.type("\u{1B}", "ab\u{1B}hi1", "\u{1B}k")
    #expect(editor.picture.hasSuffix("> 县住建局 超期 y 单位完|"))
  }

  @Test(arguments: ["C", "POSIX", "zh_XX.nothing", "en_US.ISO-8859-1"])
  func `Scenario 39: hanzi are edited in a locale that knows none`(locale: String) throws {
    let editor = try Editor.program(settings: ["LC_ALL=\(locale)"])
    editor.type("县住建局", Editor.left, "\u{7F}")
    #expect(editor.picture == Editor.prompt + "县住|局")
    editor.type("\r")
    #expect(editor.hasRun("县住局"))
  }

  @Test(arguments: ["TERM=dumb", "TERM="])
  func `A terminal without cursor movement gets no escape sequence`(setting: String) throws {
    let editor = try Editor.started(settings: [setting])
    editor.type("overdue where\n")
    #expect(editor.picture == "P> overdue where\n > |")
    editor.type("month=11\n")
    #expect(editor.terminal.waitForOutput("ran [overdue where|month=11]"))
    editor.type("dropped", Editor.control("c"), "kept\n")
    #expect(editor.terminal.waitForOutput("ran [kept]"))
    editor.terminal.send(bytes: [0x61, 0xFF, 0x0A])
    #expect(editor.terminal.waitForOutput("error D11"))
    editor.terminal.send(Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
    #expect(!editor.terminal.output.contains(0x1B))
  }

  @Test func `Where no line is edited, keys and help are those that work there`() throws {
    let editor = try Editor(
      settings: ["TERM=dumb", "EDITOR=true"], program: "tongbao",
      arguments: ["-q", "--pager", "never", "--lang", "en"])
    #expect(editor.terminal.wait { $0.cursorRowText.hasSuffix(">") })
    editor.type(".keys\n")
    #expect(editor.terminal.waitForText("Ctrl-D"))
    let keys = editor.picture
    #expect(keys.contains("Enter") && keys.contains("Ctrl-C") && keys.contains(".again"))
    for dead in ["Tab", "Ctrl-R", "Alt-", "F1", "Esc", "Ctrl-L"] {
      #expect(!keys.contains(dead), "\(dead)")
    }
    // A question mark tells what may come, and the sentence is begun again.
    editor.type("overdue by ?\n")
    #expect(editor.terminal.waitForText("kind"))
    #expect(editor.picture.hasSuffix("\n" + Editor.prompt + "|"))
    // What an editor leaves is shown, and runs only with Enter.
    editor.type("closed\n", ".edit\n")
    let offer = "\n  closed\nEnter runs it, another line replaces it\n" + Editor.prompt.dropLast()
    #expect(editor.picture.hasSuffix(offer + " |"))
    editor.type("\n")
    #expect(editor.terminal.waitForText(offer + "\n+--------+\n| Closed |"))
    #expect(!editor.terminal.output.contains(0x1B))
  }

  @Test func `With results in a file the prompt is on standard error and nothing else in the file`()
    throws
  {
    let home = TemporaryFolder()
    let editor = try EditorOnTerminal(home: home, output: home.file("out"))
    #expect(editor.terminal.waitForText("P>"))
    editor.type("overdue\n", Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
    #expect(home.text(of: "out") == "ran [overdue]\n")
  }

  @Test func `Bytes that are no UTF-8 are shown, not swallowed`() throws {
    let editor = try Editor.started()
    editor.terminal.send(bytes: [0x61, 0xB1, 0xC3, 0x28, 0x62])
    editor.terminal.settle()
    #expect(editor.picture == "P> a\\xB1\\xC3(b|")
  }
}
