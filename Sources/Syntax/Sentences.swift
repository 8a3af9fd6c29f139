// Sentences.swift: all tokens of a text arrive; the words of each statement leave.

/// The tokens of one statement.
struct StatementExtent {
  var lower: Int
  var limit: Int
  var stop: Int
  /// The `##` lines directly above.
  var comment: String?
  /// Whether one line end, and nothing else, lies between this statement and the one before.
  var followsLineEnd = false
}

extension LexedSource {
  /// The tokens that are neither blank nor comment, and the statements they make up.
  ///
  ///     terminator = NL | ";" ;
  func sentences() -> (tokens: [CompactToken], statements: [StatementExtent]) {
    var divider = SentenceDivider(capacity: compactTokens.count / 2)
    for token in compactTokens {
      switch token.kind {
      case .newline: divider.endLine()
      case .end: divider.endStatement()
      case .mark where token.mark == ";": divider.endStatement()
      case .blank: divider.pass(token, isLineEnd: text.beginsLineEnd(at: token.range.lower))
      case .comment: divider.comment.add(text.slice(token.range))
      default: divider.add(token)
      }
    }
    return (divider.words, divider.statements)
  }
}

private struct SentenceDivider {
  private(set) var words: [CompactToken] = []
  private(set) var statements: [StatementExtent] = []
  var comment = HelpComment()
  private var present = StatementExtent(lower: 0, limit: 0, stop: 0, comment: nil)
  private var startsLine = true
  /// Line ends since the last statement; a `;` counts as two.
  private var lineEnds = 2

  init(capacity: Int) { words.reserveCapacity(capacity) }

  mutating func add(_ token: CompactToken) {
    if words.count == present.lower {
      present.comment = comment.take()
      present.followsLineEnd = lineEnds == 1
    }
    words.append(token)
    words[words.count - 1].startsLine = startsLine
    present.stop = token.range.upper
    startsLine = false
  }

  /// Blanks behind the last word belong to the statement: there it stops.
  mutating func pass(_ blank: CompactToken, isLineEnd: Bool) {
    if words.count > present.lower { present.stop = blank.range.upper }
    if isLineEnd { startsLine = true }
  }

  mutating func endLine() {
    close()
    lineEnds += 1
    comment.endLine()
  }

  mutating func endStatement() {
    close()
    lineEnds += 2
  }

  private mutating func close() {
    startsLine = true
    guard words.count > present.lower else { return }
    present.limit = words.count
    statements.append(present)
    present.lower = words.count
    lineEnds = 0
  }
}

/// Gathers `##` lines until a statement or a blank line comes.
private struct HelpComment {
  private var lines: [String] = []
  private var hasLineEnd = false

  mutating func add(_ line: String) {
    hasLineEnd = false
    guard line.hasPrefix("##") else { return lines.removeAll() }
    let text = line.dropFirst(2)
    lines.append(String(text.first == " " ? text.dropFirst() : text).trimmedAtEnd)
  }

  mutating func endLine() {
    if hasLineEnd { lines.removeAll() }
    hasLineEnd = true
  }

  mutating func take() -> String? {
    defer { self = HelpComment() }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = Substring(self)
    while let last = text.unicodeScalars.last, Folding.isBlank(last) {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }

  fileprivate func beginsLineEnd(at offset: Int) -> Bool {
    let byte = utf8[utf8.index(utf8.startIndex, offsetBy: offset)]
    return byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
