// GhostHint.swift: the line as typed arrives; the dim text behind its end leaves (console.md 6.2).

import Syntax

/// What the person may be about to type: it is never part of the text.
struct GhostHint {
  private let completion: GrammarCompletion
  private let history: History

  init(_ completion: GrammarCompletion, _ history: History) {
    self.completion = completion
    self.history = history
  }

  private var context: LineContext { completion.context }

  /// At an empty prompt the correction of the last error; else the rest of the newest entry that
  /// begins so, asked of the same data; else the rest of the best completion.
  func text(behind line: String) -> String? {
    if line.isEmpty { return context.correction }
    if let hit = history.continuation(of: line, dataName: context.dataName) {
      return String(decoding: Array(hit.utf8).dropFirst(line.utf8.count), as: UTF8.self)
    }
    return restOfCompletion(line)
  }

  /// Only where the candidate goes on from what is typed: a hint changes nothing before it.
  private func restOfCompletion(_ line: String) -> String? {
    guard case .candidates(let request)? = completion.hintReply(line), !request.typed.isEmpty
    else { return nil }
    let result = request.candidates.matches(request.typed) { _ in
      SystemCalls.wait(milliseconds: 0).contains(.input)
    }
    guard result.count > 0, result.matchClass(0) <= .aliasPrefix else { return nil }
    let spelled = request.spelled(result[0])
    let typed = line.slice(SourceRange(request.range.lowerBound, line.utf8.count))
    guard spelled.utf8.count > typed.utf8.count, spelled.utf8.starts(with: typed.utf8) else {
      return nil
    }
    return String(decoding: Array(spelled.utf8).dropFirst(typed.utf8.count), as: UTF8.self)
  }
}
