// MarkdownHTML.swift: the blocks of a Markdown text arrive, lines of HTML leave; all text is
// escaped.

struct MarkdownHTML {
  private let options = RenderOptions(mode: .html)
  private(set) var lines: [String] = []

  mutating func append(_ blocks: [MarkdownBlock]) {
    for block in blocks { append(block) }
  }

  private mutating func append(_ block: MarkdownBlock) {
    switch block {
    case .heading(let level, let text): lines.append("<h\(level)>\(inline(text))</h\(level)>")
    case .paragraph(let text): lines.append("<p>\(inline(text))</p>")
    case .code(let code): lines.append("<pre><code>\(htmlText(code, options))</code></pre>")
    case .rule: lines.append("<hr>")
    case .quote(let blocks):
      lines.append("<blockquote>")
      append(blocks)
      lines.append("</blockquote>")
    case .list(let first, let items, let isTight):
      let start = first.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      lines.append(first == nil ? "<ul>" : "<ol\(start)>")
      for item in items { append(item: item, isTight: isTight) }
      lines.append(first == nil ? "</ul>" : "</ol>")
    case .table(let header, let alignments, let rows): append(header, alignments, rows)
    }
  }

  private mutating func append(item: [MarkdownBlock], isTight: Bool) {
    lines.append("<li>")
    for block in item {
      if isTight, case .paragraph(let text) = block {
        lines.append(inline(text))
      } else {
        append(block)
      }
    }
    lines.append("</li>")
  }

  private mutating func append(
    _ header: [String], _ alignments: [MarkdownBlock.Alignment], _ rows: [[String]]
  ) {
    func row(_ cells: [String], _ tag: String, _ scope: String) -> String {
      let marked = zip(cells, alignments).map { cell, alignment in
        let name: String? =
          switch alignment {
          case .none: nil
          case .left: "left"
          case .center: "center"
          case .right: "num"
          }
        return "<\(tag)\(scope)\(name.map { " class=\"\($0)\"" } ?? "")>\(inline(cell))</\(tag)>"
      }
      return "<tr>" + marked.joined() + "</tr>"
    }
    lines += ["<table>", "<thead>", row(header, "th", " scope=\"col\""), "</thead>", "<tbody>"]
    lines += rows.map { row($0, "td", "") }
    lines += ["</tbody>", "</table>"]
  }

  private func inline(_ text: String) -> String { html(markdownInline(of: text)) }

  private func html(_ parts: [MarkdownInline]) -> String {
    parts.map { part in
      switch part {
      case .text(let text): htmlText(text, options)
      case .code(let code): "<code>\(htmlText(code, options))</code>"
      case .emphasis(let inner): "<em>\(html(inner))</em>"
      case .strong(let inner): "<strong>\(html(inner))</strong>"
      case .struck(let inner): "<del>\(html(inner))</del>"
      case .link(let address, let inner):
        "<a href=\"\(htmlText(address, options))\">\(html(inner))</a>"
      case .lineBreak: "<br>"
      }
    }.joined()
  }
}

/// The text without its marks, as a reader hears it.
func plainText(_ parts: [MarkdownInline]) -> String {
  parts.map { part in
    switch part {
    case .text(let text), .code(let text): text
    case .emphasis(let inner), .strong(let inner), .struck(let inner): plainText(inner)
    case .link(let address, let inner):
      plainText(inner) == address ? address : "\(plainText(inner)) (\(address))"
    case .lineBreak: "\n"
    }
  }.joined()
}

/// Markdown as lines of plain text: no marks, tables by tabs, an empty line after each block.
struct MarkdownPlain {
  private(set) var lines: [String] = []

  mutating func append(_ blocks: [MarkdownBlock], indent: String = "") {
    for block in blocks { append(block, indent) }
  }

  private mutating func append(_ block: MarkdownBlock, _ indent: String) {
    switch block {
    case .heading(_, let text), .paragraph(let text):
      lines += text.split(separator: "\n").count == 0 ? [] : split(text).map { indent + $0 }
      lines.append("")
    case .code(let code):
      lines += code.split(separator: "\n", omittingEmptySubsequences: false).map { indent + $0 }
      lines.append("")
    case .quote(let blocks): append(blocks, indent: indent + "  ")
    case .rule: lines += [indent + "----", ""]
    case .list(let first, let items, let isTight):
      for (number, item) in items.enumerated() {
        let mark = first.map { "\($0 + number). " } ?? "- "
        let start = lines.count
        append(item, indent: indent + String(repeating: " ", count: mark.count))
        if start < lines.count { lines[start] = indent + mark + trimmedStart(lines[start]) }
        if isTight, lines.last == "" { lines.removeLast() }
      }
      if isTight { lines.append("") }
    case .table(let header, _, let rows):
      for row in [header] + rows {
        lines.append(
          row.map { tabbed(plainText(markdownInline(of: $0))) }.joined(separator: "\t"))
      }
      lines.append("")
    }
  }

  private func split(_ text: String) -> [String] {
    plainText(markdownInline(of: text)).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}

/// A cell of a table by tabs: neither tab nor line end inside.
func tabbed(_ text: String) -> String {
  String(text.map { $0 == "\t" || $0 == "\n" || $0 == "\r\n" ? " " : $0 })
}
