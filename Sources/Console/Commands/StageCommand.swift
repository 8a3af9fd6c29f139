// StageCommand.swift: `.stage STAGE [statement]`: what a statement is on its way to the answer.

import Execution
import Planning
import Rendering
import SQLGeneration
import Syntax

extension DotCommand {
  private static let stageNames = [
    "tokens", "tree", "query", "plan", "sqlite", "clickhouse", "aggregate",
  ]

  static let stage = DotCommand(
    "stage", "步骤",
    [
      CommandArgument(
        .choice(stageNames.map { CommandChoice($0) }),
        Bilingual(same: stageNames.joined(separator: "|"))), .statement.optional,
    ],
    help: Bilingual(
      "a statement, else the last one, as that stage of its way sees it",
      "语句（默认上一条）在处理过程中那一步的样子"),
    isForBatch: true, instead: Bilingual("`explain plan QUESTION`", "“解释 计划 问句”"),
    action: showStage)

  @Sendable private static func showStage(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let stage = call.words.first.map({ foldedName($0.text) }), stageNames.contains(stage)
    else { throw .wrong(.wrongArgument(call, of: self.stage)) }
    let session = batch.session
    let start = call.words.count > 1 ? call.words[1].range.lower : 0
    var source = call.rest(from: 1)
    if source.isEmpty {
      guard let question = session.lastQuestion else { throw .wrong(.nothingAnswered(call)) }
      source = sentence(
        of: question, in: call.language, naming: session.pipeline.canonicalNames(call.language))
    }
    if stage == "tokens" {
      let text = tokenText(of: lex(source, knowing: session.knownWords).tokens, in: source)
      batch.tell(lines(text))
      return .done
    }
    let parsed = session.parsed(source, isConsole: false).statements.first
    if let diagnostic = parsed?.diagnostics.first { throw .wrong(diagnostic.moved(by: start)) }
    guard let tree = parsed?.statement else { throw .wrong(.wrongArgument(call, of: self.stage)) }
    if stage == "tree" {
      batch.tell(lines(treeText(of: tree)))
      return .done
    }
    guard case .query(let question) = tree.kind else {
      throw .wrong(.notPlanned(at: call.argumentRange))
    }
    do throws(PlanningFault) {
      batch.tell(lines(try session.pipeline.text(of: question, at: stage)))
    } catch {
      if case .wrong(let diagnostic) = error { throw .wrong(diagnostic.moved(by: start)) }
      throw error
    }
    return .done
  }

  /// Each line safe on a terminal.
  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines.map { terminalSafe(String($0)) }
  }
}

extension Pipeline {
  /// A question as one of the later stages prints it.
  fileprivate func text(of question: QuestionSyntax, at stage: String) throws(PlanningFault)
    -> String
  {
    let query = try resolve(
      question, in: ground.vocabulary, holding: ground.holdings, scope: scope)
    if stage == "query" { return queryText(of: query) }
    let plan = try plan(query, in: ground.vocabulary, holding: ground.holdings)
    let catalog = ground.vocabulary.catalog
    switch stage {
    case "sqlite": return ground.sqlText(of: plan, for: .sqlite)
    case "clickhouse": return ground.sqlText(of: plan, for: .clickhouse)
    case "aggregate":
      let engine = ground.clusterEngine()
      let text: String
      do throws(ExactOverflow) {
        text = try aggregateText(of: plan, in: catalog, using: ground.index, by: engine)
      } catch {
        throw .wrong(.figureTooLarge(at: question.range))
      }
      if let fault = engine?.fault { throw .refused(fault.refusal) }
      return text
    default: return planText(of: plan)
    }
  }
}

extension Diagnostic {
  fileprivate static func notPlanned(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "C03", at: range,
      Bilingual("only a question has this stage", "只有问句有这一步"),
      hints: [Bilingual("tokens and tree are of any statement", "tokens 和 tree 可用于任何语句")])
  }
}
