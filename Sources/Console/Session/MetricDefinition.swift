// MetricDefinition.swift: a metric arrives; one line on what it is made of leaves.

import Catalog
import Planning
import Syntax

extension Session {
  /// `按期办结率 = 按期办结 / 应办`, `应办：取自 通报工单`, or the scheme that gives it.
  func definition(of metric: Metric, _ language: Language) -> String {
    let catalog = ground.vocabulary.catalog
    let name = language == .chinese ? metric.label.chinese : metric.name
    let mark = Bilingual(": ", "：")[language]
    let separator = Bilingual(", ", "、")[language]
    if let expression = metric.expression {
      let formula = sentence(
        of: expression, in: language, naming: pipeline.canonicalNames(language))
      return "\(name) = \(formula)"
    }
    if let help = metric.help?[language], !help.isEmpty { return name + mark + help }
    if let role = metric.schemeRole {
      let schemes = catalog.schemes.filter { $0.gives(role, metric.name) }
      let labels = schemes.map { $0.label[language] }.joined(separator: separator)
      return name + mark + Bilingual("given by \(labels)", "由\(labels)评定")[language]
    }
    let sources = metric.sources.compactMap { catalog.dataset(named: $0.dataset) }
    guard !sources.isEmpty else { return name + mark + (metric.missing?[language] ?? "-") }
    let labels = sources.map { $0.label[language] }.joined(separator: separator)
    return name + mark + Bilingual("counted in \(labels)", "取自\(labels)")[language]
  }
}
