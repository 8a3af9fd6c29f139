// GroupList.swift: the groups of a frame, sorted; their members arrive and leave.

/// Groups in catalogue order.
///
/// A group is one number made of its members, so that lists are joined, compared and looked through
/// as lists of whole numbers. Columns of codes hold what no number can.
package struct GroupList: Sendable {
  enum Groups: Sendable {
    /// Ascending.
    case numbers([Int], KeyShape)
    /// For each dimension the code of every group.
    case codes([[Int]])
  }
  package let dimensionCount: Int
  package let count: Int
  let groups: Groups

  /// - Precondition: the numbers ascend, and each stands once.
  init(numbers: [Int], _ shape: KeyShape) {
    dimensionCount = shape.digits.count
    count = numbers.count
    groups = .numbers(numbers, shape)
  }

  /// - Precondition: the groups ascend, and each stands once.
  /// - Complexity: O(groups × log groups)
  init(codes: [[Int]], count: Int) {
    dimensionCount = codes.count
    self.count = count
    guard let shape = KeyShape(covering: codes) else {
      groups = .codes(codes)
      return
    }
    var numbers = Array(repeating: 0, count: count)
    for (place, column) in codes.enumerated() {
      let unit = shape.places[place]
      for row in 0..<count { numbers[row] += shape.digit(of: column[row], at: place) * unit }
    }
    groups = .numbers(numbers, shape)
  }

  /// - Precondition: the keys ascend, each stands once, and all are equally long.
  package init(_ keys: [GroupKey]) {
    let dimensionCount = keys.first?.count ?? 0
    self.init(
      codes: (0..<dimensionCount).map { place in keys.map { $0[place] } }, count: keys.count)
  }

  /// No groups of so many dimensions.
  init(empty dimensionCount: Int) {
    self.init(codes: Array(repeating: [], count: dimensionCount), count: 0)
  }

  package subscript(row: Int) -> GroupKey {
    (0..<dimensionCount).map { code(row, $0) }
  }

  /// The code of one dimension of a group.
  ///
  /// - Complexity: O(1)
  func code(_ row: Int, _ place: Int) -> Int {
    switch groups {
    case .numbers(let numbers, let shape): shape.code(in: numbers[row], at: place)
    case .codes(let codes): codes[place][row]
    }
  }

  /// The codes of one dimension, group by group.
  ///
  /// - Complexity: O(groups)
  func codes(of place: Int) -> [Int] {
    switch groups {
    case .codes(let codes): return codes[place]
    case .numbers(let numbers, let shape):
      let (unit, radix) = (shape.places[place], shape.radices[place])
      guard radix <= numbers.count else { return numbers.map { shape.code(in: $0, at: place) } }
      let table = (0..<radix).map { shape.code(of: $0, at: place) }
      return numbers.map { table[$0 / unit % radix] }
    }
  }

  package var keys: [GroupKey] { (0..<count).map { self[$0] } }

  /// - Complexity: O(log groups)
  package func row(of key: GroupKey) -> Int? {
    guard key.count == dimensionCount, count > 0 else { return nil }
    if case .numbers(let numbers, let shape) = groups {
      guard let number = shape.number(of: key) else { return nil }
      let row = numbers.firstRow { $0 >= number }
      return row < count && numbers[row] == number ? row : nil
    }
    let row = (0..<count).firstRow { order($0, key) >= 0 }
    return row < count && order(row, key) == 0 ? row : nil
  }

  /// The groups whose first members are those of a key.
  ///
  /// - Complexity: O(log groups × dimensions)
  func rows(beginning key: some Collection<Int>) -> Range<Int> {
    let lower = (0..<count).firstRow { order($0, key) >= 0 }
    let upper = (lower..<count).firstRow { order($0, key) > 0 }
    return lower..<max(lower, upper)
  }

  /// Below 0, 0 or above 0: the first members of a group against a key.
  private func order(_ row: Int, _ key: some Collection<Int>) -> Int {
    for (place, code) in key.enumerated() {
      let own = self.code(row, place)
      if own != code { return own < code ? -1 : 1 }
    }
    return 0
  }

  /// The same for a group of another list over the same dimensions.
  private func order(_ row: Int, _ other: GroupList, _ otherRow: Int) -> Int {
    for place in 0..<dimensionCount {
      let (left, right) = (code(row, place), other.code(otherRow, place))
      if left != right { return left < right ? -1 : 1 }
    }
    return 0
  }

  /// The numbers of both lists, where one shape makes them.
  private func numbers(with other: GroupList) -> (own: [Int], others: [Int], KeyShape)? {
    guard case .numbers(let own, let shape) = groups,
      case .numbers(let others, let otherShape) = other.groups, shape == otherShape
    else { return nil }
    return (own, others, shape)
  }

  /// Whether both are the same groups, as far as one look tells.
  ///
  /// - Complexity: O(groups) where the lists were made apart
  func isSame(as other: GroupList) -> Bool {
    guard count == other.count, let (own, others, _) = numbers(with: other) else { return false }
    return own == others
  }

  /// For each group of another list its row in this one; −1 where it is missing.
  ///
  /// - Complexity: O(groups of both)
  func rows(of other: GroupList) -> [Int] {
    guard dimensionCount == other.dimensionCount else {
      return Array(repeating: -1, count: other.count)
    }
    var result: [Int] = []
    result.reserveCapacity(other.count)
    var row = 0
    if let (own, others, _) = numbers(with: other) {
      for number in others {
        while row < own.count, own[row] < number { row += 1 }
        result.append(row < own.count && own[row] == number ? row : -1)
      }
      return result
    }
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
    if count == 0 { return other.count == 0 ? self : other }
    if other.count == 0 || isSame(as: other) { return self }
    if let (own, others, shape) = numbers(with: other) {
      return GroupList(numbers: own.merged(with: others), shape)
    }
    var merged = Array(repeating: [Int](), count: dimensionCount)
    var (row, otherRow, total) = (0, 0, 0)
    while row < count || otherRow < other.count {
      let order =
        row == count ? 1 : (otherRow == other.count ? -1 : order(row, other, otherRow))
      for place in 0..<dimensionCount {
        merged[place].append(order <= 0 ? code(row, place) : other.code(otherRow, place))
      }
      if order <= 0 { row += 1 }
      if order >= 0 { otherRow += 1 }
      total += 1
    }
    return GroupList(codes: merged, count: total)
  }

  /// The same groups, with codes that are less by so much; blanks stay.
  func moved(by distances: [Int]) -> GroupList {
    func moved(_ codes: [Int], _ place: Int) -> [Int] {
      codes.map { $0 < 0 ? $0 : $0 - distances[place] }
    }
    switch groups {
    case .codes(let codes):
      return GroupList(codes: codes.enumerated().map { moved($1, $0) }, count: count)
    case .numbers(let numbers, let shape):
      let digits = shape.digits.enumerated().map { place, own in
        if distances.indices.contains(place), distances[place] != 0, case .times(let codes) = own {
          return KeyShape.Digits.times(moved(codes, place))
        }
        return own
      }
      return KeyShape(digits).map { GroupList(numbers: numbers, $0) } ?? self
    }
  }

  /// Some of the groups.
  ///
  /// - Precondition: the rows ascend.
  func filtered(_ rows: [Int]) -> GroupList {
    if rows.count == count { return self }
    switch groups {
    case .numbers(let numbers, let shape):
      return GroupList(numbers: rows.map { numbers[$0] }, shape)
    case .codes(let codes):
      return GroupList(codes: codes.map { own in rows.map { own[$0] } }, count: rows.count)
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first position whose element fulfils a test that all after it fulfil too; the end where
  /// none does.
  ///
  /// - Complexity: O(log elements)
  func firstRow(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [Int] {
  /// Both ascend; what stands in both leaves once.
  fileprivate func merged(with other: [Int]) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(Swift.max(count, other.count))
    var (row, otherRow) = (0, 0)
    while row < count, otherRow < other.count {
      let (own, theirs) = (self[row], other[otherRow])
      result.append(Swift.min(own, theirs))
      if own <= theirs { row += 1 }
      if theirs <= own { otherRow += 1 }
    }
    result += self[row...]
    result += other[otherRow...]
    return result
  }
}
