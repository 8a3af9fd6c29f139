// GroupList.swift: the groups of a frame, sorted; their members arrive and leave.

/// Groups in catalogue order, as one column of codes for each dimension.
package struct GroupList: Sendable, Hashable {
  package let dimensionCount: Int
  package let count: Int
  /// For each dimension the code of every group.
  package let codes: [[Int]]

  /// - Precondition: the groups ascend, and each stands once.
  init(codes: [[Int]], count: Int) {
    dimensionCount = codes.count
    self.count = count
    self.codes = codes
  }

  /// - Precondition: the keys ascend, each stands once, and all are equally long.
  package init(_ keys: [GroupKey]) {
    count = keys.count
    dimensionCount = keys.first?.count ?? 0
    codes = (0..<dimensionCount).map { place in keys.map { $0[place] } }
  }

  /// The different groups among some rows of columns of codes.
  init(unsorted rows: [Int], _ codes: some Collection<[Int]>) {
    let found = Set(rows.map { row in codes.map { $0[row] } })
    self.init(found.sorted { $0.lexicographicallyPrecedes($1) })
  }

  package subscript(row: Int) -> GroupKey { codes.map { $0[row] } }

  package var keys: [GroupKey] { (0..<count).map { self[$0] } }

  /// - Complexity: O(log groups)
  package func row(of key: GroupKey) -> Int? {
    guard key.count == dimensionCount, count > 0 else { return nil }
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle, key) { low = middle + 1 } else { high = middle }
    }
    return low < count && holds(low, key) ? low : nil
  }

  private func isBefore(_ row: Int, _ key: GroupKey) -> Bool {
    for place in codes.indices where codes[place][row] != key[place] {
      return codes[place][row] < key[place]
    }
    return false
  }

  private func holds(_ row: Int, _ key: GroupKey) -> Bool {
    codes.indices.allSatisfy { codes[$0][row] == key[$0] }
  }

  /// Below 0, 0 or above 0: a group of this list against one of another over the same dimensions.
  func order(_ row: Int, _ other: GroupList, _ otherRow: Int) -> Int {
    for place in codes.indices {
      let (left, right) = (codes[place][row], other.codes[place][otherRow])
      if left != right { return left < right ? -1 : 1 }
    }
    return 0
  }

  /// For each group of another list its row in this one; −1 where it is missing.
  ///
  /// - Complexity: O(groups of both)
  func rows(of other: GroupList) -> [Int] {
    guard dimensionCount == other.dimensionCount else {
      return Array(repeating: -1, count: other.count)
    }
    if self.count == other.count, codes == other.codes { return Array(0..<count) }
    var result: [Int] = []
    result.reserveCapacity(other.count)
    var row = 0
    for otherRow in 0..<other.count {
      while row < count, order(row, other, otherRow) < 0 { row += 1 }
      result.append(row < count && order(row, other, otherRow) == 0 ? row : -1)
    }
    return result
  }

  /// The groups of both lists.
  ///
  /// - Complexity: O(groups of both)
  func union(_ other: GroupList) -> GroupList {
    if count == 0 { return other }
    if other.count == 0 || self == other { return self }
    var merged = Array(repeating: [Int](), count: codes.count)
    var (row, otherRow, total) = (0, 0, 0)
    while row < count || otherRow < other.count {
      let order =
        row == count ? 1 : (otherRow == other.count ? -1 : order(row, other, otherRow))
      for place in codes.indices {
        merged[place].append(order <= 0 ? codes[place][row] : other.codes[place][otherRow])
      }
      if order <= 0 { row += 1 }
      if order >= 0 { otherRow += 1 }
      total += 1
    }
    return GroupList(codes: merged, count: total)
  }
}
