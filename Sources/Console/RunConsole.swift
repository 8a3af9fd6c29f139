// RunConsole.swift: checked options arrive, the exit status leaves.

import Catalog
import Columns
import Loading
import Rendering
import Syntax

/// Loads what the options name, then runs the work in order. The writer is finished by the caller.
package func runConsole(_ options: ConsoleOptions, writer: CheckedWriter) -> Int32 {
  let environment = ConsoleEnvironment()
  let language = options.language ?? environment.language
  guard let ground = loadGround(options, language, writer) else { return 3 }
  var batch = Batch(
    session: Session(ground: ground, language: language), options: options,
    environment: environment, writer: writer)
  guard batch.takesSettings() else { return 2 }
  let readsStandardInput = options.work.isEmpty
  if readsStandardInput, SystemCalls.isTerminal(0) {
    return runPrompt(&batch)
  }
  let work = readsStandardInput ? [.standardInput] : options.work
  batch.commitOutput(isComplete: work.allSatisfy { batch.run($0) })
  if batch.status == 0, options.goesOnAtPrompt { return runPrompt(&batch) }
  return batch.status
}

/// The catalogue and the data; nil after every fault has been reported.
private func loadGround(
  _ options: ConsoleOptions, _ language: Language, _ writer: CheckedWriter
) -> Ground? {
  let files: [RulebookFile]
  if let folder = options.rulebookFolder {
    do throws(ScriptProblem) {
      files = try rulebookFiles(in: folder)
    } catch {
      writer.report(error.line(naming: folder, in: language) + "\n")
      return nil
    }
  } else {
    files = builtInRulebook()
  }
  let built = buildCatalog(from: files)
  guard built.problems.isEmpty else {
    for problem in built.problems.prefix(20) {
      let source = files.first { $0.name == problem.file }?.text
      writer.report(
        renderDiagnostic(
          problem.diagnostic, source: source, place: .batch(name: problem.file, line: 1),
          language: language))
    }
    return nil
  }
  var loadOptions = LoadOptions()
  loadOptions.encoding = TextEncoding(options.encoding)
  loadOptions.keepsUnknown = options.keepsUnknownMembers
  loadOptions.skipsBadRows = options.skipsBadRows
  if let salt = SystemCalls.environment("TONGBAO_SALT"), !salt.isEmpty {
    loadOptions.salt = Array(salt.utf8)
  }
  do throws(LoadFailure) {
    let loaded =
      options.data.isEmpty
      ? try loadSample(catalog: built.catalog)
      : try load(paths: options.data, into: built.catalog, options: loadOptions)
    if !options.isQuiet {
      tellUnexplained(loaded, language, writer)
      let notes = loaded.notes.filter { $0.code != "I20" } + loaded.corrections(in: built.catalog)
      for note in notes {
        let word = Bilingual("note \(note.code): ", "注 \(note.code)：")[language]
        writer.report(terminalSafe(word + note.text[language]) + "\n")
      }
    }
    return Ground(built.catalog, loaded)
  } catch {
    for fault in error.faults.prefix(10) { writer.report(fault.line(in: language) + "\n") }
    if error.faults.count > 10 {
      let rest = error.faults.count - 10
      writer.report(
        Bilingual("… and \(rest) more faults\n", "……另有 \(rest) 处错误\n")[language])
    }
    return nil
  }
}

/// Nothing of a file is dropped in silence: a line that should have been understood is named.
private func tellUnexplained(_ loaded: Loaded, _ language: Language, _ writer: CheckedWriter) {
  let lines = loaded.skipped.filter(\.isUnexplained)
  for skipped in lines.prefix(10) {
    let place = skipped.line > 0 ? "\(skipped.file):\(skipped.line)" : skipped.file
    let text = "\(place): \(skipped.why[language]): \(skipped.text)"
    writer.report(terminalSafe(text) + "\n")
  }
  if lines.count > 10 {
    let rest = lines.count - 10
    writer.report(
      Bilingual(
        "… and \(rest) more lines that are not understood\n", "……另有 \(rest) 行未能读懂\n")[language])
  }
}

extension TextEncoding {
  fileprivate init(_ option: InputEncoding) {
    switch option {
    case .auto: self = .auto
    case .utf8: self = .utf8
    case .gb18030: self = .gb18030
    case .utf16: self = .utf16
    }
  }
}

extension FileFault {
  /// `file:line: error D13: …` with the column, the cell as read, and the cure.
  func line(in language: Language) -> String {
    var text = file
    if let line { text += ":\(line)" }
    let severity = language == .chinese ? "错误" : "error"
    text += ": \(severity) \(diagnostic.code)\(language == .chinese ? "：" : ":") "
    text += diagnostic.message[language]
    for hint in diagnostic.hints.prefix(2) { text += "\n  = " + hint[language] }
    return text.split(separator: "\n").map { terminalSafe(String($0)) }.joined(separator: "\n")
  }
}
