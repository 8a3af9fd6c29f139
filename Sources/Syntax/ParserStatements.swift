// ParserStatements.swift: what may stand between two line ends: a question or a statement around
// one.

extension Parser {
  /// - Parameters:
  ///   - isFirst: a script may begin with the version of the language.
  ///   - refines: a clause word at the start refines the last question (console).
  ///
  ///     statement = query | then | let | param | define | use | assert | check | explain | rows |
  ///       drill | run | show ;
  mutating func statement(isFirst: Bool, refines: Bool) throws(SyntaxFailure) -> StatementSyntax {
    let start = offset
    let kind = try statementKind(isFirst: isFirst, refines: refines)
    guard isAtEnd else { throw unexpected() }
    return StatementSyntax(kind, at: range(from: start))
  }

  private static let openings: [Keyword] = [
    .then, .let, .param, .define, .use, .assert, .check, .explain, .rows, .drill, .run, .show,
  ]

  private mutating func statementKind(
    isFirst: Bool, refines: Bool
  ) throws(SyntaxFailure) -> StatementSyntax.Kind {
    for opening in Self.openings { expected.keywords.insert(opening) }
    if refines {
      for clause in Keywords.clauses { expected.keywords.insert(clause) }
      if let keyword, Keywords.isClause(keyword) { return .then(try refinements()) }
    }
    switch keyword {
    case .tongbao? where isFirst: return .version(try version())
    case .then?: return try then()
    case .let?: return try letStatement()
    case .param?: return try param()
    case .define?: return .define(try define())
    case .use?: return .use(try use())
    case .assert?: return .assert(try assert())
    case .check?: return try check()
    case .explain?: return try explain()
    case .rows?: return try rows()
    case .drill?: return try drill()
    case .run?: return try run()
    case .show?: return .show(try show())
    default: return .query(try query())
    }
  }

  ///     version = "tongbao" INT ;
  private mutating func version() throws(SyntaxFailure) -> Int64 {
    let word = index
    try expect(.tongbao)
    return Int64(try whole(after: word))
  }

  ///     query = column { "," column } { clause } ;
  mutating func query() throws(SyntaxFailure) -> QuestionSyntax {
    let start = offset
    clauseStart = nil
    let columns = try list { parser throws(SyntaxFailure) in try parser.column() }
    var clauses: [ClauseSyntax] = []
    while let clause = try clauseIfPresent() { clauses.append(clause) }
    return QuestionSyntax(columns: columns, clauses: clauses, at: range(from: start))
  }

  ///     column = expr [ "named" name ] ;
  private mutating func column() throws(SyntaxFailure) -> ColumnSyntax {
    let expression = try expr()
    return ColumnSyntax(expression, named: accept(.named) ? try name(.newName) : nil)
  }

  ///     then = "then" refinement { refinement } ;
  private mutating func then() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.then)
    return .then(try refinements())
  }

  private mutating func refinements() throws(SyntaxFailure) -> [RefinementSyntax] {
    guard var next = try refinementIfPresent() else { throw unexpected() }
    var refinements = [next]
    while let following = try refinementIfPresent() {
      next = following
      refinements.append(next)
    }
    return refinements
  }

  ///     refinement = clause | "without" clauseName ;
  private mutating func refinementIfPresent() throws(SyntaxFailure) -> RefinementSyntax? {
    if accept(.without) { return .without(try clauseName()) }
    return try clauseIfPresent().map { .clause($0) }
  }

  ///     clauseName = "by" | "across" | "where" | "during" | "having" | "order" | "top" | "bottom"
  ///       | "with" | "vs" | "assume" | "as" | "into" ;
  private mutating func clauseName() throws(SyntaxFailure) -> ClauseName {
    guard let keyword = accept(anyOf: Keywords.clauses),
      let name = ClauseName(rawValue: Keywords.spelling(of: keyword, in: .english))
    else { throw unexpected() }
    return name
  }

  ///     let = "let" PARAM "=" ( span | "(" span { "," span } ")" ) ;
  private mutating func letStatement() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.let)
    let name = try parameter()
    try expect(mark: "=")
    guard at(mark: "(") else { return .letValue(name, [try span()], isList: false) }
    let spans = try enclosed("(", ")") { parser throws(SyntaxFailure) in
      try parser.list { parser throws(SyntaxFailure) in try parser.span() }
    }
    return .letValue(name, spans, isList: true)
  }

  ///     param = "param" PARAM ( "number" | "text" | "period" | dim ) [ "=" span ] ;
  private mutating func param() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.param)
    let name = try parameter()
    let kind: ParameterSyntax.Kind
    switch accept(anyOf: [.number, .text, .period]) {
    case .number?: kind = .number
    case .text?: kind = .text
    case .period?: kind = .period
    default: kind = .member(of: try dim())
    }
    return .parameter(ParameterSyntax(name, kind, value: accept(mark: "=") ? try span() : nil))
  }

  ///     use = "use" ( periodSpan | "where" cond | "scheme" name | "version" INT | "none" ) ;
  private mutating func use() throws(SyntaxFailure) -> UseSyntax {
    try expect(.use)
    let word = index
    switch accept(anyOf: [.where, .scheme, .version, .none]) {
    case .where?: return .where(try cond())
    case .scheme?: return .scheme(try name(.scheme))
    case .version?: return .version(try whole(after: word))
    case Keyword.none?: return .none
    default: return .period(try periodSpan())
    }
  }

  ///     assert = "assert" [ "every" | "any" ] query verdict [ STRING ] ;
  private mutating func assert() throws(SyntaxFailure) -> AssertSyntax {
    try expect(.assert)
    let quantifier: AssertSyntax.Quantifier?
    switch accept(anyOf: [.every, .any]) {
    case .every?: quantifier = .every
    case .any?: quantifier = .any
    default: quantifier = nil
    }
    let question = try query()
    let start = offset
    let verdict = try verdict()
    let verdictRange = range(from: start)
    return AssertSyntax(
      quantifier: quantifier, question: question, verdict: verdict, verdictRange: verdictRange,
      remark: acceptText())
  }

  ///     verdict = compOp expr [ "within" ( INT | DECIMAL | PERCENT ) ] | "between" expr "and" expr
  ///       | "shows" ( STRING | INT | DECIMAL | PERCENT ) | "is" [ "not" ] ( "null" | "empty" ) ;
  private mutating func verdict() throws(SyntaxFailure) -> AssertSyntax.Verdict {
    if let comparison = acceptComparison() {
      let value = try expr()
      guard accept(.within) else { return .compare(comparison, value, within: nil) }
      guard let tolerance = acceptNumber() else { throw unexpected() }
      return .compare(comparison, value, within: tolerance)
    }
    switch accept(anyOf: [.between, .shows, .is]) {
    case .between?:
      let lower = try expr()
      try expect(.and)
      return .between(lower, try expr())
    case .shows?:
      if let text = acceptText() { return .showsText(text) }
      guard let number = acceptNumber() else { throw unexpected() }
      return .showsNumber(number)
    case .is?:
      let isNegated = accept(.not)
      if accept(.null) { return .isNull(isNegated: isNegated) }
      try expect(.empty)
      return .isEmpty(isNegated: isNegated)
    default: throw unexpected()
    }
  }

  ///     check = "check" [ name ] [ during ] ;
  private mutating func check() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.check)
    expected.slots.insert(.metric)
    var subject: Name?
    if !isAtEnd, !at(.during) { subject = try name(.metric) }
    guard at(.during), let clause = try clauseIfPresent(), case .during(let spans) = clause.kind
    else { return .check(subject, during: nil) }
    return .check(subject, during: spans)
  }

  ///     explain = "explain" [ "plan" | "sqlite" | "clickhouse" ] query ;
  private mutating func explain() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.explain)
    switch accept(anyOf: [.plan, .sqlite, .clickhouse]) {
    case .plan?: return .explain(.plan, try query())
    case .sqlite?: return .explain(.sqlite, try query())
    case .clickhouse?: return .explain(.clickhouse, try query())
    default: return .explain(.figures, try query())
    }
  }

  ///     drill = "drill" INT [ by ] ;
  private mutating func drill() throws(SyntaxFailure) -> StatementSyntax.Kind {
    let word = index
    try expect(.drill)
    let row = try whole(after: word)
    guard at(.by), let clause = try clauseIfPresent(), case .by(let dimensions) = clause.kind
    else { return .drill(row, by: nil) }
    return .drill(row, by: dimensions)
  }

  ///     rows = "rows" [ INT ] ;
  private mutating func rows() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.rows)
    return .rows(acceptWhole())
  }

  ///     run = "run" "@" name [ "(" argument { "," argument } ")" ] ;
  private mutating func run() throws(SyntaxFailure) -> StatementSyntax.Kind {
    try expect(.run)
    expected.slots.insert(.savedQuery)
    try expect(mark: "@")
    let name = try name(.savedQuery)
    guard at(mark: "(") else { return .run(name, []) }
    let arguments = try enclosed("(", ")") { parser throws(SyntaxFailure) in
      try parser.list { parser throws(SyntaxFailure) in try parser.argument() }
    }
    return .run(name, arguments)
  }

  ///     argument = PARAM "=" span ;
  private mutating func argument() throws(SyntaxFailure) -> ArgumentSyntax {
    let name = try parameter()
    try expect(mark: "=")
    return ArgumentSyntax(name, try span())
  }

  ///     show = "show" ( "metrics" | "dimensions" | "datasets" | "schemes" | "filters" | "queries"
  ///       | "periods" | "rulebook" | "grammar" | "keywords" | "members" "of" dim | "dataset" name
  ///       | "scheme" name | "filter" name | "query" name | ref ) ;
  private mutating func show() throws(SyntaxFailure) -> ShowSyntax {
    try expect(.show)
    switch accept(anyOf: [
      .metrics, .dimensions, .datasets, .schemes, .filters, .queries, .periods, .rulebook,
      .grammar, .keywords, .members, .dataset, .scheme, .filter, .query,
    ]) {
    case .metrics?: return .metrics
    case .dimensions?: return .dimensions
    case .datasets?: return .datasets
    case .schemes?: return .schemes
    case .filters?: return .filters
    case .queries?: return .queries
    case .periods?: return .periods
    case .rulebook?: return .rulebook
    case .grammar?: return .grammar
    case .keywords?: return .keywords
    case .members?:
      try expect(.of)
      return .members(of: try dim())
    case .dataset?: return .dataset(try name(.dataset))
    case .scheme?: return .scheme(try name(.scheme))
    case .filter?: return .filter(try name(.savedFilter))
    case .query?: return .query(try name(.savedQuery))
    default:
      expected.slots.insert(.dimension)
      return .name(try ref(.metric))
    }
  }
}
