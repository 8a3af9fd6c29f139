// OrderGenerator.swift: a number of rows and a seed arrive; the orders of 24 quarters of a province
// leave, quarter by quarter, in the order of month and unit.
//
// The shapes are those of published figures (domain.md 10): few units have most orders, most units
// are never late, most requests are complaints or calls for help, few are asked how satisfied they
// are. Nothing here is a real order.

package struct OrderGenerator: Sendable {
  package static let quarterCount = 24
  /// 2019Q1 to 2024Q4, as year × 4 + quarter − 1.
  package static let firstQuarter = 2019 * 4

  package let rowCount: Int
  private let seed: UInt64
  private let unitTable: WeightTable
  private let lateTable: [UInt64]
  private let draws: OrderDraws

  package init(rowCount: Int, seed: UInt64 = 2024) {
    precondition(rowCount >= 0, "a table has no fewer than 0 rows")
    self.rowCount = rowCount
    self.seed = seed
    // 58/64 is 0.906.
    unitTable = WeightTable(zipf: OrderNames.province.units.count, sixtyFourths: 58)
    lateTable = OrderGenerator.lateRates(seed)
    draws = OrderDraws()
  }

  package func rowCount(ofQuarter number: Int) -> Int {
    rowCount * (number + 1) / Self.quarterCount - rowCount * number / Self.quarterCount
  }

  /// Hands over the rows of a quarter (0 ..< 24), by month and unit.
  ///
  /// - Complexity: O(rows of the quarter + units)
  package func rows(ofQuarter number: Int, _ body: (OrderRow) -> Void) {
    let count = rowCount(ofQuarter: number)
    let unitCount = lateTable.count
    var random = SplitMix64(seed: SplitMix64.mixed(seed &+ UInt64(number)))
    let firstMonth = (Self.firstQuarter + number) * 3
    let monthEnds = (1...3).map {
      firstDay(ofMonth: firstMonth + $0) - firstDay(ofMonth: firstMonth)
    }
    var counts = [Int32](repeating: 0, count: unitCount * 3)
    for _ in 0..<count {
      let draw = random.next()
      let rank = unitTable.pick(draw >> 32)
      let day = Int(((draw & 0xFFFF_FFFF) &* UInt64(monthEnds[2])) >> 32)
      let month = day < monthEnds[0] ? 0 : (day < monthEnds[1] ? 1 : 2)
      counts[month * unitCount + OrderGenerator.unit(ofRank: rank)] += 1
    }
    var position = 0
    for month in 0..<3 {
      let start = firstDay(ofMonth: firstMonth + month)
      let days = firstDay(ofMonth: firstMonth + month + 1) - start
      let monthStart = position
      for unit in 0..<unitCount {
        let unitStart = position
        for _ in 0..<Int(counts[month * unitCount + unit]) {
          var row = OrderRow()
          row.unit = unit
          row.region = unit / 50 * 8
          row.dueDay = start + random.next(below: days)
          draws.fill(&row, lateRate: lateTable[unit], &random)
          // At most one order in eight has a second unit; it is that of a row far before, never of
          // the same unit.
          let partner = position - Self.partnerDistance
          let isJoint = random.next() & 15 < 1 && partner >= monthStart && partner < unitStart
          row.orderNumber = orderNumber(number, isJoint ? partner : position, count)
          body(row)
          position += 1
        }
      }
    }
  }

  private static let partnerDistance = 5000

  /// Numbers follow the time of the call, rows the unit: so they are scattered, each once.
  private func orderNumber(_ quarter: Int, _ position: Int, _ count: Int) -> Int64 {
    // 7,368,787 is a prime that divides no count of rows asked for here; a count that it divides
    // keeps its order.
    let step = count % 7_368_787 == 0 ? 1 : 7_368_787
    return Int64(quarter) * 10_000_000 + Int64(position * step % max(count, 1)) + 1
  }

  /// Spreads the large units over the counties.
  static func unit(ofRank rank: Int) -> Int { rank * 1871 % 5350 }

  /// In 2³² parts: 12 units of 100 are ever late, so often that 2.5 % of all orders are.
  private static func lateRates(_ seed: UInt64) -> [UInt64] {
    let count = OrderNames.province.units.count
    var random = SplitMix64(seed: seed &* 31 &+ 7)
    var rates = [Double](repeating: 0, count: count)
    var late = 0.0
    var all = 0.0
    for rank in 0..<count {
      let weight = 1 / power(Double(rank + 1), sixtyFourths: 58)
      all += weight
      guard random.next(below: 100) < 12 else { continue }
      let rate = Double(1 + random.next(below: 100)) / 100
      rates[unit(ofRank: rank)] = rate
      late += weight * rate
    }
    return rates.map { UInt64(min(1, $0 * 0.025 * all / late) * 4_294_967_295) }
  }
}

/// The tables that the fields of a row are drawn from.
struct OrderDraws: Sendable {
  private let intakes = WeightTable([70, 14, 8, 5, 2, 1])
  private let requestTypes = WeightTable([47, 46, 4, 2, 1])
  // 70/64 is 1.094.
  private let categories = WeightTable(zipf: 174, sixtyFourths: 70)
  private let grades = WeightTable([30, 45, 13, 8, 4])
  private static let terms = [10, 5, 3, 15, 15]

  /// - Parameter lateRate: of 2³².
  func fill(_ row: inout OrderRow, lateRate: UInt64, _ random: inout SplitMix64) {
    let (first, second) = (random.next(), random.next())
    row.category = categories.pick(first >> 32)
    row.intake = intakes.pick(first & 0xFFFF_FFFF)
    row.requestType = requestTypes.pick(second >> 32)
    row.region += Int(second & 7)
    let term = Self.terms[row.requestType]
    row.acceptedDay = row.dueDay - term
    row.isOverdue = random.next() >> 32 < lateRate
    settle(&row, term, &random)
    let third = random.next()
    row.returns = third & 0xFF < 10 ? (third & 0xFF < 1 ? 2 : 1) : 0
    row.isReturnLate = row.returns > 0 && third >> 8 & 15 == 0
    row.redo = third >> 12 & 255 < 1 ? 1 : 0
    // 102 of 256 are not asked, or do not answer.
    row.satisfaction = third >> 24 & 255 < 102 ? nil : grades.pick(third >> 32)
  }

  /// When the order was closed, if it was.
  private func settle(_ row: inout OrderRow, _ term: Int, _ random: inout SplitMix64) {
    let draw = random.next()
    if row.isOverdue {
      row.overdueDays = 1 + Int(draw & 31 & draw >> 5)
      row.closedDay = draw >> 32 & 7 == 0 ? nil : row.dueDay + row.overdueDays
    } else {
      let days = Int(((draw & 0xFFFF_FFFF) &* UInt64(term + 1)) >> 32)
      row.closedDay = draw >> 32 & 127 == 0 ? nil : row.acceptedDay + days
    }
  }
}
