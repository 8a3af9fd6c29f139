// TextTests.swift: bytes arrive; the laws of encodings, cleaning, dictionaries, phrases and CSV are
// held.

@_spi(_Unicode) import Swift
import Catalog
import Testing

@testable import Loading

/// A small seeded generator, so that a failing law can be repeated.
struct Seeded {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return bound <= 0 ? 0 : Int(truncatingIfNeeded: state >> 33) % bound
  }
}

private func cleaned(_ text: String) -> (String, Bool) {
  let bytes = Array(text.utf8)
  var output: [UInt8] = []
  let isRepaired = clean(0..<bytes.count, of: bytes, into: &output)
  return (String(decoding: output, as: UTF8.self), isRepaired)
}

@Suite struct TextTests {
  @Test func `a text has one spelling, whatever the file composed it of`() {
    func composed(_ text: String) -> [UInt8] { Loading.composed(Array(text.utf8)) }
    #expect(composed("e\u{301}") == Array("\u{E9}".utf8))
    #expect(composed("か\u{3099}") == Array("が".utf8))
    #expect(composed("\u{F90A}") == Array("\u{91D1}".utf8))
    #expect(composed("\u{1112}\u{1161}\u{11AB}") == Array("\u{D55C}".utf8))
    // What is left as it is for sure is what the standard library leaves.
    var changed: [UInt32] = []
    for value in UInt32(1)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let bytes = Array(text.utf8)
      if isComposed(0..<bytes.count, of: bytes), !text._nfc.elementsEqual([scalar]) {
        changed.append(value)
      }
    }
    #expect(changed == [])
  }

  @Test func `bytes are UTF-8 where the standard library reads them`() {
    var random = Seeded(state: 5)
    func expectSame(_ bytes: [UInt8], _ range: Range<Int>) {
      let isValid = String(validating: bytes[range], as: UTF8.self) != nil
      let first = firstInvalidUTF8(range, of: bytes)
      #expect((first == nil) == isValid, "\(bytes[range])")
    }
    // All pairs, and around them what makes the pair a part of more.
    for pair in 0..<1 << 16 {
      let own = [UInt8(pair >> 8), UInt8(pair & 255)]
      for rest in [[], [0x80], [0xBF, 0x80], [0x80, 0x80, 0x80]] as [[UInt8]] {
        expectSame(own + rest, 0..<own.count + rest.count)
      }
    }
    let pieces = ["a", "县", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{10FFFF}", "𠮷"]
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<random.next(60) { bytes += Array(pieces[random.next(pieces.count)].utf8) }
      let start = random.next(bytes.count + 1)
      expectSame(bytes, start..<bytes.count)
      if bytes.isEmpty { continue }
      bytes[random.next(bytes.count)] = UInt8(random.next(256))
      expectSame(bytes, 0..<bytes.count)
      expectSame(bytes, 0..<start)
    }
  }

  @Test func layoutIsTakenOutOfNamesAndKeptBetweenWords() {
    let cases: [(String, String, Bool)] = [
      ("国网扶风供 电公司", "国网扶风供电公司", true),
      ("市生态环境局\n扶风分局", "市生态环境局扶风分局", true),
      ("10月逾期2 件, 11月逾期 1件", "10月逾期2件,11月逾期1件", true),
      ("链接异常, 无法访问", "链接异常,无法访问", false),
      ("  State Grid  ", "State Grid", false),
      ("　县人社局　", "县人社局", false),
      ("中国 Unicom Fufeng 分公司", "中国Unicom Fufeng分公司", true),
    ]
    for (text, expected, isRepaired) in cases {
      #expect(cleaned(text) == (expected, isRepaired), "\(text)")
    }
  }

  @Test func cleaningTwiceChangesNothing() {
    let pieces = ["县", "局", " ", "　", "\n", "a", "B", "1", ",", "；", "\u{A0}", "é"]
    var random = Seeded(state: 7)
    for _ in 0..<2000 {
      let text = (0..<random.next(12)).map { _ in pieces[random.next(pieces.count)] }.joined()
      let once = cleaned(text).0
      #expect(cleaned(once) == (once, false), "\(text)")
    }
  }

  @Test func theDictionaryTellsByteStringsApartAndOnlyThem() {
    let pieces = ["县", "局", "a", "é", "e\u{301}", "", "b"]
    var random = Seeded(state: 11)
    var dictionary = ByteDictionary()
    var model: [[UInt8]] = []
    for _ in 0..<3000 {
      let text = (0..<random.next(5)).map { _ in pieces[random.next(pieces.count)] }.joined()
      let key = Array(text.utf8)
      let expected = model.firstIndex(of: key)
      #expect(dictionary.code(of: key) == expected)
      let code = dictionary.insert(key)
      if expected == nil { model.append(key) }
      #expect(model[code] == key)
      #expect(dictionary.bytes(code) == key)
    }
    #expect(dictionary.count == model.count)
  }

  @Test func phrasesAreFoundLeftmostAndLongest() {
    let phrases = ["逾期", "逾期办结", "办结", "办结率", "率", "a", "ab", "件"]
    let finder = PhraseFinder(phrases.map { Array($0.utf8) })
    let pieces = ["逾", "期", "办", "结", "率", "a", "b", "件", "，"]
    var random = Seeded(state: 3)
    for _ in 0..<1000 {
      let text = (0..<random.next(14)).map { _ in pieces[random.next(pieces.count)] }.joined()
      let bytes = Array(text.utf8)
      var expected: [String] = []
      var index = 0
      while index < bytes.count {
        let here = phrases.filter { starts(with: Array($0.utf8), at: index, of: bytes) }
        if let longest = here.max(by: { $0.utf8.count < $1.utf8.count }) {
          expected.append(longest)
          index += longest.utf8.count
        } else {
          index += 1
        }
      }
      let found = finder.matches(in: 0..<bytes.count, of: bytes).map { phrases[$0.phrase] }
      #expect(found == expected, "\(text)")
    }
  }

  @Test func aFullMarkIsTakenOffAHeading() {
    func parts(_ text: String) -> (String, Int64?) {
      let bytes = Array(text.utf8)
      let found = heading(0..<bytes.count, of: bytes)
      return (String(decoding: found.folded, as: UTF8.self), found.weight?.digits)
    }
    #expect(parts("办结得分 (25分)") == ("办结得分", 25))
    #expect(parts("按期办结（35分）.工单数") == ("按期办结.工单数", 35))
    #expect(parts("事发地(镇街)") == ("事发地(镇街)", nil))
    #expect(parts("工单 数") == ("工单数", nil))
  }
}

@Suite struct EncodingTests {
  private func text(_ bytes: [UInt8], _ encoding: TextEncoding = .auto) -> (String, String)? {
    guard let found = try? decoded(bytes, as: encoding) else { return nil }
    return (String(decoding: found.bytes, as: UTF8.self), found.encoding)
  }

  private func utf16(_ text: String, isBigEndian: Bool) -> [UInt8] {
    var bytes: [UInt8] = isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
    for unit in text.utf16 {
      let (low, high) = (UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8))
      bytes += isBigEndian ? [high, low] : [low, high]
    }
    return bytes
  }

  /// 县住建局,5 in GB18030
  private let gb: [UInt8] = [
    0xCF, 0xD8, 0xD7, 0xA1, 0xBD, 0xA8, 0xBE, 0xD6, 0x2C, 0x35,
  ]

  @Test func eachEncodingIsFoundByItself() throws {
    let word = "县住建局,5"
    let utf8 = Array(word.utf8)
    let little = utf16(word, isBigEndian: false)
    let big = utf16(word, isBigEndian: true)
    let cases: [([UInt8], String)] = [
      (utf8, "UTF-8"), ([0xEF, 0xBB, 0xBF] + utf8, "UTF-8 with BOM"), (gb, "GB18030"),
      (little, "UTF-16LE"), (big, "UTF-16BE"),
    ]
    for (bytes, name) in cases {
      let found = try #require(text(bytes))
      #expect(found == (word, name))
    }
  }

  @Test func aCharacterBeyondTheBasicPlaneSurvives() throws {
    let word = "𠮷a"
    let little = utf16(word, isBigEndian: false)
    #expect(try #require(text(little)) == (word, "UTF-16LE"))
  }

  @Test func aFileCutInsideACharacterIsRefusedAtItsByte() {
    func offset(_ bytes: [UInt8], _ encoding: TextEncoding = .auto) -> Int? {
      do {
        _ = try decoded(bytes, as: encoding)
        return nil
      } catch {
        return error.offset
      }
    }
    let utf8 = Array("县ab县".utf8)
    #expect(offset(Array(utf8.dropLast())) == 5)
    #expect(offset(Array(utf8.dropLast(2))) == 5)
    #expect(offset(Array(gb.prefix(7))) == 6)
    #expect(offset(gb, .utf8) == 0)
    #expect(offset([0xFF, 0xFE, 0x41]) == 2)
    #expect(offset([0xFF, 0xFE, 0x00, 0xD8]) == 2)
    let text = Array("甲,1\n".utf8)
    #expect(nullBytes(in: text + [UInt8](repeating: 0, count: 9)) == text.count)
    #expect(nullBytes(in: [0xFF, 0xFE] + [UInt8](repeating: 0, count: 9)) == nil)
    #expect(nullBytes(in: Array("a,b\u{0}\n".utf8)) == nil)
    #expect(offset([0x61, 0xFF, 0xFF]) == 1)
  }

  @Test func noReplacementCharacterIsEverMade() {
    var random = Seeded(state: 5)
    for _ in 0..<3000 {
      let bytes = (0..<random.next(12)).map { _ in UInt8(random.next(256)) }
      guard let (found, encoding) = text(bytes) else { continue }
      let isWritten = encoding.hasPrefix("UTF-16") || bytes.contains(0xEF) || encoding == "GB18030"
      #expect(isWritten || !found.unicodeScalars.contains("\u{FFFD}"), "\(bytes)")
    }
  }
}

@Suite struct DelimitedTests {
  private func read(_ text: String, _ delimiter: UInt8 = 0x2C) -> [[String]]? {
    guard let grid = try? grid(ofDelimited: Array(text.utf8), delimiter: delimiter) else {
      return nil
    }
    return grid.rows.map { row in
      grid.cells[row.cells].map { String(decoding: grid.bytes[$0], as: UTF8.self) }
    }
  }

  @Test func quotesLinesAndEndsAreThoseOfTheStandard() {
    #expect(read("a,b\r\n1,2\r\n") == [["a", "b"], ["1", "2"]])
    #expect(read("a,\"b,\"\"c\"\"\"\n") == [["a", "b,\"c\""]])
    #expect(read("\"a\nb\",c") == [["a\nb", "c"]])
    #expect(read("a,,\n,") == [["a", "", ""], ["", ""]])
    #expect(read("") == [])
    #expect(read("a\tb", 0x09) == [["a", "b"]])
    #expect(read("\"a") == nil)
    #expect(read("\"a\"b,c") == nil)
  }

  @Test func linesAreCountedThroughQuotedBreaks() throws {
    let grid = try grid(ofDelimited: Array("a\n\"b\nc\"\nd\n".utf8), delimiter: 0x2C)
    #expect(grid.rows.map(\.line) == [1, 2, 4])
  }

  @Test func whatIsWrittenWithQuotesIsReadBack() throws {
    let pieces = ["a", "\"", ",", "\n", "县", " ", ""]
    var random = Seeded(state: 13)
    for _ in 0..<1000 {
      let table = (0...random.next(3)).map { _ in
        (0...random.next(3)).map { _ in
          (0..<random.next(4)).map { _ in pieces[random.next(pieces.count)] }.joined()
        }
      }
      let text = table.map { row in
        row.map { cell in
          let doubled = cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
          return "\"\(doubled)\""
        }.joined(separator: ",")
      }.joined(separator: "\n")
      #expect(read(text) == table, "\(text)")
    }
  }
}

@Suite struct RemarkTests {
  private let words = NoticeVocabulary(testCatalog.phrases)

  private func reading(_ text: String) -> RemarkReading {
    let bytes = Array(text.utf8)
    return remark(0..<bytes.count, of: bytes, words: words)
  }

  @Test func aRemarkIsAListOfMonths() {
    let cases: [(String, RemarkReading)] = [
      ("", RemarkReading()),
      (
        "10月逾期5 件,11月逾期 45件,12月逾 期2件",
        RemarkReading(events: [
          .init(month: 10, name: "overdue", count: 5), .init(month: 11, name: "overdue", count: 45),
          .init(month: 12, name: "overdue", count: 2),
        ])
      ),
      (
        "７月逾期６件，９月退回重办２件；含合办工单",
        RemarkReading(
          events: [
            .init(month: 7, name: "overdue", count: 6), .init(month: 9, name: "redo", count: 2),
          ], isJoint: true)
      ),
      ("含合办工单", RemarkReading(isJoint: true)),
      ("11月逾期若干件", RemarkReading(isUnderstood: false)),
      ("10月逾期2件（已申诉）", RemarkReading(isUnderstood: false)),
      ("13月逾期2件", RemarkReading(isUnderstood: false)),
      ("逾期2件", RemarkReading(isUnderstood: false)),
    ]
    for (text, expected) in cases { #expect(reading(text) == expected, "\(text)") }
  }
}

@Suite struct MemberTests {
  @Test func aNameIsFoundAsTheLanguageFindsIt() throws {
    for name in ["unit", "platform", "request_type", "channel"] {
      let dimension = try #require(testCatalog.dimension(named: name))
      let index = MemberIndex(dimension)
      var spellings = MemberSpellings(dimension)
      var words = ["", "县", "ＧＯＮＧＡＮ", "不存在的单位", "县 住 建 局", "①"]
      for member in dimension.members {
        words += [member.name, member.fullName ?? "", member.english ?? ""] + member.aliases
        words += ["扶风县" + member.name, "扶风" + member.name, String(member.name.dropFirst())]
      }
      for word in words {
        var expected: String?
        if case .found(let member) = index.match(word) { expected = member.name }
        let bytes = Array(word.utf8)
        #expect(spellings.member(0..<bytes.count, of: bytes) == expected, "\(name) \(word)")
      }
    }
  }
}
