// HistoryCommands.swift: `.history`, `.edit` and `.again`: what was entered before.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let history = DotCommand(
    "history", "历史", [CommandArgument(.entry, Bilingual("[n|text]", "[n|文字]"))],
    help: Bilingual(
      "earlier entries: number, time, milliseconds, text; the last n, or those with a text",
      "以前的输入：编号、时间、毫秒、文字；最近 n 条，或含某文字的"),
    action: listHistory)

  static let edit = DotCommand(
    "edit", "编辑", [.entry.optional],
    help: Bilingual(
      "entry n, else the last one, in $VISUAL or $EDITOR; back on the line, not run",
      "用 $VISUAL 或 $EDITOR 编辑第 n 条（默认上一条），回到输入行，不执行"),
    startsPrograms: true, action: editEntry)

  static let again = DotCommand(
    "again", "重做", [.entry.optional],
    help: Bilingual("runs entry n, else the last one, again", "再执行第 n 条（默认上一条）"),
    action: runAgain)

  private static let usualCount = 20

  @Sendable private static func listHistory(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let entries = batch.history?.entries ?? []
    let numbered = Array(entries.enumerated())
    var chosen = Array(numbered.suffix(usualCount))
    if let word = call.words.first {
      if let count = Int(foldedName(word.text)), call.words.count == 1, count > 0 {
        chosen = Array(numbered.suffix(count))
      } else {
        let hits = Set(HistorySearch(entries.map(\.text)).matches(call.rest(from: 0)))
        chosen = numbered.filter { hits.contains($0.element.text) }
      }
    }
    let widest = String(entries.count).utf8.count
    for (index, entry) in chosen {
      let number = padded(String(index + 1), to: widest, .right)
      let time = padded(String(SystemCalls.localTime(entry.time).prefix(16)), to: 16)
      let milliseconds = padded(milliseconds(entry.microseconds), to: 8, .right)
      batch.writer.write("\(number)  \(time)  \(milliseconds)  \(terminalSafe(entry.text))\n")
    }
    return .done
  }

  /// `1.2`
  private static func milliseconds(_ microseconds: Int64) -> String {
    let tenths = max(0, microseconds) / 100
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// The entry a number names; without one the newest that is a statement.
  private func entry(of call: CommandCall, _ batch: Batch) throws(PlanningFault) -> String {
    let entries = batch.history?.entries ?? []
    guard let word = call.words.first else {
      guard let entry = entries.last(where: { CommandCall($0.text) == nil }) else {
        throw .wrong(.nothingAnswered(call))
      }
      return entry.text
    }
    guard call.words.count == 1 else { throw .wrong(.wrongArgument(call, of: self)) }
    guard let number = Int(foldedName(word.text)), entries.indices.contains(number - 1) else {
      throw .wrong(.noEntry(entries.count, at: word.range))
    }
    return entries[number - 1].text
  }

  @Sendable private static func editEntry(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let text = try edit.entry(of: call, batch)
    guard let command = batch.environment.editor else {
      throw .wrong(
        Diagnostic(
          "C04", at: call.nameRange,
          Bilingual("no editor is named in VISUAL or EDITOR", "环境变量 VISUAL、EDITOR 都没有指定编辑器")))
    }
    batch.writer.flush()
    do throws(SystemError) {
      return .edit(try textEditedExternally(text, command: command))
    } catch {
      throw .wrong(.fileFault(command, error, at: call.nameRange))
    }
  }

  @Sendable private static func runAgain(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let text = try again.entry(of: call, batch)
    // An entry that runs an entry could go round for ever.
    guard CommandCall(text).map({ !$0.runsEntries }) ?? true else {
      throw .wrong(.wrongArgument(call, of: again))
    }
    return .run(text)
  }
}

extension CommandCall {
  fileprivate var runsEntries: Bool {
    if case .command(let command) = DotCommand.named(name) {
      command.english == "again"
    } else {
      false
    }
  }
}

extension Diagnostic {
  fileprivate static func noEntry(_ count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "C03", at: range,
      Bilingual("entries are numbered 1 to \(count)", "编号为 1 到 \(count)"),
      hints: [Bilingual(".history lists them", ".历史 可列出")])
  }
}
