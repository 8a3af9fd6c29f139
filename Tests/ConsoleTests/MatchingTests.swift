// MatchingTests.swift: which candidates a typed word finds, and in which order.

import Catalog
import Console
import Rendering
import Testing

@testable import Console

@Suite struct MatchingTests {
  private let units = CandidateSet(
    [
      Candidate("城关街道办"), Candidate("县城管执法局"),
      Candidate("县住建局", aliases: ["住建", "建设局"]), Candidate("县行政审批局"),
      Candidate("县民政局"), Candidate("长兴镇"), Candidate("overdue", twin: "逾期"),
      Candidate("Overview"), Candidate("ＡＢ公司"),
    ], counts: [5, 9, 52, 1, nil, 3, nil, nil, nil], total: 100)

  private func names(_ typed: String) -> [String] {
    let result = units.matches(typed)
    return (0..<result.count).map { result[$0].name }
  }
  private func classes(_ typed: String) -> [MatchClass] {
    let result = units.matches(typed)
    return (0..<result.count).map(result.matchClass)
  }

  @Test(
    arguments: [
      ("ov", ["overdue", "Overview"], MatchClass.prefix),
      ("OVERDUE", ["overdue"], .equal),
      ("住建", ["县住建局"], .alias),
      ("建设", ["县住建局"], .aliasPrefix),
      ("逾", ["overdue"], .aliasPrefix), ("yq", ["overdue"], .initials),
      ("zhujian", ["县住建局"], .syllables),
      ("县zj", ["县住建局"], .syllables),
      ("minz", ["县民政局"], .syllables),
      ("zhuj", ["县住建局"], .syllables),
      ("执法", ["县城管执法局"], .substring),
      ("hzsp", ["县行政审批局"], .initialsInside),
      ("xzsp", ["县行政审批局"], .initialsInside),
      ("zxz", ["长兴镇"], .initials), ("cxz", ["长兴镇"], .initials),
      ("zhangxing", ["长兴镇"], .syllables), ("changx", ["长兴镇"], .syllables),
      ("ab公", ["ＡＢ公司"], .prefix),
      ("县局", ["县住建局", "县城管执法局", "县行政审批局", "县民政局"], .subsequence),
    ])
  func `A typed word finds the names of its class`(
    typed: String, wanted: [String], matchClass: MatchClass
  ) {
    let order = names(typed)
    #expect(order.sorted() == wanted.sorted())
    #expect(Set(classes(typed)) == [matchClass])
  }

  @Test func `Initials from the start come before initials inside, whatever the counts`() {
    #expect(names("cg") == ["城关街道办", "县城管执法局"])
    #expect(classes("cg") == [.initials, .initialsInside])
  }

  @Test func `Within a class the greater count comes first, none last, then catalogue order`() {
    #expect(
      names("县") == ["县住建局", "县城管执法局", "县行政审批局", "县民政局"])
    #expect(names("").prefix(3) == ["县住建局", "县城管执法局", "城关街道办"])
  }

  @Test func `Accents are not folded`() {
    #expect(CandidateSet([Candidate("résumé")]).matches("resume").count == 0)
    #expect(CandidateSet([Candidate("RÉSUMÉ")]).matches("résumé").count == 1)
  }

  @Test func `A word nothing answers to names what is nearest`() {
    let nearest = units.nearest(to: "zjk")
    #expect(nearest?.name == "县住建局")
    #expect(nearest?.spelling == "zjj")
    #expect(units.nearest(to: "qqqqqqqq") == nil)
  }

  @Test func `Every reading of a polyphone counts`() {
    let pinyin = Pinyin.shared
    #expect(pinyin.readings(of: "行").contains("hang"))
    #expect(pinyin.readings(of: "行").contains("xing"))
    #expect(Set(pinyin.readings(of: "重")).isSuperset(of: ["chong", "zhong"]))
    #expect(pinyin.readings(of: "绿") == ["lu", "lv"])
    #expect(pinyin.readings(of: "县") == ["xian"])
    #expect(pinyin.readings(of: "a") == [])
    #expect(pinyin.readings(of: "𠀀") == [])
  }

  @Test func `All 6,763 hanzi of GB2312 have a reading`() throws {
    let converter = try #require(CharacterConverter(from: "GB2312", to: "UTF-8"))
    var hanziCount = 0
    for first in UInt8(0xB0)...0xF7 {
      for second in UInt8(0xA1)...0xFE {
        let (made, usedCount) = converter.convert([first, second])
        guard usedCount == 2 else { continue }
        for scalar in String(decoding: made, as: UTF8.self).unicodeScalars {
          #expect(!Pinyin.shared.readings(of: scalar).isEmpty, "\(scalar)")
          hanziCount += 1
        }
      }
    }
    #expect(hanziCount == 6763)
  }

  @Test func `A search that is cancelled gives what it has found`() {
    let many = CandidateSet((0..<5000).map { Candidate("name\($0)") })
    let result = many.matches("name", isCancelled: { _ in true })
    #expect(result.isPartial)
    #expect(result.count == 1023)
    let rows = CompletionMenu(result).rows(
      widthCells: 40, screenRows: 12, language: .english, ambiguous: 1)
    #expect(rows.last?.glyphs.map(\.text).joined().hasPrefix("  … ") == true)
    let few = CompletionMenu(units.matches("县教"), isUnfinished: true).rows(
      widthCells: 40, screenRows: 12, language: .english, ambiguous: 1)
    #expect(few.last?.glyphs.map(\.text).joined() == "  …")
  }

  @Test func `A menu has aligned columns, a mark, and says what it leaves out`() {
    var menu = CompletionMenu(units.matches(""))
    menu.walk(1)
    let rows = menu.rows(widthCells: 40, screenRows: 12, language: .chinese, ambiguous: 1)
    #expect(
      rows.map { $0.glyphs.map(\.text).joined() } == [
        "> 县住建局      52  52.00%", "  县城管执法局   9   9.00%", "  城关街道办     5   5.00%",
        "  … 还有 6 项",
      ])
    menu.walk(-1)
    let last = menu.rows(widthCells: 40, screenRows: 12, language: .chinese, ambiguous: 1)
    #expect(last[0].glyphs.map(\.text).joined().hasPrefix("  overdue   逾期  -"))
  }

  @Test func `Every row of a menu is as wide as the others, whatever the names hold`() {
    let names = [
      "扶风发布", "县人社局（筹）公众号", "“栏目”服务号", "平安👍扶风", "坏\u{1B}[31m名", "反\u{202E}向",
      "长长长长长长长长长长长长长长长长长长长长长长长长",
    ]
    let set = CandidateSet(
      names.map { Candidate($0) }, counts: names.indices.map { Int64($0 * 100 + 1) }, total: 3000)
    let menu = CompletionMenu(set.matches(""))
    let rows = menu.rows(widthCells: 80, screenRows: 40, language: .chinese, ambiguous: 1)
    #expect(rows.count == names.count)
    #expect(Set(rows.map(\.widthCells)).count == 1)
    let text = rows.map { $0.glyphs.map(\.text).joined() }.joined(separator: "\n")
    #expect(text.contains("坏\\e[31m名") && text.contains("反<U+202E>向") && text.contains("…"))
    #expect(!text.unicodeScalars.contains("\u{1B}") && !text.unicodeScalars.contains("\u{202E}"))
  }

  @Test func `On a narrow screen a menu leaves columns out and never cuts a number`() {
    func rows(_ cells: Int) -> [String] {
      CompletionMenu(units.matches("县")).rows(
        widthCells: cells, screenRows: 24, language: .chinese, ambiguous: 1
      ).map { $0.glyphs.map(\.text).joined() }
    }
    #expect(rows(30).first == "  县住建局      52  52.00%")
    #expect(rows(24).first == "  县住建局      52")
    #expect(rows(12).first == "  县住…   52")
  }
}
