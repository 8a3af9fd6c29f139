// DiagnosticTests.swift: diagnostics arrive, whole error texts are compared.

import Columns
import Syntax
import Testing

@testable import Rendering

private let source = "逾期 按 单为 其中 月=11"
private let unknownDimension = Diagnostic(
  "N02", at: SourceRange(11, 17),
  Bilingual("unknown dimension `单为`", "没有维度“单为”"),
  hints: [
    Bilingual(
      "did you mean 单位 (unit)?",
      "是否要写“单位”（unit）？逾期可按：单位、类别、渠道、附件、序号、月、季度、年")
  ])

private func shown(
  _ source: String, _ range: SourceRange?, _ language: Language = .english, width: Int? = nil,
  place: DiagnosticPlace = .prompt
) -> String {
  renderDiagnostic(
    Diagnostic("P01", at: range, Bilingual("m", "话")), source: source, place: place,
    language: language, width: width)
}

/// The bytes of the first occurrence of `part`.
private func range(of part: String, in source: String) -> SourceRange {
  let bytes = Array(source.utf8)
  let wanted = Array(part.utf8)
  for start in 0...(bytes.count - wanted.count)
  where Array(bytes[start..<start + wanted.count]) == wanted {
    return SourceRange(start, start + wanted.count)
  }
  return SourceRange(0, 0)
}

@Suite struct DiagnosticTests {
  @Test func `The error of the contract comes out byte for byte`() {
    #expect(
      renderDiagnostic(
        unknownDimension, source: source, place: .prompt, language: .chinese, width: 80) == """
          错误 N02（第 6 列）：没有维度“单为”
            逾期 按 单为 其中 月=11
                    ^^^^
            = 是否要写“单位”（unit）？逾期可按：单位、类别、渠道、附件、序号、月、季度、年

          """)
  }

  @Test func `In batch the place stands first, in either language`() {
    let place = DiagnosticPlace.batch(name: "q.tb", line: 37)
    #expect(
      renderDiagnostic(unknownDimension, source: source, place: place, language: .chinese)
        .hasPrefix("q.tb:37:6: 错误 N02：没有维度“单为”\n  逾期 按 单为 其中 月=11\n          ^^^^\n"))
    #expect(
      renderDiagnostic(unknownDimension, source: source, place: place, language: .english) == """
        q.tb:37:6: error N02: unknown dimension `单为`
          逾期 按 单为 其中 月=11
                  ^^^^
          = did you mean 单位 (unit)?

        """)
  }

  @Test func `In a text of several lines the line is named and shown`() {
    let text = "overdue\nby untis\r\ntop 3"
    let place = range(of: "untis", in: text)
    #expect(
      shown(text, place) == "error P01 at line 2, column 4: m\n  by untis\n     ^^^^^\n")
    #expect(
      shown(text, place, .chinese) == "错误 P01（第 2 行第 4 列）：话\n  by untis\n     ^^^^^\n")
    #expect(
      shown(text, place, place: .batch(name: "-c2", line: 1))
        == "-c2:2:4: error P01: m\n  by untis\n     ^^^^^\n")
  }

  @Test func `A place at the end of the line has one caret behind it`() {
    #expect(
      shown("overdue by", SourceRange(10, 10))
        == "error P01 at column 11: m\n  overdue by\n            ^\n")
    #expect(shown("县\n局", SourceRange(3, 3)) == "error P01 at line 1, column 2: m\n  县\n    ^\n")
    #expect(shown("", SourceRange(0, 0)) == "error P01 at column 1: m\n  \n  ^\n")
  }

  @Test func `Ranges outside the text are clamped, ranges inside a character take it whole`() {
    #expect(shown("ab", SourceRange(-5, 99)) == "error P01 at column 1: m\n  ab\n  ^^\n")
    #expect(shown("ab", SourceRange(7, 3)) == "error P01 at column 3: m\n  ab\n    ^\n")
    #expect(shown("县局", SourceRange(1, 2)) == "error P01 at column 1: m\n  县局\n  ^^\n")
  }

  @Test func `Without a place there is only the head`() {
    #expect(shown("x", nil) == "error P01: m\n")
    #expect(shown("x", nil, .chinese) == "错误 P01：话\n")
    #expect(
      shown("x", nil, place: .batch(name: "stdin", line: 4)) == "stdin:4:1: error P01: m\n")
  }

  @Test func `Escapes are shown and counted`() {
    let text = "a\t\u{1B}[31m=局 x"
    #expect(
      shown(text, range(of: "局", in: text))
        == "error P01 at column 9: m\n  a\\t\\e[31m=局 x\n            ^^\n")
    #expect(
      shown(text, SourceRange(1, 2)) == "error P01 at column 2: m\n  a\\t\\e[31m=局 x\n   ^^\n")
  }

  @Test func `A long line is scrolled to the culprit`() {
    let text = String(repeating: "逾期, ", count: 30) + "untis" + String(repeating: ", 按期", count: 30)
    #expect(
      shown(text, range(of: "untis", in: text), width: 42) == """
        error P01 at column 121: m
          … 逾期, 逾期, untis, 按期, 按期, 按期, …
                        ^^^^^

        """)
    for width in 20...120 {
      for start in stride(from: 0, through: text.utf8.count, by: 7) {
        let lines = shown(text, SourceRange(start, start + 9), width: width)
          .split(separator: "\n").dropFirst()
        #expect(lines.allSatisfy { displayWidth(String($0)) <= width })
        #expect(lines.last?.contains("^") == true)
      }
    }
  }

  @Test func `At most two lines of help`() {
    var diagnostic = unknownDimension
    diagnostic.hints = ["1", "2", "3"].map { Bilingual(same: $0) }
    #expect(
      renderDiagnostic(diagnostic, source: source, place: .prompt, language: .english)
        .hasSuffix("^^^^\n  = 1\n  = 2\n"))
  }

  @Test func `A refusal has no place of its own`() {
    let refusal = Refusal("U01", Bilingual("orders are quarterly here", "应办在此只有季度数"))
    #expect(
      renderRefusal(refusal, place: .prompt, language: .chinese) == "不能回答 U01：应办在此只有季度数\n")
    #expect(
      renderRefusal(refusal, place: .batch(name: "q.tb", line: 37), language: .english)
        == "q.tb:37:1: not answered U01: orders are quarterly here\n")
    #expect(
      renderRefusal(
        Refusal("U01", Bilingual(same: "a\u{7}")), place: .prompt, language: .english)
        == "not answered U01: a\\x07\n")
  }

  @Test func `Errors in json are one object a line`() {
    let place = DiagnosticPlace.batch(name: "q.tb", line: 37)
    #expect(
      diagnosticJSON(unknownDimension, source: source, place: place, language: .english)
        == #"{"file":"q.tb","line":37,"column":6,"width":2,"code":"N02","severity":"error","#
        + #""text":"unknown dimension `单为`","help":["did you mean 单位 (unit)?"]}"# + "\n")
    #expect(
      refusalJSON(code: "U01", text: "t", place: .prompt)
        == #"{"file":null,"line":1,"column":1,"width":0,"code":"U01","severity":"refusal","#
        + #""text":"t","help":[]}"# + "\n")
    #expect(
      noteJSON(AnswerNote(code: "R02", text: "t", isInformational: false), place: place)
        == #"{"file":"q.tb","line":37,"column":1,"width":0,"code":"R02","severity":"note","#
        + #""text":"t","help":[]}"# + "\n")
  }

  @Test func `Hostile text drives no terminal and makes no extra lines`() {
    var generator = SeededGenerator(state: 6)
    for _ in 0..<500 {
      let source = generator.text(upTo: 10)
      let lower = Int.random(in: 0...source.utf8.count, using: &generator)
      let diagnostic = Diagnostic(
        "N02", at: SourceRange(lower, lower + 4), Bilingual(same: generator.text()),
        hints: [Bilingual(same: generator.text()), Bilingual(same: generator.text())])
      let text = renderDiagnostic(
        diagnostic, source: source, place: .batch(name: generator.text(), line: 1),
        language: .english, width: 60)
      #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || WidthClass(of: $0) != .hidden })
      // A head or a help that does not fit goes on in a line of its own.
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count >= 6)
    }
  }
}
