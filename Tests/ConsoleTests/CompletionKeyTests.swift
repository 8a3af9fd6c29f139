// CompletionKeyTests.swift: Tab, the menu, and what it puts on the line.

import Support
import Testing

@Suite(.atTerminal) struct CompletionKeyTests {
  typealias Editor = EditorOnTerminal

  @Test(arguments: ["zjj", "县zj", "zhujian", "住建"])
  func `Tab puts the only unit that answers in place of what was typed`(typed: String) throws {
    let editor = try Editor.started()
    editor.type("overdue where unit=\(typed)", "\t")
    #expect(editor.picture == "P> overdue where unit=县住建局 |")
  }

  static let menu = """
      县教体局      111  4.31%
      县交管大队    107  4.16%
      县交通运输局  101  3.92%
      县商信局       11  0.43%
    """

  @Test func `Several units open a menu and leave the word as it was`() throws {
    let editor = try Editor.started()
    editor.type("orders where unit=xj", "\t")
    #expect(editor.picture == "P> orders where unit=xj|\n" + Self.menu)
    editor.type("\t")
    #expect(
      editor.picture == "P> orders where unit=县教体局|\n> " + Self.menu.dropFirst(2))
    editor.type("\r")
    #expect(editor.picture == "P> orders where unit=县教体局 |")
  }

  @Test func `Esc in a menu gives the typed word back`() throws {
    let editor = try Editor.started()
    editor.type("orders where unit=xj", "\t", "\t", "\t", Editor.up, "\u{1B}[Z")
    #expect(editor.picture.hasPrefix("P> orders where unit=县商信局|\n"))
    editor.type("\u{1B}")
    #expect(editor.picture == "P> orders where unit=xj|")
  }

  @Test func `Any other key takes the chosen candidate and acts`() throws {
    let editor = try Editor.started()
    editor.type("orders where unit=xj", "\t", "\t", "x")
    #expect(editor.picture == "P> orders where unit=县教体局x|")
  }

  @Test func `A search that takes too long shows what it has until a key is typed`() throws {
    let editor = try Editor.started()
    editor.type("orders where slow=xj", "\t")
    #expect(editor.picture == "P> orders where slow=xj|\n" + Self.menu + "\n  …")
    editor.type("\u{1B}")
    #expect(editor.picture == "P> orders where slow=xj|")
    editor.type("\t", "j")
    #expect(editor.picture == "P> orders where slow=xjj|")
  }

  @Test func `Words without counts stand beside each other`() throws {
    let editor = try Editor.started()
    editor.type("overdue b", "\t")
    #expect(editor.picture == "P> overdue b|\n  by      bottom")
  }

  @Test func `A word that nothing answers to stays, with a row that lasts one key`() throws {
    let editor = try Editor.started(settings: ["LANG=zh_CN.UTF-8", "LC_ALL=", "LC_CTYPE=C.UTF-8"])
    editor.type("overdue where unit=zjk", "\t")
    #expect(editor.picture == "P> overdue where unit=zjk|\n没有匹配 zjk，最近：县住建局 (zjj)")
    editor.type(Editor.left)
    #expect(editor.picture == "P> overdue where unit=zj|k")
  }

  @Test func `F1 and a question mark before Tab show help for the place`() throws {
    let editor = try Editor.started()
    editor.type("overdue ", "\u{1B}OP")
    #expect(editor.picture == "P> overdue |\none row of help\nand another")
    editor.type("?", "\t")
    #expect(editor.picture == "P> overdue |\na metric, then by and a dimension")
    editor.type("b")
    #expect(editor.picture == "P> overdue b|")
  }

  @Test func `A hint that would look like what was typed is not shown`() throws {
    for (terminal, hint) in [("xterm-256color", "due"), ("vt100", "")] {
      let editor = try Editor(
        settings: ["TERM=\(terminal)"], program: "tongbao", arguments: ["-q", "--lang", "en"])
      #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
      editor.type("over")
      #expect(editor.picture == Editor.prompt + "over|" + hint)
    }
  }

  @Test func `A panel that is higher than there is room says so, and keeps its example`() throws {
    let editor = try Editor.program(rows: 12, columns: 40)
    editor.type("overdue by ?", "\t")
    let rows = editor.picture.split(separator: "\n")
    #expect(rows.first == "\(Editor.prompt)overdue by |" && rows.count == 8)
    #expect(rows.dropLast().last == "  …" && rows.last?.hasPrefix("example: ") == true)
  }

  @Test func `The hint is taken by Right, never by Enter, and is no text`() throws {
    let editor = try Editor.started()
    editor.type("overdue by unit\r")
    #expect(editor.terminal.waitForOutput("ran [overdue by unit]\r\n"))
    editor.type("over")
    #expect(editor.picture.hasSuffix("P> over|due by unit"))
    editor.type("\u{1B}[1;3C")
    #expect(editor.picture.hasSuffix("P> overdue| by unit"))
    editor.type("\r")
    #expect(editor.terminal.waitForOutput("ran [overdue]\r\n"))
    editor.type("overdue b", Editor.right)
    #expect(editor.picture.hasSuffix("P> overdue by unit|"))
  }

  @Test(arguments: [Editor.right, Editor.end, Editor.control("e")])
  func `Each key that goes to the end takes the whole hint there, and moves elsewhere`(
    key: String
  ) throws {
    let editor = try Editor.started()
    editor.type("overdue by unit\r", "over", key)
    #expect(editor.picture.hasSuffix("P> overdue by unit|"))
    editor.type(Editor.home, key)
    let isStep = key == Editor.right
    #expect(editor.picture.hasSuffix(isStep ? "P> o|verdue by unit" : "P> overdue by unit|"))
  }

  @Test func `Without colours nothing of the line is coloured and no hint is shown`() throws {
    let editor = try Editor.started(settings: ["NO_COLOR="])
    editor.type("overdue by unit\r", "over", "\t", "\r")
    let output = String(decoding: editor.terminal.output, as: UTF8.self)
    #expect(!output.contains("m") || !output.contains("\u{1B}[3"))
    #expect(output.firstRange(of: try Regex("\u{1B}\\[[0-9;]*m")) == nil)
  }
}
