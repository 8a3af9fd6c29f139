// ExpressionPrinter.swift: expressions, conditions and periods of a sentence are printed.

extension SentencePrinter {
  // MARK: - Expressions

  func expression(_ expression: ExpressionSyntax) -> String {
    switch expression.kind {
    case .sum(let terms):
      return terms.enumerated().map { position, term in
        let text = operand(term.term, isFactor: false)
        return position == 0 ? text : (term.isSubtracted ? "- " : "+ ") + text
      }.joined(separator: " ")
    case .product(let factors):
      return factors.enumerated().map { position, factor in
        let text = operand(factor.factor, isFactor: true)
        return position == 0 ? text : (factor.isDivided ? "/ " : "* ") + text
      }.joined(separator: " ")
    case .negated(let inner): return "-" + operand(inner, isFactor: true)
    case .number(let number): return self.number(number)
    case .parameter(let name): return "$" + name.text
    case .measure(let name, let filter): return measure(name, filter)
    case .call(let call): return self.call(call)
    }
  }

  /// An operand of a chain: another chain of the same or a weaker kind keeps its brackets.
  private func operand(_ expression: ExpressionSyntax, isFactor: Bool) -> String {
    switch expression.kind {
    case .sum: "(\(self.expression(expression)))"
    case .product where isFactor: "(\(self.expression(expression)))"
    default: self.expression(expression)
    }
  }

  func measure(_ name: Name, _ filter: ConditionSyntax?) -> String {
    metric(name) + (filter.map { "{\(condition($0))}" } ?? "")
  }

  private func call(_ call: CallSyntax) -> String {
    switch call {
    case .window(let function, let argument, let scope):
      let inner = phrase(
        expression(argument), scope.map { phrase(word($0.kind.rawValue), group($0.dimensions)) })
      return "\(word(function.rawValue))(\(inner))"
    case .aggregate(let function, let argument, let per, let weight):
      let inner = phrase(
        expression(argument), word(.per), group(per),
        weight.map { phrase(word(.weighted), expression($0)) })
      return "\(word(function.rawValue))(\(inner))"
    case .scalar(let function, let arguments):
      return "\(word(function.rawValue))(\(list(arguments.map(expression))))"
    case .count(let name, let condition):
      let inner = phrase(dimension(name), condition.map { phrase(word(.having), having($0)) })
      return "\(word(.count))(\(inner))"
    }
  }

  func number(_ number: NumberSyntax, isNegative: Bool = false) -> String {
    var digits = String(number.digits)
    if number.scale > 0 {
      let missing = number.scale + 1 - digits.count
      if missing > 0 { digits = String(repeating: "0", count: missing) + digits }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -number.scale))
    }
    return (isNegative ? "-" : "") + digits + (number.form == .percent ? "%" : "")
  }

  // MARK: - Conditions

  func condition(_ condition: ConditionSyntax) -> String {
    switch condition.kind {
    case .any(let parts):
      return parts.map { part in
        if case .any = part.kind { "(\(self.condition(part)))" } else { self.condition(part) }
      }.joined(separator: " \(word(.or)) ")
    case .all(let parts):
      return parts.map(grouped).joined(separator: " \(word(.and)) ")
    case .not(let inner): return phrase(word(.not), grouped(inner))
    case .saved(let name): return "@" + other(name)
    case .test(let name, let test): return self.test(name, test)
    }
  }

  private func grouped(_ condition: ConditionSyntax) -> String {
    switch condition.kind {
    case .any, .all: "(\(self.condition(condition)))"
    default: self.condition(condition)
    }
  }

  private func test(_ name: Name, _ test: DimensionTest) -> String {
    let subject = dimension(name)
    switch test {
    case .compare(let comparison, let span):
      return subject + compared(comparison.rawValue) + self.span(span, of: name)
    case .isIn(let spans, let isNegated):
      return phrase(
        subject, negatable(.in, isNegated), "(\(list(spans.map { span($0, of: name) })))")
    case .between(let lower, let upper, let isNegated):
      return phrase(
        subject, negatable(.between, isNegated), scalar(lower, of: name), andInBetween,
        scalar(upper, of: name))
    case .text(let operation, let pattern, let isNegated):
      guard let keyword = Keywords.keyword(english: operation.rawValue) else { return subject }
      return phrase(subject, negatable(keyword, isNegated), scalar(pattern, of: name))
    case .isNull(let isNegated): return phrase(subject, isTest(.null, isNegated))
    case .isBlank(let isNegated): return phrase(subject, isTest(.blank, isNegated))
    }
  }

  /// 不属于 and 不含 are one word in Chinese.
  private func negatable(_ keyword: Keyword, _ isNegated: Bool) -> String {
    guard isNegated else { return word(keyword) }
    return word(.not) + (isChinese ? "" : " ") + word(keyword)
  }

  /// The word between the ends of `between`; 且 would read like a second condition.
  private var andInBetween: String { isChinese ? "与" : word(.and) }

  func isTest(_ keyword: Keyword, _ isNegated: Bool) -> String {
    if isChinese { return (isNegated ? "非" : "为") + word(keyword) }
    return phrase(word(.is), isNegated ? word(.not) : nil, word(keyword))
  }

  func having(_ condition: HavingSyntax) -> String {
    switch condition.kind {
    case .any(let parts):
      return parts.map { part in
        if case .any = part.kind { "(\(having(part)))" } else { having(part) }
      }.joined(separator: " \(word(.or)) ")
    case .all(let parts): return parts.map(grouped).joined(separator: " \(word(.and)) ")
    case .not(let inner): return phrase(word(.not), grouped(inner))
    case .test(let left, let test): return havingTest(subject(left), test)
    }
  }

  private func grouped(_ condition: HavingSyntax) -> String {
    switch condition.kind {
    case .any, .all: "(\(having(condition)))"
    default: having(condition)
    }
  }

  /// The left side may not begin with `(` (language.md 3): one such is multiplied by 1.
  private func subject(_ expression: ExpressionSyntax) -> String {
    let text = self.expression(expression)
    return text.hasPrefix("(") ? "1 * " + text : text
  }

  private func havingTest(_ subject: String, _ test: HavingTest) -> String {
    switch test {
    case .compare(let comparison, let value):
      return subject + compared(comparison.rawValue) + expression(value)
    case .between(let lower, let upper, let isNegated):
      return phrase(
        subject, negatable(.between, isNegated), expression(lower), andInBetween,
        expression(upper))
    case .isNull(let isNegated): return phrase(subject, isTest(.null, isNegated))
    case .isBlank(let isNegated): return phrase(subject, isTest(.blank, isNegated))
    }
  }

  // MARK: - Values and periods

  /// A span of values; without a dimension they are not looked up.
  func span(_ span: SpanSyntax, of dimension: Name?) -> String {
    scalar(span.lower, of: dimension)
      + (span.upper.map { ".." + scalar($0, of: dimension) } ?? "")
  }

  private func scalar(_ scalar: ScalarSyntax, of dimension: Name?) -> String {
    switch scalar.kind {
    case .number(let number, let isNegative):
      return self.number(number, isNegative: isNegative)
    case .text(let text): return member(text, of: dimension) ?? quoted(text)
    case .period(let period): return periodLiteral(period)
    case .parameter(let name): return "$" + name
    case .name(let name):
      if let member = member(name.text, of: dimension) { return member }
      return name.isBracketed ? introduced(name) : bracketedIfNeeded(name.text)
    case .relative(let relative): return self.relative(relative)
    }
  }

  /// The canonical member: bare where it reads back, else in quotes.
  private func member(_ text: String, of dimension: Name?) -> String? {
    guard let dimension, let member = naming.member(text, dimension) else { return nil }
    let bare = bracketedIfNeeded(member)
    return bare.hasPrefix("[") ? quoted(member) : bare
  }

  func periodSpan(_ span: PeriodSpanSyntax) -> String {
    period(span.lower) + (span.upper.map { ".." + period($0) } ?? "")
  }

  func period(_ period: PeriodSyntax) -> String {
    switch period.kind {
    case .number(let number): String(number)
    case .literal(let literal): periodLiteral(literal)
    case .parameter(let name): "$" + name
    case .relative(let relative): self.relative(relative)
    }
  }

  /// One spelling for both languages; a month without its year has only the Chinese one.
  private func periodLiteral(_ period: PeriodLiteral) -> String {
    switch period {
    case .year(let year): "\(year)年"
    case .half(let year, let half): (year.map { String($0) } ?? "") + "H\(half)"
    case .quarter(let year, let quarter): (year.map { String($0) } ?? "") + "Q\(quarter)"
    case .month(let year?, let month): "\(year)-" + (month < 10 ? "0\(month)" : "\(month)")
    case .month(nil, let month): "\(month)月"
    }
  }

  private func relative(_ relative: RelativePeriod) -> String {
    switch relative {
    case .this(let unit): return isChinese ? "本" + word(unit.rawValue) : joined(.this, unit)
    case .last(nil, let unit): return isChinese ? "上" + word(unit.rawValue) : joined(.last, unit)
    case .last(let count?, let unit):
      return phrase(isChinese ? "近" : word(.last), String(count), word(unit.rawValue))
    case .yearToDate: return word(.yearToDate)
    case .quarterToDate: return word(.quarterToDate)
    }
  }

  private func joined(_ keyword: Keyword, _ unit: TimeUnit) -> String {
    phrase(word(keyword), word(unit.rawValue))
  }
}
