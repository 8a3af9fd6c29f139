// ExactTests.swift: laws and examples of exact figures.

import Syntax
import Testing

@Suite struct ExactTests {
  @Test func everyPrintedPercentIsTheHalfUpOfTheExactFraction() throws {
    for denominator in stride(from: Int128(1), through: 2000, by: 7) {
      for numerator in stride(from: Int128(0), through: denominator, by: 3) {
        let value = try #require(Exact(numerator * 100, over: denominator))
        // Independent: floor(n × 10⁴ / d + 1/2) in whole numbers.
        let expected = (numerator * 20_000 + denominator) / (denominator * 2)
        #expect(try value.roundedDigits(places: 2) == expected)
      }
    }
  }

  @Test func roundingIsHalfUpAwayFromZero() throws {
    let cases: [(Int128, Int128, Int, String)] = [
      (5, 2, 0, "3"), (-5, 2, 0, "-3"), (1, 8, 2, "0.13"), (-1, 8, 2, "-0.13"),
      (100, 32, 2, "3.13"), (35 * 526, 578, 2, "31.85"), (310, 32, 2, "9.69"),
      (0, 7, 2, "0.00"), (1, 1000, 2, "0.00"), (-1, 1000, 2, "0.00"), (12, 1, 0, "12"),
    ]
    for (numerator, denominator, places, text) in cases {
      let value = try #require(Exact(numerator, over: denominator))
      #expect(try value.text(places: places) == text)
    }
  }

  @Test func aDivisionByZeroIsUndefinedAndNotAnError() throws {
    #expect(try Exact(7).divided(by: .zero) == nil)
    #expect(Exact(1, over: 0) == nil)
  }

  @Test func sumsOfFractionsAreExact() throws {
    let tenth = try #require(Exact(digits: 1, scale: 1))
    let fifth = try #require(Exact(digits: 2, scale: 1))
    #expect(try tenth.adding(fifth) == Exact(digits: 3, scale: 1))
    #expect(try tenth.subtracting(fifth) == Exact(digits: -1, scale: 1))
  }

  @Test func aSumThatFitsNowhereIsReported() throws {
    let huge = try #require(Exact(Int128.max, over: 1))
    #expect(throws: ExactOverflow.self) { try huge.adding(.one) }
    #expect(throws: ExactOverflow.self) { try huge.multiplied(by: Exact(2)) }
  }

  @Test func orderIsExactWhereCrossProductsDoNotFit() throws {
    let large = Int128.max / 3
    let left = try #require(Exact(large, over: large - 1))
    let right = try #require(Exact(large + 1, over: large))
    #expect(right < left)
    #expect(left == left)
    let negative = try #require(Exact(-large, over: large - 1))
    #expect(negative < right)
  }

  @Test func orderAgreesWithCrossMultiplicationOnRandomFractions() throws {
    var state: UInt64 = 20_241
    func next() -> Int128 {
      // A seeded linear congruential generator (Knuth, MMIX): the same fractions in every run.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int128(state >> 33) % 2001 - 1000
    }
    for _ in 0..<2000 {
      let parts = (0..<4).map { _ in next() }
      guard let left = Exact(parts[0], over: parts[1]), let right = Exact(parts[2], over: parts[3])
      else { continue }
      let difference = left.numerator * right.denominator - right.numerator * left.denominator
      #expect((left < right) == (difference < 0))
      #expect((left == right) == (difference == 0))
      if left == right { #expect(left.hashValue == right.hashValue) }
    }
  }
}
