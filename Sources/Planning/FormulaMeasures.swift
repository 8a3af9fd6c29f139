// FormulaMeasures.swift: a formula arrives; the measures in it leave, or are changed in place.

import Syntax

extension Formula {
  /// Every measure inside, with the dimensions that `per` adds around it.
  package func measureUses(extra: [String]) -> [MeasureUse] {
    switch self {
    case .number: return []
    case .measure(let measure): return [MeasureUse(measure, extraDimensions: extra)]
    case .sum(let terms): return terms.flatMap { $0.formula.measureUses(extra: extra) }
    case .product(let factors): return factors.flatMap { $0.formula.measureUses(extra: extra) }
    case .negated(let inner), .rounded(let inner, _): return inner.measureUses(extra: extra)
    case .window(_, let inner, let scope):
      return inner.measureUses(extra: merged(extra, scope.dimensions))
    case .scalar(_, let arguments): return arguments.flatMap { $0.measureUses(extra: extra) }
    case .reduced(_, let inner, let per, let weight):
      let wider = merged(extra, per)
      return inner.measureUses(extra: wider) + (weight?.measureUses(extra: wider) ?? [])
    case .count(let dimension, let having):
      // The rows of the first measure of the condition, else those that the question counts.
      return having?.measureUses(extra: merged(extra, [dimension])) ?? []
    case .otherwise(let first, let second):
      return first.measureUses(extra: extra) + second.measureUses(extra: extra)
    case .byItem(let items, let total):
      return items.flatMap { $0.formula.measureUses(extra: extra) }
        + total.measureUses(extra: extra)
    }
  }
}

extension HavingCondition {
  package func measureUses(extra: [String]) -> [MeasureUse] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap { $0.measureUses(extra: extra) }
    case .not(let inner): inner.measureUses(extra: extra)
    case .compare(let left, _, let right):
      left.measureUses(extra: extra) + right.measureUses(extra: extra)
    case .between(let value, let lower, let upper):
      [value, lower, upper].flatMap { $0.measureUses(extra: extra) }
    case .isNull(let value): value.measureUses(extra: extra)
    }
  }
}

extension WindowScope {
  package var dimensions: [String] {
    switch self {
    case .all: []
    case .of(let names), .per(let names): names
    case .along(let name): [name]
    }
  }
}

/// The union, sorted, so that equal sets are equal keys.
package func merged(_ left: [String], _ right: [String]) -> [String] {
  Set(left).union(right).sorted()
}

extension Formula {
  /// Changes every measure inside.
  mutating func changeMeasures(_ change: (inout Measure) -> Void) {
    switch self {
    case .number: break
    case .measure(var measure):
      change(&measure)
      self = .measure(measure)
    case .sum(var terms):
      for index in terms.indices { terms[index].formula.changeMeasures(change) }
      self = .sum(terms)
    case .product(var factors):
      for index in factors.indices { factors[index].formula.changeMeasures(change) }
      self = .product(factors)
    case .negated(let inner): self = .negated(inner.changed(change))
    case .rounded(let inner, let places): self = .rounded(inner.changed(change), places: places)
    case .scalar(let function, let arguments):
      self = .scalar(function, arguments.map { $0.changed(change) })
    case .window(let function, let inner, let scope):
      self = .window(function, inner.changed(change), scope)
    case .reduced(let function, let inner, let per, let weight):
      self = .reduced(
        function, inner.changed(change), per: per, weight: weight?.changed(change))
    case .count(let dimension, var having):
      having?.changeFormulas { $0.changeMeasures(change) }
      self = .count(dimension, having)
    case .otherwise(let first, let second):
      self = .otherwise(first.changed(change), second.changed(change))
    case .byItem(var items, let total):
      for index in items.indices { items[index].formula.changeMeasures(change) }
      self = .byItem(items, total: total.changed(change))
    }
  }

  private func changed(_ change: (inout Measure) -> Void) -> Formula {
    var formula = self
    formula.changeMeasures(change)
    return formula
  }
}

extension HavingCondition {
  /// Changes every formula that is compared.
  mutating func changeFormulas<Failure: Error>(_ change: (inout Formula) throws(Failure) -> Void)
    throws(Failure)
  {
    switch self {
    case .all(var parts):
      for index in parts.indices { try parts[index].changeFormulas(change) }
      self = .all(parts)
    case .any(var parts):
      for index in parts.indices { try parts[index].changeFormulas(change) }
      self = .any(parts)
    case .not(var inner):
      try inner.changeFormulas(change)
      self = .not(inner)
    case .compare(var left, let comparison, var right):
      try change(&left)
      try change(&right)
      self = .compare(left, comparison, right)
    case .between(var value, var lower, var upper):
      try change(&value)
      try change(&lower)
      try change(&upper)
      self = .between(value, lower, upper)
    case .isNull(var value):
      try change(&value)
      self = .isNull(value)
    }
  }
}
