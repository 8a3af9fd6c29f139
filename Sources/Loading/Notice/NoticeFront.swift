// NoticeFront.swift: a first look at the lines of a notice: issuer, title, period, dates, list of
// attachments.
//
// It comes before the tables, because a table's months need the year and its names need the issuer.

import Syntax

struct NoticeFront {
  var issuer = ""
  var county = ""
  var title = ""
  var number = ""
  var period: Quarter?
  var version = 1
  var signed: Day?
  var issued: Day?
  /// The line of the signature's date, if it could not be read, as printed.
  var unreadDate: (line: Int, printed: String)?
  /// Folded titles by number, from the list of attachments.
  var annexTitles: [Int: [UInt8]] = [:]
  /// What a line is, by line number, where the first look settled it.
  var kinds: [Int: String] = [:]
}

private struct FrontLine {
  var line: Int
  var range: Range<Int>
  var narrow: [UInt8]
}

func front(of grid: Grid, words: NoticeVocabulary) -> NoticeFront {
  var lines: [FrontLine] = []
  for row in grid.rows where row.cells.count == 1 {
    let range = trimmed(grid.cells[row.cells.lowerBound], of: grid.bytes)
    if range.isEmpty { continue }
    var narrow: [UInt8] = []
    fold(range, of: grid.bytes, into: &narrow)
    lines.append(FrontLine(line: row.line, range: range, narrow: narrow))
  }
  var scan = FrontScan(lines: lines, bytes: grid.bytes, words: words)
  scan.readPrintLine()
  scan.readTitle()
  scan.readIssuer()
  scan.readSignature()
  scan.readAttachments()
  return scan.front
}

private struct FrontScan {
  let lines: [FrontLine]
  let bytes: [UInt8]
  let words: NoticeVocabulary
  var front = NoticeFront()

  init(lines: [FrontLine], bytes: [UInt8], words: NoticeVocabulary) {
    self.lines = lines
    self.bytes = bytes
    self.words = words
  }

  private func cleanText(_ line: FrontLine) -> String {
    var output: [UInt8] = []
    _ = clean(line.range, of: bytes, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private func holds(_ column: String, _ narrow: [UInt8]) -> Bool {
    (words.front[column] ?? []).contains {
      position(of: $0, in: 0..<narrow.count, of: narrow) != nil
    }
  }

  /// The last line that says when it was printed; the line before it, or its beginning, is the
  /// issuer.
  mutating func readPrintLine() {
    for (index, line) in lines.enumerated().reversed() where holds("issued", line.narrow) {
      guard let found = writtenDate(in: 0..<line.narrow.count, of: line.narrow), let day = found.day
      else { continue }
      front.issued = day
      front.kinds[line.line] = "print_line"
      if found.range.lowerBound > 0 {
        front.issuer = String(decoding: line.narrow[..<found.range.lowerBound], as: UTF8.self)
      } else if index > 0 {
        front.issuer = cleanText(lines[index - 1])
        front.kinds[lines[index - 1].line] = "issuer"
      }
      return
    }
  }

  /// The first line, or up to three joined ones, that ends as titles of notices do.
  mutating func readTitle() {
    let endings = words.front["title"] ?? []
    for (index, line) in lines.prefix(40).enumerated()
    where endings.contains(where: { line.narrow.suffix($0.count).elementsEqual($0) }) {
      var first = index
      while first > 0, index - first < 2, quarter(in: joined(first...index)) == nil { first -= 1 }
      if quarter(in: joined(first...index)) == nil { first = index }
      front.title = lines[first...index].map(cleanText).joined()
      for part in first...index { front.kinds[lines[part].line] = "title" }
      let narrow = joined(first...index)
      for (phrase, version) in words.titleVersions
      where position(of: phrase, in: 0..<narrow.count, of: narrow) != nil {
        front.version = version
      }
      readPeriod(in: narrow)
      readNumber(before: first)
      return
    }
    readPeriod(in: [])
  }

  private func joined(_ range: ClosedRange<Int>) -> [UInt8] { lines[range].flatMap(\.narrow) }

  private func quarter(in narrow: [UInt8]) -> (year: Int?, quarter: Int)? {
    writtenQuarter(in: narrow)
  }

  /// The title's quarter, else the first one in the text; the year may have to come from the print
  /// line.
  private mutating func readPeriod(in title: [UInt8]) {
    let found =
      writtenQuarter(in: title) ?? lines.lazy.compactMap { writtenQuarter(in: $0.narrow) }.first
    guard let found else { return }
    if let year = found.year {
      front.period = Quarter(year: year, quarter: found.quarter)
    } else if let issued = front.issued {
      let issuedQuarter = issued.month.quarter
      let year = found.quarter >= issuedQuarter.number ? issuedQuarter.year - 1 : issuedQuarter.year
      front.period = Quarter(year: year, quarter: found.quarter)
    }
  }

  /// A short line of its own above the title: 扶政办发〔2025〕3号.
  private mutating func readNumber(before title: Int) {
    for line in lines.prefix(title) where line.narrow.count <= 60 {
      guard let range = documentNumber(in: 0..<line.narrow.count, of: line.narrow),
        range.upperBound == line.narrow.count
      else { continue }
      front.number = cleanText(line)
      front.kinds[line.line] = "number"
    }
  }

  /// Without a print line the issuer is what stands in the title before 关于, else the first line.
  mutating func readIssuer() {
    if front.issuer.isEmpty {
      let title = folded(front.title)
      for phrase in words.front["issuer"] ?? [] {
        if let at = position(of: phrase, in: 0..<title.count, of: title), at > 0 {
          front.issuer = String(decoding: title[..<at], as: UTF8.self)
        }
      }
    }
    if front.issuer.isEmpty, let first = lines.first, holds("county", first.narrow) {
      front.issuer = cleanText(first)
    }
    let issuer = Array(front.issuer.utf8)
    for phrase in words.front["county"] ?? [] {
      if let at = position(of: phrase, in: 0..<issuer.count, of: issuer), at > 0 {
        front.county = text(0..<at, of: issuer)
        return
      }
    }
  }

  /// A short line of its own that begins with a year and ends with a day, other than the print
  /// line.
  mutating func readSignature() {
    for line in lines where front.kinds[line.line] == nil {
      let narrow = line.narrow
      if cleanText(line) == front.issuer, !front.issuer.isEmpty {
        front.kinds[line.line] = "issuer"
        continue
      }
      guard narrow.count >= 10, narrow.count <= 40, narrow.prefix(4).allSatisfy(isDigit),
        starts(with: yearMark, at: 4, of: narrow),
        narrow.suffix(3).elementsEqual(dayMark)
      else { continue }
      front.kinds[line.line] = "signature"
      if case .moment(let moment) = readMoment(0..<narrow.count, of: narrow, acceptsMonth: false) {
        front.signed = moment.day
      } else {
        front.unreadDate = (line.line, cleanText(line))
        front.signed = front.issued
      }
    }
  }

  /// `附件：1. …` and the numbered lines that follow it.
  mutating func readAttachments() {
    var index = 0
    while index < lines.count {
      guard let start = attachmentsStart(lines[index].narrow) else {
        index += 1
        continue
      }
      var narrow = Array(lines[index].narrow[start...])
      var isFirst = true
      while isFirst || listNumber(narrow) != nil {
        front.kinds[lines[index].line] = "attachments"
        if let (number, end) = listNumber(narrow) {
          front.annexTitles[number] = Array(narrow[end...])
        } else {
          front.annexTitles[1] = narrow
        }
        isFirst = false
        index += 1
        guard index < lines.count else { return }
        narrow = lines[index].narrow
      }
    }
  }

  /// Where the list begins behind `附件：`; a dash of a list may stand before it.
  private func attachmentsStart(_ narrow: [UInt8]) -> Int? {
    let from = narrow.first == 0x2D ? 1 : 0
    for phrase in words.front["annex"] ?? [] where starts(with: phrase, at: from, of: narrow) {
      let after = from + phrase.count
      if after + 1 < narrow.count, narrow[after] == 0x3A { return after + 1 }
    }
    return nil
  }

  private func listNumber(_ narrow: [UInt8]) -> (number: Int, end: Int)? {
    var index = 0
    var number = 0
    while index < narrow.count, isDigit(narrow[index]), index < 3 {
      number = number * 10 + Int(narrow[index] - 0x30)
      index += 1
    }
    guard index > 0, index < narrow.count else { return nil }
    if narrow[index] == 0x2E { return (number, index + 1) }
    return starts(with: listComma, at: index, of: narrow) ? (number, index + 3) : nil
  }
}

private let yearMark = Array("年".utf8)
private let monthMark = Array("月".utf8)
private let dayMark = Array("日".utf8)
private let listComma = Array("、".utf8)
private let numberOpening = Array("〔".utf8)
private let numberClosing = Array("〕".utf8)
private let numberEnd = Array("号".utf8)

/// A written date in folded bytes; the day is nil if it is written but does not exist. Without a
/// year (`12月31日`) `year` is taken.
func writtenDate(
  in range: Range<Int>, of bytes: [UInt8], year: Int? = nil
) -> (day: Day?, range: Range<Int>)? {
  var index = range.lowerBound
  while index < range.upperBound {
    guard isDigit(bytes[index]) else {
      index += 1
      continue
    }
    let start = index
    var parts: [Int] = []
    for mark in [yearMark, monthMark, dayMark] {
      if parts.isEmpty, mark == monthMark {
        guard let year else { break }
        parts.append(year)
      }
      let digits = index
      var value = 0
      while index < range.upperBound, isDigit(bytes[index]), index - digits < 4 {
        value = value * 10 + Int(bytes[index] - 0x30)
        index += 1
      }
      guard index > digits, index + 3 <= range.upperBound,
        starts(with: mark, at: index, of: bytes)
      else {
        if mark == yearMark {
          index = digits
          continue
        }
        break
      }
      index += 3
      parts.append(value)
    }
    if parts.count == 3 {
      return (Day(year: parts[0], month: parts[1], day: parts[2]), start..<index)
    }
    index = max(index, start + 1)
  }
  return nil
}

/// `2024年四季度`, `第一季度`: the first quarter written in folded bytes.
func writtenQuarter(in narrow: [UInt8]) -> (year: Int?, quarter: Int)? {
  for index in narrow.indices {
    guard let found = quarterNumber(at: index, of: narrow) else { continue }
    guard index >= 7, starts(with: yearMark, at: index - 3, of: narrow) else {
      return (nil, found.quarter)
    }
    var year = 0
    for digit in narrow[(index - 7)..<(index - 3)] {
      guard isDigit(digit) else { return (nil, found.quarter) }
      year = year * 10 + Int(digit - 0x30)
    }
    return year > 0 ? (year, found.quarter) : (nil, found.quarter)
  }
  return nil
}

/// A document number `…〔2023〕25号` in folded bytes, with the characters before the bracket up to
/// `range`.
func documentNumber(in range: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
  guard let open = position(of: numberOpening, in: range, of: bytes), open > range.lowerBound,
    let close = position(of: numberClosing, in: open..<range.upperBound, of: bytes),
    close == open + 7,
    let end = position(of: numberEnd, in: close..<range.upperBound, of: bytes),
    end - close <= 9
  else { return nil }
  return range.lowerBound..<end + 3
}
