// GuidanceTests.swift: colours and hints of the line, on the built-in quarter.

import Rendering
import Syntax
import Testing

@testable import Console

@Suite struct GuidanceTests {
  private func context(_ correction: String? = nil) throws -> LineContext {
    LineContext(
      try #require(GrammarCompletionTests.session), correction: correction, dataName: "2024Q4")
  }

  /// `word:ink` of every coloured range.
  private func inks(_ text: String, at cursor: Int? = nil) throws -> [String] {
    try LineColors(context()).inks(of: text, at: cursor ?? text.utf8.count)
      .map { "\(text.slice($0.range)):\($0.ink)" }
  }

  @Test func `Each kind of word has its ink, in both languages`() throws {
    #expect(
      try inks("overdue by unit where kind = town and month = 11 # x") == [
        "overdue:metric", "by:keyword", "unit:dimension", "where:keyword", "kind:dimension",
        "town:member", "and:keyword", "month:keyword", "11:number", "# x:comment",
      ])
    #expect(
      try inks("逾期按单位其中单位=“住建局”且类别=$k ") == [
        "逾期:metric", "按:keyword", "单位:dimension", "其中:keyword", "单位:dimension",
        "“住建局”:text", "且:keyword", "类别:dimension", "$k:parameter",
      ])
  }

  @Test func `An unknown word is marked only when the cursor has left it`() throws {
    #expect(try inks("overdu").isEmpty)
    #expect(try inks("overdu ") == ["overdu:unknownWord"])
    #expect(try inks("overdu by", at: 3) == ["by:keyword"])
  }

  @Test func `A command is one known word, and a misspelt one is marked behind the cursor`() throws
  {
    #expect(try inks(".mode csv") == [".mode:keyword"])
    #expect(try inks(" 。帮助 逾期") == ["。帮助:keyword"])
    #expect(try inks(".hlep").isEmpty)
    #expect(try inks(".hlep x") == [".hlep:unknownWord"])
  }

  @Test(
    arguments: [
      ("by", "by DIMENSION, …", "按 维度，…"),
      (
        "top", "(top|bottom) N [on EXPRESSION] [per DIMENSION] [exactly]",
        "(前|末) 数 [依 算式] [每 维度] [恰好]"
      ),
      (
        "vs", "vs (previous|year ago|all|PERIOD) [((value|delta|growth), …)]",
        "对比 (上期|去年同期|全体|时期) [((本值|增减|增幅)，…)]"
      ),
      (
        "use", "use (PERIOD|where CONDITION|scheme NAME|version N|none)",
        "限定 (时期|其中 条件|方案 名称|版本 数|无)"
      ),
    ])
  func `How a word is written is told in the language of the page`(
    word: String, english: String, chinese: String
  ) {
    #expect(WrittenForms(.english).lines(holding: word) == [english])
    #expect(WrittenForms(.chinese).lines(holding: word) == [chinese])
  }

  @Test func `The partner of the bracket at the cursor is marked`() throws {
    #expect(try inks("share(overdue)").last == "(:partner")
    #expect(try inks("share(overdue)", at: 5).last == "):partner")
    #expect(try inks("share(overdue)", at: 8).last == "overdue:metric")
    #expect(try inks("share(overdue}").allSatisfy { !$0.hasSuffix("partner") })
  }

  private func hint(
    _ line: String, correction: String? = nil, history entries: [String] = []
  ) throws -> String? {
    let history = History(file: nil)
    for entry in entries {
      try history.add(entry, dataName: "2024Q4", microseconds: 1, hasSucceeded: true)
    }
    return GhostHint(GrammarCompletion(try context(correction)), history).text(behind: line)
  }

  @Test func `The hint is the correction, then the history, then the best completion`() throws {
    #expect(try hint("", correction: "overdue by unit") == "overdue by unit")
    #expect(try hint("") == nil)
    #expect(try hint("over", history: ["overdue by unit top 3"]) == "due by unit top 3")
    #expect(try hint("over", correction: "x") == "due")
    #expect(try hint("overdue by un") == "it")
    #expect(try hint("逾期 按 单") == "位")
    #expect(try hint("overdue where unit=县住") == "建局")
    #expect(try hint("overdue where unit=zjj") == nil)
    #expect(try hint("overdue ") == nil)
  }

  @Test func `A condition in force is shown by its values`() throws {
    let context = try context()
    func short(_ text: String, _ language: Language) throws -> String {
      let source = "overdue where " + text
      guard
        case .query(let question)? = parse(source, knowing: context.knownWords).statements.first?
          .statement?.kind, case .where(let condition)? = question.clauses.first?.kind
      else { return "" }
      return condition.shortText(
        in: language, naming: context.session.pipeline.canonicalNames(language))
    }
    #expect(try short("kind = town", .chinese) == "镇街")
    #expect(try short("kind = town and unit = 住建局", .chinese) == "镇街、县住建局")
    #expect(try short("unit contains '局'", .english) == "unit contains '局'")
  }
}
