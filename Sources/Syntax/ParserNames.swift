// ParserNames.swift: words that name a metric, a dimension or anything else; lists of them.

extension Parser {
  /// A name in a slot. An unreserved keyword is a name wherever no rule asks for the keyword.
  ///
  ///     name = NAME | QNAME ;
  mutating func name(_ slot: Slots) throws(SyntaxFailure) -> Name {
    expected.slots.insert(slot)
    let token = token
    let name: Name
    switch token.kind {
    case .name: name = Name(lexed.name(token), at: token.range)
    case .bracketedName:
      name = Name(lexed.content(token), at: token.range, isBracketed: true)
    case .keyword:
      guard let keyword = token.keyword, !Keywords.isReserved(keyword) else { throw unexpected() }
      name = Name(lexed.name(token), at: token.range)
      if !known.words.contains(foldedName(name.text)) { keywordTakenAsName = index }
    default: throw unexpected()
    }
    try checkKnown(name, slot)
    if slot == .metric { metricsNamed.append(name) }
    if slot == .dimension { dimensionsNamed.append(name) }
    advance()
    return name
  }

  /// A metric, a dimension or, in a definition, a column; a unit of time is one too, under its
  /// English name.
  ///
  ///     ref = name | timeUnit ;
  mutating func ref(_ slot: Slots) throws(SyntaxFailure) -> Name {
    guard let unit = acceptTimeUnit() else { return try name(slot) }
    let name = Name(unit.rawValue, at: tokens[index - 1].range)
    if slot == .dimension { dimensionsNamed.append(name) }
    return name
  }

  ///     timeUnit = "month" | "quarter" | "year" ;
  mutating func acceptTimeUnit() -> TimeUnit? {
    switch accept(anyOf: [.month, .quarter, .year]) {
    case .month?: .month
    case .quarter?: .quarter
    case .year?: .year
    default: nil
    }
  }

  mutating func timeUnit() throws(SyntaxFailure) -> TimeUnit {
    guard let unit = acceptTimeUnit() else { throw unexpected() }
    return unit
  }

  ///     dim = ref ;
  mutating func dim() throws(SyntaxFailure) -> Name { try ref(.dimension) }

  ///     dimList = dim { "," dim } ;
  mutating func dimList() throws(SyntaxFailure) -> [Name] {
    try list { parser throws(SyntaxFailure) in try parser.dim() }
  }

  ///     dimGroup = dim | "(" dimList ")" ;
  mutating func dimGroup() throws(SyntaxFailure) -> [Name] {
    guard at(mark: "(") else { return [try dim()] }
    return try enclosed("(", ")") { parser throws(SyntaxFailure) in try parser.dimList() }
  }

  ///     names = naming { "," naming } ;
  mutating func names() throws(SyntaxFailure) -> [Name] {
    try list { parser throws(SyntaxFailure) in try parser.naming() }
  }

  /// A name that a definition introduces; in quotes it may be anything.
  ///
  ///     naming = name | STRING ;
  mutating func naming() throws(SyntaxFailure) -> Name {
    if let text = acceptText() { return Name(text.text, at: text.range, isBracketed: true) }
    return try name(.newName)
  }

  /// The name that a `define` gives; a reserved word or a clause word is refused (N07).
  mutating func definedName() throws(SyntaxFailure) -> Name {
    let token = token
    if let keyword = token.keyword, Keywords.isReserved(keyword) || Keywords.isClause(keyword) {
      diagnostic = .nameIsTaken(source.slice(token.range), at: token.range)
      throw SyntaxFailure()
    }
    let name = try name(.newName)
    if Keywords.mustBeBracketed(name.text), Keywords.keyword(spelled: name.text) != nil {
      diagnostic = .nameIsTaken(name.text, at: name.range)
      throw SyntaxFailure()
    }
    return name
  }

  ///     count = INT | PARAM ;
  mutating func count(after word: Int) throws(SyntaxFailure) -> CountSyntax {
    if let parameter = acceptParameter() { return .parameter(parameter) }
    return .number(try whole(after: word))
  }

  ///     number = [ "-" ] ( INT | DECIMAL ) ;
  mutating func number() throws(SyntaxFailure) -> (number: NumberSyntax, isNegative: Bool) {
    let isNegative = accept(mark: "-")
    guard let number = acceptNumber(allowsPercent: false) else { throw unexpected() }
    return (number, isNegative)
  }
}
