// EditingTests.swift: the keys of the editor, drawn on a terminal.

import Support
import Testing

@Suite(.atTerminal) struct EditingTests {
  typealias Editor = EditorOnTerminal

  @Test func `Scenario 1: a wide character moves what is behind it by two cells`() throws {
    let editor = try Editor.program()
    editor.type("县a乙=（资（的局", Editor.control("a"), "乙")
    #expect(editor.picture == Editor.prompt + "乙|县a乙=（资（的局")
    #expect(editor.terminal.screen.column == Editor.prompt.count + 2)
    editor.type("\u{7F}")
    #expect(editor.picture == Editor.prompt + "|县a乙=（资（的局")
    #expect(editor.terminal.screen.column == Editor.prompt.count)
  }

  @Test func `Scenario 3: a text taller than the screen is seen from its beginning`() throws {
    let editor = try Editor.program(rows: 8, columns: 40)
    func many(_ count: Int) -> String { String(repeating: "县", count: count) }
    editor.type(many(300), Editor.home)
    let rows = Array(repeating: many(20), count: 5) + [many(19) + ">>"]
    #expect(editor.picture == ([Editor.prompt + "|" + many(12)] + rows).joined(separator: "\n"))
    editor.type("头")
    #expect(editor.picture == ([Editor.prompt + "头|" + many(11)] + rows).joined(separator: "\n"))
    editor.type("\r")
    #expect(editor.hasRun("头" + many(300)))
  }

  @Test(arguments: [true, false])
  func `Scenario 4: a line is there once after the screen was narrow`(
    rewraps: Bool
  ) throws {
    let editor = try Editor.program(columns: 60, rewraps: rewraps)
    let text = "通报 2024Q4 " + String(repeating: "县", count: 26)
    editor.type("use none\r", text, Editor.left)
    let before = editor.picture
    for columns in [30, 60] {
      editor.terminal.resize(rows: 24, columns: columns)
      editor.terminal.settle()
    }
    let after = editor.terminal.screen.textWithScrollback
    #expect(after.filter { $0 == "县" }.count == 26)
    #expect(after.filter { $0 == "通" }.count == 1)
    if rewraps { #expect(editor.picture == before) }
    #expect(editor.picture.hasSuffix("县|县"))
    editor.type("\r")
    #expect(editor.hasRun(text))
  }

  @Test func `Backspace and the arrows take a letter with its accents and a family as one`() throws
  {
    let editor = try Editor.started()
    editor.type("a", "e\u{301}", "👨\u{200D}👩\u{200D}👧", "b", Editor.left, "\u{7F}", "\r")
    #expect(editor.terminal.waitForOutput("ran [ae\u{301}b]"))
  }

  @Test func `Ctrl-W takes a known name, a run of letters, and nothing more`() throws {
    let editor = try Editor.started()
    editor.type("县住建局超期 overdue_rate", Editor.control("w"))
    #expect(editor.picture == "P> 县住建局超期 |")
    editor.type(Editor.control("w"))
    #expect(editor.picture == "P> 县住建局|")
    editor.type(Editor.control("y"))
    #expect(editor.picture == "P> 县住建局超期 |")
  }

  @Test func `Undo goes back over a deletion and over a word as one step`() throws {
    let editor = try Editor.started()
    editor.type("a", "b", "c", " ", "d", Editor.control("u"))
    #expect(editor.picture == "P> |")
    editor.type(Editor.control("_"))
    #expect(editor.picture == "P> abc d|")
    editor.type(Editor.control("_"))
    #expect(editor.picture == "P> abc |")
    editor.type(Editor.control("_"), Editor.control("_"))
    #expect(editor.picture == "P> |")
  }

  @Test func `Scenario 27: Ctrl-D leaves an empty line and deletes in a full one`() throws {
    let editor = try Editor.program()
    editor.type("ab", Editor.control("a"), Editor.control("d"))
    #expect(editor.picture == Editor.prompt + "|b")
    editor.type(Editor.delete)
    #expect(editor.picture == Editor.prompt + "|")
    editor.terminal.send(Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
    #expect(editor.terminal.screen.text == "tongbao 2024Q4>")
    #expect(editor.terminal.screen.row == 1 && editor.terminal.screen.column == 0)
    #expect(editor.terminal.isCooked)
    #expect(!editor.terminal.screen.isBracketedPaste)
  }

  @Test func `Ctrl-L clears the screen and keeps the line`() throws {
    let editor = try Editor.started()
    editor.type("one\r", "two", Editor.control("l"))
    #expect(editor.picture == "P> two|")
  }

  @Test func `Keys that nothing is bound to type nothing`() throws {
    let editor = try Editor.started()
    editor.type("a", "\u{1B}[15~", "\u{1B}[1;2P", "\u{1B}[2~", "\u{1B}", "b")
    #expect(editor.picture == "P> ab|")
  }

  @Test func `Characters a terminal would obey are shown by their names`() throws {
    let editor = try Editor.started()
    editor.type("a\u{202E}b", Editor.left)
    #expect(editor.picture == "P> a<U+202E>|b")
  }

  @Test func `The terminal is never asked anything`() throws {
    let editor = try Editor.started()
    editor.type("orders", "\t", "\r", Editor.up, Editor.control("r"), "o", "\u{1B}", "\r")
    let output = String(decoding: editor.terminal.output, as: UTF8.self)
    #expect(editor.terminal.screen.unknown == [])
    for question in ["\u{1B}]", "\u{1B}[c", "\u{1B}[6n", "\u{1B}[>"] {
      #expect(!output.contains(question))
    }
  }
}
