// TextCells.swift: cells of text columns arrive; what tells them from other cells leaves: a mark
// against formulas, digits that were lost, a number behind one beginning.

import Columns
import Syntax

/// `'=1+1` was written by us or by a spreadsheet to keep the text from being a formula.
func unprotected(_ cell: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
  guard cell.count >= 2, bytes[cell.lowerBound] == 0x27,
    [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x00].contains(bytes[cell.lowerBound + 1])
  else { return cell }
  return cell.lowerBound + 1..<cell.upperBound
}

/// `6.10324E+17`
func isScientific(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  guard range.count <= 24, isDigit(bytes[range.lowerBound]),
    bytes[range].contains(where: { $0 == 0x45 || $0 == 0x65 })
  else { return false }
  return readNumber(range, of: bytes) == .unreadable(.digitsLost)
}

/// Letters and up to 18 digits behind them; nil for every other text.
func numberedForm(_ cell: Range<Int>, of bytes: [UInt8]) -> NumberedText? {
  let letters = bytes[cell].prefix { byte in
    (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
  }
  let digits = cell.count - letters.count
  guard (1...18).contains(digits), letters.count <= 16 else { return nil }
  return NumberedText(prefix: String(decoding: letters, as: UTF8.self), digitCount: digits)
}

/// A form of numbered texts, ready for cell after cell.
struct Numbering {
  private let prefix: [UInt8]
  private let byteCount: Int

  init(_ form: NumberedText) {
    prefix = Array(form.prefix.utf8)
    byteCount = prefix.count + form.digitCount
  }

  /// The number of a text of this form; nil for every other text.
  func number(_ cell: Range<Int>, of bytes: [UInt8]) -> Int64? {
    guard cell.count == byteCount else { return nil }
    if !prefix.isEmpty, !starts(with: prefix, at: cell.lowerBound, of: bytes) { return nil }
    var number: Int64 = 0
    for index in cell.lowerBound + prefix.count..<cell.upperBound {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      number = number &* 10 &+ Int64(digit)
    }
    return number
  }
}

/// `2024-11-03`, with a time `2024-11-03 09:30`.
func momentText(_ value: Int64, _ type: ColumnType) -> String {
  if type == .date { return Day(index: Int(value)).text }
  let minutes = Int(value)
  let minute = ((minutes % 1440) + 1440) % 1440
  func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  return Day(index: (minutes - minute) / 1440).text + " \(two(minute / 60)):\(two(minute % 60))"
}

/// How texts are numbered that have one beginning and a number behind it: of all but the first
/// entry, the blank. nil where they are not.
func numberedForm(of entries: [String]) -> NumberedText? {
  guard entries.count > 1 else { return nil }
  let digits = min(18, entries[1].utf8.reversed().prefix { $0 >= 0x30 && $0 <= 0x39 }.count)
  guard digits > 0 else { return nil }
  let prefix = String(decoding: entries[1].utf8.dropLast(digits), as: UTF8.self)
  let form = NumberedText(prefix: prefix, digitCount: digits)
  return entries.dropFirst().allSatisfy { form.number($0) != nil } ? form : nil
}
