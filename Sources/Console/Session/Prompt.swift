// Prompt.swift: what a person types at the prompt arrives entry by entry; answers leave.

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
    let guide = LineGuide(context, history)
    let reader = EntryReader(
      writer: writer, style: style, hooks: guide.hooks(), history: history,
      environment: environment)
    batch.isPrompt = true
    batch.drawsPlainly = !reader.isEditing
    if !batch.options.isQuiet { writer.report(banner + "\n") }
    while true {
      let text = draft
      draft = ""
      guide.renew(context)
      reader.change(style: style)
      reader.change(hooks: guide.hooks())
      switch reader.read(prompt, draft: text) {
      case .entry(let text):
        if case .leave = run(text) { return 0 }
      case .end: return 0
      case .lost: return 3
      }
    }
  }

  private enum Next { case goOn, leave }

  private func run(_ text: String) -> Next {
    guard text.contains(where: { !$0.isWhitespace }) else { return .goOn }
    let start = SystemCalls.monotonicNanoseconds
    let isGood: Bool
    if let call = CommandCall(text) {
      switch batch.run(call, named: "") {
      case .done: isGood = true
      case .failed: isGood = false
      case .leave: return .leave
      case .edit(let text):
        draft = text
        isGood = true
      case .run(let text):
        remember(call.text, 0, true)
        return run(text)
      }
    } else {
      isGood = batch.runEntry(text)
    }
    isAfterFailure = !isGood
    let elapsed = SystemCalls.monotonicNanoseconds - start
    if isGood, batch.showsTiming {
      writer.report(style.palette.paint(elapsedText(nanoseconds: elapsed)[language], .faint) + "\n")
    }
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

  private var banner: String {
    let ground = batch.session.ground
    let rows = ground.loaded.store.partitions.reduce(0) { $0 + $1.rowCount }
    let source =
      ground.loaded.isSample
      ? Bilingual("built-in sample", "内置样例")
      : Bilingual("\(ground.loaded.files.count) files", "\(ground.loaded.files.count) 个文件")
    return Bilingual(
      "tongbao 0.1  \(periodText)  \(rows) rows  \(source.english)   .help  Ctrl-D leaves",
      "通报 0.1  \(periodText)  \(rows) 行  \(source.chinese)   .帮助  Ctrl-D 退出")[language]
  }
}

/// Opens the prompt and stays until the person leaves.
func runPrompt(_ batch: inout Batch) -> Int32 { PromptLoop(batch).run() }
