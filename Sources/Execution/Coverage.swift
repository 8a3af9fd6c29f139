// Coverage.swift: a measure and groups arrive; for which of them its data answers leaves, so that
// nothing means zero.

import Catalog
import Planning
import Syntax

/// The members and periods that the parts of a measure answer for, as digits of the groups.
struct Coverage {
  private struct Test {
    var unit: Int
    var radix: Int
    var isCovered: [Bool]
  }
  /// A group is covered where all tests of one part hold.
  private var parts: [[Test]] = []
  private let numbers: [Int]

  /// nil where the groups have no numbers.
  init?(of use: MeasureUse, _ groups: GroupList, _ frame: Frame, _ evaluation: Evaluation) {
    guard case .numbers(let numbers, let shape) = groups.groups,
      groups.dimensionCount == frame.dimensions.count, let planned = evaluation.plan.measures[use]
    else { return nil }
    self.numbers = numbers
    let catalog = evaluation.catalog
    let asked = Set(frame.months.map { $0.flooredDividing(by: 3) })
    for part in planned.parts {
      let quarters = Set(part.quarters.map(\.index))
      let isTimeless = catalog.dataset(named: part.dataset)?.time == nil
      if !isTimeless, asked.isDisjoint(with: quarters) { continue }
      var tests: [Test] = []
      for (place, name) in frame.dimensions.enumerated() {
        let holds: (Int) -> Bool
        switch catalog.dimension(named: name)?.timeUnit {
        case .month: holds = { quarters.contains($0.flooredDividing(by: 3)) }
        case .quarter: holds = { quarters.contains($0) }
        case .year: holds = { year in quarters.contains { $0.flooredDividing(by: 4) == year } }
        case nil:
          guard let members = part.members[name] else { continue }
          holds = { members.contains(evaluation.codes.name($0, of: name)) }
        }
        let isCovered = (0..<shape.radices[place]).map { holds(shape.code(of: $0, at: place)) }
        tests.append(
          Test(unit: shape.places[place], radix: shape.radices[place], isCovered: isCovered))
      }
      parts.append(tests)
    }
  }

  func holds(_ row: Int) -> Bool {
    let number = numbers[row]
    return parts.contains { tests in
      tests.allSatisfy { $0.isCovered[number / $0.unit % $0.radix] }
    }
  }
}
