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
  /// - Parameter isCancelled: a key waits, or the time is over and something has been found.
  func outcome(language: Language, isCancelled: (_ hasFound: Bool) -> Bool) -> TabOutcome {
    let result = candidates.matches(typed, isCancelled: isCancelled)
    if result.count == 0, !result.isPartial, !isUnfinished {
      return .notice(noMatchNotice(language, isCancelled))
    }
    if result.count == 1, !result.isPartial { return .replace(with: result[0]) }
    var menu = CompletionMenu(result, isUnfinished: isUnfinished)
    if choosesInitials, result.count > 0, result.matchClass(0) == .initials,
      result[0].name.count == typed.count
    {
      menu.chosen = 0
    }
    return .menu(menu, extended: result.isPartial ? nil : commonBeginning(of: result))
  }

  /// What all hits begin with, if it is longer than the word and the word is its beginning; a hit
  /// that was found through an alias or pinyin does not begin with the word.
  private func commonBeginning(of result: CandidateSet.Result) -> String? {
    guard result.count > 0, !typed.isEmpty else { return nil }
    let typed = Array(typed)
    var common = Array(result[0].name)
    for place in 1..<max(1, result.count) {
      let length = zip(common, result[place].name).prefix { $0 == $1 }.count
      guard length > typed.count else { return nil }
      common.removeLast(common.count - length)
    }
    guard common.count > typed.count, common.starts(with: typed) else { return nil }
    // A part of a name that needs quotes is no word.
    let text = String(common)
    return spelled(result[0]).hasPrefix(text) ? text : nil
  }

  private func noMatchNotice(_ language: Language, _ isCancelled: (Bool) -> Bool) -> String {
    guard let nearest = candidates.nearest(to: typed, isCancelled: isCancelled) else {
      return Bilingual("nothing matches \(typed)", "没有匹配 \(typed)")[language]
    }
    let spelling = nearest.spelling == nearest.name ? "" : " (\(nearest.spelling))"
    return Bilingual(
      "nothing matches \(typed), nearest: \(nearest.name)\(spelling)",
      "没有匹配 \(typed)，最近：\(nearest.name)\(spelling)")[language]
  }
}
