// Assumptions.swift: a plan with assumptions arrives; whether its figures could be at all leaves.

import Catalog
import Columns
import Planning
import Syntax

/// The first assumption of a question that cannot be (U09); nil where all can.
///
/// A whole is the first term of a metric that is defined as `whole - part - …`, such as
/// `ontime = orders - overdue - open`.
///
/// - Throws: `ExactOverflow`
/// - Complexity: O(groups × metrics)
package func impossibleAssumption(
  of plan: Plan, in vocabulary: Vocabulary, holding holdings: Holdings, using index: StoreIndex,
  by aggregator: (any Aggregator)? = nil
) throws(ExactOverflow) -> Refusal? {
  for assumption in plan.query.assumptions {
    let part = Formula(of: assumption.metric)
    let wholes = vocabulary.catalog.wholes(of: assumption.metric)
    for whole in wholes + [assumption.metric] {
      // The question need not show the whole: a plan of its own asks for it.
      var query = plan.query
      query.order = [part, Formula(of: whole)].map {
        QueryOrder(key: .formula($0), isDescending: false)
      }
      guard let wider = try? Planning.plan(query, in: vocabulary, holding: holdings) else {
        continue
      }
      let evaluation = Evaluation(
        wider, MemoryAggregator(index), vocabulary, holdings, by: aggregator)
      let frame = evaluation.mainFrame
      let keys = frame.dimensions.isEmpty ? [[]] : try evaluation.keys(of: [part], frame)
      for key in keys {
        guard let assumed = try evaluation.value(part, key, frame).exact else { continue }
        if assumed < .zero {
          return .cannotBe("0", assumption.metric, .zero, assumed, vocabulary.catalog)
        }
        if let value = try evaluation.value(Formula(of: whole), key, frame).exact, assumed > value {
          return .cannotBe(assumption.metric, whole, assumed, value, vocabulary.catalog)
        }
      }
    }
  }
  return nil
}

extension Formula {
  fileprivate init(of metric: String) {
    self = .measure(Measure(metric: metric, filter: nil, isOptional: false))
  }
}

extension Catalog {
  /// The metrics that the metric is taken away from in some definition.
  fileprivate func wholes(of part: String) -> [String] {
    metrics.compactMap { metric in
      guard case .sum(let terms)? = metric.expression?.kind,
        case .measure(let whole, nil)? = terms.first?.term.kind,
        terms.dropFirst().contains(where: { $0.isSubtracted && $0.term.measureNames == [part] })
      else { return nil }
      return whole.text
    }
  }
}

extension Refusal {
  fileprivate static func cannotBe(
    _ greater: String, _ smaller: String, _ left: Exact, _ right: Exact, _ catalog: Catalog
  ) -> Refusal {
    func label(_ name: String) -> String {
      catalog.metric(named: name).map { "“\($0.label.chinese)”" } ?? name
    }
    func text(_ value: Exact) -> String {
      value.whole.map(String.init) ?? ((try? value.text(places: 2)) ?? "")
    }
    let figures = "\(text(left)) > \(text(right))"
    return Refusal(
      "U09",
      Bilingual(
        "the assumption cannot be: \(greater) would be greater than \(smaller) (\(figures))",
        "假设不成立：\(label(greater))将大于\(label(smaller))（\(figures)）"))
  }
}
