// CompletionScenarioTests.swift: Tab on the built-in quarter, as the program itself answers it.

import Support
import Testing

@Suite(.atTerminal) struct CompletionScenarioTests {
  typealias Editor = EditorOnTerminal
  static let prompt = "tongbao 2024Q4> "

  private static func started(_ arguments: String...) throws -> Editor {
    let editor = try Editor(
      program: "tongbao", arguments: ["--color", "never", "--pager", "never"] + arguments)
    #expect(editor.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    editor.terminal.settle()
    return editor
  }

  /// The line with the cursor in it, once the screen shows it; the rows below it.
  private func line(_ editor: Editor, becoming wanted: String) -> String {
    _ = editor.terminal.wait { _ in shownLine(editor) == wanted }
    return shownLine(editor)
  }

  private func shownLine(_ editor: Editor) -> String {
    let rows = editor.picture.split(separator: "\n", omittingEmptySubsequences: false)
    let row = rows.first { $0.contains("|") && $0.hasPrefix(Self.prompt) } ?? ""
    return String(row.dropFirst(Self.prompt.count))
  }

  private func menu(_ editor: Editor) -> [String] {
    let screen = editor.terminal.screen
    return screen.rowTexts.dropFirst(screen.row + 1).filter { !$0.isEmpty }
  }

  @Test(arguments: ["zjj"])
  func `Scenario 5: Tab puts the unit in place of its initials`(typed: String) throws {
    let editor = try Self.started()
    editor.type("overdue where unit=\(typed)", "\t")
    let wanted = "overdue where unit=县住建局 |"
    #expect(line(editor, becoming: wanted) == wanted)
  }

  @Test(arguments: ["县zj", "zhujian"])
  func `Scenario 6: Tab reads hanzi with initials, and full pinyin`(typed: String) throws {
    let editor = try Self.started()
    editor.type("overdue where unit=\(typed)", "\t")
    let wanted = "overdue where unit=县住建局 |"
    #expect(line(editor, becoming: wanted) == wanted)
  }

  @Test func `Scenario 7: several units open a menu, and Enter takes one`()
    throws
  {
    let editor = try Self.started()
    editor.type("orders where unit=xj", "\t")
    #expect(editor.terminal.waitForText("县商信局"))
    #expect(shownLine(editor) == "orders where unit=xj|")
    let rows = [
      "  县教体局      111  4.31%", "  县交管大队    107  4.16%", "  县交通运输局  101  3.92%",
      "  县商信局       11  0.43%",
    ]
    #expect(menu(editor) == rows)
    editor.type("\t")
    #expect(shownLine(editor) == "orders where unit=县教体局|")
    #expect(menu(editor) == [">" + rows[0].dropFirst()] + rows.dropFirst())
    editor.type("\u{1B}")
    #expect(shownLine(editor) == "orders where unit=xj|")
    #expect(menu(editor).isEmpty)
    editor.type("\t", "\t", "\r")
    #expect(shownLine(editor) == "orders where unit=县教体局 |")
    #expect(!editor.terminal.screen.text.contains("basis"))
  }

  @Test(arguments: [("overdue", "住建", "县住建局"), ("orders", "gwh", "扶风工业园区管委会")])
  func `Scenario 8: Tab knows short names, and initials behind a place`(
    metric: String, typed: String, unit: String
  ) throws {
    let editor = try Self.started()
    editor.type("\(metric) where unit=\(typed)", "\t")
    let wanted = "\(metric) where unit=\(unit) |"
    #expect(line(editor, becoming: wanted) == wanted)
  }

  @Test func `Scenario 9: a menu holds what the place takes and nothing else`() throws {
    let editor = try Self.started()
    editor.type("overdue b", "\t")
    #expect(menu(editor) == ["  by 按      bottom 末"])
    editor.type("\u{1B}", "y ", "\t")
    // Each with its Chinese twin; no metric, no function, no clause word.
    let names = menu(editor).joined(separator: " ").split(separator: " ").filter(\.isASCIIWord)
    #expect(
      names == ["unit", "kind", "channel", "annex", "row", "month", "quarter", "year", "issuer"])
    editor.type("\u{1B}", Editor.control("u"), "accounts, overdue by ", "\t")
    let shared = menu(editor).joined(separator: " ").split(separator: " ").filter(\.isASCIIWord)
    #expect(Set(shared) == ["unit", "kind", "quarter", "year", "issuer"])
  }

  @Test func `Scenario 10: values come with their counts under the conditions typed before`() throws
  {
    let editor = try Self.started()
    editor.type("orders where channel=", "\t")
    #expect(editor.terminal.waitForText("2,575"))
    func firsts(_ count: Int) -> [String] {
      menu(editor).prefix(count).map {
        $0.split(separator: " ").filter { !["热线", "信箱"].contains($0) }.prefix(2)
          .joined(separator: " ")
      }
    }
    #expect(firsts(2) == ["hotline 2,575", "mailbox 115"])
    editor.type("\u{1B}", Editor.control("u"), "overdue where month=11 and unit=", "\t")
    #expect(editor.terminal.waitForText("县住建局"))
    #expect(firsts(3) == ["县住建局 45", "县教体局 1", "县公安局 1"])
  }

  @Test func `Scenario 11: what nothing answers to stays, with a row that lasts one key`() throws {
    let editor = try Self.started("--lang", "en")
    editor.type("overdue where unit=zjk", "\t")
    #expect(shownLine(editor) == "overdue where unit=zjk|")
    #expect(menu(editor) == ["nothing matches zjk, nearest: 县住建局 (zjj)"])
    editor.type(Editor.left)
    #expect(menu(editor).isEmpty)
    let dim = try Editor(program: "tongbao", arguments: ["--lang", "en", "--pager", "never"])
    #expect(dim.terminal.wait { $0.isBracketedPaste && $0.cursorRowText.hasSuffix(">") })
    dim.type("overdue where unit=zjk", "\t")
    #expect(dim.terminal.waitForOutput("\u{1B}[2mnothing matches zjk, nearest: 县住建局 (zjj)"))
  }
}

extension Substring {
  fileprivate var isASCIIWord: Bool {
    first != ">" && first != "…" && utf8.allSatisfy { $0 < 0x80 }
  }
}
