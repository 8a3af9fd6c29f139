// ReadingNotes.swift: what was read arrives; what a person is told of it leaves, line by line.

import Catalog
import Columns
import Loading
import Rendering
import Syntax

extension Batch {
  /// What was not understood, and what was left out or repaired. Nothing is dropped in silence.
  func tellNotes(of reading: [Loaded], comparesVersions: Bool = true) {
    guard !options.isQuiet else { return }
    tellUnexplained(reading)
    // What is about to be kept is compared with what is kept, and told then.
    let files = comparesVersions ? Set(reading.flatMap(\.notices).map(\.file)) : []
    let corrections = session.ground.pieces.corrections(of: files, in: data.catalog)
    for note in reading.flatMap(\.notes).filter({ $0.code != "I20" }) + corrections {
      let word = Bilingual("note \(note.code): ", "注 \(note.code)：")[session.language]
      writer.tellLine(word + note.text[session.language])
    }
  }

  private func tellUnexplained(_ reading: [Loaded]) {
    let lines = reading.flatMap(\.skipped).filter(\.isUnexplained)
    for skipped in lines.prefix(10) {
      let place = skipped.line > 0 ? "\(skipped.file):\(skipped.line)" : skipped.file
      writer.tellLine("\(place): \(skipped.why[session.language]): \(skipped.text)")
    }
    if lines.count > 10 {
      let rest = lines.count - 10
      writer.report(
        Bilingual(
          "… and \(counted(rest, "more line that is", "more lines that are")) not understood\n",
          "……另有 \(rest) 行未能读懂\n")[
            session.language])
    }
  }
}

extension CheckedWriter {
  /// A fault of a file, in the form that `--errors` names.
  func tell(_ fault: FileFault, in language: Language) {
    guard errorForm == .json else {
      for line in fault.lines(in: language) { tellLine(line) }
      return
    }
    report(
      diagnosticJSON(
        fault.diagnostic, source: nil, place: .batch(name: fault.file, line: fault.line ?? 1),
        language: language))
  }

  /// One line on standard error, folded where that is a screen.
  func tellLine(_ text: String) {
    let width = SystemCalls.isTerminal(2) ? SystemCalls.windowSize(of: 2)?.columns : nil
    for part in folded(terminalSafe(text), to: width) { report(part + "\n") }
  }
}

extension FileFault {
  /// `file:line: error D13: …` with the column and the cell as read, then the cure.
  func lines(in language: Language) -> [String] {
    var text = file
    // A row of a sheet is named in the message, as B7.
    if let line, part == nil { text += ":\(line)" }
    let severity = language == .chinese ? "错误" : "error"
    text += ": \(severity) \(diagnostic.code)\(language == .chinese ? "：" : ": ")"
    text += diagnostic.message[language]
    return [text] + diagnostic.hints.prefix(2).map { "  = " + $0[language] }
  }
}
