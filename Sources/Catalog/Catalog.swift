// Catalog.swift: the whole catalogue: every definition, found by name, label or alias.

import Syntax

/// All metrics, dimensions, members, data sets and schemes of one rulebook, in definition order.
package struct Catalog: Sendable {
  package var metrics: [Metric] = []
  package var dimensions: [Dimension] = []
  package var datasets: [Dataset] = []
  package var schemes: [Scheme] = []
  package var filters: [SavedFilter] = []
  package var queries: [SavedQuery] = []
  package var phrases: [BulletinPhrase] = []
  package var checks: [CheckCode] = []
  /// The texts that all this is made from, in reading order.
  package var files: [RulebookFile] = []

  package struct SavedFilter: Sendable, Hashable {
    package var name: String
    package var condition: ConditionSyntax
    package init(name: String, condition: ConditionSyntax) {
      self.name = name
      self.condition = condition
    }
  }
  package struct SavedQuery: Sendable, Hashable {
    package var name: String
    package var parameters: [String]
    package var question: QuestionSyntax
    package init(name: String, parameters: [String], question: QuestionSyntax) {
      self.name = name
      self.parameters = parameters
      self.question = question
    }
  }

  package init() {}

  package func metric(named name: String) -> Metric? { metrics.named(name) }
  package func dimension(named name: String) -> Dimension? {
    dimensions.named(name)
  }
  package func dataset(named name: String) -> Dataset? { datasets.named(name) }
  package func scheme(named name: String) -> Scheme? { schemes.named(name) }

  /// The data set that a person calls so: by its name, else by its label in either language.
  package func dataset(called word: String) -> Dataset? {
    let folded = foldedName(word)
    return datasets.first { foldedName($0.name) == folded }
      ?? datasets.first {
        foldedName($0.label.english) == folded || foldedName($0.label.chinese) == folded
      }
  }
}

/// What is looked up by its name again and again.
protocol Named {
  var name: String { get }
}

extension Metric: Named {}
extension Dimension: Named {}
extension Dataset: Named {}
extension Scheme: Named {}
extension DatasetColumn: Named {}

extension Array where Element: Named {
  /// The first with a name. By place: an iterator copies every definition that it passes.
  func named(_ name: String) -> Element? {
    for index in indices where self[index].name == name { return self[index] }
    return nil
  }
}
