// TypedCell.swift: the bytes of a cell and a column's type become a value, a blank, or what is
// wrong.

import Catalog
import Syntax

enum TypedCell: Hashable {
  enum Fault: Hashable {
    case expected(ColumnType)
    case digitsLost, zeroLost, tooLarge, fraction
  }
  case missing
  /// A whole number, a flag, a day, a minute, a quarter; or a decimal with its printed places.
  case number(Int64, places: Int)
  /// A bare number in a percent column: what it means is told by the other cells.
  case barePercent(PrintedNumber)
  /// A count of days that may be a spreadsheet's date.
  case serialDay(Int64)
  /// Text is taken as it stands, by the caller.
  case text
  case fault(Fault)
}

/// - Parameter acceptsMonth: a date may be a month alone.
func typedCell(
  _ range: Range<Int>, of bytes: [UInt8], as type: ColumnType, acceptsMonth: Bool = false
) -> TypedCell {
  let inner = trimmed(range, of: bytes)
  switch type {
  case .text: return .text
  case .whole, .decimal, .percent: return numberCell(inner, of: bytes, as: type)
  case .flag: return flagCell(inner, of: bytes)
  case .date, .time: return momentCell(inner, of: bytes, as: type, acceptsMonth: acceptsMonth)
  case .period:
    if inner.isEmpty { return .missing }
    guard let quarter = readQuarter(inner, of: bytes) else { return .fault(.expected(type)) }
    return .number(Int64(quarter.index), places: 0)
  }
}

private func numberCell(
  _ range: Range<Int>, of bytes: [UInt8], as type: ColumnType
) -> TypedCell {
  switch readNumber(range, of: bytes) {
  case .missing: return .missing
  case .unreadable(.digitsLost): return .fault(.digitsLost)
  case .unreadable(.tooLarge): return .fault(.tooLarge)
  case .unreadable(.notANumber): return .fault(.expected(type))
  case .number(let number):
    switch type {
    case .percent:
      return number.isPercent
        ? .number(number.digits, places: number.places) : .barePercent(number)
    case .decimal:
      if number.isPercent { return .fault(.expected(type)) }
      return .number(number.digits, places: number.places)
    default:
      if number.isPercent { return .fault(.expected(type)) }
      return wholeCell(number)
    }
  }
}

/// `184.0` is what a spreadsheet makes of 184; any other fraction is no count.
private func wholeCell(_ number: PrintedNumber) -> TypedCell {
  var digits = number.digits
  for _ in 0..<number.places {
    guard digits % 10 == 0 else { return .fault(.fraction) }
    digits /= 10
  }
  return .number(digits, places: 0)
}

/// The words for yes and no that files use (language.md 5.5).
private let yesWords = ["是", "有", "yes", "y", "true", "1"].map { Array($0.utf8) }
private let noWords = ["否", "无", "no", "n", "false", "0"].map { Array($0.utf8) }

private func isOne(_ range: Range<Int>, of bytes: [UInt8], in words: [[UInt8]]) -> Bool {
  words.contains { $0.count == range.count && starts(with: $0, at: range.lowerBound, of: bytes) }
}

/// The common case: `1`, `0`, 是, 否.
func plainFlag(_ range: Range<Int>, of bytes: [UInt8]) -> Int64? {
  let start = range.lowerBound
  switch range.count {
  case 1: return bytes[start] == 0x31 ? 1 : bytes[start] == 0x30 ? 0 : nil
  case 3:
    let (first, second, third) = (bytes[start], bytes[start + 1], bytes[start + 2])
    if first == 0xE6, second == 0x98, third == 0xAF { return 1 }
    return first == 0xE5 && second == 0x90 && third == 0xA6 ? 0 : nil
  default: return nil
  }
}

private func flagCell(_ range: Range<Int>, of bytes: [UInt8]) -> TypedCell {
  if let plain = plainFlag(range, of: bytes) { return .number(plain, places: 0) }
  if isOne(range, of: bytes, in: yesWords) { return .number(1, places: 0) }
  if isOne(range, of: bytes, in: noWords) { return .number(0, places: 0) }
  var narrow: [UInt8] = []
  fold(range, of: bytes, into: &narrow)
  if isOne(0..<narrow.count, of: narrow, in: yesWords) { return .number(1, places: 0) }
  if isOne(0..<narrow.count, of: narrow, in: noWords) { return .number(0, places: 0) }
  return isMissingMark(range, of: bytes) ? .missing : .fault(.expected(.flag))
}

private func momentCell(
  _ range: Range<Int>, of bytes: [UInt8], as type: ColumnType, acceptsMonth: Bool
) -> TypedCell {
  switch readMoment(range, of: bytes, acceptsMonth: acceptsMonth) {
  case .missing: return .missing
  case .serial(let days): return .serialDay(days)
  case .unreadable: return .fault(.expected(type))
  case .moment(let moment):
    if type == .date { return .number(Int64(moment.day.index), places: 0) }
    return .number(Int64(moment.day.index) * 1440 + Int64(moment.minute ?? 0), places: 0)
  }
}
