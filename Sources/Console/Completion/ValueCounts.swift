// ValueCounts.swift: a dimension and the conditions typed so far arrive; how much each of its
// members counts under them leaves (console.md 5.2).

import Catalog
import Execution
import Planning
import Syntax

/// What is counted for a list of values.
struct ValueQuestion: Sendable {
  var dimension: Dimension
  /// The first additive metric of the sentence, else the first of the catalogue.
  var metric: Metric
  /// `where` and `during`, as far as they are whole.
  var clauses: [ClauseSyntax]

  private var tree: QuestionSyntax {
    var question = QuestionSyntax(metric: metric.name, by: dimension.name, where: nil)
    question.clauses += clauses
    return question
  }

  /// By the place of a member in the dimension, or by the number of a month, quarter or year; empty
  /// where the data has no such split.
  ///
  /// - Complexity: O(rows)
  func counts(from pipeline: Pipeline) -> [Int: Int64] {
    do throws(PlanningFault) {
      let ground = pipeline.ground
      let query = try resolve(
        tree, in: ground.vocabulary, holding: ground.holdings, scope: pipeline.scope)
      let plan = try plan(query, in: ground.vocabulary, holding: ground.holdings)
      // A figure that is computed from several sums is counted as answers count it.
      guard plan.measures.count == 1, let measure = plan.measures.values.first else {
        return answered(by: pipeline)
      }
      return summed(measure, query.months, ground)
    } catch {
      return [:]
    }
  }

  private func summed(_ measure: PlannedMeasure, _ months: [Int], _ ground: Ground) -> [Int: Int64]
  {
    let cluster = ground.clusterEngine()
    let engine: any Aggregator = cluster ?? MemoryAggregator(ground.index)
    let frame = Frame(dimensions: [dimension.name], months: months)
    guard let table = try? engine.table(measure, frame) else { return [:] }
    // Counted without a column that cannot be read, or a cluster that fails, they would be wrong.
    guard ground.loaded.store.damage?.first == nil, cluster?.fault == nil else { return [:] }
    var counts: [Int: Int64] = [:]
    for row in 0..<table.groups.count {
      guard let place = table.groups[row].first, place >= 0,
        let count = table.entry(at: row).value?.whole
      else { continue }
      counts[number(place), default: 0] += count
    }
    return counts
  }

  /// Months and quarters of all years are one number: `month = 11` takes each November.
  private func number(_ place: Int) -> Int {
    switch dimension.timeUnit {
    case .month: place - place.flooredDividing(by: 12) * 12 + 1
    case .quarter: Quarter(index: place).number
    case .year, nil: place
    }
  }

  private func answered(by pipeline: Pipeline) -> [Int: Int64] {
    guard dimension.timeUnit == nil, let answer = try? pipeline.answer(tree, in: .english) else {
      return [:]
    }
    let places = Dictionary(
      dimension.members.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var counts: [Int: Int64] = [:]
    for row in answer.rows {
      if case .text(let name)? = row.cells.first?.raw, let place = places[name],
        case .whole(let count)? = row.cells.last?.raw
      {
        counts[place] = count
      }
    }
    return counts
  }
}

extension ValueQuestion {
  /// All members, under what is fixed; nil where the catalogue counts nothing.
  init?(_ dimension: Dimension, in context: LineContext, metrics: [Metric] = []) {
    let isCounted = { (metric: Metric) in metric.kind == .count }
    guard
      let metric = metrics.first(where: isCounted)
        ?? context.catalog.metrics.first(where: isCounted)
    else { return nil }
    self.init(dimension: dimension, metric: metric, clauses: [])
  }

  /// What the place of a value asks for.
  init?(_ dimension: Dimension, at place: CompletionPlace) {
    let context = place.context
    self.init(dimension, in: context, metrics: place.metrics)
    let expected = place.expected
    let filter = FilterSoFar(
      place.before, from: expected.statementStart, to: expected.partial.lower,
      knowing: context.knownWords)
    let conditions = filter.ranges.map { "(" + place.before.slice($0) + ")" }
    let head = place.before.slice(SourceRange(expected.statementStart, filter.clauseStart))
    clauses = (place.refined?.clauses ?? []) + Self.clauses(of: head, context)
    if !conditions.isEmpty {
      let source =
        metric.name + " where " + conditions.joined(separator: " and ")
      clauses += Self.clauses(of: source, context)
    }
    clauses = Self.joined(clauses)
  }

  /// The clauses of a sentence that say which rows count.
  private static func clauses(of source: String, _ context: LineContext) -> [ClauseSyntax] {
    let parsed = parse(source, knowing: context.knownWords, isConsole: true, hasLastQuestion: true)
    switch parsed.statements.last?.statement?.kind {
    case .query(let question): return question.clauses.filter(\.choosesRows)
    case .then(let refinements):
      return refinements.compactMap { refinement in
        if case .clause(let clause) = refinement, clause.choosesRows { return clause }
        return nil
      }
    default: return []
    }
  }

  /// One `where` of all; of several periods the last.
  private static func joined(_ clauses: [ClauseSyntax]) -> [ClauseSyntax] {
    var question = QuestionSyntax(columns: [], clauses: [], at: SourceRange(0, 0))
    question = question.refined(by: clauses.map { .clause($0) })
    return question.clauses
  }
}

extension ClauseSyntax {
  fileprivate var choosesRows: Bool {
    switch kind {
    case .where, .during: true
    default: false
    }
  }
}
