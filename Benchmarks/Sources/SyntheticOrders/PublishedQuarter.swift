// PublishedQuarter.swift: the figures of a published quarter by unit arrive; single orders that add
// up to just these figures leave.

/// What a notice says of one unit.
package struct PublishedUnit: Sendable, Hashable {
  package var name: String
  package var orders: Int
  /// Of the first, second and third month.
  package var overdue: [Int]
  package var redo: [Int]

  package init(name: String, orders: Int, overdue: [Int], redo: [Int]) {
    self.name = name
    self.orders = orders
    self.overdue = overdue
    self.redo = redo
  }
}

/// Orders whose counts by unit, late orders and redone orders by unit and month are given; all else
/// is drawn.
package struct PublishedQuarter: Sendable {
  package let units: [PublishedUnit]
  /// year × 4 + quarter − 1
  package let quarter: Int
  private let draws = OrderDraws()

  package init(units: [PublishedUnit], quarter: Int) {
    self.units = units
    self.quarter = quarter
  }

  package var rowCount: Int { units.reduce(0) { $0 + $1.orders } }

  /// Hands over the rows by month and unit.
  package func rows(_ body: (OrderRow) -> Void) {
    var random = SplitMix64(seed: 2024)
    let late = units.map { $0.overdue.reduce(0, +) }
    var number: Int64 = 0
    // What is not late falls due in one of the three months.
    var plain = units.indices.map { unit -> [Int] in
      var months = [0, 0, 0]
      for _ in 0..<max(0, units[unit].orders - late[unit]) { months[random.next(below: 3)] += 1 }
      return months
    }
    for unit in units.indices { keepRoom(&plain[unit], for: units[unit].redo) }
    for month in 0..<3 {
      let start = firstDay(ofMonth: quarter * 3 + month)
      let days = firstDay(ofMonth: quarter * 3 + month + 1) - start
      for unit in units.indices {
        let lateHere = units[unit].overdue[month]
        for place in 0..<(lateHere + plain[unit][month]) {
          var row = OrderRow()
          row.unit = unit
          row.dueDay = start + random.next(below: days)
          draws.fill(&row, lateRate: place < lateHere ? 1 << 32 : 0, &random)
          // All is closed, and redone just where the notice says so.
          if row.closedDay == nil { row.closedDay = row.dueDay + row.overdueDays }
          row.redo = place >= lateHere && place - lateHere < units[unit].redo[month] ? 1 : 0
          number += 1
          row.orderNumber = number
          body(row)
        }
      }
    }
  }

  /// A month with redone orders has at least as many orders.
  private func keepRoom(_ months: inout [Int], for redo: [Int]) {
    for month in 0..<3 {
      while months[month] < redo[month],
        let other = (0..<3).first(where: { months[$0] > redo[$0] })
      {
        months[other] -= 1
        months[month] += 1
      }
    }
  }
}
