// Batch.swift: scripts, arguments and piped statements arrive; results go to standard output,
// everything else to standard error, and the status tells the truth (console.md 2.5, 11).

import Columns
import Planning
import Rendering
import Syntax

package struct Batch {
  var session: Session
  /// What the session asks: where `.load` and `.keep` store.
  var data: OpenData
  var options: ConsoleOptions
  let environment: ConsoleEnvironment
  let writer: CheckedWriter
  /// The highest status met.
  var status: Int32 = 0
  var isFirstResult = true
  /// Results that are kept back to be drawn in place.
  var capture: [UInt8]?
  private var argumentCount = 0
  private var skipsRefinements = false
  /// Entries of a person: faults are placed in the entry, a clause word refines the last question.
  var isPrompt = false
  /// No cursor movement: lines and boxes of ASCII.
  var drawsPlainly = false
  var noteLevel: NoteLevel
  var theme: Theme
  private(set) var lastAnswer: Answer?
  /// The last statement that was wrong, with the one possible correction.
  var correction: String?
  /// Where `.output` or `.once` send results.
  var redirection: Redirection?
  var isPresenting = false
  /// Every statement that succeeded, as a script would write it.
  private(set) var transcript: [String] = []
  /// What was entered at the prompt.
  var history: History?
  /// What Enter on the line that is being typed would come to.
  var prepared: PreparedEntry?
  /// What `-o` will hold, once everything has gone well.
  var outputDocument: ResultDocument?
  /// The answers of the questions of a report, which shows them in its own way.
  var collected: [Answer]?
  var toldNotes: Set<String> = []
  /// Where the running statement begins: the notes of its answer are about it.
  var statementPlace = DiagnosticPlace.prompt
  /// The line of its source in which the statement begins.
  private(set) var statementLine = 1

  init(
    session: Session, data: OpenData, options: ConsoleOptions, environment: ConsoleEnvironment,
    writer: CheckedWriter
  ) {
    self.session = session
    self.data = data
    self.options = options
    self.environment = environment
    self.writer = writer
    theme = environment.usualTheme
    noteLevel = options.showsNotes ? .standard : .none
    self.session.pipeline.writesSentences = options.mode == .json || options.mode == .xlsx
    outputDocument = options.output?.form.map { ResultDocument(form: $0) }
  }

  /// A check tells all that is wrong.
  private var goesOn: Bool { options.keepsGoing || options.onlyChecks }
  var showsTiming: Bool { options.showsTiming ?? isPrompt }
  var modeName: String { mode.name }

  /// Runs what was typed at the prompt; false after a fault.
  mutating func runEntry(_ text: String) -> Bool {
    isFirstResult = true
    correction = nil
    return run(text, named: "")
  }

  /// The last answer again in the mode that is set now, not asked again.
  mutating func drawAgain() {
    guard var answer = lastAnswer else { return }
    answer.form = nil
    draw(answer)
  }

  /// An answer that was not asked just now.
  mutating func draw(_ answer: Answer) {
    isFirstResult = true
    write(answer, since: SystemCalls.monotonicNanoseconds)
  }

  /// Goes on in the transcript with a statement that a command has made.
  mutating func note(_ statement: String) { transcript.append(statement) }

  /// Goes on in the transcript with a question whole, whatever it was refined from.
  mutating func note(_ question: QuestionSyntax, in language: Language) {
    transcript.append(
      sentence(of: question, in: language, naming: session.pipeline.canonicalNames(language)))
  }

  private mutating func note(_ tree: StatementSyntax, in language: Language) {
    if case .then = tree.kind, let question = session.lastQuestion {
      return note(question, in: language)
    }
    if case .drill = tree.kind, let question = session.lastQuestion {
      return note(question, in: language)
    }
    transcript.append(
      sentence(of: tree, in: language, naming: session.pipeline.canonicalNames(language)))
  }

  /// Runs a script file from the prompt: no commands, and faults are placed in the file.
  mutating func runScript(_ path: String) -> Bool {
    isPrompt = false
    defer { isPrompt = true }
    let statusBefore = status
    defer { status = statusBefore }
    isFirstResult = true
    return run(.file(path))
  }

  /// Runs one `-c`, `-f` or the standard input; false where nothing more may run.
  mutating func run(_ work: ConsoleOptions.Work) -> Bool {
    let name: String
    let source: String
    do throws(ScriptProblem) {
      switch work {
      case .statements(let text):
        argumentCount += 1
        (name, source) = ("-c\(argumentCount)", text)
        if let call = CommandCall(text) {
          return run(call, named: name) != .failed || goesOn
        }
      case .file(let path): (name, source) = (path, try scriptText(ofFile: path))
      case .standardInput: (name, source) = ("stdin", try scriptTextOfStandardInput())
      }
    } catch {
      status = max(status, 3)
      report(error, naming: work.name)
      return goesOn
    }
    return run(source, named: name)
  }

  /// - Parameter part: the statements to run, at their places in `source`, all else blank; nil:
  ///   all of them.
  mutating func run(_ source: String, named name: String, only part: String? = nil) -> Bool {
    let parsed = session.parsed(part ?? source, isConsole: isPrompt)
    var lines = LineCounter(source)
    // All syntax errors of a script are told, and nothing after the first one runs.
    for (index, statement) in parsed.statements.enumerated() {
      statementLine = lines.line(at: statement.range.lower)
      if !isPrompt, let fault = commandOfScript(in: source.slice(statement.range)) {
        status = max(status, 2)
        report(fault.moved(by: statement.range.lower), source, name, statement.language)
        if !goesOn { return false }
        continue
      }
      guard statement.diagnostics.isEmpty else {
        correction = statement.diagnostics.count == 1 ? statement.diagnostics[0].correction : nil
        for later in parsed.statements[index...].flatMap(\.diagnostics).prefix(20) {
          report(later, source, name, statement.language)
        }
        status = max(status, 1)
        if !goesOn { return false }
        continue
      }
      guard let tree = statement.statement else { continue }
      if !run(tree, statement, source, name), !goesOn { return false }
    }
    return true
  }

  private mutating func run(
    _ tree: StatementSyntax, _ parsed: ParsedStatement, _ source: String, _ name: String
  ) -> Bool {
    let language = options.language ?? parsed.language ?? session.language
    if case .then = tree.kind, skipsRefinements {
      tellSkipped(parsed, source, name, language)
      return false
    }
    statementPlace = place(name, line: statementLine)
    var start = SystemCalls.monotonicNanoseconds
    let before = session
    do throws(PlanningFault) {
      if options.onlyChecks {
        try session.check(tree)
        return true
      }
      echo(tree, source, language)
      let outcome = try outcome(of: tree, source, language, since: &start)
      let elapsed = SystemCalls.monotonicNanoseconds - start
      if isStopped(since: start, language) {
        session = before
        return false
      }
      skipsRefinements = false
      try deliver(outcome, of: tree, source, since: start, language)
      if isPrompt { note(tree, in: language) }
      // Whoever looks on sees each result before the next statement runs.
      if SystemCalls.isTerminal(1) { writer.flush() }
      reportTiming(elapsed, language)
      return true
    } catch {
      if isStopped(since: start, language) { return false }
      skipsRefinements = true
      report(error, parsed, source, name, language, since: start)
      return false
    }
  }

  /// - Parameter start: so much earlier as a prepared statement has taken before.
  private mutating func outcome(
    of tree: StatementSyntax, _ source: String, _ language: Language, since start: inout Int64
  ) throws(PlanningFault) -> StatementOutcome {
    guard let ready = takePrepared(source, language) else {
      return try session.run(tree, in: language)
    }
    start -= ready.nanoseconds
    session = ready.session
    return ready.outcome
  }

  /// Shows what a statement has come to, or puts it into its file.
  private mutating func deliver(
    _ outcome: StatementOutcome, of tree: StatementSyntax, _ source: String, since start: Int64,
    _ language: Language
  ) throws(PlanningFault) {
    switch outcome {
    case .answer(let answer):
      lastAnswer = answer
      guard let into = answer.into else {
        if redirection != nil, !onlyDraws(answer) {
          try redirect(answer, language)
        } else {
          write(answer, since: start)
        }
        break
      }
      try write(answer, into: into, language)
      if answer.form?.isChart == true {
        write(answer, since: start)
      } else if mode.name == "json" {
        write(Answer(sentence: answer.sentence, language: language), since: start)
      }
    case .check(let answer):
      write(answer, since: start)
      let codes = answer.rows.compactMap { row -> String? in
        if case .text(let code)? = row.cells.dropFirst().first?.raw { code } else { nil }
      }
      if !isPrompt, codes.contains(where: { session.isFault($0, isStrict: options.isStrict) }) {
        status = max(status, 4)
      }
    case .silent:
      if mode.name == "json" {
        write(Answer(sentence: tree.words(source), language: language), since: start)
      }
    }
  }

  private func reportTiming(_ elapsed: Int64, _ language: Language) {
    guard showsTiming, !isPresenting, !options.isQuiet else { return }
    let usesColor = environment.usesColor(options.color, isTerminal: SystemCalls.isTerminal(2))
    let palette = usesColor ? Palette(theme: theme) : .none
    writer.report(palette.paint(elapsedText(nanoseconds: elapsed)[language], .faint) + "\n")
    // Whoever asks for times by name wants to know what they were spent on.
    if options.showsTiming == true, let cost = costText(session.cost) {
      writer.report(palette.paint(cost[language], .faint) + "\n")
    }
  }

  private func echo(_ tree: StatementSyntax, _ source: String, _ language: Language) {
    guard options.echo != .off, !options.isQuiet else { return }
    let words =
      options.echo == .on
      ? tree.words(source)
      : sentence(of: tree, in: language, naming: session.pipeline.canonicalNames(language))
    writer.report(terminalSafe(words) + "\n")
  }

  // MARK: - Results

  var mode: OutputMode {
    let chosen = options.mode ?? (SystemCalls.isTerminal(1) ? .box : .tsv)
    return OutputMode.named(chosen.rawValue) ?? OutputMode.all[0]
  }

  mutating func write(_ answer: Answer, since start: Int64) {
    var rendering = renderOptions
    rendering.mode = OutputMode.chosen(for: answer.form, session: mode)
    rendering.elapsedMilliseconds =
      Double(SystemCalls.monotonicNanoseconds &- start) / 1_000_000
    lastAnswer = answer
    if collected != nil {
      collected?.append(answer)
      return
    }
    if keepsResults {
      outputDocument?.add(answer, with: rendering)
    } else if presents {
      return present(answer, rendering)
    } else {
      show(bytes(of: answer, rendering))
    }
    isFirstResult = false
    let isData = !rendering.mode.isPeopleMode || (keepsResults && options.mode == .xlsx)
    if isData, rendering.mode.name != "json", !options.isQuiet {
      tellNotes(of: answer, rendering)
    }
  }

  /// One result as standard output gets it, set off from the one before.
  func bytes(of answer: Answer, _ rendering: RenderOptions) -> [UInt8] {
    var bytes = render(answer, with: rendering)
    if !isFirstResult, !bytes.isEmpty, rendering.mode.hasBlankLineBetween {
      bytes = (rendering.endsWithCRLF ? [0x0D, 0x0A] : [0x0A]) + bytes
    }
    if rendering.mode.name == "csv", !rendering.isTerminal {
      if isFirstResult, rendering.hasBOM, !bytes.isEmpty { bytes = byteOrderMark + bytes }
      if options.writesGB18030 { bytes = ResultFileWriter.gb18030(bytes) }
    }
    return bytes
  }

  var renderOptions: RenderOptions {
    let isTerminal = SystemCalls.isTerminal(1) && !keepsResults
    var result = RenderOptions(mode: mode, isTerminal: isTerminal)
    result.ambiguousWidth = environment.ambiguousWidth(options.ambiguousWidth)
    result.width =
      options.widthCells ?? (isTerminal ? environment.terminalSize(of: 1).columns : nil)
    result.showsHeadline = options.showsHeadline
    result.noteLevel = noteLevel
    result.headerStyle = HeaderStyle(rawValue: options.header.rawValue) ?? .label
    result.nullText = options.undefinedText
    result.isPrinted = options.printsShownText
    result.keepsRawCells = options.keepsRawCells
    result.hasBOM = options.writesByteOrderMark
    result.color =
      environment.usesColor(options.color, isTerminal: isTerminal)
      ? Palette(theme: theme) : .none
    result.rowLimit = isTerminal ? options.rowLimit ?? (mayPage ? nil : 200) : nil
    result.isAsciiDrawing = (environment.isPlainTerminal || drawsPlainly) && isTerminal
    return result
  }
}

extension StatementSyntax {
  func words(_ source: String) -> String { source.slice(range) }
}

extension ConsoleOptions.Work {
  /// As messages name it.
  var name: String {
    switch self {
    case .statements: "-c"
    case .file(let path): path
    case .standardInput: "stdin"
    }
  }
}
