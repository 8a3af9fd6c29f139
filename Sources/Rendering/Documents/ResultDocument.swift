// ResultDocument.swift: results arrive one after the other, the bytes of the one file that holds
// them leave.

import Columns
import Syntax

/// Why results do not make a file.
package enum DocumentProblem: Error, Sendable, Hashable {
  case workbook(WorkbookProblem)
  /// A drawing: the answer has nothing that could be drawn, or there is more than one answer.
  case notDrawn(Bilingual)
  /// The file that is appended to begins with other columns.
  case otherColumns
}

/// The results of one file: the blank lines between them, one byte order mark, one workbook.
package struct ResultDocument: Sendable {
  /// A result of a text form; csv and tsv can do without its header.
  private struct Part: Sendable {
    var header: [UInt8]
    var body: [UInt8]
    var hasBlankLineBefore: Bool
    /// What the columns are called in the form of the file; nil where it is written in another.
    var columns: [[UInt8]]?
  }

  package let form: FileForm
  private var parts: [Part] = []
  /// Of the forms that are made in one piece at the end.
  private var answers: [Answer] = []
  private var options = RenderOptions()

  package init(form: FileForm) { self.form = form }

  /// Adds the next result, in its own `as …` where that goes with the form of the file.
  package mutating func add(_ answer: Answer, with wanted: RenderOptions) {
    options = wanted
    options.isTerminal = false
    options.color = .none
    options.rowLimit = nil
    options.width = nil
    guard case .text(let session) = form else {
      answers.append(answer)
      return
    }
    // Of a drawing a file for programs and documents keeps the table.
    let isDrawing = answer.form?.isChart == true
    let hasNoDrawings = ["csv", "tsv", "md", "latex", "list"].contains(form.name)
    options.mode = .chosen(
      for: isDrawing && hasNoDrawings ? nil : answer.form, session: session)
    var part = Part(
      header: [], body: render(answer, with: options),
      hasBlankLineBefore: options.mode.hasBlankLineBetween)
    if options.mode.name == form.name {
      part.columns = columnNames(of: answer)
      if isSeparated, options.headerStyle != .none, !answer.columns.isEmpty {
        // A header is the answer without its rows.
        var headless = options
        headless.headerStyle = .none
        var empty = answer
        (empty.rows, empty.totals) = ([], nil)
        part.header = render(empty, with: options)
        part.body = render(answer, with: headless)
      }
    }
    if !part.header.isEmpty || !part.body.isEmpty { parts.append(part) }
  }

  private var isSeparated: Bool { form.name == "csv" || form.name == "tsv" }
  private var lineEnd: [UInt8] { form.name == "csv" && options.hasBOM ? [0x0D, 0x0A] : [0x0A] }

  /// The whole file.
  package func file() throws(DocumentProblem) -> [UInt8] {
    switch form {
    case .text:
      var bytes = form.name == "csv" && options.hasBOM && !parts.isEmpty ? byteOrderMark : []
      for (index, part) in parts.enumerated() {
        if index > 0, part.hasBlankLineBefore { bytes += lineEnd }
        bytes += part.header + part.body
      }
      return bytes
    case .workbook:
      do { return try renderWorkbook(answers, with: options) } catch { throw .workbook(error) }
    case .drawing:
      guard answers.count == 1 else {
        throw .notDrawn(
          Bilingual(
            "an .svg file holds one chart, not \(answers.count) results",
            ".svg 文件只放一张图，而结果有 \(answers.count) 个"))
      }
      switch drawnSVG(of: answers[0], options) {
      case .success(let lines): return Array((lines.joined(separator: "\n") + "\n").utf8)
      case .failure(let obstacle): throw .notDrawn(obstacle.reason)
      }
    }
  }

  // MARK: - Behind what is there

  /// What follows the bytes that are there; a header is not repeated.
  ///
  /// - Parameter start: the beginning of the file, at least its first line, as UTF-8.
  /// - Parameter endsLine: whether its last byte ends a line.
  /// - Throws: `otherColumns` where a result has not the columns of the first line.
  package func continuation(after start: [UInt8], endsLine: Bool) throws(DocumentProblem)
    -> [UInt8]
  {
    let start = start.starts(with: byteOrderMark) ? start[3...] : start[...]
    guard !start.isEmpty else { return try file() }
    var bytes = endsLine ? [] : lineEnd
    switch form.name {
    case "csv", "tsv":
      if options.headerStyle != .none {
        let line = Array(start.prefix { $0 != 0x0A && $0 != 0x0D })
        guard parts.allSatisfy({ Array($0.header.prefix { $0 != 0x0A && $0 != 0x0D }) == line })
        else { throw .otherColumns }
      }
    case "jsonl":
      let keys = topLevelKeys(ofJSON: start.prefix { $0 != 0x0A })
      guard parts.allSatisfy({ $0.columns == keys }) else { throw .otherColumns }
    case "md": bytes += lineEnd
    default: break
    }
    for part in parts { bytes += part.body }
    return bytes
  }

  private func columnNames(of answer: Answer) -> [[UInt8]] {
    distinctKeys(answer.columns.map(\.name)).map { key in
      var writer = JSONWriter(isTerminal: false)
      writer.append(text: key)
      return writer.bytes
    }
  }
}

package let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// The keys of one JSON object as they are written, with their quotes; what is no object has none.
func topLevelKeys(ofJSON text: some Sequence<UInt8>) -> [[UInt8]] {
  var keys: [[UInt8]] = []
  var string: [UInt8] = []
  var depth = 0
  var (isInString, isEscaped) = (false, false)
  for byte in text {
    if isInString {
      string.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      continue
    }
    switch byte {
    case UInt8(ascii: "\""): (isInString, string) = (true, [byte])
    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
    case UInt8(ascii: ":") where depth == 1: keys.append(string)
    default: break
    }
  }
  return keys
}
