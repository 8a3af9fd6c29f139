// HistorySearch.swift: a few typed characters arrive, the entries that hold them leave (console.md
// 3.7).

import Catalog

/// The history made ready for one search: folded once, not again for each key.
struct HistorySearch {
  private struct Entry {
    let text: String
    let folded: [Unicode.Scalar]
    let name: Pinyin.Name
  }
  private let entries: [Entry]

  /// - Parameter texts: the newest first.
  init(_ texts: [String]) {
    entries = texts.map { text in
      let folded = foldedForMatching(text)
      return Entry(
        text: text, folded: folded, name: Pinyin.shared.name(EditedText.string(folded[...])))
    }
  }

  /// The entries that match, the newest first within each way of matching: those that hold the
  /// text, then those that answer to it as pinyin, then those that hold all its words in any order.
  func matches(_ typed: String) -> [String] {
    let wanted = foldedForMatching(typed)
    guard !wanted.isEmpty else { return [] }
    let words = wanted.split(separator: " ").map { Array($0) }
    let letters = wanted.filter { $0 != " " }
    var holding: [String] = []
    var answering: [String] = []
    var withWords: [String] = []
    for entry in entries {
      if entry.folded.contains(run: wanted) {
        holding.append(entry.text)
      } else if Pinyin.shared.match(letters, entry.name) != nil {
        answering.append(entry.text)
      } else if words.count > 1, words.allSatisfy({ entry.folded.contains(run: $0) }) {
        withWords.append(entry.text)
      }
    }
    return holding + answering + withWords
  }
}
