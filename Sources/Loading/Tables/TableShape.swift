// TableShape.swift: one or two rows of headings become the columns of a table, each with what it
// feeds.

import Catalog
import Syntax

/// One printed column.
struct TableColumn: Hashable {
  enum Use: Hashable {
    /// A column of the data set whose rows the table prints.
    case own(Int)
    /// A column of a coarser data set (one figure for all rows) or a finer one (a list in a cell).
    case other(dataset: Int, column: Int)
    /// Numbers the rows of a data set that has no number of its own.
    case numbering
    case unknown
  }
  var use: Use
  /// Joined and folded: `办结得分.工单数` as bytes.
  var heading: [UInt8]
  /// Full marks printed with the heading.
  var weight: PrintedNumber?
}

struct TableShape: Hashable {
  /// Index of the data set in the header index.
  var dataset: Int
  var columns: [TableColumn]
  /// Printed columns of each table that stands side by side with others; one if there is only one.
  var segments: [Range<Int>]

  /// Two shapes that feed the same columns in the same order are one table that goes on.
  func isContinued(by other: TableShape) -> Bool {
    dataset == other.dataset && columns.map(\.use) == other.columns.map(\.use)
  }
}

/// A heading cell as printed, for the findings on form.
struct PrintedHeading: Hashable {
  var raw: String
  var folded: [UInt8]
  var line: Int
}

extension HeaderIndex {
  /// The folded cells of a row of headings; nil if the row holds anything like a figure or too few
  /// known headings.
  func headings(_ row: Grid.Row, of grid: Grid) -> [Heading]? {
    guard row.cells.count >= 2 else { return nil }
    var nonBlank = 0
    for cell in grid.cells[row.cells] where !cell.isEmpty {
      let inner = trimmed(cell, of: grid.bytes)
      if inner.isEmpty { continue }
      if case .number = readNumber(inner, of: grid.bytes) { return nil }
      nonBlank += 1
    }
    guard nonBlank >= 2 else { return nil }
    let found = grid.cells[row.cells].map { heading($0, of: grid.bytes) }
    let known = found.count { isKnown($0.folded) || isUpper($0.folded) }
    return known >= 2 && known * 2 >= nonBlank ? found : nil
  }

  /// The second row of headings: blank under headings that have none, known lower headings
  /// elsewhere.
  func lowerHeadings(_ row: Grid.Row, of grid: Grid, under upper: [Heading]) -> [Heading]? {
    guard upper.contains(where: { isUpper($0.folded) }), row.cells.count <= upper.count else {
      return nil
    }
    let found = grid.cells[row.cells].map { heading($0, of: grid.bytes) }
    let nonBlank = found.filter { !$0.folded.isEmpty }
    guard !nonBlank.isEmpty, nonBlank.allSatisfy({ isLower($0.folded) }) else { return nil }
    return found
  }

  /// - Parameter numberingHeadings: headings of the number of a row, whatever the data set.
  func shape(upper: [Heading], lower: [Heading]?, numbering: Set<[UInt8]>) -> TableShape? {
    let joined = joinedHeadings(upper: upper, lower: lower)
    let candidates = joined.map { heading, alternatives in
      alternatives.lazy.map { targets(of: $0) }.first { !$0.isEmpty } ?? []
    }
    var matches = Array(repeating: 0, count: datasets.count)
    for targets in candidates {
      for dataset in Set(targets.map(\.dataset)) { matches[dataset] += 1 }
    }
    guard let best = matches.indices.max(by: { (matches[$0], $1) < (matches[$1], $0) }),
      matches[best] > 0
    else { return nil }
    var columns: [TableColumn] = []
    for (index, targets) in candidates.enumerated() {
      let heading = joined[index].heading
      columns.append(
        TableColumn(
          use: use(targets, of: heading.folded, in: best, numbering: numbering),
          heading: heading.folded, weight: heading.weight))
    }
    return TableShape(dataset: best, columns: columns, segments: segments(of: columns))
  }

  /// Upper and lower cells as one heading; an upper cell reaches to the right as far as lower cells
  /// stand under blanks. The alternatives are tried in turn: both, the lower, the upper alone.
  func joinedHeadings(
    upper: [Heading], lower: [Heading]?
  ) -> [(heading: Heading, alternatives: [[UInt8]])] {
    var carried = Heading(folded: [])
    var result: [(heading: Heading, alternatives: [[UInt8]])] = []
    for (index, own) in upper.enumerated() {
      let below = lower.flatMap { index < $0.count ? $0[index].folded : nil } ?? []
      if !own.folded.isEmpty { carried = own }
      if below.isEmpty {
        result.append((own, [own.folded]))
      } else {
        let both = carried.folded + [0x2E] + below
        result.append((Heading(folded: both, weight: carried.weight), [both, below]))
      }
    }
    return result
  }

  private func use(
    _ targets: [Target], of heading: [UInt8], in dataset: Int, numbering: Set<[UInt8]>
  ) -> TableColumn.Use {
    if let own = targets.first(where: { $0.dataset == dataset }) { return .own(own.column) }
    if numbering.contains(heading) { return .numbering }
    let grain = Set(datasets[dataset].grain)
    for target in targets where target.column >= 0 {
      let other = Set(datasets[target.dataset].grain)
      if other.isStrictSubset(of: grain) || grain.isStrictSubset(of: other) {
        return .other(dataset: target.dataset, column: target.column)
      }
    }
    return .unknown
  }

  /// Where the first heading stands again, another table begins beside the first (domain.md 8, no.
  /// 22).
  private func segments(of columns: [TableColumn]) -> [Range<Int>] {
    guard let first = columns.first(where: { !$0.heading.isEmpty }) else {
      return [0..<columns.count]
    }
    var starts = columns.indices.filter { columns[$0].heading == first.heading }
    if starts.count < 2 { return [0..<columns.count] }
    starts[0] = 0
    return starts.indices.map { position in
      starts[position]..<(position + 1 < starts.count ? starts[position + 1] : columns.count)
    }
  }
}
