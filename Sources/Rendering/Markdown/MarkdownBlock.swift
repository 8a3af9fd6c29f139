// MarkdownBlock.swift: the lines of a Markdown text arrive, its blocks leave.
//
// The part of CommonMark that reports need, with the tables of GitHub: headings, paragraphs, lists,
// quotes, code, tables, rules. HTML in the text is text.

/// A block; inline text is still as written.
indirect enum MarkdownBlock: Hashable {
  case heading(level: Int, text: String)
  case paragraph(String)
  case code(String)
  case quote([MarkdownBlock])
  /// The number of the first item; nil: marked with dots.
  case list(first: Int?, items: [[MarkdownBlock]], isTight: Bool)
  case table(header: [String], alignments: [Alignment], rows: [[String]])
  case rule

  enum Alignment: Hashable { case none, left, center, right }
}

/// The blocks of a text. Quotes and lists deeper than a report ever has are paragraphs.
func markdownBlocks(of text: String) -> [MarkdownBlock] {
  let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  var reader = MarkdownReader(lines: lines.map { expandingTabs($0) }, depth: 0)
  return reader.blocks()
}

private func expandingTabs(_ line: Substring) -> String {
  line.utf8.contains(0x09)
    ? line.split(
      separator: "\t", omittingEmptySubsequences: false
    ).joined(separator: "    ") : String(line)
}

struct MarkdownReader {
  private static let greatestDepth = 12

  private let lines: [String]
  private let depth: Int
  private var place = 0

  init(lines: [String], depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  mutating func blocks() -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    while place < lines.count {
      let line = lines[place]
      if isBlank(line) {
        place += 1
      } else if let block = fencedCode() ?? heading() ?? rule() ?? quote() ?? list() ?? table()
        ?? indentedCode()
      {
        blocks.append(block)
      } else {
        blocks.append(paragraph())
      }
    }
    return blocks
  }

  // MARK: - One line

  private mutating func heading() -> MarkdownBlock? {
    guard let found = headingOf(lines[place]) else { return nil }
    place += 1
    return .heading(level: found.level, text: found.text)
  }

  private mutating func rule() -> MarkdownBlock? {
    guard isRule(lines[place]) else { return nil }
    place += 1
    return .rule
  }

  // MARK: - Code

  private mutating func fencedCode() -> MarkdownBlock? {
    guard let fence = MarkdownFence(lines[place]) else { return nil }
    place += 1
    var code: [String] = []
    while place < lines.count {
      let line = lines[place]
      place += 1
      if fence.isClosed(by: line) { break }
      code.append(String(line.dropFirst(min(fence.indent, indent(of: line)))))
    }
    return .code(code.joined(separator: "\n"))
  }

  private mutating func indentedCode() -> MarkdownBlock? {
    guard indent(of: lines[place]) >= 4 else { return nil }
    var code: [String] = []
    while place < lines.count, isBlank(lines[place]) || indent(of: lines[place]) >= 4 {
      code.append(String(lines[place].dropFirst(4)))
      place += 1
    }
    while code.last.map({ isBlank($0) }) == true { code.removeLast() }
    return .code(code.joined(separator: "\n"))
  }

  // MARK: - Blocks in blocks

  private mutating func quote() -> MarkdownBlock? {
    guard depth < Self.greatestDepth, quoted(lines[place]) != nil else { return nil }
    var inner: [String] = []
    while place < lines.count, let line = quoted(lines[place]) {
      inner.append(line)
      place += 1
    }
    var reader = MarkdownReader(lines: inner, depth: depth + 1)
    return .quote(reader.blocks())
  }

  private mutating func list() -> MarkdownBlock? {
    guard depth < Self.greatestDepth, let first = MarkdownMarker(lines[place]) else { return nil }
    var items: [[MarkdownBlock]] = []
    var isTight = true
    while place < lines.count, let marker = MarkdownMarker(lines[place]),
      marker.isOrdered == first.isOrdered, marker.sign == first.sign
    {
      let (inner, isLoose) = itemLines(marker)
      var reader = MarkdownReader(lines: inner, depth: depth + 1)
      items.append(reader.blocks())
      if isLoose { isTight = false }
    }
    return .list(first: first.number, items: items, isTight: isTight)
  }

  /// The lines of one item without their indent, and whether an empty line stands between.
  private mutating func itemLines(_ marker: MarkdownMarker) -> (lines: [String], isLoose: Bool) {
    var inner = [marker.rest]
    var blankCount = 0
    var isLoose = false
    place += 1
    while place < lines.count {
      let line = lines[place]
      if isBlank(line) {
        blankCount += 1
      } else if indent(of: line) >= marker.contentIndent {
        if blankCount > 0 { isLoose = true }
        inner += [String](repeating: "", count: blankCount)
        inner.append(String(line.dropFirst(marker.contentIndent)))
        blankCount = 0
      } else if blankCount == 0, !beginsBlock(line), MarkdownMarker(line)?.sign != marker.sign {
        inner.append(line)
      } else {
        if blankCount > 0, let next = MarkdownMarker(line), next.sign == marker.sign {
          isLoose = true
        }
        break
      }
      place += 1
    }
    return (inner, isLoose)
  }

  // MARK: - Tables and paragraphs

  private mutating func table() -> MarkdownBlock? {
    guard lines[place].contains("|"), place + 1 < lines.count,
      let alignments = alignments(of: lines[place + 1])
    else { return nil }
    let header = cells(of: lines[place])
    guard header.count == alignments.count else { return nil }
    place += 2
    var rows: [[String]] = []
    while place < lines.count, !isBlank(lines[place]), !beginsBlock(lines[place]) {
      var row = cells(of: lines[place])
      row = Array(row.prefix(header.count))
      row += [String](repeating: "", count: header.count - row.count)
      rows.append(row)
      place += 1
    }
    return .table(header: header, alignments: alignments, rows: rows)
  }

  private mutating func paragraph() -> MarkdownBlock {
    var text = [trimmedStart(lines[place])]
    place += 1
    while place < lines.count, !isBlank(lines[place]), !beginsBlock(lines[place]) {
      text.append(trimmedStart(lines[place]))
      place += 1
    }
    return .paragraph(text.joined(separator: "\n"))
  }

  private func beginsBlock(_ line: String) -> Bool {
    if headingOf(line) != nil || isRule(line) || MarkdownFence(line) != nil { return true }
    if depth < Self.greatestDepth, quoted(line) != nil { return true }
    guard depth < Self.greatestDepth, let marker = MarkdownMarker(line) else { return false }
    return (marker.number ?? 1) == 1 && !marker.rest.isEmpty
  }
}
