// FilterSoFar.swift: a place in a condition arrives; the conditions that hold there already leave,
// without the one that is being typed (console.md 5.2).

import Syntax

/// Reads the tokens from the beginning of the statement to the word of the cursor, and keeps what
/// every row must fulfil that the word can still choose.
///
/// In `a and (b or c and |` these are `a` and `c`: alternatives beside the cursor restrict nothing.
struct FilterSoFar {
  /// Ranges of whole conditions, in the order written.
  private(set) var ranges: [SourceRange] = []
  /// Where the clause with these conditions begins.
  private(set) var clauseStart: Int

  private struct Level {
    var whole: [SourceRange] = []
    /// Where the condition being read begins.
    var start: Int?
    /// The brackets hold a list of values, or what `not` turns round: nothing a row must fulfil.
    var isList = false
    /// Whether an `and` belongs to `between`.
    var isBetween = false
  }

  init(_ text: String, from start: Int, to end: Int, knowing: KnownWords) {
    var levels: [Level] = []
    clauseStart = end
    for token in lex(text.slice(SourceRange(0, end)), knowing: knowing).tokens
    where token.range.lower >= start {
      let isGap = token.kind == .blank || token.kind == .newline || token.kind == .end
      if isGap { continue }
      var keyword: Keyword?
      if case .keyword(let word, _) = token.kind { keyword = Keywords.keyword(english: word) }
      switch (token.kind, keyword) {
      case (_, .where?), (.mark("{"), _):
        levels = [Level()]
        clauseStart = token.range.lower
      case (_, let word?) where Keywords.isClause(word): levels = []
      case (.mark("}"), _): levels = []
      case (_, .and?): Self.join(&levels, at: token.range.lower)
      case (_, .or?):
        if !levels.isEmpty { levels[levels.count - 1] = Level() }
      case (.mark("("), _):
        guard !levels.isEmpty else { break }
        let isGroup = levels[levels.count - 1].start == nil
        if isGroup { levels[levels.count - 1].start = token.range.lower }
        levels.append(Level(isList: !isGroup))
      case (.mark(")"), _):
        if levels.count > 1 { levels.removeLast() }
      default:
        guard !levels.isEmpty else { break }
        if levels[levels.count - 1].start == nil {
          levels[levels.count - 1].start = token.range.lower
        }
        if keyword == .between { levels[levels.count - 1].isBetween = true }
      }
    }
    ranges = levels.filter { !$0.isList }.flatMap(\.whole)
  }

  /// The condition before an `and` is whole.
  private static func join(_ levels: inout [Level], at offset: Int) {
    guard var level = levels.popLast() else { return }
    if level.isBetween {
      level.isBetween = false
    } else {
      if let start = level.start { level.whole.append(SourceRange(start, offset)) }
      level.start = nil
    }
    levels.append(level)
  }
}
