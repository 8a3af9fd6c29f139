// LineEditor.swift: the handle of the line editor: a prompt arrives, an entry leaves.

import Rendering
import Syntax

/// The editor on the terminal of descriptors 0 and 1. One may live at a time.
///
/// While an entry is edited Ctrl-C and Ctrl-Z are keys; between two reads the terminal is as the
/// shell left it, and Ctrl-C is a signal. The handlers of `SystemCalls.handlePromptSignals` put the
/// terminal back when a signal ends the program.
package final class LineEditor {
  private let session: EditorSession

  /// nil when libedit cannot start: then the plain reader does the work.
  package init?(
    writer: CheckedWriter, style: EditorStyle, hooks: EditorHooks, history: History,
    environment: ConsoleEnvironment = ConsoleEnvironment()
  ) {
    SystemCalls.saveTerminal()
    guard let libedit = Libedit() else { return nil }
    libedit.bindKeys()
    session = EditorSession(
      libedit: libedit, writer: writer, environment: environment, style: style, hooks: hooks,
      history: history)
    libedit.setDelegate(session)
  }

  deinit { SystemCalls.restoreTerminal() }

  /// Takes effect with the next prompt.
  package func change(style: EditorStyle) { session.style = style }
  package func change(hooks: EditorHooks) { session.hooks = hooks }

  /// Lets the editor ask its hooks for news. Any thread may call it.
  package static func wake() { SystemCalls.wake() }

  /// Reads one entry. A line dropped by Ctrl-C is followed by a new prompt here.
  ///
  /// - Parameter draft: what stands on the line at first: `.edit` puts an entry back this way.
  package func read(_ prompt: Prompt, draft: String = "") -> EntryEvent {
    session.writer.flush()
    var draft = draft
    while true {
      session.begin(prompt, draft: draft)
      draft = ""
      let result = session.libedit.read()
      session.finish()
      switch session.outcome {
      case .entry(let text): return .entry(text)
      case .dropped: continue
      case .end: return .end
      case .lost: return .lost
      // A command of libedit's own, bound in ~/.editrc, has ended the line.
      case .none: return result == .line ? .entry(session.libedit.line.text) : .end
      }
    }
  }
}
