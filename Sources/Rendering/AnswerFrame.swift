// AnswerFrame.swift: what stands around the table of a people's mode: headline, foot, basis, notes.

import Columns
import Syntax

/// Lines with their colours, before they become bytes.
struct TextLines {
  var bytes: [UInt8] = []

  mutating func append(_ line: String) {
    bytes.append(contentsOf: line.utf8)
    bytes.append(0x0A)
  }
}

extension TextLines {
  /// One piece of text, wrapped at the width: the frame is never cut.
  mutating func append(wrapping text: String, _ ink: Ink?, _ options: RenderOptions) {
    let safe = options.inLine(text)
    // A projector shows dim text as no text.
    let ink = ink == .faint && options.isPresenting ? nil : ink
    let lines =
      options.width.map { wrapped(safe, to: max(1, $0), ambiguous: options.ambiguousWidth) }
      ?? [safe]
    for line in lines { append(ink.map { options.color.paint(line, $0) } ?? line) }
  }

  /// One of several remarks: what does not fit goes on set in, so that each begin is seen.
  mutating func append(folding text: String, _ ink: Ink?, _ options: RenderOptions) {
    let ambiguous = options.ambiguousWidth
    guard let width = options.width, width > 16,
      displayWidth(options.inLine(text), ambiguous: ambiguous) > width
    else { return append(wrapping: text, ink, options) }
    let ink = ink == .faint && options.isPresenting ? nil : ink
    let pieces = wrapped(options.inLine(text), to: width, hanging: 2, ambiguous: ambiguous)
    for (index, piece) in pieces.enumerated() {
      append((index == 0 ? "" : "  ") + (ink.map { options.color.paint(piece, $0) } ?? piece))
    }
  }

  /// A line that may be set in already; what does not fit goes on four cells further in.
  mutating func append(prose text: String, _ options: RenderOptions) {
    let indent = text.prefix { $0 == " " }.count
    guard let width = options.width, width > 16, indent < width / 2 else {
      return append(options.inLine(text))
    }
    append(hanging: String(text.dropFirst(indent)), indent: indent, options)
  }

  /// A text that begins at `indent`; the lines it is wrapped into are set in by four cells more.
  ///
  /// - Parameter marked: a word of its first line, with the colour it takes.
  mutating func append(
    hanging text: String, indent: Int, _ options: RenderOptions,
    marked: (word: String, ink: Ink)? = nil
  ) {
    let room = max(5, (options.width ?? Int.max) - indent)
    let pieces = wrapped(
      options.inLine(text), to: room, hanging: 4, ambiguous: options.ambiguousWidth)
    for (index, whole) in pieces.enumerated() {
      var piece = whole
      if index == 0, let marked, let place = piece.firstRange(of: marked.word) {
        piece.replaceSubrange(place, with: options.color.paint(marked.word, marked.ink))
      }
      append(String(repeating: " ", count: index == 0 ? indent : indent + 4) + piece)
    }
  }

  mutating func appendOpening(of answer: Answer, _ options: RenderOptions) {
    if let title = answer.title, !title.isEmpty { append(wrapping: title, .header, options) }
    if options.showsHeadline, let headline = answer.headline, !headline.isEmpty {
      append(wrapping: headline, .headline, options)
    }
  }

  /// - Parameter missing: what the table left out, said after the engine's own foot lines.
  mutating func appendClosing(
    of answer: Answer, missing: [String] = [], _ options: RenderOptions
  ) {
    for line in answer.foot + missing { append(folding: line, .faint, options) }
    if !answer.basis.isEmpty { append(folding: basisLine(of: answer), .faint, options) }
    for line in shownNoteLines(of: answer, options) { append(folding: line, nil, options) }
  }
}

func basisLine(of answer: Answer) -> String {
  answer.language == .chinese ? "口径：\(answer.basis)" : "basis: \(answer.basis)"
}

func noteLine(_ note: AnswerNote, _ language: Language) -> String {
  language == .chinese ? "注 \(note.code)：\(note.text)" : "note \(note.code): \(note.text)"
}

/// The notes that are not said elsewhere already, in their order.
func shownNotes(of answer: Answer, _ level: NoteLevel) -> [AnswerNote] {
  switch level {
  case .none: []
  case .standard: answer.notes.filter { !$0.isInformational }
  case .all: answer.notes
  }
}

/// The note lines of a people's mode: of more than four the first three, then how to see the rest.
/// A report has no prompt to ask at, and says them all.
func shownNoteLines(of answer: Answer, _ options: RenderOptions) -> [String] {
  let notes = shownNotes(of: answer, options.noteLevel)
  let lines = notes.map { noteLine($0, answer.language) }
  guard options.noteLevel != .all, !options.isReport, notes.count > 4 else { return lines }
  let rest = notes.count - 3
  let more = answer.language == .chinese ? "另有 \(rest) 条，.注 all" : "\(rest) more, .notes all"
  return lines.prefix(3) + [more]
}

/// What the console writes to stderr beside the result of a data mode. On a terminal they are safe.
package func noteLines(_ answer: Answer, with options: RenderOptions) -> [String] {
  shownNotes(of: answer, options.noteLevel).map {
    options.inLine(noteLine($0, answer.language))
  }
}

/// The same notes for `--errors json`, one object each with its newline.
package func noteObjects(
  _ answer: Answer, with options: RenderOptions, place: DiagnosticPlace
) -> [String] {
  shownNotes(of: answer, options.noteLevel).map { noteJSON($0, place: place) }
}

/// The words of what a table leaves out.
struct Omission {
  var language: Language

  func hiddenColumns(_ labels: [String]) -> String {
    let count = labels.count
    if language == .chinese {
      return "另有 \(count) 列未显示，.格式 vertical 可看全：" + labels.joined(separator: "、")
    }
    let noun = count == 1 ? "column" : "columns"
    return "\(count) more \(noun) not shown, .mode vertical shows all: "
      + labels.joined(separator: ", ")
  }

  func hiddenRows(_ count: Int) -> String {
    let number = grouped(count)
    if language == .chinese { return "另有 \(number) 行未显示，as csv into 文件 可得全部" }
    return "\(number) more \(count == 1 ? "row" : "rows") not shown, as csv into FILE gives all"
  }
}

/// `1800` as `1,800`.
func grouped(_ number: Int) -> String {
  var text = ""
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text = "," + text }
    text = String(digit) + text
  }
  return number < 0 ? "-" + text : text
}
