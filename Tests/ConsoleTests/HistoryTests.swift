// HistoryTests.swift: what the history keeps, across sessions and crashes.

import Support
import Testing

@testable import Console

@Suite struct HistoryTests {
  private func entry(_ text: String, time: Int64 = 1) -> HistoryEntry {
    HistoryEntry(
      time: time, text: text, dataName: "2024Q4", microseconds: 1234, hasSucceeded: true,
      session: "1-2")
  }

  @Test(
    arguments: [
      "overdue by unit", "逾期 按 单位\n其中 月=11", "a\"b\\c\u{1B}[31m\u{202E}\u{7F}\t", "👨‍👩‍👧 e\u{301}",
      "\u{0}",
    ])
  func `A line read back is the entry that was written, and safe to look at`(text: String) throws {
    let written = entry(text)
    let line = written.line
    #expect(HistoryEntry(line: line.utf8) == written)
    #expect(!line.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" || $0 == "\u{7F}" })
  }

  @Test(
    arguments: [
      "", "{", "{}", "[1]", "{\"q\":1}", "{\"q\":\"a\"", "{\"q\":\"a\"}x", "{\"q\":\"\\ud800\"}",
      "{\"q\":\"a\",\"t\":{}}", "{\"q\":\"\u{1}\"}", "\u{FEFF}{\"q\":\"a\"}", "{\"q\":\"\\u+123\"}",
    ])
  func `What is no entry is passed over`(line: String) {
    #expect(HistoryEntry(line: line.utf8) == nil)
  }

  @Test func `Other keys, blanks and escapes of other writers are read`() {
    let line = " { \"x\" : null , \"q\" : \"\\u903e\\ud83d\\udc4d\\/\" , \"ms\" : 5 } "
    let read = HistoryEntry(line: line.utf8)
    #expect(read?.text == "逾👍/")
    #expect(read?.microseconds == 5000)
    #expect(
      HistoryEntry(line: "{\"q\":\"a\",\"ms\":99999999999999999999,\"t\":1e9}".utf8)?.time == 0)
  }

  @Test func `Half a line after a crash is closed, kept and passed over`() throws {
    let folder = TemporaryFolder()
    folder.write("{\"q\":\"whole\"}\n{\"q\":\"hal", to: "h")
    let file = HistoryFile(path: folder.file("h"))
    try file.append(entry("next"))
    #expect(folder.text(of: "h") == "{\"q\":\"whole\"}\n{\"q\":\"hal\n\(entry("next").line)\n")
    #expect(try file.load().entries.map(\.text) == ["whole", "next"])
  }

  @Test func `A file that has grown too long keeps the newest copy of each text`() throws {
    let folder = TemporaryFolder()
    var lines = "no entry\n"
    for number in 0..<20_001 { lines += entry("q\(number % 10_050)").line + "\n" }
    folder.write(lines, to: "h")
    let file = HistoryFile(path: folder.file("h"))
    try file.compact()
    let kept = try file.load()
    #expect(kept.entries.count == 10_000)
    #expect(kept.lineCount == 10_001)
    #expect(kept.entries.last?.text == "q\(20_000 % 10_050)")
    #expect(try SystemCalls.names(in: folder.path) == ["h"])
  }

  @Test func `A long entry, one with a leading blank, and none at all are not stored`() throws {
    let folder = TemporaryFolder()
    let history = History(file: HistoryFile(path: folder.file("a/b/h")))
    for text in ["", " secret", "\u{3000}secret", String(repeating: "x", count: 65_537)] {
      try history.add(text, dataName: "d", microseconds: 0, hasSucceeded: true)
    }
    #expect(history.texts == [])
    #expect(folder.text(of: "a/b/h") == nil)
  }

  @Test func `This session's entries come first, each text once, by its bytes`() throws {
    let folder = TemporaryFolder()
    let file = HistoryFile(path: folder.file("h"))
    for (time, text) in [(3, "newest"), (1, "oldest"), (2, "\u{E9}"), (2, "e\u{301}"), (0, "own")] {
      try file.append(entry(text, time: Int64(time)))
    }
    let history = History(file: file)
    try history.load()
    try history.add("own", dataName: "d", microseconds: 0, hasSucceeded: false)
    history.rememberDropped("dropped")
    #expect(
      history.texts.map { Array($0.utf8) }
        == ["dropped", "own", "newest", "e\u{301}", "\u{E9}", "oldest"].map { Array($0.utf8) })
    #expect(folder.text(of: "h")?.contains("dropped") == false)
  }

  @Test func `What failed is brought back by Up, and never offered`() throws {
    let history = History(file: nil)
    try history.add("overdue by kind", dataName: "d", microseconds: 0, hasSucceeded: true)
    try history.add("overdue by knid", dataName: "d", microseconds: 0, hasSucceeded: false)
    history.rememberDropped("overdue by un")
    #expect(history.texts == ["overdue by un", "overdue by knid", "overdue by kind"])
    #expect(history.continuation(of: "over", dataName: "d") == "overdue by kind")
    #expect(history.continuation(of: "overdue by kn", dataName: "d") == nil)
  }

  @Test func `A symbolic link is not written through`() throws {
    let folder = TemporaryFolder()
    folder.write("theirs", to: "target")
    folder.link("target", at: "h")
    let history = History(file: HistoryFile(path: folder.file("h")))
    #expect(throws: SystemError.symbolicLink) {
      try history.add("q", dataName: "d", microseconds: 0, hasSucceeded: true)
    }
    #expect(folder.text(of: "target") == "theirs")
    #expect(history.texts == ["q"])
  }
}
