// Correction.swift: what is wrong with a statement arrives; the statement with the one possible
// correction leaves (console.md 10).

import Planning
import Syntax

extension Session {
  /// nil unless exactly one correction is near and the corrected statement can be run.
  func corrected(
    _ statement: ParsedStatement, _ source: String, by diagnostic: Diagnostic, in language: Language
  ) -> String? {
    if let correction = diagnostic.correction { return correction }
    guard let replacement = diagnostic.replacement, let range = diagnostic.range,
      statement.range.lower <= range.lower, range.upper <= statement.range.upper
    else { return nil }
    let text =
      source.slice(SourceRange(statement.range.lower, range.lower)) + replacement[language]
      + source.slice(SourceRange(range.upper, statement.range.upper))
    let parsed = parse(
      text, knowing: knownWords, isConsole: true, hasLastQuestion: lastQuestion != nil)
    guard parsed.diagnostics.isEmpty, parsed.statements.count == 1,
      let tree = parsed.statements[0].statement
    else { return nil }
    var trial = self
    return (try? trial.check(tree)) == nil ? nil : text
  }
}
