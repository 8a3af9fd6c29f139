// Habits.swift: a sentence in the manner of another tool arrives; how it is said here leaves
// (language.md 11.1, rule 5).

struct Habits {
  let parser: Parser
  /// Whether a clause word at the start refines the last question.
  let refines: Bool

  private var tokens: ArraySlice<CompactToken> {
    parser.tokens[parser.statementLower..<parser.limit]
  }

  /// P13, P12 and P03: what a statement may not begin with.
  func opening() -> Diagnostic? {
    guard let first = tokens.first else { return nil }
    if let sql = sql(first) { return sql }
    guard let keyword = first.keyword, Keywords.isClause(keyword) else { return nil }
    if keyword == .top || keyword == .bottom, let top = leadingTop() { return top }
    let reordered = metricFirst()
    // A refinement that is followed by what it should have followed is no refinement.
    if refines, reordered == nil { return nil }
    return .startsWithClause(
      parser.source.slice(first.range), at: first.range, reordered: reordered)
  }

  // MARK: - P12 and P03

  /// `top 5 overdue by unit`
  private func leadingTop() -> Diagnostic? {
    guard tokens.count > 2 else { return nil }
    let start = tokens.startIndex
    switch tokens[start + 1].kind {
    case .number, .parameter: break
    default: return nil
    }
    let head = text(start, start + 2)
    let candidate = text(start + 2, tokens.endIndex) + " " + head
    guard accepts(candidate) else { return nil }
    let range = SourceRange(tokens[start].range.lower, tokens[start + 1].range.upper)
    return .comesAfterGrouping(head, at: range, reordered: candidate)
  }

  /// `by unit overdue`: the sentence with what follows the clauses put first.
  private func metricFirst() -> String? {
    let start = tokens.startIndex
    for split in (start + 1)..<max(start + 1, min(tokens.endIndex, start + 9)) {
      let candidate = text(split, tokens.endIndex) + " " + text(start, split)
      if accepts(candidate) { return candidate }
    }
    return nil
  }

  /// The source between two tokens.
  private func text(_ lower: Int, _ upper: Int) -> String {
    guard lower < upper else { return "" }
    return parser.source.slice(
      SourceRange(parser.tokens[lower].range.lower, parser.tokens[upper - 1].range.upper))
  }

  private func accepts(_ candidate: String) -> Bool {
    parser.explains && candidate.utf8.count <= Parser.longestCorrection
      && isSentence(candidate, known: parser.known)
  }

  // MARK: - P13

  private static let sqlWords: Set<String> = [
    "select", "insert", "update", "delete", "create", "alter", "truncate", "drop",
  ]

  private func sql(_ first: CompactToken) -> Diagnostic? {
    guard tokens.count > 1 else { return nil }
    let word = foldedName(parser.source.slice(first.range))
    guard Self.sqlWords.contains(word), !parser.known.words.contains(word) else { return nil }
    let second = tokens[tokens.startIndex + 1]
    switch second.kind {
    case .name, .keyword, .bracketedName, .number: break
    default: guard second.mark == "*" || second.mark == "(" else { return nil }
    }
    guard word == "select", let sentence = sentenceOfSelect() else {
      return .looksLikeSQL(
        at: first.range,
        hints: [
          Bilingual(
            "a query starts with the metric and needs no table; `show metrics` lists the metrics",
            "查询以指标开头，不写表名；“列出 全部指标”可看有哪些指标")
        ])
    }
    return .looksLikeSQL(
      at: first.range,
      hints: [
        Bilingual(
          "a query starts with the metric and needs no table: `\(Diagnostic.excerpt(sentence))`",
          "查询以指标开头，不写表名：“\(Diagnostic.excerpt(sentence))”"),
        Bilingual(
          "`explain sqlite \(Diagnostic.excerpt(sentence))` shows the SQL that it becomes",
          "“解释 sqlite \(Diagnostic.excerpt(sentence))”可看它变成的 SQL"),
      ],
      correction: sentence)
  }

  /// `select a from t where c limit 5` without its table, `limit` as `top`; marks keep the blanks
  /// they were typed with.
  private func sentenceOfSelect() -> String? {
    var sentence = ""
    var previousUpper: Int?
    var position = tokens.startIndex + 1
    while position < tokens.endIndex {
      let token = parser.tokens[position]
      guard token.keyword != .from else {
        position += 2
        previousUpper = nil
        continue
      }
      if !sentence.isEmpty, previousUpper != token.range.lower { sentence += " " }
      let word = parser.source.slice(token.range)
      sentence += foldedName(word) == "limit" ? "top" : word
      previousUpper = token.range.upper
      position += 1
    }
    return accepts(sentence) ? sentence : nil
  }

  // MARK: - P05 and P15

  /// The first `=>`, `==`, `<>` or `|`.
  func foreignMark() -> Diagnostic? {
    for position in parser.statementLower..<parser.limit {
      let token = parser.tokens[position]
      guard let mark = token.mark else { continue }
      switch mark {
      case .arrow: return notAComparison(token, meant: ">=")
      case .equalOrLess: return notAComparison(token, meant: "<=")
      case .doubleEqual: return notAComparison(token, meant: "=")
      case .unequal: return notAComparison(token, meant: "!=")
      case "|": return noPipes(at: token.range)
      default: continue
      }
    }
    return nil
  }

  private func notAComparison(_ token: CompactToken, meant: String) -> Diagnostic {
    .notAComparison(
      parser.source.slice(token.range), meant: meant, at: token.range,
      correction: parser.corrected(token.range, meant))
  }

  private func noPipes(at range: SourceRange) -> Diagnostic {
    var words = ""
    var upper: Int?
    for token in tokens {
      if token.mark == "|" {
        upper = nil
        continue
      }
      if !words.isEmpty, upper != token.range.lower { words += " " }
      words += parser.source.slice(token.range)
      upper = token.range.upper
    }
    return .noPipes(at: range, without: accepts(words) ? words : nil)
  }
}
