// ParserPeriods.swift: spans of time, written out or counted from the anchor (language.md 7).

extension Parser {
  ///     period = INT | PERIOD | PARAM | relPeriod ;
  mutating func period() throws(SyntaxFailure) -> PeriodSyntax {
    let start = offset
    expected.slots.insert(.period)
    if token.kind == .number, lexed.number(token).form == .whole {
      let number = lexed.number(token)
      guard PeriodSpelling.years.contains(number.digits) else {
        let text = source.slice(number.range)
        diagnostic = .noSuchPeriod(text, unit: .year, number: number.digits, at: number.range)
        throw SyntaxFailure()
      }
      advance()
      return PeriodSyntax(.number(number.digits), at: number.range)
    }
    if let literal = acceptPeriodLiteral() {
      // `2024年` and `2024` are one year, so they are one tree.
      if case .year(let year) = literal {
        return PeriodSyntax(.number(Int64(year)), at: range(from: start))
      }
      return PeriodSyntax(.literal(literal), at: range(from: start))
    }
    if let parameter = acceptParameter() {
      return PeriodSyntax(.parameter(parameter.text), at: parameter.range)
    }
    guard let relative = try relPeriodIfPresent() else { throw unexpected() }
    return PeriodSyntax(.relative(relative), at: range(from: start))
  }

  mutating func acceptPeriodLiteral() -> PeriodLiteral? {
    let token = token
    guard token.kind == .period else { return nil }
    advance()
    return lexed.period(token)
  }

  ///     periodSpan = period [ ".." period ] ;
  mutating func periodSpan() throws(SyntaxFailure) -> PeriodSpanSyntax {
    let lower = try period()
    guard accept(mark: .range) else { return PeriodSpanSyntax(lower) }
    let upper = try period()
    return checkedOrder(PeriodSpanSyntax(lower, upper))
  }

  ///     relPeriod = "this" timeUnit | "last" [ INT ] timeUnit | "year to date" | "quarter to date"
  ///       ;
  mutating func relPeriodIfPresent() throws(SyntaxFailure) -> RelativePeriod? {
    switch accept(anyOf: [.this, .last, .yearToDate, .quarterToDate]) {
    case .this?: .this(try timeUnit())
    case .last?: .last(count: acceptWhole(), try timeUnit())
    case .yearToDate?: .yearToDate
    case .quarterToDate?: .quarterToDate
    default: nil
    }
  }
}
