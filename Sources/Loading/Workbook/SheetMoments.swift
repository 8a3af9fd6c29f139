// SheetMoments.swift: a spreadsheet's count of days becomes the text of a date or a time of day.

import Syntax

/// The last day that spreadsheets count: 9999-12-31.
private let lastDay = 2_958_465.0

/// Days count from 1899-12-30, or from 1904-01-01; the 1900 calendar has a 29 February that never
/// was, so its first 59 days count from one day later, and day 60 is written as that day, which
/// nobody reads as a date.
///
/// - Returns: false if it is no count of days; then nothing is written.
func writeMoment(
  _ stored: [UInt8], as form: NumberForm, countsFrom1904: Bool, into output: inout [UInt8]
) -> Bool {
  guard let days = Double(String(decoding: stored, as: UTF8.self)), days >= 0, days <= lastDay
  else { return false }
  // To the second: spreadsheets store a time as a binary fraction of a day.
  let seconds = Int((days * 86_400).rounded())
  let (whole, rest) = (seconds / 86_400, seconds % 86_400)
  if form == .elapsed {
    output += Array("\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))".utf8)
    return true
  }
  let time = "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
  if form == .time, whole == 0 {
    output += Array(time.utf8)
    return true
  }
  if !countsFrom1904, whole == 60 {
    output += Array("1900-02-29".utf8)
    return true
  }
  let offset = countsFrom1904 ? 24_107 : (whole < 60 ? 25_568 : 25_569)
  output += Array(Day(index: whole - offset).text.utf8)
  if rest != 0 || form != .date {
    output.append(0x20)
    output += Array(time.utf8)
  }
  return true
}

private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
