// PromptScenarioTests.swift: what a person sees at the prompt of the program itself, step by step,
// on the built-in quarter.

import Support
import Testing

@testable import Console

@Suite(.atTerminal) struct PromptScenarioTests {
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

  @Test func `Scenario 28: the corrected sentence is the hint of the next prompt`() throws {
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

  @Test func `Scenario 17: a refinement is one step, and back goes over it`() throws {
    let editor = try Self.started("--color", "never", "--no-notes")
    editor.type("orders by kind\r", "overdue by unit where\r")
    #expect(row(editor).drop { $0 == " " } == ">")
    #expect(!editor.terminal.screen.text.contains("县住建局"))
    editor.type("month=11\r")
    #expect(editor.terminal.waitForText("│ 县公安局 │       1 │"))
    editor.type(Editor.up)
    #expect(row(editor).hasSuffix("> month=11"))
    #expect(editor.terminal.screen.column == 24)
    editor.type(Editor.up)
    #expect(row(editor) == "tongbao 2024Q4> overdue by unit where")
    editor.type(Editor.up)
    #expect(row(editor) == "tongbao 2024Q4> orders by kind")
    editor.type(Editor.control("u"), "top 1\r")
    #expect(editor.terminal.waitForText("1 row\n"))
    func tableRows() -> [String] {
      editor.terminal.screen.rowTexts.filter { $0.hasPrefix("│ 县") }
    }
    #expect(tableRows().last == "│ 县住建局 │      45 │")
    editor.type(".back\r")
    #expect(
      tableRows().suffix(3) == ["│ 县教体局 │       1 │", "│ 县公安局 │       1 │", "│ 县住建局 │      45 │"])
  }

  private static let block = "use none\norders\n\tby kind\noverdue，redo\nclosed"

  @Test func `Scenario 18: a bracketed paste is five lines to edit, and runs on Enter`() throws {
    try pasted("\u{1B}[200~" + Self.block + "\u{1B}[201~")
  }

  @Test func `Scenario 19: a paste of raw bytes is the same five lines`() throws {
    try pasted(Self.block)
  }

  private func pasted(_ bytes: String) throws {
    let editor = try Editor.program(arguments: ["--no-notes"])
    func shown(_ last: String) -> String {
      let rows = ["use none", "orders", "  by kind", "overdue，redo", last]
      return Editor.prompt + rows.joined(separator: "\n" + Editor.continuation)
    }
    editor.type(bytes)
    // Five lines and nothing else: no answer, no menu, nothing kept.
    #expect(editor.picture(becoming: shown("closed|")) == shown("closed|"))
    #expect(editor.entries.isEmpty)
    editor.type("_", "\u{7F}", Editor.up, Editor.end, " ", "\u{7F}")
    #expect(editor.picture == shown("closed").split(separator: "redo").joined(separator: "redo|"))
    editor.type("\r")
    #expect(editor.hasRun("use none\norders\n  by kind\noverdue，redo\nclosed"))
    #expect(editor.entries.count == 1)
    let text = editor.terminal.screen.textWithScrollback
    let kind = try #require(text.firstRange(of: "│ department"))
    let redo = try #require(text.firstRange(of: "Sent back and redone"))
    let closed = try #require(text.firstRange(of: "│ Closed │"))
    #expect(kind.upperBound < redo.lowerBound && redo.upperBound < closed.lowerBound)
  }

  @Test func `A block with commands in it runs in order, up to the first fault`() throws {
    let editor = try Editor.program(arguments: ["--no-notes"])
    let block = ".mode md\noverdue\n.mode plain\nclosed\n\norders by unti\n.mode csv"
    editor.type("\u{1B}[200~" + block + "\u{1B}[201~", "\r")
    #expect(editor.hasRun(block))
    let rows = editor.terminal.screen.textWithScrollback.split(separator: "\n")
    let table = try #require(rows.firstIndex { $0 == "| Overdue |" })
    let plain = try #require(rows.firstIndex { $0 == "Closed" })
    let fault = try #require(rows.firstIndex { $0.hasPrefix("error N02 at line 6, column 11") })
    #expect(table < plain && plain < fault)
    editor.type(".mode\r")
    #expect(editor.terminal.waitForText("\nplain\n"))
  }

  @Test func `Scenario 21: full-width letters, digits and blanks ask the same`() throws {
    func answer(_ typed: String) throws -> ArraySlice<String> {
      let editor = try Editor.program()
      editor.type(typed)
      #expect(editor.picture == Editor.prompt + typed + "|")
      editor.type("\r")
      #expect(editor.terminal.waitForText("3 rows"))
      #expect(editor.hasRun(typed))
      #expect(editor.terminal.screen.rowText(0) == Editor.prompt + typed)
      return editor.terminal.screen.rowTexts.dropFirst()
    }
    let wide = try answer("overdue　by　unit　where　month＝１１")
    #expect(wide.contains("│ 县住建局 │      45 │"))
    #expect(wide == (try answer("overdue by unit where month=11")))
  }

  @Test func `Scenario 37: commands are corrected, read in Chinese and found by pinyin`() throws {
    let editor = try Self.started("--lang", "zh")
    editor.type(".hlep", "\r")
    #expect(editor.terminal.waitForText("没有命令 .hlep，是不是 .help？"))
    editor.type("。帮助", "\r")
    #expect(editor.terminal.waitForText(".系统"))
    editor.type(".bz", "\t")
    #expect(row(editor) == "通报 2024Q4> .帮助")
    // Another command has these initials too, and stands below.
    let below = editor.terminal.screen.rowTexts
    #expect(below.contains { $0.hasPrefix("> 帮助") } && below.contains { $0.hasPrefix("  步骤") })
    editor.type("\t")
    #expect(row(editor) == "通报 2024Q4> .步骤")
    editor.type("\u{1B}")
    #expect(row(editor) == "通报 2024Q4> .bz")
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

  @Test func `What a menu cannot show of a meaning ends in an ellipsis`() throws {
    let editor = try Self.started("--lang", "zh", "--color", "never", columns: 50)
    editor.type(".导", "\t")
    #expect(editor.terminal.waitForText("导出  export"))
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.contains { $0.contains("导出  export  导出已载入的数据") && $0.hasSuffix("…") }, "\(rows)")
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

  @Test func `Scenario 38: the whole session asks the terminal nothing`() throws {
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

  @Test(
    arguments: [
      (60, "通报 0.1  2024Q4  应办 2,575 件  48 个单位  内置样例   .帮助"),
      (40, "通报 0.1  2024Q4  内置样例"),
    ])
  func `On a narrow screen the banner says less, in one line`(columns: Int, text: String) throws {
    let editor = try Self.started("--lang", "zh", "--color", "never", columns: columns)
    #expect(editor.terminal.screen.rowText(0) == text)
    #expect(editor.terminal.screen.row == 1)
  }

  @Test func `Scenario 39: the banner names an encoding that is not UTF-8`() throws {
    let folder = TemporaryFolder()
    let encoding = try #require(TerminalEncoding("GB18030"))
    folder.writeQuarter { encoding.encode(Array($0.utf8)) }
    let editor = try Self.started(folder.path, "--lang", "zh", "--color", "never")
    #expect(
      editor.terminal.screen.rowText(0)
        == "通报 0.1  2024Q4  应办 2,575 件  48 个单位  5 个文件 GB18030   .帮助")
    #expect(row(editor) == "通报 2024Q4>")
  }

  @Test func `The banner and a note count the rows that a file was read in spite of`() throws {
    let home = TemporaryFolder()
    func row(_ number: Int, _ unit: String, _ due: String) -> String {
      "\(number),\(unit),2024-11-01 08:00,\(due),2024-11-09 17:00\n"
    }
    home.write(
      "工单编号,承办单位,受理时间,办结时限,办结时间\n" + row(1, "县住建局", "2024-11-11")
        + row(2, "县住健局", "2024-11-11") + row(3, "县住建局", "月底") + row(4, "县住建局", "未定"),
      to: "orders.csv")
    let options = "--keep-unknown --skip-bad-rows"
    let run = ProgramRun("orders.csv \(options) --lang en -m csv -c orders", in: home)
    #expect(run.output == "Orders\n2\n")
    #expect(run.errorLines.contains("note LOAD: orders.csv: 2 bad rows left out"))
    #expect(
      run.errorLines.contains(
        "note LOAD: orders.csv: 1 row kept under a name that the catalogue lacks"))
    let editor = try Self.started(
      home.file("orders.csv"), "--keep-unknown", "--skip-bad-rows", home: home, columns: 200)
    #expect(
      editor.terminal.screen.text.contains("orders.csv: 2 rows left out, 1 under an unknown name"))
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
