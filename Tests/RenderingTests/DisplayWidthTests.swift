// DisplayWidthTests.swift: texts arrive, the cells they take are compared; the table is fresh.

import Testing

@testable import Rendering

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("县住建局", 8), ("（筹）", 6), ("“栏目”，", 8), ("👍", 2), ("👍🏽", 2),
    ("🇨🇳", 2), ("👨‍👩‍👧", 2), ("é", 1), ("e\u{301}", 1), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("ｶﾞ", 2), ("ｶ", 1), ("\u{200B}", 0), ("\t", 0), ("𠀀", 2), ("…", 1), ("─█", 2), ("␀", 1),
    ("\u{3000}", 2), ("ａ１", 4), ("ไทย", 3), ("２０２４ Q4", 11), ("\u{1FAE8}", 2),
  ])
  func `A cluster is as wide as its widest part, at most two`(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func `Ambiguous characters are as wide as the option says`() {
    #expect(displayWidth("“…”─█α①", ambiguous: 1) == 7)
    #expect(displayWidth("“…”─█α①", ambiguous: 2) == 14)
    #expect(displayWidth("县a。", ambiguous: 2) == 5)
  }

  @Test func `The fast path counts as the table does`() {
    for value: UInt32 in 0x20...0xFFFF {
      guard let scalar = Unicode.Scalar(value), let fast = commonWidth(of: String(scalar)) else {
        continue
      }
      #expect(fast == scalarWidth(scalar, ambiguous: 2), "U+\(hexadecimal(value, digitCount: 4))")
      #expect(WidthClass(of: scalar) != .hidden)
    }
  }

  @Test func `Safe texts join with no neighbour: widths add up`() {
    var generator = SeededGenerator(state: 1)
    for _ in 0..<3000 {
      let left = terminalSafe(generator.text())
      let right = terminalSafe(generator.text())
      let sum = displayWidth(left) + 3 + displayWidth(right)
      #expect(displayWidth("\(left) │\(right)│") == sum, "\(left.debugDescription)")
    }
  }

  @Test func `The width table is what scripts slash generate-width-table.py makes`() {
    guard hasPython else { return }
    let status = shellStatus("python3 '\(projectFolder)/scripts/generate-width-table.py' --check")
    #expect(
      status == 0 || status == 3,
      "stale: run scripts/generate-width-table.py and commit Sources/Rendering/WidthTable.swift")
  }
}
