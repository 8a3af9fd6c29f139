// DataModeTests.swift: answers made by hand arrive, the bytes of the data modes are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

private let hostile = Answer(
  sentence: "problems by problem", language: .english,
  columns: [dimension("problem", "=Problem"), measure("problems", "Problems, \"all\"")],
  dimensionCount: 1,
  rows: [
    AnswerRow([.text("=1+1"), change(-5, "-5")]),
    AnswerRow([.text("a,\"b\"\nc\td\\e"), count(1897)]),
    AnswerRow([.text("\u{1B}[31m\u{202E}x"), .undefined]),
    AnswerRow([.text(""), ratio(0.00001, "0.00%")]),
  ])

@Suite struct DataModeTests {
  @Test func `tsv carries raw values and escapes what would break a line`() {
    #expect(
      render(hostile, .tsv)
        == "'=Problem\tProblems, \"all\"\n'=1+1\t-5\na,\"b\"\\nc\\td\\\\e\t1897\n"
        + "\u{1B}[31m\u{202E}x\t\n\t0.00001\n")
  }

  @Test func `csv quotes only where needed and protects text, never numbers`() {
    #expect(
      render(hostile, .csv)
        == "'=Problem,\"Problems, \"\"all\"\"\"\n'=1+1,-5\n\"a,\"\"b\"\"\nc\td\\e\",1897\n"
        + "\u{1B}[31m\u{202E}x,\n,0.00001\n")
  }

  @Test func `Every text that a spreadsheet would run is protected, and only that`() {
    let options = RenderOptions(mode: .csv)
    for text in ["=x", "+x", "-x", "@x", "\tx", "\rx", "\0x"] {
      #expect(protected(text, options) == "'" + text)
    }
    for text in ["", "x=", "'=x", "1", "县", "\nx", " =x"] {
      #expect(protected(text, options) == text)
    }
    var raw = options
    raw.keepsRawCells = true
    #expect(protected("=x", raw) == "=x")
  }

  @Test func `A terminal gets no control character from csv and tsv either`() {
    for mode in [OutputMode.csv, .tsv, .list] {
      let text = render(hostile, RenderOptions(mode: mode, isTerminal: true))
      #expect(text.contains("\\e[31m<U+202E>x"), "\(mode.name)")
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || $0.value >= 0x20 })
    }
  }

  @Test func `The first line holds labels, names or is left out`() {
    func first(_ style: HeaderStyle) -> Substring? {
      render(ordersWithTotals, RenderOptions(mode: .tsv, headerStyle: style))
        .split(separator: "\n").first
    }
    #expect(first(.label) == "Unit\tOrders\tOn-time rate")
    #expect(first(.name) == "unit\torders\tontime_rate")
    #expect(first(.none) == "县住建局\t526\t0.9011406844106464")
  }

  @Test func `Printed strings stand where they are asked for, undefined stays empty`() {
    #expect(
      render(ordersWithTotals, RenderOptions(mode: .csv, isPrinted: true)) == """
        Unit,Orders,On-time rate
        县住建局,526,90.11%
        县电信公司,5,80.00%
        县气象局,0,
        Total (48 units; 3 shown),"2,575",97.51%

        """)
  }

  @Test func `A record of one empty field is no empty line in csv`() {
    let answer = Answer(
      sentence: "unit", language: .english, columns: [dimension("unit", "Unit")],
      dimensionCount: 1, rows: [AnswerRow([.text("")]), AnswerRow([.text("a")])])
    #expect(render(answer, .csv) == "Unit\n\"\"\na\n")
    #expect(render(answer, .tsv) == "Unit\n\na\n")
  }

  @Test func `The json of the contract comes out byte for byte`() {
    let answer = Answer(
      sentence: "overdue by unit top 1 with share", language: .english,
      columns: [
        dimension("unit", "Unit"), measure("overdue", "Overdue"), measure("share", "Share", .ratio),
      ],
      dimensionCount: 1, rows: [AnswerRow([.text("县住建局"), count(52), ratio(0.8125, "81.25%")])],
      basis: "hotline, 2024Q4, annexes 1-2",
      notes: [
        AnswerNote(
          code: "R02", text: "the text says 63, the annexes add up to 64", isInformational: false)
      ])
    let expected = [
      #"{"query":"overdue by unit top 1 with share","#,
      #""columns":[{"name":"unit","label":"Unit","kind":"dimension"},"#,
      #"{"name":"overdue","label":"Overdue","kind":"count"},"#,
      #"{"name":"share","label":"Share","kind":"ratio"}],"#,
      #""rows":[["县住建局",52,0.8125]],"shown":[["县住建局","52","81.25%"]],"totals":null,"#,
      #""basis":"hotline, 2024Q4, annexes 1-2","notes":[{"code":"R02","#,
      #""text":"the text says 63, the annexes add up to 64"}],"refusal":null,"#,
      #""elapsed_ms":0.412}"#, "\n",
    ].joined()
    #expect(render(answer, RenderOptions(mode: .json, elapsedMilliseconds: 0.41249)) == expected)
  }

  @Test func `jsonl has one object a row, and no key twice`() {
    var answer = ordersWithTotals
    answer.columns[2].name = "orders"
    #expect(
      render(answer, .jsonl) == """
        {"unit":"县住建局","orders":526,"orders_2":0.9011406844106464}
        {"unit":"县电信公司","orders":5,"orders_2":0.8}
        {"unit":"县气象局","orders":0,"orders_2":null}
        {"unit":"Total (48 units; 3 shown)","orders":2575,"orders_2":0.9751456310679611}

        """)
    #expect(distinctKeys(["a", "a_2", "a", "a"]) == ["a", "a_2", "a_3", "a_4"])
  }

  @Test func `list writes the first column only`() {
    #expect(render(ordersWithTotals, .list) == "县住建局\n县电信公司\n县气象局\n")
    #expect(render(hostile, .list) == "=1+1\na,\"b\"\\nc\td\\e\n\u{1B}[31m\u{202E}x\n\n")
  }

  @Test(arguments: [
    (0.8125, "0.8125"), (1, "1"), (0, "0"), (-0.0, "0"), (1e-7, "0.0000001"),
    (-2.5e-5, "-0.000025"),
    (1e16, "10000000000000000"), (1.5e20, "150000000000000000000"), (123.456, "123.456"),
    (0.1 + 0.2, "0.30000000000000004"), (2575, "2575"), (-31.85, "-31.85"),
  ])
  func `Numbers are written in the fewest digits and without exponents`(
    number: Double, text: String
  ) {
    #expect(plainNumber(number) == text)
  }

  @Test func `Written numbers read back as the same double`() {
    var generator = SeededGenerator(state: 4)
    for _ in 0..<2000 {
      let number = Double(bitPattern: generator.next())
      guard let text = plainNumber(number) else {
        #expect(!number.isFinite)
        continue
      }
      #expect(Double(text) == number)
      #expect(!text.contains("e"))
    }
  }

  @Test func `Milliseconds have three decimals`() {
    #expect(threeDecimals(0.4125) == "0.413")
    #expect(threeDecimals(12) == "12.000")
    #expect(threeDecimals(1234.0564) == "1234.056")
    #expect(threeDecimals(.nan) == "0.000")
  }
}
