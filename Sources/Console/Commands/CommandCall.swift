// CommandCall.swift: a line that begins with a dot arrives; its name and words leave, each with its
// place.

import Syntax

package struct CommandCall: Sendable, Hashable {
  package struct Word: Sendable, Hashable {
    /// Without quotes.
    package var text: String
    package var range: SourceRange
    package var isQuoted: Bool
  }
  /// The line as typed.
  package let text: String
  /// As typed, without its dot.
  package let name: String
  /// Dot and name.
  package let nameRange: SourceRange
  package let words: [Word]
  /// Of the messages.
  package var language = Language.english

  /// nil for a line that is no command.
  package init?(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var offset = 0
    var index = 0
    func width(_ scalar: Unicode.Scalar) -> Int { UTF8.width(scalar) }
    while index < scalars.count, scalars[index].properties.isWhitespace {
      offset += width(scalars[index])
      index += 1
    }
    guard index < scalars.count, [".", "。", "．"].contains(scalars[index]) else { return nil }
    let dot = offset
    offset += width(scalars[index])
    index += 1
    var name = ""
    while index < scalars.count, !scalars[index].properties.isWhitespace {
      name.unicodeScalars.append(scalars[index])
      offset += width(scalars[index])
      index += 1
    }
    guard !name.isEmpty else { return nil }
    self.text = text
    self.name = name
    nameRange = SourceRange(dot, offset)
    words = Self.words(of: scalars[index...], at: offset)
  }

  /// Words are parted by blanks; quotes of either kind hold a blank in.
  private static func words(of scalars: ArraySlice<Unicode.Scalar>, at start: Int) -> [Word] {
    var words: [Word] = []
    var offset = start
    var current: Word?
    var closing: Unicode.Scalar?
    for scalar in scalars {
      let end = offset + UTF8.width(scalar)
      let isBlank = scalar.properties.isWhitespace
      if let wanted = closing {
        if scalar == wanted { closing = nil } else { current?.text.unicodeScalars.append(scalar) }
        current?.range.upper = end
      } else if isBlank {
        if let word = current { words.append(word) }
        current = nil
      } else if let quote = closingQuote(of: scalar), current == nil {
        closing = quote
        current = Word(text: "", range: SourceRange(offset, end), isQuoted: true)
      } else {
        var word = current ?? Word(text: "", range: SourceRange(offset, end), isQuoted: false)
        word.text.unicodeScalars.append(scalar)
        word.range.upper = end
        current = word
      }
      offset = end
    }
    if let current { words.append(current) }
    return words
  }

  private static func closingQuote(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "'", "\"": scalar
    case "“": "”"
    case "‘": "’"
    default: nil
    }
  }

  /// Everything from a word on, as typed; empty behind the last one.
  package func rest(from index: Int) -> String {
    guard words.indices.contains(index) else { return "" }
    var rest = text.slice(SourceRange(words[index].range.lower, text.utf8.count))
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }

  /// Where the arguments stand; where they would stand when there are none.
  package var argumentRange: SourceRange {
    guard let first = words.first, let last = words.last else { return nameRange }
    return SourceRange(first.range.lower, last.range.upper)
  }
}

extension UTF8 {
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x80: 1
    case ..<0x800: 2
    case ..<0x10000: 3
    default: 4
    }
  }
}
