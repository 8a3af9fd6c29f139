// WorkbookTests.swift: answers made by hand arrive; a reader that knows nothing of this program
// finds the table in the workbook.

import Columns
import Support
import Syntax
import Testing

@testable import Rendering

/// Reads a workbook with a zip and an XML reader; a line for each sheet and each row.
private let reader = #"""
  import re, sys, zipfile
  import xml.etree.ElementTree as tree
  space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
  book = zipfile.ZipFile(sys.argv[1])
  assert book.testzip() is None
  parts = {name: tree.fromstring(book.read(name)) for name in book.namelist()}
  def text(node):
      joined = "".join(part.text or "" for part in node.iter("{%s}t" % space["m"]))
      return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), joined)
  strings = [text(node) for node in parts.get("xl/sharedStrings.xml", [])]
  styles = parts["xl/styles.xml"]
  patterns = {int(node.get("numFmtId")): node.get("formatCode")
              for node in styles.iterfind(".//m:numFmt", space)}
  patterns.update({0: "", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 10: "0.00%"})
  looks = [patterns[int(node.get("numFmtId"))] for node in styles.iterfind("m:cellXfs/m:xf", space)]
  for number, sheet in enumerate(parts["xl/workbook.xml"].iterfind(".//m:sheet", space), 1):
      content = parts["xl/worksheets/sheet%d.xml" % number]
      pane = content.find(".//m:pane", space)
      print("sheet", sheet.get("name"), "frozen", pane.get("ySplit") if pane is not None else 0)
      for row in content.iterfind(".//m:row", space):
          cells = []
          for cell in row:
              kind = cell.get("t", "n")
              value = cell.findtext("m:v", None, space)
              if kind == "s": value = repr(strings[int(value)])
              elif kind == "inlineStr": value = repr(text(cell))
              elif value is not None: value += " " + looks[int(cell.get("s", 0))]
              cells.append(cell.get("r") + " " + str(value))
          print("; ".join(cells))
  """#

private func bytes(of answers: [Answer]) throws -> [UInt8] {
  var document = ResultDocument(form: .workbook)
  for answer in answers { document.add(answer, with: RenderOptions()) }
  return try document.file()
}

private func read(_ bytes: [UInt8]) throws -> String {
  let folder = TemporaryFolder()
  folder.write(reader, to: "read.py")
  folder.write(bytes, to: "book.xlsx")
  let run = runShell(
    "PYTHONIOENCODING=utf-8 python3 '\(folder.file("read.py"))' '\(folder.file("book.xlsx"))'")
  #expect(run.status == 0)
  return run.output
}

@Suite(.enabled(if: hasPython, "python3 is not installed")) struct WorkbookTests {
  @Test func `Cells have types and patterns, the header stays, the remarks stand below`() throws {
    #expect(
      try read(bytes(of: [ordersWithTotals, changeByUnit])) == """
        sheet orders, ontime_rate by unit wi… frozen 1
        A1 'Unit'; B1 'Orders'; C1 'On-time rate'
        A2 '县住建局'; B2 526 #,##0; C2 0.9011406844106464 0.00%
        A3 '县电信公司'; B3 5 #,##0; C3 0.8 0.00%
        A4 '县气象局'; B4 0 #,##0
        A5 'Total (48 units; 3 shown)'; B5 2575 #,##0; C5 0.9751456310679611 0.00%
        A7 'lowest 县电信公司 80.00% (4 of 5), all 97.51%'
        A8 '3 rows'
        A9 'basis: hotline, 2024Q4, annexes 1-2'
        sheet overdue by unit vs previous frozen 1
        A1 'Unit'; B1 'Change'
        A2 '县住建局'; B2 40 +#,##0;-#,##0;#,##0
        A3 '县教体局'; B3 -13 +#,##0;-#,##0;#,##0
        A4 '县公安局'; B4 0 +#,##0;-#,##0;#,##0
        A5 '县气象局'
        A7 'basis: hotline, 2024Q4'

        """)
  }

  @Test func `Text is text whatever it looks like, and comes back as it was`() throws {
    let texts = [
      "=1+1", "@x", "12", "a\tb\nc\rd", "\u{0}\u{1B}[31m", "_x0041_", " blank ", "<&>\"'",
      "\u{202E}x",
    ]
    let answer = Answer(
      sentence: "t", language: .english, columns: [dimension("t", "=T")], dimensionCount: 1,
      rows: texts.map { AnswerRow([.text($0)]) })
    let lines = try read(bytes(of: [answer])).split(separator: "\n").map(String.init)
    #expect(
      lines == [
        "sheet t frozen 1", "A1 '=T'", "A2 '=1+1'", "A3 '@x'", "A4 '12'", #"A5 'a\tb\nc\rd'"#,
        #"A6 '\x00\x1b[31m'"#, "A7 '_x0041_'", "A8 ' blank '", #"A9 '<&>"\''"#, #"A10 '\u202ex'"#,
      ])
  }

  @Test func `A number that a spreadsheet cannot keep is text, an answer without a table no sheet`()
    throws
  {
    var answer = ordersWithTotals
    (answer.headline, answer.foot, answer.basis, answer.totals) = (nil, [], "", nil)
    answer.rows = [AnswerRow([.text("a"), AnswerCell(raw: .whole(.max), shown: "…"), .undefined])]
    let silent = Answer(sentence: "let a = 1", language: .english)
    let lines = try read(bytes(of: [silent, answer])).split(separator: "\n")
    #expect(lines.count == 3 && lines.last == "A2 'a'; B2 '9223372036854775807'")
    #expect(try read(bytes(of: [silent])) == "sheet Sheet frozen 0\n")
  }

  @Test func `The same answers are the same bytes`() throws {
    #expect(try bytes(of: [overdueByUnit]) == bytes(of: [overdueByUnit]))
  }

  @Test func `Rows of a large workbook leave memory and are all there`() throws {
    var book = try WorkbookFile(cellCount: 300_000, textByteCount: 300_000)
    try book.beginSheet(named: "large", widthsCells: [4, 8, 4], frozenRowCount: 1)
    for row in 0..<1000 {
      try book.append([
        WorkbookCell(.whole(Int64(row))), WorkbookCell(.text("行 \(row)")), WorkbookCell(.empty),
      ])
    }
    let lines = try read(book.bytes()).split(separator: "\n")
    #expect(lines.count == 1001)
    #expect(lines.last == "A1000 999 ; B1000 '行 999'")
  }

  @Test func `What a sheet cannot hold is an error`() throws {
    var book = try WorkbookFile(cellCount: 1, textByteCount: 1)
    try book.beginSheet(named: "a", widthsCells: [4], frozenRowCount: 1)
    let long = String(repeating: "长", count: 32_768)
    #expect(throws: WorkbookProblem.textTooLong(row: 1)) {
      try book.append([WorkbookCell(.text(long))])
    }
    #expect(throws: WorkbookProblem.sheetTooLarge) {
      try book.append([WorkbookCell](repeating: WorkbookCell(.empty), count: 16_385))
    }
  }

  @Test func `Names of sheets are short, apart and without what spreadsheets forbid`() {
    var taken: Set<String> = []
    let long = "逾期 按 单位 前 3 附 占比 其中 类别=镇街 期间 2024Q4"
    let names = ["a/b:c", "A/B:c", "'x'", "", "History", long, long].map {
      uniqueSheetName($0, among: &taken)
    }
    #expect(
      names == [
        "a b c", "A B c (2)", "x", "Sheet", "Sheet (2)",
        "逾期 按 单位 前 3 附 占比 其中 类别=镇街 期间 2…", "逾期 按 单位 前 3 附 占比 其中 类别=镇街 … (2)",
      ])
    #expect(names.allSatisfy { $0.utf16.count <= 31 })
  }
}
