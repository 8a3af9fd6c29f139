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
  ///   - shown: the group of each row, or one of those that a pivot puts into it.
  ///   - everything: the groups before having and top.
  /// - Complexity: O(rows × dimensions + prefixes × columns)
  func withSubtotals(
    _ rows: [AnswerRow], of shown: [Int], _ everything: [Int]
  ) throws(ExactOverflow) -> [AnswerRow] {
    let depth = query.by.count
    guard depth > 1 else { return rows }
    // How many different rows each prefix has, by the first group that has it.
    var counts: [[Int: Int]] = []
    let whole = GroupClasses(of: Array(0..<depth), in: groups, everything)
    for length in 1..<depth {
      let prefixes = GroupClasses(of: Array(0..<length), in: groups, whole.firsts)
      var own: [Int: Int] = [:]
      for prefix in prefixes.classes { own[prefixes.firsts[Int(prefix)], default: 0] += 1 }
      counts.append(own)
    }
    return try runs(Array(shown.indices), shown, rows, length: 1, counts)
  }

  /// - Parameter positions: rows with one prefix, which is one shorter than `length`.
  private func runs(
    _ positions: [Int], _ shown: [Int], _ rows: [AnswerRow], length: Int, _ counts: [[Int: Int]]
  ) throws(ExactOverflow) -> [AnswerRow] {
    guard length < query.by.count else { return positions.map { rows[$0] } }
    let places = Array(0..<length)
    let prefixes = GroupClasses(of: places, in: groups, positions.map { shown[$0] })
    var members = Array(repeating: [Int](), count: prefixes.firsts.count)
    for (position, prefix) in zip(positions, prefixes.classes) {
      members[Int(prefix)].append(position)
    }
    var result: [AnswerRow] = []
    for (prefix, own) in members.enumerated() {
      result += try runs(own, shown, rows, length: length + 1, counts)
      let key = Array(groups[prefixes.firsts[prefix]].prefix(length))
      // The groups that share the prefix stand together: the first of all counted them.
      let first = groups.rows(beginning: key).lowerBound
      result.append(
        try subtotal(key, shown: own.count, of: counts[length - 1][first] ?? own.count))
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
    figures += try othersColumnCells(prefix)
    return AnswerRow(labels + figures, role: .subtotal)
  }
}
