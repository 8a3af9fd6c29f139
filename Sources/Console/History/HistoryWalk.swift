// HistoryWalk.swift: Up and Down arrive, the entry to show leaves.

/// One walk through the history: it begins with the line as typed and ends when that line is
/// edited.
struct HistoryWalk {
  /// What was on the line when the walk began; Down comes back to it.
  let draft: EditedText
  private let entries: [String]
  /// Places in `entries`; -1 is the draft.
  private var place = -1

  /// - Parameter texts: the newest first. With text before the cursor only entries that begin with
  ///   it are walked.
  init(from draft: EditedText, texts: [String]) {
    self.draft = draft
    let beginning = draft.textBeforeCursor
    let draftBytes = Array(draft.text.utf8)
    entries = texts.filter {
      $0.utf8.starts(with: beginning.utf8) && Array($0.utf8) != draftBytes
    }
  }

  var isAtDraft: Bool { place < 0 }

  /// The line the walk shows now.
  var shown: EditedText {
    entries.indices.contains(place) ? EditedText(entries[place]) : draft
  }

  /// The next older entry, with the cursor at its end; nil at the oldest.
  mutating func older() -> EditedText? {
    guard place + 1 < entries.count else { return nil }
    place += 1
    return shown
  }

  /// The next newer entry, at last the draft; nil there.
  mutating func newer() -> EditedText? {
    guard place >= 0 else { return nil }
    place -= 1
    return shown
  }
}
