// OrderCSV.swift: rows arrive; the lines of an order system's export leave, in UTF-8.

/// The text of orders, a large piece at a time.
package struct OrderCSV {
  private let names: [[UInt8]]
  private let regions: [[UInt8]]
  private let intakes: [[UInt8]]
  private let requestTypes: [[UInt8]]
  private let categories: [[UInt8]]
  private let grades: [[UInt8]]
  private let dayTexts: [[UInt8]]
  private let firstDay: Int
  private let yes = Array("是".utf8)
  private let no = Array("否".utf8)
  package var bytes: [UInt8] = []

  package init(_ names: OrderNames) {
    func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }
    self.names = bytes(names.units)
    regions = bytes(names.regions)
    intakes = bytes(names.intakes)
    requestTypes = bytes(names.requestTypeWords)
    categories = bytes(names.categories)
    grades = bytes(names.grades)
    let firstMonth = 2018 * 12 + 6
    firstDay = SyntheticOrders.firstDay(ofMonth: firstMonth)
    dayTexts = (firstMonth..<(2026 * 12)).flatMap { month in
      let days =
        SyntheticOrders.firstDay(ofMonth: month + 1) - SyntheticOrders.firstDay(ofMonth: month)
      return (1...days).map { day in
        Array("\(month / 12)-\(padded(month % 12 + 1, 2))-\(padded(day, 2))".utf8)
      }
    }
  }

  package mutating func appendHeadings() {
    bytes += Array(
      ("工单编号,承办单位,受理渠道,诉求类型,一级分类,事发地,受理时间,办结时限,办结时间,是否逾期,逾期天数,退单次数,逾期退单,"
        + "退回重办次数,满意度\n").utf8)
  }

  package mutating func append(_ row: OrderRow) {
    appendNumber(row.orderNumber)
    appendCell(names[row.unit])
    appendCell(intakes[row.intake])
    appendCell(requestTypes[row.requestType])
    appendCell(categories[row.category])
    appendCell(regions[row.region])
    appendCell(dayTexts[row.acceptedDay - firstDay])
    appendCell(dayTexts[row.dueDay - firstDay])
    appendCell(row.closedDay.map { dayTexts[$0 - firstDay] } ?? [])
    appendCell(row.isOverdue ? yes : no)
    appendSmall(row.overdueDays)
    appendSmall(row.returns)
    appendCell(row.isReturnLate ? yes : no)
    appendSmall(row.redo)
    appendCell(row.satisfaction.map { grades[$0] } ?? [])
    bytes.append(0x0A)
  }

  private mutating func appendCell(_ text: [UInt8]) {
    bytes.append(0x2C)
    bytes += text
  }

  private mutating func appendSmall(_ number: Int) {
    bytes.append(0x2C)
    if number >= 10 { bytes.append(UInt8(0x30 + number / 10)) }
    bytes.append(UInt8(0x30 + number % 10))
  }

  /// Begins with 61, as the numbers of a province do.
  private mutating func appendNumber(_ number: Int64) {
    var divisor: Int64 = 100_000_000_000_000_000
    var rest = number + OrderNumber.base
    while divisor > 0 {
      bytes.append(UInt8(0x30 + rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}

package enum OrderNumber {
  /// Added to the number of an order: its text has 18 digits.
  package static let base: Int64 = 610_000_000_000_000_000
}
