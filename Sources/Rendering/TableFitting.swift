// TableFitting.swift: the widths a table would like arrive, the widths it gets and the columns it
// must leave out leave.
//
// Headers and texts give way first, then columns from the middle; a number is never cut
// (console.md 8.3).

/// What one column wants.
struct ColumnDemand: Hashable {
  var isNumeric: Bool
  /// Cells of its widest figure or text.
  var bodyWidth: Int
  /// Cells of its label on one line.
  var labelWidth: Int
  /// Cells of its label on three lines at most.
  var wrappedLabelWidth: Int

  var natural: Int { max(bodyWidth, labelWidth) }
  /// No narrower than this: a figure whole, a text of eight cells.
  var least: Int { isNumeric ? max(bodyWidth, wrappedLabelWidth) : min(natural, 8) }
  /// Names stay on one line as long as there is other room to take.
  var comfortable: Int { isNumeric ? natural : min(natural, 24) }
}

struct TableFit: Hashable {
  /// The columns shown, in order.
  var columns: [Int]
  var widths: [Int]
  /// Before which of `columns` the `…` of the columns left out stands.
  var gap: Int?
}

/// How a drawing spends cells besides the columns themselves.
struct TableSpacing: Hashable {
  /// Per column: the blanks and lines that come with it.
  var perColumn: Int
  /// Once: the line at the edge (negative: no blanks after the last column).
  var once: Int
  var ellipsisWidth: Int

  func total(_ widths: [Int]) -> Int {
    widths.reduce(once) { $0 + $1 + perColumn }
  }
}

/// Fits columns into `limit` cells; nil: even the least does not fit and rows must be written
/// one below the other.
///
/// - Parameter leadingCount: how many first columns always stay; the last one does too.
func fitted(
  _ demands: [ColumnDemand], leadingCount: Int, spacing: TableSpacing, limit: Int?
) -> TableFit? {
  let all = Array(demands.indices)
  guard let limit else {
    return TableFit(columns: all, widths: demands.map(\.natural), gap: nil)
  }
  if let widths = shrunk(demands, to: limit - spacing.total([]) - all.count * spacing.perColumn) {
    return TableFit(columns: all, widths: widths, gap: nil)
  }
  let first = max(1, leadingCount)
  guard demands.count - 1 > first else { return nil }
  let room = limit - spacing.total([spacing.ellipsisWidth])
  guard
    let hidden = smallestGap(
      demands.map { $0.least + spacing.perColumn }, within: first..<demands.count - 1, room: room)
  else { return nil }
  let kept = all.filter { !hidden.contains($0) }
  let widths = shrunk(
    kept.map { demands[$0] }, to: room - kept.count * spacing.perColumn)
  return widths.map { TableFit(columns: kept, widths: $0, gap: hidden.lowerBound) }
}

/// The fewest neighbouring columns, as near the middle as can be, without which the rest fits.
private func smallestGap(_ costs: [Int], within middle: Range<Int>, room: Int) -> Range<Int>? {
  let total = costs.reduce(0, +)
  for count in 1...middle.count {
    let center = middle.lowerBound + (middle.count - count) / 2
    var saved = costs[middle.lowerBound..<middle.lowerBound + count].reduce(0, +)
    var best: Int?
    for start in middle.lowerBound...(middle.upperBound - count) {
      if start > middle.lowerBound {
        saved += costs[start + count - 1] - costs[start - 1]
      }
      guard total - saved <= room else { continue }
      if best.map({ abs(start - center) < abs($0 - center) }) ?? true { best = start }
    }
    if let best { return best..<best + count }
  }
  return nil
}

/// Widths whose sum is at most `room`: long texts give way first, then labels, then all texts.
private func shrunk(_ demands: [ColumnDemand], to room: Int) -> [Int]? {
  var widths = demands.map(\.natural)
  let steps: [[Int]] = [
    demands.map(\.comfortable),
    demands.map { $0.isNumeric ? $0.least : $0.comfortable },
    demands.map(\.least),
  ]
  for floors in steps {
    if widths.reduce(0, +) <= room { break }
    widths = levelled(widths, floors: floors, room: room)
  }
  guard widths.reduce(0, +) <= room else { return nil }
  return settled(widths, demands, room: room)
}

/// A label between its wrapped and its full width wastes cells: it takes the one or the other, and
/// texts get what is left.
private func settled(_ widths: [Int], _ demands: [ColumnDemand], room: Int) -> [Int] {
  var widths = widths
  for (index, demand) in demands.enumerated() where demand.isNumeric {
    if widths[index] < demand.natural { widths[index] = demand.least }
  }
  var spare = room - widths.reduce(0, +)
  for (index, demand) in demands.enumerated() {
    let missing = demand.natural - widths[index]
    if missing <= spare || !demand.isNumeric {
      widths[index] += min(spare, missing)
      spare -= min(spare, missing)
    }
  }
  return widths
}

/// Takes cells from the widest columns until the sum fits, none below its floor.
private func levelled(_ widths: [Int], floors: [Int], room: Int) -> [Int] {
  func cut(at level: Int) -> [Int] {
    zip(widths, floors).map { max(min($0, level), min($0, $1)) }
  }
  var lower = 0
  var upper = widths.max() ?? 0
  // The highest level that fits; level 0 means every column stands on its floor.
  while lower < upper {
    let middle = (lower + upper + 1) / 2
    if cut(at: middle).reduce(0, +) <= room { lower = middle } else { upper = middle - 1 }
  }
  var result = cut(at: lower)
  var spare = room - result.reduce(0, +)
  for index in result.indices where spare > 0 && result[index] < widths[index] {
    result[index] += 1
    spare -= 1
  }
  return result
}
