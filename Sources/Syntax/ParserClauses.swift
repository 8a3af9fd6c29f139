// ParserClauses.swift: the thirteen clauses of a question.

extension Parser {
  /// Reads the clause that begins here, if one does. Clauses come in any order.
  ///
  ///     clause = by | across | where | during | having | order | top | with | vs | assume | as |
  ///       into ;
  mutating func clauseIfPresent() throws(SyntaxFailure) -> ClauseSyntax? {
    for candidate in Keywords.clauses where !usedClauses.contains(candidate) {
      expected.keywords.insert(candidate)
    }
    guard let keyword, Keywords.isClause(keyword) else { return nil }
    let start = index
    clauseStart = start
    advance()
    let kind = try clauseBody(keyword, word: start)
    usedClauses.insert(keyword)
    if keyword == .top || keyword == .bottom {
      usedClauses.insert(.top)
      usedClauses.insert(.bottom)
    }
    return ClauseSyntax(
      kind, at: range(from: tokens[start].range.lower), keyword: tokens[start].range)
  }

  private mutating func clauseBody(
    _ keyword: Keyword, word: Int
  ) throws(SyntaxFailure) -> ClauseSyntax.Kind {
    switch keyword {
    case .by: try by()
    case .across: try across()
    case .where: try whereClause()
    case .during: try during()
    case .having: try having()
    case .order: try order()
    case .top, .bottom: try top(isBottom: keyword == .bottom, word: word)
    case .with: try with()
    case .vs: try vs()
    case .assume: try assume()
    case .as: try asClause()
    default: try into()
    }
  }

  ///     by = "by" dimList ;
  private mutating func by() throws(SyntaxFailure) -> ClauseSyntax.Kind { .by(try dimList()) }

  ///     across = "across" dimList ;
  private mutating func across() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .across(try dimList())
  }

  ///     where = "where" cond ;
  private mutating func whereClause() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .where(try cond())
  }

  ///     during = "during" periodSpan { "," periodSpan } ;
  private mutating func during() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .during(try list { parser throws(SyntaxFailure) in try parser.periodSpan() })
  }

  ///     having = "having" hcond ;
  private mutating func having() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .having(try hcond())
  }

  ///     order = "order" orderItem { "," orderItem } ;
  private mutating func order() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .order(try list { parser throws(SyntaxFailure) in try parser.orderItem() })
  }

  ///     orderItem = expr [ "asc" | "desc" ] ;
  private mutating func orderItem() throws(SyntaxFailure) -> OrderSyntax {
    let expression = try expr()
    if accept(.asc) { return OrderSyntax(expression, isDescending: false) }
    return OrderSyntax(expression, isDescending: accept(.desc) ? true : nil)
  }

  ///     top = ( "top" | "bottom" ) count [ "on" expr ] [ "per" dimGroup ] [ "exactly" ] ;
  private mutating func top(
    isBottom: Bool, word: Int
  ) throws(SyntaxFailure) -> ClauseSyntax.Kind {
    let count = try count(after: word)
    let on = accept(.on) ? try expr() : nil
    let per = accept(.per) ? try dimGroup() : []
    return .top(
      TopSyntax(isBottom: isBottom, count: count, on: on, per: per, isExact: accept(.exactly)))
  }

  ///     with = "with" extra { "," extra } ;
  private mutating func with() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .with(try list { parser throws(SyntaxFailure) in try parser.extra() })
  }

  ///     extra = "share" [ "of" dimGroup ] | "rank" [ "per" dimGroup ] [ "dense" ] | "running" [
  ///       "along" dim ] | "totals" | "subtotals" | "others" | "empty" ;
  private mutating func extra() throws(SyntaxFailure) -> ExtraSyntax {
    let start = offset
    let words: [Keyword] = [.share, .rank, .running, .totals, .subtotals, .others, .empty]
    let kind: ExtraSyntax.Kind
    switch accept(anyOf: words) {
    case .share?: kind = .share(of: accept(.of) ? try dimGroup() : [])
    case .rank?:
      let per = accept(.per) ? try dimGroup() : []
      kind = .rank(per: per, isDense: accept(.dense))
    case .running?: kind = .running(along: accept(.along) ? try dim() : nil)
    case .totals?: kind = .totals
    case .subtotals?: kind = .subtotals
    case .others?: kind = .others
    case .empty?: kind = .empty
    default: throw unexpected()
    }
    return ExtraSyntax(kind, at: range(from: start))
  }

  ///     vs = "vs" baseline [ "(" vsPart { "," vsPart } ")" ] ;
  private mutating func vs() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    let baseline = try baseline()
    guard at(mark: "(") else { return .versus(baseline, []) }
    let parts = try enclosed("(", ")") { parser throws(SyntaxFailure) in
      try parser.list { parser throws(SyntaxFailure) in try parser.vsPart() }
    }
    return .versus(baseline, parts)
  }

  ///     baseline = "previous" | "year ago" | "all" | period ;
  private mutating func baseline() throws(SyntaxFailure) -> BaselineSyntax {
    switch accept(anyOf: [.previous, .yearAgo, .all]) {
    case .previous?: .previous
    case .yearAgo?: .yearAgo
    case .all?: .all
    default: .period(try period())
    }
  }

  ///     vsPart = "value" | "delta" | "growth" ;
  private mutating func vsPart() throws(SyntaxFailure) -> VersusPart {
    switch accept(anyOf: [.value, .delta, .growth]) {
    case .value?: .value
    case .delta?: .delta
    case .growth?: .growth
    default: throw unexpected()
    }
  }

  ///     assume = "assume" assumption { "," assumption } ;
  private mutating func assume() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    .assume(try list { parser throws(SyntaxFailure) in try parser.assumption() })
  }

  ///     assumption = measure "=" expr ;
  private mutating func assumption() throws(SyntaxFailure) -> AssumptionSyntax {
    let (metric, filter) = try measure()
    try expect(mark: "=")
    return AssumptionSyntax(metric, filter: filter, value: try expr())
  }

  ///     as = "as" outForm [ STRING ] ;
  private mutating func asClause() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    let form = try outForm()
    return .form(form, title: acceptText())
  }

  ///     outForm = "box" | "table" | "plain" | "tsv" | "csv" | "json" | "jsonl" | "md" | "html" |
  ///       "latex" | "xlsx" | "vertical" | "list" | "chart" | "bar" | "line" | "spark" ;
  private mutating func outForm() throws(SyntaxFailure) -> OutputForm {
    for form in OutputForm.allCases {
      if let keyword = Keywords.keyword(english: form.rawValue), accept(keyword) { return form }
    }
    throw needsOutputForm()
  }

  ///     into = "into" ( STRING | PATH | PARAM ) [ "append" | "replace" ] ;
  private mutating func into() throws(SyntaxFailure) -> ClauseSyntax.Kind {
    expected.slots.insert(.path)
    let target: IntoSyntax.Target
    let range = token.range
    if token.kind == .path {
      target = .path(source.slice(token.range))
      advance()
    } else if let text = acceptText() {
      target = .path(text.text)
    } else if let parameter = acceptParameter() {
      target = .parameter(parameter)
    } else {
      throw unexpected()
    }
    switch accept(anyOf: [.append, .replace]) {
    case .append?: return .into(IntoSyntax(target, existing: .append, at: range))
    case .replace?: return .into(IntoSyntax(target, existing: .replace, at: range))
    default: return .into(IntoSyntax(target, existing: .refuse, at: range))
    }
  }
}
