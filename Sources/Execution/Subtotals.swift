// Subtotals.swift: the rows of an answer arrive; they leave in runs of equal leading members, each
// run closed by its subtotal.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// A subtotal for every proper prefix of the `by` dimensions, counted from base rows like the
  /// totals: hidden rows are in it and are named.
  ///
  /// - Parameters:
  ///   - keys: the members of each row, across dimensions left out.
  ///   - everything: the groups before having and top.
  /// - Complexity: O(rows × dimensions + prefixes × columns)
  func withSubtotals(
    _ rows: [AnswerRow], of keys: [GroupKey], _ everything: [FigureRow]
  ) throws(ExactOverflow) -> [AnswerRow] {
    let depth = query.by.count
    var groups: [GroupKey: Set<GroupKey>] = [:]
    for row in everything {
      let key = Array(row.key.prefix(depth))
      for length in 1..<depth { groups[Array(key.prefix(length)), default: []].insert(key) }
    }
    return try runs(Array(zip(keys, rows)), length: 0, depth, groups)
  }

  private func runs(
    _ rows: [(key: GroupKey, row: AnswerRow)], length: Int, _ depth: Int,
    _ all: [GroupKey: Set<GroupKey>]
  ) throws(ExactOverflow) -> [AnswerRow] {
    guard length + 1 < depth else { return rows.map(\.row) }
    var order: [GroupKey] = []
    var members: [GroupKey: [(key: GroupKey, row: AnswerRow)]] = [:]
    for row in rows {
      let prefix = Array(row.key.prefix(length + 1))
      if members[prefix] == nil { order.append(prefix) }
      members[prefix, default: []].append(row)
    }
    var result: [AnswerRow] = []
    for prefix in order {
      let run = members[prefix] ?? []
      result += try runs(run, length: length + 1, depth, all)
      result.append(try subtotal(prefix, shown: run.count, of: all[prefix]?.count ?? run.count))
    }
    return result
  }

  private func subtotal(_ prefix: GroupKey, shown: Int, of count: Int) throws(ExactOverflow)
    -> AnswerRow
  {
    let dimensions = Array(query.by.prefix(prefix.count))
    let frame = Frame(dimensions: dimensions + query.across, months: query.months)
    var labels = zip(dimensions, prefix).map { label($0.1, of: $0.0) }
    let word = Bilingual("Subtotal", Keywords.spelling(of: .subtotals, in: .chinese))
    let hidden = Bilingual("\(count); \(shown) shown", "\(count) 个，显示 \(shown) 个")
    labels.append(
      .text(
        say(
          shown < count
            ? Bilingual(
              "\(word.english) (\(hidden.english))", "\(word.chinese)（\(hidden.chinese)）")
            : word)))
    while labels.count < query.by.count { labels.append(.blank) }
    var figures: [AnswerCell] = []
    for top in query.across.isEmpty ? [[]] : pivotTops {
      figures += try cells(values(prefix + top, frame), isTotal: true)
    }
    return AnswerRow(labels + figures, role: .subtotal)
  }
}
