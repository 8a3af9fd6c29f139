// Explanation.swift: a plan arrives; lines that put the numbers into its formulas leave
// (language.md 6.2, rule 26).

import Catalog
import Columns
import Planning
import Syntax

/// How the figures of an answer come about: for each of the first rows each formula with its
/// numbers, for a score also what one more of each unwelcome count would change.
///
/// - Complexity: that of the answer, times the counts of a score.
package func explanation(
  of plan: Plan, in vocabulary: Vocabulary, holding holdings: Holdings, language: Language,
  using index: StoreIndex, by aggregator: (any Aggregator)? = nil
) throws(ExactOverflow) -> [String] {
  let evaluation = Evaluation(
    plan, MemoryAggregator(index), vocabulary, holdings, by: aggregator)
  var explainer = Explainer(evaluation, language)
  try explainer.run()
  return explainer.lines
}

private struct Explainer {
  let evaluation: Evaluation
  let language: Language
  var lines: [String] = []
  private let finisher: Finisher
  /// More rows than a person reads at once are named, not explained.
  private static let rowLimit = 5

  init(_ evaluation: Evaluation, _ language: Language) {
    self.evaluation = evaluation
    self.language = language
    finisher = Finisher(evaluation, language)
  }

  private var query: Query { evaluation.query }
  private var catalog: Catalog { evaluation.catalog }
  private var frame: Frame { evaluation.mainFrame }

  mutating func run() throws(ExactOverflow) {
    let keys =
      frame.dimensions.isEmpty
      ? [[]] : try evaluation.keys(of: query.columns.map(\.formula), frame)
    for key in keys.prefix(Explainer.rowLimit) {
      if !key.isEmpty {
        lines.append(
          zip(frame.dimensions, key).map { finisher.label($0.1, of: $0.0).shown }
            .joined(separator: " "))
      }
      for column in query.columns { try explain(column, key) }
    }
    if keys.count > Explainer.rowLimit {
      let rest = keys.count - Explainer.rowLimit
      lines.append(
        Bilingual("… and \(rest) more rows; name one with `where`", "……另有 \(rest) 行，可用“其中”指定一行")[
          language])
    }
    try addRemarks()
  }

  private mutating func explain(_ column: QueryColumn, _ key: GroupKey) throws(ExactOverflow) {
    let style = CellStyle(kind: column.kind, format: column.format)
    let value = try evaluation.value(column.formula, key, frame)
    let shown = try AnswerCell(value, style, kind: .count).shown
    let name = column.label[language]
    if case .sum(let terms) = column.formula, column.kind == .score {
      lines.append("\(name) = \(shown)")
      let items = itemsInOrder(column, terms.count)
      for (index, term) in terms.enumerated() {
        try explain(item: term.formula, items.map { $0[index].label[language] }, key)
      }
    } else {
      let worked = try worked(column.formula, key, isTop: true)
      lines.append("\(name) = " + (worked == shown ? shown : "\(worked) = \(shown)"))
    }
    if column.kind == .score { try addConsequences(column, key, shown) }
  }

  /// The items of the scheme that gives a column, where its terms are just these.
  private func itemsInOrder(_ column: QueryColumn, _ count: Int) -> [SchemeItem]? {
    let giving = catalog.schemes.filter { $0.score == column.metric && $0.items.count == count }
    return giving.count == 1 ? giving[0].items : nil
  }

  private mutating func explain(item: Formula, _ label: String?, _ key: GroupKey)
    throws(ExactOverflow)
  {
    let value = try evaluation.value(item, key, frame)
    let shown = try AnswerCell(value, .decimal(places: 2), kind: .score).shown
    let name = label ?? itemName(item)
    let work = try worked(item, key, isTop: true)
    let isPlain = work.allSatisfy { $0.isNumber || $0 == "." }
    lines.append("  \(name)" + (isPlain ? " = " : " = \(work) = ") + shown)
  }

  /// The item whose score a formula is, by the scheme's own label.
  private func itemName(_ formula: Formula) -> String {
    let words = formula.metricNames
    for scheme in catalog.schemes {
      for item in scheme.items {
        switch item.rule {
        case .stated(let name) where words == [name]: return item.label[language]
        case .formula(let expression, _):
          let own = expression.measureNames.flatMap { baseMetrics($0) }
          if Set(own) == Set(words) { return item.label[language] }
        default: break
        }
      }
    }
    return words.joined(separator: ", ")
  }

  private func baseMetrics(_ name: String) -> [String] {
    guard let expression = catalog.metric(named: name)?.expression else { return [name] }
    return expression.measureNames.flatMap { baseMetrics($0) }
  }

  // MARK: - Numbers in formulas

  /// The formula with its numbers: `35 × 4/5`. Sums inside a product stand as their value.
  private func worked(_ formula: Formula, _ key: GroupKey, isTop: Bool) throws(ExactOverflow)
    -> String
  {
    switch formula {
    case .rounded(let inner, _): return try worked(inner, key, isTop: isTop)
    case .otherwise(let first, let second):
      let value = try evaluation.value(first, key, frame)
      return try worked(value == .undefined ? second : first, key, isTop: isTop)
    case .product(let factors):
      var text = ""
      for (index, factor) in factors.enumerated() {
        if index > 0 { text += factor.isDivided ? "/" : " × " }
        text += try worked(factor.formula, key, isTop: false)
      }
      return text
    case .scalar(let function, let arguments) where function != .coalesce:
      let word =
        Keywords.keyword(english: function.rawValue)
        .map { Keywords.spelling(of: $0, in: language) } ?? function.rawValue
      var texts: [String] = []
      for argument in arguments { texts.append(try worked(argument, key, isTop: true)) }
      return "\(word)(\(texts.joined(separator: ", ")))"
    case .sum(let terms) where isTop || terms.contains { !$0.formula.isCount }:
      var text = ""
      for (index, term) in terms.enumerated() {
        if index > 0 { text += term.isSubtracted ? " − " : " + " }
        text += try worked(term.formula, key, isTop: false)
      }
      return isTop ? text : "(\(text))"
    default:
      let value = try evaluation.value(formula, key, frame)
      guard let exact = value.exact else { return "-" }
      return try exact.text(places: exact.whole == nil ? 2 : 0)
    }
  }

  // MARK: - What one more would change

  private mutating func addConsequences(
    _ column: QueryColumn, _ key: GroupKey, _ shown: String
  ) throws(ExactOverflow) {
    guard query.assumptions.isEmpty,
      let now = try evaluation.value(column.formula, key, frame).exact
    else { return }
    var seen: Set<String> = []
    for use in column.formula.measureUses(extra: []) {
      guard let metric = catalog.metric(named: use.measure.metric), metric.kind == .count,
        metric.isHighBetter == false, metric.constantOver.isEmpty, use.measure.filter == nil,
        seen.insert(metric.name).inserted
      else { continue }
      var plan = evaluation.plan
      let more = Formula.sum([
        FormulaTerm(isSubtracted: false, formula: .measure(use.measure)),
        FormulaTerm(isSubtracted: false, formula: .number(.one)),
      ])
      plan.query.assumptions = [QueryAssumption(metric: metric.name, filter: nil, value: more)]
      let other = evaluation.asking(plan)
      guard let then = try other.value(column.formula, key, frame).exact else { continue }
      let change = try then.subtracting(now).text(places: 2)
      let text = try then.text(places: 2)
      lines.append(
        Bilingual(
          "one more \(metric.label.english.lowercased()): \(text) (\(change))",
          "再有 1 件\(metric.label.chinese)：\(text)（\(change)）")[language])
    }
  }

  // MARK: - Remarks

  /// Words that the base rows carry beside their figures, with the line they stand in.
  private mutating func addRemarks() throws(ExactOverflow) {
    guard let use = query.columns.first?.formula.measureUses(extra: []).first,
      let planned = evaluation.plan.measures[use],
      let metric = catalog.metric(named: use.measure.metric)
    else { return }
    for part in planned.parts {
      guard let dataset = catalog.dataset(named: part.dataset) else { continue }
      let dimensions = Set(dataset.dimensions.map(\.source))
      let chosen = Set(dataset.columns.flatMap { $0.formula?.columns ?? [] })
      let notes = dataset.columns.filter {
        $0.type == .text && $0.isOptional && !dimensions.contains(.column($0.name))
          && !chosen.contains($0.name)
      }
      for partition in evaluation.memory.store.partitions
      where partition.dataset == dataset.name {
        let rows = PartitionRows(partition, dataset, catalog)
        let filter = try RowFilter(
          rows, metric.sources[part.sourceIndex], part, planned.condition, months: query.months)
        try addRemarks(rows, notes, filter)
      }
    }
  }

  private mutating func addRemarks(
    _ rows: PartitionRows, _ columns: [DatasetColumn], _ filter: RowFilter
  ) throws(ExactOverflow) {
    var count = 0
    for row in 0..<rows.partition.rowCount where filter.keeps(row) {
      for definition in columns {
        guard let text = rows.partition.column(named: definition.name)?.text(row),
          !text.isEmpty, count < Explainer.rowLimit
        else { continue }
        count += 1
        let file =
          rows.partition.files.isEmpty
          ? "" : rows.partition.files[Int(rows.partition.fileOfRow[row])].path
        let place = "\(file):\(rows.partition.lineOfRow[row])"
        lines.append(
          Bilingual(
            "\(definition.name): \(text) (\(place))",
            "\(definition.headers.first ?? definition.name)：\(text)（\(place)）")[language])
      }
    }
  }
}

extension Formula {
  /// The metrics inside, each once, in the order of the formula.
  var metricNames: [String] {
    var names: [String] = []
    for use in measureUses(extra: []) where !names.contains(use.measure.metric) {
      names.append(use.measure.metric)
    }
    return names
  }

  /// Whole numbers only: such a sum is shown as its value.
  var isCount: Bool {
    switch self {
    case .measure, .scalar: true
    case .sum(let terms): terms.allSatisfy { $0.formula.isCount }
    default: false
    }
  }
}
