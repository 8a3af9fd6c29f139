// HeatScale.swift: a table with `across` arrives, the shade of each of its cells leaves; and the
// groups of its header.

import Columns

/// Shades of the cells that `across` made, from the least value of a metric (0) to the greatest.
///
/// The value stands in the cell, so a grey print and an eye of any kind lose nothing.
struct HeatScale {
  static let levelCount = 7
  private var ranges: [Int: ClosedRange<Double>] = [:]

  /// nil where no columns are made by `across`.
  init?(_ answer: Answer) {
    let measures = answer.columns.indices.filter { answer.columns[$0].isNumeric }
    guard let groups = pivotGroups(of: answer.columns, measures) else { return nil }
    for group in groups {
      let rows = answer.rows.filter { $0.role == .body }
      let values = rows.flatMap { row in
        group.columns.compactMap { $0 < row.cells.count ? numericValue(of: row.cells[$0]) : nil }
      }
      guard let least = values.min(), let greatest = values.max(), least < greatest else {
        continue
      }
      // Counts begin at nothing.
      let start = answer.columns[group.columns[0]].kind == .count ? min(0, least) : least
      for column in group.columns { ranges[column] = start...greatest }
    }
  }

  func level(of cell: AnswerCell, column: Int) -> Int? {
    guard let range = ranges[column], let value = numericValue(of: cell) else { return nil }
    let part = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    return Int(exactly: (part * Double(Self.levelCount)).rounded())
  }
}

/// Neighbouring columns whose labels share what stands before the first dot.
struct HeaderGroup: Hashable {
  /// nil: one column with its whole label.
  var title: String?
  var columns: Range<Int>

  static func all(in columns: [AnswerColumn]) -> [HeaderGroup] {
    var groups: [HeaderGroup] = []
    var start = 0
    while start < columns.count {
      var end = start + 1
      if let title = title(of: columns[start].label) {
        while end < columns.count, self.title(of: columns[end].label) == title { end += 1 }
        if end > start + 1 {
          groups.append(HeaderGroup(title: title, columns: start..<end))
          start = end
          continue
        }
      }
      groups.append(HeaderGroup(title: nil, columns: start..<(start + 1)))
      start += 1
    }
    return groups
  }

  private static func title(of label: String) -> String? {
    guard let dot = label.firstIndex(of: "."), dot != label.startIndex,
      let next = label[dot...].dropFirst().first, next != " ", !("0"..."9").contains(next)
    else { return nil }
    return String(label[..<dot])
  }
}
