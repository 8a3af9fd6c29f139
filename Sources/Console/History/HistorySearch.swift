// HistorySearch.swift: a few typed characters arrive, the entries that hold them leave (console.md
// 3.7).

import Catalog

/// The entries that match, the newest first within each way of matching: those that hold the text,
/// then those that answer to it as pinyin, then those that hold all its words in any order.
func historyMatches(_ typed: String, in texts: [String]) -> [String] {
  let wanted = foldedForMatching(typed)
  guard !wanted.isEmpty else { return [] }
  let words = wanted.split(separator: " ").map { Array($0) }
  let letters = wanted.filter { $0 != " " }
  var holding: [String] = []
  var answering: [String] = []
  var withWords: [String] = []
  for text in texts {
    let folded = foldedForMatching(text)
    if folded.contains(run: wanted) {
      holding.append(text)
    } else if Pinyin.shared.match(letters, Pinyin.shared.name(EditedText.string(folded[...])))
      != nil
    {
      answering.append(text)
    } else if words.count > 1, words.allSatisfy({ folded.contains(run: $0) }) {
      withWords.append(text)
    }
  }
  return holding + answering + withWords
}
