// LineGuide.swift: the session arrives before each prompt; the answers to what the line editor asks
// while a line is typed leave.

import Catalog
import Rendering
import Syntax

/// Colours, hints, completion and help of the line, all from one state of the session.
final class LineGuide {
  private let completion: GrammarCompletion
  private let history: History

  init(_ context: LineContext, _ history: History) {
    completion = GrammarCompletion(context)
    self.history = history
  }

  /// Takes what the last entry has changed.
  func renew(_ context: LineContext) { completion.context = context }

  private var context: LineContext { completion.context }

  func hooks() -> EditorHooks {
    var hooks = EditorHooks()
    hooks.isIncomplete = { [unowned self] text in
      guard CommandCall(text) == nil else { return false }
      return Syntax.isIncomplete(
        text, knowing: context.knownWords, hasLastQuestion: context.session.lastQuestion != nil)
    }
    hooks.inks = { [unowned self] text, cursor in LineColors(context).inks(of: text, at: cursor) }
    hooks.hint = { [unowned self] line in GhostHint(completion, history).text(behind: line) }
    hooks.completion = completion
    hooks.help = { [unowned self] text, cursor in
      completion.help(before: text.slice(SourceRange(0, cursor)))
    }
    hooks.knownWords = context.knownWords
    return hooks
  }
}
