// LineColors.swift: the text being edited and its cursor arrive; which words are what leaves, as
// inks (console.md 6.1).

import Catalog
import Planning
import Rendering
import Syntax

/// Colours by the lexer that runs statements. A syntax error is not shouted while typing.
struct LineColors {
  private let context: LineContext

  init(_ context: LineContext) { self.context = context }

  /// - Parameter cursor: a UTF-8 offset.
  ///
  /// - Complexity: O(text)
  func inks(of text: String, at cursor: Int) -> [StyledRange] {
    if let call = CommandCall(text) { return inks(of: call, at: cursor) }
    let tokens = lex(text, knowing: context.knownWords).tokens
    var inks: [StyledRange] = []
    var value = ValuePlace()
    for token in tokens {
      if let ink = ink(of: token, isValue: value.isHere, cursor) {
        inks.append(StyledRange(token.range, ink))
      }
      value.pass(token)
    }
    if let partner = partner(in: tokens, at: cursor) { inks.append(StyledRange(partner, .partner)) }
    return inks
  }

  /// A command is a word of its own; what stands behind it is no sentence.
  private func inks(of call: CommandCall, at cursor: Int) -> [StyledRange] {
    let range = call.nameRange
    switch DotCommand.named(call.name) {
    case .command, .several: return [StyledRange(range, .keyword)]
    case .none:
      let isTouched = range.lower <= cursor && cursor <= range.upper
      return isTouched ? [] : [StyledRange(range, .unknownWord)]
    }
  }

  private func ink(of token: Token, isValue: Bool, _ cursor: Int) -> Ink? {
    switch token.kind {
    case .keyword: .keyword
    case .number, .period: .number
    case .text, .path: .text
    case .comment: .comment
    case .parameter: .parameter
    case .name(let word), .bracketedName(let word): ink(of: word, token, isValue: isValue, cursor)
    case .unknown: isTouched(token, cursor) ? nil : .unknownWord
    default: nil
    }
  }

  private func ink(of word: String, _ token: Token, isValue: Bool, _ cursor: Int) -> Ink? {
    let vocabulary = context.vocabulary
    // Members of open dimensions are too many to be looked through between two keys.
    if isValue { return .member }
    if vocabulary.metric(word) != nil { return .metric }
    if vocabulary.dimension(word) != nil { return .dimension }
    if context.knownWords.contains(word) { return .member }
    return isTouched(token, cursor) ? nil : .unknownWord
  }

  /// The cursor is in the word or right behind it: it may become a known one yet.
  private func isTouched(_ token: Token, _ cursor: Int) -> Bool {
    token.range.lower <= cursor && cursor <= token.range.upper
  }

  /// The bracket that belongs to the one at the cursor, or right before it.
  private func partner(in tokens: [Token], at cursor: Int) -> SourceRange? {
    var open: [Token] = []
    var found: SourceRange?
    for token in tokens {
      guard case .mark(let mark) = token.kind else { continue }
      switch mark {
      case "(", "{": open.append(token)
      case ")", "}":
        guard let first = open.popLast(), case .mark(let wanted) = first.kind,
          (wanted == "(") == (mark == ")")
        else { return found }
        if first.range.lower == cursor || first.range.upper == cursor { found = token.range }
        // The bracket under the cursor goes before the one behind which it stands.
        if token.range.lower == cursor { return first.range }
        if token.range.upper == cursor { found = first.range }
      default: break
      }
    }
    return found
  }
}

/// Whether the next name is a value to the right of a test.
private struct ValuePlace {
  private(set) var isHere = false
  private var isBehindTest = false
  private var isInList = false

  mutating func pass(_ token: Token) {
    switch token.kind {
    case .blank, .newline, .comment: return
    case .mark(let mark):
      isInList = mark == "(" ? isBehindTest : isInList && mark != ")"
      isBehindTest = ["=", "!=", "<", "<=", ">", ">=", ".."].contains(mark)
    case .keyword(let word, _):
      isBehindTest = ["in", "between", "contains", "like", "starts", "ends"].contains(word)
    default: isBehindTest = false
    }
    isHere = isBehindTest || isInList
  }
}
