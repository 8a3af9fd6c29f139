// ParserConditions.swift: tests of dimensions, as in `where` and `{ }`.

extension Parser {
  ///     cond = conj { "or" conj } ;
  mutating func cond() throws(SyntaxFailure) -> ConditionSyntax {
    let start = offset
    var parts = [try conj()]
    while accept(.or) { parts.append(try conj()) }
    return parts.count == 1 ? parts[0] : ConditionSyntax(.any(parts), at: range(from: start))
  }

  ///     conj = negation { "and" negation } ;
  mutating func conj() throws(SyntaxFailure) -> ConditionSyntax {
    let start = offset
    var parts = [try negation()]
    while accept(.and) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : ConditionSyntax(.all(parts), at: range(from: start))
  }

  ///     negation = "not" negation | "(" cond ")" | "@" name | dim dimTest ;
  mutating func negation() throws(SyntaxFailure) -> ConditionSyntax {
    let start = offset
    if accept(.not) {
      let inner = try nested { parser throws(SyntaxFailure) in try parser.negation() }
      return ConditionSyntax(.not(inner), at: range(from: start))
    }
    if at(mark: "(") {
      return try nested { parser throws(SyntaxFailure) in
        try parser.enclosed("(", ")") { parser throws(SyntaxFailure) in try parser.cond() }
      }
    }
    expected.slots.insert(.savedFilter)
    if accept(mark: "@") {
      return ConditionSyntax(.saved(try name(.savedFilter)), at: range(from: start))
    }
    let dimension = try dim()
    return ConditionSyntax(
      .test(dimension, try dimTest(of: dimension)), at: range(from: start))
  }

  ///     dimTest = compOp span | inTest | betweenTest | textTest | "not" ( inTest | betweenTest |
  ///       textTest ) | "is" [ "not" ] ( "null" | "blank" ) ;
  mutating func dimTest(of dimension: Name) throws(SyntaxFailure) -> DimensionTest {
    if let comparison = acceptComparison() { return .compare(comparison, try span(of: dimension)) }
    if accept(.not) {
      guard let test = try wordTest(of: dimension, isNegated: true) else { throw unexpected() }
      return test
    }
    if accept(.is) {
      let isNegated = accept(.not)
      if accept(.null) { return .isNull(isNegated: isNegated) }
      try expect(.blank)
      return .isBlank(isNegated: isNegated)
    }
    guard let test = try wordTest(of: dimension, isNegated: false) else { throw unexpected() }
    return test
  }

  /// The tests that may stand behind `not`.
  private mutating func wordTest(
    of dimension: Name, isNegated: Bool
  ) throws(SyntaxFailure) -> DimensionTest? {
    if let spans = try inTestIfPresent(of: dimension) { return .isIn(spans, isNegated: isNegated) }
    if let (lower, upper) = try betweenTestIfPresent(of: dimension) {
      return .between(lower, upper, isNegated: isNegated)
    }
    guard let (operation, pattern) = try textTestIfPresent(of: dimension) else { return nil }
    return .text(operation, pattern, isNegated: isNegated)
  }

  ///     inTest = "in" ( span | "(" span { "," span } ")" ) ;
  private mutating func inTestIfPresent(
    of dimension: Name
  ) throws(SyntaxFailure) -> [SpanSyntax]? {
    guard accept(.in) else { return nil }
    guard at(mark: "(") else { return [try span(of: dimension)] }
    return try enclosed("(", ")") { parser throws(SyntaxFailure) in
      try parser.list { parser throws(SyntaxFailure) in try parser.span(of: dimension) }
    }
  }

  ///     betweenTest = "between" scalar "and" scalar ;
  private mutating func betweenTestIfPresent(
    of dimension: Name
  ) throws(SyntaxFailure) -> (ScalarSyntax, ScalarSyntax)? {
    guard accept(.between) else { return nil }
    let lower = try scalar(of: dimension)
    try expect(.and)
    return (lower, try scalar(of: dimension))
  }

  ///     textTest = ( "like" | "contains" | "starts" | "ends" ) ( STRING | PARAM | name ) ;
  private mutating func textTestIfPresent(
    of dimension: Name
  ) throws(SyntaxFailure) -> (TextOperator, ScalarSyntax)? {
    let operation: TextOperator
    switch accept(anyOf: [.like, .contains, .starts, .ends]) {
    case .like?: operation = .like
    case .contains?: operation = .contains
    case .starts?: operation = .starts
    case .ends?: operation = .ends
    default: return nil
    }
    if let text = acceptText() {
      return (operation, ScalarSyntax(.text(text.text), at: text.range))
    }
    if let parameter = acceptParameter() {
      return (operation, ScalarSyntax(.parameter(parameter.text), at: parameter.range))
    }
    expected.valueDimension = dimension
    let name = try name(.value)
    return (operation, ScalarSyntax(.name(name), at: name.range))
  }

  ///     span = scalar [ ".." scalar ] ;
  mutating func span(of dimension: Name? = nil) throws(SyntaxFailure) -> SpanSyntax {
    let lower = try scalar(of: dimension)
    guard accept(mark: .range) else { return SpanSyntax(lower) }
    let upper = try scalar(of: dimension)
    return checkedOrder(SpanSyntax(lower, upper))
  }

  ///     scalar = [ "-" ] ( INT | DECIMAL | PERCENT ) | STRING | PERIOD | PARAM | name | relPeriod
  ///       ;
  mutating func scalar(of dimension: Name? = nil) throws(SyntaxFailure) -> ScalarSyntax {
    let start = offset
    expected.slots.insert(.value)
    if accept(mark: "-") {
      guard let number = acceptNumber() else { throw unexpected() }
      return ScalarSyntax(.number(number, isNegative: true), at: range(from: start))
    }
    if let number = acceptNumber() {
      return ScalarSyntax(.number(number, isNegative: false), at: number.range)
    }
    if let text = acceptText() { return ScalarSyntax(.text(text.text), at: text.range) }
    if let period = acceptPeriodLiteral() {
      return ScalarSyntax(.period(period), at: range(from: start))
    }
    if let parameter = acceptParameter() {
      return ScalarSyntax(.parameter(parameter.text), at: parameter.range)
    }
    if let relative = try relPeriodIfPresent() {
      return ScalarSyntax(.relative(relative), at: range(from: start))
    }
    expected.valueDimension = dimension
    let name = try name(.value)
    return ScalarSyntax(.name(name), at: name.range)
  }

  ///     compOp = "=" | "!=" | "<" | "<=" | ">" | ">=" ;
  mutating func acceptComparison() -> Comparison? {
    for mark in Self.comparisonMarks { expected.marks.insert(mark) }
    guard index < limit, let comparison = tokens[index].mark?.comparison else { return nil }
    advance()
    return comparison
  }

  private static let comparisonMarks = Mark.all.filter { $0.comparison != nil }
}
