// CalendarTests.swift: days, months and quarters agree with each other over centuries.

import Syntax
import Testing

@Suite struct CalendarTests {
  @Test func daysRunThroughWithoutGapsOverFourCenturies() throws {
    var expected = try #require(Day(year: 1800, month: 1, day: 1)).index
    for year in 1800..<2200 {
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in lengths.enumerated() {
        for day in 1...length {
          let date = try #require(Day(year: year, month: month + 1, day: day))
          #expect(date.index == expected)
          #expect(date.month == Month(year: year, month: month + 1))
          expected += 1
        }
        #expect(Day(year: year, month: month + 1, day: length + 1) == nil)
      }
    }
  }

  @Test func theEpochIsDayZero() {
    #expect(Day(year: 1970, month: 1, day: 1)?.index == 0)
    #expect(Day(index: 0).text == "1970-01-01")
    #expect(Day(index: 20_090).text == "2025-01-02")
  }

  @Test func aQuarterHasItsThreeMonths() {
    let quarter = Quarter(year: 2024, quarter: 4)
    #expect(quarter.text == "2024Q4")
    #expect(quarter.firstMonth.text == "2024-10")
    #expect(quarter.lastMonth.text == "2024-12")
    for index in quarter.firstMonth.index...quarter.lastMonth.index {
      #expect(Month(index: index).quarter == quarter)
    }
    #expect(Month(year: 2024, month: 9).quarter == Quarter(year: 2024, quarter: 3))
  }

  @Test func daysThatDoNotExistAreRefused() {
    #expect(Day(year: 2024, month: 11, day: 31) == nil)
    #expect(Day(year: 2023, month: 2, day: 29) == nil)
    #expect(Day(year: 2024, month: 2, day: 29) != nil)
    #expect(Day(year: 0, month: 1, day: 1) == nil)
  }
}
