// Redirection.swift: answers arrive that `.output` or `.once` send into a file; each is there whole
// before the next one is asked.

import Columns
import Planning
import Rendering
import Syntax

package struct Redirection: Sendable {
  var target: AnswerTarget
  /// `.once`
  var isOnce: Bool
  /// Everything the file holds, where nothing was there before.
  var document: ResultDocument

  init(target: AnswerTarget, form: FileForm, isOnce: Bool) {
    self.target = target
    self.isOnce = isOnce
    document = ResultDocument(form: form)
  }
}

extension Batch {
  /// A chart is looked at; a file would only hold its table.
  func onlyDraws(_ answer: Answer) -> Bool { answer.form?.isChart == true }

  /// - Throws: O01, O03, and what the disk refuses.
  mutating func redirect(_ answer: Answer, _ language: Language) throws(PlanningFault) {
    guard var redirection else { return }
    if redirection.isOnce { self.redirection = nil }
    var rendering = renderOptions
    rendering.width = options.widthCells
    let form = redirection.document.form
    if redirection.target.existing == .append {
      var one = ResultDocument(form: form)
      one.add(answer, with: rendering)
      try write(one, to: redirection.target)
    } else {
      redirection.document.add(answer, with: rendering)
      try write(redirection.document, to: redirection.target)
      // From now on the file is this redirection's own.
      redirection.target.existing = .replace
    }
    if !redirection.isOnce { self.redirection = redirection }
    guard !options.isQuiet else { return }
    let (path, count) = (terminalSafe(redirection.target.path), answer.rows.count)
    writer.report(
      Bilingual(
        "wrote \(path), \(counted(count, "row"))\n", "已写入 \(path)，\(count) 行\n")[
          language])
  }
}
