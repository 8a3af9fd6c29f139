// ExpressionNames.swift: an expression arrives; the names that it is made from leave.

extension ExpressionSyntax {
  /// Every name that stands for a metric or a column, in written order.
  package var measures: [Name] {
    switch kind {
    case .measure(let name, _): [name]
    case .sum(let terms): terms.flatMap(\.term.measures)
    case .product(let factors): factors.flatMap(\.factor.measures)
    case .negated(let inner): inner.measures
    case .call(.window(_, let inner, _)): inner.measures
    case .call(.aggregate(_, let inner, _, let weight)):
      inner.measures + (weight?.measures ?? [])
    case .call(.scalar(_, let arguments)): arguments.flatMap(\.measures)
    case .call(.count), .number, .parameter: []
    }
  }

  package var measureNames: [String] { measures.map(\.text) }
}
