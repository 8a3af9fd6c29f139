// AggregateText.swift: a plan and the indexed store arrive; the exact sums of each measure leave as
// text.

import Catalog
import Columns
import Planning
import Syntax

/// What an engine comes to for a question, before ratios, ranks and rounding: for each measure one
/// line a group.
///
/// - Complexity: that of the answer.
package func aggregateText(
  of plan: Plan, in catalog: Catalog, using index: StoreIndex,
  by aggregator: (any Aggregator)? = nil
) throws(ExactOverflow) -> String {
  let engine = aggregator ?? MemoryAggregator(index)
  let planned = plan.measures.values.map { (name: name(of: $0.use), measure: $0) }
  var lines: [String] = []
  for (name, measure) in planned.sorted(by: { $0.name < $1.name }) {
    let extra = measure.use.extraDimensions
    var frame = Frame(dimensions: plan.query.groups, months: plan.query.months)
    frame.dimensions += extra.filter { !frame.dimensions.contains($0) }
    let table = try engine.table(measure, frame)
    lines.append(name + (frame.dimensions.isEmpty ? "" : " by " + list(frame.dimensions)))
    for row in 0..<table.groups.count {
      let labels = zip(frame.dimensions, table.groups[row])
        .map { label($0.1, of: $0.0, index.codes, catalog) }
      let value = table.entry(at: row).value.map(text) ?? "null"
      lines.append("  " + (labels + [value]).joined(separator: "  "))
    }
  }
  return lines.joined(separator: "\n") + "\n"
}

private func list(_ names: [String]) -> String { names.joined(separator: ", ") }

private func name(of use: MeasureUse) -> String {
  let filter = use.measure.filter.map { " where \(list($0.dimensions.sorted()))" } ?? ""
  return use.measure.metric + filter
}

private func label(
  _ code: Int, of dimension: String, _ codes: DimensionCodes, _ catalog: Catalog
) -> String {
  guard code >= 0 else { return "-" }
  switch catalog.dimension(named: dimension)?.timeUnit {
  case .month: return Month(index: code).text
  case .quarter: return Quarter(index: code).text
  case .year: return String(code)
  case nil: return codes.name(code, of: dimension)
  }
}

private func text(_ value: Exact) -> String {
  value.whole.map(String.init) ?? (try? value.text(places: 6)) ?? "-"
}
