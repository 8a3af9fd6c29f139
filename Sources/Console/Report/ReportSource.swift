// ReportSource.swift: the text of a report arrives; its pieces leave: Markdown, questions for one
// figure, blocks of statements, each at its bytes in the file.

import Rendering
import Syntax

/// The pieces of a report file in their order.
struct ReportSource {
  enum Segment: Hashable {
    case text(String)
    /// The bytes between `{{` and `}}`.
    case figure(SourceRange)
    /// What stands behind ```tongbao, and the bytes of the statements.
    case block(words: [Segment], statements: SourceRange, opening: SourceRange)
  }

  private let bytes: [UInt8]
  private(set) var segments: [Segment] = []
  /// All bytes but line ends as blanks: a question stands in it at its own place.
  private let blank: [UInt8]

  /// - Throws: O05 where a block or a place for a figure has no end.
  init(_ text: String) throws(Diagnostic) {
    bytes = Array(text.utf8)
    blank = bytes.map { $0 == 0x0A ? 0x0A : 0x20 }
    var lines = LineRanges(bytes)
    var fence: MarkdownFence?
    while let line = lines.next() {
      let words = string(line)
      if let open = fence {
        append(text: string(line, withEnd: true))
        if open.isClosed(by: words) { fence = nil }
      } else if let open = MarkdownFence(words) {
        if let info = Self.info(of: open) {
          try readBlock(open, line, info, &lines)
        } else {
          fence = open
          append(text: string(line, withEnd: true))
        }
      } else {
        for segment in try figures(in: line, withEnd: true) { append(segment) }
      }
    }
  }

  /// The words behind `tongbao`; nil for code of another language.
  private static func info(of fence: MarkdownFence) -> Substring? {
    let name = fence.info.prefix { $0 != " " }
    return name == "tongbao" ? fence.info.dropFirst(name.count) : nil
  }

  /// The statements at their places, all else blank.
  func statements(at range: SourceRange) -> String {
    var masked = blank
    masked.replaceSubrange(range.lower..<range.upper, with: bytes[range.lower..<range.upper])
    return String(decoding: masked, as: UTF8.self)
  }

  /// What stands there, without blanks around.
  func words(at range: SourceRange) -> String {
    let blank: UInt8 = 0x20
    let inner = bytes[range.lower..<range.upper].drop { $0 == blank }
    return String(decoding: inner.reversed().drop { $0 == blank }.reversed(), as: UTF8.self)
  }

  // MARK: - Reading

  private mutating func readBlock(
    _ fence: MarkdownFence, _ opening: SourceRange, _ info: Substring, _ lines: inout LineRanges
  ) throws(Diagnostic) {
    let start = lines.place
    while let line = lines.next() {
      guard fence.isClosed(by: string(line)) else { continue }
      let infoStart = opening.upper - trailingBlankCount(of: opening) - info.utf8.count
      let words = try figures(
        in: SourceRange(infoStart, infoStart + info.utf8.count), withEnd: false)
      segments.append(
        .block(words: words, statements: SourceRange(start, line.lower), opening: opening))
      return
    }
    throw .unfinishedBlock(at: opening)
  }

  private func trailingBlankCount(of line: SourceRange) -> Int {
    bytes[line.lower..<line.upper].reversed().prefix { $0 == 0x20 || $0 == 0x0D }.count
  }

  /// One line: `{{ … }}` outside of code; `\{{` stands for itself.
  private func figures(in line: SourceRange, withEnd: Bool) throws(Diagnostic) -> [Segment] {
    var found: [Segment] = []
    var start = line.lower
    var place = line.lower
    func close(at end: Int) {
      if end > start { found.append(.text(string(SourceRange(start, end)))) }
    }
    while place < line.upper {
      switch bytes[place] {
      case UInt8(ascii: "`"): place = endOfCode(from: place, before: line.upper)
      case UInt8(ascii: "\\"):
        if begins("{{", at: place + 1, before: line.upper) {
          close(at: place)
          start = place + 1
          place += 1
        }
        place += 2
      case UInt8(ascii: "{") where begins("{{", at: place, before: line.upper):
        guard let end = endOfFigure(from: place + 2, before: line.upper) else {
          throw .unfinishedFigure(at: SourceRange(place, place + 2))
        }
        close(at: place)
        found.append(.figure(SourceRange(place + 2, end)))
        place = end + 2
        start = place
      default: place += 1
      }
    }
    let hasEnd = withEnd && line.upper < bytes.count
    close(at: line.upper)
    if hasEnd { found.append(.text("\n")) }
    return found
  }

  private func begins(_ mark: String, at place: Int, before end: Int) -> Bool {
    place + mark.utf8.count <= end && bytes[place...].starts(with: mark.utf8)
  }

  /// Behind a run of backticks and its partner, or behind the run where it has none.
  private func endOfCode(from place: Int, before end: Int) -> Int {
    func run(at place: Int) -> Int { bytes[place..<end].prefix { $0 == UInt8(ascii: "`") }.count }
    let length = run(at: place)
    var next = place + length
    while next < end {
      let other = run(at: next)
      if other == length { return next + length }
      next += max(1, other)
    }
    return place + length
  }

  /// The last `}}` of a row of braces, because a filter may end the question: `{{ a{b=1}}}`.
  private func endOfFigure(from start: Int, before end: Int) -> Int? {
    var place = start
    while place + 1 < end {
      if bytes[place] == UInt8(ascii: "}"), bytes[place + 1] == UInt8(ascii: "}") {
        while place + 2 < end, bytes[place + 2] == UInt8(ascii: "}") { place += 1 }
        return place
      }
      place += 1
    }
    return nil
  }

  private mutating func append(_ segment: Segment) {
    if case .text(let text) = segment { append(text: text) } else { segments.append(segment) }
  }

  private mutating func append(text: String) {
    if case .text(let before)? = segments.last {
      segments[segments.count - 1] = .text(before + text)
    } else {
      segments.append(.text(text))
    }
  }

  private func string(_ range: SourceRange, withEnd: Bool = false) -> String {
    let end = withEnd && range.upper < bytes.count ? range.upper + 1 : range.upper
    return String(decoding: bytes[range.lower..<end], as: UTF8.self)
  }
}

/// The lines of a text, without their ends.
private struct LineRanges {
  let bytes: [UInt8]
  private(set) var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> SourceRange? {
    guard place < bytes.count else { return nil }
    let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
    defer { place = end + 1 }
    return SourceRange(place, end)
  }
}

extension Diagnostic {
  fileprivate static func unfinishedBlock(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "O05", at: range, Bilingual("the block has no end", "语句块没有结束"),
      hints: [Bilingual("end it with a line of ```", "请用一行 ``` 结束")])
  }

  fileprivate static func unfinishedFigure(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "O05", at: range, Bilingual("`{{` has no `}}` on its line", "“{{”所在行没有“}}”"),
      hints: [
        Bilingual("for the characters themselves write `\\{{`", "若要写这两个字符本身，请写“\\{{”")
      ])
  }
}
