// StatementPrinter.swift: statements and definitions are printed as sentences.

extension SentencePrinter {
  func statement(_ statement: StatementSyntax) -> String {
    switch statement.kind {
    case .version(let number): return phrase(word(.tongbao), String(number))
    case .query(let question): return self.question(question)
    case .then(let refinements):
      return ([word(.then)] + refinements.map(refinement)).joined(separator: " ")
    case .letValue(let name, let spans, let isList):
      let values = list(spans.map { span($0, of: nil) })
      return phrase(word(.let), "$" + name.text, "=", isList ? "(\(values))" : values)
    case .parameter(let parameter): return self.parameter(parameter)
    case .define(let definition): return self.definition(definition)
    case .use(let use): return self.use(use)
    case .assert(let assertion): return self.assertion(assertion)
    case .check(let name, let spans):
      return phrase(word(.check), name.map(metric), spans.map(during))
    case .explain(let form, let question):
      return phrase(
        word(.explain), form == .figures ? nil : word(form.rawValue), self.question(question))
    case .rows(let row): return phrase(word(.rows), row.map { String($0) })
    case .drill(let row, let names):
      return phrase(
        word(.drill), String(row), names.map { phrase(word(.by), dimensions($0)) })
    case .run(let name, let arguments):
      let values = arguments.map { "$\($0.name.text) = \(span($0.value, of: nil))" }
      return phrase(
        word(.run), "@" + other(name) + (values.isEmpty ? "" : "(\(list(values)))"))
    case .show(let show): return phrase(word(.show), self.show(show))
    }
  }

  private func refinement(_ refinement: RefinementSyntax) -> String {
    switch refinement {
    case .clause(let clause): self.clause(clause)
    case .without(let name): phrase(word(.without), word(name.rawValue))
    }
  }

  private func parameter(_ parameter: ParameterSyntax) -> String {
    let kind: String
    var subject: Name?
    switch parameter.kind {
    case .number: kind = word(.number)
    case .text: kind = word(.text)
    case .period: kind = word(.period)
    case .member(let dimension):
      kind = self.dimension(dimension)
      subject = dimension
    }
    return phrase(
      word(.param), "$" + parameter.name.text, kind,
      parameter.value.map { "= " + span($0, of: subject) })
  }

  private func use(_ use: UseSyntax) -> String {
    switch use {
    case .period(let span): phrase(word(.use), periodSpan(span))
    case .where(let condition): phrase(word(.use), word(.where), self.condition(condition))
    case .scheme(let name): phrase(word(.use), word(.scheme), other(name))
    case .version(let number): phrase(word(.use), word(.version), String(number))
    case .none: phrase(word(.use), word(Keyword.none))
    }
  }

  private func assertion(_ assertion: AssertSyntax) -> String {
    phrase(
      word(.assert), assertion.quantifier.map { word($0.rawValue) },
      question(assertion.question), verdict(assertion.verdict), quoted(assertion.remark))
  }

  func verdict(_ verdict: AssertSyntax.Verdict) -> String {
    switch verdict {
    case .compare(let comparison, let value, let tolerance):
      phrase(
        comparison.rawValue, expression(value),
        tolerance.map { phrase(word(.within), number($0)) })
    case .between(let lower, let upper):
      phrase(
        word(.between), expression(lower), isChinese ? "与" : word(.and), expression(upper))
    case .showsText(let text): phrase(word(.shows), quoted(text))
    case .showsNumber(let number): phrase(word(.shows), self.number(number))
    case .isNull(let isNegated): isTest(.null, isNegated)
    case .isEmpty(let isNegated):
      phrase(word(.is), isNegated ? word(.not) : nil, word(.empty))
    }
  }

  private func show(_ show: ShowSyntax) -> String {
    switch show {
    case .metrics: word(.metrics)
    case .dimensions: word(.dimensions)
    case .datasets: word(.datasets)
    case .schemes: word(.schemes)
    case .filters: word(.filters)
    case .queries: word(.queries)
    case .periods: word(.periods)
    case .rulebook: word(.rulebook)
    case .grammar: word(.grammar)
    case .keywords: word(.keywords)
    case .members(let name): phrase(word(.members), isChinese ? "属" : word(.of), dimension(name))
    case .dataset(let name): phrase(word(.dataset), other(name))
    case .scheme(let name): phrase(word(.scheme), other(name))
    case .filter(let name): phrase(word(.filter), other(name))
    case .query(let name): phrase(word(.query), other(name))
    case .name(let name): metric(name)
    }
  }

  // MARK: - Definitions

  private static let longestLine = 100

  func definition(_ definition: DefinitionSyntax) -> String {
    switch definition {
    case .metric(let metric):
      return laidOut(
        .metric, metric.name, metric.expression.map { "= " + expression($0) },
        metric.parts.map(part), metric.comment)
    case .dimension(let dimension):
      return laidOut(
        .dimension, dimension.name, nil, dimension.parts.map(part), dimension.comment)
    case .dataset(let dataset):
      return laidOut(.dataset, dataset.name, nil, dataset.parts.map(part), dataset.comment)
    case .scheme(let scheme):
      return laidOut(.scheme, scheme.name, nil, scheme.parts.map(part), scheme.comment)
    case .filter(let name, let condition):
      return phrase(
        word(.define), word(.filter), introduced(name), "=", self.condition(condition))
    case .query(let name, let parameters, let question):
      let names = parameters.map { "$" + $0.text }
      return phrase(
        word(.define), word(.query),
        introduced(name) + (names.isEmpty ? "" : "(\(list(names)))"), "=",
        self.question(question))
    }
  }

  /// One line if it fits, else the parts on indented lines, which belong to the definition.
  private func laidOut(
    _ kind: Keyword, _ name: Name, _ value: String?, _ parts: [String], _ comment: String?
  ) -> String {
    let head = phrase(word(.define), word(kind), introduced(name), value)
    let line = ([head] + parts).joined(separator: " ")
    let help = (comment.map { $0.split(separator: "\n", omittingEmptySubsequences: false) } ?? [])
      .map { $0.isEmpty ? "##\n" : "## \($0)\n" }.joined()
    if line.count <= Self.longestLine { return help + line }
    return help + ([head] + parts).joined(separator: "\n  ")
  }

  func pair(_ keyword: Keyword, _ pair: TextPair) -> String {
    phrase(word(keyword), quoted(pair.first), quoted(pair.second))
  }

  private func part(_ part: MetricSyntax.Part) -> String {
    switch part {
    case .label(let pair): return self.pair(.label, pair)
    case .help(let pair): return self.pair(.help, pair)
    case .alias(let names): return phrase(word(.alias), namings(names))
    case .from(let basis): return self.basis(basis)
    case .metricClass(let metricClass): return phrase(word(.class), word(metricClass.rawValue))
    case .quantity(let name, let unit):
      return phrase(word(.quantity), introduced(name), quoted(unit))
    case .format(let text): return phrase(word(.format), quoted(text))
    case .better(let isHigh): return phrase(word(.better), word(isHigh ? .high : .low))
    case .additive(let additivity): return phrase(word(.additive), self.additivity(additivity))
    case .constant(let names):
      return phrase(word(.constant), word(.over), dimensions(names))
    case .beside(let name, let code, let outside):
      return phrase(word(.beside), metric(name), quoted(code), quoted(outside))
    case .defaultCondition(let condition):
      return phrase(word(.default), self.condition(condition))
    case .otherwise(let value): return phrase(word(.else), expression(value))
    case .ranked(let isShown): return phrase(word(.ranked), word(isShown ? .shown : .exact))
    case .missing(let pair): return self.pair(.missing, pair)
    }
  }

  func basis(_ basis: BasisSyntax) -> String {
    phrase(
      word(.from), other(basis.dataset), aggregate(basis.aggregate),
      basis.condition.map { phrase(word(.where), condition($0)) })
  }

  private func additivity(_ additivity: AdditivitySyntax) -> String {
    switch additivity {
    case .all: word(.all)
    case .none: word(Keyword.none)
    case .over(let names): phrase(word(.over), dimensions(names))
    case .except(let names): phrase(word(.except), dimensions(names))
    }
  }

  private func aggregate(_ aggregate: AggregateSyntax) -> String {
    switch aggregate {
    case .rows: word(.rows)
    case .apply(let function, let argument):
      "\(word(function.rawValue))(\(expression(argument)))"
    }
  }

  private func part(_ part: DimensionSyntax.Part) -> String {
    switch part {
    case .label(let pair): return self.pair(.label, pair)
    case .help(let pair): return self.pair(.help, pair)
    case .alias(let names): return phrase(word(.alias), namings(names))
    case .parent(let name): return phrase(word(.parent), dimension(name))
    case .unranked(let names): return phrase(word(.unranked), namings(names))
    case .optional(let names): return phrase(word(.optional), namings(names))
    case .defaultMember(let name): return phrase(word(.default), introduced(name))
    case .members(.file(let file)): return phrase(word(.members), quoted(file))
    case .members(.open): return phrase(word(.members), word(.open))
    case .members(.scheme): return phrase(word(.members), word(.scheme))
    case .member(let member):
      return phrase(
        word(.member), introduced(member.name), quoted(member.english), quoted(member.chinese),
        member.aliases.isEmpty ? nil : "(\(namings(member.aliases)))")
    }
  }
}
