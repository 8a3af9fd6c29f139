// RandomQuestion.swift: chance arrives; a question about the small county leaves, as a value that
// the reference evaluates and as the sentence that the product is asked.

import Support

/// A number that a question shows or tests.
indirect enum Figure: Hashable {
  case metric(String)
  case filtered(String, Test)
  case ratio(String, String)
  case difference(String, String)
  /// The part of the whole over all groups.
  case share(String)
  case rank(String)
  case mean(String, per: String)
  case least(String, per: String)
  case countOfUnits(String, above: Int)

  var text: String {
    switch self {
    case .metric(let name): name
    case .filtered(let name, let test): "\(name){\(test.text)}"
    case .ratio(let above, let below): "\(above) / \(below)"
    case .difference(let left, let right): "\(left) - \(right)"
    case .share(let name): "share(\(name))"
    case .rank(let name): "rank(\(name))"
    case .mean(let name, let dimension): "avg(\(name) per \(dimension))"
    case .least(let name, let dimension): "min(\(name) per \(dimension))"
    case .countOfUnits(let name, let bound): "count(unit having \(name) > \(bound))"
    }
  }

  static let counts = ["handled", "late", "cases", "urgent_cases", "slow_cases"]
  static let others = ["people", "worst", "typical", "gap", "rate", "backlog"]

  static func random(_ random: inout SeededGenerator) -> Figure {
    let (count, second) = (pick(counts, &random), pick(counts, &random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0...2: return .metric(count)
    case 3, 4: return .metric(pick(others, &random))
    case 5: return .filtered(count, .random(&random, depth: 0))
    case 6: return count == second ? .metric(count) : .ratio(count, second)
    case 7: return count == second ? .metric(count) : .difference(count, second)
    case 8: return Bool.random(using: &random) ? .share(count) : .rank(count)
    default:
      let dimension = pick(["unit", "month", "quarter"], &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .mean(pick(counts + ["rate"], &random), per: dimension)
      case 1: return .least(count, per: dimension)
      default: return .countOfUnits(count, above: Int.random(in: 0...9, using: &random))
      }
    }
  }
}

/// A condition on dimensions.
indirect enum Test: Hashable {
  case isOne(String, [String])
  case isNot(String, String)
  case month(ClosedRange<Int>)
  case blank(String)
  case not(Test)
  case both(Test, Test)
  case either(Test, Test)

  var text: String {
    switch self {
    case .isOne(let dimension, let members):
      members.count == 1
        ? "\(dimension) = \(members[0])" : "\(dimension) in (\(members.joined(separator: ", ")))"
    case .isNot(let dimension, let member): "\(dimension) != \(member)"
    case .month(let range): "month in \(range.lowerBound)..\(range.upperBound)"
    case .blank(let dimension): "\(dimension) is blank"
    case .not(let inner): "not (\(inner.text))"
    case .both(let left, let right): "(\(left.text)) and (\(right.text))"
    case .either(let left, let right): "(\(left.text) or \(right.text))"
    }
  }

  static let members = [
    "unit": SmallCounty.units, "channel": SmallCounty.channels, "area": ["north", "south"],
  ]

  static func random(_ random: inout SeededGenerator, depth: Int) -> Test {
    let dimension = pick(["unit", "unit", "area", "channel"], &random)
    let all = members[dimension] ?? []
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0, 1:
      return .isOne(
        dimension,
        Array(all.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))))
    case 2: return .isNot(dimension, pick(all, &random))
    case 3: return .blank(dimension)
    case 4:
      let first = Int.random(in: 1...6, using: &random)
      return .month(first...Int.random(in: first...6, using: &random))
    case 5: return .not(.random(&random, depth: depth - 1))
    case 6: return .both(.random(&random, depth: depth - 1), .random(&random, depth: depth - 1))
    default:
      return .either(.random(&random, depth: depth - 1), .random(&random, depth: depth - 1))
    }
  }
}

struct RandomQuestion {
  struct Having: Hashable {
    var figure: Figure
    var isAbove: Bool
    var bound: Int
  }
  var figures: [Figure]
  var groups: [String]
  var test: Test?
  /// Quarters of the year, both ends included.
  var quarters: ClosedRange<Int>
  var having: Having?
  var top: (isBottom: Bool, count: Int)?
  var isDescending: Bool?
  var hasTotals: Bool

  init(_ random: inout SeededGenerator) {
    figures = (0..<Int.random(in: 1...3, using: &random)).map { _ in Figure.random(&random) }
    let dimensions = ["unit", "area", "channel", "month", "quarter"].shuffled(using: &random)
    groups = Array(dimensions.prefix(Int.random(in: 0...2, using: &random)))
    test = Bool.random(using: &random) ? Test.random(&random, depth: 2) : nil
    let last = Int.random(in: 0..<5, using: &random) == 0 ? 3 : 2
    let first = Int.random(in: 1...last, using: &random)
    quarters = first...Int.random(in: first...last, using: &random)
    if Int.random(in: 0..<4, using: &random) == 0 {
      having = Having(
        figure: Figure.metric(pick(Figure.counts + ["rate"], &random)),
        isAbove: Bool.random(using: &random), bound: Int.random(in: 0...8, using: &random))
    }
    if !groups.isEmpty, Int.random(in: 0..<4, using: &random) == 0 {
      top = (Bool.random(using: &random), Int.random(in: 1...5, using: &random))
    } else if Int.random(in: 0..<4, using: &random) == 0 {
      isDescending = Bool.random(using: &random)
    }
    hasTotals = Bool.random(using: &random)
  }

  var text: String {
    var words = [
      figures.enumerated().map { "\($1.text) named f\($0)" }.joined(separator: ", ")
    ]
    if !groups.isEmpty { words.append("by \(groups.joined(separator: ", "))") }
    if let test { words.append("where \(test.text)") }
    words.append("during 2024Q\(quarters.lowerBound)..2024Q\(quarters.upperBound)")
    if let having {
      words.append("having \(having.figure.text) \(having.isAbove ? ">" : "<=") \(having.bound)")
    }
    if let isDescending, let first = figures.first {
      words.append("order \(first.text) \(isDescending ? "desc" : "asc")")
    }
    if let top { words.append("\(top.isBottom ? "bottom" : "top") \(top.count)") }
    if hasTotals { words.append("with totals") }
    return words.joined(separator: " ")
  }
}

func pick<Element>(_ list: [Element], _ random: inout SeededGenerator) -> Element {
  list[Int.random(in: 0..<list.count, using: &random)]
}
