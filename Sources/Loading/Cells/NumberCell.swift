// NumberCell.swift: the bytes of a cell become an exact number, a blank, or the reason why not.
//
// Numbers are met as `1234`, `１，２３４`, `99.80%%`, `9.67万`, `约1500`. Digits that a spreadsheet has
// thrown away (`6.1E+17`) cannot come back, so such a cell is refused (domain.md 8, no. 20).

/// A number as printed: `digits / 10^places`, with what its writing told.
struct PrintedNumber: Hashable {
  var digits: Int64
  /// Digits after the point, as printed.
  var places = 0
  var isPercent = false
  /// Written with a multiplier or a word for "about".
  var isApproximate = false
  /// `99.80%%`
  var hasDoubledSign = false
}

enum NumberReading: Hashable {
  enum Fault: Hashable { case notANumber, digitsLost, tooLarge }
  case missing
  case number(PrintedNumber)
  case unreadable(Fault)
}

/// A blank, or one of the marks a table puts where there is no figure: `/`, `-`, `—`, `——`, `无`.
func isMissingMark(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  let inner = trimmed(range, of: bytes)
  switch inner.count {
  case 0: return true
  case 1: return bytes[inner.lowerBound] == 0x2F || bytes[inner.lowerBound] == 0x2D
  case 2:
    return bytes[inner.lowerBound] == 0x2D && bytes[inner.lowerBound + 1] == 0x2D
  default:
    return missingMarks.contains {
      $0.count == inner.count && starts(with: $0, at: inner.lowerBound, of: bytes)
    }
  }
}

private let missingMarks: [[UInt8]] = ["—", "——", "–", "－", "／", "无"].map { Array($0.utf8) }
private let aboutMark = Array("约".utf8)
private let minusMarks: [[UInt8]] = [Array("−".utf8)]
/// Powers of ten of the multipliers 万 and 亿.
private let multipliers: [(mark: [UInt8], power: Int)] = [
  (Array("万".utf8), 4), (Array("亿".utf8), 8),
]

func readNumber(_ range: Range<Int>, of bytes: [UInt8]) -> NumberReading {
  if let plain = plainWholeNumber(range, of: bytes) {
    return .number(PrintedNumber(digits: plain))
  }
  if isMissingMark(range, of: bytes) { return .missing }
  var narrow: [UInt8] = []
  fold(range, of: bytes, into: &narrow)
  var scanner = NumberScanner(bytes: narrow)
  return scanner.scan()
}

/// Whether a number was printed in a way that had to be put right or is not exact: `99.8%%`,
/// `约1500`.
func isOddlyPrinted(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  let isPlain = bytes[range].allSatisfy { isDigit($0) || $0 == 0x2E }
  if isPlain { return false }
  guard case .number(let number) = readNumber(range, of: bytes) else { return false }
  return number.isApproximate || number.hasDoubledSign
}

/// The common case, without a copy: one to fifteen ASCII digits.
func plainWholeNumber(_ range: Range<Int>, of bytes: [UInt8]) -> Int64? {
  guard !range.isEmpty, range.count <= 15 else { return nil }
  var value: Int64 = 0
  for index in range {
    let digit = bytes[index] &- 0x30
    guard digit <= 9 else { return nil }
    value = value &* 10 &+ Int64(digit)
  }
  return value
}

/// Reads folded bytes (narrow, no blanks) from left to right.
private struct NumberScanner {
  var bytes: [UInt8]
  var index = 0
  var number = PrintedNumber(digits: 0)

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() -> NumberReading {
    number.isApproximate = take(aboutMark)
    let isNegative = takeSign()
    switch takeDigits() {
    case .some(let fault): return .unreadable(fault)
    case .none: break
    }
    for multiplier in multipliers where take(multiplier.mark) {
      guard scale(by: multiplier.power) else { return .unreadable(.tooLarge) }
      number.isApproximate = true
    }
    if take([0x25]) {
      number.isPercent = true
      number.hasDoubledSign = take([0x25])
    }
    guard index == bytes.count else { return .unreadable(.notANumber) }
    if isNegative { number.digits = -number.digits }
    return .number(number)
  }

  private mutating func take(_ mark: [UInt8]) -> Bool {
    guard starts(with: mark, at: index, of: bytes) else { return false }
    index += mark.count
    return true
  }

  private mutating func takeSign() -> Bool {
    if take([0x2D]) || minusMarks.contains(where: { take($0) }) { return true }
    _ = take([0x2B])
    return false
  }

  /// Digits with thousands in groups of three and one point; nil when all is well.
  private mutating func takeDigits() -> NumberReading.Fault? {
    var digitCount = 0
    var groupDigits = 0
    var hasGroups = false
    var hasPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if isDigit(byte) {
        guard append(byte) else { return .tooLarge }
        digitCount += 1
        groupDigits += 1
        if hasPoint { number.places += 1 }
      } else if byte == 0x2C, !hasPoint {
        guard digitCount > 0, hasGroups ? groupDigits == 3 : groupDigits <= 3 else {
          return .notANumber
        }
        hasGroups = true
        groupDigits = 0
      } else if byte == 0x2E, !hasPoint {
        if hasGroups, groupDigits != 3 { return .notANumber }
        hasPoint = true
      } else if byte == 0x65, digitCount > 0 {
        return .digitsLost
      } else {
        break
      }
      index += 1
    }
    if digitCount == 0 { return .notANumber }
    if hasGroups, !hasPoint, groupDigits != 3 { return .notANumber }
    return nil
  }

  private mutating func append(_ byte: UInt8) -> Bool {
    let (product, overflowed) = number.digits.multipliedReportingOverflow(by: 10)
    let (sum, overflowedAgain) = product.addingReportingOverflow(Int64(byte - 0x30))
    number.digits = sum
    return !overflowed && !overflowedAgain
  }

  /// `9.67万` is 96700: the point moves, zeros follow.
  private mutating func scale(by power: Int) -> Bool {
    var left = power
    while left > 0, number.places > 0 {
      number.places -= 1
      left -= 1
    }
    while left > 0 {
      let (product, overflowed) = number.digits.multipliedReportingOverflow(by: 10)
      if overflowed { return false }
      number.digits = product
      left -= 1
    }
    return true
  }
}
