// SwiftScanner.swift: the bytes of a Swift file arrive; tokens and comments leave.

struct SwiftScanner {
  private(set) var tokens: [SwiftToken] = []
  private(set) var comments: [(line: Int, text: String)] = []

  private let bytes: [UInt8]
  private var place = 0
  private var line = 1
  /// Literals whose interpolation is being read, innermost last.
  private var open: [OpenLiteral] = []

  private struct OpenLiteral {
    var poundCount: Int
    var isMultiline: Bool
    var start: Int
    var startLine: Int
    var text: [UInt8] = []
    var isWhole = true
    /// Parentheses open inside the interpolation, the one of `\(` included.
    var depth = 0
  }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() {
    while place < bytes.count { scanCode() }
  }

  private func byte(_ distance: Int = 0) -> UInt8? {
    place + distance < bytes.count ? bytes[place + distance] : nil
  }

  private func startsHere(_ text: StaticString) -> Bool {
    let wanted = text.description.utf8
    return bytes[place...].prefix(wanted.count).elementsEqual(wanted)
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where place < bytes.count {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
  }

  // MARK: Code

  private mutating func scanCode() {
    guard let first = byte() else { return }
    if startsHere("//") { return scanLineComment() }
    if startsHere("/*") { return scanBlockComment() }
    if let poundCount = literalPounds() { return beginLiteral(poundCount: poundCount) }
    if Self.isWord(first) { return scanWord() }
    if first > UInt8(ascii: " ") { scanMark(first) } else { advance() }
  }

  private mutating func scanWord() {
    let start = place
    while let next = byte(), Self.isWord(next) { advance() }
    add(.word, from: start)
  }

  private mutating func scanMark(_ mark: UInt8) {
    let start = place
    advance()
    add(.mark, from: start)
    guard var literal = open.last else { return }
    if mark == UInt8(ascii: "(") { literal.depth += 1 }
    if mark == UInt8(ascii: ")") { literal.depth -= 1 }
    open.removeLast()
    if literal.depth == 0 { scanLiteral(literal) } else { open.append(literal) }
  }

  private mutating func add(_ kind: SwiftToken.Kind, from start: Int) {
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    tokens.append(SwiftToken(kind: kind, text: text, line: line, range: start..<place))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  // MARK: Comments

  private mutating func scanLineComment() {
    let start = place
    while let next = byte(), next != UInt8(ascii: "\n") { advance() }
    comments.append((line, String(decoding: bytes[start..<place], as: UTF8.self)))
  }

  private mutating func scanBlockComment() {
    let (start, startLine) = (place, line)
    var depth = 0
    repeat {
      if startsHere("/*") {
        depth += 1
        advance(2)
      } else if startsHere("*/") {
        depth -= 1
        advance(2)
      } else {
        advance()
      }
    } while depth > 0 && place < bytes.count
    comments.append((startLine, String(decoding: bytes[start..<place], as: UTF8.self)))
  }

  // MARK: String literals

  /// The number of `#` before a quote that begins here; nil if none does.
  private func literalPounds() -> Int? {
    var count = 0
    while byte(count) == UInt8(ascii: "#") { count += 1 }
    return byte(count) == UInt8(ascii: "\"") ? count : nil
  }

  private mutating func beginLiteral(poundCount: Int) {
    let (start, startLine) = (place, line)
    advance(poundCount)
    let isMultiline = startsHere("\"\"\"")
    advance(isMultiline ? 3 : 1)
    scanLiteral(
      OpenLiteral(
        poundCount: poundCount, isMultiline: isMultiline, start: start, startLine: startLine))
  }

  /// Reads on inside a literal, until its end or its next interpolation.
  private mutating func scanLiteral(_ opened: OpenLiteral) {
    var literal = opened
    let pounds = [UInt8](repeating: UInt8(ascii: "#"), count: literal.poundCount)
    let quotes = [UInt8](repeating: UInt8(ascii: "\""), count: literal.isMultiline ? 3 : 1)
    let (closing, escape) = (quotes + pounds, [UInt8(ascii: "\\")] + pounds)
    while place < bytes.count {
      let rest = bytes[place...]
      if rest.starts(with: closing) {
        advance(closing.count)
        return finish(literal)
      }
      if rest.starts(with: escape + [UInt8(ascii: "(")]) {
        advance(escape.count + 1)
        literal.isWhole = false
        literal.depth = 1
        return open.append(literal)
      }
      // An unfinished line is the compiler's to report; reading on would swallow the file.
      if !literal.isMultiline, byte() == UInt8(ascii: "\n") { break }
      let count = rest.starts(with: escape) ? escape.count + 1 : 1
      literal.text += rest.prefix(count)
      advance(count)
    }
    finish(literal)
  }

  private mutating func finish(_ literal: OpenLiteral) {
    tokens.append(
      SwiftToken(
        kind: .literal(isWhole: literal.isWhole),
        text: String(decoding: literal.text, as: UTF8.self), line: literal.startLine,
        range: literal.start..<place))
  }
}
