// OrderRow.swift: one order at one handling unit, as numbers; what the numbers stand for.

/// Days are counted since 1970-01-01.
package struct OrderRow: Sendable, Hashable {
  package var orderNumber: Int64 = 0
  package var unit = 0
  package var intake = 0
  package var requestType = 0
  package var category = 0
  package var region = 0
  package var acceptedDay = 0
  package var dueDay = 0
  /// nil: not closed.
  package var closedDay: Int?
  package var isOverdue = false
  package var overdueDays = 0
  package var returns = 0
  package var isReturnLate = false
  package var redo = 0
  /// The place in the grades; nil: not asked or not answered.
  package var satisfaction: Int?
}

/// The words behind the numbers.
package struct OrderNames: Sendable {
  package var units: [String]
  package var regions: [String]
  package let intakes = ["电话", "微信", "网站", "客户端", "信件", "走访"]
  /// Names of the members, and how an export writes them.
  package let requestTypes = ["complaint", "assistance", "enquiry", "tip_off", "proposal"]
  package let requestTypeWords = ["投诉", "求助", "咨询", "举报", "建议"]
  package let categories = (1...174).map { "类别" + padded($0, 3) }
  package let grades = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]

  /// 107 counties of 50 units and 8 places each.
  package static let province = OrderNames(
    units: (0..<5350).map { "\(padded($0 / 50 + 1, 3))县\(padded($0 % 50 + 1, 2))局" },
    regions: (0..<856).map { "\(padded($0 / 8 + 1, 3))县\($0 % 8 + 1)镇" })

  /// The units as a member file of the rulebook.
  package var unitFile: String {
    let lines = units.enumerated().map { place, name in
      "U\(place),\(name),\(place % 50 < 8 ? "town" : "department")"
    }
    return "id,name,kind\n" + lines.joined(separator: "\n") + "\nU9999,其他,other\n"
  }

  package static func county(units: [String]) -> OrderNames {
    OrderNames(units: units, regions: (1...8).map { "本县\($0)镇" })
  }
}

func padded(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}

/// The first day of a month counted as year × 12 + month − 1.
package func firstDay(ofMonth index: Int) -> Int {
  // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  let (year, month) = (index / 12, index % 12 + 1)
  let shifted = month <= 2 ? year - 1 : year
  let era = shifted / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
