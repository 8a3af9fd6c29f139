// ShellCommand.swift: `.shell CMD`: a command of the system.

import Planning
import Syntax

extension DotCommand {
  static let shell = DotCommand(
    "shell", "系统", [.text("CMD", "命令")],
    help: Bilingual("runs CMD in a shell; not with --safe", "在系统里执行命令；--safe 下不可用"),
    startsPrograms: true, action: runShell)

  @Sendable private static func runShell(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard !call.words.isEmpty else { throw .wrong(.wrongArgument(call, of: shell)) }
    batch.writer.flush()
    SystemCalls.yieldSignals(true)
    defer { SystemCalls.yieldSignals(false) }
    do throws(SystemError) {
      let (process, _) = try SystemCalls.start(call.rest(from: 0), hasInput: false)
      let status = try SystemCalls.awaitEnd(of: process)
      guard status != 0 else { return .done }
      batch.writer.report(
        Bilingual("exit status \(status)\n", "退出码 \(status)\n")[call.language])
      return .failed
    } catch {
      throw .wrong(.fileFault(call.rest(from: 0), error, at: call.argumentRange))
    }
  }
}
