// BatchScenarioTests.swift: command lines, scripts and pipes on the built-in quarter; every figure
// is one of it.

import Support
import Testing

@testable import Console

@Suite(.atTerminal) struct BatchScenarioTests {
  /// Line 37 is wrong, a refinement of it follows, then a question of its own.
  private static func script() -> TemporaryFolder {
    let folder = TemporaryFolder()
    let comments = String(repeating: "# nothing\n", count: 36)
    folder.write(comments + "逾期 按 单为 其中 月=11\nthen top 5\norders\n", to: "q.tb")
    return folder
  }

  @Test func `Scenario 29: an error of a script has its line, and nothing after it runs`() {
    let run = ProgramRun("-f q.tb", in: Self.script())
    #expect(
      run.errorLines == [
        "q.tb:37:6: 错误 N02：没有维度“单为”", "  逾期 按 单为 其中 月=11", "          ^^^^",
        "  = 是否要写“单位”（unit）？逾期可按：单位、类别、渠道、附件、序号、月、季度、年",
      ])
    #expect(run.output == "")
    #expect(run.status == 1)
    let goesOn = ProgramRun("--keep-going -q -f q.tb", in: Self.script())
    #expect(goesOn.output == "Orders\n2575\n")
    #expect(goesOn.errorLines.prefix(4) == run.errorLines[...])
    #expect(goesOn.errorLines.dropFirst(4) == ["q.tb:38:1: skipped: the query it refines failed"])
    #expect(goesOn.status == 1)
  }

  @Test func `Scenario 34: a pipe gets the table and nothing else, notes go to standard error`() {
    let ask = "echo 'overdue by unit having overdue>0' |"
    let quiet = ProgramRun("-q", before: ask)
    #expect(
      quiet.lines == [
        "Unit\tOverdue", "县教体局\t4", "县公安局\t3", "县住建局\t52", "县城管执法局\t3", "县水利局\t1",
        "县电信公司\t1",
      ])
    #expect(quiet.errors == "")
    #expect(quiet.status == 0)
    let loud = ProgramRun("", before: ask)
    #expect(loud.output == quiet.output)
    #expect(!loud.errorLines.isEmpty && loud.errorLines.allSatisfy { $0.hasPrefix("note ") })
  }

  @Test(
    arguments: [
      ("-c 'overdue by unti'", Int32(1)), ("--bogus", 2), ("missing.csv -c overdue", 3),
      ("-c overdue > /dev/full", 3), ("-c overdue >&-", 3), ("-c 'assert overdue = 63'", 4),
      ("-c check", 4), ("-c 'orders by unit' | head -1", 0), ("-c overdue", 0),
    ])
  func `Scenario 35: the exit status tells what has gone wrong`(words: String, status: Int32) {
    let run = ProgramRun("-q " + words)
    #expect(run.status == status, "\(words): \(run.errors)")
    // A reader that goes away is no fault; everything else that is not fine says one thing.
    #expect(run.errors.isEmpty == (status == 0 || words == "-c check"), "\(run.errors)")
  }

  @Test func `Scenario 39: a quarter in GB18030 has the same figures, a bad byte its place`() throws
  {
    let folder = TemporaryFolder()
    let encoding = try #require(TerminalEncoding("GB18030"))
    folder.writeQuarter { encoding.encode(Array($0.utf8)) }
    for question in ["overdue by unit", "orders, ontime_rate by kind with totals"] {
      let words = "-q -m csv -c '\(question)'"
      #expect(ProgramRun(". " + words, in: folder).output == ProgramRun(words).output)
    }
    folder.write(Array("overdue\n".utf8) + [0xFF], to: "bad.tb")
    let bad = ProgramRun("-f bad.tb", in: folder)
    #expect(
      bad.errors
        == "error C04: bad.tb is not UTF-8 at byte 8; save it as UTF-8 and run it again\n")
    #expect(bad.output == "" && bad.status == 3)
  }

  @Test func `Scenario 41: the first line tells who has most, and a tie is told below`() {
    let chinese = ProgramRun("-m box -c '逾期 按 单位 附 占比'")
    #expect(chinese.lines.first == "县住建局 52 件，占全部 64 件的 81.25%")
    let english = ProgramRun("-m box -c 'overdue by unit with share top 3'")
    #expect(
      english.lines.prefix(10) == [
        "县住建局 52, 81.25% of all 64",
        "┌──────────────┬─────────┬────────┐",
        "│ Unit         │ Overdue │  Share │",
        "├──────────────┼─────────┼────────┤",
        "│ 县住建局     │      52 │ 81.25% │",
        "│ 县教体局     │       4 │  6.25% │",
        "│ 县公安局     │       3 │  4.69% │",
        "│ 县城管执法局 │       3 │  4.69% │",
        "└──────────────┴─────────┴────────┘",
        "4 rows, place 3 is tied",
      ])
  }

  @Test func `Scenario 42: the lowest rate stands beside that of the county`() {
    let run = ProgramRun("-m box -c '按期办结率，应办 按 单位 末 3'")
    #expect(run.lines.first == "最低 县电信公司 80.00%（5 件中 4 件），全县 97.51%")
    #expect(
      run.lines.filter { $0.contains("%") && $0.hasPrefix("│") } == [
        "│ 县电信公司 │     80.00% │    5 │", "│ 县住建局   │     91.00% │  578 │",
        "│ 县教体局   │     96.40% │  111 │",
      ])
    // Of a part of the county it is not the county's.
    let part = ProgramRun("-m box -c '按期办结率 按 单位 其中 类别=部门 末 1'")
    #expect(part.lines.first?.hasSuffix("，全部 96.63%") == true, "\(part.lines)")
  }

  @Test func `Scenario 43: nothing fits, no figure for each unit, and zero are three answers`() {
    let nothing = ProgramRun("-m box -c '逾期 按 单位 其中 类别=镇街 满足 逾期>0'")
    #expect(
      nothing.lines == [
        "没有符合条件的单位：镇街 8 个，应办 671 件，逾期 0 件", "口径：热线，镇街，2024Q4，附件1",
      ])
    #expect(nothing.status == 0)
    let english = ProgramRun("-m box -c 'overdue by unit where kind=town having overdue>0'")
    #expect(english.lines.first == "no unit fits: 8 towns, orders 671, overdue 0")
    let refused = ProgramRun("-m box -c 'orders by unit where channel=letters'")
    #expect(refused.output == "" && refused.status == 1)
    #expect(refused.errors.hasPrefix("-c1:1:1: not answered U03: orders of letters is published"))
  }

  @Test func `Scenario 44: an assumption is told with the figure it replaces, and then gone`() {
    let question = "score where unit=住建局 assume overdue{month=11} = 0; score where unit=住建局"
    let run = ProgramRun("-m plain -c '\(question)'")
    #expect(
      run.lines.prefix(3) == ["assumed: 县住建局 score 99.58, actual 96.85, +2.73", "Score", "99.58"])
    #expect(run.lines.contains { $0.hasPrefix("note I11: what if: overdue{month = 11} 45 → 0") })
    let next = run.lines.drop { $0 != "" }.dropFirst()
    #expect(next.prefix(3) == ["县住建局: score 96.85", "Score", "96.85"])
    #expect(!next.contains { $0.contains("I11") })
  }

  @Test func `Scenario 45: the note goes with the figure in every form`() {
    let box = ProgramRun("-m box -c overdue")
    #expect(box.lines.contains("│      64 │"))
    #expect(box.lines.contains("basis: hotline, 2024Q4, annexes 1, 2"))
    #expect(box.lines.contains { $0.hasPrefix("note R02: ") && $0.contains("63") })
    let json = ProgramRun("-m json -c overdue")
    #expect(json.output.contains("{\"code\":\"R02\",\"text\":") && json.output.contains("[[64]]"))
    let csv = ProgramRun("-m csv -c overdue")
    #expect(csv.output == "Overdue\n64\n")
    #expect(csv.errorLines.count == 1 && csv.errors.hasPrefix("note R02: "))
    #expect(ProgramRun("-q -m csv -c overdue").errors == "")
    let bare = ProgramRun("--no-headline --no-notes -m box -c 'overdue by kind'")
    #expect(bare.lines.first?.hasPrefix("┌") == true)
    #expect(bare.lines.suffix(2) == ["3 rows", "basis: hotline, 2024Q4, annexes 1, 2"])
  }

  @Test func `Scenario 46: what is recorded by quarter only is refused by month`() {
    let run = ProgramRun("-m box -c '应办 其中 月=10'")
    #expect(run.output == "" && run.status == 1)
    #expect(
      run.errors
        == "-c1:1:1: 不能回答 U01：2024Q4的“应办”没有按月的数据：通报只按季度公布。有按月数据的指标：逾期、退回重办\n")
    let json = ProgramRun("-m json -c '应办 其中 月=10'")
    #expect(json.output.contains("\"columns\":[],\"rows\":[],"))
    #expect(json.output.contains("\"refusal\":{\"code\":\"U01\",\"text\":\"2024Q4的“应办”"))
  }
}
