// SheetNumbers.swift: a number as a workbook stores it, and its format, become the text of a cell:
// a plain number, a date, a percentage.
//
// Spreadsheets keep fifteen digits and write the rest of a binary fraction behind them
// (0.30000000000000004), so fifteen are taken. A whole number of more digits has lost its last ones
// already and is written with an exponent, which every reader of identifiers refuses.

/// What a number format makes of a number.
enum NumberForm: Hashable {
  case plain, percent, date, time, dateTime
  /// Hours that go on past 24: `[h]:mm`.
  case elapsed
}

/// The form of one of the formats that have a number but no text.
func builtInForm(_ id: Int) -> NumberForm {
  switch id {
  case 9, 10: .percent
  case 14...17, 27...31, 36, 50...54, 57, 58: .date
  case 18...21, 32...35, 45, 47, 55, 56: .time
  case 22: .dateTime
  case 46: .elapsed
  default: .plain
  }
}

/// The form of a written format such as `yyyy"年"m"月"d"日"`: only letters outside quotes, brackets
/// and escapes count, and only those of its first section.
func numberForm(of format: [UInt8]) -> NumberForm {
  var hasDate = false
  var hasTime = false
  var hasMonth = false
  var isElapsed = false
  var isPercent = false
  var index = 0
  scan: while index < format.count {
    switch format[index] {
    case 0x22:  // "…"
      index += 1
      while index < format.count, format[index] != 0x22 { index += 1 }
    case 0x5C, 0x5F, 0x2A: index += 1  // an escape, a width, a filler: with the next character
    case 0x5B:  // […]: a colour, a condition, a locale, or elapsed hours
      let first = index + 1 < format.count ? format[index + 1] | 0x20 : 0
      let second = index + 2 < format.count ? format[index + 2] | 0x20 : 0
      // `[h]`, `[mm]`, `[ss]`; not `[Magenta]`.
      if [0x68, 0x6D, 0x73].contains(first), second == first || second == 0x7D {
        isElapsed = true
      }
      while index < format.count, format[index] != 0x5D { index += 1 }
    case 0x3B: break scan
    case 0x25: isPercent = true
    case 0x79, 0x59, 0x64, 0x44: hasDate = true
    case 0x68, 0x48, 0x73, 0x53: hasTime = true
    case 0x6D, 0x4D: hasMonth = true
    case 0x47, 0x67:  // General
      if isWord(general, at: index, of: format) { index += general.count - 1 }
    default: break
    }
    index += 1
  }
  if isElapsed { return .elapsed }
  if hasDate || (hasMonth && !hasTime) { return hasTime ? .dateTime : .date }
  if hasTime { return .time }
  return isPercent ? .percent : .plain
}

private let general = Array("general".utf8)

private func isWord(_ word: [UInt8], at index: Int, of bytes: [UInt8]) -> Bool {
  guard index + word.count <= bytes.count else { return false }
  return word.indices.allSatisfy { bytes[index + $0] | 0x20 == word[$0] }
}

/// A number in decimal digits: `0.digits × 10^exponent`.
private struct StoredNumber {
  var isNegative = false
  /// Without leading zeros.
  var digits: [UInt8] = []
  /// Digits before the point; may be negative.
  var exponent = 0

  init?(_ bytes: [UInt8]) {
    var index = 0
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = bytes[index] == 0x2D
      index += 1
    }
    var hasPoint = false
    var digitCount = 0
    while index < bytes.count {
      let byte = bytes[index]
      if isDigit(byte) {
        digitCount += 1
        if !digits.isEmpty || byte != 0x30 { digits.append(byte - 0x30) }
        if !hasPoint, !digits.isEmpty { exponent += 1 }
        if hasPoint, digits.isEmpty { exponent -= 1 }
      } else if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      index += 1
    }
    guard digitCount > 0, digitCount <= 400 else { return nil }
    if index < bytes.count {
      guard bytes[index] | 0x20 == 0x65,
        let power = Int(String(decoding: bytes[(index + 1)...], as: UTF8.self)),
        abs(power) <= 400
      else { return nil }
      exponent += power
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }

  /// Keeps so many digits, rounding half up.
  mutating func round(to count: Int) {
    guard digits.count > max(count, 0) else { return }
    if count < 0 {
      digits = []
      return
    }
    let carries = digits[count] >= 5
    digits.removeSubrange(count...)
    if carries {
      var place = count - 1
      while place >= 0, digits[place] == 9 {
        digits.remove(at: place)
        place -= 1
      }
      if place >= 0 {
        digits[place] += 1
      } else {
        digits = [1]
        exponent += 1
      }
    }
    while digits.last == 0 { digits.removeLast() }
  }

  func write(into output: inout [UInt8]) {
    if digits.isEmpty {
      output.append(0x30)
      return
    }
    if isNegative { output.append(0x2D) }
    if exponent <= 0 {
      output += [0x30, 0x2E]
      output += Array(repeating: 0x30, count: -exponent)
      output += digits.map { $0 + 0x30 }
      return
    }
    for place in 0..<max(exponent, digits.count) {
      if place == exponent { output.append(0x2E) }
      output.append(place < digits.count ? digits[place] + 0x30 : 0x30)
    }
  }

  /// `6.10324E+17`
  func writeWithExponent(into output: inout [UInt8]) {
    if isNegative { output.append(0x2D) }
    for (place, digit) in digits.enumerated() {
      if place == 1 { output.append(0x2E) }
      output.append(digit + 0x30)
    }
    output += Array("E+\(exponent - 1)".utf8)
  }
}

/// Digits of a number that are kept, and places behind its point: a quotient that a formula made
/// has no more to say, and would leave no room for the sum.
private let keptDigits = 15
private let keptPlaces = 9

/// Writes a stored number as its cell's text.
///
/// - Returns: false if it is no number; then nothing is written. `isRounded` is set where places
///   were cut.
func writeNumber(
  _ stored: [UInt8], as form: NumberForm, countsFrom1904: Bool, isRounded: inout Bool,
  into output: inout [UInt8]
) -> Bool {
  if form == .plain, stored.count <= keptDigits, stored.allSatisfy(isDigit), !stored.isEmpty {
    output += stored
    return true
  }
  guard var number = StoredNumber(stored) else { return false }
  switch form {
  case .plain, .percent:
    if form == .percent, !number.digits.isEmpty { number.exponent += 2 }
    if number.exponent > keptDigits {
      number.writeWithExponent(into: &output)
      return true
    }
    number.round(to: keptDigits)
    if number.digits.count - number.exponent > keptPlaces {
      number.round(to: number.exponent + keptPlaces)
      isRounded = true
    }
    number.write(into: &output)
    if form == .percent { output.append(0x25) }
    return true
  case .date, .time, .dateTime, .elapsed:
    return writeMoment(stored, as: form, countsFrom1904: countsFrom1904, into: &output)
  }
}
