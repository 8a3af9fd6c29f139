// OwnHead.swift: the first rows of a table that nobody modelled arrive; its headings leave, from
// one row or from two merged ones, and where its data begins.

import Columns
import Syntax

struct OwnHead {
  /// Row of the last heading, in the grid.
  var headerRow: Int
  /// The rows of headings, folded.
  var headings: [[[UInt8]]]
  /// For each column its name: cleaned, none blank, none twice.
  var names: [String]
  /// Lines above the headings.
  var titles: [(line: Int, text: String)]
}

/// nil where no row of headings is found: the first row holds figures.
func ownHead(of grid: Grid) -> OwnHead? {
  let shapes = grid.rows.map { RowShape($0, of: grid) }
  let width = shapes.map(\.width).max() ?? 0
  guard var first = shapes.firstIndex(where: { $0.filled.count >= min(2, width) && width > 0 })
  else { return nil }
  // `表1 … 单位：万元` above the headings: few cells, and the next row fills those columns too.
  while first + 1 < shapes.count, shapes[first].isTitle(above: shapes[first + 1], width: width) {
    first += 1
  }
  let upper = shapes[first]
  guard upper.numberCount * 2 < upper.filled.count || upper.numberCount == 0 else { return nil }
  var headerRow = first
  if first + 1 < shapes.count {
    let below = first + 2 < shapes.count ? shapes[first + 2] : nil
    if upper.isUpper(of: shapes[first + 1], before: below) { headerRow = first + 1 }
  }
  let rows = (first...headerRow).map { grid.rows[$0] }
  return OwnHead(
    headerRow: headerRow, headings: rows.map { foldedCells(of: $0, in: grid) },
    names: names(of: rows, in: grid),
    titles: grid.rows[..<first].compactMap { row in
      let texts = grid.cells[row.cells].map { text(trimmed($0, of: grid.bytes), of: grid.bytes) }
        .filter { !$0.isEmpty }
      return texts.isEmpty ? nil : (row.line, texts.joined(separator: " "))
    })
}

/// Which cells of a row are filled, and how many of them with figures.
private struct RowShape {
  var width: Int
  var filled: Set<Int> = []
  var numberCount = 0

  init(_ row: Grid.Row, of grid: Grid) {
    width = row.cells.count
    for (column, cell) in grid.cells[row.cells].enumerated() {
      let inner = trimmed(cell, of: grid.bytes)
      if inner.isEmpty { continue }
      filled.insert(column)
      if isFigure(inner, of: grid.bytes) { numberCount += 1 }
    }
  }

  func isTitle(above next: RowShape, width: Int) -> Bool {
    numberCount == 0 && filled.count * 2 <= width && next.numberCount == 0
      && next.filled.isSuperset(of: filled) && next.filled.count > filled.count
  }

  /// Whether `lower` goes on with these headings: it fills gaps that they leave, leaves others to
  /// them, and the row below it holds figures.
  func isUpper(of lower: RowShape, before below: RowShape?) -> Bool {
    guard lower.numberCount == 0, !lower.filled.isEmpty, numberCount == 0 else { return false }
    let gaps = lower.filled.subtracting(filled)
    let kept = filled.subtracting(lower.filled)
    let hasFigures = below.map { $0.numberCount > 0 } ?? false
    return !gaps.isEmpty && !kept.isEmpty && hasFigures
  }
}

/// A number, but no year, which may be a heading.
private func isFigure(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  guard range.count <= 40, case .number(let number) = readNumber(range, of: bytes) else {
    return false
  }
  return number.places > 0 || !(1900...2100).contains(number.digits)
}

private func names(of rows: [Grid.Row], in grid: Grid) -> [String] {
  let width = rows.map(\.cells.count).max() ?? 0
  func cell(_ row: Grid.Row, _ column: Int) -> String {
    guard column < row.cells.count else { return "" }
    var output: [UInt8] = []
    _ = clean(grid.cells[row.cells.lowerBound + column], of: grid.bytes, into: &output)
    return String(decoding: output.map { $0 < 0x20 ? 0x20 : $0 }, as: UTF8.self)
  }
  var names: [String] = []
  var carried = ""
  for column in 0..<width {
    let upper = rows.first.map { cell($0, column) } ?? ""
    let lower = rows.count > 1 ? cell(rows[1], column) : ""
    if !upper.isEmpty { carried = upper }
    var name = lower.isEmpty ? upper : (carried.isEmpty ? lower : "\(carried).\(lower)")
    if name.isEmpty { name = columnLetters(column) }
    let whole = name
    var copy = 2
    while names.contains(name) {
      name = "\(whole)_\(copy)"
      copy += 1
    }
    names.append(name)
  }
  return names
}
