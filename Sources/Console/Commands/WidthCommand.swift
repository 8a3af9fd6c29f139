// WidthCommand.swift: `.width auto|N`: the cells of a row.

import Planning
import Syntax

extension DotCommand {
  static let width = DotCommand(
    "width", "宽度", [CommandArgument(.choice([.auto]), Bilingual("[auto|N]", "[自动|N]"))],
    help: Bilingual("cells of a row; auto: the screen's", "每行的格数；自动：随屏幕"),
    isForBatch: true, instead: Bilingual("the option --width N", "选项 --width N"),
    action: setWidth)

  @Sendable private static func setWidth(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let word = call.words.first else {
      batch.writer.write((batch.options.widthCells.map(String.init) ?? "auto") + "\n")
      return .done
    }
    guard call.words.count == 1 else { throw .wrong(.wrongArgument(call, of: width)) }
    if choice(word.text, among: [.auto]) != nil {
      batch.options.widthCells = nil
    } else {
      batch.options.widthCells = try width.number(word, in: 1...10_000, of: call)
    }
    return .done
  }
}
