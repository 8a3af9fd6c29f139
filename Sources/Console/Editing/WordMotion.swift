// WordMotion.swift: where the words of an edited text begin and end (console.md 4).
//
// ASCII words include `_` and `.`; a run of hanzi is one word per known name found in it, else the
// whole run. Known names are those of the catalogue, folded.

import Syntax

struct WordMotion {
  let known: KnownWords

  private enum Kind { case gap, word, ideograph }

  private static func kind(of scalar: Unicode.Scalar) -> Kind {
    if scalar.properties.isIdeographic { return .ideograph }
    let isWord = scalar == "_" || scalar == "." || scalar.properties.isAlphabetic
    return isWord || scalar.properties.numericType != nil ? .word : .gap
  }

  /// The words of the text, in order, as ranges of scalars.
  func words(of scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = 0
    while start < scalars.count {
      let kind = Self.kind(of: scalars[start])
      var end = start + 1
      while end < scalars.count, Self.kind(of: scalars[end]) == kind { end += 1 }
      switch kind {
      case .gap: break
      case .word: words.append(start..<end)
      case .ideograph: words += names(in: scalars, start..<end)
      }
      start = end
    }
    return words
  }

  /// The longest known name at each place, left to right; what lies between two names is a word
  /// too.
  private func names(in scalars: [Unicode.Scalar], _ run: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var unknownStart = run.lowerBound
    var index = run.lowerBound
    while index < run.upperBound {
      guard let end = longestName(in: scalars, from: index, to: run.upperBound) else {
        index += 1
        continue
      }
      if unknownStart < index { words.append(unknownStart..<index) }
      words.append(index..<end)
      index = end
      unknownStart = end
    }
    if unknownStart < run.upperBound { words.append(unknownStart..<run.upperBound) }
    return words
  }

  private func longestName(in scalars: [Unicode.Scalar], from start: Int, to end: Int) -> Int? {
    var length = min(known.longestCount, end - start)
    while length > 0 {
      if known.words.contains(EditedText.string(scalars[start..<start + length])) {
        return start + length
      }
      length -= 1
    }
    return nil
  }

  /// The start of the word the cursor is in or after.
  func left(of text: EditedText) -> Int {
    words(of: text.scalars).last { $0.lowerBound < text.cursor }?.lowerBound ?? 0
  }

  /// The end of the word the cursor is in or before.
  func right(of text: EditedText) -> Int {
    words(of: text.scalars).first { $0.upperBound > text.cursor }?.upperBound
      ?? text.scalars.count
  }
}
