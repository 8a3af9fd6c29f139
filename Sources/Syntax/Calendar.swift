// Calendar.swift: months, quarters and years as plain integers; no clock and no time zone.

/// A calendar month: year × 12 + (month − 1).
package struct Month: Sendable, Hashable, Comparable {
  package var index: Int

  package init(index: Int) { self.index = index }
  package init(year: Int, month: Int) { index = year * 12 + month - 1 }

  package var year: Int { index.flooredDividing(by: 12) }
  /// 1…12
  package var number: Int { index - year * 12 + 1 }
  package var quarter: Quarter { Quarter(index: index.flooredDividing(by: 3)) }
  /// `2024-11`
  package var text: String { "\(year)-\(number < 10 ? "0" : "")\(number)" }

  package static func < (left: Month, right: Month) -> Bool { left.index < right.index }
}

/// A calendar quarter: year × 4 + (quarter − 1).
package struct Quarter: Sendable, Hashable, Comparable {
  package var index: Int

  package init(index: Int) { self.index = index }
  package init(year: Int, quarter: Int) { index = year * 4 + quarter - 1 }

  package var year: Int { index.flooredDividing(by: 4) }
  /// 1…4
  package var number: Int { index - year * 4 + 1 }
  package var firstMonth: Month { Month(index: index * 3) }
  package var lastMonth: Month { Month(index: index * 3 + 2) }
  /// `2024Q4`
  package var text: String { "\(year)Q\(number)" }

  package static func < (left: Quarter, right: Quarter) -> Bool { left.index < right.index }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
package struct Day: Sendable, Hashable, Comparable {
  package var index: Int

  package init(index: Int) { self.index = index }

  /// nil for a day that does not exist (31 November).
  ///
  /// Source of the formula: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
  /// days_from_civil.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    // 31 and 30 in turn, beginning anew with August.
    let length = month == 2 ? (isLeap ? 29 : 28) : 30 + (month + month / 8) % 2
    guard day <= length else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    index = era * 146_097 + dayOfEra - 719_468
  }

  /// Source of the formula: the same paper, civil_from_days.
  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = index + 719_468
    let era = shifted.flooredDividing(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  package var month: Month {
    let parts = parts
    return Month(year: parts.year, month: parts.month)
  }

  /// `2024-11-03`
  package var text: String {
    let parts = parts
    return "\(parts.year)-\(padded(parts.month))-\(padded(parts.day))"
  }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  package static func < (left: Day, right: Day) -> Bool { left.index < right.index }
}

extension Int {
  /// Division that rounds toward negative infinity; `divisor` is positive.
  package func flooredDividing(by divisor: Int) -> Int {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
