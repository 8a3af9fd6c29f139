// Token.swift: the words and marks of a source text, each with its bytes.

/// One token. Every byte of a source belongs to exactly one token, blanks and comments included.
package struct Token: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A keyword, by its English spelling (`year to date` is one), in the language typed.
    case keyword(String, Language)
    case name(String)
    case bracketedName(String)
    case text(String)
    case number(NumberSyntax)
    case period(PeriodLiteral)
    case parameter(String)
    /// Directly after `into`.
    case path(String)
    /// A mark, folded to ASCII: `,` `;` `(` `)` `{` `}` `+` `-` `*` `/` `=` `!=` `<` `<=` `>` `>=`
    /// `..` `@` `|` `=>` `==` …
    case mark(String)
    case newline
    case blank
    case comment(String)
    /// Bytes that no rule takes; a diagnostic names them.
    case unknown
    case end
  }
  package var kind: Kind
  package var range: SourceRange

  package init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
