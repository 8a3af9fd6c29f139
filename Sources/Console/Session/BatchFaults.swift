// BatchFaults.swift: what is wrong with a statement or a script arrives; standard error gets it in
// the form that `--errors` names, and the status tells it (console.md 10).

import Columns
import Planning
import Rendering
import Syntax

extension Batch {
  /// The screen that standard error goes to; nil where it is no terminal and nothing is folded.
  private var errorWidth: Int? {
    SystemCalls.isTerminal(2) ? environment.terminalSize(of: 2).columns : nil
  }

  private var errorPalette: Palette {
    environment.usesColor(options.color, isTerminal: SystemCalls.isTerminal(2))
      ? Palette(theme: theme) : .none
  }

  private func worded(
    _ diagnostic: Diagnostic, _ source: String?, _ place: DiagnosticPlace, _ language: Language
  ) -> String {
    renderDiagnostic(
      diagnostic, source: source, place: place, language: language, width: errorWidth,
      color: errorPalette, ambiguous: environment.ambiguousWidth(options.ambiguousWidth))
  }

  func worded(_ refusal: Refusal, _ place: DiagnosticPlace, _ language: Language) -> String {
    renderRefusal(
      refusal, place: place, language: language, width: errorWidth, color: errorPalette,
      ambiguous: environment.ambiguousWidth(options.ambiguousWidth))
  }

  /// A fault that stands in no text.
  func report(_ problem: ScriptProblem, naming name: String) {
    let fault = problem.diagnostic(naming: name)
    let language = session.language
    writer.report(
      options.errorForm == .json
        ? diagnosticJSON(
          fault, source: nil, place: .batch(name: name, line: 1), language: language)
        : worded(fault, nil, .prompt, language))
  }

  /// A refinement would refine the wrong query.
  func tellSkipped(
    _ parsed: ParsedStatement, _ source: String, _ name: String, _ language: Language
  ) {
    let place = place(name, line: statementLine)
    let text = Bilingual(
      "skipped: the query it refines failed", "已跳过：所细化的查询没有成功")[language]
    writer.report(
      options.errorForm == .json
        ? skipJSON(text: text, place: place) : placed(text, at: place))
  }

  /// The notes of a data mode, which its results have no place for.
  func tellNotes(of answer: Answer, _ rendering: RenderOptions) {
    guard options.errorForm == .json else {
      for line in noteLines(answer, with: rendering) { writer.report(line + "\n") }
      return
    }
    for object in noteObjects(answer, with: rendering, place: statementPlace) {
      writer.report(object)
    }
  }

  func place(_ name: String, line: Int) -> DiagnosticPlace {
    isPrompt ? .prompt : .batch(name: name, line: line)
  }

  mutating func report(
    _ diagnostic: Diagnostic, _ source: String, _ name: String, _ language: Language?
  ) {
    let language = options.language ?? language ?? session.language
    let place = place(name, line: 1)
    let text =
      options.errorForm == .json
      ? diagnosticJSON(diagnostic, source: source, place: place, language: language)
      : worded(diagnostic, source, place, language)
    writer.report(text.hasSuffix("\n") ? text : text + "\n")
  }

  mutating func report(
    _ fault: PlanningFault, _ parsed: ParsedStatement, _ source: String, _ name: String,
    _ language: Language, since start: Int64
  ) {
    switch fault {
    case .wrong(var diagnostic):
      if diagnostic.range == nil { diagnostic.range = parsed.range }
      status = max(status, diagnostic.code.hasPrefix("A") ? 4 : 1)
      if mode.name == "json" {
        refuse(diagnostic.code, diagnostic.message[language], parsed, source, language, start)
      }
      if isPrompt {
        let language = parsed.language ?? session.language
        correction = session.corrected(parsed, source, by: diagnostic, in: language)
      }
      report(diagnostic, source, name, language)
    case .refused(let refusal):
      // A column that cannot be read, or a server that fails, is no fault of the question.
      status = max(status, ["D15", "D17"].contains(refusal.code) ? 3 : 1)
      let text = refusal.message[language]
      if mode.name == "json" { refuse(refusal.code, text, parsed, source, language, start) }
      let place = place(name, line: statementLine)
      let message =
        options.errorForm == .json
        ? refusalJSON(code: refusal.code, text: text, place: place)
        : worded(refusal, place, language)
      writer.report(message.hasSuffix("\n") ? message : message + "\n")
    case .constant, .totalOnly:
      // The session words these with their figure; without one the statement stays unanswered.
      status = max(status, 1)
      report(.notAvailable(at: parsed.range), source, name, language)
    }
  }

  private mutating func refuse(
    _ code: String, _ text: String, _ parsed: ParsedStatement, _ source: String,
    _ language: Language, _ start: Int64
  ) {
    var answer = Answer(
      sentence: source.slice(parsed.range), language: language,
      refusal: AnswerRefusal(code: code, text: text))
    if case .query(let question)? = parsed.statement?.kind {
      answer.sentence = sentence(
        of: question, in: language, naming: session.pipeline.canonicalNames(language))
    }
    write(answer, since: start)
  }
}
