// ReloadCommand.swift: `.reload`: files and workspaces are read again, and what has changed is
// named.

import Columns
import Loading
import Planning
import Rendering
import Syntax
import Workspace

extension DotCommand {
  static let reload = DotCommand(
    "reload", "重载", help: Bilingual("reads changed files again", "重新读取有改动的文件"),
    instead: Bilingual("the option --watch", "选项 --watch"), action: reloadFiles)

  @Sendable private static func reloadFiles(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard call.words.isEmpty else { throw .wrong(.wrongArgument(call, of: .reload)) }
    return batch.reload() ? .done : .failed
  }
}

extension Batch {
  /// What can no longer be read leaves everything as it was.
  fileprivate mutating func reload() -> Bool {
    var fresh = data
    do throws(LoadFailure) {
      for index in fresh.memory.indices where !fresh.memory[index].paths.isEmpty {
        fresh.memory[index].pieces = try data.read(fresh.memory[index].paths)
      }
    } catch {
      for fault in error.faults.prefix(10) {
        writer.tell(fault, in: session.language)
      }
      return false
    }
    do throws(WorkspaceFault) {
      try fresh.reopen()
      session.ask(try fresh.pieces())
    } catch {
      reportFault(error, of: data.workspace?.path ?? "")
      return false
    }
    let known = Set(data.memory.flatMap(\.pieces).flatMap(\.files))
    let changed = fresh.memory.flatMap(\.pieces).flatMap(\.files).filter { !known.contains($0) }
    data = fresh
    for file in changed {
      writer.write(
        terminalSafe(
          Bilingual("read again: \(file.path)", "已重新读取：\(file.path)")[session.language]) + "\n")
    }
    if changed.isEmpty {
      writer.write(Bilingual("no file has changed\n", "文件没有改动\n")[session.language])
    }
    return true
  }
}
