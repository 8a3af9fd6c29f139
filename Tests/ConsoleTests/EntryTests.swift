// EntryTests.swift: how an entry ends, continues over lines, and is pasted.

import Support
import Testing

/// Incomplete statements, pastes and signals.
@Suite(.atTerminal) struct EntryTests {
  typealias Editor = EditorOnTerminal

  @Test func `An incomplete entry goes on and comes back whole`() throws {
    let editor = try Editor.started()
    editor.type("orders by x\r", "overdue by unit where\r")
    #expect(editor.picture.hasSuffix("P> overdue by unit where\n > |"))
    editor.type("month=11\r")
    #expect(editor.terminal.waitForOutput("ran [overdue by unit where|month=11]"))
    editor.type(Editor.up)
    #expect(editor.picture.hasSuffix("P> overdue by unit where\n > month=11|"))
    editor.type(Editor.up)
    #expect(editor.picture.hasSuffix("P> overdue |by unit where\n > month=11"))
    editor.type(Editor.up)
    #expect(editor.picture.hasSuffix("P> orders by x|"))
  }

  @Test func `Enter on a blank continuation row submits what there is`() throws {
    let editor = try Editor.started()
    editor.type("overdue where\r", "\r")
    #expect(editor.terminal.waitForOutput("ran [overdue where]"))
  }

  @Test func `Alt-Enter always makes a new row`() throws {
    let editor = try Editor.started()
    editor.type("one", "\u{1B}\r", "two\r")
    #expect(editor.terminal.waitForOutput("ran [one|two]"))
  }

  static let block = "overdue，one\n\ttwo\nthree\r\nfour\u{1B}[31m\nfive"
  static let shownBlock = """
    P> overdue，one
     >   two
     > three
     > four\\e[31m
     > five|
    """

  @Test func `A bracketed paste is one block that runs nothing`() throws {
    let editor = try Editor.started()
    #expect(editor.terminal.screen.isBracketedPaste)
    editor.type("\u{1B}[200~" + Self.block + "\u{1B}[201~")
    #expect(editor.picture == Self.shownBlock)
    editor.type("\r")
    #expect(
      editor.terminal.waitForOutput("ran [overdue，one|  two|three|four\\e[31m|five]"))
    #expect(
      editor.home.text(of: ".local/state/tongbao/history.jsonl")?.filter { $0 == "\n" }.count == 1)
  }

  @Test(arguments: ["", "\n"])
  func `A paste of raw bytes is one block that runs nothing`(ending: String) throws {
    let editor = try Editor.started()
    editor.type("overdue，one\n\ttwo\rthree\r\nfour\nfive" + ending)
    #expect(editor.picture == Self.shownBlock.replacingEscape)
    editor.type("\r")
    #expect(editor.terminal.waitForOutput("ran [overdue，one|  two|three|four|five]"))
  }

  @Test func `Scenario 20: a paste of 20,000 characters draws little`() throws {
    let editor = try Editor.program()
    let before = editor.terminal.output.count
    let text = String(repeating: "县住建局a", count: 4000)
    editor.terminal.send("\u{1B}[200~" + text + "\u{1B}[201~")
    #expect(editor.terminal.wait { $0.text.contains("<<") && $0.cursorRowText.hasSuffix("局a") })
    editor.terminal.settle()
    #expect(editor.picture.hasSuffix("局a|"))
    #expect(editor.terminal.output.count - before < 200_000)
    #expect(editor.entries.isEmpty)
    editor.type("\r")
    #expect(editor.hasRun(text))
  }

  @Test func `A raw paste of 20,000 characters draws little`() throws {
    let editor = try Editor.started()
    let before = editor.terminal.output.count
    editor.terminal.send(String(repeating: "县住建局a", count: 4000))
    editor.terminal.settle(milliseconds: 400)
    #expect(editor.picture.hasSuffix("局a|"))
    #expect(editor.terminal.output.count - before < 200_000)
    editor.type("\r")
    #expect(editor.terminal.waitForOutput(String(repeating: "县住建局a", count: 4000)))
  }

  @Test func `Scenario 23: Ctrl-C drops the line, Up brings it back`() throws {
    let editor = try Editor.program()
    let dropped = Editor.prompt + "县住建\n" + Editor.prompt
    editor.type("县住建", Editor.control("c"))
    #expect(editor.picture == dropped + "|")
    editor.type(Editor.up)
    #expect(editor.picture == dropped + "县住建|")
    #expect(editor.entries.isEmpty)
  }

  @Test func `The third Ctrl-C on an empty line says how to leave`() throws {
    let editor = try Editor.started(settings: ["LANG=zh_CN.UTF-8", "LC_ALL=", "LC_CTYPE=C.UTF-8"])
    let key = Editor.control("c")
    editor.type(key, key)
    #expect(editor.picture == "P> |")
    editor.type(key)
    #expect(editor.picture == "P>\n退出请按 Ctrl-D 或输入 .退出\nP> |")
  }

  @Test(arguments: [15, 1, 3])
  func `Scenario 26: a signal leaves the terminal as the shell gave it`(number: Int32) throws {
    let editor = try Editor.program()
    editor.type("县住建")
    #expect(!editor.terminal.isCooked && editor.terminal.screen.isBracketedPaste)
    editor.terminal.signal(number)
    #expect(editor.terminal.ending() == .signal(number))
    #expect(editor.terminal.isCooked)
    #expect(!editor.terminal.screen.isBracketedPaste)
    #expect(editor.terminal.screen.isCursorShown)
  }

  @Test func `Scenario 25: Ctrl-Z stops, and fg draws the line again`() throws {
    let home = TemporaryFolder()
    home.write("PS1='$ '\n", to: "rc")
    let shell = try #require(
      PseudoTerminal(
        "/bin/bash", ["--rcfile", home.file("rc"), "-i"],
        environment: [
          "HOME=\(home.path)", "PATH=/usr/bin:/bin", "TERM=xterm-256color", "LC_ALL=C.UTF-8",
          "INPUTRC=/dev/null",
        ]))
    #expect(shell.waitForText("$"))
    shell.send("clear; '\(builtProduct("tongbao"))' -q --color never\r")
    #expect(shell.wait { $0.cursorRowText == "tongbao 2024Q4>" && $0.isBracketedPaste })
    let row = Editor.prompt + "县住建"
    shell.send("县住建")
    #expect(shell.wait { $0.cursorRowText == row })
    shell.send("\u{1A}")
    #expect(shell.waitForText("Stopped"))
    shell.send("stty -a\r")
    #expect(shell.waitForText("isig icanon"))
    #expect(shell.waitForText(" echo "))
    shell.send("clear; fg\r")
    #expect(shell.wait { $0.cursorRowText == row && $0.column == row.count + 3 })
    shell.send("局\r")
    #expect(shell.waitForText("县住建局"))
    #expect(shell.wait { $0.cursorRowText == "tongbao 2024Q4!>" })
    let kept = home.text(of: ".local/state/tongbao/history.jsonl") ?? ""
    #expect(kept.contains("\"q\":\"县住建局\""))
  }

  @Test func `Scenario 38: the prompt is there on a terminal that never answers`() throws {
    let editor = try Editor.program()
    #expect(editor.picture == Editor.prompt + "|")
    let output = String(decoding: editor.terminal.output, as: UTF8.self)
    for question in ["\u{1B}]11", "\u{1B}[c", "\u{1B}[6n"] { #expect(!output.contains(question)) }
  }
}

extension String {
  /// The block without the escape sequence: raw bytes would be a key there.
  fileprivate var replacingEscape: String {
    split(separator: "\\e[31m", omittingEmptySubsequences: false).joined()
  }
}
