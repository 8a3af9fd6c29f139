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
