// CompletionKeys.swift: Tab and the keys of an open menu arrive, the completed line leaves.

import Rendering
import Syntax

/// A menu under the line, and the line as it was when it opened.
struct OpenMenu {
  var menu: CompletionMenu
  /// The line with the word as typed; Esc gives it back.
  let typed: EditedText
  /// The bytes of the word.
  let range: Range<Int>
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
    switch source.completion(in: line.text, at: line.cursorOffset) {
    case .nothing: break
    case .panel(let rows, let text, let cursor):
      libedit.line = EditedText(text, cursorOffset: cursor)
      below = .panel(rows)
      keepsBelow = true
    case .candidates(let request): complete(line, request)
    }
  }

  private func complete(_ line: EditedText, _ request: CompletionRequest) {
    let deadline = SystemCalls.monotonicNanoseconds + Self.searchNanoseconds
    let outcome = request.outcome(language: style.language) {
      SystemCalls.monotonicNanoseconds > deadline
        || SystemCalls.wait(milliseconds: 0).contains(.input)
    }
    switch outcome {
    case .replace(let candidate): libedit.line = Self.put(candidate, into: line, request.range)
    case .menu(let menu, let extended):
      var typed = line
      var range = request.range
      if let extended {
        typed.replace(offsets: range, with: extended)
        range = range.lowerBound..<typed.cursorOffset
        libedit.line = typed
      }
      below = .menu(OpenMenu(menu: menu, typed: typed, range: range))
      keepsBelow = true
    case .notice(let text):
      below = .notice(text)
      keepsBelow = true
    }
  }

  /// The candidate in place of the word, with what follows it, unless that stands there already.
  private static func put(
    _ candidate: Candidate, into line: EditedText, _ range: Range<Int>
  ) -> EditedText {
    var line = line
    line.replace(offsets: range, with: candidate.insertion)
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
    below = .menu(open)
    keepsBelow = true
    guard let chosen = open.menu.chosen else { return true }
    var line = open.typed
    line.replace(offsets: open.range, with: open.menu.items[chosen].insertion)
    libedit.line = line
    return true
  }

  /// Enter in a menu: the chosen candidate stays, and nothing runs; false when none is chosen.
  func takeChosen() -> Bool {
    guard case .menu(let open) = below, let chosen = open.menu.chosen else { return false }
    libedit.line = Self.put(open.menu.items[chosen], into: open.typed, open.range)
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
