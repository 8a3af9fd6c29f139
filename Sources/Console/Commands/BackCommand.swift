// BackCommand.swift: `.back`: the question before the last refinement or drill, and its answer.

import Planning
import Syntax

extension DotCommand {
  static let back = DotCommand(
    "back", "返回",
    help: Bilingual(
      "the question before the last refinement or drill, its answer drawn again",
      "回到上次细化或下钻之前的问句，再显示其结果"),
    action: goBack)

  @Sendable private static func goBack(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard var answer = batch.session.goBack(), let question = batch.session.lastQuestion else {
      throw .wrong(
        Diagnostic(
          "C03", at: call.nameRange,
          Bilingual(
            "the last question was not refined from another one", "上一个问句不是由别的问句细化来的")))
    }
    batch.note(question, in: answer.language)
    // Another form than a chart was meant once.
    if answer.form?.isChart != true { answer.form = nil }
    batch.draw(answer)
    return .done
  }
}
