// ResolverFormulas.swift: expressions over metric names become formulas over measures.
//
// Derived metrics, rates and score rules are unfolded here, so that nothing later knows a score
// (architecture: planning lowers meaning away). A filter in `{…}` travels down to the measures.

import Catalog
import Syntax

/// A formula with what arithmetic needs to know of it.
struct TypedFormula {
  var formula: Formula
  var kind: MetricKind
  var quantity: Quantity?
}

extension Resolver {
  mutating func column(_ syntax: ColumnSyntax) throws(PlanningFault) -> QueryColumn {
    let typed = try formula(syntax.expression, filter: nil)
    var column = QueryColumn(
      name: syntax.alias?.text ?? sentence(of: syntax.expression, in: .english),
      label: syntax.alias.map { Bilingual(same: $0.text) }
        ?? Bilingual(
          sentence(of: syntax.expression, in: .english),
          sentence(of: syntax.expression, in: .chinese)),
      formula: typed.formula, kind: typed.kind, format: nil, quantity: typed.quantity,
      isHighBetter: nil, isRankedShown: false, isAdditive: typed.kind == .count, metric: nil)
    if case .measure(let name, let filter) = syntax.expression.kind,
      let metric = vocabulary.metric(name.text)
    {
      column.format = metric.format
      column.isHighBetter = metric.isHighBetter
      column.isRankedShown = metric.isRankedShown
      if filter == nil { column.metric = metric.name }
      if syntax.alias == nil, filter == nil {
        column.name = metric.name
        column.label = metric.label
      }
      column.isAdditive = isAdditive(metric)
    } else if syntax.expression.isAggregateOfOne,
      let name = syntax.expression.firstMeasure, let metric = vocabulary.metric(name.text)
    {
      column.format = metric.format
      column.isHighBetter = metric.isHighBetter
      column.isAdditive = false
    }
    return column
  }

  private func isAdditive(_ metric: Metric) -> Bool {
    guard metric.kind == .count, case .all = metric.additivity else { return false }
    return metric.constantOver.isEmpty
  }

  mutating func formula(
    _ syntax: ExpressionSyntax, filter: Condition?, isOptional: Bool = false
  ) throws(PlanningFault) -> TypedFormula {
    switch syntax.kind {
    case .number(let number): return TypedFormula(number: number)
    case .parameter(let name): return try value(of: name)
    case .negated(let inner):
      var typed = try formula(inner, filter: filter, isOptional: isOptional)
      typed.formula = .negated(typed.formula)
      return typed
    case .sum(let terms): return try sum(terms, filter, isOptional, at: syntax.range)
    case .product(let factors): return try product(factors, filter, isOptional)
    case .measure(let name, let own):
      return try measure(name, own, filter: filter, isOptional: isOptional)
    case .call(let call): return try self.call(call, filter, at: syntax.range)
    }
  }

  private func value(of name: Name) throws(PlanningFault) -> TypedFormula {
    guard let value = scope.values[name.text]?.first?.lower else {
      throw .wrong(.noValue(name.text, at: name.range))
    }
    guard case .number(let number, let isNegative) = value.kind else {
      throw .wrong(.noValue(name.text, at: name.range))
    }
    let typed = TypedFormula(number: number)
    return isNegative
      ? TypedFormula(formula: .negated(typed.formula), kind: typed.kind, quantity: nil) : typed
  }

  // MARK: - Arithmetic

  private mutating func sum(
    _ terms: [SignedTerm], _ filter: Condition?, _ isOptional: Bool, at range: SourceRange
  ) throws(PlanningFault) -> TypedFormula {
    var parts: [FormulaTerm] = []
    var kind: MetricKind?
    var quantity: Quantity?
    var isDifference = false
    for term in terms {
      let typed = try formula(term.term, filter: filter, isOptional: isOptional)
      parts.append(FormulaTerm(isSubtracted: term.isSubtracted, formula: typed.formula))
      isDifference = isDifference || term.isSubtracted
      if case .number = term.term.kind { continue }
      let next = typed.kind.asCount
      if let before = kind, before != next, before != .decimal, next != .decimal {
        let names = terms.compactMap { term -> Metric? in
          guard case .measure(let name, _) = term.term.kind else { return nil }
          return vocabulary.metric(name.text)
        }
        throw .wrong(.mixedKinds(before, next, names, at: range))
      }
      kind = kind ?? next
      quantity = quantity ?? typed.quantity
    }
    let hasNumber = terms.contains { if case .number = $0.term.kind { true } else { false } }
    var result = kind ?? .decimal
    // ratio − ratio is a difference in points; `1 - ratio` stays a ratio.
    if isDifference, !hasNumber, result == .ratio || result == .score { result = .points }
    return TypedFormula(formula: .sum(parts), kind: result, quantity: quantity)
  }

  private mutating func product(
    _ factors: [SignedFactor], _ filter: Condition?, _ isOptional: Bool
  ) throws(PlanningFault) -> TypedFormula {
    var parts: [FormulaFactor] = []
    var kind: MetricKind?
    for factor in factors {
      let typed = try formula(factor.factor, filter: filter, isOptional: isOptional)
      parts.append(FormulaFactor(isDivided: factor.isDivided, formula: typed.formula))
      let isNumber = if case .number = factor.factor.kind { true } else { false }
      let next: MetricKind = isNumber ? .decimal : typed.kind.asCount
      if let before = kind {
        kind = factor.isDivided && before == .count && next == .count ? .ratio : .decimal
      } else {
        kind = next
      }
    }
    return TypedFormula(formula: .product(parts), kind: kind ?? .decimal, quantity: nil)
  }

  // MARK: - Metrics

  mutating func measure(
    _ name: Name, _ own: ConditionSyntax?, filter: Condition?, isOptional: Bool
  ) throws(PlanningFault) -> TypedFormula {
    guard let metric = vocabulary.metric(name.text) else {
      if let dimension = vocabulary.dimension(name.text) {
        throw .wrong(.dimensionAsMetric(name, dimension, like: vocabulary.catalog.metrics.first))
      }
      throw .wrong(vocabulary.unknownMetric(name))
    }
    var condition = filter
    if let own {
      let added = try self.condition(own)
      condition = condition.map { .all([$0, added]) } ?? added
    }
    let isOutside = metric.schemeRole == nil && metric.expression == nil
    if isOutside, let dimension = metric.constantOver.first(where: { context.contains($0) }) {
      throw .constant(metric: metric.name, dimension: dimension)
    }
    return try unfold(metric, filter: condition, isOptional: isOptional, at: name.range)
  }

  mutating func unfold(
    _ metric: Metric, filter: Condition?, isOptional: Bool, at range: SourceRange
  ) throws(PlanningFault) -> TypedFormula {
    if metric.schemeRole != nil, let score = try score(metric, filter: filter, at: range) {
      return score
    }
    var formula: Formula
    if let expression = metric.expression {
      formula = try self.formula(expression, filter: filter, isOptional: isOptional).formula
    } else if !metric.sources.isEmpty {
      formula = .measure(Measure(metric: metric.name, filter: filter, isOptional: isOptional))
    } else {
      let text = metric.missing ?? Bilingual(same: metric.name)
      throw .refused(
        Refusal(
          "U07",
          Bilingual("not published: \(text.english)", "未公布：\(text.chinese)")))
    }
    if let otherwise = metric.otherwise {
      formula = .otherwise(formula, try self.formula(otherwise, filter: filter).formula)
    }
    if metric.missing != nil, metric.sources.isEmpty == false || metric.expression != nil {
      try requireAnyData(metric)
    }
    return TypedFormula(formula: formula, kind: metric.kind, quantity: metric.quantity)
  }

  /// A metric with words for "not published" says them where none of its data sets is loaded.
  private func requireAnyData(_ metric: Metric) throws(PlanningFault) {
    var names = [metric.name]
    var datasets: Set<String> = []
    var seen: Set<String> = []
    while let name = names.popLast() {
      guard seen.insert(name).inserted, let inner = vocabulary.metric(name) else { continue }
      datasets.formUnion(inner.sources.map(\.dataset))
      names += inner.measureNames
    }
    let isLoaded = datasets.contains { holdings.combinations[$0]?.isEmpty == false }
    guard !isLoaded, let text = metric.missing else { return }
    throw .refused(
      Refusal("U07", Bilingual("not published: \(text.english)", "未公布：\(text.chinese)")))
  }
}

extension Metric {
  var measureNames: [String] { expression?.measureNames ?? [] }
}

extension MetricKind {
  /// In arithmetic stock and distinct are counts.
  var asCount: MetricKind { self == .stock || self == .distinct ? .count : self }
}

extension TypedFormula {
  init(number: NumberSyntax) {
    // A percent is a hundredth; the lexer bounds the scale, so both exist.
    let scale = number.scale + (number.form == .percent ? 2 : 0)
    formula = .number(Exact(digits: number.digits, scale: scale) ?? .zero)
    kind = number.form == .percent ? .ratio : .decimal
    quantity = nil
  }
}

extension ExpressionSyntax {
  /// `avg(m per …)`, `previous(m)` …: printed as the metric inside.
  var isAggregateOfOne: Bool {
    switch kind {
    case .call(.aggregate(_, let inner, _, _)), .call(.window(.previous, let inner, _)),
      .call(.window(.running, let inner, _)):
      if case .measure = inner.kind { true } else { false }
    default: false
    }
  }
}
