// FormulaNames.swift: formulas of definitions arrive as written; they leave with the canonical name
// of every metric in them.

import Syntax

extension CatalogBuilder {
  /// Names in formulas may be labels or aliases in either language; what is made of a formula looks
  /// for names alone. A formula with a name that nothing has is N01, and its metric is left out.
  mutating func nameMetricsInFormulas() {
    let names = FormulaNames(catalog.metrics)
    var kept: [Metric] = []
    for var metric in catalog.metrics {
      if let expression = metric.expression {
        var unknown: [Name] = []
        metric.expression = names.canonical(expression, &unknown)
        for name in unknown {
          report(.metric, metric.name, names.unknownMetric(name, in: metric.name))
        }
        guard unknown.isEmpty else { continue }
      }
      kept.append(metric)
    }
    catalog.metrics = kept
    for index in catalog.schemes.indices {
      for item in catalog.schemes[index].items.indices {
        guard
          case .formula(let formula, let otherwise) = catalog.schemes[index].items[item].rule
        else { continue }
        var unknown: [Name] = []
        catalog.schemes[index].items[item].rule = .formula(
          names.canonical(formula, &unknown),
          otherwise: otherwise.map { names.canonical($0, &unknown) })
        for name in unknown {
          let scheme = catalog.schemes[index].name
          report(.scheme, scheme, names.unknownMetric(name, in: scheme))
        }
      }
    }
  }
}

private struct FormulaNames {
  let metrics: [Metric]
  private let known: Set<String>

  init(_ metrics: [Metric]) {
    self.metrics = metrics
    known = Set(metrics.map(\.name))
  }

  func canonical(_ expression: ExpressionSyntax, _ unknown: inout [Name]) -> ExpressionSyntax {
    var result = expression
    switch expression.kind {
    case .number, .parameter: break
    case .negated(let inner): result.kind = .negated(canonical(inner, &unknown))
    case .measure(let name, let filter):
      result.kind = .measure(canonical(name, &unknown), filter: filter)
    case .sum(var terms):
      for index in terms.indices { terms[index].term = canonical(terms[index].term, &unknown) }
      result.kind = .sum(terms)
    case .product(var factors):
      for index in factors.indices {
        factors[index].factor = canonical(factors[index].factor, &unknown)
      }
      result.kind = .product(factors)
    case .call(let call): result.kind = .call(canonical(call, &unknown))
    }
    return result
  }

  private func canonical(_ call: CallSyntax, _ unknown: inout [Name]) -> CallSyntax {
    switch call {
    case .window(let function, let inner, let scope):
      .window(function, canonical(inner, &unknown), scope: scope)
    case .aggregate(let function, let inner, let per, let weight):
      .aggregate(
        function, canonical(inner, &unknown), per: per,
        weight: weight.map { canonical($0, &unknown) })
    case .scalar(let function, let arguments):
      .scalar(function, arguments.map { canonical($0, &unknown) })
    case .count: call
    }
  }

  private func canonical(_ name: Name, _ unknown: inout [Name]) -> Name {
    if known.contains(name.text) { return name }
    let folded = foldedName(name.text)
    guard let metric = metrics.first(where: { $0.isSpelled(folded) }) else {
      unknown.append(name)
      return name
    }
    return Name(metric.name, at: name.range)
  }

  /// N01 with the nearest names but that of the definition itself.
  func unknownMetric(_ name: Name, in definition: String) -> Diagnostic {
    let folded = foldedName(name.text)
    let limit = folded.unicodeScalars.count < 5 ? 1 : 2
    let near = metrics.filter {
      $0.name != definition && editDistance(folded, $0.name, limit: limit) != nil
    }.prefix(3)
    let english = near.map { "`\($0.name)`" }.joined(separator: " or ")
    let chinese = near.map { "“\($0.label.chinese)”" }.joined(separator: "或")
    return .unknownMetric(
      name, near.isEmpty ? [] : [Bilingual("did you mean \(english)?", "是否要写\(chinese)？")])
  }
}

extension Diagnostic {
  /// N01. Where nothing better is known, it says where the metrics are listed.
  package static func unknownMetric(
    _ name: Name, _ hints: [Bilingual], replacement: Bilingual? = nil
  ) -> Diagnostic {
    let all = Bilingual("`show metrics` lists all of them", "“列出 全部指标”可看有哪些指标")
    return Diagnostic(
      "N01", at: name.range,
      Bilingual("unknown metric `\(name.text)`", "没有指标“\(name.text)”"),
      hints: hints.isEmpty ? [all] : hints, replacement: replacement)
  }
}
