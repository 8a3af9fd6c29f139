// MetricBuilding.swift: the syntax of metrics and schemes arrives; metrics and schemes leave.

import Syntax

extension CatalogBuilder {
  mutating func add(_ syntax: MetricSyntax) {
    var metric = Metric(named: syntax.name.text)
    metric.expression = syntax.expression
    for part in syntax.parts {
      switch part {
      case .label(let pair): metric.label = pair.bilingual
      case .help(let pair): metric.help = pair.bilingual
      case .alias(let names): metric.aliases += names.map(\.text)
      case .from(let basis):
        metric.sources.append(
          MetricSource(
            dataset: basis.dataset.text, aggregate: basis.aggregate, condition: basis.condition))
      case .metricClass(let value):
        metric.statedClass = value
      case .quantity(let name, let unit):
        metric.quantity = Quantity(id: name.text, unit: unit?.text)
      case .format(let text): metric.format = text.text
      case .better(let isHigh): metric.isHighBetter = isHigh
      case .additive(let additivity): metric.additivity = Additivity(additivity)
      case .constant(let names): metric.constantOver += names.map(\.text)
      case .beside(let name, let code, let outside):
        metric.companion = Companion(
          metric: name.text, code: code?.text, outsideCode: outside?.text)
      case .defaultCondition(let condition): metric.defaultCondition = condition
      case .otherwise(let expression): metric.otherwise = expression
      case .ranked(let isShown): metric.isRankedShown = isShown
      case .missing(let pair): metric.missing = pair.bilingual
      }
    }
    metric.place = syntax.name
    catalog.metrics.append(metric)
  }

  mutating func add(_ syntax: SchemeSyntax) {
    var scheme = Scheme(
      name: syntax.name.text, label: Bilingual(same: syntax.name.text), help: nil, rule: nil,
      validFrom: Quarter(year: 1990, quarter: 1), validTo: nil, condition: nil, issuer: nil,
      per: [], score: "", lost: "", rounding: 2, items: [])
    for part in syntax.parts {
      switch part {
      case .label(let pair): scheme.label = pair.bilingual
      case .help(let pair): scheme.help = pair.bilingual
      case .rule(let text): scheme.rule = text.text
      case .valid(let from, let to):
        if let first = quarters(of: from)?.lowerBound { scheme.validFrom = first }
        scheme.validTo = to.flatMap { quarters(of: $0)?.upperBound }
      case .condition(let condition): scheme.condition = condition
      case .source(let text): scheme.issuer = text.text
      case .per(let names): scheme.per += names.map(\.text)
      case .gives(let score, let lost): (scheme.score, scheme.lost) = (score.text, lost.text)
      case .rounding(let places): scheme.rounding = places
      case .item(let item): scheme.items.append(schemeItem(item))
      }
    }
    catalog.schemes.append(scheme)
  }

  private func schemeItem(_ syntax: SchemeItemSyntax) -> SchemeItem {
    let english = syntax.english?.text ?? syntax.name.text
    let rule: SchemeItem.Rule
    switch syntax.rule {
    case .formula(let expression, let otherwise):
      rule = .formula(expression, otherwise: otherwise)
    case .stated(let name): rule = .stated(name.text)
    }
    // The lexer has bounded the digits, so the sign cannot overflow them.
    return SchemeItem(
      name: syntax.name.text, label: Bilingual(english, syntax.chinese?.text ?? english),
      weightDigits: syntax.isWeightNegative ? -syntax.weight.digits : syntax.weight.digits,
      weightScale: syntax.weight.scale, rule: rule)
  }

  /// The quarters that a written year, half, quarter or month lies in.
  private func quarters(of period: PeriodSyntax) -> ClosedRange<Quarter>? {
    func range(_ year: Int, _ first: Int, _ last: Int) -> ClosedRange<Quarter> {
      Quarter(year: year, quarter: first)...Quarter(year: year, quarter: last)
    }
    switch period.kind {
    case .number(let year): return Int(exactly: year).map { range($0, 1, 4) }
    case .literal(.year(let year)): return range(year, 1, 4)
    case .literal(.half(let year?, let half)):
      return range(year, half * 2 - 1, half * 2)
    case .literal(.quarter(let year?, let quarter)): return range(year, quarter, quarter)
    case .literal(.month(let year?, let month)):
      let quarter = Month(year: year, month: month).quarter
      return quarter...quarter
    default: return nil
    }
  }

  // MARK: - What the schemes give

  /// `S`, `S.item`, `L`, `L.item` of every scheme, unless a definition gives them already.
  mutating func addSchemeMetrics() {
    var taken = Set(catalog.metrics.flatMap(\.spellings))
    for scheme in catalog.schemes {
      give(scheme.score, role: .total, label: nil, taken: &taken)
      give(scheme.lost, role: .lostTotal, label: nil, taken: &taken)
      for item in scheme.items {
        let score = catalog.metric(named: scheme.score)?.label ?? Bilingual(same: scheme.score)
        let lost = catalog.metric(named: scheme.lost)?.label ?? Bilingual(same: scheme.lost)
        give(
          "\(scheme.score).\(item.name)", role: .item(item.name),
          label: Bilingual(
            "\(item.label.english) \(scheme.score)", item.label.chinese + score.chinese),
          alias: item.label, taken: &taken)
        give(
          "\(scheme.lost).\(item.name)", role: .lostItem(item.name),
          label: Bilingual(
            "\(item.label.english) \(scheme.lost)", item.label.chinese + lost.chinese),
          taken: &taken)
      }
    }
  }

  private mutating func give(
    _ name: String, role: SchemeRole, label: Bilingual?, alias: Bilingual? = nil,
    taken: inout Set<NameKey>
  ) {
    if let index = catalog.metrics.firstIndex(where: { $0.name == name }) {
      catalog.metrics[index].schemeRole = role
      return
    }
    var metric = Metric(named: name)
    metric.schemeRole = role
    metric.label = label ?? metric.label
    metric.format = "0.00"
    switch role {
    case .total, .item: metric.isHighBetter = true
    case .lostTotal, .lostItem: metric.isHighBetter = false
    }
    // An item's own label names its score unless a metric has it.
    for word in [alias?.english, alias?.chinese].compactMap({ $0 })
    where taken.insert(NameKey(folded: foldedName(word))).inserted {
      metric.aliases.append(word)
    }
    catalog.metrics.append(metric)
  }
}

extension Metric {
  init(named name: String) {
    self.init(
      name: name, label: Bilingual(same: name), help: nil, aliases: [], kind: .count,
      expression: nil, sources: [], quantity: nil, format: nil, isHighBetter: nil,
      additivity: .all, constantOver: [], companion: nil, defaultCondition: nil, otherwise: nil,
      isRankedShown: false, missing: nil, schemeRole: nil)
  }

  /// Its name, labels and aliases, folded.
  var spellings: [NameKey] {
    ([name, label.english, label.chinese] + aliases).map { NameKey(folded: foldedName($0)) }
  }

  /// Whether a folded word is one of its names.
  package func isSpelled(_ folded: String) -> Bool {
    foldedName(name) == folded || foldedName(label.english) == folded
      || foldedName(label.chinese) == folded || aliases.contains { foldedName($0) == folded }
  }
}

extension Additivity {
  init(_ syntax: AdditivitySyntax) {
    switch syntax {
    case .all: self = .all
    case .none: self = .none
    case .over(let names): self = .over(names.map(\.text))
    case .except(let names): self = .except(names.map(\.text))
    }
  }
}
