// GroupKeys.swift: the dimensions of a frame arrive; one number for each combination of their
// members leaves, in catalogue order, and the members come back from it.

import Catalog
import Columns
import Syntax

/// How the codes of a frame's dimensions make one number: the last dimension counts ones.
struct KeyShape: Sendable {
  /// The codes of each dimension by digit, ascending; the first is −1, the blank.
  enum Digits: Sendable {
    /// Digit 0 is the blank, digit n the code n − 1.
    case members(count: Int)
    case times([Int])
  }
  var digits: [Digits]
  var radices: [Int]
  /// What a digit of each dimension counts for.
  var places: [Int]
  /// All combinations.
  var count: Int

  /// nil where 62 bits do not hold every combination.
  init?(_ digits: [Digits]) {
    self.digits = digits
    radices = digits.map {
      switch $0 {
      case .members(let count): count + 1
      case .times(let codes): codes.count + 1
      }
    }
    places = Array(repeating: 1, count: radices.count)
    count = 1
    for place in radices.indices.reversed() {
      places[place] = count
      let (product, overflowed) = count.multipliedReportingOverflow(by: radices[place])
      guard !overflowed, product < 1 << 62 else { return nil }
      count = product
    }
  }

  func digit(of code: Int, at place: Int) -> Int {
    switch digits[place] {
    case .members: return code + 1
    case .times(let codes):
      var (low, high) = (0, codes.count)
      while low < high {
        let middle = (low + high) / 2
        if codes[middle] < code { low = middle + 1 } else { high = middle }
      }
      return low < codes.count && codes[low] == code ? low + 1 : 0
    }
  }

  func code(of digit: Int, at place: Int) -> Int {
    switch digits[place] {
    case .members: return digit - 1
    case .times(let codes): return digit == 0 ? -1 : codes[digit - 1]
    }
  }

  /// The codes of ascending numbers, one column for each dimension.
  ///
  /// - Complexity: O(numbers × dimensions)
  func codes(of numbers: [Int]) -> [[Int]] {
    places.indices.map { place in
      let (unit, radix) = (places[place], radices[place])
      var table: [Int] = []
      if radix <= 1 << 16 { table = (0..<radix).map { code(of: $0, at: place) } }
      return numbers.map { number in
        let digit = number / unit % radix
        return table.isEmpty ? code(of: digit, at: place) : table[digit]
      }
    }
  }
}

/// One dimension of the groups in one partition: what each row adds to the number of its group.
struct KeyColumn: Sendable {
  var packed: PackedIntegers
  /// By entry of the column, times the place of the dimension.
  var table: [Int]
  var missing: MissingRows?
  var whereMissing = 0
}

extension StoreIndex {
  enum KeyPart {
    case fixed(Int)
    case column(KeyColumn)
  }

  /// nil where the partition's codes are too many for a table.
  func keyPart(
    _ dimension: String, _ place: Int, _ shape: KeyShape, _ partition: Int,
    _ dataset: Dataset
  ) -> KeyPart? {
    let unit = shape.places[place]
    guard let timeUnit = catalog.dimension(named: dimension)?.timeUnit else {
      switch members(dimension, of: partition, dataset) {
      case nil: return nil
      case .absent?: return .fixed(0)
      case .constant(let member)?: return .fixed((member + 1) * unit)
      case .coded(let packed, let members, let missing)?:
        return .column(
          KeyColumn(packed: packed, table: members.map { ($0 + 1) * unit }, missing: missing))
      }
    }
    guard let times = times(of: partition, dataset) else { return nil }
    func digit(_ month: Int?, _ quarter: Int?) -> Int {
      let code: Int? =
        switch timeUnit {
        case .month: month
        case .quarter: quarter
        case .year: quarter.map { Quarter(index: $0).year }
        }
      return code.map { shape.digit(of: $0, at: place) } ?? 0
    }
    let other = digit(nil, times.partitionQuarter) * unit
    guard let packed = times.packed else { return .fixed(other) }
    let table = times.quarters.indices.map {
      digit(times.months?[$0], times.quarters[$0]) * unit
    }
    return .column(
      KeyColumn(packed: packed, table: table, missing: times.missing, whereMissing: other))
  }

  /// The times that rows of a data set can have: all months and quarters its partitions hold.
  func timeCodes(_ unit: TimeUnit, of partitions: [Int], _ dataset: Dataset) -> [Int]? {
    var found: Set<Int> = []
    for partition in partitions {
      guard let times = times(of: partition, dataset) else { return nil }
      if unit == .month {
        found.formUnion(times.months ?? [])
        continue
      }
      // A column of minutes has thousands of entries in few quarters.
      for quarter in Set(times.quarters + [times.partitionQuarter].compactMap { $0 }) {
        found.insert(unit == .year ? Quarter(index: quarter).year : quarter)
      }
    }
    return found.sorted()
  }
}
