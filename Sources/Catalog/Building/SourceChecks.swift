// SourceChecks.swift: the sources of metrics are held against the data sets they name (D01, N08).

import Syntax

extension CatalogBuilder {
  /// Metrics whose source names no data set, or a column that it lacks, are told and left out.
  mutating func checkSources() {
    let datasets = Dictionary(catalog.datasets.map { ($0.name, $0) }) { first, _ in first }
    let faulty = catalog.metrics.filter { metric in
      guard let place = metric.place else { return false }
      let faults = metric.sources.compactMap { source in
        guard let dataset = datasets[source.dataset] else {
          return Diagnostic.unknownDataset(source.dataset, catalog.datasets, at: place.range)
        }
        if let unknown = source.columnNames.first(where: {
          dataset.column(named: $0.text)?.isDropped != false && $0.text != "period_days"
        }) {
          return Diagnostic.noSuchColumn(unknown, dataset)
        }
        return source.figures.first { dataset.column(named: $0.text)?.type == .text }
          .map { Diagnostic.columnOfText($0) }
      }
      for fault in faults { report(.metric, metric.name, fault) }
      return !faults.isEmpty
    }
    let names = Set(faulty.map(\.name))
    catalog.metrics.removeAll { names.contains($0.name) }
  }
}

extension MetricSource {
  /// The columns whose values are added up or shown; those of `distinct` are only told apart.
  fileprivate var figures: [Name] {
    guard case .apply(let function, let expression) = aggregate, function != .distinct else {
      return []
    }
    return expression.measures
  }

  /// Every name that stands for a column, with its place.
  fileprivate var columnNames: [Name] {
    var names: [Name] = []
    if case .apply(_, let expression) = aggregate { names += expression.measures }
    if let condition { names += condition.columnNames }
    return names
  }
}

extension ConditionSyntax {
  fileprivate var columnNames: [Name] {
    switch kind {
    case .any(let parts), .all(let parts): parts.flatMap(\.columnNames)
    case .not(let inner): inner.columnNames
    case .test(let name, _): [name]
    case .saved: []
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownDataset(
    _ name: String, _ known: [Dataset], at range: SourceRange
  ) -> Diagnostic {
    let list = Bilingual(
      listing: known.map { Bilingual($0.name, "\($0.label.chinese)（\($0.name)）") })
    return Diagnostic(
      "D01", at: range,
      Bilingual("no data set is called `\(name)`", "没有名为“\(name)”的数据集"),
      hints: [Bilingual("data sets: \(list.english)", "数据集有：\(list.chinese)")])
  }

  /// Engines add up numbers: a text would come out as nothing at all.
  fileprivate static func columnOfText(_ name: Name) -> Diagnostic {
    Diagnostic(
      "D01", at: name.range,
      Bilingual("column `\(name.text)` is text and no figure", "列“\(name.text)”是文字，不是数"),
      hints: [
        Bilingual(
          "`rows` shows texts, `distinct(\(name.text))` counts them, a dimension splits by them",
          "“明细”列出文字，去重(\(name.text))计数，定义为维度可按它拆分")
      ])
  }

  static func noSuchColumn(_ name: Name, _ dataset: Dataset) -> Diagnostic {
    let list = dataset.columns.filter { !$0.isDropped }.map(\.name).joined(separator: ", ")
    return Diagnostic(
      "N08", at: name.range,
      Bilingual(
        "data set \(dataset.name) has no column `\(name.text)`",
        "数据集“\(dataset.label.chinese)”没有列“\(name.text)”"),
      hints: [Bilingual("its columns: \(list)", "它的列：\(list)")])
  }
}
