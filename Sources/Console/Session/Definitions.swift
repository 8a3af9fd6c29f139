// Definitions.swift: `define …` arrives in a session; a catalogue that holds it takes the place of
// the one before.

import Catalog
import Planning
import Syntax

extension Session {
  /// Defines for the rest of the session. A later definition replaces an earlier one made here,
  /// never one of the rulebook.
  ///
  /// - Throws: N07 for a name of the rulebook, and what the catalogue finds wrong; nothing is then
  ///   changed.
  mutating func define(_ definition: DefinitionSyntax, at range: SourceRange)
    throws(PlanningFault)
  {
    let catalog = ground.vocabulary.catalog
    let name = definition.name
    let folded = foldedName(name.text)
    switch definition {
    case .filter(_, let condition):
      guard !catalog.filters.contains(where: { foldedName($0.name) == folded }) else {
        throw .wrong(.alreadyDefined(name))
      }
      pipeline.scope.filters[folded] = condition
      ownNames.insert(folded)
    case .query(_, let parameters, let question):
      guard !catalog.queries.contains(where: { foldedName($0.name) == folded }) else {
        throw .wrong(.alreadyDefined(name))
      }
      savedQueries[folded] = Catalog.SavedQuery(
        name: name.text, parameters: parameters.map(\.text), question: question)
      ownNames.insert(folded)
    case .metric, .dimension, .dataset, .scheme:
      var definitions = ownDefinitions
      let isOwn = definitions.contains {
        $0.kindName == definition.kindName && $0.isNamed(folded)
      }
      if !isOwn, case .metric = definition, ground.vocabulary.metric(name.text) != nil {
        throw .wrong(.alreadyDefined(name))
      }
      definitions.removeAll { $0.kindName == definition.kindName && $0.isNamed(folded) }
      definitions.append(definition)
      let built = buildCatalog(from: catalog.files, adding: definitions)
      if let problem = built.problems.first {
        var diagnostic = problem.diagnostic
        // What an earlier definition now lacks is told at the one that takes it away.
        if !(diagnostic.range.map(range.contains) ?? false) { diagnostic.range = range }
        throw .wrong(diagnostic)
      }
      ownDefinitions = definitions
      pipeline.ground = ground.with(catalog: built.catalog, version: ground.version)
    }
  }
}

extension DefinitionSyntax {
  fileprivate var name: Name {
    switch self {
    case .metric(let metric): metric.name
    case .dimension(let dimension): dimension.name
    case .dataset(let dataset): dataset.name
    case .scheme(let scheme): scheme.name
    case .filter(let name, _), .query(let name, _, _): name
    }
  }

  fileprivate var kindName: Keyword {
    switch self {
    case .metric: .metric
    case .dimension: .dimension
    case .dataset: .dataset
    case .scheme: .scheme
    case .filter: .filter
    case .query: .query
    }
  }

  fileprivate func isNamed(_ folded: String) -> Bool { foldedName(name.text) == folded }
}

extension SourceRange {
  fileprivate func contains(_ other: SourceRange) -> Bool {
    lower <= other.lower && other.upper <= upper
  }
}
