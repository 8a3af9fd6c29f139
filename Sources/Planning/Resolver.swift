// Resolver.swift: words become meanings.
//
// Arrives: QuestionSyntax, whose words are as typed. Leaves: Query, where each word is a metric, a
// dimension, a member or a period. Whatever the person may have misspelt is reported here and
// nowhere later.

import Catalog
import Syntax

/// What a session adds to the catalogue: `use`, `let`, saved filters.
package struct QuestionScope: Sendable {
  /// Calendar months fixed by `use`; nil: the latest loaded quarter.
  package var months: [Int]?
  package var condition: ConditionSyntax?
  package var scheme: String?
  package var values: [String: [SpanSyntax]] = [:]
  package var filters: [String: ConditionSyntax] = [:]

  package init() {}
}

struct Resolver {
  let vocabulary: Vocabulary
  let holdings: Holdings
  let scope: QuestionScope
  var namedDimensions: Set<String> = []
  var places: [String: SourceRange] = [:]
  var months: [Int] = []
  var isPeriodWritten = false
  /// Dimensions that are grouped, or fixed to one member, where a formula stands.
  var context: Set<String> = []
  /// The metrics being unfolded, for the period of their schemes.
  var groups: [String] = []
  /// The issuers whose notices the question is about.
  var issuersInScope: [String] = []
  /// The first metric of the question, for messages about its dimensions.
  var firstMetric: Metric?
  /// Metrics that a scheme gave, wherever they stand in the question.
  var unfoldedScores: Set<String> = []
  /// What the answer must say of its schemes.
  var notes: [Note] = []

  var catalog: Catalog { vocabulary.catalog }

  init(_ vocabulary: Vocabulary, _ holdings: Holdings, _ scope: QuestionScope) {
    self.vocabulary = vocabulary
    self.holdings = holdings
    self.scope = scope
    issuersInScope = holdings.issuers
  }
}

/// Makes a query of a question.
///
/// - Throws: the codes N, T, V and U of the language contract.
/// - Complexity: O(words × spellings near them); independent of rows.
package func resolve(
  _ question: QuestionSyntax, in vocabulary: Vocabulary, holding holdings: Holdings,
  scope: QuestionScope
) throws(PlanningFault) -> Query {
  var resolver = Resolver(vocabulary, holdings, scope)
  return try resolver.query(question)
}

extension Resolver {
  mutating func query(_ question: QuestionSyntax) throws(PlanningFault) -> Query {
    firstMetric = question.columns.lazy.compactMap(\.expression.firstMeasure).first
      .flatMap { vocabulary.metric($0.text) }
    let clauses = Clauses(question)
    let by = try dimensions(clauses.by)
    let across = try dimensions(clauses.across)
    groups = by + across
    context = Set(groups)
    var condition = try clauses.condition.map { syntax throws(PlanningFault) in
      try self.condition(syntax)
    }
    if let always = scope.condition {
      let added = try self.condition(always)
      condition = condition.map { .all([added, $0]) } ?? added
    }
    if let versus = clauses.versus {
      try requireOneRange(clauses.during, versus.0, at: clauses.versusPlace)
    }
    try settleMonths(clauses.during, condition)
    if clauses.versus == nil, let condition { try requireOneYear(condition) }
    if let condition { context.formUnion(fixedDimensions(condition)) }
    if let fixed = condition?.fixedMember(among: ["issuer"]) { issuersInScope = [fixed.member] }
    noteDimensionsOfFilters(question)
    let columns = try question.columns.map { column throws(PlanningFault) in
      try self.column(column)
    }
    var query = Query(
      columns: columns, by: by, across: across, condition: condition, defaults: [],
      months: months, isPeriodWritten: isPeriodWritten, having: nil, order: [], top: nil,
      extras: [], versus: nil, assumptions: [], form: clauses.form?.0, title: clauses.form?.1,
      into: clauses.into, namedDimensions: [])
    query.having = try clauses.having.map { syntax throws(PlanningFault) in
      try self.having(syntax)
    }
    query.order = try clauses.order.map { item throws(PlanningFault) in try self.order(item) }
    query.top = try clauses.top.map { top throws(PlanningFault) in try self.top(top) }
    query.extras = try clauses.extras.map { extra throws(PlanningFault) in
      try self.extra(extra, columns, groupedBy: by + across)
    }
    query.versus = try clauses.versus.map { versus throws(PlanningFault) in
      try self.versus(versus)
    }
    query.assumptions = try clauses.assumptions.map { assumption throws(PlanningFault) in
      try self.assumption(assumption)
    }
    query.namedDimensions = namedDimensions
    query.places = places
    query.defaults = defaults()
    query.notes = notes
    try requireOneScheme(query)
    return query
  }

  /// `default` members of dimensions that the question does not name (language.md 5.4).
  private func defaults() -> [QueryDefault] {
    catalog.dimensions.compactMap { dimension in
      guard let member = dimension.defaultMember, !namedDimensions.contains(dimension.name)
      else { return nil }
      return QueryDefault(dimension: dimension.name, member: member)
    }
  }

  // MARK: - Dimensions

  mutating func dimensions(_ names: [Name]) throws(PlanningFault) -> [String] {
    try names.map { name throws(PlanningFault) in try dimension(name).name }
  }

  mutating func dimension(_ name: Name) throws(PlanningFault) -> Dimension {
    guard let dimension = vocabulary.dimension(name.text) else {
      let known = firstMetric.map(dimensionsOf) ?? catalog.dimensions
      let metric = firstMetric.map { Bilingual($0.name, $0.label.chinese) }
      if vocabulary.metric(name.text) != nil {
        let word = foldedName(name.text)
        let near = known.filter {
          $0.label.chinese.hasPrefix(name.text) || word.hasPrefix($0.name)
        }
        throw .wrong(.metricAsGroup(name, near: near, of: metric, known: known))
      }
      throw .wrong(
        .unknownDimension(
          name, near: vocabulary.nearDimensions(name.text), of: metric, known: known))
    }
    namedDimensions.insert(dimension.name)
    if places[dimension.name] == nil { places[dimension.name] = name.range }
    return dimension
  }

  /// The dimensions that the loaded sources of a metric have, in the order of the data sets: each
  /// with its parents, the times last.
  func dimensionsOf(_ metric: Metric) -> [Dimension] {
    catalog.orderedDimensions(of: metric) { holdings.combinations[$0]?.isEmpty == false }
  }

  /// Filters on one metric name their dimensions for the whole question.
  private mutating func noteDimensionsOfFilters(_ question: QuestionSyntax) {
    for column in question.columns {
      for name in column.expression.filteredDimensions {
        if let dimension = vocabulary.dimension(name.text) {
          namedDimensions.insert(dimension.name)
        }
      }
    }
  }

  /// Dimensions that `where` fixes to one member.
  func fixedDimensions(_ condition: Condition) -> Set<String> {
    switch condition {
    case .isMember(let dimension, let members) where members.count == 1: [dimension]
    case .all(let parts): parts.reduce(into: []) { $0.formUnion(fixedDimensions($1)) }
    default: []
    }
  }
}

/// The clauses of a question by kind.
private struct Clauses {
  var by: [Name] = []
  var across: [Name] = []
  var condition: ConditionSyntax?
  var during: [PeriodSpanSyntax] = []
  var having: HavingSyntax?
  var order: [OrderSyntax] = []
  var top: TopSyntax?
  var extras: [ExtraSyntax] = []
  var versus: (BaselineSyntax, [VersusPart])?
  var versusPlace = SourceRange(0, 0)
  var assumptions: [AssumptionSyntax] = []
  var form: (OutputForm, String?)?
  var into: IntoSyntax?

  init(_ question: QuestionSyntax) {
    for clause in question.clauses {
      switch clause.kind {
      case .by(let names): by = names
      case .across(let names): across = names
      case .where(let syntax): condition = syntax
      case .during(let spans): during = spans
      case .having(let syntax): having = syntax
      case .order(let items): order = items
      case .top(let syntax): top = syntax
      case .with(let syntax): extras = syntax
      case .versus(let baseline, let parts):
        versus = (baseline, parts)
        versusPlace = clause.range
      case .assume(let syntax): assumptions = syntax
      case .form(let form, let title): self.form = (form, title?.text)
      case .into(let syntax): into = syntax
      }
    }
  }
}

extension ExpressionSyntax {
  /// The first name that stands for a metric.
  var firstMeasure: Name? {
    switch kind {
    case .measure(let name, _): name
    case .sum(let terms): terms.lazy.compactMap(\.term.firstMeasure).first
    case .product(let factors): factors.lazy.compactMap(\.factor.firstMeasure).first
    case .negated(let inner): inner.firstMeasure
    case .call(.window(_, let inner, _)), .call(.aggregate(_, let inner, _, _)):
      inner.firstMeasure
    case .call(.scalar(_, let arguments)): arguments.lazy.compactMap(\.firstMeasure).first
    default: nil
    }
  }

  /// Dimensions named in `{…}` anywhere inside.
  var filteredDimensions: [Name] {
    switch kind {
    case .measure(_, let filter): filter?.testedNames ?? []
    case .sum(let terms): terms.flatMap(\.term.filteredDimensions)
    case .product(let factors): factors.flatMap(\.factor.filteredDimensions)
    case .negated(let inner): inner.filteredDimensions
    case .call(.window(_, let inner, _)), .call(.aggregate(_, let inner, _, _)):
      inner.filteredDimensions
    case .call(.scalar(_, let arguments)): arguments.flatMap(\.filteredDimensions)
    default: []
    }
  }
}

extension ConditionSyntax {
  var testedNames: [Name] {
    switch kind {
    case .any(let parts), .all(let parts): parts.flatMap(\.testedNames)
    case .not(let inner): inner.testedNames
    case .saved: []
    case .test(let name, _): [name]
    }
  }
}

extension Catalog {
  /// Names of the dimensions that any source of a metric has, through its formula too.
  package func dimensionNames(of metric: Metric) -> Set<String> {
    var names: Set<String> = []
    var seen: Set<String> = []
    var waiting = [metric.name]
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted, let metric = self.metric(named: name) else { continue }
      for source in metric.sources {
        if let dataset = dataset(named: source.dataset) { names.formUnion(dimensionNames(dataset)) }
      }
      waiting += metric.expression?.measureNames ?? []
      if let role = metric.schemeRole {
        names.insert("item")
        for scheme in schemes where scheme.gives(role, name) {
          for item in scheme.items {
            switch item.rule {
            case .formula(let formula, _): waiting += formula.measureNames
            case .stated(let stated): waiting.append(stated)
            }
          }
        }
      }
    }
    return names
  }

  /// The same for the data sets that `isCounted`, in the order of their definitions.
  package func orderedDimensions(of metric: Metric, isCounted: (String) -> Bool) -> [Dimension] {
    var ordered: [String] = []
    var times: Set<String> = []
    var seen: Set<String> = []
    var waiting = [metric.name]
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted, let metric = self.metric(named: name) else { continue }
      for source in metric.sources where isCounted(source.dataset) {
        guard let dataset = dataset(named: source.dataset) else { continue }
        for column in dataset.dimensions {
          var next: String? = column.dimension
          while let name = next {
            if !ordered.contains(name) { ordered.append(name) }
            next = dimension(named: name)?.parent
          }
        }
        times.formUnion(dimensionNames(dataset).intersection(["month", "quarter", "year"]))
      }
      waiting += (metric.expression?.measureNames ?? []).reversed()
    }
    ordered += ["month", "quarter", "year"].filter(times.contains)
    return ordered.compactMap { dimension(named: $0) }
  }

  /// The dimensions of a data set: its own, their parents, its times, the issuer of a notice.
  package func dimensionNames(_ dataset: Dataset) -> Set<String> {
    var names = Set(dataset.dimensions.map(\.dimension))
    for name in names {
      var next = dimension(named: name)?.parent
      while let parent = next, names.insert(parent).inserted {
        next = dimension(named: parent)?.parent
      }
    }
    switch dataset.time?.unit {
    case .month: names.formUnion(["month", "quarter", "year"])
    case .quarter: names.formUnion(["quarter", "year"])
    case .year: names.insert("year")
    case nil: break
    }
    if dataset.isFromBulletin { names.insert("issuer") }
    return names
  }
}

extension Scheme {
  /// Whether the scheme gives the metric of this name.
  package func gives(_ role: SchemeRole, _ name: String) -> Bool {
    switch role {
    case .total: name == score
    case .lostTotal: name == lost
    case .item(let item): name == "\(score).\(item)"
    case .lostItem(let item): name == "\(lost).\(item)"
    }
  }
}
