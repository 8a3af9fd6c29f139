// FileCommands.swift: `.output`, `.once` and `.copy`: answers into files.

import Columns
import Planning
import Syntax

extension DotCommand {
  private static let existing = CommandArgument(
    .choice([.replace, .append]), Bilingual("[replace|append]", "[覆盖|追加]"))

  static let output = DotCommand(
    "output", "输出", [.file.or(CommandChoice("-")), existing],
    help: Bilingual(
      "later results into FILE, one after the other; - back to the screen",
      "以后的结果依次写入文件；- 回到屏幕"),
    isForBatch: true,
    instead: Bilingual("`into FILE` behind the question", "问句后的“存为 文件”"), action: setOutput)

  static let once = DotCommand(
    "once", "单次", [.file, existing],
    help: Bilingual("only the next result into FILE", "只把下一个结果写入文件"), isForBatch: true,
    instead: Bilingual("`into FILE` behind the question", "问句后的“存为 文件”"), action: setOnce)

  static let copy = DotCommand(
    "copy", "复制", [.mode, .file, existing],
    help: Bilingual(
      "the last answer into FILE, not asked again", "把上一个结果写入文件，不重新计算"),
    instead: Bilingual("`into FILE` behind the question", "问句后的“存为 文件”"), action: copyAnswer)

  @Sendable private static func setOutput(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    if call.words.first?.text == "-", call.words.count == 1 {
      batch.redirection = nil
      return .done
    }
    try redirect(output, call, isOnce: false, &batch)
    return .done
  }

  @Sendable private static func setOnce(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    try redirect(once, call, isOnce: true, &batch)
    return .done
  }

  private static func redirect(
    _ command: DotCommand, _ call: CommandCall, isOnce: Bool, _ batch: inout Batch
  ) throws(PlanningFault) {
    let target = try command.target(of: call, from: 0)
    let form = try batch.checkedForm(of: target)
    batch.redirection = Redirection(target: target, form: form, isOnce: isOnce)
  }

  @Sendable private static func copyAnswer(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let word = call.words.first, case .choice(let modes) = CommandArgument.mode.kind,
      let mode = choice(word.text, among: modes)
    else { throw .wrong(.wrongArgument(call, of: copy)) }
    let target = try copy.target(of: call, from: 1)
    guard var answer = batch.lastAnswer else { throw .wrong(.nothingAnswered(call)) }
    answer.form = OutputForm(rawValue: mode)
    try batch.write(answer, into: target, call.language)
    return .done
  }

  /// `FILE [replace|append]`
  private func target(of call: CommandCall, from index: Int) throws(PlanningFault) -> AnswerTarget {
    let words = call.words.dropFirst(index)
    guard let path = words.first, !path.text.isEmpty, words.count <= 2 else {
      throw .wrong(.wrongArgument(call, of: self))
    }
    var existing = IntoSyntax.Existing.refuse
    if words.count == 2 {
      let word = words[index + 1]
      switch Self.choice(word.text, among: [.replace, .append]) {
      case "replace": existing = .replace
      case "append": existing = .append
      default: throw .wrong(.wrongArgument(call, self, at: word.range))
      }
    }
    return AnswerTarget(path: path.text, existing: existing, range: path.range)
  }
}

extension Diagnostic {
  /// There is no answer yet that a command could work on.
  static func nothingAnswered(_ call: CommandCall) -> Diagnostic {
    Diagnostic(
      "C03", at: call.nameRange,
      Bilingual("there is no answer yet; ask something first", "还没有结果，请先提问"))
  }
}
