// NullCommand.swift: `.null TEXT`: how an undefined cell is shown.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let null = DotCommand(
    "null", "空值", [.text("TEXT", "文字").optional],
    help: Bilingual("how an undefined cell is shown, - unless set", "没有值的格子怎么显示，默认 -"),
    isForBatch: true, instead: Bilingual("the option --null TEXT", "选项 --null TEXT"),
    action: setNull)

  @Sendable private static func setNull(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    switch call.words.count {
    case 0: batch.writer.write(terminalSafe(batch.options.undefinedText ?? "-") + "\n")
    case 1: batch.options.undefinedText = call.words[0].text
    default: batch.options.undefinedText = call.rest(from: 0)
    }
    return .done
  }
}
