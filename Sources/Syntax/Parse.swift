// Parse.swift: a source text arrives; its statements leave, each with its tree or what is wrong.

/// One statement of a source.
package struct ParsedStatement: Sendable {
  /// The tree; also there if the sentence could be read but a static check refuses it.
  package var statement: StatementSyntax?
  /// Empty if nothing is wrong.
  package var diagnostics: [Diagnostic]
  /// I08 of this statement.
  package var notes: [Note]
  /// The bytes from the first word to the last.
  package var range: SourceRange
  /// The language of the answer (console.md 8); nil where no word decides.
  package var language: Language?
}

package struct ParsedSource: Sendable {
  package var statements: [ParsedStatement]

  /// All that is wrong, in the order of the text.
  package var diagnostics: [Diagnostic] { statements.flatMap(\.diagnostics) }
}

/// Reads a script, an argument of `-c` or an entry of the console.
///
///     script = ( version | [ statement ] ) { terminator [ statement ] } ;
///
/// After a wrong statement the next one is read, so the errors of a whole file are reported. After
/// a thousand of them nothing more is read: such a text is not in this language.
///
/// - Parameters:
///   - isConsole: a statement that begins with a clause word refines the last question, as if it
///     began with `then`, and a line end does not end a statement that needs more words.
///   - hasLastQuestion: without one a clause word at the start is P03, in the console too.
package func parse(
  _ source: String, knowing: KnownWords = KnownWords(), isConsole: Bool = false,
  hasLastQuestion: Bool = true
) -> ParsedSource {
  let byteCount = source.utf8.count
  guard byteCount <= SourceLimit.scriptBytes else {
    let range = SourceRange(0, byteCount)
    let diagnostic = Diagnostic.overLimit(
      .script, limitBytes: SourceLimit.scriptBytes, count: byteCount, at: range)
    return ParsedSource(statements: [
      ParsedStatement(statement: nil, diagnostics: [diagnostic], notes: [], range: range)
    ])
  }
  var reader = StatementReader(
    lex(source, knowing: knowing), knowing: knowing, joinsLines: isConsole,
    refines: isConsole && hasLastQuestion)
  return ParsedSource(statements: reader.readAll())
}
