// ResultDocumentTests.swift: results arrive one after the other, the bytes of their file are
// compared.

import Columns
import Syntax
import Testing

@testable import Rendering

private func document(
  _ suffix: String, _ answers: [Answer], _ options: RenderOptions = RenderOptions()
) throws -> ResultDocument {
  var document = ResultDocument(form: try #require(FileForm(suffix: suffix)))
  for answer in answers { document.add(answer, with: options) }
  return document
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

private func appended(
  _ suffix: String, _ answers: [Answer], to start: String, endsLine: Bool = true,
  _ options: RenderOptions = RenderOptions()
) throws -> String {
  text(
    try document(suffix, answers, options).continuation(
      after: Array(start.utf8), endsLine: endsLine))
}

@Suite struct ResultDocumentTests {
  @Test func `Every suffix of the help names a form, and no other does`() {
    for suffix in FileForm.suffixes { #expect(FileForm(suffix: suffix) != nil, "\(suffix)") }
    for suffix in ["", "foo", "xls", "box"] { #expect(FileForm(suffix: suffix) == nil) }
  }

  @Test func `Tables of separated values have an empty line between them, Markdown has its own`()
    throws
  {
    let answers = [changeByUnit, changeByUnit]
    let table = "Unit,Change\n县住建局,40\n县教体局,-13\n县公安局,0\n县气象局,\n"
    #expect(try text(document("csv", answers).file()) == table + "\n" + table)
    let markdown = try text(document("md", answers).file())
    #expect(markdown.split(separator: "| Unit").count == 2 && markdown.hasSuffix("\n\n"))
  }

  @Test func `A file keeps the table of a drawing, and a page draws it`() throws {
    var drawn = overdueByMonth
    drawn.form = .bar
    #expect(try document("csv", [drawn]).file() == document("csv", [overdueByMonth]).file())
    #expect(try text(document("md", [drawn]).file()).contains("| 11 月 |   47 |"))
    #expect(try text(document("html", [drawn]).file()).contains("</table>\n<svg"))
  }

  @Test func `A file for a spreadsheet has one mark and ends every line with CRLF`() throws {
    let options = RenderOptions(hasBOM: true)
    let file = try document("csv", [changeByUnit, changeByUnit], options).file()
    #expect(file.starts(with: byteOrderMark))
    let lines = text(Array(file.dropFirst(3))).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    #expect(
      lines.count == 12 && lines[5] == ""
        && !text(file).unicodeScalars.dropFirst().contains("\u{FEFF}"))
  }

  @Test func `What is appended repeats no header and begins on a line of its own`() throws {
    let rows = "县住建局,40\n县教体局,-13\n县公安局,0\n县气象局,\n"
    for start in ["Unit,Change\n", "Unit,Change\r\n", "\u{FEFF}Unit,Change\n"] {
      #expect(try appended("csv", [changeByUnit], to: start) == rows)
    }
    #expect(
      try appended("csv", [changeByUnit], to: "Unit,Change", endsLine: false) == "\n" + rows)
    #expect(try appended("csv", [changeByUnit], to: "") == "Unit,Change\n" + rows)
    let bare = RenderOptions(headerStyle: .none)
    #expect(try appended("csv", [changeByUnit], to: "x\n", bare) == rows)
    let named = RenderOptions(headerStyle: .name)
    #expect(try appended("csv", [changeByUnit], to: "unit,delta\n", named) == rows)
  }

  @Test func `Other columns are refused`() {
    for (suffix, start) in [
      ("csv", "Unit,Overdue\n"), ("tsv", "Unit,Change\n"), ("jsonl", "{\"unit\":\"a\"}\n"),
    ] {
      #expect(throws: DocumentProblem.otherColumns) {
        try appended(suffix, [changeByUnit], to: start)
      }
    }
    #expect(throws: DocumentProblem.otherColumns) {
      try appended("csv", [changeByUnit, overdueByMonth], to: "Unit,Change\n")
    }
  }

  @Test func `Lines of JSON go on where the keys are the same`() throws {
    let start = "{\"unit\":\"a:b{\\\"\",\"delta\":{\"x\":1}}\n"
    #expect(
      try appended("jsonl", [changeByUnit], to: start).hasPrefix("{\"unit\":\"县住建局\",\"delta\":40}")
    )
    #expect(topLevelKeys(ofJSON: start.utf8).map(text) == ["\"unit\"", "\"delta\""])
  }

  @Test func `A drawing is one chart, and says why there is none`() throws {
    #expect(try text(document("svg", [overdueByMonth]).file()).hasPrefix("<svg "))
    #expect(throws: DocumentProblem.self) { try document("svg", []).file() }
    #expect(throws: DocumentProblem.notDrawn(ChartObstacle.noDimension.reason)) {
      var answer = overdueByMonth
      answer.dimensionCount = 0
      return try document("svg", [answer]).file()
    }
  }
}
