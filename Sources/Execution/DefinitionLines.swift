// DefinitionLines.swift: a plan arrives; the lines of the rulebook that decide what rows of files
// count for its figures leave.

import Catalog
import Planning
import Syntax

/// For each metric where it comes from, and for its data set by which time, which rows and what is
/// computed of the columns: whatever a rulebook may choose otherwise.
///
/// What is read from notices has no such choices.
package func definitionLines(
  of plan: Plan, in catalog: Catalog, language: Language
) -> [String] {
  var lines: [String] = []
  var columns: [String: [String]] = [:]
  var datasets: [Dataset] = []
  func add(_ label: Bilingual, _ text: String) {
    let line = label[language] + (language == .chinese ? "：" : ": ") + text
    if !lines.contains(line) { lines.append(line) }
  }
  for planned in plan.measures.values.sorted(by: { $0.use.orderKey < $1.use.orderKey }) {
    guard let metric = catalog.metric(named: planned.use.measure.metric) else { continue }
    for part in planned.parts {
      guard let dataset = catalog.dataset(named: part.dataset), !dataset.isFromBulletin else {
        continue
      }
      let source = metric.sources[part.sourceIndex]
      let basis = BasisSyntax(
        Name(source.dataset, at: SourceRange(0, 0)), source.aggregate, condition: source.condition)
      add(metric.label, sentence(of: basis, in: language))
      if !datasets.contains(where: { $0.name == dataset.name }) { datasets.append(dataset) }
      columns[dataset.name, default: []] += source.columnNames
    }
  }
  for dataset in datasets {
    for part in dataset.choices(for: columns[dataset.name] ?? []) {
      add(dataset.label, sentence(of: part, in: language))
    }
  }
  return lines
}

extension Dataset {
  /// Its time, the rows it keeps, and the formulas behind some columns, in written order.
  fileprivate func choices(for names: [String]) -> [DatasetSyntax.Part] {
    var wanted = Set(names)
    var parts: [DatasetSyntax.Part] = []
    if let time {
      parts.append(.time(time.unit, column: Name(time.column, at: SourceRange(0, 0))))
      wanted.insert(time.column)
    }
    if let keep { parts.append(.keep(keep)) }
    // A formula sees the columns above it.
    for column in columns.reversed() where wanted.contains(column.name) {
      wanted.formUnion(column.formula?.columns ?? [])
    }
    return parts
      + columns.compactMap { column in
        guard wanted.contains(column.name), let formula = column.formula else { return nil }
        return .column(
          DatasetColumnSyntax(
            Name(column.name, at: SourceRange(0, 0)), column.type, parts: [.formula(formula)]))
      }
  }
}

extension MetricSource {
  /// The columns that are counted or looked at.
  fileprivate var columnNames: [String] {
    var names: [String] = []
    if case .apply(_, let expression) = aggregate { names += expression.measureNames }
    if let condition { names += ColumnFormula.test(condition).columns }
    return names
  }
}
