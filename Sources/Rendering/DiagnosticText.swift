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
  var lines = headLines(
    place: placePrefix(place, excerpt?.position),
    head: severityHead(of: diagnostic.code, excerpt?.position, place, language),
    terminalSafe(diagnostic.message[language]), to: width, color, ambiguous)
  if let excerpt {
    let ellipsis = ambiguous == 2 ? "..." : "…"
    let shown = excerpt.lines(
      width: width.map { max(8, $0 - 2) }, ambiguous: ambiguous, ellipsis: ellipsis)
    lines.append("  " + shown.source)
    let blanks = shown.carets.prefix { $0 == " " }
    lines.append(
      "  " + blanks + color.paint(String(shown.carets.dropFirst(blanks.count)), .caret))
  }
  for hint in diagnostic.hints.prefix(2) {
    lines += indented(terminalSafe(hint[language]), behind: "  = ", to: width, ambiguous)
  }
  return lines.joined(separator: "\n") + "\n"
}

/// The first line, and what of it does not fit; the word that says how bad it is has its colour.
private func headLines(
  place: String, head: String, _ text: String, to width: Int?, _ color: Palette, _ ambiguous: Int
) -> [String] {
  guard let width, displayWidth(place + head, ambiguous: ambiguous) < width else {
    return [place + color.paint(head, .error) + text]
  }
  let parts = wrapped(place + head + text, to: max(8, width - 2), ambiguous: ambiguous)
  let isWhole = parts[0].hasPrefix(place + head)
  let first =
    isWhole
    ? place + color.paint(head, .error) + parts[0].dropFirst((place + head).count) : parts[0]
  return [first] + parts.dropFirst().map { "  " + $0 }
}

/// What does not fit goes on under the first word.
private func indented(
  _ text: String, behind mark: String, to width: Int?, _ ambiguous: Int
) -> [String] {
  guard let width else { return [mark + text] }
  let room = max(8, width - displayWidth(mark))
  return wrapped(text, to: room, ambiguous: ambiguous).enumerated().map { place, line in
    (place == 0 ? mark : String(repeating: " ", count: mark.count)) + line
  }
}

/// `不能回答 U01：…` or `not answered U01: …`, one line where it fits.
package func renderRefusal(
  _ refusal: Refusal, place: DiagnosticPlace, language: Language, width: Int? = nil,
  color: Palette = .none, ambiguous: Int = 1
) -> String {
  let code = refusal.code
  let head = language == .chinese ? "不能回答 \(code)：" : "not answered \(code): "
  return headLines(
    place: placePrefix(place, nil), head: head, terminalSafe(refusal.message[language]),
    to: width, color, ambiguous
  ).map { $0 + "\n" }.joined()
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

/// A remark about a statement, without a code.
package func placed(_ text: String, at place: DiagnosticPlace) -> String {
  placePrefix(place, nil) + terminalSafe(text) + "\n"
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
