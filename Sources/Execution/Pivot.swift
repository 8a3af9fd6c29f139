// Pivot.swift: groups arrive one below the other; they leave with the members of their last
// dimensions side by side.

/// Where the figures of each row and column of a pivot stand.
struct Pivot: Sendable {
  /// The members of each row, in the order of the figures.
  let lefts: GroupClasses
  /// The members above the columns, in catalogue order.
  private(set) var tops: [GroupKey] = []
  /// Row by row a number for each column: where its figures stand; −1 − n: the nth group of
  /// `missing`.
  private(set) var cells: [Int32] = []
  /// Combinations without a figure.
  private(set) var missing: GroupList
  private let list: GroupList
  private let depth: Int

  /// - Parameter all: the rows whose members stand above the columns, where those are more than the
  ///   rows shown.
  /// - Complexity: O(rows + lefts × tops)
  init(_ rows: FigureRows, depth: Int, columnsOf all: FigureRows? = nil) {
    list = rows.table.groups
    self.depth = depth
    lefts = GroupClasses(of: Array(0..<depth), in: list, rows.rows)
    let across = GroupClasses(
      of: Array(depth..<max(depth, list.dimensionCount)), in: list, (all ?? rows).rows)
    missing = GroupList(empty: list.dimensionCount)
    // Few stand side by side, so that they are sorted by their codes.
    let keys = across.firsts.map { Array(list[$0][depth...]) }
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    var columns = Array(repeating: 0, count: keys.count)
    for (column, top) in order.enumerated() { columns[top] = column }
    tops = order.map { keys[$0] }
    cells = Array(repeating: -1, count: lefts.firsts.count * tops.count)
    // Where there are more rows than are shown, they are found again by their groups.
    let classOfRow = all.map { all in
      Dictionary(zip(all.rows, across.classes)) { first, _ in first }
    }
    for (position, row) in rows.rows.enumerated() {
      let left = Int(lefts.classes[position])
      guard let own = classOfRow.map({ $0[row] }) ?? across.classes[position] else { continue }
      cells[left * tops.count + columns[Int(own)]] = Int32(truncatingIfNeeded: row)
    }
    findMissing(order.map { across.firsts[$0] })
  }

  var rowCount: Int { lefts.firsts.count }

  /// The members of a row.
  func left(_ row: Int) -> GroupKey { Array(list[lefts.firsts[row]].prefix(depth)) }

  func cells(_ row: Int) -> ArraySlice<Int32> { cells[row * tops.count..<(row + 1) * tops.count] }

  /// - Parameter topRows: for each column a group that stands in it.
  private mutating func findMissing(_ topRows: [Int]) {
    // Groups ascend by the row, then by the column: so do those that are missing.
    let order = lefts.firsts.indices.sorted { lefts.firsts[$0] < lefts.firsts[$1] }
    var gaps: [(left: Int, column: Int)] = []
    for left in order {
      for column in tops.indices where cells[left * tops.count + column] < 0 {
        cells[left * tops.count + column] = Int32(truncatingIfNeeded: -1 - gaps.count)
        gaps.append((lefts.firsts[left], column))
      }
    }
    guard !gaps.isEmpty else { return }
    guard case .numbers(let numbers, let shape) = list.groups else {
      missing = GroupList(gaps.map { Array(list[$0.left].prefix(depth)) + tops[$0.column] })
      return
    }
    let unit = depth > 0 ? shape.places[depth - 1] : shape.count
    missing = GroupList(
      numbers: gaps.map { numbers[$0.left] / unit * unit + numbers[topRows[$0.column]] % unit },
      shape)
  }
}
