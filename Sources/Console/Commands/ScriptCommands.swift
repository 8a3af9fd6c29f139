// ScriptCommands.swift: `.save`, `.script` and `.read`: questions that outlast the session.

import Planning
import Rendering
import Syntax

extension DotCommand {
  static let save = DotCommand(
    "save", "保存", [.text("NAME", "名称")],
    help: Bilingual(
      "keeps the last question as @NAME, in saved.tb of the configuration folder",
      "把上一个问句存为 @名称（配置文件夹的 saved.tb），以后每次都可用"),
    action: saveQuestion)

  static let script = DotCommand(
    "script", "脚本", [.file, .choice(.replace).optional],
    help: Bilingual(
      "the statements of this session that succeeded, as a script that can be run",
      "把本次会话中成功的语句写成可执行的脚本"),
    action: writeScript)

  static let read = DotCommand(
    "read", "执行", [.file],
    help: Bilingual(
      "runs a script file as -f does, up to its first error", "执行脚本文件，同 -f，遇错即止"),
    instead: Bilingual("the option -f", "选项 -f"), action: readScript)

  @Sendable private static func saveQuestion(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let name = call.words.first, call.words.count == 1 else {
      throw .wrong(.wrongArgument(call, of: save))
    }
    guard let question = batch.session.lastQuestion else { throw .wrong(.nothingAnswered(call)) }
    let syntax = DefinitionSyntax.query(
      Name(name.text, at: name.range), parameters: [], question.withoutOutput)
    let statement = StatementSyntax(.define(syntax), at: name.range)
    let line = sentence(
      of: statement, in: call.language, naming: batch.session.pipeline.canonicalNames(call.language)
    )
    // What is written must read back as it was meant, at every later start.
    guard
      case .define(.query(let read, _, _))? = batch.session.parsed(line, isConsole: false)
        .statements.first?.statement?.kind, read.text == name.text
    else { throw .wrong(.wrongArgument(call, save, at: name.range)) }
    guard let folder = batch.environment.configurationFolder else {
      throw .wrong(.noHome(at: call.nameRange))
    }
    let path = joinedPath(folder, "saved.tb")
    try batch.checkPlace(of: path, at: name.range)
    try batch.session.define(syntax, at: name.range)
    do throws(SystemError) { try makeFolders(folder) } catch {
      throw .wrong(.fileFault(folder, error, at: call.nameRange))
    }
    try writeText(line + "\n", to: path, existing: .append, at: call.nameRange)
    batch.note(line)
    let shown = terminalSafe(name.text)
    batch.writer.report(
      Bilingual("saved; ask it as `run @\(shown)`\n", "已保存，用“执行 @\(shown)”来问\n")[call.language])
    return .done
  }

  @Sendable private static func writeScript(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let path = call.words.first, call.words.count <= 2 else {
      throw .wrong(.wrongArgument(call, of: script))
    }
    var existing = IntoSyntax.Existing.refuse
    if call.words.count == 2 {
      guard choice(call.words[1].text, among: [.replace]) != nil else {
        throw .wrong(.wrongArgument(call, script, at: call.words[1].range))
      }
      existing = .replace
    }
    try batch.checkPlace(of: path.text, at: path.range)
    let text = batch.transcript.map { $0 + "\n" }.joined()
    try writeText(text, to: path.text, existing: existing, at: path.range)
    let count = batch.transcript.count
    let shown = terminalSafe(path.text)
    batch.writer.report(
      Bilingual(
        "wrote \(shown), \(count) \(count == 1 ? "statement" : "statements")\n",
        "已写入 \(shown)，\(count) 条语句\n")[call.language])
    return .done
  }

  @Sendable private static func readScript(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let path = call.words.first, call.words.count == 1 else {
      throw .wrong(.wrongArgument(call, of: read))
    }
    return batch.runScript(path.text) ? .done : .failed
  }

  private static func writeText(
    _ text: String, to path: String, existing: IntoSyntax.Existing, at range: SourceRange
  ) throws(PlanningFault) {
    do throws(FileProblem) {
      var file = try AtomicFile.open(path, existing: existing)
      file.write(text)
      try file.commit()
    } catch {
      switch error {
      case .exists: throw .wrong(.fileFault(path, .exists, at: range))
      case .system(let fault): throw .wrong(.fileFault(path, fault, at: range))
      }
    }
  }
}

extension QuestionSyntax {
  /// A saved question is asked where the person looks, not written where this one went.
  fileprivate var withoutOutput: QuestionSyntax { refined(by: []) }
}

extension Diagnostic {
  fileprivate static func noHome(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "C04", at: range,
      Bilingual(
        "there is no place to keep it: neither HOME nor XDG_CONFIG_HOME is set",
        "无处保存：HOME 和 XDG_CONFIG_HOME 都没有设置"))
  }
}
