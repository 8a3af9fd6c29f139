// ExactDivisor.swift: a divisor arrives, and numbers that it mostly divides; quotients leave, and
// no number needs a division.

/// Divides numbers by one that divides them, or tells that it does not, by a product.
///
/// Source of the formula: T. Granlund and P. L. Montgomery, "Division by Invariant Integers using
/// Multiplication", section 9.
struct ExactDivisor {
  private let shift: UInt64
  /// Of the odd part, modulo 2⁶⁴.
  private let inverse: UInt64
  private let mostQuotient: UInt64

  /// - Parameter divisor: 0 divides 0 alone.
  init(_ divisor: UInt64) {
    guard divisor > 0 else {
      (shift, inverse, mostQuotient) = (0, 1, 0)
      return
    }
    shift = UInt64(divisor.trailingZeroBitCount)
    let odd = divisor >> shift
    // Each step doubles the bits that are right: 3, 6, 12, 24, 48, 96.
    var inverse = odd
    for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
    self.inverse = inverse
    mostQuotient = .max / divisor
  }

  func divides(_ number: UInt64) -> Bool {
    let product = number &* inverse
    return (product &>> shift | product &<< (64 &- shift)) <= mostQuotient
  }

  /// - Precondition: the number is a multiple.
  func quotient(of number: UInt64) -> UInt64 { (number &* inverse) &>> shift }
}
