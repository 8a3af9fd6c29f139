// RatioLawTests.swift: laws of ratios, shares and ranks that hold on any data.

import Columns
import Support
import Syntax
import Testing

@Suite struct RatioLawTests {
  static let counties = (UInt64(1)...20).map { SmallCounty(seed: $0 &* 31) }
  private static let groupings = ["unit", "area", "channel", "month", "unit, channel", "quarter"]
  private static let period = "during 2024Q1..2024Q2"

  private func figures(_ county: SmallCounty, _ sentence: String) throws -> Answer {
    try #require(try county.ground.answer(sentence), "\(sentence) is refused")
  }

  private func numbers(_ answer: Answer, column: Int) -> [Double?] {
    answer.rows.map { $0.cells[answer.dimensionCount + column].number }
  }

  @Test func aTotalOfRatiosIsTheRatioOfTheTotals() throws {
    for county in Self.counties {
      let whole = try figures(county, "rate, late, cases \(Self.period)")
      let parts = numbers(whole, column: 0) + numbers(whole, column: 1) + numbers(whole, column: 2)
      if let rate = parts[0], let late = parts[1], let cases = parts[2] {
        #expect(rate == late / cases)
      }
      for grouping in Self.groupings {
        let answer = try figures(
          county, "rate, late, cases by \(grouping) \(Self.period) with totals")
        let totals = try #require(answer.totals).cells.suffix(3)
        #expect(totals.map(\.shown) == whole.rows[0].cells.map(\.shown), "\(grouping)")
      }
    }
  }

  @Test func aTotalIsTheQuestionWithoutItsGroups() throws {
    for county in Self.counties {
      for metric in ["handled", "people", "typical", "worst", "gap", "backlog"] {
        let whole = try figures(county, "\(metric) \(Self.period)")
        for grouping in Self.groupings {
          let answer = try figures(
            county, "\(metric) by \(grouping) \(Self.period) top 1 with totals")
          let total = try #require(answer.totals?.cells.last)
          if total.shown.isEmpty { continue }
          #expect(total.shown == whole.rows[0].cells[0].shown, "\(metric) by \(grouping)")
        }
      }
    }
  }

  @Test func sharesAddUpToOne() throws {
    for county in Self.counties {
      for grouping in Self.groupings {
        let answer = try figures(county, "handled by \(grouping) \(Self.period) with share")
        let shares = numbers(answer, column: 1).compactMap { $0 }
        guard !shares.isEmpty else { continue }
        // Each is the double nearest to an exact fraction.
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12, "\(grouping)")
      }
      let inside = try figures(
        county, "handled by area, unit where unit != rest \(Self.period) with share of unit")
      var sums: [String: Double] = [:]
      for (row, share) in zip(inside.rows, numbers(inside, column: 1)) {
        if let share { sums[row.cells[0].shown, default: 0] += share }
      }
      // `of unit` looks at every unit of the area, whatever `where` says about units.
      let north = try figures(
        county, "handled{unit != rest} / handled where area = north \(Self.period)")
      if let expected = north.rows[0].cells[0].number, let found = sums["north"] {
        #expect(abs(expected - found) < 1e-12)
      }
    }
  }

  @Test func neitherHavingNorTopChangesAShareOrARank() throws {
    for county in Self.counties {
      for grouping in Self.groupings {
        let question = "handled, share(handled), rank(handled), rank(rate) by \(grouping)"
        let whole = try figures(county, "\(question) \(Self.period)")
        for cut in ["having handled > 5", "top 2", "bottom 2", "having cases > 3 top 1"] {
          let some = try figures(county, "\(question) \(Self.period) \(cut)")
          #expect(some.rows.allSatisfy(whole.rows.contains), "\(grouping) \(cut)")
        }
      }
    }
  }

  @Test func aCountIsWhatAConditionKeepsAndWhatItDrops() throws {
    for county in Self.counties {
      var random = SeededGenerator(seed: 4711)
      for _ in 0..<20 {
        let test = Test.random(&random, depth: 2).text
        let answer = try figures(
          county,
          "cases, cases{\(test)} named kept, cases{not (\(test))} named dropped "
            + "\(Self.period)")
        let cells = answer.rows[0].cells.compactMap(\.number)
        #expect(cells.count == 3 && cells[0] == cells[1] + cells[2], "\(test)")
      }
    }
  }

  @Test func aPermutationOfTheClausesChangesNothing() throws {
    let county = try #require(Self.counties.first)
    let clauses = [
      "by unit", "where channel != letter", Self.period, "having cases > 1", "order late desc",
      "with totals, share",
    ]
    var random = SeededGenerator(seed: 99)
    let first = try figures(county, "late, rate " + clauses.joined(separator: " "))
    for _ in 0..<60 {
      let shuffled = clauses.shuffled(using: &random).joined(separator: " ")
      #expect(try figures(county, "late, rate " + shuffled) == first, "\(shuffled)")
    }
  }
}

extension AnswerCell {
  fileprivate var number: Double? {
    switch raw {
    case .whole(let whole): Double(whole)
    case .number(let number): number
    case .decimal(let text): Double(text)
    case .text, .none: nil
    }
  }
}
