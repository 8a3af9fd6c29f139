// ScenarioTests.swift: what a person sees at the prompt of the program itself, step by step, on the
// built-in quarter.

import Support
import Testing

@testable import Console

@Suite(.atTerminal) struct ScenarioTests {
  typealias Editor = EditorOnTerminal

  static func started(
    _ arguments: String..., settings: [String] = [], home: TemporaryFolder = TemporaryFolder(),
    rows: Int = 24, columns: Int = 80
  ) throws -> Editor {
    let editor = try Editor(
      rows: rows, columns: columns, home: home, settings: settings, program: "tongbao",
      arguments: ["--pager", "never"] + arguments)
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.terminal.settle()
    return editor
  }

  private func row(_ editor: Editor) -> String { editor.terminal.screen.cursorRowText }

  @Test func `Completion follows the grammar from the first word to the answer`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("yuq", "\t", "\t", "\r")
    #expect(row(editor) == "通报 2024Q4> 逾期")
    editor.type("按 dw", "\t", "\t", "\r", "其中 leib", "\t", "bm", "\t", "前 3", "\r")
    #expect(editor.terminal.waitForText("第 3 名并列"))
    #expect(editor.terminal.screen.text.contains("逾期 按 单位 其中 类别=部门 前 3"))
  }

  @Test func `Tab behind by lists dimensions and nothing else`() throws {
    let editor = try Self.started("--color", "never")
    editor.type("overdue by ", "\t")
    let menu = editor.terminal.screen.text
    for name in ["unit", "kind", "channel", "month"] { #expect(menu.contains("  \(name)")) }
    for name in ["overdue_days", "share", "where"] { #expect(!menu.contains("  \(name)")) }
  }

  @Test func `The corrected sentence is the hint of the next prompt, and Right takes it`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("逾期 按 单为 其中 月=11", "\r")
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.contains("错误 N02（第 6 列）：没有维度“单为”"))
    #expect(rows.contains("          ^^^^"))
    #expect(rows.contains { $0.contains("单位") && $0.hasPrefix("  =") })
    #expect(row(editor) == "通报 2024Q4!> 逾期 按 单位 其中 月=11")
    #expect(editor.terminal.screen.column == 14)
    editor.type(Editor.right)
    #expect(editor.terminal.screen.column == 37)
    editor.type("\r")
    #expect(editor.terminal.waitForText("3 行"))
  }

  @Test func `Enter does not run the hint`() throws {
    let editor = try Self.started()
    editor.type("overdue by untis\r", "\r")
    #expect(row(editor) == "tongbao 2024Q4!> overdue by unit")
    #expect(!editor.terminal.screen.text.contains("basis"))
  }

  @Test func `A clause refines, and a paste of five lines runs in order as one entry`() throws {
    let home = TemporaryFolder()
    let editor = try Self.started("--color", "never", home: home)
    editor.type("overdue by unit where\r")
    #expect(row(editor).hasSuffix("> ") || row(editor).hasSuffix(">"))
    editor.type("month=11\r")
    #expect(editor.terminal.waitForText("3 rows"))
    editor.type("top 1\r")
    #expect(editor.terminal.waitForText("1 row\n"))
    let lines = "use none\norders\n\tby kind\noverdue，redo\nclosed"
    editor.type("\u{1B}[200~" + lines + "\u{1B}[201~")
    #expect(row(editor).hasSuffix("> closed"))
    #expect(!editor.terminal.screen.text.contains("2,575"))
    editor.type("\r")
    #expect(editor.terminal.waitForOutput("│  2,575 │"))
    let text = home.text(of: ".local/state/tongbao/history.jsonl") ?? ""
    #expect(text.split(separator: "\n").count == 3)
  }

  @Test func `Full-width letters, digits and blanks ask the same`() throws {
    let editor = try Self.started()
    editor.type("overdue　by　unit　where　month＝１１", "\r")
    #expect(editor.terminal.waitForText("3 rows"))
    #expect(editor.terminal.screen.text.contains("overdue　by　unit　where　month＝１１"))
  }

  @Test func `Commands are corrected, read in Chinese and completed by pinyin`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type(".hlep", "\r")
    #expect(editor.terminal.waitForText("没有命令 .hlep，是不是 .help？"))
    editor.type("。帮助", "\r")
    #expect(editor.terminal.waitForText(".系统"))
    // Behind the initials alone stands .步骤 as well.
    editor.type(".bangz", "\t")
    #expect(row(editor) == "通报 2024Q4!> .帮助" || row(editor) == "通报 2024Q4> .帮助")
  }

  @Test func `A condition in force stands at the right edge until the text comes near`() throws {
    let editor = try Self.started("--lang", "zh", columns: 60)
    editor.type("限定 其中 类别=镇街", "\r")
    #expect(row(editor).hasSuffix("[镇街]"))
    #expect(row(editor).hasPrefix("通报 2024Q4>"))
    editor.type("应办 按 单位 其中 渠道=热线 且 季度=4 或 年=2024")
    #expect(!editor.terminal.screen.text.contains("[镇街]"))
  }

  @Test func `Help opens on F1, behind a question mark and Tab, or behind one and Enter`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("逾期 按 ", "\u{1B}OP")
    #expect(editor.terminal.waitForText("这里可写：维度"))
    #expect(editor.terminal.waitForText("例：逾期 按 单位"))
    editor.type("\u{1B}")
    #expect(!editor.terminal.screen.text.contains("这里可写"))
    editor.type("?", "\t")
    #expect(editor.terminal.waitForText("这里可写：维度"))
    #expect(row(editor) == "通报 2024Q4> 逾期 按")
    editor.type("\u{1B}", "?", "\r")
    #expect(editor.terminal.waitForText("这里可写：维度"))
    editor.type("类别？", "\r")
    #expect(editor.terminal.waitForText("3 行"))
    editor.type("?", "\r")
    #expect(editor.terminal.waitForText(".系统"))
  }

  @Test func `The editor named by the environment changes the line, which does not run`() throws {
    let home = TemporaryFolder()
    home.write("#!/bin/sh\nprintf 'overdue by kind' > \"$1\"\n", to: "ed")
    let editor = try Self.started(
      "--color", "never", settings: ["VISUAL=/bin/sh \(home.file("ed"))"], home: home)
    editor.type("overdue", "\u{1B}e")
    #expect(editor.terminal.waitForText("overdue by kind"))
    #expect(!editor.terminal.screen.text.contains("basis"))
    editor.type("\r")
    #expect(editor.terminal.waitForText("3 rows"))
  }

  @Test func `The last word of the entry before comes with Alt-dot`() throws {
    let editor = try Self.started("--color", "never")
    editor.type("overdue by kind\r", "orders by ", "\u{1B}.")
    #expect(row(editor) == "tongbao 2024Q4> orders by kind")
  }

  @Test func `The whole session asks the terminal nothing`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type("逾期 按 单位", "\r", ".", "\t", "\u{1B}", Editor.control("u"), "yq", "\t")
    editor.type(Editor.control("r"), "单", "\r", Editor.control("u"))
    editor.terminal.send(Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
    let output = String(decoding: editor.terminal.output, as: UTF8.self)
    for question in ["\u{1B}]", "\u{1B}[c", "\u{1B}[6n", "\u{1B}[>"] {
      #expect(!output.contains(question))
    }
    #expect(editor.terminal.screen.unknown == [])
  }

  @Test func `The banner says what is loaded`() throws {
    let editor = try Self.started("--lang", "zh")
    #expect(
      editor.terminal.screen.rowText(0)
        == "通报 0.1  2024Q4  应办 2,575 件  48 个单位  内置样例   .帮助  Ctrl-D 退出")
  }

  @Test func `Ctrl-C stops a running question, and the next one is right`() throws {
    let editor = try Self.started("--lang", "zh")
    let rates = "close_rate, ontime_rate, overdue_rate, redo_rate"
    editor.terminal.send(
      "orders, closed, ontime, \(rates) by unit, row, channel, quarter with empty\r")
    #expect(editor.terminal.wait { _ in editor.terminal.isCooked })
    editor.terminal.send(Editor.control("c"))
    #expect(editor.terminal.waitForText("已取消（"))
    #expect(editor.terminal.wait { $0.isBracketedPaste })
    let shown = editor.terminal.screen.text
    #expect(!shown.contains("口径") && !shown.contains("basis"))
    editor.type("逾期", "\r")
    #expect(editor.terminal.waitForText("│   64 │"))
  }

  @Test func `A terminal in GB18030 is read and written in it, without an editor`() throws {
    let folder = TemporaryFolder()
    let locale = folder.file("zh_CN.GB18030")
    // Where no locale can be made there is none to be tested.
    guard runShell("localedef -i zh_CN -f GB18030 '\(locale)'").status == 0 else { return }
    let editor = try Editor(
      settings: ["LC_ALL=zh_CN.GB18030", "LOCPATH=\(folder.path)"], program: "tongbao",
      arguments: ["--lang", "zh"])
    let encoding = try #require(TerminalEncoding("GB18030"))
    func shows(_ text: String) -> Bool {
      let wanted = encoding.encode(Array(text.utf8))
      return editor.terminal.wait { _ in
        editor.terminal.output.split(separator: 0x0A).contains { line in
          line.indices.contains { line[$0...].starts(with: wanted) }
        }
      }
    }
    #expect(shows("通报 2024Q4> "))
    editor.terminal.send(bytes: encoding.encode(Array("逾期 按 类别\n".utf8)))
    #expect(shows("部门"))
    editor.terminal.send(Editor.control("d"))
    #expect(editor.terminal.ending() == .status(0))
  }
}
