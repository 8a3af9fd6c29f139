// PeriodSpelling.swift: characters arrive; the number or the period they spell leaves.

/// The digits at a place of a run.
struct NumberSpelling {
  /// All digits without the point; nil where they do not fit.
  let digits: Int64?
  /// Places after the point; nil without one.
  let scale: Int?
  let isFourDigits: Bool

  /// A number that begins at `start` and ends before anything but an ASCII letter or digit.
  static func number(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> (end: Int, number: NumberSpelling)? {
    var value: Int64? = 0
    var position = start
    var point: Int?
    while position < scalars.count {
      let scalar = scalars[position]
      if scalar == ".", point == nil, position > start {
        point = position
      } else if NameCharacters.isDigit(scalar) {
        value = value.flatMap { appending(scalar, to: $0) }
      } else {
        break
      }
      position += 1
    }
    guard position > start, scalars[position - 1] != "." else { return nil }
    if position < scalars.count,
      NameCharacters.isASCIIWord(scalars[position]) || scalars[position] == "."
    {
      return nil
    }
    let number = NumberSpelling(
      digits: value, scale: point.map { position - $0 - 1 },
      isFourDigits: point == nil && position - start == 4)
    return (position, number)
  }

  private static func appending(_ digit: Unicode.Scalar, to value: Int64) -> Int64? {
    let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowsToo) = tens.addingReportingOverflow(Int64(digit.value) - 0x30)
    return overflows || overflowsToo ? nil : sum
  }
}

/// A period of the calendar (language.md 7), or what has its shape but does not exist (V01).
enum PeriodSpelling: Hashable {
  case literal(PeriodLiteral)
  case outOfRange(unit: Unit, number: Int64)

  enum Unit: Hashable { case year, half, quarter, month }

  static let years: ClosedRange<Int64> = 1990...2099

  static func year(_ year: Int64) -> PeriodSpelling {
    years.contains(year)
      ? .literal(.year(Int(year))) : .outOfRange(unit: .year, number: year)
  }

  static func month(year: Int64?, _ month: Int64) -> PeriodSpelling {
    part(year: year, .month, month, of: 12)
  }

  private static func part(
    year: Int64?, _ unit: Unit, _ number: Int64, of last: Int64
  ) -> PeriodSpelling {
    if let year, !years.contains(year) { return .outOfRange(unit: .year, number: year) }
    guard (1...last).contains(number) else { return .outOfRange(unit: unit, number: number) }
    let year = year.map { Int($0) }
    switch unit {
    case .half: return .literal(.half(year: year, Int(number)))
    case .quarter: return .literal(.quarter(year: year, Int(number)))
    default: return .literal(.month(year: year, Int(number)))
    }
  }

  /// `Q4`, `H2`, `2024Q4`, `2024H2` in small letters.
  static func ascii(
    _ scalars: [Unicode.Scalar], at start: Int = 0
  ) -> (end: Int, period: PeriodSpelling)? {
    var position = start
    var year: Int64?
    if let (value, end) = fourDigits(scalars, at: start) {
      year = value
      position = end
    }
    guard position + 1 < scalars.count, let number = digit(scalars[position + 1]) else {
      return nil
    }
    let end = position + 2
    if end < scalars.count, NameCharacters.isASCIIWord(scalars[end]) || scalars[end] == "." {
      return nil
    }
    switch scalars[position] {
    case "q": return (end, part(year: year, .quarter, number, of: 4))
    case "h": return (end, part(year: year, .half, number, of: 2))
    default: return nil
    }
  }

  /// Every Chinese period that begins at `start`: `2024年` and `2024年四季度` are two.
  static func chinese(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> [(end: Int, period: PeriodSpelling)] {
    guard let (year, afterDigits) = fourDigits(scalars, at: start),
      scalar(scalars, at: afterDigits) == "年"
    else {
      return chinesePart(scalars, at: start, year: nil).map { [$0] } ?? []
    }
    let afterYear = afterDigits + 1
    var found = [(end: afterYear, period: Self.year(year))]
    if scalar(scalars, at: afterYear) == "度" { found.append((afterYear + 1, Self.year(year))) }
    if let part = chinesePart(scalars, at: afterYear, year: year) { found.append(part) }
    return found
  }

  /// `四季度`, `第4季度`, `下半年`, `十一月`, `11月份`.
  private static func chinesePart(
    _ scalars: [Unicode.Scalar], at start: Int, year: Int64?
  ) -> (end: Int, period: PeriodSpelling)? {
    if scalar(scalars, at: start + 1) == "半", scalar(scalars, at: start + 2) == "年" {
      switch scalars[start] {
      case "上": return (start + 3, part(year: year, .half, 1, of: 2))
      case "下": return (start + 3, part(year: year, .half, 2, of: 2))
      default: return nil
      }
    }
    let isOrdinal = scalar(scalars, at: start) == "第"
    guard let (number, end) = numeral(scalars, at: isOrdinal ? start + 1 : start) else {
      return nil
    }
    if scalar(scalars, at: end) == "季", scalar(scalars, at: end + 1) == "度" {
      return (end + 2, part(year: year, .quarter, number, of: 4))
    }
    guard !isOrdinal, scalar(scalars, at: end) == "月" else { return nil }
    let hasSuffix = scalar(scalars, at: end + 1) == "份"
    return (hasSuffix ? end + 2 : end + 1, part(year: year, .month, number, of: 12))
  }

  private static func scalar(_ scalars: [Unicode.Scalar], at position: Int) -> Unicode.Scalar? {
    position < scalars.count ? scalars[position] : nil
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
    NameCharacters.isDigit(scalar) ? Int64(scalar.value) - 0x30 : nil
  }

  private static func fourDigits(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> (value: Int64, end: Int)? {
    guard start + 4 <= scalars.count else { return nil }
    var value: Int64 = 0
    for scalar in scalars[start..<(start + 4)] {
      guard let digit = digit(scalar) else { return nil }
      value = value * 10 + digit
    }
    if let next = Self.scalar(scalars, at: start + 4), digit(next) != nil { return nil }
    return (value, start + 4)
  }

  /// One or two digits, or a Chinese numeral up to 九十九.
  private static func numeral(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> (value: Int64, end: Int)? {
    var end = start
    var value: Int64 = 0
    while end < scalars.count, let digit = digit(scalars[end]) {
      guard end - start < 2 else { return nil }
      value = value * 10 + digit
      end += 1
    }
    return end > start ? (value, end) : hanziNumeral(scalars, at: start)
  }

  private static let hanziDigits: [Unicode.Scalar] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九",
  ]

  private static func hanziNumeral(
    _ scalars: [Unicode.Scalar], at start: Int
  ) -> (value: Int64, end: Int)? {
    func unit(at position: Int) -> Int64? {
      guard let scalar = scalar(scalars, at: position) else { return nil }
      return hanziDigits.firstIndex(of: scalar).map { Int64($0) + 1 }
    }
    let leading = unit(at: start)
    let afterLeading = leading == nil ? start : start + 1
    guard scalar(scalars, at: afterLeading) == "十" else {
      return leading.map { ($0, afterLeading) }
    }
    let tens = (leading ?? 1) * 10
    guard let ones = unit(at: afterLeading + 1) else { return (tens, afterLeading + 1) }
    return (tens + ones, afterLeading + 2)
  }
}
