// MarkdownInline.swift: the text of one block arrives, its marked parts leave.

indirect enum MarkdownInline: Hashable {
  case text(String)
  case code(String)
  case emphasis([MarkdownInline])
  case strong([MarkdownInline])
  case struck([MarkdownInline])
  case link(String, [MarkdownInline])
  case lineBreak
}

/// The parts of a text; marks without a partner stand for themselves.
func markdownInline(of text: String, depth: Int = 0) -> [MarkdownInline] {
  var reader = InlineReader(text, depth: depth)
  return reader.read()
}

/// One pass from left to right; emphasis is found afterwards among the marks that were met.
private struct InlineReader {
  private enum Piece {
    case part(MarkdownInline)
    case marks(Character, count: Int, opens: Bool, closes: Bool)
  }

  /// How far a partner is looked for: without a bound, marks without one would cost their square.
  private static let reach = 2_000

  private let characters: [Character]
  private let depth: Int
  private var place = 0
  private var plain = ""
  private var pieces: [Piece] = []

  init(_ text: String, depth: Int) {
    characters = Array(text)
    self.depth = depth
  }

  mutating func read() -> [MarkdownInline] {
    while place < characters.count {
      let character = characters[place]
      switch character {
      case "\\": readEscape()
      case "`": readCode()
      case "*", "_", "~": readMarks(character)
      case "[", "!": readLink()
      case "<": readAngle()
      case "&": readEntity()
      case "\n", "\r\n": readLineEnd()
      default:
        plain.append(character)
        place += 1
      }
    }
    endPlain()
    return paired()
  }

  private mutating func endPlain() {
    if !plain.isEmpty { pieces.append(.part(.text(plain))) }
    plain = ""
  }

  private func character(at index: Int) -> Character? {
    characters.indices.contains(index) ? characters[index] : nil
  }

  // MARK: - What stands for itself

  private mutating func readEscape() {
    guard let next = character(at: place + 1) else {
      plain.append("\\")
      place += 1
      return
    }
    if next == "\n" {
      endPlain()
      pieces.append(.part(.lineBreak))
    } else if next.isASCII, next.isPunctuation || next.isSymbol {
      plain.append(next)
    } else {
      plain += "\\" + String(next)
    }
    place += 2
  }

  private mutating func readCode() {
    let length = characters[place...].prefix { $0 == "`" }.count
    var end = place + length
    let bound = min(characters.count, end + Self.reach)
    while end < bound {
      let run = characters[end...].prefix { $0 == "`" }.count
      if run == length { break }
      end += max(1, run)
    }
    guard end < bound else {
      plain += String(repeating: "`", count: length)
      place += length
      return
    }
    var code = String(characters[(place + length)..<end].map { $0 == "\n" ? " " : $0 })
    if code.hasPrefix(" "), code.hasSuffix(" "), !isBlank(code) {
      code = String(code.dropFirst().dropLast())
    }
    endPlain()
    pieces.append(.part(.code(code)))
    place = end + length
  }

  /// Two blanks before the end of a line break it; between hanzi a line end is nothing.
  private mutating func readLineEnd() {
    let isHard = plain.hasSuffix("  ")
    while plain.last == " " { plain.removeLast() }
    place += 1
    if isHard {
      endPlain()
      pieces.append(.part(.lineBreak))
    } else if let before = plain.last, let after = character(at: place),
      displayWidth(String(before)) == 2,
      displayWidth(String(after)) == 2
    {
      return
    } else {
      plain.append("\n")
    }
  }

  /// `<br>`, an address in angle brackets, or the character itself.
  private mutating func readAngle() {
    let rest = characters[place..<min(characters.count, place + Self.reach)]
    if let end = rest.firstIndex(of: ">") {
      let inner = String(characters[(place + 1)..<end])
      let isAddress =
        ["http://", "https://", "mailto:"].contains { inner.hasPrefix($0) }
        && !inner.contains { $0 == " " || $0 == "<" || $0 == "\n" }
      if inner == "br" || isAddress {
        endPlain()
        pieces.append(.part(inner == "br" ? .lineBreak : .link(inner, [.text(inner)])))
        place = end + 1
        return
      }
    }
    plain.append("<")
    place += 1
  }

  private mutating func readEntity() {
    let name = String(characters[(place + 1)...].prefix(8).prefix { $0 != ";" })
    let known: [String: String] = [
      "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "#39": "'", "nbsp": "\u{A0}",
    ]
    guard let meant = known[name], character(at: place + name.count + 1) == ";" else {
      plain.append("&")
      place += 1
      return
    }
    plain += meant
    place += name.count + 2
  }

  // MARK: - Links

  /// `[text](address)`; a picture is a link to it, because a report fetches nothing.
  private mutating func readLink() {
    let start = characters[place] == "!" ? place + 1 : place
    guard depth < 8, character(at: start) == "[", let textEnd = closing("[", "]", from: start),
      character(at: textEnd + 1) == "(", let end = closing("(", ")", from: textEnd + 1)
    else {
      plain.append(characters[place])
      place += 1
      return
    }
    let text = String(characters[(start + 1)..<textEnd])
    let address = String(characters[(textEnd + 2)..<end].prefix { $0 != " " })
    let parts = markdownInline(of: text, depth: depth + 1)
    endPlain()
    if isHarmless(address) {
      pieces.append(.part(.link(address, parts)))
    } else {
      pieces += parts.map { .part($0) }
    }
    place = end + 1
  }

  private func closing(_ open: Character, _ close: Character, from start: Int) -> Int? {
    var level = 0
    var index = start
    while index < min(characters.count, start + Self.reach) {
      if characters[index] == "\\" {
        index += 1
      } else if characters[index] == open {
        level += 1
      } else if characters[index] == close {
        level -= 1
        if level == 0 { return index }
      }
      index += 1
    }
    return nil
  }

  /// An address without a scheme is a place beside the report; of the schemes none that runs.
  private func isHarmless(_ address: String) -> Bool {
    let scheme = address.prefix { $0 != ":" && $0 != "/" && $0 != "#" && $0 != "?" }
    guard scheme.endIndex < address.endIndex, address[scheme.endIndex] == ":" else { return true }
    return ["http", "https", "mailto"].contains(scheme.lowercased())
  }

  // MARK: - Emphasis

  private mutating func readMarks(_ mark: Character) {
    let count = characters[place...].prefix { $0 == mark }.count
    let before = character(at: place - 1)
    let after = character(at: place + count)
    // Only marks of ASCII count as punctuation, so that `**注意：**后文` is strong.
    let opensHere = !isGap(after) && (!isMark(after) || isGap(before) || isMark(before))
    let closesHere = !isGap(before) && (!isMark(before) || isGap(after) || isMark(after))
    endPlain()
    if mark == "~", count != 2 {
      plain += String(repeating: "~", count: count)
    } else if mark == "_" {
      pieces.append(
        .marks(
          mark, count: count, opens: opensHere && (!closesHere || isMark(before)),
          closes: closesHere && (!opensHere || isMark(after))))
    } else {
      pieces.append(.marks(mark, count: count, opens: opensHere, closes: closesHere))
    }
    place += count
  }

  private func isGap(_ character: Character?) -> Bool { character?.isWhitespace ?? true }
  private func isMark(_ character: Character?) -> Bool {
    guard let character, character.isASCII else { return false }
    return character.isPunctuation || character.isSymbol
  }

  /// Joins each closing mark with the nearest opening one before it.
  private func paired() -> [MarkdownInline] {
    var open: [(mark: Character, count: Int, opens: Bool, parts: [MarkdownInline])] = []
    var top: [MarkdownInline] = []
    func append(_ part: MarkdownInline) {
      if open.isEmpty { top.append(part) } else { open[open.count - 1].parts.append(part) }
    }
    /// Marks that found no partner are text, and what they held goes on outside.
    func unwind(to count: Int) {
      while open.count > count {
        let last = open.removeLast()
        append(.text(String(repeating: last.mark, count: last.count)))
        for part in last.parts { append(part) }
      }
    }
    for piece in pieces {
      switch piece {
      case .part(let part): append(part)
      case .marks(let mark, var count, let opens, let closes):
        while closes, count > 0, let partner = open.lastIndex(where: { $0.mark == mark }) {
          unwind(to: partner + 1)
          let width = min(2, count, open[partner].count)
          let inner = open[partner].parts
          let part: MarkdownInline =
            mark == "~" ? .struck(inner) : width == 2 ? .strong(inner) : .emphasis(inner)
          count -= width
          if open[partner].count > width {
            open[partner].count -= width
            open[partner].parts = [part]
          } else {
            open.removeLast()
            append(part)
          }
        }
        if count > 0, opens, open.count < 50 {
          open.append((mark, count, opens, []))
        } else if count > 0 {
          append(.text(String(repeating: mark, count: count)))
        }
      }
    }
    unwind(to: 0)
    return top
  }
}
