// SQLText.swift: a plan arrives; the statements that a database is asked leave as one text.

import Catalog
import Planning
import Syntax

/// The SELECTs of a question (`explain sqlite`, `explain clickhouse`): its own periods and those it
/// compares with. Measures over the same rows share a statement, and a comment says which figures
/// are whose; one measure needs no comment.
///
/// - Parameter loads: as of `sqlParts`.
package func sqlText(
  of plan: Plan, in catalog: Catalog, for dialect: SQLDialect, loads: [String: [Int64]]? = nil
) -> String {
  let uses = plan.query.columns.flatMap { $0.formula.measureUses(extra: []) }
  var statements: [Statement] = []
  var seen: Set<MeasureUse> = []
  for use in uses + plan.measures.keys.sorted(by: { $0.orderKey < $1.orderKey })
  where seen.insert(use).inserted {
    guard let planned = plan.measures[use] else { continue }
    let measure = Planning.text(of: .measure(use.measure))
    for months in [plan.query.months] + plan.query.earlierMonths(in: catalog) {
      let parts = sqlParts(
        of: planned, by: plan.groups(of: use, in: catalog), months: months, in: catalog,
        for: dialect, loads: loads)
      for part in parts { add(measure, part, to: &statements) }
    }
  }
  if statements.count == 1, statements[0].measures.count == 1 { return statements[0].text }
  return statements.map { "\($0.comment)\n\($0.text);" }.joined(separator: "\n\n")
}

/// One statement for all measures that are added over the same rows.
private struct Statement {
  var select: SQLSelect?
  var measures: [(name: String, figures: Range<Int>)]
  var figures: [String]
  /// Where no SELECT can be sent.
  var remark = ""

  var text: String { select?.text(showing: figures) ?? remark }

  var comment: String {
    let names = measures.map { measure in
      let columns = measure.figures.map { "_a\($0)" }
      return measure.name + ": " + (columns.isEmpty ? "_n" : columns.joined(separator: ", "))
    }
    return select == nil ? "-- \(measures[0].name)" : "-- " + names.joined(separator: "; ")
  }
}

private func add(_ measure: String, _ part: SQLPart, to statements: inout [Statement]) {
  switch part {
  case .ownEngine(let dataset, _):
    let remark = "-- added by tongbao itself: more than sums of whole numbers from \(dataset)"
    statements.append(
      Statement(select: nil, measures: [(measure, 0..<0)], figures: [], remark: remark))
  case .select(let select):
    guard
      let index = statements.firstIndex(where: {
        $0.select?.rows == select.rows && $0.select?.keys == select.keys
          && $0.select?.printedRows == select.printedRows
      })
    else {
      statements.append(
        Statement(
          select: select, measures: [(measure, 0..<select.figures.count)],
          figures: select.figures))
      return
    }
    let first = statements[index].figures.count
    statements[index].figures += select.figures
    statements[index].measures.append((measure, first..<(first + select.figures.count)))
  }
}

extension Plan {
  /// The groups that a measure is added over: a county constant and the item of a score know fewer.
  fileprivate func groups(of use: MeasureUse, in catalog: Catalog) -> [String] {
    let metric = catalog.metric(named: use.measure.metric)
    let constant = Set(metric?.constantOver ?? []).union(["item"])
    let all = query.groups + use.extraDimensions.filter { !query.groups.contains($0) }
    return all.filter { !constant.contains($0) }
  }
}
