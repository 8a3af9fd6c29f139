// ParserDefinitions.swift: the statements that give a name to a metric, a filter or a question.

extension Parser {
  ///     define = "define" ( defMetric | defDimension | defDataset | defScheme | defFilter |
  ///       defQuery ) ;
  mutating func define() throws(SyntaxFailure) -> DefinitionSyntax {
    try expect(.define)
    isDefinition = true
    switch accept(anyOf: [.metric, .dimension, .dataset, .scheme, .filter, .query]) {
    case .metric?: return .metric(try defMetric())
    case .dimension?: return .dimension(try defDimension())
    case .dataset?: return .dataset(try defDataset())
    case .scheme?: return .scheme(try defScheme())
    case .filter?: return try defFilter()
    case .query?: return try defQuery()
    default: throw unexpected()
    }
  }

  ///     defFilter = "filter" name "=" cond ;
  private mutating func defFilter() throws(SyntaxFailure) -> DefinitionSyntax {
    let name = try definedName()
    try expect(mark: "=")
    return .filter(name, try cond())
  }

  ///     defQuery = "query" name [ "(" PARAM { "," PARAM } ")" ] "=" query ;
  private mutating func defQuery() throws(SyntaxFailure) -> DefinitionSyntax {
    let name = try definedName()
    var parameters: [Name] = []
    if at(mark: "(") {
      parameters = try enclosed("(", ")") { parser throws(SyntaxFailure) in
        try parser.list { parser throws(SyntaxFailure) in try parser.parameter() }
      }
    }
    try expect(mark: "=")
    return .query(name, parameters: parameters, try query())
  }

  ///     labelPart = "label" STRING [ STRING ] ;
  mutating func labelPartIfPresent() throws(SyntaxFailure) -> TextPair? {
    accept(.label) ? try textPair() : nil
  }

  ///     helpPart = "help" STRING [ STRING ] ;
  mutating func helpPartIfPresent() throws(SyntaxFailure) -> TextPair? {
    accept(.help) ? try textPair() : nil
  }

  ///     aliasPart = "alias" names ;
  mutating func aliasPartIfPresent() throws(SyntaxFailure) -> [Name]? {
    accept(.alias) ? try names() : nil
  }

  /// One text for both languages, or one for each.
  mutating func textPair() throws(SyntaxFailure) -> TextPair {
    let first = try text()
    return TextPair(first, acceptText())
  }

  // MARK: - Metrics

  ///     defMetric = "metric" name [ "=" expr ] { metricPart } ;
  private mutating func defMetric() throws(SyntaxFailure) -> MetricSyntax {
    let name = try definedName()
    let expression = accept(mark: "=") ? try expr() : nil
    var parts: [MetricSyntax.Part] = []
    while let part = try metricPartIfPresent() { parts.append(part) }
    return MetricSyntax(name, expression: expression, parts: parts)
  }

  ///     metricPart = labelPart | helpPart | aliasPart | basis | "class" metricClass | "quantity"
  ///       name [ STRING ] | "format" STRING | "better" ( "high" | "low" ) | "additive" additivity
  ///       | "constant" "over" dimList | "beside" name [ STRING [ STRING ] ] | "default" cond |
  ///       "else" expr | "ranked" ( "exact" | "shown" ) | "missing" STRING [ STRING ] ;
  private mutating func metricPartIfPresent() throws(SyntaxFailure) -> MetricSyntax.Part? {
    if let label = try labelPartIfPresent() { return .label(label) }
    if let help = try helpPartIfPresent() { return .help(help) }
    if let names = try aliasPartIfPresent() { return .alias(names) }
    if let basis = try basisIfPresent() { return .from(basis) }
    switch accept(anyOf: [
      .class, .quantity, .format, .better, .additive, .constant, .beside, .default, .else, .ranked,
      .missing,
    ]) {
    case .class?: return .metricClass(try metricClass())
    case .quantity?: return .quantity(try name(.newName), acceptText())
    case .format?: return .format(try text())
    case .better?: return .better(isHigh: try either(.high, .low))
    case .additive?: return .additive(try additivity())
    case .constant?:
      try expect(.over)
      return .constant(over: try dimList())
    case .beside?: return try beside()
    case .default?: return .defaultCondition(try cond())
    case .else?: return .otherwise(try expr())
    case .ranked?: return .ranked(isShown: !(try either(.exact, .shown)))
    case .missing?: return .missing(try textPair())
    default: return nil
    }
  }

  private mutating func beside() throws(SyntaxFailure) -> MetricSyntax.Part {
    let metric = try name(.metric)
    let code = acceptText()
    return .beside(metric, code: code, outsideCode: code == nil ? nil : acceptText())
  }

  /// Whether the first of two words stands here; the second does if not.
  private mutating func either(
    _ first: Keyword, _ second: Keyword
  ) throws(SyntaxFailure) -> Bool {
    if accept(first) { return true }
    try expect(second)
    return false
  }

  ///     metricClass = "count" | "stock" | "ratio" | "score" | "points" | "distinct" | "text" ;
  private mutating func metricClass() throws(SyntaxFailure) -> MetricClass {
    for metricClass in MetricClass.allCases {
      if let keyword = Keywords.keyword(english: metricClass.rawValue), accept(keyword) {
        return metricClass
      }
    }
    throw unexpected()
  }

  ///     additivity = "all" | "none" | "over" dimList | "except" dimList ;
  private mutating func additivity() throws(SyntaxFailure) -> AdditivitySyntax {
    switch accept(anyOf: [.all, .none, .over, .except]) {
    case .all?: .all
    case Keyword.none?: .none
    case .over?: .over(try dimList())
    case .except?: .except(try dimList())
    default: throw unexpected()
    }
  }

  ///     basis = "from" name aggregate [ "where" cond ] ;
  private mutating func basisIfPresent() throws(SyntaxFailure) -> BasisSyntax? {
    guard accept(.from) else { return nil }
    let dataset = try name(.dataset)
    let aggregate = try aggregate()
    return BasisSyntax(dataset, aggregate, condition: accept(.where) ? try cond() : nil)
  }

  ///     aggregate = "rows" | ( "sum" | "distinct" | "last" | "same" | "max" | "min" | "median" )
  ///       "(" expr ")" ;
  private mutating func aggregate() throws(SyntaxFailure) -> AggregateSyntax {
    if accept(.rows) { return .rows }
    for function in AggregateSyntax.Function.allCases {
      if let keyword = Keywords.keyword(english: function.rawValue), accept(keyword) {
        let expression = try nested { parser throws(SyntaxFailure) in
          try parser.enclosed("(", ")") { parser throws(SyntaxFailure) in try parser.expr() }
        }
        return .apply(function, expression)
      }
    }
    throw unexpected()
  }
}
