// MarkdownLine.swift: one line of Markdown arrives, what it begins leaves.

func isBlank(_ line: some StringProtocol) -> Bool {
  line.utf8.allSatisfy { $0 == 0x20 || $0 == 0x0D }
}

func indent(of line: some StringProtocol) -> Int { line.utf8.prefix { $0 == 0x20 }.count }

func trimmedStart(_ line: String) -> String { String(line.drop { $0 == " " }) }

func trimmed(_ text: some StringProtocol) -> String {
  let start = text.drop { $0 == " " || $0 == "\r" }
  return String(String(start.reversed()).drop { $0 == " " || $0 == "\r" }.reversed())
}

/// Three or more backticks or tildes.
package struct MarkdownFence: Hashable {
  package var indent: Int
  /// What follows the marks.
  package var info: String
  private var mark: Character
  private var length: Int

  package init?(_ line: some StringProtocol) {
    indent = Rendering.indent(of: line)
    let marks = line.dropFirst(indent)
    guard indent < 4, let mark = marks.first, mark == "`" || mark == "~" else { return nil }
    self.mark = mark
    length = marks.prefix { $0 == mark }.count
    info = trimmed(marks.dropFirst(length))
    guard length >= 3, mark == "~" || !info.contains("`") else { return nil }
  }

  package func isClosed(by line: some StringProtocol) -> Bool {
    guard let other = MarkdownFence(line) else { return false }
    return other.mark == mark && other.length >= length && other.info.isEmpty
  }
}

/// The mark of a list item: `-`, `*`, `+`, `1.` or `1)`.
struct MarkdownMarker: Hashable {
  var sign: Character
  var number: Int?
  /// Where the text of the item begins; its other lines stand there too.
  var contentIndent: Int
  var rest: String

  var isOrdered: Bool { number != nil }

  init?(_ line: String) {
    let outer = Rendering.indent(of: line)
    let body = line.dropFirst(outer)
    guard outer < 4, let first = body.first else { return nil }
    var width = 1
    if "-*+".contains(first) {
      sign = first
    } else {
      let digits = body.prefix { $0.isASCII && $0.isNumber }
      guard (1...9).contains(digits.count), let number = Int(digits),
        let end = body.dropFirst(digits.count).first, end == "." || end == ")"
      else { return nil }
      (sign, self.number, width) = (end, number, digits.count + 1)
    }
    let after = body.dropFirst(width)
    guard after.isEmpty || after.first == " " else { return nil }
    let gap = Rendering.indent(of: after)
    let blanks = after.count == gap || gap > 4 ? 1 : gap
    contentIndent = outer + width + blanks
    rest = String(after.dropFirst(blanks))
    if isRule(line) { return nil }
  }
}

func headingOf(_ line: String) -> (level: Int, text: String)? {
  guard indent(of: line) < 4 else { return nil }
  let body = trimmedStart(line)
  let level = body.prefix { $0 == "#" }.count
  let rest = body.dropFirst(level)
  guard (1...6).contains(level), rest.isEmpty || rest.first == " " else { return nil }
  var text = trimmed(rest)
  // A closing row of marks is decoration.
  let open = String(text.reversed().drop { $0 == "#" }.reversed())
  if open.isEmpty || open.last == " " { text = trimmed(open) }
  return (level, text)
}

func isRule(_ line: String) -> Bool {
  guard indent(of: line) < 4 else { return false }
  let marks = line.filter { $0 != " " && $0 != "\r" }
  guard marks.count >= 3, let first = marks.first, "-*_".contains(first) else { return false }
  return marks.allSatisfy { $0 == first }
}

/// The line without its `>`.
func quoted(_ line: String) -> String? {
  let body = trimmedStart(line)
  guard indent(of: line) < 4, body.first == ">" else { return nil }
  let inner = body.dropFirst()
  return String(inner.first == " " ? inner.dropFirst() : inner)
}

/// The cells of a table row; `\|` and a mark inside code do not end one.
func cells(of line: String) -> [String] {
  var cells: [String] = []
  var cell = ""
  var isEscaped = false
  for character in trimmed(line) {
    if isEscaped {
      cell += character == "|" ? "|" : "\\" + String(character)
      isEscaped = false
    } else if character == "\\" {
      isEscaped = true
    } else if character == "|" {
      cells.append(trimmed(cell))
      cell = ""
    } else {
      cell.append(character)
    }
  }
  if isEscaped { cell += "\\" }
  if !trimmed(cell).isEmpty { cells.append(trimmed(cell)) }
  if cells.first == "" { cells.removeFirst() }
  return cells
}

/// The row of marks below the header of a table; nil for any other line.
func alignments(of line: String) -> [MarkdownBlock.Alignment]? {
  guard line.contains("-"), line.contains("|") else { return nil }
  var found: [MarkdownBlock.Alignment] = []
  for cell in cells(of: line) {
    let inner = cell.drop { $0 == ":" }
    let marks = inner.prefix { $0 == "-" }
    let end = inner.dropFirst(marks.count)
    guard !marks.isEmpty, end.isEmpty || end == ":", cell.count - inner.count < 2 else {
      return nil
    }
    switch (cell.hasPrefix(":"), end == ":") {
    case (true, true): found.append(.center)
    case (true, false): found.append(.left)
    case (false, true): found.append(.right)
    case (false, false): found.append(.none)
    }
  }
  return found.isEmpty ? nil : found
}
