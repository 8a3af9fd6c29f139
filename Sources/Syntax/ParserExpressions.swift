// ParserExpressions.swift: arithmetic over metrics: sums, products, filtered metrics and calls.

extension Parser {
  ///     expr = term { ( "+" | "-" ) term } ;
  mutating func expr() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = offset
    return try sum(from: start, first: try term())
  }

  /// The rest of a sum whose first term has been read.
  mutating func sum(
    from start: Int, first: ExpressionSyntax
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    var terms = [SignedTerm(isSubtracted: false, first)]
    while true {
      if accept(mark: "+") {
        terms.append(SignedTerm(isSubtracted: false, try term()))
      } else if accept(mark: "-") {
        terms.append(SignedTerm(isSubtracted: true, try term()))
      } else {
        return terms.count == 1 ? first : ExpressionSyntax(.sum(terms), at: range(from: start))
      }
    }
  }

  ///     term = factor { ( "*" | "/" ) factor } ;
  mutating func term() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = offset
    return try product(from: start, first: try factor())
  }

  /// The rest of a product whose first factor has been read.
  mutating func product(
    from start: Int, first: ExpressionSyntax
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    var factors = [SignedFactor(isDivided: false, first)]
    while true {
      if accept(mark: "*") {
        factors.append(SignedFactor(isDivided: false, try factor()))
      } else if accept(mark: "/") {
        factors.append(SignedFactor(isDivided: true, try factor()))
      } else {
        return factors.count == 1
          ? first : ExpressionSyntax(.product(factors), at: range(from: start))
      }
    }
  }

  ///     factor = "-" factor | "(" expr ")" | atom ;
  mutating func factor() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = offset
    if at(mark: "-") { return try negated(from: start) }
    if at(mark: "(") {
      return try nested { parser throws(SyntaxFailure) in
        try parser.enclosed("(", ")") { parser throws(SyntaxFailure) in try parser.expr() }
      }
    }
    return try atom()
  }

  /// `-` and the factor behind it.
  mutating func negated(from start: Int) throws(SyntaxFailure) -> ExpressionSyntax {
    try expect(mark: "-")
    let inner = try nested { parser throws(SyntaxFailure) in try parser.factor() }
    return ExpressionSyntax(.negated(inner), at: range(from: start))
  }

  ///     atom = INT | DECIMAL | PERCENT | PARAM | measure | call ;
  mutating func atom() throws(SyntaxFailure) -> ExpressionSyntax {
    let start = offset
    if let number = acceptNumber() { return ExpressionSyntax(.number(number), at: number.range) }
    if let name = acceptParameter() { return ExpressionSyntax(.parameter(name), at: name.range) }
    if let call = try callIfPresent() {
      return ExpressionSyntax(.call(call), at: range(from: start))
    }
    let (name, filter) = try measure()
    return ExpressionSyntax(.measure(name, filter: filter), at: range(from: start))
  }

  ///     measure = ref [ "{" cond "}" ] ;
  mutating func measure() throws(SyntaxFailure) -> (name: Name, filter: ConditionSyntax?) {
    let name = try ref(.metric)
    guard at(mark: "{") else { return (name, nil) }
    let filter = try nested { parser throws(SyntaxFailure) in
      try parser.enclosed("{", "}") { parser throws(SyntaxFailure) in try parser.cond() }
    }
    return (name, filter)
  }

  ///     call = windowFn "(" expr [ scope ] ")" | aggFn "(" expr "per" dimGroup [ "weighted" expr ]
  ///       ")" | scalarFn "(" expr { "," expr } ")" | "count" "(" dim [ "having" hcond ] ")" ;
  mutating func callIfPresent() throws(SyntaxFailure) -> CallSyntax? {
    let word = index
    if let function = acceptWindowFunction() {
      return try arguments { parser throws(SyntaxFailure) in
        let expression = try parser.expr()
        return .window(function, expression, scope: try parser.scopeIfPresent())
      }
    }
    if let function = acceptAggregateFunction() {
      return try arguments { parser throws(SyntaxFailure) in
        try parser.aggregate(function, word: word)
      }
    }
    if let function = acceptScalarFunction() {
      return try arguments { parser throws(SyntaxFailure) in
        .scalar(function, try parser.list { parser throws(SyntaxFailure) in try parser.expr() })
      }
    }
    guard accept(.count) else { return nil }
    return try arguments { parser throws(SyntaxFailure) in
      let dimension = try parser.dim()
      guard parser.accept(.having) else { return .count(dimension, having: nil) }
      return .count(dimension, having: try parser.hcond())
    }
  }

  private mutating func arguments(
    _ content: (inout Parser) throws(SyntaxFailure) -> CallSyntax
  ) throws(SyntaxFailure) -> CallSyntax {
    try nested { parser throws(SyntaxFailure) in try parser.enclosed("(", ")", content) }
  }

  private mutating func aggregate(
    _ function: AggregateFunction, word: Int
  ) throws(SyntaxFailure) -> CallSyntax {
    let expression = try expr()
    guard accept(.per) else { throw needsScope(function, word: word, of: expression) }
    let per = try dimGroup()
    let weight = accept(.weighted) ? try expr() : nil
    return .aggregate(function, expression, per: per, weight: weight)
  }

  ///     windowFn = "share" | "rank" | "running" | "previous" | "delta" | "growth" ;
  mutating func acceptWindowFunction() -> WindowFunction? {
    switch accept(anyOf: [.share, .rank, .running, .previous, .delta, .growth]) {
    case .share?: .share
    case .rank?: .rank
    case .running?: .running
    case .previous?: .previous
    case .delta?: .delta
    case .growth?: .growth
    default: nil
    }
  }

  ///     aggFn = "avg" | "max" | "min" | "median" ;
  mutating func acceptAggregateFunction() -> AggregateFunction? {
    switch accept(anyOf: [.avg, .max, .min, .median]) {
    case .avg?: .avg
    case .max?: .max
    case .min?: .min
    case .median?: .median
    default: nil
    }
  }

  ///     scalarFn = "round" | "abs" | "coalesce" | "floor" | "least" | "greatest" | "days" ;
  mutating func acceptScalarFunction() -> ScalarFunction? {
    switch accept(anyOf: [.round, .abs, .coalesce, .floor, .least, .greatest, .days]) {
    case .round?: .round
    case .abs?: .abs
    case .coalesce?: .coalesce
    case .floor?: .floor
    case .least?: .least
    case .greatest?: .greatest
    case .days?: .days
    default: nil
    }
  }

  ///     scope = "of" dimGroup | "per" dimGroup | "along" dim ;
  mutating func scopeIfPresent() throws(SyntaxFailure) -> ScopeSyntax? {
    switch accept(anyOf: [.of, .per, .along]) {
    case .of?: ScopeSyntax(.of, try dimGroup())
    case .per?: ScopeSyntax(.per, try dimGroup())
    case .along?: ScopeSyntax(.along, [try dim()])
    default: nil
    }
  }
}
