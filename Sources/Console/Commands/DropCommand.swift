// DropCommand.swift: `.drop`: a period leaves the open workspace and the memory, once the person
// has said yes.

import Columns
import Planning
import Rendering
import Syntax
import Workspace

extension DotCommand {
  static let drop = DotCommand(
    "drop", "移除",
    [
      CommandArgument(.period, Bilingual("PERIOD", "时期")),
      CommandArgument(.text, Bilingual("[version N]", "[版本 N]")),
    ],
    help: Bilingual("asks, then removes a period", "询问后移除一个时期"),
    instead: Bilingual("this at the prompt", "提示符下的此命令"), action: dropPeriod)

  @Sendable private static func dropPeriod(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let words = call.words.map { foldedName($0.text) }
    var version: Int?
    if words.count == 3, ["version", "版本"].contains(words[1]) { version = Int(words[2]) }
    guard words.count == 1 || version != nil else {
      throw .wrong(.wrongArgument(call, of: .drop))
    }
    let there = batch.session.ground.pieces.versionNumbers
    let gone = there.filter { key, numbers in
      key.quarterIndex.map { foldedName(Quarter(index: $0).text) } == words[0]
        && (version.map(numbers.contains) ?? true)
    }
    guard !gone.isEmpty else { throw .wrong(.nothingToDrop(call, in: there.keys)) }
    let names = gone.keys.map(\.text).sorted().joined(separator: ", ")
    let which = version.map { " (\($0))" } ?? ""
    guard
      batch.confirms(
        Bilingual("remove \(names)\(which) for good?", "确定移除 \(names)\(which)？"))
    else { return .failed }
    return batch.drop { gone[$0] != nil && (version == nil || version == $1) } ? .done : .failed
  }
}

extension Batch {
  /// Removes editions from the memory, and from the open workspace one after the other.
  fileprivate mutating func drop(_ isGone: (EditionKey, _ version: Int) -> Bool) -> Bool {
    for index in data.memory.indices {
      data.memory[index].pieces = data.memory[index].pieces.compactMap { piece in
        piece.filtered { !isGone($0, $1) }
      }
    }
    do throws(WorkspaceFault) {
      if let path = data.workspace?.path {
        let workspace = try Workspace.open(
          path, for: .writing, patience: .telling(in: session.language))
        for edition in try workspace.editions() where isGone(edition.key, edition.version) {
          try workspace.drop(edition.id)
        }
        return askWorkspace(path)
      }
      session.ask(try data.pieces())
      return true
    } catch {
      reportFault(error, of: data.workspace?.path ?? "")
      return false
    }
  }
}

extension Diagnostic {
  fileprivate static func nothingToDrop(
    _ call: CommandCall, in keys: Dictionary<EditionKey, Set<Int>>.Keys
  ) -> Diagnostic {
    let periods = Set(keys.compactMap(\.quarterIndex)).sorted().map { Quarter(index: $0).text }
    let list = periods.joined(separator: ", ")
    return Diagnostic(
      "C03", at: call.argumentRange,
      Bilingual("there is no such period or version", "没有这个时期或版本"),
      hints: list.isEmpty ? [] : [Bilingual("there are: \(list)", "可写：\(list)")])
  }
}
