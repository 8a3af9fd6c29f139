// CommandTests.swift: dot-commands at the prompt, on the built-in quarter.

import Support
import Testing

@Suite(.serialized) struct CommandTests {
  typealias Editor = EditorOnTerminal

  private static func started(
    _ arguments: String..., home: TemporaryFolder = TemporaryFolder(), settings: [String] = []
  ) throws -> Editor {
    let editor = try Editor(
      rows: 40, columns: 100, home: home, settings: settings, program: "tongbao",
      arguments: ["--color", "never", "--pager", "never"] + arguments)
    #expect(editor.terminal.waitForText("2024Q4>"))
    return editor
  }

  /// What stands below the last prompt that was typed at, up to the next one.
  ///
  /// - Parameter typed: what stands on the line already.
  private func answer(_ editor: Editor, _ rest: String, behind typed: String = "") -> [String] {
    let line = typed + rest
    let before = editor.terminal.output.count
    editor.terminal.send(rest + "\r")
    _ = editor.terminal.wait(milliseconds: 5000) { screen in
      editor.terminal.output.count > before + rest.utf8.count
        && screen.cursorRowText.hasSuffix(">")
        && !screen.cursorRowText.contains(line)
    }
    editor.terminal.settle(milliseconds: 40)
    let rows = editor.terminal.screen.textWithScrollback.split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    let start = rows.lastIndex { $0.hasSuffix("> " + line) } ?? rows.count - 1
    return Array(rows[(start + 1)...].dropLast())
  }

  @Test func `Scenario 36: the last answer takes another form and is refined`() throws {
    let editor = try Self.started("--lang", "en", "--no-notes")
    _ = answer(editor, "overdue by unit where month=11")
    #expect(
      answer(editor, ".mode md") == [
        "县住建局 45, 95.74% of all 47", "", "| Unit     | Overdue |", "| -------- | ------: |",
        "| 县教体局 |       1 |", "| 县公安局 |       1 |", "| 县住建局 |      45 |", "", "3 rows", "",
        "basis: hotline, 2024Q4, Events by month, from the remarks", "",
      ])
    #expect(answer(editor, ".mode") == ["md"])
    #expect(
      answer(editor, "as csv").dropLast() == ["Unit,Overdue", "县教体局,1", "县公安局,1", "县住建局,45"])
    #expect(answer(editor, ".mode") == ["md"])
    #expect(answer(editor, "then top 1").contains("| 县住建局 |      45 |"))
    #expect(answer(editor, ".back").contains("| 县公安局 |       1 |"))
  }

  @Test func `A cluster that cannot be asked is told, and the session goes on`() throws {
    let nobody = try Self.started("--lang", "en", "--no-notes")
    #expect(
      answer(nobody, ".connect http://127.0.0.1:9").joined(separator: " ")
        .contains("D17: set TONGBAO_CLICKHOUSE_USER, and TONGBAO_CLICKHOUSE_KEY"))
    #expect(answer(nobody, ".connect -") == ["no cluster is asked"])
    let somebody = try Self.started(
      "--lang", "zh", "--no-notes", settings: ["TONGBAO_CLICKHOUSE_USER=console"])
    #expect(
      answer(somebody, ".连接 http://127.0.0.1:9").joined()
        .contains("D17: 无法连接 http://127.0.0.1:9："))
    #expect(answer(somebody, ".连接").joined().contains("写法：.连接 地址[,地址…]|-"))
    #expect(
      answer(somebody, ".连接 http://10.0.0.1").joined().contains("会把口令明文发往 10.0.0.1"))
    #expect(answer(somebody, "逾期").contains("│   64 │"))
  }

  @Test func `What is prepared before Enter is the answer in the state of Enter`() throws {
    let editor = try Self.started("--lang", "en", "--no-notes")
    func type(_ text: String) {
      editor.terminal.send(text)
      editor.terminal.settle(milliseconds: 120)
    }
    func entered(_ text: String, then rest: String = "") -> [String] {
      type(text)
      return answer(editor, rest, behind: text)
    }
    #expect(entered("overdue by unit where month=11").contains("│ 县住建局 │      45 │"))
    // A line that grows once it was prepared.
    #expect(entered("overdue", then: " by month").contains("│ 2024-11 │      47 │"))
    // What refines is prepared upon the last question, and once.
    #expect(entered("then top 1").contains("│ 2024-11 │      47 │"))
    #expect(answer(editor, ".back").contains("│ 2024-10 │      12 │"))
    // A question that needs a name of this session.
    _ = answer(editor, "define filter late_month = month = 12")
    #expect(entered("overdue where @late_month").contains("│       5 │"))
    #expect(answer(editor, ".history 1").joined().contains("overdue where @late_month"))
    // Prepared, and thrown away with the line: the data is another when it is asked.
    let before = entered("overdue")
    type("overdue")
    type("\u{15}")
    _ = answer(editor, ".load \(projectFolder)/examples/synthetic-2024Q3")
    _ = answer(editor, "use 2024Q3")
    let prepared = entered("overdue")
    #expect(prepared.contains("basis: hotline, 2024Q3, annexes 1, 2"))
    #expect(prepared.dropLast() == answer(editor, "overdue").dropLast())
    #expect(prepared != before)
  }

  @Test func `The last answer is drawn again as it was, not asked again`() throws {
    let editor = try Self.started("--lang", "en", "--no-notes", "--pager", "never")
    #expect(answer(editor, "overdue").contains("│      64 │"))
    _ = answer(editor, ".load \(projectFolder)/examples/synthetic-2024Q3")
    _ = answer(editor, "use 2024Q3")
    let again = answer(editor, ".mode md")
    #expect(again.contains("|      64 |") && again.contains("basis: hotline, 2024Q4, annexes 1, 2"))
    let asked = answer(editor, "overdue")
    #expect(!asked.contains("|      64 |") && asked.contains { $0.contains("2024Q3") })
  }

  @Test func `Back returns as far as questions were refined, and no further`() throws {
    let editor = try Self.started("--lang", "en", "-m", "list", "-q")
    _ = answer(editor, "overdue by unit top 3")
    _ = answer(editor, "top 2")
    _ = answer(editor, "top 1")
    #expect(answer(editor, ".back") == ["县住建局", "县教体局"])
    #expect(answer(editor, ".返回").count == 4)
    #expect(answer(editor, ".back").first?.hasPrefix("error C03") == true)
  }

  @Test func `A figure is explained by its row and column`() throws {
    let editor = try Self.started("--lang", "zh")
    _ = answer(editor, "按期办结率，应办 按 单位 末 3")
    let first = answer(editor, ".为什么")
    #expect(first.contains("按期办结率 = 4/5 = 80.00%"))
    #expect(first.contains("口径：热线，县电信公司，2024Q4，附件2"))
    #expect(first.contains { $0.hasPrefix("出处 annex2-departments.csv:42") })
    #expect(answer(editor, ".why 2 3").contains("应办 = 578"))
    #expect(answer(editor, ".why 2 应办").contains("应办 = 578"))
    #expect(answer(editor, ".why 2 1").last?.contains("2 按期办结率, 3 应办") == true)
    _ = answer(editor, "得分 其中 单位=住建局")
    #expect(answer(editor, ".why").contains("  按期 = 35 × 526/578 = 31.85"))
  }

  @Test func `Unknown, misspelt and unclear names are answered with what was meant`() throws {
    let editor = try Self.started("--lang", "zh")
    #expect(answer(editor, ".hlep").first?.hasSuffix("没有命令 .hlep，是不是 .help？") == true)
    #expect(answer(editor, ".he").first?.hasSuffix(".he 可以是 .help、.headline") == true)
    #expect(answer(editor, ".mode csx").contains { $0.hasPrefix("  = 是不是 csv？可写：框表、") })
    #expect(answer(editor, "。帮助").contains { $0.hasPrefix("  .格式 [格式]") })
    #expect(answer(editor, ".key").contains { $0.contains("Ctrl-R") })
  }

  @Test func `Settings are set, told, and in force for what is asked next`() throws {
    let editor = try Self.started("--lang", "en")
    for (line, told) in [
      (".headline off", "off"), (".notes all", "all"), (".width 30", "30"), (".ambiguous 2", "2"),
      (".null n/a", "n/a"), (".color never", "never"), (".theme mono", "mono"),
      (".pager off", "off"), (".timer off", "off"), (".lang zh", "zh"),
      (".echo canonical", "canonical"),
      (".present off", "off"),
    ] {
      #expect(answer(editor, line) == [], "\(line)")
      let name = String(line.split(separator: " ")[0])
      #expect(answer(editor, name) == [told], "\(name)")
    }
    let rows = answer(editor, "overdue by unit top 1")
    #expect(rows.first == "逾期 按 单位 前 1")
    #expect(rows.dropFirst().first == "+----------+------+")
    #expect(rows.contains("注 SAMPLE：内置样例数据"))
    #expect(answer(editor, ".语言 自动") == [])
    #expect(answer(editor, ".lang") == ["auto"])
  }

  @Test func `Results go to files once, or until told otherwise`() throws {
    let home = TemporaryFolder()
    let path = home.file("a b.csv")
    let editor = try Self.started("--lang", "en", "--no-notes", home: home)
    _ = answer(editor, ".once '\(path)'")
    _ = answer(editor, "overdue by unit top 1")
    #expect(home.text(of: "a b.csv") == "Unit,Overdue\n县住建局,52\n")
    #expect(answer(editor, "overdue").contains("│      64 │"))
    #expect(answer(editor, ".once '\(path)'").first?.contains("error O01") == true)
    #expect(answer(editor, ".output \(home.file("x.nothing"))").first?.contains("O04") == true)
    _ = answer(editor, ".output \(home.file("b.tsv"))")
    _ = answer(editor, "overdue")
    _ = answer(editor, "orders")
    _ = answer(editor, ".output -")
    #expect(home.text(of: "b.tsv") == "Overdue\n64\n\nOrders\n2575\n")
    _ = answer(editor, ".copy md \(home.file("c.md"))")
    #expect(home.text(of: "c.md")?.contains("|  2,575 |") == true)
  }

  @Test func `A saved question, the script of a session and the entries before come back`() throws {
    let home = TemporaryFolder()
    let editor = try Self.started(
      "--lang", "en", "--no-notes", "-m", "csv", "--pager", "never", home: home)
    _ = answer(editor, "overdue by unit")
    _ = answer(editor, "top 1")
    _ = answer(editor, ".save weekly")
    #expect(
      home.text(of: ".config/tongbao/saved.tb") == "define query weekly = overdue by unit top 1\n")
    _ = answer(editor, ".script \(home.file("s.tb"))")
    #expect(
      home.text(of: "s.tb")
        == "overdue by unit\noverdue by unit top 1\ndefine query weekly = overdue by unit top 1\n")
    #expect(answer(editor, ".read \(home.file("s.tb"))").last == "县住建局,52")
    #expect(answer(editor, ".history overdue").last?.hasSuffix("  overdue by unit") == true)
    let next = try Self.started(
      "--lang", "en", "--no-notes", "-m", "csv", "--pager", "never", home: home)
    #expect(answer(next, "run @weekly").prefix(2) == ["Unit,Overdue", "县住建局,52"])
    #expect(answer(next, ".again 1").contains("县教体局,4"))
  }

  @Test func `An entry is edited outside and stands on the line, not run`() throws {
    let editor = try Self.started(
      "--lang", "en", settings: ["EDITOR=sed -i s/overdue/orders/"])
    _ = answer(editor, "overdue by kind")
    editor.type(".edit\r")
    #expect(editor.terminal.waitForText("2024Q4> orders by kind"))
    #expect(editor.terminal.screen.cursorRowText == "tongbao 2024Q4> orders by kind")
  }

  @Test func `Nothing is started with --safe`() throws {
    let editor = try Self.started("--lang", "en", "--safe")
    _ = answer(editor, "overdue")
    for line in [".shell echo no", ".edit"] {
      #expect(answer(editor, line).first?.contains("error C02") == true)
    }
    let other = try Self.started("--lang", "en")
    #expect(answer(other, ".shell echo yes; exit 3") == ["yes", "exit status 3"])
  }

  @Test func `The stages of the last question can be looked at`() throws {
    let editor = try Self.started("--lang", "en")
    #expect(
      answer(editor, ".stage aggregate overdue by kind") == [
        "overdue by kind", "  town  0", "  department  64", "  other  0",
      ])
    _ = answer(editor, "overdue by kind")
    #expect(answer(editor, ".stage plan").contains { $0.contains("overdue") })
    #expect(answer(editor, ".stage sqlite").first?.hasPrefix("SELECT") == true)
    #expect(
      answer(editor, ".stage tokens overdue") == ["0..<7       name `overdue`", "7..<7       end"])
    #expect(
      answer(editor, ".stage query overdue by untis").first?.contains("N02 at column 25") == true)
  }

  @Test func `Values are found as completion finds them, with counts and shares`() throws {
    let editor = try Self.started("--lang", "zh")
    #expect(
      answer(editor, ".取值 单位 xj") == [
        "县教体局      111    4.31%", "县交管大队    107    4.16%", "县交通运输局  101    3.92%",
        "县商信局       11    0.43%",
      ])
    #expect(answer(editor, ".values 单位 zjk").first?.contains("县住建局") == true)
  }

  @Test func `A watch draws in place, also when the data changes, and q ends it`() throws {
    let home = TemporaryFolder()
    let text = try #require(ProjectFiles.text("examples/2024Q4/annex2-departments.csv"))
    #expect(runShell("cp -r '\(projectFolder)/examples/2024Q4' '\(home.file("data"))'").status == 0)
    let editor = try Self.started("--lang", "en", "--no-notes", home.file("data"), home: home)
    _ = answer(editor, "overdue by unit top 1")
    editor.terminal.send(".watch 3600\r")
    #expect(editor.terminal.waitForText("every 3600 s, q ends"))
    #expect(editor.terminal.screen.rowTexts.first == "县住建局 52, 81.25% of all 64")
    let changed = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.contains("县住建局")
        ? $0.split(separator: ",", omittingEmptySubsequences: false)
          .map { $0 == "526" ? "525" : String($0) }.joined(separator: ",") : String($0)
    }.joined(separator: "\n")
    home.write(changed, to: "data/annex2-departments.csv")
    #expect(editor.terminal.waitForText("县住建局 53, 81.54% of all 65"))
    #expect(editor.terminal.screen.rowTexts.first == "县住建局 53, 81.54% of all 65")
    editor.terminal.send("q")
    #expect(editor.terminal.waitForText("2024Q4>"))
  }

  @Test(arguments: ["en", "zh"])
  func `The tour shows eight sentences and runs each on Enter`(language: String) throws {
    let editor = try Self.started("--lang", language, "--pager", "never")
    editor.terminal.send(".tour\r")
    for step in 1...8 {
      #expect(editor.terminal.waitForText("\(step)/8  "))
      editor.terminal.send("\r")
    }
    #expect(editor.terminal.waitForText(language == "en" ? "That was all." : "走完了。"))
    // The prompt is drawn behind it.
    #expect(editor.terminal.wait { $0.cursorRowText.hasSuffix("2024Q4>") })
  }

  @Test func `The tour is left with q`() throws {
    let editor = try Self.started("--lang", "en")
    editor.terminal.send(".tour\r")
    #expect(editor.terminal.waitForText("1/8"))
    editor.terminal.send("q")
    editor.type(".quit\r")
    #expect(editor.terminal.ending() == .status(0))
  }

  @Test func `Presenting clears the screen and keeps an answer on it`() throws {
    let editor = try Editor(
      rows: 12, columns: 60, program: "tongbao", arguments: ["--lang", "en", "--no-notes"])
    #expect(editor.terminal.waitForText("2024Q4>"))
    editor.type(".present on\r", "orders by unit\r")
    #expect(editor.terminal.waitForText("more rows not shown"))
    let rows = editor.terminal.screen.rowTexts
    #expect(rows.first?.isEmpty == false)
    #expect(rows.last { !$0.isEmpty } == "tongbao 2024Q4>")
    #expect(!editor.terminal.screen.text.contains(" ms"))
    #expect(rows.contains("basis: hotline, 2024Q4, annexes 1, 2"))
  }
}
