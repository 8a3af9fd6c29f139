// BatchFiles.swift: results that leave for files: `-o` and `into`; whole, or not at all.

import Columns
import Planning
import Rendering
import Syntax

extension Batch {
  /// Whether results are kept for `-o` instead of being shown.
  var keepsResults: Bool { outputDocument != nil && !isPrompt }

  var fileWriter: ResultFileWriter {
    var paths =
      session.ground.loaded.isSample
      ? [] : session.ground.pieces.pieces.flatMap(\.files).map(\.path)
    for case .file(let path) in options.work { paths.append(path) }
    if let report = options.reportPath { paths.append(report) }
    if let workspace = data.workspace { paths.append(workspace.path) }
    return ResultFileWriter(isGB18030: options.writesGB18030, inputPaths: paths)
  }

  /// Writes the file of `-o`, once all the work is done: an error that stopped it leaves no file.
  ///
  /// What fails with `--keep-going` was told; the results beside it are what was asked for.
  mutating func commitOutput(isComplete: Bool) {
    guard let output = options.output, let document = outputDocument, !options.onlyChecks else {
      return
    }
    let path = terminalSafe(output.path)
    guard isComplete else {
      writer.report(
        Bilingual("\(path) was not written\n", "未写入 \(path)\n")[session.language])
      return
    }
    do throws(ResultFileProblem) {
      try fileWriter.write(document, to: output.path, existing: output.existing)
    } catch {
      tell(error, path: output.path)
    }
  }

  /// Why the file of `-o` was not written.
  mutating func tell(_ problem: ResultFileProblem, path: String) {
    let fault = problem.diagnostic(path: path, at: nil)
    status = max(status, problem.exitStatus)
    let text =
      options.errorForm == .json
      ? diagnosticJSON(
        fault, source: nil, place: .batch(name: "-o", line: 1), language: session.language)
      : renderDiagnostic(fault, source: nil, place: .prompt, language: session.language)
    writer.report(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// `into FILE`: the form follows the suffix; false where the system did not let it be written.
  ///
  /// A chart is for the screen; of the forms of files html and svg draw it too.
  ///
  /// - Throws: O01, O03, O04 and what the disk refuses, at the path.
  mutating func write(_ answer: Answer, into: AnswerTarget, _ language: Language)
    throws(PlanningFault)
  {
    let form = try fileForm(of: answer, into)
    try checkPlace(of: into.path, at: into.range)
    var written = answer
    if form.name != "html", form.name != "svg", answer.form?.isChart == true { written.form = nil }
    var document = ResultDocument(form: form)
    var rendering = renderOptions
    rendering.width = options.widthCells
    document.add(written, with: rendering)
    try write(document, to: into)
    guard !options.isQuiet else { return }
    let count = answer.rows.count
    let path = terminalSafe(into.path)
    writer.report(
      Bilingual("wrote \(path), \(counted(count, "row"))\n", "已写入 \(path)，\(count) 行\n")[language])
    guard !form.isPeopleForm, form.name != "json" else { return }
    for line in noteLines(answer, with: rendering) { writer.report(line + "\n") }
  }

  /// Puts a document under the name of a target.
  ///
  /// - Throws: O01, O03, and what the disk refuses, at the path.
  mutating func write(_ document: ResultDocument, to target: AnswerTarget) throws(PlanningFault) {
    do throws(ResultFileProblem) {
      try fileWriter.write(document, to: target.path, existing: target.existing)
    } catch {
      status = max(status, error.exitStatus)
      throw .wrong(error.diagnostic(path: target.path, at: target.range))
    }
  }

  /// The form of a file that results will go to, asked before there is one.
  ///
  /// - Throws: O01, O02, O04.
  func checkedForm(of target: AnswerTarget) throws(PlanningFault) -> FileForm {
    guard let form = FileForm(suffix: suffixName(of: target.path)) else {
      throw .wrong(.unknownSuffix(target))
    }
    try checkPlace(of: target.path, at: target.range)
    let isThere = (try? SystemCalls.status(of: target.path))?.kind == .regular
    if isThere, target.existing == .refuse {
      throw .wrong(ResultFileProblem.file(.exists).diagnostic(path: target.path, at: target.range))
    }
    if target.existing == .append, !form.canBeAppended {
      throw .wrong(ResultFileProblem.cannotAppend.diagnostic(path: target.path, at: target.range))
    }
    return form
  }

  private func fileForm(of answer: Answer, _ into: AnswerTarget) throws(PlanningFault) -> FileForm {
    // `-` is standard output elsewhere, and no name of a file here.
    if into.path == "-" { throw .wrong(.unknownSuffix(into)) }
    let bySuffix = FileForm(suffix: suffixName(of: into.path))
    guard let asked = answer.form, !asked.isChart, let form = FileForm(asked) else {
      guard let bySuffix else { throw .wrong(.unknownSuffix(into)) }
      return bySuffix
    }
    if let bySuffix, bySuffix.name != form.name { throw .wrong(.contradictsSuffix(asked, into)) }
    return form
  }

  /// Whether every `--set` is declared by a `param` of some script; exit 2 otherwise.
  mutating func takesSettings() -> Bool {
    guard !options.parameters.isEmpty else { return true }
    var declared: [String] = []
    let report = options.reportPath.map { [ConsoleOptions.Work.file($0)] } ?? []
    for work in options.work + report {
      let source: String?
      switch work {
      case .statements(let text): source = text
      case .file(let path): source = try? scriptText(ofFile: path)
      case .standardInput: return settle()
      }
      let text = options.reportPath == nil ? source ?? "" : statements(ofReport: source ?? "")
      for statement in session.parsed(text, isConsole: false).statements {
        if case .parameter(let parameter)? = statement.statement?.kind {
          declared.append(parameter.name.text)
        }
      }
    }
    for setting in options.parameters where !declared.contains(setting.name) {
      let near = nearestName(to: setting.name, among: declared)
      let language = session.language
      let name = terminalSafe(setting.name)
      let offer = near.map { Bilingual("; did you mean \($0)?", "，是不是 \($0)？") }
      let problem = UsageProblem(
        "--set \(name): no script declares $\(name)" + (offer?.english ?? ""),
        "--set \(name)：没有脚本声明参数 $\(name)" + (offer?.chinese ?? ""))
      writer.tell(problem, in: language)
      return false
    }
    return settle()
  }

  private mutating func settle() -> Bool {
    for setting in options.parameters { session.settings[setting.name] = setting.value }
    return true
  }
}

extension Diagnostic {
  fileprivate static func contradictsSuffix(_ form: OutputForm, _ into: AnswerTarget)
    -> Diagnostic
  {
    let (path, name) = (terminalSafe(into.path), form.rawValue)
    return Diagnostic(
      "O03", at: into.range,
      Bilingual(
        "`as \(name)` does not belong to the suffix of \(path)", "“输出 \(name)”与 \(path) 的后缀不符"),
      hints: [
        Bilingual("leave `as \(name)` out, or change the suffix", "请去掉“输出 \(name)”，或改后缀")
      ])
  }

  fileprivate static func unknownSuffix(_ into: AnswerTarget) -> Diagnostic {
    let name = into.path.split(separator: "/").last.map(String.init) ?? into.path
    let suffix = name.lastIndex(of: ".").map { String(name[$0...]) } ?? name
    let shown = terminalSafe(suffix)
    let suffixes = FileForm.suffixes.map { "." + $0 }.joined(separator: " ")
    return Diagnostic(
      "O04", at: into.range,
      Bilingual(
        "no output form belongs to the suffix \(shown)", "后缀\(shown)没有对应的输出形式"),
      hints: [
        Bilingual(
          "suffixes: \(suffixes); or choose a form with `as`", "后缀可为 \(suffixes)；也可用“输出”指定形式")
      ])
  }
}
