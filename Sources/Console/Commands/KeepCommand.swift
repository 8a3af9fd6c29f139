// KeepCommand.swift: `.keep`: what is in memory goes into a workspace.

import Columns
import Planning
import Rendering
import Syntax

extension DotCommand {
  static let keep = DotCommand(
    "keep", "入库", [CommandArgument.file.optional],
    help: Bilingual("stores what is in memory into a workspace", "把内存中的数据存入工作区"),
    isForBatch: true, instead: Bilingual("the option --keep", "选项 --keep"), action: keepMemory)

  @Sendable private static func keepMemory(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard call.words.count <= 1 else { throw .wrong(.wrongArgument(call, of: .keep)) }
    let open = batch.data.workspace?.path ?? batch.data.missingPath
    let fallback = open ?? batch.options.workspacePath ?? batch.environment.workspacePath
    guard let path = call.words.first?.text ?? fallback else {
      throw .wrong(.wrongArgument(call, of: .keep))
    }
    try batch.checkPlace(of: path, at: call.argumentRange)
    let pieces = batch.data.memory.flatMap(\.pieces)
    guard !pieces.isEmpty else {
      batch.writer.write(
        Bilingual("nothing is in memory\n", "内存中没有数据\n")[call.language])
      return .done
    }
    guard batch.keep(pieces, in: path) else { return .failed }
    // A copy beside the open workspace changes nothing of what is asked.
    guard open == nil || open == path else { return .done }
    batch.data.memory = []
    return batch.askWorkspace(path) ? .done : .failed
  }
}
