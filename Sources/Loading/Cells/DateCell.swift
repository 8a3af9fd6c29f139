// DateCell.swift: the bytes of a cell become a day, a minute, a month or a quarter, or are
// unreadable.
//
// Met as 2024年11月3日, 2024/11/3, 2024-11-03 00:00:00, 20241103; a bare serial number such as 45599
// is told apart, because only a whole column of them may be trusted (domain.md 8, no. 16).

import Syntax

struct PrintedMoment: Hashable {
  var day: Day
  /// Minutes since midnight; nil where no time was written.
  var minute: Int?
}

enum MomentReading: Hashable {
  case missing
  case moment(PrintedMoment)
  /// Days since 1899-12-30, the count of spreadsheets.
  case serial(Int64)
  case unreadable
}

private let yearMark = Array("年".utf8)
private let monthMark = Array("月".utf8)
private let dayMarks = [Array("日".utf8), Array("号".utf8)]

/// - Parameter acceptsMonth: `2024-11` is the first day of the month; only for a column of months.
func readMoment(_ range: Range<Int>, of bytes: [UInt8], acceptsMonth: Bool) -> MomentReading {
  if let plain = plainMoment(range, of: bytes) { return .moment(plain) }
  if isMissingMark(range, of: bytes) { return .missing }
  var narrow: [UInt8] = []
  // Blanks part the day from the time: kept as one mark where two digits would otherwise run
  // together.
  foldKeepingGaps(range, of: bytes, into: &narrow)
  var scanner = MomentScanner(bytes: narrow)
  return scanner.scan(acceptsMonth: acceptsMonth)
}

/// The common case, without a copy: `2024-11-03`, `2024/11/03 09:30`, `2024-11-03 09:30:00`.
func plainMoment(_ range: Range<Int>, of bytes: [UInt8]) -> PrintedMoment? {
  guard range.count == 10 || range.count == 16 || range.count == 19 else { return nil }
  let start = range.lowerBound
  // From 256 on where a byte was no digit: one look in the end instead of one for each.
  var oddness = 0
  func two(_ offset: Int) -> Int {
    let tens = Int(bytes[start + offset] &- 0x30)
    let ones = Int(bytes[start + offset + 1] &- 0x30)
    oddness |= (tens + 246) | (ones + 246)
    return tens * 10 + ones
  }
  let separator = bytes[start + 4]
  guard separator == 0x2D || separator == 0x2F, bytes[start + 7] == separator else { return nil }
  let (year, month, number) = (two(0) * 100 + two(2), two(5), two(8))
  guard oddness < 256, let day = Day(year: year, month: month, day: number) else { return nil }
  if range.count == 10 { return PrintedMoment(day: day, minute: nil) }
  guard bytes[start + 10] == 0x20, bytes[start + 13] == 0x3A else { return nil }
  let (hour, minute) = (two(11), two(14))
  var second = 0
  if range.count == 19 {
    guard bytes[start + 16] == 0x3A else { return nil }
    second = two(17)
  }
  guard oddness < 256, hour < 24, minute < 60, second < 60 else { return nil }
  return PrintedMoment(day: day, minute: hour * 60 + minute)
}

private func foldKeepingGaps(_ range: Range<Int>, of bytes: [UInt8], into output: inout [UInt8]) {
  let inner = trimmed(range, of: bytes)
  var index = inner.lowerBound
  while index < inner.upperBound {
    let length = blankLength(bytes, at: index, before: inner.upperBound)
    if length > 0 {
      if output.last != 0x20 { output.append(0x20) }
      index += length
    } else if let narrow = narrowForm(bytes, at: index, before: inner.upperBound) {
      output.append(narrow)
      index += 3
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
}

private struct MomentScanner {
  var bytes: [UInt8]
  var index = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan(acceptsMonth: Bool) -> MomentReading {
    guard let first = takeNumber(), first.length >= 4 else { return .unreadable }
    if index == bytes.count, first.length == 5 { return .serial(Int64(first.value)) }
    if first.length == 8 {
      return finish(
        Day(
          year: first.value / 10_000, month: first.value / 100 % 100, day: first.value % 100))
    }
    guard first.length == 4, let separator = takeSeparator(yearMark) else { return .unreadable }
    guard let month = takeNumber(), month.length <= 2 else { return .unreadable }
    if index == bytes.count || (take(monthMark) && index == bytes.count) {
      guard acceptsMonth else { return .unreadable }
      return finish(Day(year: first.value, month: month.value, day: 1))
    }
    if separator == 0 {
      skipBlanks()
    } else {
      guard take([separator]) else { return .unreadable }
    }
    guard let day = takeNumber(), day.length <= 2 else { return .unreadable }
    if separator == 0 {
      guard dayMarks.contains(where: { take($0) }) else { return .unreadable }
    }
    return finish(Day(year: first.value, month: month.value, day: day.value))
  }

  /// The time of day that may follow, to the minute; seconds are read and left out.
  private mutating func finish(_ day: Day?) -> MomentReading {
    guard let day else { return .unreadable }
    if index < bytes.count, bytes[index] == 0x54 || bytes[index] == 0x74 { index += 1 }
    skipBlanks()
    if index == bytes.count { return .moment(PrintedMoment(day: day, minute: nil)) }
    guard let hour = takeNumber(), hour.length <= 2, hour.value < 24, take([0x3A]),
      let minute = takeNumber(), minute.length == 2, minute.value < 60
    else { return .unreadable }
    if take([0x3A]) {
      guard let second = takeNumber(), second.length == 2, second.value < 60 else {
        return .unreadable
      }
      if take([0x2E]) { _ = takeNumber() }
    }
    guard index == bytes.count else { return .unreadable }
    return .moment(PrintedMoment(day: day, minute: hour.value * 60 + minute.value))
  }

  /// `-`, `/`, `.` or the mark of the year (told as 0); nil for anything else.
  private mutating func takeSeparator(_ mark: [UInt8]) -> UInt8? {
    skipBlanks()
    if take(mark) {
      skipBlanks()
      return 0
    }
    guard index < bytes.count else { return nil }
    let byte = bytes[index]
    guard byte == 0x2D || byte == 0x2F || byte == 0x2E else { return nil }
    index += 1
    return byte
  }

  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] == 0x20 { index += 1 }
  }

  private mutating func take(_ mark: [UInt8]) -> Bool {
    skipBlanksBefore(mark)
    guard starts(with: mark, at: index, of: bytes) else { return false }
    index += mark.count
    return true
  }

  /// A page layout puts blanks before 月 and 日, never before a colon or a stroke.
  private mutating func skipBlanksBefore(_ mark: [UInt8]) {
    if mark.count > 1 { skipBlanks() }
  }

  private mutating func takeNumber() -> (value: Int, length: Int)? {
    var value = 0
    let start = index
    while index < bytes.count, isDigit(bytes[index]), index - start < 9 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    return index == start ? nil : (value, index - start)
  }
}

/// A quarter as `2024Q4`, `2024年四季度`, `2024年第4季度`.
func readQuarter(_ range: Range<Int>, of bytes: [UInt8]) -> Quarter? {
  var narrow: [UInt8] = []
  fold(range, of: bytes, into: &narrow)
  guard narrow.count >= 6 else { return nil }
  var year = 0
  for index in 0..<4 {
    guard isDigit(narrow[index]) else { return nil }
    year = year * 10 + Int(narrow[index] - 0x30)
  }
  guard (1...9999).contains(year) else { return nil }
  var index = 4
  if starts(with: yearMark, at: index, of: narrow) { index += 3 }
  if let (quarter, end) = quarterNumber(at: index, of: narrow), end == narrow.count {
    return Quarter(year: year, quarter: quarter)
  }
  return nil
}

private let quarterOrdinal = Array("第".utf8)
private let quarterMark = Array("季度".utf8)
private let quarterNumerals = ["一", "二", "三", "四"].map { Array($0.utf8) }

/// `q4`, `四季度`, `第4季度` at `start` of folded bytes, and where it ends.
func quarterNumber(at start: Int, of bytes: [UInt8]) -> (quarter: Int, end: Int)? {
  var index = start
  if index + 1 < bytes.count, bytes[index] == 0x71, (0x31...0x34).contains(bytes[index + 1]) {
    return (Int(bytes[index + 1] - 0x30), index + 2)
  }
  if starts(with: quarterOrdinal, at: index, of: bytes) { index += quarterOrdinal.count }
  var quarter = 0
  if index < bytes.count, (0x31...0x34).contains(bytes[index]) {
    quarter = Int(bytes[index] - 0x30)
    index += 1
  } else if let found = quarterNumerals.firstIndex(where: {
    starts(with: $0, at: index, of: bytes)
  }) {
    quarter = found + 1
    index += quarterNumerals[found].count
  }
  guard quarter > 0, starts(with: quarterMark, at: index, of: bytes) else { return nil }
  return (quarter, index + quarterMark.count)
}
