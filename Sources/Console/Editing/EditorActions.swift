// EditorActions.swift: an action that a key is bound to arrives, the changed line leaves.

import Rendering
import Syntax

extension EditorSession {
  func perform(_ action: EditorAction) -> ActionResult {
    let wasAfterPaste = isAfterPaste
    isAfterPaste = false
    switch action {
    case .enter: return enter()
    case .deleteRightOrLeave: return deleteRightOrLeave()
    case .dropLine: return dropLine()
    case .complete, .completeBack: complete(step: action == .complete ? 1 : -1)
    case .previousEntry, .nextEntry: goVertically(by: action == .previousEntry ? -1 : 1)
    case .pageUp, .pageDown: turnPage(by: action == .pageUp ? -1 : 1)
    case .right, .lineEnd, .wordRight: goRight(action)
    case .search, .searchForward: search()
    case .suspend: suspend()
    case .clearScreen: clearScreen()
    case .paste: paste()
    case .editExternally: editInEditor()
    case .help: open(.panel(hooks.help(libedit.line.text, libedit.line.cursorOffset)))
    case .closePanel, .nothing:
      // A key without meaning changes nothing, not even what is shown.
      isAfterPaste = wasAfterPaste
      keepsBelow = true
    default: editText(action)
    }
    return .done
  }

  // MARK: Text

  /// Motions and edits that need the text alone.
  private func editText(_ action: EditorAction) {
    let words = WordMotion(known: hooks.knownWords)
    edit { line in
      switch action {
      case .newline: line.insert("\n")
      case .left: line.cursor = line.previousCharacter(from: line.cursor)
      case .lineStart: line.cursor = line.lineStart(from: line.cursor)
      case .wordLeft: line.cursor = words.left(of: line)
      case .deleteLeft:
        line.remove(from: line.previousCharacter(from: line.cursor), to: line.cursor)
      case .deleteRight:
        line.remove(from: line.cursor, to: line.nextCharacter(from: line.cursor))
      case .killWordLeft: killed = line.remove(from: words.left(of: line), to: line.cursor)
      case .killWordRight: killed = line.remove(from: line.cursor, to: words.right(of: line))
      case .killToEnd:
        // At the end of a line its line break goes.
        let end = line.lineEnd(from: line.cursor)
        killed = line.remove(from: line.cursor, to: end > line.cursor ? end : end + 1)
      case .killLine:
        killed = line.remove(
          from: line.lineStart(from: line.cursor), to: line.lineEnd(from: line.cursor))
      case .yank: line.insert(killed)
      case .transpose: line.transpose()
      case .undo: line = undo.undo() ?? line
      case .lastWord:
        let words = history.texts.first?.split(whereSeparator: \.isWhitespace)
        line.insert(words?.last.map { String($0) } ?? "")
      default: break
      }
    }
  }

  /// To the right; at the end of the line into the hint.
  private func goRight(_ action: EditorAction) {
    let words = WordMotion(known: hooks.knownWords)
    let ghost = shownGhost
    edit { line in
      guard line.isAtEnd, !ghost.isEmpty else {
        switch action {
        case .right: line.cursor = line.nextCharacter(from: line.cursor)
        case .lineEnd: line.cursor = line.lineEnd(from: line.cursor)
        default: line.cursor = words.right(of: line)
        }
        return
      }
      guard action == .wordRight else { return line.insert(ghost) }
      var whole = line
      whole.insert(ghost)
      let end = words.right(of: EditedText(scalars: whole.scalars, cursor: line.cursor))
      line.insert(EditedText.string(whole.scalars[line.cursor..<end]))
    }
  }

  // MARK: Enter, Ctrl-D, Ctrl-C

  private func enter() -> ActionResult {
    if takeChosen() { return .done }
    if isInsideBurst {
      edit { $0.insert("\n") }
      burstHasNewline = true
      isAfterPaste = true
      return .done
    }
    // The last line break of a raw paste: nothing of a paste runs by itself.
    if burstHasNewline { return .done }
    let line = libedit.line
    let lastLine = line.scalars[line.lineStart(from: line.scalars.count)...]
    let isBlankContinuation =
      line.scalars.contains("\n") && lastLine.allSatisfy(\.properties.isWhitespace)
    if case .panel(let rows, let text, let cursor) = hooks.answer(toQuestionMarkOf: line.text) {
      libedit.line = EditedText(text, cursorOffset: cursor)
      open(.panel(rows))
      return .done
    }
    if !isBlankContinuation, hooks.isIncomplete(line.text) {
      edit { line in
        line.cursor = line.scalars.count
        line.insert("\n")
      }
      return .done
    }
    leaveLine()
    var text = line.text
    while text.last?.isNewline == true { text.removeLast() }
    outcome = .entry(text)
    return .accept
  }

  private func deleteRightOrLeave() -> ActionResult {
    guard libedit.line.isEmpty else {
      edit { $0.remove(from: $0.cursor, to: $0.nextCharacter(from: $0.cursor)) }
      return .done
    }
    leaveLine()
    outcome = .end
    return .leave
  }

  private func dropLine() -> ActionResult {
    let text = libedit.line.text
    guard text.isEmpty else {
      leaveLine()
      history.rememberDropped(text)
      outcome = .dropped
      return .accept
    }
    wasDropping = true
    emptyDropCount += 1
    if emptyDropCount == 3 {
      emptyDropCount = 0
      printAbove([
        Bilingual("to leave press Ctrl-D or type .quit", "退出请按 Ctrl-D 或输入 .退出")[style.language]
      ])
    }
    return .done
  }

  // MARK: Rows and history

  private func goVertically(by step: Int) {
    if walkMenu(step) { return }
    let line = libedit.line
    let layout = layout(of: line)
    let place = layout.place(of: line.cursor)
    if let index = layout.index(row: place.row + step, column: place.column) {
      edit { $0.cursor = index }
      return
    }
    // A line that has been edited begins a walk of its own.
    let going = walk.flatMap { $0.shown.scalars == line.scalars ? $0 : nil }
    var walk = going ?? HistoryWalk(from: line, texts: history.texts)
    guard let shown = step < 0 ? walk.older() : walk.newer() else { return }
    self.walk = walk.isAtDraft ? nil : walk
    libedit.line = shown
  }

  /// Page keys: through a long menu, else to the beginning or end of the text.
  private func turnPage(by step: Int) {
    if walkMenu(step * max(1, min(CompletionMenu.rowLimit, size.rows / 3) - 1)) { return }
    edit { $0.cursor = step < 0 ? 0 : $0.scalars.count }
  }

  // MARK: Paste

  static let pasteByteLimit = 1 << 20

  /// Takes everything up to the end mark of a bracketed paste as one insertion.
  private func paste() {
    let end = Array(EditorAction.pasteEnd.utf8)
    var bytes = input.takeAll()
    var searchedCount = 0
    while true {
      if let place = firstPlace(of: end, in: bytes, from: searchedCount) {
        input.append(Array(bytes[(place + end.count)...]))
        bytes.removeSubrange(place...)
        break
      }
      searchedCount = max(0, bytes.count - end.count)
      // A terminal that stops in the middle must not hold the line for ever.
      guard SystemCalls.wait(milliseconds: 2000).contains(.input),
        let more = try? Libedit.bytes(), !more.isEmpty
      else { break }
      bytes += more
    }
    isAfterPaste = true
    guard bytes.count <= Self.pasteByteLimit else {
      open(
        .notice(
          Bilingual("the paste is over 1 MiB and was left out", "粘贴内容超过 1 MiB，没有插入")[
            style.language]))
      return
    }
    edit { $0.insert(pastedText(bytes)) }
  }

  private func firstPlace(of wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count - start >= wanted.count else { return nil }
    return (start...(bytes.count - wanted.count)).first {
      bytes[$0] == wanted[0] && bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }

  // MARK: The person's own editor

  private func editInEditor() {
    guard let editExternally = hooks.editExternally else { return }
    leaveLine()
    pauseTerminal()
    let text = editExternally(libedit.line.text)
    resumeTerminal()
    if let text { libedit.line = EditedText(text) }
  }
}
