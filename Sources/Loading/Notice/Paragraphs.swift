// Paragraphs.swift: the lines that no table took become sections, paragraphs and the notice's own
// fields.

import Catalog
import Columns

/// Running text without blanks and in narrow form, with the way back to the file.
struct Paragraph {
  var narrow: [UInt8] = []
  /// Where each byte of `narrow` came from, in the file's bytes.
  var origin: [Int] = []
  /// Where each line begins in `narrow`.
  var lines: [(start: Int, line: Int)] = []
  var file = 0
  var section = ""

  var isEmpty: Bool { narrow.isEmpty }

  mutating func append(_ line: TextLine, of bytes: [UInt8]) {
    file = line.file
    lines.append((narrow.count, line.line))
    var index = line.range.lowerBound
    while index < line.range.upperBound {
      let blank = blankLength(bytes, at: index, before: line.range.upperBound)
      if blank > 0 {
        index += blank
      } else if let ascii = narrowForm(bytes, at: index, before: line.range.upperBound) {
        narrow.append(ascii)
        origin.append(index)
        index += 3
      } else {
        narrow.append(bytes[index])
        origin.append(index)
        index += 1
      }
    }
  }

  func line(at offset: Int) -> Int {
    lines.last { $0.start <= offset }?.line ?? lines.first?.line ?? 1
  }

  /// The text of the file behind a range, cleaned of page layout.
  func original(_ range: Range<Int>, of bytes: [UInt8]) -> String {
    guard !range.isEmpty, range.upperBound <= origin.count else { return "" }
    let first = origin[range.lowerBound]
    var last = origin[range.upperBound - 1] + 1
    // A narrowed character is three bytes in the file.
    while last < bytes.count, bytes[last] & 0xC0 == 0x80 { last += 1 }
    var output: [UInt8] = []
    _ = clean(first..<last, of: bytes, into: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

private let numerals = "一二三四五六七八九十".unicodeScalars.map { Array(String($0).utf8) }
private let numeralComma = Array("、".utf8)
private let fullStop = Array("。".utf8)

extension NoticeReading {
  mutating func readText(_ lines: [TextLine], of bytes: [UInt8], front: NoticeFront) {
    var paragraph = Paragraph()
    var section = ""
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let isBroken = index > 0 && lines[index - 1].line + 1 != line.line
      if isBroken, endsSentence(paragraph.narrow) { flush(&paragraph, of: bytes) }
      let next = readSpecialLine(at: index, lines, of: bytes, front: front)
      if next > index {
        flush(&paragraph, of: bytes)
        index = next
        continue
      }
      var narrow: [UInt8] = []
      fold(line.range, of: bytes, into: &narrow)
      if let end = headingEnd(narrow) {
        flush(&paragraph, of: bytes)
        section = readHeading(line, narrow: narrow, end: end, of: bytes, after: section)
        paragraph.section = section
        if let rest = restOfHeading(line, of: bytes, end: end, narrow: narrow) {
          paragraph.append(rest, of: bytes)
        }
      } else {
        paragraph.section = section
        paragraph.append(line, of: bytes)
      }
      index += 1
    }
    flush(&paragraph, of: bytes)
    if let unread = front.unreadDate {
      mentions.unreadDate = (
        unread.printed,
        NoticeMentions.Mention(word: "", section: "", file: 0, line: unread.line)
      )
    }
  }

  private mutating func flush(_ paragraph: inout Paragraph, of bytes: [UInt8]) {
    defer { paragraph = Paragraph() }
    guard !paragraph.isEmpty, let first = paragraph.lines.first else { return }
    let whole = 0..<paragraph.narrow.count
    refer(
      paragraph.section.isEmpty ? "opening" : "narrative", section: paragraph.section,
      paragraph.file, first.line, paragraph.original(whole, of: bytes))
    if info.rule.isEmpty { info.rule = rule(in: paragraph.narrow) }
    if paragraph.section == accountSection {
      fold(whole, of: paragraph.narrow, into: &mentions.accountText)
    }
    readSentences(paragraph, of: bytes)
  }

  /// The section whose table lists accounts.
  private var accountSection: String { "media" }

  // MARK: Headings

  /// Where the number of a heading ends: `一、`, `(一)`; nil for any other line.
  private func headingEnd(_ narrow: [UInt8]) -> Int? {
    var index = narrow.first == 0x28 ? 1 : 0
    let start = index
    while let numeral = numerals.first(where: { starts(with: $0, at: index, of: narrow) }) {
      index += numeral.count
    }
    guard index > start, index - start <= 9 else { return nil }
    if start == 1 { return index < narrow.count && narrow[index] == 0x29 ? index + 1 : nil }
    return starts(with: numeralComma, at: index, of: narrow) ? index + 3 : nil
  }

  private mutating func readHeading(
    _ line: TextLine, narrow: [UInt8], end: Int, of bytes: [UInt8], after section: String
  ) -> String {
    let stop = position(of: fullStop, in: end..<narrow.count, of: narrow) ?? narrow.count
    let found = words.section(of: end..<stop, in: narrow)
    let isSubheading = narrow.first == 0x28
    let name = found ?? (isSubheading ? section : "other")
    refer("heading", section: name, line.file, line.line, text(line.range, of: bytes))
    return name
  }

  /// What follows the first full stop of a line that begins as a heading.
  private func restOfHeading(
    _ line: TextLine, of bytes: [UInt8], end: Int, narrow: [UInt8]
  ) -> TextLine? {
    guard let stop = position(of: fullStop, in: line.range, of: bytes) else {
      // A heading without a full stop that is as long as a sentence is one.
      return narrow.count > 150 ? line : nil
    }
    let rest = trimmed(stop + 3..<line.range.upperBound, of: bytes)
    return rest.isEmpty ? nil : TextLine(file: line.file, line: line.line, range: rest)
  }
}

// MARK: - Lines with a meaning of their own

extension NoticeReading {
  /// - Returns: the index of the line after those taken; `index` itself if the line is running
  ///   text.
  private mutating func readSpecialLine(
    at index: Int, _ lines: [TextLine], of bytes: [UInt8], front: NoticeFront
  ) -> Int {
    let line = lines[index]
    if let kind = front.kinds[line.line] {
      refer(kind, line.file, line.line, text(line.range, of: bytes))
      return index + 1
    }
    var narrow: [UInt8] = []
    fold(line.range, of: bytes, into: &narrow)
    if let phrase = opening("copies_to", of: narrow) {
      return readCopies(from: index, lines, of: bytes, phrase: phrase)
    }
    if opening("note", of: narrow) != nil {
      refer("note", line.file, line.line, text(line.range, of: bytes))
      let found = rule(in: narrow)
      if !found.isEmpty { info.rule = found }
      return index + 1
    }
    if isInterval(narrow) {
      refer("intervals", line.file, line.line, text(line.range, of: bytes))
      readIntervals(narrow, file: line.file, line: line.line)
      return index + 1
    }
    if let (_, end) = annexLabel(narrow), end == narrow.count {
      refer("annex_label", line.file, line.line, text(line.range, of: bytes))
      return index + 1
    }
    return index
  }

  /// The phrase of the front matter that a line opens with, before a colon.
  private func opening(_ column: String, of narrow: [UInt8]) -> [UInt8]? {
    (words.front[column] ?? []).first {
      starts(with: $0, at: 0, of: narrow) && $0.count < narrow.count
        && narrow[$0.count] == 0x3A
    }
  }

  /// Names up to the full stop, over as many lines as follow each other.
  private mutating func readCopies(
    from index: Int, _ lines: [TextLine], of bytes: [UInt8], phrase: [UInt8]
  ) -> Int {
    var paragraph = Paragraph()
    var next = index
    repeat {
      paragraph.append(lines[next], of: bytes)
      next += 1
    } while next < lines.count && lines[next].line == lines[next - 1].line + 1
      && !endsSentence(paragraph.narrow)
    let whole = 0..<paragraph.narrow.count
    refer(
      "copies_to", lines[index].file, lines[index].line, paragraph.original(whole, of: bytes))
    let names = parts(of: phrase.count + 1..<paragraph.narrow.count, in: paragraph.narrow)
    info.copiesTo += names.map { text($0, of: paragraph.narrow) }
    return next
  }

  /// A document number that the text names: a scheme's rule as the catalogue writes it, else what
  /// stands between the last word or mark before the bracket and the number's end.
  func rule(in narrow: [UInt8]) -> String {
    guard let number = documentNumber(in: 0..<narrow.count, of: narrow) else { return "" }
    for rule in catalog.schemes.compactMap(\.rule) {
      let known = folded(rule)
      if position(of: known, in: number, of: narrow) != nil { return rule }
    }
    var start = number.lowerBound
    for phrase in words.front["rule"] ?? [] {
      if let at = position(of: phrase, in: number, of: narrow) {
        start = max(start, at + phrase.count)
      }
    }
    for index in start..<number.upperBound where [0x2C, 0x3A, 0x3B, 0x28].contains(narrow[index]) {
      start = index + 1
    }
    return text(start..<number.upperBound, of: narrow)
  }
}

/// The parts of a list between `、`, `,` and `;`, without a full stop at the end.
func parts(of range: Range<Int>, in bytes: [UInt8]) -> [Range<Int>] {
  var result: [Range<Int>] = []
  var start = range.lowerBound
  var index = range.lowerBound
  func add(_ end: Int) {
    if end > start { result.append(start..<end) }
  }
  while index < range.upperBound {
    let byte = bytes[index]
    let isPause = starts(with: numeralComma, at: index, of: bytes)
    if byte == 0x2C || byte == 0x3B || isPause {
      add(index)
      index += isPause ? 3 : 1
      start = index
    } else if starts(with: fullStop, at: index, of: bytes) {
      break
    } else {
      index += 1
    }
  }
  add(index)
  return result
}
