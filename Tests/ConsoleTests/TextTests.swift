// TextTests.swift: texts of scripts and of the line, as bytes and as cells.

import Support
import Syntax
import Testing

@testable import Console

@Suite struct TextTests {
  @Test(
    arguments: [
      ("a\r\nb\rc\n", "a\nb\nc"), ("\ta", "  a"), ("\u{1B}[31m\u{0}", "\\e[31m\\x00"), ("\n", "\n"),
      ("，\u{3000}：", "，\u{3000}："), ("a\n\n", "a\n"),
    ])
  func `A paste becomes text that is safe to edit`(pasted: String, wanted: String) {
    #expect(pastedText(Array(pasted.utf8)) == wanted)
  }

  @Test func `Places of a text are in the lines that its line feeds make`() {
    let text = "应办\n\r\na\n"
    var counter = LineCounter(text)
    let bytes = Array(text.utf8)
    for place in [0, 2, 6, 7, 7, 9, bytes.count, bytes.count + 9] {
      #expect(counter.line(at: place) == bytes.prefix(place).count { $0 == 0x0A } + 1)
    }
  }

  @Test func `Every sequence of bytes decodes as the standard library decodes it`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 1...5, using: &generator)).map { _ -> UInt8 in
        let pool: [UInt8] = [
          0x00, 0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xF5,
        ]
        return pool.randomElement(using: &generator) ?? 0
      }
      let library = String(validating: bytes, as: UTF8.self)
      var rest = bytes[...]
      var scalars: [Unicode.Scalar] = []
      while case .scalar(let scalar, let count) = decodeScalar(rest) {
        scalars.append(scalar)
        rest = rest.dropFirst(count)
      }
      let own = rest.isEmpty ? scalars : nil
      #expect(library.map { Array($0.unicodeScalars) } == own, "\(bytes)")
    }
  }

  @Test func `Keys come out the same however their bytes are cut`() {
    let bytes = Array("a县\u{1B}[1;5D\u{1B}b\u{1B}OH\u{1B}[200~\u{1B}\u{1B}[[A\u{1B}[999\u{1}é".utf8)
    var whole = KeyInput()
    whole.append(bytes)
    var wanted: [Key] = []
    while let key = whole.next(isComplete: false) { wanted.append(key) }
    #expect(
      wanted == [
        .character("a"), .character("县"), .sequence("\u{1B}[1;5D"), .sequence("\u{1B}b"),
        .sequence("\u{1B}OH"), .sequence("\u{1B}[200~"), .escape, .sequence("\u{1B}[[A"),
        .sequence("\u{1B}[999"), .character("\u{1}"), .character("é"),
      ])
    var pieces = KeyInput()
    var keys: [Key] = []
    for byte in bytes {
      pieces.append([byte])
      while let key = pieces.next(isComplete: false) { keys.append(key) }
    }
    #expect(keys == wanted)
  }

  @Test func `No sequence of keys brings an edited text out of its bounds`() {
    var generator = SeededGenerator(seed: 11)
    let words = WordMotion(known: KnownWords(["住建", "局"]))
    let pool = ["县", "住建局", "a_b.c", " ", "\n", "e\u{301}", "👨\u{200D}👩", "，"]
    for _ in 0..<200 {
      var text = EditedText("")
      for _ in 0..<40 {
        switch Int.random(in: 0..<9, using: &generator) {
        case 0...2: text.insert(pool.randomElement(using: &generator) ?? "")
        case 3: text.cursor = text.previousCharacter(from: text.cursor)
        case 4: text.cursor = text.nextCharacter(from: text.cursor)
        case 5: text.cursor = words.left(of: text)
        case 6: text.cursor = words.right(of: text)
        case 7: text.remove(from: words.left(of: text), to: text.cursor)
        default: text.transpose()
        }
        #expect(text.cursor >= 0 && text.cursor <= text.scalars.count)
        #expect(
          text.characterBounds.contains(text.cursor) || text.scalars.contains("\u{301}")
            || text.scalars.contains("\u{200D}"))
        #expect(EditedText(text.text, cursorOffset: text.cursorOffset) == text)
      }
    }
  }

  @Test(
    arguments: [
      (0, "0.0 ms"), (1_249_999, "1.2 ms"), (1_250_000, "1.3 ms"), (99_949_999, "99.9 ms"),
      (99_950_000, "100 ms"), (9_999_499_999, "9999 ms"), (9_999_500_000, "10.0 s"),
      (Int64.max, "9223372036.9 s"),
    ])
  func `A time is told in the unit that suits it`(nanoseconds: Int64, wanted: String) {
    #expect(elapsedText(nanoseconds: nanoseconds).english == wanted)
  }

  @Test(arguments: [(999, "999 B"), (1000, "1.0 kB"), (1_149_999_999, "1.1 GB"), (-5, "0 B")])
  func `A number of bytes is told in the unit that suits it`(count: Int64, wanted: String) {
    #expect(byteText(count) == wanted)
  }

  @Test func `The pager shows a text, and leaving it early or not having it is told apart`() throws
  {
    let folder = TemporaryFolder()
    let text = String(repeating: "县住建局\n", count: 50_000)
    try showInPager(text, command: "cat > '\(folder.file("seen"))'")
    #expect(folder.text(of: "seen") == text)
    #expect(throws: SystemError.missing) { try showInPager("x", command: "no-such-pager-here") }
    #expect(needsPager(.auto, rowCount: 24, screenRows: 24))
    #expect(!needsPager(.auto, rowCount: 23, screenRows: 24))
    #expect(!needsPager(.never, rowCount: 1000, screenRows: 24))
  }

  @Test func `An editor changes the text, and one that fails does not`() throws {
    let edited = try textEditedExternally("orders", command: "sed -i s/orders/overdue/")
    #expect(edited == "overdue")
    #expect(throws: SystemError.readWriteFailed) {
      _ = try textEditedExternally("orders", command: "false")
    }
  }

  @Test func `A script is text, or the place of its first bad byte`() throws {
    #expect(try scriptText([0xEF, 0xBB, 0xBF, 0xE5, 0x8E, 0xBF, 0x0A]) == "县\n")
    #expect(throws: ScriptProblem.invalidByte(offset: 4)) {
      try scriptText([0x61, 0xE5, 0x8E, 0xBF, 0xFF, 0x62])
    }
    #expect(throws: ScriptProblem.invalidByte(offset: 1)) { try scriptText([0x61, 0xE5, 0x8E]) }
    let folder = TemporaryFolder()
    #expect(throws: ScriptProblem.system(.missing)) {
      try scriptText(ofFile: folder.file("none.tb"))
    }
    #expect(throws: ScriptProblem.system(.isFolder)) { try scriptText(ofFile: folder.path) }
    folder.write("overdue\n", to: "a.tb")
    #expect(try scriptText(ofFile: folder.file("a.tb")) == "overdue\n")
  }
}
