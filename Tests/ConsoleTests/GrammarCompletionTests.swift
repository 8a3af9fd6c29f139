// GrammarCompletionTests.swift: what is offered at each place of a sentence, on the built-in
// quarter.

import Catalog
import Loading
import Syntax
import Testing

@testable import Console

@Suite struct GrammarCompletionTests {
  static let session: Session? = {
    let catalog = buildCatalog(from: builtInRulebook()).catalog
    return (try? loadSample(catalog: catalog)).map {
      Session(ground: Ground(catalog, $0), language: .english)
    }
  }()

  private func completion(
    _ language: Language = .english, after statements: String = ""
  ) throws -> GrammarCompletion {
    var session = try #require(Self.session)
    session.language = language
    for statement in session.parsed(statements, isConsole: true).statements {
      _ = try session.run(try #require(statement.statement), in: nil)
    }
    return GrammarCompletion(LineContext(session, dataName: "2024Q4"))
  }

  /// The names offered behind a text, once they are counted.
  private func request(
    _ text: String, _ language: Language = .english, after statements: String = ""
  ) throws -> CompletionRequest? {
    let completion = try completion(language, after: statements)
    guard case .candidates(let request) = completion.completion(in: text, at: text.utf8.count)
    else { return nil }
    #expect(!request.isUnfinished)
    return request
  }

  private func names(
    _ text: String, _ language: Language = .english, after statements: String = ""
  ) throws -> [String] {
    guard let request = try request(text, language, after: statements) else { return [] }
    let result = request.candidates.matches(request.typed)
    return (0..<result.count).map { result[$0].name }
  }

  /// The line after Tab and the first candidate.
  private func line(_ text: String, _ language: Language = .english) throws -> String {
    let request = try #require(try request(text, language))
    let result = request.candidates.matches(request.typed)
    guard result.count > 0 else { return text }
    return text.slice(SourceRange(0, request.range.lowerBound)) + request.spelled(result[0])
      + result[0].ending
  }

  private func counted(_ text: String, _ language: Language = .english) throws -> [String] {
    let request = try #require(try request(text, language))
    let result = request.candidates.matches(request.typed)
    return (0..<result.count).map { "\(result[$0].name) \(result.itemCount($0) ?? -1)" }
  }

  @Test func `An empty line takes metrics, then statements, and clauses only behind a question`()
    throws
  {
    let first = try names("")
    #expect(first.prefix(3) == ["orders", "closed", "overdue"])
    #expect(first.contains("show") && !first.contains("by"))
    let show = try #require(first.firstIndex(of: "show"))
    let last = try #require(first.lastIndex(of: "redo"))
    #expect(last < show)
    let later = try names("", after: "overdue")
    let by = try #require(later.firstIndex(of: "by"))
    #expect(try #require(later.firstIndex(of: "show")) < by)
    #expect(try names("", .chinese).prefix(3) == ["应办", "办结", "逾期"])
  }

  @Test func `A complete column takes a comma and the clauses that are still unused`() throws {
    let words = try names("overdue ")
    #expect(words.prefix(4) == [",", "by", "across", "where"])
    #expect(!(try names("overdue by unit ").contains("by")))
    #expect(try names("overdue b").prefix(2) == ["by", "bottom"])
  }

  @Test func `by takes only dimensions that all metrics have, unused ones first`() throws {
    let dimensions = try names("overdue by ")
    #expect(
      dimensions == [
        "unit", "kind", "channel", "annex", "row", "month", "quarter", "year", "issuer",
      ])
    let both = try names("accounts, overdue by ")
    #expect(both.contains("unit") && !both.contains("month") && !both.contains("platform"))
    for (line, written) in [
      ("overdue by unit, ", "unit"), ("逾期 按 单位，类别，", "单位"), ("orders by role, ", "role"),
      ("overdue by unit across ", "unit"), ("逾期 横列 月 按 ", "月"),
    ] {
      let offered = try names(line)
      #expect(!offered.isEmpty && !offered.contains(written))
    }
    // A condition may name one dimension twice, and a list of `per` names those of the rows.
    #expect(try names("overdue by unit where month=11 or ").contains("month"))
    #expect(try names("overdue by unit top 3 per ").contains("unit"))
    #expect(try names("逾期 按 ").prefix(2) == ["单位", "类别"])
    #expect(try names("overdue by unit with share of ").contains("kind"))
  }

  @Test func `A condition takes a dimension with its equals sign, then comparisons, then values`()
    throws
  {
    #expect(try line("overdue where un") == "overdue where unit=")
    #expect(try names("overdue where unit ").prefix(2) == ["=", "!="])
    #expect(try names("overdue where unit ").contains("contains"))
    #expect(try line("overdue where unit=zjj") == "overdue where unit=县住建局 ")
    #expect(try line("overdue where unit=县zj") == "overdue where unit=县住建局 ")
    #expect(try line("overdue where unit=zhujian") == "overdue where unit=县住建局 ")
    #expect(try line("overdue where unit='zjj") == "overdue where unit='县住建局' ")
    #expect(try line("逾期 其中 单位=“zjj") == "逾期 其中 单位=“县住建局” ")
    #expect(try line("orders where unit=gwh") == "orders where unit=扶风工业园区管委会 ")
  }

  @Test func `Values are counted under the conditions typed before, and nothing after them`() throws
  {
    #expect(
      try counted("orders where unit=xj")
        == ["县教体局 111", "县交管大队 107", "县交通运输局 101", "县商信局 11"])
    #expect(
      try counted("overdue where month=11 and unit=").prefix(4)
        == ["县住建局 45", "县教体局 1", "县公安局 1", "城关街道办 -1"])
    #expect(try counted("overdue where month=").prefix(3) == ["11 47", "10 12", "12 5"])
    #expect(try counted("orders where channel=").prefix(2) == ["hotline 2575", "mailbox 115"])
    #expect(try counted("orders where kind=town or unit=zjj") == ["县住建局 578"])
    #expect(try counted("overdue where (month=11 or month=12) and unit=zjj") == ["县住建局 47"])
    #expect(try counted("overdue where not (month=11 and unit=zjj") == ["县住建局 52"])
    #expect(try counted("逾期{月=11 且 单位=zjj", .chinese) == ["县住建局 45"])
    #expect(try counted("orders during 2024Q3 where unit=zjj") == ["县住建局 -1"])
  }

  @Test func `A clause word completes what the last question goes on with`() throws {
    let request = try #require(
      try request("where unit=zjj", after: "overdue where month = 11"))
    let result = request.candidates.matches(request.typed)
    #expect(result.count == 1 && result.itemCount(0) == 45)
    #expect(!(try names("by ", after: "accounts by unit").contains("month")))
  }

  @Test func `An alias of several members lists them`() throws {
    #expect(try names("orders where unit=交通").count == 2)
  }

  @Test func `having takes the metrics of the question first`() throws {
    #expect(try names("redo by unit having ").first == "redo")
    #expect(try names("redo, overdue by unit order ").prefix(2) == ["overdue", "redo"])
  }

  @Test func `Periods are the loaded ones, then those counted from them`() throws {
    #expect(try names("overdue during ").prefix(2) == ["2024Q4", "last quarter"])
    #expect(try names("overdue vs ").contains("year ago"))
    #expect(try names("限定 ", .chinese).prefix(2) == ["2024Q4", "上季度"])
  }

  @Test(arguments: [
    ("overdue with ", "share"), ("overdue as ", "csv"), ("show ", "metrics"),
    ("explain ", "plan"), ("assert ", "every"), ("use ", "where"), ("逾期 附 ", "占比"),
  ])
  func `A place that takes certain words offers them`(text: String, word: String) throws {
    #expect(try names(text).contains(word))
    #expect(try names(text).first == word || !text.hasPrefix("explain"))
  }

  @Test func `The first word may be pinyin or the other language`() throws {
    #expect(try line("yq") == "逾期 ")
    #expect(try line("ov") == "overdue ")
    #expect(try line("逾", .english) == "逾期 ")
    #expect(try line("overdue by dw") == "overdue by unit ")
    #expect(try line("逾期 按 un", .chinese) == "逾期 按 单位 ")
  }

  @Test func `Parameters and saved names stand behind their marks`() throws {
    let named = "let $u = 县住建局; define filter slow = month = 11"
    #expect(try names("overdue where unit=$", after: named) == ["$u"])
    #expect(try names("overdue where @", after: named).contains("@slow"))
  }

  @Test func `Files stand behind into, quoted where the name needs it`() throws {
    let completion = try completion()
    let text = "overdue into /usr/bin/en"
    guard case .candidates(let request) = completion.completion(in: text, at: text.utf8.count)
    else {
      Issue.record("no files")
      return
    }
    let result = request.candidates.matches(request.typed)
    let names = (0..<result.count).map { request.spelled(result[$0]) }
    #expect(names.contains("/usr/bin/env"))
  }

  @Test func `Commands complete in English, hanzi and pinyin, with a line of help`() throws {
    #expect(try line(".bz") == ".帮助 ")
    #expect(try line(".he") == ".help ")
    #expect(try line("。帮") == ".帮助 ")
    #expect(try request(".")?.candidates.candidates.first?.meaning?.isEmpty == false)
    #expect(try names(".mode cs") == ["csv"])
    #expect(try names(".mode ").contains("vertical"))
    #expect(try names(".notes ", .chinese).prefix(2) == ["开", "关"])
    #expect(try names(".nothing ") == [])
  }

  @Test func `A place that nothing can be listed for says what it takes`() throws {
    guard case .notice(let text) = try completion().completion(in: "overdue top ", at: 12) else {
      Issue.record("no notice")
      return
    }
    #expect(text == "a number goes here, such as 5")
  }

  @Test func `Help names the place, its words with their meaning, and an example that runs`() throws
  {
    let lines = try completion().help(before: "overdue by ").map { $0.text + $0.remark }
    #expect(lines.first == "here: a dimension")
    #expect(lines.contains { $0.contains("kind") && $0.contains("town, department, other") })
    #expect(lines.last == "example: overdue by unit")
    let chinese = try completion(.chinese).help(before: "逾期 其中 单位=").map { $0.text + $0.remark }
    #expect(chinese.first == "这里可写：“单位”的取值")
    #expect(chinese.contains { $0.contains("县住建局") && $0.hasSuffix("52") })
    #expect(chinese.last == "例：逾期 其中 单位=城关街道办")
  }

  @Test func `A question mark before Tab is taken off, and what stands behind the cursor stays`()
    throws
  {
    let reply = try completion().completion(in: "overdue by ? top 5", at: 12)
    guard case .panel(let lines, let text, let cursor) = reply else {
      Issue.record("no panel")
      return
    }
    #expect(lines.first?.text == "here: a dimension")
    #expect(text == "overdue by  top 5" && cursor == 11)
  }
}
