// ModeCommand.swift: `.mode MODE`: the form of results; the last answer is drawn again in it.

import Planning
import Syntax

extension DotCommand {
  static let mode = DotCommand(
    "mode", "格式", [.mode.optional],
    help: Bilingual(
      "the form of results; draws the last answer again, not asked again",
      "结果的格式；用新格式再显示上一个结果，不重新计算"),
    isForBatch: true,
    instead: Bilingual(
      "`as MODE` behind the question, or the option -m", "问句后的“输出 格式”，或选项 -m"),
    action: setMode)

  @Sendable private static func setMode(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let chosen = try mode.choice(of: call) else {
      batch.writer.write(batch.modeName + "\n")
      return .done
    }
    batch.options.mode = OutputForm(rawValue: chosen)
    if batch.isPrompt { batch.drawAgain() }
    return .done
  }
}
