// TerminalTextTests.swift: hostile texts arrive, what a terminal may get is compared.

import Testing

@testable import Rendering

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("县住建局 52", "县住建局 52"), ("\u{1B}[31mRED", "\\e[31mRED"), ("\u{1B}]0;x\u{7}", "\\e]0;x\\x07"),
    ("a\tb\nc\rd\0", "a\\tb\\nc\\x0Dd\\x00"), ("\r\n", "\\x0D\\n"), ("\u{7F}\u{85}", "\\x7F\\x85"),
    ("x\u{202E}y", "x<U+202E>y"), ("\u{200B}", "<U+200B>"), ("\u{FEFF}a", "<U+FEFF>a"),
    ("👨\u{200D}👩", "👨<U+200D>👩"), ("❤\u{FE0F}", "❤<U+FE0F>"), ("e\u{301}", "e\u{301}"),
    ("\u{301}", "<U+0301>"), ("\n\u{301}", "\\n<U+0301>"), ("\u{2028}", "<U+2028>"),
    ("\u{378}", "<U+0378>"), ("\u{E0041}", "<U+E0041>"), ("C:\\new", "C:\\new"), ("👍🏽", "👍🏽"),
    ("🏽", "<U+1F3FD>"), ("\u{10FFFF}", "<U+10FFFF>"),
  ])
  func `What a terminal would obey or not show becomes visible`(text: String, safe: String) {
    #expect(Array(terminalSafe(text).unicodeScalars) == Array(safe.unicodeScalars))
  }

  @Test func `Every C0 and C1 character is shown, in UTF-8 and as a lone byte`() {
    for value: UInt8 in Array(0..<0x20) + Array(0x7F..<0xA0) {
      let scalar = String(Unicode.Scalar(value))
      for safe in [terminalSafe("a\(scalar)b"), terminalSafe(bytes: [0x61, value, 0x62])] {
        #expect(safe.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "\(value)")
        #expect(safe.utf8.count >= 4)
      }
    }
  }

  @Test func `Lone and overlong bytes are shown, good ones kept`() {
    #expect(terminalSafe(bytes: Array("县".utf8)) == "县")
    #expect(terminalSafe(bytes: [0x61, 0xFF, 0xE5, 0x8E]) == "a\\xFF\\xE5\\x8E")
    #expect(terminalSafe(bytes: [0xC0, 0xAF]) == "\\xC0\\xAF")
    #expect(terminalSafe(bytes: [0xE0, 0x80, 0xAF]) == "\\xE0\\x80\\xAF")
    #expect(terminalSafe(bytes: [0xED, 0xA0, 0x80]) == "\\xED\\xA0\\x80")
    #expect(terminalSafe(bytes: [0xF4, 0x90, 0x80, 0x80]) == "\\xF4\\x90\\x80\\x80")
    #expect(terminalSafe(bytes: Array("局".utf8) + [0x80]) == "局\\x80")
  }

  @Test func `A safe text is safe already`() {
    var generator = SeededGenerator(state: 2)
    for _ in 0..<2000 {
      let safe = terminalSafe(generator.text())
      #expect(Array(terminalSafe(safe).utf8) == Array(safe.utf8))
    }
  }

  @Test func `Cut and wrapped texts stay within their cells and lose nothing but blanks`() {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<2000 {
      let text = terminalSafe(generator.text(upTo: 12))
      let width = Int.random(in: 2...30, using: &generator)
      let lines = wrapped(text, to: width)
      #expect(lines.allSatisfy { displayWidth($0) <= width })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
      #expect(displayWidth(truncated(text, to: width)) <= width)
      #expect(wrapped(text, to: max(8, width), lineLimit: 3).count <= 3)
    }
  }

  @Test func `A line breaks between hanzi, not inside words, numbers or before a comma`() {
    #expect(wrapped("县住建局最多，64件", to: 12) == ["县住建局最", "多，64件"])
    #expect(wrapped("on-time rate of all", to: 8) == ["on-time", "rate of", "all"])
    #expect(wrapped("abcdefghij", to: 4) == ["abcd", "efgh", "ij"])
    #expect(wrapped("一二三四五六", to: 4, lineLimit: 2) == ["一二", "三…"])
  }
}
