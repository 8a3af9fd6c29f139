// Reconciler.swift: the loaded rows and the figures printed beside them arrive; findings leave, and
// what agrees (domain.md 7).
//
// Codes name kinds of findings; how grave each is stands in the rulebook. Nothing here knows a
// metric or a unit: what is compared follows from `beside`, `stated.X`, schemes and printed totals.

import Catalog
import Columns
import Planning
import Syntax

/// What a check comes to.
package struct Reconciliation: Sendable {
  package var findings: [Finding]
  /// One line for each comparison that holds throughout: `392 of 392 …`.
  package var agreements: [Bilingual]
}

/// Holds a notice against itself.
///
/// - Throws: `ExactOverflow` for a sum that 128 bits do not hold.
/// - Complexity: O(metrics × rows)
package func reconcile(
  _ store: Store, printed: PrintedFigures, found: [Finding], in vocabulary: Vocabulary,
  holding holdings: Holdings, using index: StoreIndex
) throws(ExactOverflow) -> Reconciliation {
  guard holdings.issuers.count < 2 else {
    return try reconcileEach(store, printed, found, vocabulary, holdings)
  }
  var reconciler = Reconciler(store, printed, vocabulary, holdings, index)
  for quarter in holdings.quarters {
    reconciler.quarter = quarter
    try reconciler.compareTextWithTables()
    try reconciler.compareTextWithItself()
    try reconciler.compareTotalsWithRows()
    try reconciler.compareRatesWithCounts()
    try reconciler.compareScoresWithRules()
    try reconciler.compareWeightsWithSchemes()
    try reconciler.compareRemarksWithColumns()
    try reconciler.lookAtUnits()
    try reconciler.compareListsWithRules()
  }
  let known = Set(vocabulary.catalog.checks.map(\.code))
  let all = reconciler.findings + found.filter { known.contains($0.code) }
  return Reconciliation(findings: all.gravestFirst, agreements: reconciler.agreements)
}

/// The notices of each issuer are held against themselves alone, and say whose they are.
private func reconcileEach(
  _ store: Store, _ printed: PrintedFigures, _ found: [Finding], _ vocabulary: Vocabulary,
  _ holdings: Holdings
) throws(ExactOverflow) -> Reconciliation {
  var result = Reconciliation(findings: [], agreements: [])
  for issuer in holdings.issuers {
    let indices = store.partitions.indices.filter {
      [issuer, ""].contains(store.partitions[$0].issuer)
    }
    let own = Store(partitions: indices.map { store.partitions[$0] })
    var figures = printed
    figures.totalRows.removeAll { $0.issuer != issuer }
    figures.constants.removeAll { $0.issuer != issuer }
    figures.places = printed.places.compactMap { place in
      indices.firstIndex(of: place.partition).map {
        PrintedPlaces(partition: $0, column: place.column, row: place.row, places: place.places)
      }
    }
    var ownHoldings = Execution.holdings(of: own, in: vocabulary.catalog)
    ownHoldings.printedMarks = holdings.printedMarks.filter { $0.issuer == issuer }
    let part = try reconcile(
      own, printed: figures, found: [], in: vocabulary, holding: ownHoldings,
      using: StoreIndex(own, vocabulary.catalog))
    result.findings += part.findings.map { finding in
      var finding = finding
      finding.subject = Bilingual(
        "\(issuer): \(finding.subject.english)", "\(issuer)：\(finding.subject.chinese)")
      return finding
    }
    result.agreements += part.agreements.map {
      Bilingual("\(issuer): \($0.english)", "\(issuer)：\($0.chinese)")
    }
  }
  let known = Set(vocabulary.catalog.checks.map(\.code))
  result.findings = (result.findings + found.filter { known.contains($0.code) }).gravestFirst
  return result
}

extension [Finding] {
  /// Errors first, then by code, then as they were found.
  fileprivate var gravestFirst: [Finding] {
    enumerated().sorted { left, right in
      let (first, second) = (left.element.severity.rank, right.element.severity.rank)
      if first != second { return first < second }
      if left.element.code != right.element.code { return left.element.code < right.element.code }
      return left.offset < right.offset
    }.map(\.element)
  }
}

extension Severity {
  /// Errors first.
  fileprivate var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
}

struct Reconciler {
  let store: Store
  let printed: PrintedFigures
  let vocabulary: Vocabulary
  let holdings: Holdings
  private let aggregator: MemoryAggregator
  var quarter = Quarter(index: 0)
  var findings: [Finding] = []
  var agreements: [Bilingual] = []

  init(
    _ store: Store, _ printed: PrintedFigures, _ vocabulary: Vocabulary, _ holdings: Holdings,
    _ index: StoreIndex
  ) {
    self.store = store
    self.printed = printed
    self.vocabulary = vocabulary
    self.holdings = holdings
    aggregator = MemoryAggregator(index)
  }

  var catalog: Catalog { vocabulary.catalog }

  // MARK: - Asking

  /// One group with its figures.
  struct Figures {
    var members: [String]
    var values: [Exact?]
  }

  /// Metrics by dimensions under fixed members in the quarter; nil where the data cannot answer.
  func ask(
    _ metrics: [String], by dimensions: [String] = [], where fixed: [(String, String)] = []
  ) throws(ExactOverflow) -> [Figures]? {
    let place = SourceRange(0, 0)
    func name(_ text: String) -> Name { Name(text, at: place) }
    var clauses: [ClauseSyntax] = [
      ClauseSyntax(
        .during([
          PeriodSpanSyntax(
            PeriodSyntax(.literal(.quarter(year: quarter.year, quarter.number)), at: place))
        ]), at: place, keyword: place)
    ]
    if !dimensions.isEmpty {
      clauses.append(ClauseSyntax(.by(dimensions.map(name)), at: place, keyword: place))
    }
    let tests = fixed.map { dimension, member in
      ConditionSyntax(
        .test(
          name(dimension), .compare(.equal, SpanSyntax(ScalarSyntax(.text(member), at: place)))),
        at: place)
    }
    if let first = tests.first {
      let condition = tests.count == 1 ? first : ConditionSyntax(.all(tests), at: place)
      clauses.append(ClauseSyntax(.where(condition), at: place, keyword: place))
    }
    let columns = metrics.map {
      ColumnSyntax(ExpressionSyntax(.measure(name($0), filter: nil), at: place))
    }
    return try ask(QuestionSyntax(columns: columns, clauses: clauses, at: place))
  }

  func ask(_ question: QuestionSyntax) throws(ExactOverflow) -> [Figures]? {
    guard
      let query = try? resolve(
        question, in: vocabulary, holding: holdings, scope: QuestionScope()),
      let plan = try? plan(query, in: vocabulary, holding: holdings)
    else { return nil }
    let evaluation = Evaluation(plan, aggregator, vocabulary, holdings)
    let frame = evaluation.mainFrame
    let keys =
      frame.dimensions.isEmpty
      ? [[]] : try evaluation.keys(of: query.columns.map(\.formula), frame)
    var result: [Figures] = []
    for key in keys {
      var values: [Exact?] = []
      for column in query.columns {
        values.append(try evaluation.value(column.formula, key, frame).exact)
      }
      let members = zip(frame.dimensions, key).map { aggregator.codes.name($0.1, of: $0.0) }
      result.append(Figures(members: members, values: values))
    }
    return result
  }

  /// The one figure of a metric under fixed members.
  func figure(_ metric: String, where fixed: [(String, String)]) throws(ExactOverflow) -> Exact? {
    try ask([metric], where: fixed)?.first?.values.first ?? nil
  }

  // MARK: - Reporting

  mutating func report(
    _ code: String, _ subject: Bilingual, stated: String = "", computed: String = "",
    difference: String = "", cause: Bilingual? = nil, places: [SourcePlace] = [],
    severity own: Severity? = nil, concerns: [String] = []
  ) {
    let severity = catalog.checks.first { $0.code == code }?.severity ?? "info"
    findings.append(
      Finding(
        code, own ?? Severity(rawValue: severity) ?? .info, subject: subject, stated: stated,
        computed: computed, difference: difference, cause: cause, places: places,
        quarterIndex: quarter.index, concerns: concerns))
  }

  /// The members of the dimension that has a default, such as the channel.
  var channels: [(dimension: String, member: Member, isDefault: Bool)] {
    guard let dimension = catalog.dimensions.first(where: { $0.defaultMember != nil }) else {
      return []
    }
    return dimension.members.map {
      (dimension.name, $0, $0.name == dimension.defaultMember)
    }
  }

  func shown(_ value: Exact, _ metric: Metric) throws(ExactOverflow) -> String {
    let style = CellStyle(kind: metric.kind, format: metric.format)
    return try AnswerCell(.exact(value), style, kind: .count).shown.filter { $0 != "," }
  }

  func signed(_ value: Exact) throws(ExactOverflow) -> String {
    let text = try value.text(places: value.whole == nil ? 2 : 0)
    return value.isNegative || value.isZero ? text : "+" + text
  }

  /// The metric that recomputes a printed one: `stated.X` is held against `X`.
  func recomputed(_ stated: Metric) -> Metric? {
    guard let dot = stated.name.firstIndex(of: "."), stated.name[..<dot] == "stated" else {
      return nil
    }
    return catalog.metric(named: String(stated.name[stated.name.index(after: dot)...]))
  }

  /// The column of a data set that a metric takes as it stands.
  func printedColumn(of metric: Metric) -> (dataset: Dataset, column: DatasetColumn)? {
    guard let source = metric.sources.first, case .apply(.same, let expression) = source.aggregate,
      case .measure(let name, _) = expression.kind,
      let dataset = catalog.dataset(named: source.dataset),
      let column = dataset.column(named: name.text)
    else { return nil }
    return (dataset, column)
  }
}
