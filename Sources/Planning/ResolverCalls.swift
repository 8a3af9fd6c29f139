// ResolverCalls.swift: functions, and the clauses after the groups are made.

import Catalog
import Syntax

extension Resolver {
  mutating func call(
    _ call: CallSyntax, _ filter: Condition?, at range: SourceRange
  ) throws(PlanningFault) -> TypedFormula {
    switch call {
    case .window(let function, let inner, let scope):
      return try window(function, inner, scope, filter, at: range)
    case .aggregate(let function, let inner, let per, let weight):
      let dimensions = try dimensions(per)
      let outer = context
      defer { context = outer }
      context.formUnion(dimensions)
      let value = try formula(inner, filter: filter)
      let factor = try weight.map { syntax throws(PlanningFault) in
        try formula(syntax, filter: filter).formula
      }
      return TypedFormula(
        formula: .reduced(function, value.formula, per: dimensions, weight: factor),
        kind: function == .avg && value.kind == .count ? .decimal : value.kind,
        quantity: value.quantity)
    case .scalar(let function, let arguments):
      var values: [TypedFormula] = []
      for argument in arguments {
        values.append(
          try formula(argument, filter: filter, isOptional: function == .coalesce))
      }
      return TypedFormula(
        formula: .scalar(function, values.map(\.formula)),
        kind: values.first?.kind ?? .decimal, quantity: values.first?.quantity)
    case .count(let name, let condition):
      let dimension = try dimension(name)
      let outer = context
      defer { context = outer }
      context.insert(dimension.name)
      let having = try condition.map { syntax throws(PlanningFault) in try self.having(syntax) }
      return TypedFormula(
        formula: .count(dimension.name, having), kind: .count, quantity: nil)
    }
  }

  private mutating func window(
    _ function: WindowFunction, _ inner: ExpressionSyntax, _ scope: ScopeSyntax?,
    _ filter: Condition?, at range: SourceRange
  ) throws(PlanningFault) -> TypedFormula {
    let value = try formula(inner, filter: filter)
    var windowScope = WindowScope.all
    if let scope {
      let names = try dimensions(scope.dimensions)
      windowScope =
        switch scope.kind {
        case .of: .of(names)
        case .per: .per(names)
        case .along: names.first.map { .along($0) } ?? .all
        }
    }
    let kind: MetricKind
    switch function {
    case .share:
      guard value.kind == .count || value.kind == .stock || value.kind == .distinct else {
        throw .wrong(.noShare(value.kind, at: range))
      }
      kind = .ratio
    case .growth: kind = .ratio
    case .rank: kind = .count
    case .delta: kind = value.kind == .ratio || value.kind == .score ? .points : value.kind
    case .running, .previous: kind = value.kind
    }
    // Rank 1 is the best: where low is good, the negative is ranked.
    let isLowBest = function == .rank && isLowBetter(inner)
    let inside = isLowBest ? .negated(value.formula) : value.formula
    return TypedFormula(
      formula: .window(function, inside, windowScope), kind: kind,
      quantity: function == .rank || function == .share ? nil : value.quantity)
  }

  private func isLowBetter(_ expression: ExpressionSyntax) -> Bool {
    guard case .measure(let name, _) = expression.kind else { return false }
    return vocabulary.metric(name.text)?.isHighBetter == false
  }

  // MARK: - having

  mutating func having(_ syntax: HavingSyntax) throws(PlanningFault) -> HavingCondition {
    switch syntax.kind {
    case .any(let parts):
      return .any(try parts.map { part throws(PlanningFault) in try having(part) })
    case .all(let parts):
      return .all(try parts.map { part throws(PlanningFault) in try having(part) })
    case .not(let inner): return .not(try having(inner))
    case .test(let left, let test):
      if let (name, dimension) = dimensionAlone(left) {
        var words = "= …"
        if case .compare(let comparison, let right) = test {
          words = comparison.rawValue + " " + sentence(of: right, in: .english)
        }
        throw .wrong(.dimensionInHaving(name, dimension, test: words))
      }
      let value = try formula(left, filter: nil).formula
      switch test {
      case .compare(let comparison, let right):
        return .compare(value, comparison, try formula(right, filter: nil).formula)
      case .between(let lower, let upper, let isNegated):
        let inside = HavingCondition.between(
          value, try formula(lower, filter: nil).formula, try formula(upper, filter: nil).formula)
        return isNegated ? .not(inside) : inside
      case .isNull(let isNegated), .isBlank(let isNegated):
        return isNegated ? .not(.isNull(value)) : .isNull(value)
      }
    }
  }

  private func dimensionAlone(_ syntax: ExpressionSyntax) -> (Name, Dimension)? {
    guard case .measure(let name, nil) = syntax.kind, vocabulary.metric(name.text) == nil,
      let dimension = vocabulary.dimension(name.text)
    else { return nil }
    return (name, dimension)
  }

  // MARK: - order, top, with, vs, assume

  mutating func order(_ syntax: OrderSyntax) throws(PlanningFault) -> QueryOrder {
    let isDescending = syntax.isDescending ?? false
    if let (name, _) = dimensionAlone(syntax.expression) {
      return QueryOrder(key: .dimension(try dimension(name).name), isDescending: isDescending)
    }
    let formula = try formula(syntax.expression, filter: nil).formula
    return QueryOrder(key: .formula(formula), isDescending: isDescending)
  }

  mutating func top(_ syntax: TopSyntax) throws(PlanningFault) -> QueryTop {
    let count: Int
    switch syntax.count {
    case .number(let number): count = number
    case .parameter(let name):
      guard let value = wholeValue(of: name) else {
        throw .wrong(.noValue(name.text, at: name.range))
      }
      count = value
    }
    var on: Formula?
    if let expression = syntax.on { on = try formula(expression, filter: nil).formula }
    return QueryTop(
      isBottom: syntax.isBottom, count: count, on: on, per: try dimensions(syntax.per),
      isExact: syntax.isExact)
  }

  private func wholeValue(of name: Name) -> Int? {
    guard let value = scope.values[name.text]?.first?.lower,
      case .number(let number, isNegative: false) = value.kind, number.form == .whole
    else { return nil }
    return Int(exactly: number.digits)
  }

  mutating func extra(
    _ syntax: ExtraSyntax, _ columns: [QueryColumn], groupedBy groups: [String]
  ) throws(PlanningFault) -> QueryExtra {
    switch syntax.kind {
    case .share(let of):
      if let first = columns.first, first.kind == .ratio || first.kind == .score {
        throw .wrong(.noShare(first.kind, at: syntax.range))
      }
      return .share(of: try dimensions(of))
    case .rank(let per, let isDense):
      return .rank(per: try dimensions(per), isDense: isDense)
    case .running(let along):
      guard let along else {
        let times = groups.filter { catalog.dimension(named: $0)?.timeUnit != nil }
        guard times.count == 1 else { throw .wrong(.runningNeedsTime(at: syntax.range)) }
        return .running(along: nil)
      }
      return .running(along: try dimension(along).name)
    case .totals: return .totals
    case .subtotals: return .subtotals
    case .others: return .others
    case .empty: return .empty
    }
  }

  mutating func versus(_ syntax: (BaselineSyntax, [VersusPart])) throws(PlanningFault)
    -> QueryVersus
  {
    let baseline: QueryVersus.Baseline
    switch syntax.0 {
    case .previous: baseline = .previous
    case .yearAgo: baseline = .yearAgo
    case .all: baseline = .all
    case .period(let period): baseline = .months(try monthRange(period))
    }
    return QueryVersus(baseline: baseline, parts: syntax.1)
  }

  mutating func assumption(_ syntax: AssumptionSyntax) throws(PlanningFault) -> QueryAssumption {
    guard let metric = vocabulary.metric(syntax.metric.text) else {
      throw .wrong(vocabulary.unknownMetric(syntax.metric))
    }
    guard metric.kind == .count, !metric.sources.isEmpty else {
      let counts = metric.measureNames.compactMap { vocabulary.metric($0) }
      let count = counts.first { $0.isHighBetter == false } ?? counts.first
      throw .wrong(.computedAssumption(syntax.metric, metric, count))
    }
    let filter = try syntax.filter.map { filter throws(PlanningFault) in try condition(filter) }
    return QueryAssumption(
      metric: metric.name, filter: filter, value: try formula(syntax.value, filter: nil).formula)
  }
}

extension Diagnostic {
  static func computedAssumption(
    _ name: Name, _ metric: Metric, _ count: Metric?
  ) -> Diagnostic {
    var hints: [Bilingual] = []
    if let expression = metric.expression {
      let text = sentence(of: expression, in: .english)
      hints.append(Bilingual("`\(metric.name)` is \(text)", "“\(metric.label.chinese)”是 \(text)"))
    }
    if let count {
      hints.append(
        Bilingual(
          "assume one of its counts: `assume \(count.name) = 0`",
          "可假设其中的计数：“假设 \(count.label.chinese)=0”"))
    }
    return Diagnostic(
      "T11", at: name.range,
      Bilingual(
        "`\(name.text)` is computed, so it cannot be assumed", "“\(name.text)”是计算得出的，不能假设"),
      hints: hints)
  }
}
