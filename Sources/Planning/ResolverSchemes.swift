// ResolverSchemes.swift: the name of a score and its period become the formulas of the scheme that
// judged it.
//
// Full marks in the heading of a notice override those of the scheme for that notice (domain.md 5),
// so two quarters of one scheme may have been judged by different full marks.

import Catalog
import Syntax

/// A scheme with the full marks that the notices of a quarter print.
struct JudgingScheme: Hashable {
  var scheme: Scheme
  /// By item, where they are not the scheme's own.
  var printed: [String: Exact] = [:]

  func weight(of item: SchemeItem) -> Exact { printed[item.name] ?? item.weight }

  /// `fufeng2023`, and in brackets what a heading changes.
  var text: Bilingual {
    let changed = scheme.items.compactMap { item in
      printed[item.name].map { (item.label, $0.shortText) }
    }
    guard !changed.isEmpty else { return Bilingual(same: scheme.name) }
    return Bilingual(
      "\(scheme.name) with "
        + changed.map { "\($0.0.english) \($0.1)" }.joined(separator: " and "),
      "\(scheme.name)（" + changed.map { "\($0.0.chinese)\($0.1)分" }.joined(separator: "、") + "）")
  }
}

extension Catalog {
  /// The full marks that the headings of a quarter print for the items of a scheme, each value
  /// once, in the order of the files; those of the score itself under the empty name.
  package func printedMarks(of scheme: Scheme, in quarter: Quarter, _ holdings: Holdings)
    -> [String: [Exact]]
  {
    var marks: [String: [Exact]] = [:]
    for mark in holdings.printedMarks where mark.quarter == quarter {
      if let judge = scheme.issuer, !mark.issuer.isEmpty, mark.issuer != judge { continue }
      guard let value = Exact(digits: mark.digits, scale: mark.places) else { continue }
      for name in [""] + scheme.items.map(\.name) where column(of: name, scheme) == mark.column {
        if marks[name]?.contains(value) != true { marks[name, default: []].append(value) }
      }
    }
    return marks
  }

  /// The column of the printed score of an item.
  private func column(of item: String, _ scheme: Scheme) -> String? {
    let score = item.isEmpty ? scheme.score : "\(scheme.score).\(item)"
    guard
      case .apply(.same, let expression)? = metric(named: "stated.\(score)")?.sources.first?
        .aggregate, case .measure(let name, _) = expression.kind
    else { return nil }
    return name.text
  }
}

extension Resolver {
  /// The scheme of the period; nil where no scheme judges it and the metric is taken as printed.
  private func scheme(giving metric: Metric) throws(PlanningFault) -> JudgingScheme? {
    guard let role = metric.schemeRole else { return nil }
    let giving = catalog.schemes.filter { $0.gives(role, metric.name) && judges($0) }
    if let name = scope.scheme {
      return giving.first { foldedName($0.name) == foldedName(name) }.map {
        JudgingScheme(scheme: $0)
      }
    }
    let quarters = Set(months.map { Month(index: $0).quarter }).sorted()
    let used = quarters.map { judging(giving, in: $0) }
    guard Set(used).count > 1 else {
      let none = metric.sources.isEmpty ? giving.first.map { JudgingScheme(scheme: $0) } : nil
      return used.first.flatMap(\.self) ?? none
    }
    throw .refused(severalSchemes(used, quarters))
  }

  /// The scheme valid in a quarter, with the full marks that all its headings agree on.
  private func judging(_ giving: [Scheme], in quarter: Quarter) -> JudgingScheme? {
    guard
      let scheme = giving.first(where: {
        $0.validFrom <= quarter && ($0.validTo.map { quarter <= $0 } ?? true)
      })
    else { return nil }
    var result = JudgingScheme(scheme: scheme)
    let marks = catalog.printedMarks(of: scheme, in: quarter, holdings)
    for item in scheme.items {
      if let values = marks[item.name], values.count == 1, values[0] != item.weight {
        result.printed[item.name] = values[0]
      }
    }
    return result
  }

  /// A score is compared with an earlier one only where one scheme judged both.
  ///
  /// - Throws: U06
  func requireOneScheme(_ query: Query) throws(PlanningFault) {
    guard scope.scheme == nil else { return }
    let earlier = Set(
      query.earlierMonths(in: catalog).joined().map { Month(index: $0).quarter }
    ).intersection(holdings.quarters)
    guard !earlier.isEmpty else { return }
    let own = Set(months.map { Month(index: $0).quarter })
    for name in unfoldedScores.sorted() {
      guard let metric = catalog.metric(named: name), let role = metric.schemeRole else { continue }
      let giving = catalog.schemes.filter { $0.gives(role, name) && judges($0) }
      let quarters = own.union(earlier).sorted()
      let used = quarters.map { judging(giving, in: $0) }
      if Set(used).count > 1 { throw .refused(severalSchemes(used, quarters)) }
    }
  }

  /// U06: names the schemes and how to judge all the quarters by one.
  private func severalSchemes(_ used: [JudgingScheme?], _ quarters: [Quarter]) -> Refusal {
    var schemes: [JudgingScheme?] = []
    for scheme in used where !schemes.contains(scheme) { schemes.append(scheme) }
    let texts = schemes.map { $0?.text ?? Bilingual("none", "无") }
    let list = Bilingual(listing: texts)
    let period = Bilingual(listing: quarters.map(\.text))
    let first = schemes.lazy.compactMap { $0?.scheme.name }.first ?? ""
    return Refusal(
      "U06",
      Bilingual(
        "\(period.english) was judged by \(schemes.count) schemes (\(list.english)); "
          + "fix one with `use scheme \(first)`",
        "\(period.chinese)使用了\(schemes.count)个评分方案（\(list.chinese)），请用“限定 方案 \(first)”指定一个"))
  }

  /// A scheme judges the notices of its own issuer, and files that name none.
  private func judges(_ scheme: Scheme) -> Bool {
    guard let judge = scheme.issuer else { return true }
    let inScope = issuersInScope
    return inScope.isEmpty || inScope.contains(judge)
  }

  /// What the scheme judges: its `where`, and beside other issuers' rows those of its own.
  private mutating func judgedRows(_ scheme: Scheme) throws(PlanningFault) -> Condition? {
    var parts: [Condition] = []
    if let syntax = scheme.condition {
      var other = self
      let judged = try other.condition(syntax)
      if !isDefault(judged) { parts.append(judged) }
    }
    if let judge = scheme.issuer, issuersInScope.count > 1 {
      parts.append(.isMember("issuer", [judge]))
    }
    return parts.count > 1 ? .all(parts) : parts.first
  }

  /// Whether a condition says no more than the defaults that the question leaves in force.
  private func isDefault(_ condition: Condition) -> Bool {
    guard case .isMember(let name, let members) = condition, !namedDimensions.contains(name) else {
      return false
    }
    return catalog.dimension(named: name)?.defaultMember.map { members == [$0] } ?? false
  }

  /// Counts only what is judged, where a metric knows the dimensions by which it is told.
  private func limit(_ formula: inout Formula, to judged: Condition) {
    let dimensions = judged.dimensions
    formula.changeMeasures { measure in
      let known = catalog.metric(named: measure.metric).map(catalog.dimensionNames(of:)) ?? []
      if known.isSuperset(of: dimensions) { measure.scope = judged }
    }
  }
}

// MARK: - Formulas

extension Resolver {
  /// The formula of a metric that a scheme gives; nil where it is taken as printed.
  mutating func score(_ metric: Metric, filter: Condition?, at range: SourceRange)
    throws(PlanningFault) -> TypedFormula?
  {
    guard let judging = try scheme(giving: metric) else { return nil }
    let scheme = judging.scheme
    let judged = try judgedRows(scheme)
    let quarters = Set(months.map { Month(index: $0).quarter })
    let isOneQuarter = quarters.count == 1 || !context.isDisjoint(with: ["quarter", "month"])
    guard scheme.per.contains(where: { context.contains($0) }), isOneQuarter,
      scheme.per.first.flatMap({ catalog.dimension(named: $0) }) != nil
    else { throw scoreOfGroup(metric, scheme, at: range) }
    unfoldedScores.insert(metric.name)
    notePrintedMarks(judging)
    noteStatedItems(judging, metric)
    var items: [ItemFormula] = []
    for item in scheme.items {
      var formula = try self.formula(of: item, judging, filter: filter)
      if let judged { limit(&formula, to: judged) }
      if metric.schemeRole?.isLost == true {
        formula = .sum([
          FormulaTerm(isSubtracted: false, formula: .number(judging.weight(of: item))),
          FormulaTerm(isSubtracted: true, formula: formula),
        ])
      }
      items.append(ItemFormula(item: item.name, formula: formula))
    }
    let formula: Formula
    switch metric.schemeRole {
    case .item(let name), .lostItem(let name):
      formula = items.first { $0.item == name }?.formula ?? .number(.zero)
    default:
      let total = Formula.sum(
        items.map { FormulaTerm(isSubtracted: false, formula: $0.formula) })
      formula = groups.contains("item") ? .byItem(items, total: total) : total
    }
    return TypedFormula(formula: formula, kind: .score, quantity: nil)
  }

  private mutating func formula(
    of item: SchemeItem, _ judging: JudgingScheme, filter: Condition?
  ) throws(PlanningFault) -> Formula {
    let outer = context
    // A county constant is used unchanged for every unit inside a rule.
    defer { context = outer }
    context = []
    let places = judging.scheme.rounding
    switch item.rule {
    case .formula(let expression, let otherwise):
      let full = judging.weight(of: item)
      var formula = try self.formula(expression, filter: filter).formula
        .scaled(from: item.weight, to: full)
      if let otherwise {
        formula = .otherwise(
          formula,
          try self.formula(otherwise, filter: filter).formula.scaled(from: item.weight, to: full))
      }
      return .rounded(formula, places: places)
    case .stated(let name):
      // A printed score already is out of the printed full marks.
      let place = Name(name, at: SourceRange(0, 0))
      return .rounded(
        try measure(place, nil, filter: filter, isOptional: false).formula, places: places)
    }
  }

  /// R36: an answer says by which full marks it was judged, if not by the scheme's.
  private mutating func notePrintedMarks(_ judging: JudgingScheme) {
    for item in judging.scheme.items {
      guard let printed = judging.printed[item.name] else { continue }
      let note = Note(
        "R36",
        Bilingual(
          "full marks of \(item.label.english): \(printed.shortText) by the heading, "
            + "\(item.weight.shortText) by scheme \(judging.scheme.name); the heading's count",
          "\(item.label.chinese)满分：表头为 \(printed.shortText)，"
            + "方案\(judging.scheme.name)为 \(item.weight.shortText)，按表头计"))
      if !notes.contains(note) { notes.append(note) }
    }
  }

  /// I12: items that no figure of the notice stands behind.
  private mutating func noteStatedItems(_ judging: JudgingScheme, _ metric: Metric) {
    let items = judging.scheme.items.filter { item in
      guard case .stated = item.rule else { return false }
      switch metric.schemeRole {
      case .item(let name), .lostItem(let name): return name == item.name
      default: return true
      }
    }
    guard !items.isEmpty else { return }
    let list = Bilingual(listing: items.map(\.label))
    let note = Note(
      "I12",
      Bilingual(
        "\(list.english): as printed, without source figures", "\(list.chinese)：按公布数，无来源数字"))
    if !notes.contains(note) { notes.append(note) }
  }

  private func scoreOfGroup(_ metric: Metric, _ scheme: Scheme, at range: SourceRange)
    -> PlanningFault
  {
    let per = scheme.per.first.flatMap { catalog.dimension(named: $0) }
    let grouped = groups.compactMap { catalog.dimension(named: $0) }
    let weight = catalog.metrics.first { $0.kind == .count && !$0.sources.isEmpty }
    guard let per else { return .wrong(.noShare(.score, at: range)) }
    return .wrong(.scoreOfGroup(metric, per: per, by: grouped, weight: weight, at: range))
  }
}

extension Formula {
  /// The same rule out of other full marks: a factor that is the full marks is replaced, anything
  /// else is multiplied, so that `35 * ontime / orders` reads as `30 * ontime / orders`.
  fileprivate func scaled(from weight: Exact, to full: Exact) -> Formula {
    guard full != weight, !weight.isZero else { return self }
    if self == .number(weight) { return .number(full) }
    if case .product(var factors) = self,
      let place = factors.firstIndex(where: { !$0.isDivided && $0.formula == .number(weight) })
    {
      factors[place].formula = .number(full)
      return .product(factors)
    }
    return .product([
      FormulaFactor(isDivided: false, formula: .number(full)),
      FormulaFactor(isDivided: false, formula: self),
      FormulaFactor(isDivided: true, formula: .number(weight)),
    ])
  }
}

extension Exact {
  /// With as many places as the value has, at most four: `35`, `12.5`.
  package var shortText: String {
    for places in 0..<4 {
      guard let scale = Exact(digits: 1, scale: places) else { break }
      if let steps = try? divided(by: scale), steps.whole != nil {
        return (try? text(places: places)) ?? ""
      }
    }
    return (try? text(places: 4)) ?? ""
  }
}

extension SchemeItem {
  package var weight: Exact { Exact(digits: weightDigits, scale: weightScale) ?? .zero }
}

extension SchemeRole {
  var isLost: Bool {
    switch self {
    case .lostTotal, .lostItem: true
    case .total, .item: false
    }
  }
}
