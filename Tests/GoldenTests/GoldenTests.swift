// GoldenTests.swift: every recorded question through every stage, and every recorded error, on the
// built-in quarter.

import Catalog
import Columns
import Console
import Execution
import Loading
import Planning
import Rendering
import SQLGeneration
import Support
import Syntax
import Testing

private let ground: Ground? = {
  let built = buildCatalog(from: builtInRulebook())
  guard let loaded = try? loadSample(catalog: built.catalog) else { return nil }
  return Ground(built.catalog, loaded)
}()

@Suite struct GoldenTests {
  @Test(arguments: GoldenFile.all(in: "Questions", suffix: ".stages"))
  func everyStageOfAQuestionIsAsRecorded(_ file: GoldenFile) throws {
    let ground = try #require(ground)
    try file.check(input: "question") { source in
      var session = Session(ground: ground, language: .english)
      return stages(of: source, in: &session)
    }
  }

  @Test(arguments: GoldenFile.all(in: "Errors", suffix: ".txt"))
  func everyErrorReadsAsRecordedInBothLanguages(_ file: GoldenFile) throws {
    let ground = try #require(ground)
    try file.check(input: "source") { source in
      [
        ("english", message(of: source, ground, .english)),
        ("chinese", message(of: source, ground, .chinese)),
      ]
    }
  }
}

/// What becomes of every statement of the source; the stages of the last one.
private func stages(of source: String, in session: inout Session) -> [GoldenFile.Section] {
  let lexed = lex(source, knowing: session.knownWords)
  var sections: [GoldenFile.Section] = [("tokens", tokenText(of: lexed.tokens, in: source))]
  for parsed in parse(source, knowing: session.knownWords).statements {
    guard let tree = parsed.statement else {
      sections.append(("answer", parsed.diagnostics.map(\.code).joined(separator: ", ")))
      continue
    }
    sections.append(("tree", treeText(of: tree)))
    let language = parsed.language ?? .english
    if case .query(let question) = tree.kind {
      sections += planned(question, session, language)
    }
    sections.append(("answer", answered(tree, source, &session, language)))
  }
  return sections
}

private func planned(
  _ question: QuestionSyntax, _ session: Session, _ language: Language
) -> [GoldenFile.Section] {
  let ground = session.ground
  guard
    let query = try? resolve(
      question, in: ground.vocabulary, holding: ground.holdings, scope: session.pipeline.scope)
  else { return [] }
  var sections: [GoldenFile.Section] = [("query", queryText(of: query))]
  if let plan = try? plan(query, in: ground.vocabulary, holding: ground.holdings) {
    sections.append(("plan", planText(of: plan)))
    let catalog = ground.vocabulary.catalog
    sections.append(("sqlite", sqlText(of: plan, in: catalog, for: .sqlite)))
  }
  return sections
}

private func answered(
  _ tree: StatementSyntax, _ source: String, _ session: inout Session, _ language: Language
) -> String {
  do throws(PlanningFault) {
    let answer: Answer
    switch try session.run(tree, in: language) {
    case .answer(let table), .check(let table): answer = table
    case .silent: return "(no table)"
    }
    var options = RenderOptions(mode: OutputMode.named("box") ?? OutputMode.all[0])
    options.noteLevel = .all
    return answer.sentence + "\n" + String(decoding: render(answer, with: options), as: UTF8.self)
  } catch {
    return text(of: error, source, language)
  }
}

private func message(of source: String, _ ground: Ground, _ language: Language) -> String {
  var session = Session(ground: ground, language: language)
  var lines: [String] = []
  for parsed in parse(source, knowing: session.knownWords).statements {
    for diagnostic in parsed.diagnostics {
      lines.append(
        renderDiagnostic(diagnostic, source: source, place: .prompt, language: language))
    }
    guard parsed.diagnostics.isEmpty, let tree = parsed.statement else { continue }
    do throws(PlanningFault) {
      _ = try session.run(tree, in: language)
    } catch {
      lines.append(text(of: error, source, language))
    }
  }
  return lines.joined()
}

private func text(of fault: PlanningFault, _ source: String, _ language: Language) -> String {
  switch fault {
  case .wrong(let diagnostic):
    renderDiagnostic(diagnostic, source: source, place: .prompt, language: language)
  case .refused(let refusal):
    renderRefusal(refusal, place: .prompt, language: language)
  case .constant, .totalOnly: "(a figure is missing)"
  }
}

@Suite struct CheckTests {
  @Test func theNoticeHasItsFindingsWithTheirSeverities() throws {
    let ground = try #require(ground)
    let result = try Pipeline(ground: ground, scope: QuestionScope()).reconciliation()
    let counts = Dictionary(grouping: result.findings, by: \.severity).mapValues(\.count)
    #expect(counts == [.error: 4, .warning: 7, .info: 17])
    // Each kind once.
    #expect(Set(result.findings.map(\.code)).count == result.findings.count)
    #expect(result.agreements.contains { $0.english == "392 of 392 printed score cells agree" })
  }

  @Test(arguments: [
    ("R01", "2278", "2575"), ("R02", "63", "64"), ("R03", "104", "115"), ("R04", "0", "1"),
    ("R05", "0", "1"), ("R06", "99%", "94.74%"), ("R07", "100%", "99.13%"),
  ])
  func aFindingStatesBothFigures(_ code: String, _ stated: String, _ computed: String) throws {
    let ground = try #require(ground)
    let result = try Pipeline(ground: ground, scope: QuestionScope()).reconciliation()
    let finding = try #require(result.findings.first { $0.code == code })
    #expect(finding.stated == stated)
    #expect(finding.computed == computed)
  }

  @Test func aGroupIsAskedForByItsNameInEitherLanguage() throws {
    let ground = try #require(ground)
    var session = Session(ground: ground, language: .english)
    for source in ["check totals", "核对 合计"] {
      let tree = try #require(
        parse(source, knowing: session.knownWords).statements.first?.statement)
      guard case .check(let answer) = try session.run(tree, in: .english) else {
        Issue.record("\(source) gave no findings")
        continue
      }
      #expect(answer.rows.map { $0.cells[1].shown } == ["R04", "R05", "R09", "R19", "R25"])
    }
  }
}
