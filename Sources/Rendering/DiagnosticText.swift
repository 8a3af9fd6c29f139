// DiagnosticText.swift: a diagnostic or a refusal arrives, the lines a person reads leave
// (console.md 10).

import Columns
import Syntax

/// Where the source text of a diagnostic stands.
package enum DiagnosticPlace: Sendable, Hashable {
  case prompt
  /// In batch: the name (`q.tb`, `-c1`, `stdin`) and the line on which the source text, or the
  /// refused statement, begins.
  case batch(name: String, line: Int)
}

/// Head, source line, carets and at most two lines of help, each with its newline; everything that
/// came from outside is safe on a terminal.
///
/// - Parameters:
///   - source: the whole text the range counts in; nil shows no line.
///   - width: cells of the screen; a longer source line is scrolled to the culprit.
package func renderDiagnostic(
  _ diagnostic: Diagnostic, source: String?, place: DiagnosticPlace, language: Language,
  width: Int? = nil, color: Palette = .none, ambiguous: Int = 1
) -> String {
  let excerpt = excerpt(of: diagnostic, source, ambiguous: ambiguous)
  let message = terminalSafe(diagnostic.message[language])
  let head = color.paint(
    severityHead(of: diagnostic.code, excerpt?.position, place, language), .error)
  var lines = [placePrefix(place, excerpt?.position) + head + message]
  if let excerpt {
    let ellipsis = ambiguous == 2 ? "..." : "…"
    let shown = excerpt.lines(
      width: width.map { max(8, $0 - 2) }, ambiguous: ambiguous, ellipsis: ellipsis)
    lines.append("  " + shown.source)
    let blanks = shown.carets.prefix { $0 == " " }
    lines.append(
      "  " + blanks + color.paint(String(shown.carets.dropFirst(blanks.count)), .caret))
  }
  for hint in diagnostic.hints.prefix(2) { lines.append("  = " + terminalSafe(hint[language])) }
  return lines.joined(separator: "\n") + "\n"
}

/// One line: `不能回答 U01：…` or `not answered U01: …`.
package func renderRefusal(
  code: String, text: String, place: DiagnosticPlace, language: Language,
  color: Palette = .none
) -> String {
  let head = language == .chinese ? "不能回答 \(code)：" : "not answered \(code): "
  return placePrefix(place, nil) + color.paint(head, .error) + terminalSafe(text) + "\n"
}

package func renderRefusal(
  _ refusal: AnswerRefusal, place: DiagnosticPlace, language: Language, color: Palette = .none
) -> String {
  renderRefusal(
    code: refusal.code, text: refusal.text, place: place, language: language, color: color)
}

package func renderRefusal(
  _ refusal: Refusal, place: DiagnosticPlace, language: Language, color: Palette = .none
) -> String {
  renderRefusal(
    code: refusal.code, text: refusal.message[language], place: place, language: language,
    color: color)
}

func excerpt(
  of diagnostic: Diagnostic, _ source: String?, ambiguous: Int
) -> SourceExcerpt? {
  guard let range = diagnostic.range, let source else { return nil }
  return SourceExcerpt(of: range, in: source, ambiguous: ambiguous)
}

/// In batch line and column stand in the prefix, at the prompt in the head.
private func severityHead(
  of code: String, _ position: SourcePosition?, _ place: DiagnosticPlace, _ language: Language
) -> String {
  let isChinese = language == .chinese
  guard case .prompt = place, let position else {
    return isChinese ? "错误 \(code)：" : "error \(code): "
  }
  let line = position.line
  let column = position.column
  switch (isChinese, position.isMultiline) {
  case (true, false): return "错误 \(code)（第 \(column) 列）："
  case (true, true): return "错误 \(code)（第 \(line) 行第 \(column) 列）："
  case (false, false): return "error \(code) at column \(column): "
  case (false, true): return "error \(code) at line \(line), column \(column): "
  }
}

private func placePrefix(_ place: DiagnosticPlace, _ position: SourcePosition?) -> String {
  guard case .batch(let name, let firstLine) = place else { return "" }
  let line = lineNumber(firstLine: firstLine, position)
  return "\(terminalSafe(name)):\(line):\(position?.column ?? 1): "
}

/// The line in the file, from the line where the source begins.
func lineNumber(firstLine: Int, _ position: SourcePosition?) -> Int {
  let (line, isTooLarge) = firstLine.addingReportingOverflow((position?.line ?? 1) - 1)
  return isTooLarge ? firstLine : line
}
