// TimePoint.swift: a period as data modes write it arrives, its place on a time axis leaves.

import Syntax

/// `2024`, `2024Q4` or `2024-11`.
struct TimePoint: Hashable {
  enum Unit: Hashable { case month, quarter, year }
  var unit: Unit
  /// Years, quarters or months since year 0.
  var index: Int

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 4, let year = Self.number(bytes[0..<4]) else { return nil }
    let rest = bytes[4...]
    if rest.isEmpty {
      self.unit = .year
      self.index = year
    } else if rest.count == 2, rest.first == UInt8(ascii: "Q"),
      let quarter = Self.number(rest.dropFirst()), (1...4).contains(quarter)
    {
      self.unit = .quarter
      self.index = year * 4 + quarter - 1
    } else if rest.count == 3, rest.first == UInt8(ascii: "-"),
      let month = Self.number(rest.dropFirst()), (1...12).contains(month)
    {
      self.unit = .month
      self.index = year * 12 + month - 1
    } else {
      return nil
    }
  }

  /// A month as a sentence names it, where the year need not be said: `11 月`, `month 11`.
  func spoken(in year: Int?, _ language: Language) -> String? {
    guard unit == .month, let year, index / 12 == year else { return nil }
    let number = index % 12 + 1
    return Bilingual("month \(number)", "\(number) 月")[language]
  }

  /// At most four digits, so nothing overflows.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39 else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}

/// Points in the order of time, with the periods that are missing between them as nil; nil where a
/// point has no time or they are not of one unit. Far more gaps than points are no axis.
func onTimeAxis(_ points: [ChartPoint]) -> [ChartPoint?]? { commonTimeAxis([points])?.first }

/// The points of several groups, each from the first period of all to the last.
func commonTimeAxis(_ groups: [[ChartPoint]]) -> [[ChartPoint?]]? {
  let times = groups.joined().map(\.time)
  guard let unit = times.first??.unit else { return nil }
  var byIndex: [[Int: ChartPoint]] = []
  for points in groups {
    var group: [Int: ChartPoint] = [:]
    for point in points {
      guard let time = point.time, time.unit == unit, group[time.index] == nil else { return nil }
      group[time.index] = point
    }
    byIndex.append(group)
  }
  let indices = times.compactMap { $0?.index }
  guard let first = indices.min(), let last = indices.max(), last - first < 100 * times.count
  else { return nil }
  return byIndex.map { group in (first...last).map { group[$0] } }
}
