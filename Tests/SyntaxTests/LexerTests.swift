// LexerTests.swift: what every typed form of a word or mark is read as (language.md 2).

import Testing

@testable import Syntax

/// The tokens of a text without blanks, each as its text form.
private func kinds(_ text: String, _ known: KnownWords = KnownWords()) -> [Token.Kind] {
  lex(text, knowing: known).tokens.map(\.kind).filter { $0 != .blank && $0 != .end }
}

private func codes(_ text: String, _ known: KnownWords = KnownWords()) -> [String] {
  parse(text, knowing: known).diagnostics.map(\.code)
}

private func tree(_ text: String, _ known: KnownWords = KnownWords()) -> [String] {
  parse(text, knowing: known).statements.map { $0.statement.map { treeText(of: $0) } ?? "none" }
}

@Suite struct LexerTests {
  let words: KnownWords

  init() throws { words = try #require(RulebookWords.builtIn).known }

  @Test(arguments: [
    ("a，b、c", "a, b, c"), ("（a＋b）", "(a + b)"), ("a｛k＝1｝", "a{k = 1}"), ("a　by　unit", "a by unit"),
    ("a where k≠1", "a where k != 1"), ("a where k≤1", "a where k <= 1"),
    ("a where k≥1", "a where k >= 1"), ("a where k《1", "a where k < 1"),
    ("a where k》=1", "a where k >= 1"), ("a where k《＝1", "a where k <= 1"),
    ("a where k！＝1", "a where k != 1"), ("a×b÷c−d", "a * b / c - d"), ("a*b／c", "a * b / c"),
    ("a where k = ￥u", "a where k = $u"), ("a where k = ¥u", "a where k = $u"),
    ("a where ＠f", "a where @f"), ("a where k in 1～5", "a where k in 1..5"),
    ("a where k in 1~5", "a where k in 1..5"), ("a where k in 1…5", "a where k in 1..5"),
    ("a where k in 1……5", "a where k in 1..5"), ("a where k in 1至5", "a where k in 1..5"),
    ("a where k in 1 至 5", "a where k in 1..5"), ("a where k = 3。5", "a where k = 3.5"),
    ("a where k = “x”", "a where k = 'x'"), ("a where k = ‘x’", "a where k = 'x'"),
    ("a where k = 「x」", "a where k = 'x'"), ("a where k = 『x』", "a where k = 'x'"),
    ("a where k = ＇x＇", "a where k = 'x'"), ("【a b】 by c", "[a b] by c"),
    ("〔a b〕 by c", "[a b] by c"), ("［a b］ by c", "[a b] by c"), ("a by b。", "a by b"),
    ("a by b？", "a by b"), ("a by b?", "a by b"), ("a by b ?？。 # c", "a by b"),
    ("Ａ　ＢＹ　ｃ", "A by c"), ("a ORDER  BY b DESC", "a order b desc"), ("a Group By b", "a by b"),
    ("a top ５", "a top 5"), ("a having a＞９８％", "a having a > 98%"), ("a；b", "a;b"),
    ("a ＃ c\nb", "a # c\nb"), ("a during 2024．．2025", "a during 2024..2025"),
  ])
  func aMarkTypedThroughAnIMEIsTheASCIIMark(_ typed: String, _ plain: String) {
    #expect(tree(typed) == tree(plain))
    #expect(codes(typed) == [])
  }

  @Test func theInsideOfATextIsNeverNormalized() throws {
    #expect(kinds("'“栏目”，'") == [.text("“栏目”，")])
    #expect(kinds("“it's ＡＢ”") == [.text("it's ＡＢ")])
    #expect(kinds("'it''s'") == [.text("it's")])
    #expect(kinds("‘a’’b’") == [.text("a’b")])
    #expect(kinds("''") == [.text("")])
    #expect(kinds("\"a'b\"") == [.text("a'b")])
  }

  @Test func aBracketedNameMayHoldAnything() {
    #expect(kinds("[a b]") == [.bracketedName("a b")])
    #expect(kinds("[a]]b]") == [.bracketedName("a]b")])
    #expect(kinds("[by]") == [.bracketedName("by")])
    #expect(codes("a by [b") == ["P07"])
  }

  @Test func numbersPeriodsAndNamesAreToldApart() {
    func number(_ form: NumberSyntax.Form, _ digits: Int64, _ scale: Int, _ end: Int) -> Token.Kind
    {
      .number(NumberSyntax(form, digits: digits, scale: scale, at: SourceRange(0, end)))
    }
    #expect(kinds("12") == [number(.whole, 12, 0, 2)])
    #expect(kinds("3.50") == [number(.decimal, 350, 2, 4)])
    #expect(kinds("96.27%") == [number(.percent, 9627, 2, 6)])
    #expect(kinds("９８％") == [number(.percent, 98, 0, 9)])
    #expect(kinds("2024-11") == [.period(.month(year: 2024, 11))])
    #expect(kinds("２０２４－１１") == [.period(.month(year: 2024, 11))])
    #expect(kinds("2024-1") == [.period(.month(year: 2024, 1))])
    #expect(kinds("2024 - 11").count == 3)
    #expect(kinds("2024Q4") == [.period(.quarter(year: 2024, 4))])
    #expect(kinds("2024h2") == [.period(.half(year: 2024, 2))])
    #expect(kinds("q4") == [.period(.quarter(year: nil, 4))])
    #expect(kinds("2024年") == [.period(.year(2024))])
    #expect(kinds("2024年度") == [.period(.year(2024))])
    #expect(kinds("2024年四季度") == [.period(.quarter(year: 2024, 4))])
    #expect(kinds("2024年第4季度") == [.period(.quarter(year: 2024, 4))])
    #expect(kinds("2024年下半年") == [.period(.half(year: 2024, 2))])
    #expect(kinds("上半年") == [.period(.half(year: nil, 1))])
    #expect(kinds("2024年11月") == [.period(.month(year: 2024, 11))])
    #expect(kinds("2024年十一月") == [.period(.month(year: 2024, 11))])
    #expect(kinds("11月份") == [.period(.month(year: nil, 11))])
    #expect(kinds("十月") == [.period(.month(year: nil, 10))])
    #expect(kinds("score.ontime") == [.name("score.ontime")])
    #expect(kinds("a.b.c_1") == [.name("a.b.c_1")])
    #expect(kinds("10..12").count == 3)
    #expect(kinds("a..b").count == 3)
    #expect(kinds("1,234").count == 3)
    #expect(kinds("12345热线", words) == [.name("12345热线")])
  }

  @Test(arguments: [
    ("12abc", "L02"), ("3.5.2", "L02"), ("2024-11-05", "L02"), ("99999999999999999999", "L02"),
    ("0.00000000000000000001", "L02"), ("12345热线", "L02"), ("2024Q5", "V01"), ("H3", "V01"),
    ("2024-13", "V01"), ("1850-11", "V01"), ("2100年", "V01"), ("十三月", "V01"), ("13月", "V01"),
    ("第五季度", "V01"), ("0月", "V01"), ("a.", "L03"), ("a. b", "L03"), ("a——b", "L03"),
    ("a·b", "L03"), ("a ! b", "L03"), ("a & b", "L03"), ("a ? b", "L03"), ("a。b", "L03"),
    ("a…b…", "P01"), ("$", "L03"), ("a: b", "L03"), ("a ]", "L03"), ("a”", "L03"),
    ("\u{200B}a", "L03"), ("a 'b", "L01"), ("a “b'", "L01"), ("a...b", "L03"), ("a ^ b", "L03"),
  ])
  func whatCannotBeReadHasACode(_ text: String, _ code: String) {
    #expect(codes(text) == [code])
  }

  @Test func multiWordKeywordsAreOneToken() {
    #expect(
      kinds("Year To  Date quarter to date year ago") == [
        .keyword("year to date", .english), .keyword("quarter to date", .english),
        .keyword("year ago", .english),
      ])
    #expect(kinds("year to x").count == 3)
    #expect(kinds("本年累计") == [.keyword("year to date", .chinese)])
    #expect(kinds("去年同期") == [.keyword("year ago", .chinese)])
  }

  @Test(arguments: [
    ("环比", "vs previous"), ("同比", "vs year ago"), ("为空", "is null"), ("非空", "is not null"),
    ("为空白", "is blank"), ("非空白", "is not blank"), ("不属于", "not in"), ("不含", "not contains"),
    ("本月", "this month"), ("本季度", "this quarter"), ("本年", "this year"), ("上月", "last month"),
    ("上季度", "last quarter"), ("上年", "last year"), ("去年", "last year"),
  ])
  func aChineseWordMayStandForSeveralTokens(_ chinese: String, _ english: String) {
    func keywords(_ text: String) -> [String] {
      kinds(text).compactMap { if case .keyword(let word, _) = $0 { word } else { nil } }
    }
    #expect(keywords(chinese) == keywords(english))
    #expect(keywords(chinese).count > 1)
  }

  @Test func aFileNameStandsOnlyBehindInto() {
    #expect(kinds("into a-b/c.csv;x").contains(.path("a-b/c.csv")))
    #expect(kinds("存为逾期.csv").contains(.path("逾期.csv")))
    #expect(kinds("into 'a b.csv'").contains(.text("a b.csv")))
    #expect(kinds("into $f").contains(.parameter("f")))
    #expect(codes("then without into where a = 1") == [])
  }

  // MARK: - Chinese without blanks (2.2)

  @Test(arguments: [
    ("按期办结率按单位", "按期办结率 按 单位"), ("逾期按单位其中月=11", "逾期 按 单位 其中 月=11"),
    ("应办按单位前10附其余、占比", "应办 按 单位 前 10 附 其余、占比"),
    ("逾期按月期间2024年10月至2024年12月", "逾期 按 月 期间 2024年10月～2024年12月"),
    ("逾期按月期间近6月", "逾期 按 月 期间 近 6 月"), ("逾期按单位期间2024Q4环比", "逾期 按 单位 期间 2024Q4 环比"),
    ("逾期by单位", "逾期 by 单位"), ("逾期按unit前5", "逾期 按 unit 前 5"),
    ("应办其中渠道=12345热线期间2024Q4", "应办 其中 渠道=[12345热线] 期间 2024Q4"),
    ("逾期按单位输出柱图存为逾期.csv覆盖", "逾期 按 单位 输出 柱图 存为 逾期.csv覆盖"),
    ("按期办结率按单位满足应办≥20且按期办结率＜98％", "按期办结率 按 单位 满足 应办>=20 且 按期办结率<98%"),
    ("逾期占比", "逾期 占比"),
  ])
  func aRunIsSplitLongestWordFirst(_ run: String, _ spaced: String) {
    let expected = tree(spaced, words).map { $0.replacing("[12345热线]", with: "12345热线") }
    #expect(tree(run, words) == expected)
  }

  @Test func aRunThatIsOneWordIsNotSplit() {
    #expect(kinds("按期办结率", words) == [.name("按期办结率")])
    #expect(kinds("未知的词", words) == [.name("未知的词")])
    #expect(kinds("前后", words) == [.keyword("top", .chinese), .keyword("bottom", .chinese)])
  }

  @Test func aSecondReadingIsNoted() {
    let known = KnownWords(["甲", "乙丙", "甲乙", "丙"])
    let parsed = parse("甲乙丙", knowing: known)
    #expect(
      parsed.statements.flatMap(\.notes) == [
        Note(
          "I08",
          Bilingual("`甲乙丙` is read as `甲乙 丙`; it could also be `甲 乙丙`", "“甲乙丙”读作“甲乙 丙”，也可读作“甲 乙丙”"))
      ])
    #expect(parse("甲乙 丙", knowing: known).statements.flatMap(\.notes) == [])
    #expect(parse("逾期按单位", knowing: words).statements.flatMap(\.notes) == [])
  }

  @Test func inANamingSlotARunIsNeverSplit() {
    #expect(codes("逾期/应办 记作 逾期占应办 排序 逾期占应办", words) == [])
    #expect(codes("定义 指标 逾期占应办 = 逾期/应办; 逾期占应办按单位", words) == [])
    #expect(kinds("@前后", words) == [.mark("@"), .name("前后")])
    #expect(kinds("$前后", words) == [.parameter("前后")])
    #expect(codes("define dimension x alias 前后, 按月 member 上月 (前后) unranked 按月", words) == [])
    #expect(codes("define dataset x column 前后 text column 上月 whole", words) == [])
  }

  @Test func aMistypedWordInARunIsNamed() {
    let parsed = parse("逾期按单为其中月=11", knowing: words)
    #expect(parsed.diagnostics.map(\.code) == ["P11"])
    #expect(parsed.diagnostics.map(\.message.chinese) == ["不认识的词“单为”"])
    #expect(parsed.diagnostics.map { "逾期按单为其中月=11".slice($0.range ?? SourceRange(0, 0)) } == ["单为"])
  }

  // MARK: - Statements and lines (2.3)

  @Test(arguments: [
    ("a\nb", 2), ("a;b", 2), ("a\n\nb", 2), ("a,\nb", 1), ("a +\nb", 1), ("(a\n+ b)", 1),
    ("a\nby b", 1), ("a\n按 b", 1), ("a\n  group by b", 1), ("a\n\nby b", 2), ("a \\\nb", 1),
    ("a where b =\n1", 1), ("a where b = 1 and\nc = 2", 1), ("a\n# x\nby b", 1), ("a\n环比", 1),
    ("define metric a\n  label 'x'", 1), ("define metric a\nlabel by c", 2), ("a\n  b", 2),
    ("a where (b = 1\n\n)", 2), ("(a;b", 2), ("a # c\nb", 2), ("a where b in 1 ..\n5", 1),
    ("a\r\nby b\r\n\r\nc", 2), ("a where b = 1 or # x\n c = 2", 1), ("", 0), ("# x\n\n;;\n", 0),
  ])
  func aLineEndEndsAStatementUnlessItGoesOn(_ text: String, _ count: Int) {
    #expect(parse(text).statements.count == count)
  }

  @Test func helpLinesBelongToTheDefinitionBelow() throws {
    func comment(_ text: String) -> String? {
      guard case .define(.metric(let metric))? = parse(text).statements.last?.statement?.kind else {
        return nil
      }
      return metric.comment
    }
    #expect(comment("## One.\n##  Two. \ndefine metric a = b") == "One.\n Two.")
    #expect(comment("## One.\n\ndefine metric a = b") == nil)
    #expect(comment("# One.\ndefine metric a = b") == nil)
    #expect(comment("## One.\n# no\ndefine metric a = b") == nil)
    #expect(comment("x\n## One.\ndefine metric a = b") == "One.")
  }

  @Test func columnsAndLinesCountCharacters() {
    let text = "逾期 按\né = e\u{301}x"
    #expect(text.column(of: 0) == 1)
    #expect(text.column(of: 7) == 4)
    #expect(SourcePosition(of: 11, in: text).line == 2)
    #expect(SourcePosition(of: text.utf8.count, in: text).column == 7)
    #expect(SourcePosition(of: 3, in: text).lineRange == SourceRange(0, 10))
    #expect(SourcePosition(of: 999, in: text).line == 2)
    #expect(text.column(of: -5) == 1)
  }
}

@Suite struct FoldingTests {
  @Test(arguments: [
    ("Overdue", "overdue"), ("ＯＶＥＲＤＵＥ　１", "overdue1"), (" 县 住建局\u{A0}", "县住建局"),
    ("Ⅳ①㎡ﬁ", "iv1m2fi"),
    ("⼈", "人"), ("豈", "豈"), ("e\u{301}", "é"), ("É", "É"), ("A\u{30A}", "å"), ("（筹）", "(筹)"),
    ("", ""),
  ])
  func variantsOfANameFoldToOneSpelling(_ name: String, _ folded: String) {
    #expect(foldedName(name).utf8.elementsEqual(folded.utf8))
    #expect(foldedName(foldedName(name)).utf8.elementsEqual(folded.utf8))
  }
}

@Suite struct EditDistanceTests {
  @Test(arguments: [
    ("were", "where", 1), ("overdeu", "overdue", 1), ("untis", "unit", 2), ("", "ab", 2),
    ("abc", "abc", 0), ("ca", "abc", 3), ("案", "按", 1), ("abcd", "badc", 2),
  ])
  func slipsAreCounted(_ first: String, _ second: String, _ distance: Int) {
    #expect(editDistance(first, second, limit: 3) == distance)
    #expect(editDistance(second, first, limit: 3) == distance)
    #expect(editDistance(first, second, limit: distance) == distance)
    if distance > 0 { #expect(editDistance(first, second, limit: distance - 1) == nil) }
  }

  @Test func theBandedTableAgreesWithTheWholeOne() {
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<2000 {
      func word() -> String {
        String(
          (0..<Int.random(in: 0...7, using: &numbers)).map { _ in
            "abc".randomElement(using: &numbers) ?? "a"
          })
      }
      let (first, second) = (word(), word())
      let whole = editDistance(first, second, limit: 20)
      for limit in 0...4 {
        let banded = editDistance(first, second, limit: limit)
        #expect(banded == whole.flatMap { $0 <= limit ? $0 : nil }, "\(first) \(second) \(limit)")
      }
    }
  }
}
