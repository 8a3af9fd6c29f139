// EntryReader.swift: the terminal is looked at once, and the reader that suits it reads every
// entry.

import Syntax

/// The line editor, or the plain reader where there can be none (console.md 3.8). For a standard
/// input that is a terminal; one that is not holds statements.
package final class EntryReader {
  private let editor: LineEditor?
  private let plain: PlainReader
  /// Whether lines are drawn by the editor: then colours and boxes may be used too.
  package let isEditing: Bool

  /// Chooses the locale of the process and puts the terminal's attributes aside.
  package init(
    writer: CheckedWriter, style: EditorStyle, hooks: EditorHooks, history: History,
    environment: ConsoleEnvironment = ConsoleEnvironment()
  ) {
    let locale = TerminalLocale.choose()
    var encoding: TerminalEncoding?
    if case .chinese(let name) = locale { encoding = TerminalEncoding(name) }
    let canEdit =
      locale == .utf8 && SystemCalls.isTerminal(writer.outputDescriptor)
      && !environment.isPlainTerminal
    let editor =
      canEdit
      ? LineEditor(
        writer: writer, style: style, hooks: hooks, history: history, environment: environment)
      : nil
    if editor == nil, canEdit {
      writer.report(
        Bilingual(
          "warning: the line editor cannot start; lines are edited by the terminal alone\n",
          "警告：行编辑器无法启动，改由终端自身编辑\n")[style.language])
    }
    isEditing = editor != nil
    plain = PlainReader(
      writer: writer, style: style, hooks: hooks, history: history, encoding: encoding)
    self.editor = editor
  }

  /// Reads one entry.
  package func read(_ prompt: Prompt, draft: String = "") -> EntryEvent {
    editor?.read(prompt, draft: draft) ?? plain.read(prompt, draft: draft)
  }

  /// Takes effect with the next prompt.
  package func change(style: EditorStyle) { editor?.change(style: style) }
  package func change(hooks: EditorHooks) { editor?.change(hooks: hooks) }
}
