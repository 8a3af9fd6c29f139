// ReaderTests.swift: questions arrive; every form of a file is read by a reader that is not ours,
// and must give exactly the table of the answer.

import Rendering
import Support
import Testing

/// A Python that has the readers of workbooks and pages; nil where the machine has none.
private let python = ["python3", "/usr/bin/python3"].first { program in
  runShell("\(program) -c 'import openpyxl, html5lib' && command -v xmllint").status == 0
}

@Suite(
  .enabled(
    if: python != nil,
    "the readers are not installed: python3-openpyxl, python3-html5lib, libxml2-utils"))
struct ReaderTests {
  @Test(arguments: [
    "orders, ontime_rate, score by unit having overdue > 0 or orders > 150 with totals",
    "应办，按期办结率，得分 按 单位 满足 逾期 > 0",
    "逾期 按 单位 附 合计",
    "逾期 按 单位 横列 月 满足 逾期 > 0 附 合计",
    "overdue by month vs previous",
    "problems by platform, account with subtotals",
  ])
  func everyFormGivesTheTable(of question: String) {
    #expect(faults(of: question) == nil)
  }

  /// Names that mean something to a form: its quotes, marks, entities, escapes, formulas.
  @Test(arguments: ["金额 按 项目 附 合计", "金额 按 项目 满足 金额 > 0"])
  func namesThatMeanSomethingToAFormStayNames(in question: String) {
    let table = #"""
      项目,金额
      "a|b, c",1000
      "=1+1",2
      @SUM(A1),3
      +5,4
      -,5
      "say ""no"" twice",6
      <b>&amp;</b>,7
      back\slash \n \\,8
      _x0041_ *em* `code` __b__,9
      县人社局（筹） 👍,10
      [x] {y} ~z^ 50% $3 #1 & & c,11
      'quoted,12
      甲、乙：丙 d: e,-3
      """#
    #expect(faults(of: question, in: table) == nil)
  }

  @Test func everyModeIsRead() {
    let read = Set(["csv", "tsv", "json", "jsonl", "md", "html", "latex", "table"])
      .union(["box", "plain", "vertical", "chart", "list"])
    #expect(Set(OutputMode.all.map(\.name)) == read)
  }

  /// What a reader found other than the table; nil when all agree.
  private func faults(of question: String, in table: String? = nil) -> String? {
    let folder = TemporaryFolder()
    table.map { folder.write($0 + "\n", to: "项目.csv") }
    folder.write(question, to: "question")
    folder.write(
      """
      set -e; cd '\(folder.path)'
      ask() {
        '\(builtProduct("tongbao"))' -q "$@" \(table == nil ? "" : "项目.csv") </dev/null
      }
      question=$(cat question)
      for suffix in csv tsv json jsonl md html tex xlsx txt; do
        ask -c "$question" -o table.$suffix
      done
      ask --raw-cells -c "$question" -o raw.csv
      ask --bom -c "$question" -o bom.csv
      ask --gb18030 -c "$question" -o gb18030.csv
      for suffix in html svg; do ask -c "$question as bar" -o drawn.$suffix; done
      for mode in box plain vertical chart list; do
        ask --no-headline --no-notes -m $mode -c "$question" >$mode
      done
      PYTHONIOENCODING=utf-8 \(python ?? "python3") '\(projectFolder)/\(script)' .
      """, to: "ask.sh")
    let run = runShell("LC_ALL=C.UTF-8 HOME='\(folder.path)' sh '\(folder.path)/ask.sh' 2>&1")
    return run.status == 0 ? nil : run.output
  }

  private let script = "Tests/GoldenTests/Readers/readers.py"
}
