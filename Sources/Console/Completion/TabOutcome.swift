// TabOutcome.swift: a completion request arrives, what Tab does with it leaves (console.md 5.4).

import Syntax

enum TabOutcome: Sendable {
  /// The only hit takes the place of the word.
  case replace(with: Candidate)
  /// Several: the word grows to `extension` if all hits begin with it, and the menu opens.
  case menu(CompletionMenu, extended: String?)
  /// None: a row that stands for one key.
  case notice(String)
}

extension CompletionRequest {
  /// - Parameter isCancelled: a key waits, or the time for searching is over.
  func outcome(language: Language, isCancelled: () -> Bool) -> TabOutcome {
    let result = candidates.matches(typed, isCancelled: isCancelled)
    if result.matches.isEmpty { return .notice(noMatchNotice(language)) }
    if result.matches.count == 1, !result.isPartial {
      return .replace(with: result.matches[0].candidate)
    }
    return .menu(
      CompletionMenu(result, total: candidates.total),
      extended: result.isPartial ? nil : commonBeginning(of: result.matches))
  }

  /// What all hits begin with, if it is longer than the word and the word is its beginning; a hit
  /// that was found through an alias or pinyin does not begin with the word.
  private func commonBeginning(of matches: [CandidateMatch]) -> String? {
    guard var common = matches.first.map({ Array($0.candidate.insertion) }) else { return nil }
    for match in matches {
      let name = Array(match.candidate.insertion)
      let length = zip(common, name).prefix { $0 == $1 }.count
      common = Array(common.prefix(length))
    }
    let typedLength = Array(typed).count
    guard common.count > typedLength, String(common.prefix(typedLength)) == typed else {
      return nil
    }
    return String(common)
  }

  private func noMatchNotice(_ language: Language) -> String {
    guard let nearest = candidates.nearest(to: typed) else {
      return Bilingual("nothing matches \(typed)", "没有匹配 \(typed)")[language]
    }
    let spelling = nearest.spelling == nearest.name ? "" : " (\(nearest.spelling))"
    return Bilingual(
      "nothing matches \(typed), nearest: \(nearest.name)\(spelling)",
      "没有匹配 \(typed)，最近：\(nearest.name)\(spelling)")[language]
  }
}
