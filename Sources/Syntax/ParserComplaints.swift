// ParserComplaints.swift: the places where a rule knows better than "unexpected" what is wrong.

extension Parser {
  /// P08: `top five`.
  mutating func needsWholeNumber(after word: Int) -> SyntaxFailure {
    guard !isAtEnd else { return unexpected() }
    diagnostic = .needsWholeNumber(typed(word), at: token.range)
    return SyntaxFailure()
  }

  /// P10: `as rate`.
  mutating func needsOutputForm() -> SyntaxFailure {
    guard !isAtEnd else { return unexpected() }
    let word = source.slice(token.range)
    var naming: String?
    // “输出” is no word for naming: only who writes `as` may mean that.
    if token.kind == .name, metricsNamed.count == 1, let metric = metricsNamed.first,
      metric.text.utf8.allSatisfy({ $0 < 0x80 })
    {
      naming = "\(metric.text) named \(Diagnostic.shortened(word))"
    }
    diagnostic = .notAForm(word, naming: naming, at: token.range)
    return SyntaxFailure()
  }

  /// T04: `avg(rate)` without `per`.
  mutating func needsScope(
    _ function: AggregateFunction, word: Int, of expression: ExpressionSyntax
  ) -> SyntaxFailure {
    guard explains, token.mark == ")" else { return unexpected() }
    let name = typed(word)
    var kind = Bilingual("metric", "指标")
    var hints: [Bilingual] = []
    let argument = Diagnostic.excerpt(source.slice(expression.range))
    if case .measure(let metric, _) = expression.kind,
      let about = known.metrics[foldedName(metric.text)]
    {
      kind = about.kind
      if let top = about.numerator, let bottom = about.denominator,
        let plain = corrected(
          SourceRange(tokens[word].range.lower, token.range.upper), source.slice(expression.range))
      {
        hints.append(
          Bilingual(
            "for the true rate drop the function: `\(plain)` "
              + "(sum of \(top.english) / sum of \(bottom.english))",
            "要真正的比率请去掉函数：“\(plain)”（\(top.chinese)之和／\(bottom.chinese)之和）"))
      }
    }
    if let dimension = firstGroupingDimension() {
      hints.append(
        Bilingual(
          "for a mean over \(Self.plural(dimension)) write `\(name)(\(argument) per \(dimension))`",
          "要按\(dimension)平均请写“\(name)（\(argument) 每 \(dimension)）”"))
    } else {
      hints.append(
        Bilingual(
          "write `\(name)(\(argument) per …)` with the dimension whose members are averaged",
          "请写“\(name)（\(argument) 每 …）”，注明对哪个维度平均"))
    }
    diagnostic = .needsScope(name, kind: kind, at: token.range, hints: hints)
    return SyntaxFailure()
  }

  /// The first name behind `by` in the rest of the statement.
  private func firstGroupingDimension() -> String? {
    for position in index..<max(index, limit - 1) where tokens[position].keyword == .by {
      switch tokens[position + 1].kind {
      case .name, .bracketedName, .keyword: return typed(position + 1)
      default: return nil
      }
    }
    return nil
  }

  private static func plural(_ word: String) -> String {
    guard let last = word.unicodeScalars.last, last.isASCII else { return word }
    return last == "y" ? word.dropLast() + "ies" : word + "s"
  }

  // MARK: - Ranges that run backwards (V03)

  mutating func checkedOrder(_ span: SpanSyntax) -> SpanSyntax {
    guard let upper = span.upper, let turned = Self.isBackwards(span.lower.kind, upper.kind),
      turned
    else { return span }
    noteBackwards(span.lower.range, upper.range)
    return span
  }

  mutating func checkedOrder(_ span: PeriodSpanSyntax) -> PeriodSpanSyntax {
    guard let upper = span.upper else { return span }
    let isBackwards =
      switch (span.lower.kind, upper.kind) {
      case (.number(let first), .number(let last)): first > last
      case (.literal(let first), .literal(let last)): Self.isBackwards(first, last)
      default: false
      }
    if isBackwards { noteBackwards(span.lower.range, upper.range) }
    return span
  }

  private mutating func noteBackwards(_ lower: SourceRange, _ upper: SourceRange) {
    findings.append(
      .rangeRunsBackwards(
        at: lower.union(upper), turned: "\(source.slice(upper))..\(source.slice(lower))"))
  }

  private static func isBackwards(_ lower: ScalarSyntax.Kind, _ upper: ScalarSyntax.Kind) -> Bool? {
    switch (lower, upper) {
    case (.number(let first, let isNegative), .number(let last, let isNegativeToo)):
      guard first.scale == last.scale else { return nil }
      return (isNegative ? -first.digits : first.digits)
        > (isNegativeToo ? -last.digits : last.digits)
    case (.period(let first), .period(let last)): return isBackwards(first, last)
    default: return nil
    }
  }

  /// Compares periods of one kind that both name their year, or both leave it to the scope.
  private static func isBackwards(_ lower: PeriodLiteral, _ upper: PeriodLiteral) -> Bool {
    guard let (firstYear, first) = months(lower), let (lastYear, last) = months(upper),
      (firstYear == nil) == (lastYear == nil)
    else { return false }
    return (firstYear ?? 0) * 12 + first.lowerBound > (lastYear ?? 0) * 12 + last.upperBound
  }

  private static func months(_ period: PeriodLiteral) -> (year: Int?, months: ClosedRange<Int>)? {
    switch period {
    case .year(let year): (year, 1...12)
    case .half(let year, let half): (year, (half * 6 - 5)...(half * 6))
    case .quarter(let year, let quarter): (year, (quarter * 3 - 2)...(quarter * 3))
    case .month(let year, let month): (year, month...month)
    }
  }
}
