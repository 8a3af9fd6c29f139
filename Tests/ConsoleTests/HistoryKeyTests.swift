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
    let first = try Editor.started(home: home)
    first.type("overdue by unit where month=11\r", Editor.control("d"))
    #expect(first.terminal.ending() == .status(0))
    #expect(home.mode(of: Self.file) == 0o600)
    #expect(home.mode(of: ".local/state/tongbao") == 0o700)
    #expect(lineCount(home) == 1)
    let second = try Editor.started(home: home)
    second.type(Editor.up)
    #expect(second.picture == "P> overdue by unit where month=11|")
  }

  @Test(arguments: [true, false])
  func `Scenario 15: two sessions keep both entries, also when one is killed`(firstIsKilled: Bool)
    throws
  {
    let home = TemporaryFolder()
    let first = try Editor.started(home: home)
    let second = try Editor.started(home: home)
    first.type("from the first\r")
    second.type("from the second\r")
    let (killed, left) = firstIsKilled ? (first, second) : (second, first)
    killed.terminal.signal(9)
    #expect(killed.terminal.ending() == .signal(9))
    left.terminal.send(Editor.control("d"))
    #expect(left.terminal.ending() == .status(0))
    #expect(lineCount(home) == 2)
    let third = try Editor.started(home: home)
    third.type(Editor.up)
    #expect(third.picture == "P> from the second|")
    third.type(Editor.up)
    #expect(third.picture == "P> from the first|")
  }

  @Test func `Scenario 16: the same text three times is one entry`() throws {
    let editor = try Editor.started()
    editor.type("older\r", "same\r", "same\r", "same\r", Editor.up, Editor.up)
    #expect(editor.picture.hasSuffix("P> older|"))
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
    let editor = try Editor.started()
    editor.type("逾期 办 不 万 意 超期 1\r", "orders\r", "逾期 办 不 万 意 超期 2\r", "draft")
    editor.type(Editor.control("r"))
    for character in typed { editor.type(String(character)) }
    #expect(editor.picture.hasSuffix("(history 1/2) '\(typed)': 逾期 办 不 万 意 超期 2|"))
    editor.type(Editor.control("r"))
    #expect(editor.picture.hasSuffix("(history 2/2) '\(typed)': 逾期 办 不 万 意 超期 1|"))
    editor.type(Editor.control("s"))
    #expect(editor.picture.hasSuffix("(history 1/2) '\(typed)': 逾期 办 不 万 意 超期 2|"))
    editor.type(Editor.control("g"))
    #expect(editor.picture.hasSuffix("P> draft|"))
  }

  @Test func `Scenario 13: Ctrl-R finds hanzi by the initials of their pinyin`() throws {
    let editor = try Editor.started()
    editor.type("逾期 按 单位\r", "orders\r", Editor.control("r"), "yq")
    #expect(editor.picture.hasSuffix("(history 1/1) 'yq': 逾期 按 单位|"))
  }

  @Test func `Enter in a search puts the entry on the line and does not run it`() throws {
    let editor = try Editor.started()
    editor.type("overdue by unit\r", "orders\r", Editor.control("r"), "unit", "\r")
    #expect(editor.picture.hasSuffix("P> overdue by unit|"))
    editor.type(Editor.control("a"), Editor.control("r"), "ord", Editor.home, "x")
    #expect(editor.picture.hasSuffix("P> x|orders"))
  }
}
