// BatchFiles.swift: results that leave for files: `-o` and `into`; whole, or not at all.

import Columns
import Planning
import Rendering
import Syntax

extension Batch {
  /// Results go to the screen, or are kept for `-o`.
  mutating func emit(_ bytes: [UInt8]) {
    if options.output == nil || isPrompt { writer.write(bytes) } else { outputBytes += bytes }
  }

  mutating func commitOutput() {
    guard let output = options.output, status == 0 else { return }
    do throws(FileProblem) {
      try writeFile(outputBytes, to: output.path, existing: output.existing)
    } catch {
      report(error, output.path, session.language)
      status = 3
    }
  }

  /// `into FILE`: the form follows the suffix; false where the system did not let it be written.
  ///
  /// A chart is for the screen: the file then has the form of its suffix.
  ///
  /// - Throws: O01, O03, O04, at the path.
  mutating func write(_ answer: Answer, into: AnswerTarget, _ language: Language)
    throws(PlanningFault) -> Bool
  {
    let bySuffix = ConsoleOptions.mode(forSuffixOf: into.path)
    let asked = answer.form?.isChart == true ? nil : answer.form
    if let asked, let bySuffix, asked != bySuffix {
      throw .wrong(.contradictsSuffix(asked, into))
    }
    guard let form = asked ?? bySuffix, let mode = OutputMode.named(form.rawValue) else {
      throw .wrong(.unknownSuffix(into))
    }
    var rendering = renderOptions
    try checkPlace(of: into.path, at: into.range)
    rendering.mode = mode
    rendering.isTerminal = false
    rendering.width = nil
    rendering.color = .none
    do throws(FileProblem) {
      try writeFile(render(answer, with: rendering), to: into.path, existing: into.existing)
    } catch {
      if case .exists = error { throw .wrong(.fileExists(into)) }
      report(error, into.path, language)
      status = max(status, 3)
      return false
    }
    if !options.isQuiet {
      let count = answer.rows.count
      let path = terminalSafe(into.path)
      writer.report(
        Bilingual(
          "wrote \(path), \(count) \(count == 1 ? "row" : "rows")\n",
          "已写入 \(path)，\(count) 行\n")[language])
    }
    return true
  }

  private func writeFile(
    _ bytes: [UInt8], to path: String, existing: IntoSyntax.Existing
  ) throws(FileProblem) {
    var file = try AtomicFile.open(path, existing: existing)
    file.write(bytes)
    try file.commit()
  }

  private func report(_ problem: FileProblem, _ path: String, _ language: Language) {
    let path = terminalSafe(path)
    let text =
      switch problem {
      case .exists:
        Bilingual(
          "error O01: \(path) already exists; nothing was written\n"
            + "  = add `replace` or `append` (options --replace, --append)\n",
          "错误 O01：\(path)已存在，未写入\n  = 可加“覆盖”或“追加”（选项 --replace、--append）\n")
      case .system(let fault):
        Bilingual(
          "error C04: \(path) cannot be written: \(fault.text.english)\n",
          "错误 C04：无法写入 \(path)：\(fault.text.chinese)\n")
      }
    writer.report(text[language])
  }

  /// Whether every `--set` is declared by a `param` of some script; exit 2 otherwise.
  mutating func takesSettings() -> Bool {
    guard !options.parameters.isEmpty else { return true }
    var declared: [String] = []
    for work in options.work {
      let source: String?
      switch work {
      case .statements(let text): source = text
      case .file(let path): source = try? scriptText(ofFile: path)
      case .standardInput: return settle()
      }
      for statement in session.parsed(source ?? "", isConsole: false).statements {
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
      writer.report(
        Bilingual(
          "no script declares $\(name)" + (offer?.english ?? "") + "\n",
          "没有脚本声明参数 $\(name)" + (offer?.chinese ?? "") + "\n")[language])
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
  fileprivate static func fileExists(_ into: AnswerTarget) -> Diagnostic {
    let path = terminalSafe(into.path)
    return Diagnostic(
      "O01", at: into.range,
      Bilingual("\(path) already exists; nothing was written", "\(path)已存在，未写入"),
      hints: [
        Bilingual(
          "add `replace` or `append`: `into \(path) replace`", "可加“覆盖”或“追加”：“存为 \(path) 覆盖”")
      ])
  }

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
    return Diagnostic(
      "O04", at: into.range,
      Bilingual(
        "no output form belongs to the suffix \(shown)", "后缀\(shown)没有对应的输出形式"),
      hints: [
        Bilingual(
          "suffixes: .csv .tsv .json .jsonl .md .html .tex .txt; or choose a form with `as`",
          "后缀可为 .csv .tsv .json .jsonl .md .html .tex .txt；也可用“输出”指定形式")
      ])
  }
}
