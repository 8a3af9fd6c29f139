// SearchKeys.swift: Ctrl-R and what is typed after it arrive, an entry of the history leaves onto
// the line (console.md 3.7).
//
// Not libedit's search: that one looks the typed character up in a table of bytes, where 期 is a
// control key.

import Rendering
import Syntax

extension EditorSession {
  private struct Search {
    var typed = ""
    var hits: [String] = []
    var place = 0

    var hit: String? { hits.indices.contains(place) ? hits[place] : nil }
  }

  /// Reads keys until the search is over. The line is changed only by its end.
  func search() {
    below = .nothing
    let entries = HistorySearch(history.texts)
    var search = Search()
    while let key = nextKey(drawing: { self.draw(search) }) {
      switch key {
      case .character("\u{12}"):
        if search.place + 1 < search.hits.count { search.place += 1 }
      case .character("\u{13}"):
        if search.place > 0 { search.place -= 1 }
      case .character("\u{07}"), .character("\u{03}"), .escape: return
      case .character("\n"), .character("\r"), .character("\t"): return take(search)
      case .character("\u{08}"), .character("\u{7F}"):
        if !search.typed.isEmpty { search.typed.removeLast() }
        find(&search, entries)
      case .character(let scalar) where scalar.properties.generalCategory != .control:
        search.typed.unicodeScalars.append(scalar)
        find(&search, entries)
      case .invalid: break
      case .character(let scalar): return take(search, then: String(scalar))
      case .sequence(let sequence): return take(search, then: sequence)
      }
    }
  }

  private func find(_ search: inout Search, _ entries: HistorySearch) {
    search.hits = entries.matches(search.typed)
    search.place = 0
  }

  /// Puts the hit on the line; a key that means something else is handled after that.
  private func take(_ search: Search, then keys: String = "") {
    if let hit = search.hit { libedit.line = EditedText(hit) }
    let waiting = input.takeAll()
    input.append(Array(keys.utf8) + waiting)
  }

  private func draw(_ search: Search) {
    let counter = search.hits.isEmpty ? "0/0" : "\(search.place + 1)/\(search.hits.count)"
    let prompt = Prompt(
      Bilingual(
        "(history \(counter)) '\(search.typed)': ", "(历史 \(counter)) ‘\(search.typed)’: ")[
          style.language])
    let line = search.typed.isEmpty ? libedit.line : EditedText(search.hit ?? "")
    draw(line, prompt)
  }
}
