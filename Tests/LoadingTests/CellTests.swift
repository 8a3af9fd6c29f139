// CellTests.swift: texts of cells arrive; the numbers, dates and flags they must be read as are
// held.

import Catalog
import Syntax
import Testing

@testable import Loading

private func number(_ text: String) -> NumberReading {
  let bytes = Array(text.utf8)
  return readNumber(0..<bytes.count, of: bytes)
}

private func cell(_ text: String, _ type: ColumnType, month: Bool = false) -> TypedCell {
  let bytes = Array(text.utf8)
  return typedCell(0..<bytes.count, of: bytes, as: type, acceptsMonth: month)
}

private func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
  Day(year: year, month: month, day: day).map { Int64($0.index) } ?? -1
}

@Suite struct CellTests {
  @Test func numbersAreReadAsPrinted() {
    let cases: [(String, PrintedNumber)] = [
      ("1234", PrintedNumber(digits: 1234)), ("１，２３４", PrintedNumber(digits: 1234)),
      ("1,234", PrintedNumber(digits: 1234)), (" 12 ", PrintedNumber(digits: 12)),
      ("-3", PrintedNumber(digits: -3)), ("+3", PrintedNumber(digits: 3)),
      ("25.00", PrintedNumber(digits: 2500, places: 2)),
      ("99％", PrintedNumber(digits: 99, isPercent: true)),
      ("99.80%%", PrintedNumber(digits: 9980, places: 2, isPercent: true, hasDoubledSign: true)),
      ("9.67万", PrintedNumber(digits: 96700, isApproximate: true)),
      ("约1500", PrintedNumber(digits: 1500, isApproximate: true)),
      ("1.23456万", PrintedNumber(digits: 123456, places: 1, isApproximate: true)),
      ("1,234,567.5", PrintedNumber(digits: 12_345_675, places: 1)),
      ("9223372036854775807", PrintedNumber(digits: .max)),
    ]
    for (text, expected) in cases { #expect(number(text) == .number(expected), "\(text)") }
  }

  @Test func aMarkOfAbsenceIsMissingAndNeverZero() {
    for text in ["", "  ", "/", "-", "--", "—", "——", "无", "　"] {
      #expect(number(text) == .missing, "\(text)")
    }
  }

  @Test func whatIsNoNumberIsRefused() {
    for text in ["12a", "1,23", "12,3456", "1.2.3", ".", "若干", "5件", "1 000x", "%"] {
      #expect(number(text) == .unreadable(.notANumber), "\(text)")
    }
    #expect(number("6.10324E+17") == .unreadable(.digitsLost))
    #expect(number("9223372036854775808") == .unreadable(.tooLarge))
    #expect(number("99999999999999999亿") == .unreadable(.tooLarge))
  }

  @Test func aCountMayHaveZerosAfterThePointAndNothingElse() {
    #expect(cell("184.0", .whole) == .number(184, places: 0))
    #expect(cell("184.5", .whole) == .fault(.fraction))
    #expect(cell("18%", .whole) == .fault(.expected(.whole)))
    #expect(cell("18%", .percent) == .number(18, places: 0))
    #expect(cell("99.50%", .percent) == .number(9950, places: 2))
    #expect(cell("25.00", .decimal) == .number(2500, places: 2))
  }

  @Test func datesAreReadInEveryFormThatIsMet() {
    let third = day(2024, 11, 3)
    for text in [
      "2024年11月3日", "2024/11/3", "2024-11-03", "2024-11-03 00:00:00", "20241103", "2024.11.3",
      "2024 年 11 月 3 日", "２０２４－１１－０３", "2024-11-03T08:15:59",
    ] {
      #expect(cell(text, .date) == .number(third, places: 0), "\(text)")
    }
    #expect(cell("2024-11-03 09:30", .time) == .number(third * 1440 + 570, places: 0))
    #expect(cell("2024-11", .date, month: true) == .number(day(2024, 11, 1), places: 0))
    #expect(cell("2024年11月", .date, month: true) == .number(day(2024, 11, 1), places: 0))
    #expect(cell("45599", .date) == .serialDay(45599))
  }

  @Test func aDateThatDoesNotExistIsRefused() {
    for text in ["11/3/24", "2025年公座14日", "2024年11月31日", "2024-13-01", "2024-11", "明天"] {
      #expect(cell(text, .date) == .fault(.expected(.date)), "\(text)")
    }
    #expect(cell("2024-11-03 25:00", .time) == .fault(.expected(.time)))
  }

  @Test func flagsKnowTheirWords() {
    for text in ["yes", "Y", "TRUE", "1", "是", "有"] {
      #expect(cell(text, .flag) == .number(1, places: 0), "\(text)")
    }
    for text in ["no", "n", "False", "0", "否", "无"] {
      #expect(cell(text, .flag) == .number(0, places: 0), "\(text)")
    }
    #expect(cell("", .flag) == .missing)
    #expect(cell("maybe", .flag) == .fault(.expected(.flag)))
  }

  @Test func quartersAreReadInTheirForms() {
    let fourth = Int64(Quarter(year: 2024, quarter: 4).index)
    for text in ["2024Q4", "2024q4", "2024年四季度", "2024年第4季度", "2024 年第四季度"] {
      #expect(cell(text, .period) == .number(fourth, places: 0), "\(text)")
    }
    #expect(cell("2024", .period) == .fault(.expected(.period)))
  }

  @Test func bareNumbersOfAPercentColumnFollowEachOther() throws {
    let dataset = try #require(testCatalog.dataset(named: "unit_period"))
    func settled(_ texts: [String]) -> [String]? {
      var rows = PartitionBuilder(dataset)
      var percents = BarePercents()
      guard let column = rows.index(of: "close_rate") else { return nil }
      for (row, text) in texts.enumerated() {
        rows.addRow(line: row + 1, file: 0)
        switch cell(text, .percent) {
        case .number(let digits, let places): rows.set(column, digits, places: places)
        case .barePercent(let number):
          rows.set(column, number.digits, places: number.places)
          percents.add(
            BarePercents.Cell(column: column, row: row, number: number, line: row + 1, file: 0))
        default: break
        }
      }
      guard (try? percents.settle(in: &rows)) != nil else { return nil }
      let finished = rows.columns[column].finished()
      return texts.indices.map { describe(finished, $0) }
    }
    #expect(settled(["100%", "100.00", "99.8"]) == ["10000e-2", "10000e-2", "9980e-2"])
    #expect(settled(["0.998", "1", "0"]) == ["998e-1", "1000e-1", "0e-1"])
    #expect(settled(["100", "1"]) == nil)
  }
}
