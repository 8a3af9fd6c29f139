// Intervals.swift: the bracket above the account table becomes days between two inspections, by
// platform.

extension NoticeReading {
  /// Whether folded text is the bracket of intervals.
  func isInterval(_ narrow: [UInt8]) -> Bool {
    words.intervalFinder.matches(in: 0..<narrow.count, of: narrow).contains {
      words.intervalRoles[$0.phrase] == .opening
    }
  }

  /// `监测时间:甲、乙每7天监测一次,丙每2周监测一次`: each clause gives its platforms one interval.
  mutating func readIntervals(_ narrow: [UInt8], file: Int, line: Int) {
    let matches = words.intervalFinder.matches(in: 0..<narrow.count, of: narrow)
    var start = 0
    for (index, match) in matches.enumerated() {
      switch words.intervalRoles[match.phrase] {
      case .opening: start = match.range.upperBound
      case .days: break
      case .every:
        guard index + 1 < matches.count,
          case .days(let factor) = words.intervalRoles[matches[index + 1].phrase],
          let count = count(match.range.upperBound..<matches[index + 1].range.lowerBound, narrow)
        else { continue }
        let (days, overflowed) = count.multipliedReportingOverflow(by: factor)
        if overflowed { continue }
        addIntervals(
          clause(from: start, to: match.range.lowerBound, of: narrow), of: narrow, days: days,
          file: file, line: line)
        start = matches[index + 1].range.upperBound
      }
    }
  }

  /// `每7天` counts seven, `每周` one.
  private func count(_ range: Range<Int>, _ narrow: [UInt8]) -> Int? {
    if range.isEmpty { return 1 }
    guard case .number(let number) = readNumber(range, of: narrow), number.places == 0,
      number.digits > 0, number.digits <= 3660
    else { return nil }
    return Int(number.digits)
  }

  /// What stands between the last comma, colon or bracket and the end.
  private func clause(from start: Int, to end: Int, of narrow: [UInt8]) -> Range<Int> {
    var lower = end
    while lower > start, ![0x2C, 0x3B, 0x3A, 0x28].contains(narrow[lower - 1]) { lower -= 1 }
    return lower..<end
  }

  private mutating func addIntervals(
    _ names: Range<Int>, of narrow: [UInt8], days: Int, file: Int, line: Int
  ) {
    for name in parts(of: names, in: narrow) {
      let platform = platforms.canonical(
        name, of: narrow, file: file, line: line, isInTable: false)
      intervals.append(
        MonitoringInterval(platform: platform, days: days, file: file, line: line))
    }
  }
}
