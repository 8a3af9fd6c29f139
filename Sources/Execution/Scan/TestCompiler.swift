// TestCompiler.swift: the conditions of a measure arrive; tests over the codes of one partition
// leave. Each member and each dictionary entry is looked at once, and no row.

import Catalog
import Columns
import Planning
import Syntax

/// Compiles conditions for the partitions of one data set.
struct TestCompiler {
  let index: StoreIndex
  let dataset: Dataset
  /// Truths by member (the blank first) of tests met before, for the next partition.
  private var truthsOfMembers: [Condition: [UInt8]] = [:]

  init(_ index: StoreIndex, _ dataset: Dataset) {
    self.index = index
    self.dataset = dataset
  }

  // MARK: - Conditions of the question

  /// nil: the partition cannot be tested by its codes.
  mutating func test(_ condition: Condition, _ partition: Int) -> RowTest? {
    switch condition {
    case .all(let parts):
      var tests: [RowTest] = []
      for part in parts {
        guard let test = test(part, partition) else { return nil }
        tests.append(test)
      }
      return .all(tests)
    case .any(let parts):
      var tests: [RowTest] = []
      for part in parts {
        guard let test = test(part, partition) else { return nil }
        tests.append(test)
      }
      return .any(tests)
    case .not(let inner): return test(inner, partition).map { .not($0) }
    case .isMember(let dimension, let names):
      let codes = index.codes
      return test(condition, dimension, partition) { truths in
        for name in names {
          guard let place = name.isEmpty ? 0 : codes.known(name, of: dimension).map({ $0 + 1 })
          else { continue }
          truths[place] = 1
        }
      }
    case .isBlank(let dimension):
      return test(condition, dimension, partition) { $0[0] = 1 }
    case .text(let dimension, let textOperator, let pattern):
      let codes = index.codes
      return test(condition, dimension, partition) { truths in
        for place in truths.indices {
          let name = place == 0 ? "" : codes.name(place - 1, of: dimension)
          truths[place] = textOperator.holds(name, pattern) ? 1 : 0
        }
      }
    case .part(let unit, let range):
      return timeTest(partition) { month, quarter in
        switch unit {
        case .month: month.map { range.contains(Month(index: $0).number) } ?? false
        case .quarter: quarter.map { range.contains(Quarter(index: $0).number) } ?? false
        case .year: quarter.map { range.contains(Quarter(index: $0).year) } ?? false
        }
      }
    case .months(let range):
      return timeTest(partition) { month, quarter in
        if let month { return range.contains(month) }
        guard let quarter else { return true }
        return range.contains(quarter * 3) && range.contains(quarter * 3 + 2)
      }
    }
  }

  private mutating func test(
    _ condition: Condition, _ dimension: String, _ partition: Int,
    _ mark: (inout [UInt8]) -> Void
  ) -> RowTest? {
    guard let column = index.members(dimension, of: partition, dataset) else { return nil }
    var truths = truthsOfMembers[condition] ?? []
    if truths.isEmpty {
      truths = Array(repeating: 0, count: index.codes.count(of: dimension) + 1)
      mark(&truths)
      truthsOfMembers[condition] = truths
    }
    switch column {
    case .absent: return .always(false)
    case .constant(let member): return .always(truths[member + 1] == 1)
    case .coded(let packed, let members, let missing):
      return .coded(
        packed, members.map { truths[$0 + 1] }, missing: missing, truths[0] == 1)
    }
  }

  private func timeTest(_ partition: Int, _ holds: (_ month: Int?, _ quarter: Int?) -> Bool)
    -> RowTest?
  {
    guard let times = index.times(of: partition, dataset) else { return nil }
    let other = holds(nil, times.partitionQuarter)
    guard let packed = times.packed else { return .always(other) }
    let truths = times.quarters.indices.map { entry in
      UInt8(holds(times.months?[entry], times.quarters[entry]) ? 1 : 0)
    }
    return .coded(packed, truths, missing: times.missing, other)
  }

  /// A row that knows only its quarter counts where the whole quarter is asked for; a row without
  /// any time is in no period.
  func scopeTest(months: Set<Int>, quarters: Set<Int>, _ partition: Int) -> RowTest? {
    timeTest(partition) { month, quarter in
      guard let quarter, quarters.contains(quarter) else { return false }
      guard dataset.time?.unit == .month else { return true }
      if let month { return months.contains(month) }
      return (0..<3).allSatisfy { months.contains(quarter * 3 + $0) }
    }
  }
}
