// CompletionKeys.swift: Tab and the keys of an open menu arrive, the completed line leaves.

import Rendering
import Syntax

/// A menu under the line, and the line as it was when it opened.
struct OpenMenu {
  var menu: CompletionMenu
  /// The line with the word as typed; Esc gives it back.
  let typed: EditedText
  let request: CompletionRequest
  /// The bytes of the word, which may have grown since the request.
  let range: Range<Int>

  /// The line with the chosen candidate in place of the word; nil when none is chosen.
  var chosenLine: EditedText? {
    guard let chosen = menu.chosen else { return nil }
    var line = typed
    line.replace(offsets: range, with: request.spelled(menu.result[chosen]))
    return line
  }
}

extension EditorSession {
  /// Searching is broken off after it, and the menu shows what was found.
  static let searchNanoseconds: Int64 = 30_000_000

  func complete(step: Int) {
    if walkMenu(step) { return }
    guard step > 0 else { return }
    if isInsideBurst {
      edit { $0.insert("  ") }
      isAfterPaste = true
      return
    }
    guard let source = hooks.completion else { return }
    let line = libedit.line
    let deadline = SystemCalls.monotonicNanoseconds + Self.searchNanoseconds
    show(reply(of: source, for: line, deadline), for: line, deadline)
  }

  /// What the source says, once it has counted or the time is over or a key is typed.
  private func reply(
    of source: any CompletionSource, for line: EditedText, _ deadline: Int64
  ) -> CompletionReply {
    while true {
      let reply = source.completion(in: line.text, at: line.cursorOffset)
      guard case .candidates(let request) = reply, request.isUnfinished,
        SystemCalls.monotonicNanoseconds < deadline,
        !SystemCalls.wait(milliseconds: 1).contains(.input)
      else { return reply }
    }
  }

  private func show(_ reply: CompletionReply, for line: EditedText, _ deadline: Int64) {
    switch reply {
    case .nothing: break
    case .panel(let rows, let text, let cursor):
      libedit.line = EditedText(text, cursorOffset: cursor)
      open(.panel(rows))
    case .notice(let text): open(.notice(text))
    case .candidates(let request): complete(line, request, deadline)
    }
  }

  /// Shows something under the line that outlives the key being handled.
  func open(_ below: Below) {
    self.below = below
    keepsBelow = true
  }

  private func complete(_ line: EditedText, _ request: CompletionRequest, _ deadline: Int64) {
    let outcome = request.outcome(language: style.language) { hasFound in
      hasFound && SystemCalls.monotonicNanoseconds > deadline
        || SystemCalls.wait(milliseconds: 0).contains(.input)
    }
    switch outcome {
    case .replace(let candidate):
      libedit.line = Self.put(candidate, as: request.spelled(candidate), into: line, request.range)
    case .menu(let menu, let extended):
      var typed = line
      var range = request.range
      if let extended {
        typed.replace(offsets: range, with: extended)
        range = range.lowerBound..<typed.cursorOffset
        libedit.line = typed
      }
      let menu = OpenMenu(menu: menu, typed: typed, request: request, range: range)
      open(.menu(menu))
      if let line = menu.chosenLine { libedit.line = line }
    case .notice(let text): open(.notice(text))
    }
  }

  /// The names or counts that a menu was opened without are there.
  func refreshMenu() {
    guard case .menu(let open) = below, open.menu.isUnfinished, open.menu.chosen == nil,
      let source = hooks.completion, libedit.line == open.typed,
      case .candidates(let request) = source.completion(
        in: open.typed.text, at: open.typed.cursorOffset)
    else { return }
    let result = request.candidates.matches(request.typed) { _ in
      SystemCalls.wait(milliseconds: 0).contains(.input)
    }
    below = .menu(
      OpenMenu(
        menu: CompletionMenu(result, isUnfinished: request.isUnfinished), typed: open.typed,
        request: request, range: request.range))
  }

  /// The candidate in place of the word, with what follows it, unless that stands there already.
  private static func put(
    _ candidate: Candidate, as spelling: String, into line: EditedText, _ range: Range<Int>
  ) -> EditedText {
    var line = line
    line.replace(offsets: range, with: spelling)
    let ending = Array(candidate.ending.unicodeScalars)
    if line.scalars[line.cursor...].starts(with: ending) {
      line.cursor += ending.count
    } else {
      line.insert(candidate.ending)
    }
    return line
  }

  /// Moves the choice of the open menu and shows it on the line; false when no menu is open.
  func walkMenu(_ step: Int) -> Bool {
    guard case .menu(var open) = below else { return false }
    open.menu.walk(step)
    self.open(.menu(open))
    if let line = open.chosenLine { libedit.line = line }
    return true
  }

  /// Enter in a menu: the chosen candidate stays, and nothing runs; false when none is chosen.
  func takeChosen() -> Bool {
    guard case .menu(let open) = below, let chosen = open.menu.chosen else { return false }
    let candidate = open.menu.result[chosen]
    libedit.line = Self.put(
      candidate, as: open.request.spelled(candidate), into: open.typed, open.range)
    below = .nothing
    return true
  }

  /// Esc: closes what is open under the line; a menu gives the typed word back. False when there is
  /// nothing to close.
  func closeBelow() -> Bool {
    switch below {
    case .nothing: return false
    case .menu(let open): libedit.line = open.typed
    case .notice, .panel: break
    }
    below = .nothing
    return true
  }
}
