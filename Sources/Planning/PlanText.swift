// PlanText.swift: a query or a plan arrives; lines that a newcomer can read leave.

import Catalog
import Syntax

/// The query as lines: what each word became (`.stage query`).
package func queryText(of query: Query) -> String {
  var lines = query.columns.map {
    "column \($0.name): \($0.kind.rawValue) = \(text(of: $0.formula))"
  }
  if !query.by.isEmpty { lines.append("by \(query.by.joined(separator: ", "))") }
  if !query.across.isEmpty { lines.append("across \(query.across.joined(separator: ", "))") }
  if let condition = query.condition { lines.append("where \(text(of: condition))") }
  for item in query.defaults { lines.append("default \(item.dimension) = \(item.member)") }
  if let first = query.months.first, let last = query.months.last {
    lines.append("during \(monthsText(first...last))")
  }
  if let having = query.having { lines.append("having \(text(of: having))") }
  for item in query.order {
    let key =
      switch item.key {
      case .formula(let formula): text(of: formula)
      case .dimension(let name): name
      }
    lines.append("order \(key) \(item.isDescending ? "desc" : "asc")")
  }
  if let top = query.top {
    let per = top.per.isEmpty ? "" : " per \(top.per.joined(separator: ", "))"
    let on = top.on.map { " on \(text(of: $0))" } ?? ""
    lines.append(
      "\(top.isBottom ? "bottom" : "top") \(top.count)\(on)\(per)\(top.isExact ? " exactly" : "")")
  }
  for extra in query.extras { lines.append("with \(text(of: extra))") }
  if let versus = query.versus { lines.append("vs \(text(of: versus.baseline))") }
  for assumption in query.assumptions {
    let filter = assumption.filter.map { "{\(text(of: $0))}" } ?? ""
    lines.append("assume \(assumption.metric)\(filter) = \(text(of: assumption.value))")
  }
  return lines.joined(separator: "\n")
}

/// The plan as the fixed steps of language.md 6.1, each measure with the rows that answer it.
package func planText(of plan: Plan) -> String {
  let query = plan.query
  var lines: [String] = []
  let measures = plan.measures.values.sorted { $0.use.orderKey < $1.use.orderKey }
  for measure in measures {
    lines.append("sum \(text(of: measure.use)) where \(measure.condition.map(text(of:)) ?? "true")")
    for part in measure.parts {
      let quarters = part.quarters.map(\.text).joined(separator: ", ")
      let members = part.members.sorted { $0.key < $1.key }.map {
        " \($0.key)=\($0.value.sorted().joined(separator: "|"))"
      }.joined()
      lines.append("  from \(part.dataset) source \(part.sourceIndex + 1), \(quarters)\(members)")
    }
  }
  lines.append(
    "group by \(query.groups.isEmpty ? "nothing" : query.groups.joined(separator: ", "))")
  lines += query.columns.map { "then \($0.name) = \(text(of: $0.formula))" }
  if let having = query.having { lines.append("keep groups with \(text(of: having))") }
  if let top = query.top {
    lines.append("keep the \(top.isBottom ? "lowest" : "highest") \(top.count) with their ties")
  }
  if query.extras.contains(.totals) { lines.append("total from the base rows") }
  lines.append("round and print")
  return lines.joined(separator: "\n")
}

extension MeasureUse {
  /// Tells uses apart and puts them into one order.
  package var orderKey: String {
    text(of: self) + (measure.scope.map { " " + text(of: $0) } ?? "")
  }
}

private func text(of use: MeasureUse) -> String {
  let extra =
    use.extraDimensions.isEmpty ? "" : " per \(use.extraDimensions.joined(separator: ", "))"
  return text(of: .measure(use.measure)) + extra
}

private func text(of extra: QueryExtra) -> String {
  switch extra {
  case .share(let names): names.isEmpty ? "share" : "share of \(names.joined(separator: ", "))"
  case .rank(let names, let isDense):
    "rank" + (names.isEmpty ? "" : " per \(names.joined(separator: ", "))")
      + (isDense ? " dense" : "")
  case .running(let name): name.map { "running along \($0)" } ?? "running"
  case .totals: "totals"
  case .subtotals: "subtotals"
  case .others: "others"
  case .empty: "empty"
  }
}

private func text(of baseline: QueryVersus.Baseline) -> String {
  switch baseline {
  case .previous: "previous"
  case .yearAgo: "year ago"
  case .all: "all"
  case .months(let range): monthsText(range)
  }
}

package func text(of formula: Formula) -> String {
  switch formula {
  case .number(let number): return text(of: number)
  case .measure(let measure):
    return measure.metric + (measure.filter.map { "{\(text(of: $0))}" } ?? "")
  case .sum(let terms):
    return "("
      + terms.enumerated().map { index, term in
        (index == 0 ? "" : term.isSubtracted ? " - " : " + ") + text(of: term.formula)
      }.joined() + ")"
  case .product(let factors):
    return factors.enumerated().map { index, factor in
      (index == 0 ? "" : factor.isDivided ? " / " : " * ") + text(of: factor.formula)
    }.joined()
  case .negated(let inner): return "-\(text(of: inner))"
  case .scalar(let function, let arguments):
    return "\(function.rawValue)(\(arguments.map(text(of:)).joined(separator: ", ")))"
  case .window(let function, let inner, let scope):
    let tail = scope.dimensions.isEmpty ? "" : " over \(scope.dimensions.joined(separator: ", "))"
    return "\(function.rawValue)(\(text(of: inner))\(tail))"
  case .reduced(let function, let inner, let per, let weight):
    let tail = weight.map { " weighted \(text(of: $0))" } ?? ""
    return "\(function.rawValue)(\(text(of: inner)) per \(per.joined(separator: ", "))\(tail))"
  case .count(let dimension, let having):
    return "count(\(dimension)\(having.map { " having \(text(of: $0))" } ?? ""))"
  case .otherwise(let first, let second): return "\(text(of: first)) else \(text(of: second))"
  case .rounded(let inner, let places): return "round(\(text(of: inner)), \(places))"
  case .byItem(let items, _):
    return "item{" + items.map { "\($0.item): \(text(of: $0.formula))" }.joined(separator: "; ")
      + "}"
  }
}

private func text(of number: Exact) -> String {
  number.denominator == 1 ? "\(number.numerator)" : "\(number.numerator)/\(number.denominator)"
}

package func text(of condition: Condition) -> String {
  switch condition {
  case .all(let parts): parts.map(text(of:)).joined(separator: " and ")
  case .any(let parts): "(\(parts.map(text(of:)).joined(separator: " or ")))"
  case .not(let inner): "not (\(text(of: inner)))"
  case .isMember(let dimension, let members):
    "\(dimension) in [\(members.joined(separator: ", "))]"
  case .text(let dimension, let textOperator, let pattern):
    "\(dimension) \(textOperator.rawValue) '\(pattern)'"
  case .isBlank(let dimension): "\(dimension) is blank"
  case .part(let unit, let range): "\(unit.rawValue) in \(range.lowerBound)..\(range.upperBound)"
  case .months(let range): "time in \(monthsText(range))"
  }
}

package func text(of having: HavingCondition) -> String {
  switch having {
  case .all(let parts): parts.map(text(of:)).joined(separator: " and ")
  case .any(let parts): "(\(parts.map(text(of:)).joined(separator: " or ")))"
  case .not(let inner): "not (\(text(of: inner)))"
  case .compare(let left, let comparison, let right):
    "\(text(of: left)) \(comparison.rawValue) \(text(of: right))"
  case .between(let value, let lower, let upper):
    "\(text(of: value)) between \(text(of: lower)) and \(text(of: upper))"
  case .isNull(let value): "\(text(of: value)) is null"
  }
}
