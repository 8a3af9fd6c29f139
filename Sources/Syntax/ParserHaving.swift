// ParserHaving.swift: tests of results, as in `having`.

extension Parser {
  ///     hcond = hconj { "or" hconj } ;
  mutating func hcond() throws(SyntaxFailure) -> HavingSyntax {
    let start = offset
    var parts = [try hconj()]
    while accept(.or) { parts.append(try hconj()) }
    return parts.count == 1 ? parts[0] : HavingSyntax(.any(parts), at: range(from: start))
  }

  ///     hconj = hneg { "and" hneg } ;
  mutating func hconj() throws(SyntaxFailure) -> HavingSyntax {
    let start = offset
    var parts = [try hneg()]
    while accept(.and) { parts.append(try hneg()) }
    return parts.count == 1 ? parts[0] : HavingSyntax(.all(parts), at: range(from: start))
  }

  ///     hneg = "not" hneg | "(" hcond ")" | hexpr hTest ;
  mutating func hneg() throws(SyntaxFailure) -> HavingSyntax {
    let start = offset
    if accept(.not) {
      let inner = try nested { parser throws(SyntaxFailure) in try parser.hneg() }
      return HavingSyntax(.not(inner), at: range(from: start))
    }
    if at(mark: "(") {
      return try nested { parser throws(SyntaxFailure) in
        try parser.enclosed("(", ")") { parser throws(SyntaxFailure) in try parser.hcond() }
      }
    }
    let expression = try hexpr()
    return HavingSyntax(.test(expression, try hTest()), at: range(from: start))
  }

  ///     hTest = compOp expr | [ "not" ] "between" expr "and" expr | "is" [ "not" ] ( "null" |
  ///       "blank" ) ;
  mutating func hTest() throws(SyntaxFailure) -> HavingTest {
    if let comparison = acceptComparison() { return .compare(comparison, try expr()) }
    if accept(.not) {
      try expect(.between)
      return try between(isNegated: true)
    }
    if accept(.between) { return try between(isNegated: false) }
    try expect(.is)
    let isNegated = accept(.not)
    if accept(.null) { return .isNull(isNegated: isNegated) }
    try expect(.blank)
    return .isBlank(isNegated: isNegated)
  }

  private mutating func between(isNegated: Bool) throws(SyntaxFailure) -> HavingTest {
    let lower = try expr()
    try expect(.and)
    return .between(lower, try expr(), isNegated: isNegated)
  }

  /// An expression that does not begin with `(`, which would open a condition.
  ///
  ///     hexpr = hterm { ( "+" | "-" ) term } ;
  mutating func hexpr() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = offset
    return try sum(from: start, first: try hterm())
  }

  ///     hterm = hfactor { ( "*" | "/" ) factor } ;
  mutating func hterm() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = offset
    return try product(from: start, first: try hfactor())
  }

  ///     hfactor = "-" factor | atom ;
  mutating func hfactor() throws(SyntaxFailure) -> ExpressionSyntax {
    at(mark: "-") ? try negated(from: offset) : try atom()
  }
}
