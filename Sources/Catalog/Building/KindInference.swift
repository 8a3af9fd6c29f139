// KindInference.swift: metrics as defined arrive; each leaves with its kind (language.md 5.2).

import Syntax

extension CatalogBuilder {
  /// Kinds of base metrics come from their first source, of derived ones from their expression.
  mutating func inferKinds() {
    var inference = KindInference(catalog)
    var kept: [Metric] = []
    for metric in catalog.metrics {
      guard let kind = inference.kind(of: metric.name) else {
        if let place = metric.place { report(.metric, place.text, inference.fault(of: place)) }
        continue
      }
      var metric = metric
      metric.kind = kind
      kept.append(metric)
    }
    catalog.metrics = kept
  }
}

private struct KindInference {
  private let metrics: [String: Metric]
  private let datasets: [String: Dataset]
  private var known: [String: MetricKind] = [:]
  private var underway: Set<String> = []
  private var circular: Set<String> = []

  init(_ catalog: Catalog) {
    metrics = Dictionary(catalog.metrics.map { ($0.name, $0) }) { first, _ in first }
    datasets = Dictionary(catalog.datasets.map { ($0.name, $0) }) { first, _ in first }
  }

  func fault(of name: Name) -> Diagnostic {
    circular.contains(name.text)
      ? Diagnostic(
        "N09", at: name.range,
        Bilingual(
          "the definition of `\(name.text)` leads back to itself", "“\(name.text)”的定义循环"))
      : .metricWithoutSource(name)
  }

  /// nil where a metric has no source, contradicts its class or leads back to itself.
  mutating func kind(of name: String) -> MetricKind? {
    if let kind = known[name] { return kind }
    guard let metric = metrics[name] else { return nil }
    guard underway.insert(name).inserted else {
      circular.insert(name)
      return nil
    }
    defer { underway.remove(name) }
    guard var kind = inferred(metric) else { return nil }
    if let stated = metric.statedClass {
      let class_ = MetricKind(rawValue: stated.rawValue) ?? kind
      // Stock, score and text may not be inferable; the others must agree.
      guard class_ == kind || [.stock, .score, .text].contains(class_) else { return nil }
      kind = class_
    }
    known[name] = kind
    return kind
  }

  private mutating func inferred(_ metric: Metric) -> MetricKind? {
    if let expression = metric.expression { return kind(of: expression) }
    if metric.schemeRole != nil { return .score }
    guard let source = metric.sources.first else { return metric.missing == nil ? nil : .count }
    switch source.aggregate {
    case .rows: return .count
    case .apply(.sum, _): return .count
    case .apply(.last, _): return .stock
    case .apply(.distinct, _), .apply(.max, _), .apply(.min, _), .apply(.median, _):
      return .distinct
    case .apply(.same, let expression):
      if metric.quantity != nil { return .count }
      guard case .measure(let name, nil) = expression.kind,
        datasets[source.dataset]?.column(named: name.text)?.type == .text
      else { return .score }
      return .text
    }
  }

  private mutating func kind(of expression: ExpressionSyntax) -> MetricKind? {
    switch expression.kind {
    case .number(let number): number.form == .whole ? .count : .decimal
    case .parameter: .decimal
    case .negated(let inner): kind(of: inner)
    case .measure(let name, _): kind(of: name.text)
    case .sum(let terms): sumKind(terms)
    case .product(let factors): productKind(factors)
    case .call(let call): kind(of: call)
    }
  }

  private mutating func sumKind(_ terms: [SignedTerm]) -> MetricKind? {
    var kinds: [MetricKind] = []
    for term in terms {
      // A number joins any kind.
      if case .number = term.term.kind { continue }
      guard let kind = kind(of: term.term) else { return nil }
      kinds.append(kind)
    }
    guard let first = kinds.first else { return .decimal }
    if kinds.count > 1, terms.contains(where: \.isSubtracted), first == .ratio || first == .score {
      return .points
    }
    return first == .stock || first == .distinct ? .count : first
  }

  private mutating func productKind(_ factors: [SignedFactor]) -> MetricKind? {
    var result: MetricKind?
    var hasNumber = false
    for factor in factors {
      if case .number = factor.factor.kind {
        hasNumber = true
        continue
      }
      guard let kind = kind(of: factor.factor) else { return nil }
      let isCount = kind == .count || kind == .stock || kind == .distinct
      if let before = result {
        result = factor.isDivided && isCount && before == .count && !hasNumber ? .ratio : .decimal
      } else {
        result = isCount ? .count : kind
      }
    }
    guard let result else { return .decimal }
    return hasNumber ? .decimal : result
  }

  private mutating func kind(of call: CallSyntax) -> MetricKind? {
    switch call {
    case .window(.share, _, _), .window(.growth, _, _): return .ratio
    case .window(.rank, _, _), .count: return .count
    case .window(_, let inner, _): return kind(of: inner)
    case .aggregate(_, let inner, _, _):
      return kind(of: inner) == .count ? .decimal : kind(of: inner)
    case .scalar(.days, _): return .count
    case .scalar(_, let arguments):
      guard let first = arguments.first else { return nil }
      return kind(of: first)
    }
  }
}
