// RenderReport.swift: the pieces of a report arrive, a finished document leaves: Markdown, a whole
// page of HTML, or plain text with tables by tabs.

import Columns
import Syntax

package enum ReportPiece: Sendable {
  /// Markdown with its inline questions answered.
  case markdown(String)
  /// The answers of one block, in the shape the block asks for.
  case results([Answer], ReportBlock)
}

package enum ReportForm: String, Sendable, CaseIterable {
  case md, html, txt
}

package func renderReport(
  _ pieces: [ReportPiece], as form: ReportForm, language: Language, with options: RenderOptions
) -> [UInt8] {
  var options = options
  (options.isTerminal, options.color, options.rowLimit) = (false, .none, nil)
  options.isReport = true
  let lines =
    switch form {
    case .md: ReportLines.markdown(pieces, options)
    case .html: ReportLines.page(pieces, language, options)
    case .txt: ReportLines.text(pieces, options)
    }
  return Array((lines.joined(separator: "\n") + "\n").utf8)
}

private enum ReportLines {
  /// One empty line between any two pieces.
  static func markdown(_ pieces: [ReportPiece], _ options: RenderOptions) -> [String] {
    var texts: [String] = []
    for piece in pieces {
      switch piece {
      case .markdown(let text): texts.append(withoutEdges(text))
      case .results(let answers, let block):
        for answer in answers {
          texts += parts(of: answer, block, .md, options).map { part in
            part.isCode ? fenced(part.text) : withoutEdges(part.text)
          }
        }
      }
    }
    return [texts.filter { !$0.isEmpty }.joined(separator: "\n\n")]
  }

  private static func withoutEdges(_ text: String) -> String {
    let start = text.drop { $0 == "\n" || $0 == "\r\n" }
    return String(String(start.reversed()).drop { $0 == "\n" || $0 == "\r\n" }.reversed())
  }

  /// A fence longer than any row of backticks inside.
  private static func fenced(_ text: String) -> String {
    var length = 3
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      length = max(length, run + 1)
    }
    let fence = String(repeating: "`", count: length)
    return fence + "\n" + text + "\n" + fence
  }

  // MARK: - HTML

  static func page(_ pieces: [ReportPiece], _ language: Language, _ options: RenderOptions)
    -> [String]
  {
    var title: String?
    var body: [String] = []
    for piece in pieces {
      switch piece {
      case .markdown(let text):
        let blocks = markdownBlocks(of: text)
        for case .heading(_, let heading) in blocks where title == nil {
          title = plainText(markdownInline(of: heading))
        }
        var html = MarkdownHTML()
        html.append(blocks)
        body += html.lines
      case .results(let answers, let block):
        for answer in answers {
          // More columns than a page is wide: set smaller, printed across.
          let isWide = answer.columns.count > 10
          body.append(isWide ? "<div class=\"answer wide\">" : "<div class=\"answer\">")
          for part in parts(of: answer, block, .html, options) {
            body.append(
              part.isCode ? "<pre><code>\(htmlText(part.text, options))</code></pre>" : part.text)
          }
          body.append("</div>")
        }
      }
    }
    let name = htmlText(title ?? "tongbao", options)
    return [
      "<!DOCTYPE html>", "<html lang=\"\(language == .chinese ? "zh-CN" : "en")\">", "<head>",
      "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<title>\(name)</title>", "<style>", reportStyleSheet, "</style>", "</head>", "<body>",
    ] + body + ["</body>", "</html>"]
  }

  // MARK: - Plain text

  static func text(_ pieces: [ReportPiece], _ options: RenderOptions) -> [String] {
    var lines: [String] = []
    for piece in pieces {
      switch piece {
      case .markdown(let text):
        var plain = MarkdownPlain()
        plain.append(markdownBlocks(of: text))
        lines += plain.lines
      case .results(let answers, let block):
        for answer in answers {
          lines += parts(of: answer, block, .txt, options).map(\.text)
          if lines.last != "" { lines.append("") }
        }
      }
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  /// A table by tabs, as one comes out of a printed document; the cells as printed.
  private static func tabbedTable(_ answer: Answer, _ options: RenderOptions) -> String {
    var lines = TextLines()
    lines.appendOpening(of: answer, options)
    if !answer.columns.isEmpty, !answer.rows.isEmpty {
      lines.append(answer.columns.map { tabbed($0.label) }.joined(separator: "\t"))
      for row in answer.rows + (answer.totals.map { [$0] } ?? []) {
        lines.append(row.cells.map { tabbed(options.shown($0)) }.joined(separator: "\t"))
      }
    }
    lines.appendClosing(of: answer, options)
    return trimmedEnd(lines.bytes)
  }

  // MARK: - One answer

  private struct Part {
    var text: String
    var isCode = false
  }

  /// A form that is for programs or terminals stands as code; a drawing follows its table.
  private static func parts(
    of answer: Answer, _ block: ReportBlock, _ form: ReportForm, _ options: RenderOptions
  ) -> [Part] {
    var options = options
    if let asked = answer.form, !asked.isChart, let mode = OutputMode.named(asked.rawValue),
      ![form.rawValue, "md", "html"].contains(mode.name)
    {
      options.mode = mode
      return [Part(text: trimmedEnd(render(answer, with: options)), isCode: true)]
    }
    switch form {
    case .html:
      options.mode = .html
      if block.isChartOnly {
        var drawn = answer
        if drawn.form?.isChart != true { drawn.form = .bar }
        switch drawnSVG(of: drawn, options) {
        case .success(let lines): return [Part(text: lines.joined(separator: "\n"))]
        case .failure(let obstacle):
          return [Part(text: "<p>\(htmlText(obstacle.text[answer.language], options))</p>")]
        }
      }
      return [Part(text: trimmedEnd(render(answer, with: options)))]
    case .md, .txt:
      var parts: [Part] = []
      options.mode = .md
      if !block.isChartOnly {
        let text =
          form == .md
          ? String(decoding: render(answer, with: options), as: UTF8.self)
          : tabbedTable(answer, options)
        parts.append(Part(text: text))
      }
      if answer.form?.isChart == true || block.isChartOnly {
        var drawn = answer
        if drawn.form?.isChart != true { drawn.form = .bar }
        (drawn.headline, drawn.title, drawn.foot, drawn.basis, drawn.notes) = (nil, nil, [], "", [])
        options.mode = .chart
        parts.append(Part(text: trimmedEnd(render(drawn, with: options)), isCode: true))
      }
      return parts
    }
  }

  private static func trimmedEnd(_ bytes: [UInt8]) -> String {
    String(
      decoding: bytes.prefix(bytes.count - bytes.reversed().prefix { $0 == 0x0A }.count),
      as: UTF8.self)
  }
}
