// EditorAction.swift: what a key can do that libedit cannot, by the names ~/.editrc may bind, and
// the keys it is bound to.

/// Our own editor commands. The raw value is the number libedit's shim knows it by.
enum EditorAction: Int32, CaseIterable {
  case enter, newline, complete, completeBack
  case previousEntry, nextEntry, pageUp, pageDown
  case left, right, lineStart, lineEnd, wordLeft, wordRight
  case deleteLeft, deleteRight, deleteRightOrLeave
  case killWordLeft, killWordRight, killToEnd, killLine, yank, transpose, undo
  case search, searchForward, dropLine, suspend, clearScreen
  case paste, lastWord, editExternally, help, closePanel, nothing

  /// The name in `bind`.
  var name: String {
    var name = "tongbao-"
    for character in "\(self)" {
      name += character.isUppercase ? "-" + character.lowercased() : String(character)
    }
    return name
  }

  /// Keys of the emacs set (console.md 4), as every terminal spells them: with a wrong TERM a
  /// terminal description names sequences that the keyboard does not send.
  var keys: [String] {
    switch self {
    case .enter: ["\n", "\r"]
    case .newline: ["\u{1B}\n", "\u{1B}\r"]
    case .complete: ["\t"]
    case .completeBack: ["\u{1B}[Z"]
    case .previousEntry: ["\u{10}", "\u{1B}[A", "\u{1B}OA"]
    case .nextEntry: ["\u{0E}", "\u{1B}[B", "\u{1B}OB"]
    case .pageUp: ["\u{1B}[5~"]
    case .pageDown: ["\u{1B}[6~"]
    case .left: ["\u{02}", "\u{1B}[D", "\u{1B}OD"]
    case .right: ["\u{06}", "\u{1B}[C", "\u{1B}OC"]
    case .lineStart: ["\u{01}", "\u{1B}[H", "\u{1B}OH", "\u{1B}[1~", "\u{1B}[7~"]
    case .lineEnd: ["\u{05}", "\u{1B}[F", "\u{1B}OF", "\u{1B}[4~", "\u{1B}[8~"]
    case .wordLeft: ["\u{1B}b", "\u{1B}[1;5D", "\u{1B}[1;3D", "\u{1B}Od"]
    case .wordRight: ["\u{1B}f", "\u{1B}[1;5C", "\u{1B}[1;3C", "\u{1B}Oc"]
    case .deleteLeft: ["\u{08}", "\u{7F}"]
    case .deleteRight: ["\u{1B}[3~"]
    case .deleteRightOrLeave: ["\u{04}"]
    case .killWordLeft: ["\u{17}", "\u{1B}\u{7F}", "\u{1B}\u{08}"]
    case .killWordRight: ["\u{1B}d"]
    case .killToEnd: ["\u{0B}"]
    case .killLine: ["\u{15}"]
    case .yank: ["\u{19}"]
    case .transpose: ["\u{14}"]
    case .undo: ["\u{1F}"]
    case .search: ["\u{12}"]
    case .searchForward: ["\u{13}"]
    case .dropLine: ["\u{03}"]
    case .suspend: ["\u{1A}"]
    case .clearScreen: ["\u{0C}"]
    case .paste: [Self.pasteStart]
    case .lastWord: ["\u{1B}."]
    case .editExternally: ["\u{1B}e"]
    case .help: ["\u{1B}OP", "\u{1B}[11~", "\u{1B}[[A"]
    case .closePanel: []
    // The Insert key would type its `~`.
    case .nothing: ["\u{1B}[2~"]
    }
  }

  /// A terminal sends this before the text of a bracketed paste, and `pasteEnd` behind it.
  static let pasteStart = "\u{1B}[200~"
  static let pasteEnd = "\u{1B}[201~"
  /// What the input makes of a lone ESC in vi's way: no key sends it.
  static let loneEscape = "\u{1B}[990~"

  /// Keys that stay ours whatever ~/.editrc says.
  static let kept: [EditorAction] = [
    .complete, .completeBack, .search, .dropLine, .suspend, .enter, .newline, .paste,
  ]

  /// What vi's insert mode gets besides: its own commands move by code points.
  static let keptInViInsert: [EditorAction] = [
    .previousEntry, .nextEntry, .pageUp, .pageDown, .left, .right, .lineStart, .lineEnd, .wordLeft,
    .wordRight, .deleteLeft, .deleteRight, .deleteRightOrLeave, .killWordLeft, .killLine,
    .clearScreen, .help, .undo, .searchForward, .nothing,
  ]

  /// Every sequence that some action is bound to. A sequence outside of it would type its tail.
  static let boundSequences: Set<String> = Set(
    allCases.flatMap(\.keys).filter { $0.utf8.first == 0x1B })
}
