// Prompt.swift: what a person types at the prompt arrives entry by entry; answers leave.

import Execution
import Rendering
import Syntax

/// The prompt: reads entries until the person leaves (console.md 3 to 8).
final class PromptLoop {
  private var batch: Batch
  private let history: History
  private let environment = ConsoleEnvironment()
  private var hasSaidHistoryFault = false
  private var isAfterFailure = false
  /// What stands on the line of the next prompt.
  private var draft = ""

  init(_ batch: Batch) {
    self.batch = batch
    switch batch.options.history {
    case .standard: history = History(file: HistoryFile(in: ConsoleEnvironment()))
    case .none: history = History(file: nil)
    case .file(let path): history = History(file: HistoryFile(path: path))
    }
  }

  /// As the commands have set it.
  private var style: EditorStyle {
    let usesColor = environment.usesColor(
      batch.options.color, isTerminal: SystemCalls.isTerminal(1))
    return EditorStyle(
      palette: usesColor ? Palette(theme: batch.theme) : .none, language: language,
      ambiguousWidth: environment.ambiguousWidth(batch.options.ambiguousWidth))
  }

  private var writer: CheckedWriter { batch.writer }
  private var language: Language { batch.session.language }

  func run() -> Int32 {
    do throws(SystemError) {
      try SystemCalls.handlePromptSignals()
      try history.load()
    } catch {
      sayHistoryFault(error)
    }
    batch.runUsualFiles()
    let guide = LineGuide(context, history)
    let reader = EntryReader(
      writer: writer, style: style, hooks: hooks(guide), history: history,
      environment: environment)
    batch.isPrompt = true
    Stopping.ask { SystemCalls.isInterrupted || PreparedEntry.isOutrun }
    batch.drawsPlainly = !reader.isEditing
    batch.history = history
    if !batch.options.isQuiet {
      let text = banner(
        of: batch.session, periodText, workspace: batch.data.workspace?.path,
        width: environment.terminalSize(of: 2).columns)
      writer.report(text + "\n")
    }
    while true {
      let text = draft
      draft = ""
      guide.renew(context)
      reader.change(style: style)
      reader.change(hooks: hooks(guide))
      switch reader.read(prompt, draft: text) {
      case .entry(let text):
        if case .leave = run(text) { return 0 }
      case .end: return 0
      case .lost: return 3
      }
    }
  }

  private func hooks(_ guide: LineGuide) -> EditorHooks {
    var hooks = guide.hooks()
    hooks.prepare = { [unowned self] text in batch.prepare(text) }
    if !batch.options.isSafe {
      hooks.editExternally = { [unowned self] text in editedExternally(text) }
    }
    return hooks
  }

  /// The text as the person's editor leaves it; nil after saying why there is none.
  private func editedExternally(_ text: String) -> String? {
    guard let command = environment.editor else {
      writer.report(
        Bilingual(
          "no editor is named: set VISUAL or EDITOR\n", "没有指定编辑器：请设置 VISUAL 或 EDITOR\n")[language])
      return nil
    }
    do throws(SystemError) {
      return try textEditedExternally(text, command: command)
    } catch {
      writer.report(
        Bilingual(
          "\(terminalSafe(command)) has failed; the line is as it was\n",
          "\(terminalSafe(command)) 没有成功，这一行保持原样\n")[language])
      return nil
    }
  }

  private enum Next { case goOn, leave }

  /// `?` alone asks for the general page; with words it is a question.
  private func isQuestionAlone(_ text: String) -> Bool {
    let words = text.filter { !$0.isWhitespace }
    return words == "?" || words == "？"
  }

  /// Runs the parts of an entry in order, up to the first fault.
  private func run(_ text: String) -> Next {
    guard text.contains(where: { !$0.isWhitespace }) else { return .goOn }
    // A Ctrl-C that nothing has taken was meant for what ran before.
    SystemCalls.clearInterruption()
    let start = SystemCalls.monotonicNanoseconds
    let parts = entryParts(text) { text in
      isIncomplete(
        text, knowing: batch.session.knownWords,
        hasLastQuestion: batch.session.lastQuestion != nil)
    }
    // What was prepared is the answer to the whole entry, in the state that it was typed in.
    if parts != [text] { batch.prepared = nil }
    defer { batch.prepared = nil }
    var isGood = true
    for part in parts where isGood {
      guard let call = CommandCall(isQuestionAlone(part) ? ".help" : part) else {
        isGood = batch.runEntry(part)
        continue
      }
      switch batch.run(call, named: "") {
      case .done: isGood = true
      case .failed: isGood = false
      case .leave: return .leave
      case .edit(let text):
        draft = text
        isGood = true
      case .run(let text):
        writer.report(terminalSafe(text) + "\n")
        if case .leave = run(text) { return .leave }
        // Alone, its text is what stays in the history, so that it is never found again by itself.
        if parts.count == 1 { return .goOn }
        isGood = !isAfterFailure
      }
    }
    isAfterFailure = !isGood
    let elapsed = SystemCalls.monotonicNanoseconds - start
    writer.flush()
    remember(text, elapsed, isGood)
    return .goOn
  }

  private func remember(_ text: String, _ elapsed: Int64, _ isGood: Bool) {
    do throws(SystemError) {
      try history.add(
        text, dataName: periodText, microseconds: elapsed / 1000, hasSucceeded: isGood)
    } catch {
      sayHistoryFault(error)
    }
  }

  /// Said once; the console goes on.
  private func sayHistoryFault(_ fault: SystemError) {
    guard !hasSaidHistoryFault else { return }
    hasSaidHistoryFault = true
    writer.report(
      Bilingual(
        "the history cannot be kept: \(fault.text.english)\n",
        "历史无法保存：\(fault.text.chinese)\n")[language])
  }

  // MARK: - Banner and prompt

  private var periodText: String {
    let quarters = batch.session.ground.holdings.quarters
    guard let first = quarters.first, let last = quarters.last else { return "" }
    return first == last ? first.text : "\(first.text)..\(last.text)"
  }

  private var prompt: Prompt {
    let name = language == .chinese ? "通报" : "tongbao"
    let mark = isAfterFailure ? "!> " : "> "
    return Prompt(
      name + (periodText.isEmpty ? "" : " \(periodText)") + mark, isAfterFailure: isAfterFailure,
      rightText: conditionInForce)
  }

  /// `[镇街]`: the values of a simple `use where`, else its sentence.
  private var conditionInForce: String {
    guard let condition = batch.session.pipeline.scope.condition else { return "" }
    let names = batch.session.pipeline.canonicalNames(language)
    return "[" + terminalSafe(condition.shortText(in: language, naming: names)) + "]"
  }

  private var context: LineContext {
    LineContext(batch.session, correction: batch.correction, dataName: periodText)
  }
}

/// Opens the prompt and stays until the person leaves.
func runPrompt(_ batch: inout Batch) -> Int32 { PromptLoop(batch).run() }
