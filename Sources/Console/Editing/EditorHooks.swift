// EditorHooks.swift: what the line editor asks those who know the language.

import Rendering
import Syntax

/// Questions about a text; cursors and ranges are UTF-8 offsets. Each answer is given between two
/// keys, so it must come fast: 2 ms for the colours of a line, 10 ms for a menu.
package struct EditorHooks {
  /// Whether Enter makes a new line (console.md 3.4).
  package var isIncomplete: (String) -> Bool = { _ in false }
  package var inks: (_ text: String, _ cursor: Int) -> [StyledRange] = { _, _ in [] }
  /// Ghost text behind the end of the line (console.md 6.2); nil or empty: none.
  package var hint: (_ text: String) -> String? = { _ in nil }
  package var completion: (any CompletionSource)?
  /// The rows of F1: what may come here.
  package var help: (_ text: String, _ cursor: Int) -> [PanelLine] = { _, _ in [] }
  /// Alt-E; nil when the editor could not be run. It reports that itself.
  package var editExternally: ((String) -> String?)?
  /// Asked after `LineEditor.wake`: lines to print above the prompt.
  package var news: () -> [String] = { [] }
  /// Told of the text once it is drawn and no other key is there: Enter may be next.
  package var prepare: (String) -> Void = { _ in }
  /// Names of the catalogue, folded: the words of Ctrl-W and Alt-B.
  package var knownWords = KnownWords()

  package init() {}
}

extension EditorHooks {
  /// What Enter behind a question mark at the end of a sentence that cannot run yet opens; nil for
  /// any other text.
  func answer(toQuestionMarkOf text: String) -> CompletionReply? {
    guard text.hasSuffix(" ?") || text.hasSuffix(" ？") || text.hasSuffix("　？"),
      text.contains(where: { !$0.isWhitespace && $0 != "?" && $0 != "？" }),
      isIncomplete(String(text.dropLast()))
    else { return nil }
    return completion?.completion(in: text, at: text.utf8.count)
  }
}

/// How the editor looks and speaks.
package struct EditorStyle: Sendable {
  package var palette: Palette
  package var language: Language
  /// 1 or 2.
  package var ambiguousWidth: Int

  package init(palette: Palette, language: Language, ambiguousWidth: Int = 1) {
    self.palette = palette
    self.language = language
    self.ambiguousWidth = ambiguousWidth
  }
}

/// What became of one prompt.
package enum EntryEvent: Sendable, Hashable {
  /// An entry to run, with its newlines. It may be empty.
  case entry(String)
  /// Ctrl-D on an empty line, or the end of the input.
  case end
  /// The terminal has gone away.
  case lost
}
