// PromptTests.swift: the prompt of the program itself on a terminal, on the built-in quarter.

import Support
import Testing

@Suite(.atTerminal) struct PromptTests {
  typealias Editor = EditorOnTerminal

  static func started(
    _ arguments: String..., home: TemporaryFolder = TemporaryFolder()
  ) throws -> Editor {
    let editor = try Editor(
      home: home, program: "tongbao", arguments: ["--color", "never"] + arguments)
    #expect(editor.terminal.waitForText("2024Q4>"))
    return editor
  }

  @Test func `A question is answered with headline, box, foot, basis and note`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("逾期 按 单位 前 3 附 占比", "\r")
    #expect(editor.terminal.waitForText("注 R02"))
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.contains("县住建局 52 件，占全部 64 件的 81.25%"))
    #expect(rows.contains("│ 县城管执法局 │    3 │  4.69% │"))
    #expect(rows.contains("4 行，第 3 名并列"))
    #expect(rows.contains("口径：热线，2024Q4，附件1、2"))
  }

  @Test(arguments: ["zjj", "县zj", "zhujian", "住建"])
  func `Tab finds a unit by its initials, its sounds or its short name`(_ typed: String) throws {
    let editor = try Self.started()
    editor.type("overdue where unit=\(typed)", "\t")
    #expect(editor.terminal.waitForText("overdue where unit=县住建局"))
  }

  @Test func `The values of a dimension come with their counts and shares`() throws {
    let editor = try Self.started()
    editor.type("orders where unit=xj", "\t")
    #expect(editor.terminal.waitForText("县商信局"))
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.contains("  县教体局      111  4.31%"))
    #expect(rows.contains("  县商信局       11  0.43%"))
  }

  @Test func `Counts are those under the conditions typed before`() throws {
    let editor = try Self.started()
    editor.type("overdue where month=11 and unit=", "\t")
    #expect(editor.terminal.waitForText("县住建局"))
    let rows = editor.terminal.screen.rowTexts
    let menu = rows.drop { !$0.contains("县住建局") }.prefix(3)
    #expect(
      menu.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        == ["县住建局 45", "县教体局 1", "县公安局 1"])
  }

  @Test func `A clause on the next line refines the question before`() throws {
    let editor = try Self.started()
    editor.type("overdue by unit where month=11", "\r")
    #expect(editor.terminal.waitForText("3 rows"))
    editor.type("top 1", "\r")
    #expect(editor.terminal.waitForText("1 row"))
  }

  @Test func `An unfinished sentence goes on in the next line`() throws {
    let editor = try Self.started()
    editor.type("overdue by unit where", "\r", "month=11", "\r")
    #expect(editor.terminal.waitForText("3 rows"))
  }

  @Test func `A wrong word has its caret under it and the prompt says so`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("逾期 按 单为 其中 月=11", "\r")
    #expect(editor.terminal.waitForText("!>"))
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.contains("错误 N02（第 6 列）：没有维度“单为”"))
    #expect(rows.contains("          ^^^^"))
  }

  @Test func `Commands begin with a dot in either language`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("。帮助", "\r")
    #expect(editor.terminal.waitForText(".系统"))
    editor.type(".hlep", "\r")
    #expect(editor.terminal.waitForText("是不是 .help"))
    editor.type(".退出", "\r")
    #expect(editor.terminal.ending() == .status(0))
  }

  @Test func `What was asked is there again in the next session`() throws {
    let home = TemporaryFolder()
    let first = try Self.started(home: home)
    first.type("overdue by unit where month=11", "\r")
    #expect(first.terminal.waitForText("3 rows"))
    first.type("\u{04}")
    #expect(first.terminal.ending() == .status(0))
    let second = try Self.started(home: home)
    second.type(Editor.up)
    #expect(second.terminal.waitForText("> overdue by unit where month=11"))
  }
}
