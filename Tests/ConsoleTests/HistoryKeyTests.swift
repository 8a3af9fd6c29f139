// HistoryKeyTests.swift: the keys that walk and search the history.

import Support
import Testing

@Suite(.atTerminal) struct HistoryKeyTests {
  typealias Editor = EditorOnTerminal
  static let file = ".local/state/tongbao/history.jsonl"

  private func lineCount(_ home: TemporaryFolder) -> Int {
    home.text(of: Self.file)?.filter { $0 == "\n" }.count ?? 0
  }

  @Test func `Scenario 14: an entry is there in the next session, for its owner alone`() throws {
    let home = TemporaryFolder()
    let first = try Editor.program(home: home)
    first.type("overdue by unit where month=11\r")
    #expect(first.terminal.waitForText("3 rows"))
    first.type(Editor.control("d"))
    #expect(first.terminal.ending() == .status(0))
    #expect(home.mode(of: Self.file) == 0o600)
    #expect(home.mode(of: ".local/state/tongbao") == 0o700)
    #expect(lineCount(home) == 1)
    let second = try Editor.program(home: home)
    second.type(Editor.up)
    #expect(second.picture == Editor.prompt + "overdue by unit where month=11|")
    second.type("\r", Editor.control("d"))
    #expect(second.terminal.ending() == .status(0))
    #expect(lineCount(home) == 2)
  }

  @Test(arguments: [true, false])
  func `Scenario 15: two sessions keep both entries, also when one is killed`(firstIsKilled: Bool)
    throws
  {
    let home = TemporaryFolder()
    let first = try Editor.program(home: home)
    let second = try Editor.program(home: home)
    first.type("overdue\r")
    #expect(first.hasRun("overdue"))
    second.type("orders\r")
    #expect(second.hasRun("orders"))
    let (killed, left) = firstIsKilled ? (first, second) : (second, first)
    killed.terminal.signal(9)
    #expect(killed.terminal.ending() == .signal(9))
    left.terminal.send(Editor.control("d"))
    #expect(left.terminal.ending() == .status(0))
    #expect(lineCount(home) == 2)
    let third = try Editor.program(home: home)
    third.type(Editor.up)
    #expect(third.picture == Editor.prompt + "orders|")
    third.type(Editor.up)
    #expect(third.picture == Editor.prompt + "overdue|")
  }

  @Test func `Scenario 16: the same text three times is one entry`() throws {
    let editor = try Editor.program()
    for question in ["closed", "orders", "orders", "orders"] {
      editor.type(question + "\r")
      #expect(editor.hasRun(question))
    }
    editor.type(Editor.up)
    #expect(editor.picture.hasSuffix(Editor.prompt + "orders|"))
    editor.type(Editor.up)
    #expect(editor.picture.hasSuffix(Editor.prompt + "closed|"))
    // Nor do the next session's keys meet it twice.
    editor.type(Editor.control("u"), Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
    let next = try Editor.program(home: editor.home)
    next.type(Editor.up, Editor.up)
    #expect(next.picture == Editor.prompt + "closed|")
  }

  @Test func `Text before the cursor chooses the entries that Up shows`() throws {
    let editor = try Editor.started()
    editor.type("overdue by unit\r", "orders\r", "overdue\r", "or", Editor.up)
    #expect(editor.picture.hasSuffix("P> orders|"))
    editor.type(Editor.up)
    #expect(editor.picture.hasSuffix("P> orders|"))
    editor.type(Editor.down)
    #expect(editor.picture.hasSuffix("P> or|ders"))
  }

  @Test(arguments: ["逾期", "办", "不", "万", "意", "超期"])
  func `Scenario 12: Ctrl-R finds the newest entry with what is typed`(
    typed: String
  ) throws {
    let editor = try Editor.program()
    let older = "orders # 逾期 办 不 万 意 超期 1"
    let newer = "orders # 逾期 办 不 万 意 超期 2"
    for entry in [older, "closed", newer] {
      editor.type(entry + "\r")
      #expect(editor.hasRun(entry))
    }
    editor.type("draft", Editor.control("r"))
    for character in typed { editor.type(String(character)) }
    #expect(editor.picture.hasSuffix("\n(history 1/2) '\(typed)': \(newer)|"))
    editor.type(Editor.control("r"))
    #expect(editor.picture.hasSuffix("\n(history 2/2) '\(typed)': \(older)|"))
    editor.type(Editor.control("s"))
    #expect(editor.picture.hasSuffix("\n(history 1/2) '\(typed)': \(newer)|"))
    editor.type(Editor.control("g"))
    #expect(editor.picture.hasSuffix("\n" + Editor.prompt + "draft|"))
  }

  @Test func `Scenario 13: Ctrl-R finds hanzi by the initials of their pinyin`() throws {
    let editor = try Editor.program()
    for entry in ["逾期 按 类别", "orders"] {
      editor.type(entry + "\r")
      #expect(editor.hasRun(entry))
    }
    editor.type(Editor.control("r"), "yq")
    #expect(editor.picture.hasSuffix("(history 1/1) 'yq': 逾期 按 类别|"))
  }

  @Test(arguments: ["g", "Esc", "c"])
  func `A search that is given up leaves line and cursor as they were`(key: String) throws {
    let editor = try Editor.program()
    editor.type("closed\r")
    #expect(editor.hasRun("closed"))
    let end = key == "Esc" ? "\u{1B}" : Editor.control(Character(key))
    editor.type("县住 draft", Editor.home, Editor.right)
    let before = Editor.prompt + "县|住 draft"
    #expect(editor.picture.hasSuffix("\n" + before))
    // While nothing is typed, with a hit on the line, and with none.
    for typed in ["", "clo", "zzz"] {
      editor.type(Editor.control("r"))
      for character in typed { editor.type(String(character)) }
      #expect(editor.picture.contains("\n(history "))
      editor.type(end)
      #expect(editor.picture(becoming: editor.picture).hasSuffix("\n" + before))
    }
    editor.type("乙")
    #expect(editor.picture.hasSuffix("\n" + Editor.prompt + "县乙|住 draft"))
  }

  @Test func `Enter in a search puts the entry on the line and does not run it`() throws {
    let editor = try Editor.started()
    editor.type("overdue by unit\r", "orders\r", Editor.control("r"), "unit", "\r")
    #expect(editor.picture.hasSuffix("P> overdue by unit|"))
    editor.type(Editor.control("a"), Editor.control("r"), "ord", Editor.home, "x")
    #expect(editor.picture.hasSuffix("P> x|orders"))
  }
}
