// GroupClasses.swift: groups arrive; those that share the members of some dimensions leave under
// one number: the rows and the columns of a pivot, the lists of `top … per`, the wholes of shares.

/// Classes of groups, numbered in the order in which they are met.
struct GroupClasses: Sendable {
  /// The class of each row that was asked for.
  private(set) var classes: [Int32] = []
  /// A row of each class: the first.
  private(set) var firsts: [Int] = []
  /// The number of each class among the combinations of the dimensions.
  private var numbers: [Int] = []

  /// - Complexity: O(rows)
  init(of places: [Int], in list: GroupList, _ rows: some RandomAccessCollection<Int>) {
    // A list without groups may lack the dimensions.
    guard !rows.isEmpty else { return }
    classes.reserveCapacity(rows.count)
    switch list.groups {
    case .numbers(let numbers, let shape): number(rows, numbers, shape, places)
    case .codes(let codes):
      var known: [[Int]: Int32] = [:]
      for row in rows {
        let key = places.map { codes[$0][row] }
        let found = known[key] ?? Int32(truncatingIfNeeded: firsts.count)
        add(found, row)
        known[key] = found
      }
    }
  }

  private mutating func add(_ found: Int32, _ row: Int) {
    if Int(found) == firsts.count { firsts.append(row) }
    classes.append(found)
  }

  /// The classes as groups of their own, and for each class its row among them.
  ///
  /// - Complexity: O(classes × log classes)
  func sorted(_ places: [Int], in list: GroupList) -> (groups: GroupList, rows: [Int]) {
    guard !firsts.isEmpty else { return (GroupList(empty: places.count), []) }
    let order: [Int]
    let groups: GroupList
    if case .numbers(_, let shape) = list.groups,
      let own = KeyShape(places.map { shape.digits[$0] })
    {
      order = firsts.indices.sorted { numbers[$0] < numbers[$1] }
      groups = GroupList(numbers: order.map { numbers[$0] }, own)
    } else {
      let keys = firsts.map { row in places.map { list.code(row, $0) } }
      order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
      groups = GroupList(order.map { keys[$0] })
    }
    var rows = Array(repeating: 0, count: order.count)
    for (row, found) in order.enumerated() { rows[found] = row }
    return (groups, rows)
  }

  private mutating func number(
    _ rows: some RandomAccessCollection<Int>, _ numbers: [Int], _ shape: KeyShape, _ places: [Int]
  ) {
    // The first of the dimensions need no digits one by one: one division leaves them.
    let isPrefix = places.elementsEqual(0..<places.count)
    let unit = isPrefix ? (places.last.map { shape.places[$0] } ?? shape.count) : 1
    let kept = places.map { (unit: shape.places[$0], radix: shape.radices[$0]) }
    func own(_ number: Int) -> Int {
      if isPrefix { return number / unit }
      return kept.reduce(0) { $0 * $1.radix + number / $1.unit % $1.radix }
    }
    let count = places.reduce(1) { $0 * shape.radices[$1] }
    if count <= max(1 << 16, rows.count * 4) {
      var known = [Int32](repeating: -1, count: count)
      for row in rows {
        let number = own(numbers[row])
        if known[number] < 0 {
          known[number] = Int32(truncatingIfNeeded: firsts.count)
          self.numbers.append(number)
        }
        add(known[number], row)
      }
      return
    }
    var known = SlotTable()
    for row in rows {
      add(Int32(truncatingIfNeeded: known.slot(of: own(numbers[row]))), row)
    }
    self.numbers = known.groups
  }
}
