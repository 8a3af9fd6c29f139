// Exact.swift: exact figures arrive and leave: fractions of 128-bit integers, rounded once, at the
// end.
//
// No binary fraction takes part in any figure (language.md 6.2, rule 12): 9.6875 must print 9.69
// and 100 × 1/32 must print 3.13, which doubles get wrong. A fraction keeps the parts it was made
// of, so that an explanation can show `526/578`; only equality and order look at the value.

/// An exact fraction: numerator / denominator, the denominator always above 0.
package struct Exact: Sendable {
  package let numerator: Int128
  package let denominator: Int128

  package static let zero = Exact(0)
  package static let one = Exact(1)

  package init(_ whole: Int64) {
    numerator = Int128(whole)
    denominator = 1
  }

  /// nil where the denominator is 0 or the sign cannot be moved to the numerator.
  package init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0 else { return nil }
    guard denominator < 0 else {
      self.numerator = numerator
      self.denominator = denominator
      return
    }
    let top = Int128(0).subtractingReportingOverflow(numerator)
    let bottom = Int128(0).subtractingReportingOverflow(denominator)
    guard !top.overflow, !bottom.overflow else { return nil }
    self.numerator = top.partialValue
    self.denominator = bottom.partialValue
  }

  /// digits / 10^scale; nil where the scale is not 0…18.
  package init?(digits: Int64, scale: Int) {
    guard let divisor = Exact.powerOfTen(scale) else { return nil }
    numerator = Int128(digits)
    denominator = divisor
  }

  package var isZero: Bool { numerator == 0 }
  package var isNegative: Bool { numerator < 0 }

  /// The whole number it is, if it is one and fits.
  package var whole: Int64? {
    guard numerator % denominator == 0 else { return nil }
    return Int64(exactly: numerator / denominator)
  }

  /// The same value in lowest terms.
  ///
  /// - Complexity: O(log numerator), Euclid's algorithm.
  package var reduced: Exact {
    var left = numerator.magnitude
    var right = denominator.magnitude
    while right != 0 { (left, right) = (right, left % right) }
    guard left > 1, let divisor = Int128(exactly: left) else { return self }
    return Exact(unchecked: numerator / divisor, denominator / divisor)
  }

  private init(unchecked numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  private static func powerOfTen(_ exponent: Int) -> Int128? {
    guard (0...18).contains(exponent) else { return nil }
    var power: Int128 = 1
    for _ in 0..<exponent { power *= 10 }
    return power
  }
}

// MARK: - Arithmetic

/// A sum or product that no 128-bit fraction holds; reported as V04, never wrapped.
package struct ExactOverflow: Error, Sendable, Hashable {
  package init() {}
}

extension Exact {
  package func adding(_ other: Exact) throws(ExactOverflow) -> Exact {
    try combined(with: other) { $0.addingReportingOverflow($1) }
  }

  package func subtracting(_ other: Exact) throws(ExactOverflow) -> Exact {
    try combined(with: other) { $0.subtractingReportingOverflow($1) }
  }

  package func multiplied(by other: Exact) throws(ExactOverflow) -> Exact {
    do throws(ExactOverflow) {
      return try product(with: other)
    } catch {
      // Lowest terms make room before giving up.
      return try reduced.product(with: other.reduced)
    }
  }

  /// nil for a division by zero: the result is undefined, not an error.
  package func divided(by other: Exact) throws(ExactOverflow) -> Exact? {
    guard let inverse = Exact(other.denominator, over: other.numerator) else { return nil }
    return try multiplied(by: inverse)
  }

  package func negated() throws(ExactOverflow) -> Exact { try Exact.zero.subtracting(self) }

  private func combined(
    with other: Exact, _ apply: (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
  ) throws(ExactOverflow) -> Exact {
    if denominator == other.denominator {
      let top = apply(numerator, other.numerator)
      if !top.overflow { return Exact(unchecked: top.partialValue, denominator) }
    }
    let left = reduced
    let right = other.reduced
    let leftTop = left.numerator.multipliedReportingOverflow(by: right.denominator)
    let rightTop = right.numerator.multipliedReportingOverflow(by: left.denominator)
    let bottom = left.denominator.multipliedReportingOverflow(by: right.denominator)
    guard !leftTop.overflow, !rightTop.overflow, !bottom.overflow else { throw ExactOverflow() }
    let top = apply(leftTop.partialValue, rightTop.partialValue)
    guard !top.overflow else { throw ExactOverflow() }
    return Exact(unchecked: top.partialValue, bottom.partialValue)
  }

  private func product(with other: Exact) throws(ExactOverflow) -> Exact {
    let top = numerator.multipliedReportingOverflow(by: other.numerator)
    let bottom = denominator.multipliedReportingOverflow(by: other.denominator)
    guard !top.overflow, !bottom.overflow else { throw ExactOverflow() }
    return Exact(unchecked: top.partialValue, bottom.partialValue)
  }
}

// MARK: - Order and rounding

extension Exact: Comparable, Hashable {
  package static func == (left: Exact, right: Exact) -> Bool { left.order(right) == 0 }
  package static func < (left: Exact, right: Exact) -> Bool { left.order(right) < 0 }

  package func hash(into hasher: inout Hasher) {
    let lowest = reduced
    hasher.combine(lowest.numerator)
    hasher.combine(lowest.denominator)
  }

  /// Below 0, 0 or above 0, exact for all fractions: where the cross products do not fit, the whole
  /// parts decide, then the remainders turned over (continued fractions).
  ///
  /// - Complexity: O(log denominator) at worst, O(1) for figures that fit.
  package func order(_ other: Exact) -> Int {
    if denominator == other.denominator { return Exact.sign(numerator, other.numerator) }
    let first = numerator.multipliedReportingOverflow(by: other.denominator)
    let second = other.numerator.multipliedReportingOverflow(by: denominator)
    if !first.overflow, !second.overflow {
      return Exact.sign(first.partialValue, second.partialValue)
    }
    var (leftTop, leftBottom) = (numerator, denominator)
    var (rightTop, rightBottom) = (other.numerator, other.denominator)
    var direction = 1
    while true {
      let leftWhole = Exact.floored(leftTop, leftBottom)
      let rightWhole = Exact.floored(rightTop, rightBottom)
      if leftWhole.quotient != rightWhole.quotient {
        return direction * Exact.sign(leftWhole.quotient, rightWhole.quotient)
      }
      if leftWhole.remainder == 0 || rightWhole.remainder == 0 {
        return direction * Exact.sign(leftWhole.remainder, rightWhole.remainder)
      }
      (leftTop, leftBottom) = (leftBottom, leftWhole.remainder)
      (rightTop, rightBottom) = (rightBottom, rightWhole.remainder)
      direction = -direction
    }
  }

  private static func sign(_ left: Int128, _ right: Int128) -> Int {
    left < right ? -1 : (left == right ? 0 : 1)
  }

  private static func floored(
    _ numerator: Int128, _ denominator: Int128
  ) -> (quotient: Int128, remainder: Int128) {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    return remainder < 0 ? (quotient - 1, remainder + denominator) : (quotient, remainder)
  }

  /// The largest whole number that is not above the value.
  package var floor: Exact {
    Exact(unchecked: Exact.floored(numerator, denominator).quotient, 1)
  }

  /// Rounded half up, away from zero, to `places` decimals (0…18): the digits of value × 10^places.
  package func roundedDigits(places: Int) throws(ExactOverflow) -> Int128 {
    guard let power = Exact.powerOfTen(places) else { throw ExactOverflow() }
    let value = try multiplied(by: Exact(unchecked: power, 1))
    let size = value.numerator.magnitude
    let bottom = value.denominator.magnitude
    var digits = size / bottom
    let rest = size % bottom
    // rest * 2 >= bottom without the product that could overflow.
    if rest >= bottom - rest { digits += 1 }
    guard let result = Int128(exactly: digits) else { throw ExactOverflow() }
    return value.isNegative ? -result : result
  }

  package func rounded(places: Int) throws(ExactOverflow) -> Exact {
    guard let power = Exact.powerOfTen(places) else { throw ExactOverflow() }
    return Exact(unchecked: try roundedDigits(places: places), power)
  }

  /// `-12.30` for places 2: rounded half up, without separators.
  package func text(places: Int) throws(ExactOverflow) -> String {
    let digits = try roundedDigits(places: places)
    var text = String(digits.magnitude)
    if places > 0 {
      if text.utf8.count <= places {
        text = String(repeating: "0", count: places + 1 - text.utf8.count) + text
      }
      text.insert(".", at: text.index(text.endIndex, offsetBy: -places))
    }
    return digits < 0 ? "-" + text : text
  }

  /// The double nearest to the quotient for all figures below 2^53; beyond, within one unit in the
  /// last place. For output only.
  package var double: Double {
    let lowest = reduced
    return Double(lowest.numerator) / Double(lowest.denominator)
  }
}
