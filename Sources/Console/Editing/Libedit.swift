// Libedit.swift: the one place that calls libedit: a typed handle arrives, keys leave through two
// closures.
//
// `unsafe` marks C pointers. They are in bounds because the shims hand out a pointer with its
// count, and alive because each is read before the next call into libedit.

import CLibedit

/// What the editor gives libedit for its next character.
enum CharacterRead {
  case character(Unicode.Scalar)
  case end
  case failed
}

enum ActionResult {
  /// Goes on with the line.
  case done
  /// The line is finished.
  case accept
  /// No more lines.
  case leave
}

/// Who answers libedit's questions.
protocol LibeditDelegate: AnyObject {
  func nextCharacter() -> CharacterRead
  func perform(_ action: EditorAction) -> ActionResult
}

/// libedit on the terminal of descriptors 0 and 1. It keeps the text and knows the keys; it does
/// not draw.
///
/// One may live at a time. The delegate must outlive every call of `read`.
@safe final class Libedit {
  private let editor: OpaquePointer
  private weak var delegate: (any LibeditDelegate)?

  /// nil when libedit cannot start.
  init?() {
    // The hooks need the address of this object, and this object the editor: the context is filled
    // in by the box that both know.
    let box = Box()
    var hooks = unsafe console_editor_hooks()
    unsafe hooks.context = Unmanaged.passUnretained(box).toOpaque()
    unsafe hooks.read = { context, character in
      guard let context = unsafe context, let character = unsafe character else {
        return console_read_failed
      }
      let box = unsafe Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
      switch box.owner?.delegate?.nextCharacter() ?? .failed {
      case .character(let scalar):
        unsafe character.pointee = scalar.value
        return console_read_character
      case .end: return console_read_end
      case .failed: return console_read_failed
      }
    }
    unsafe hooks.perform = { context, number in
      guard let context = unsafe context else { return console_action_done }
      let box = unsafe Unmanaged<Box>.fromOpaque(context).takeUnretainedValue()
      guard let action = EditorAction(rawValue: number) else { return console_action_done }
      switch box.owner?.delegate?.perform(action) ?? .leave {
      case .done: return console_action_done
      case .accept: return console_action_accept
      case .leave: return console_action_leave
      }
    }
    guard let editor = unsafe console_editor_open(&hooks) else { return nil }
    unsafe self.editor = editor
    self.box = box
    box.owner = self
  }

  deinit { unsafe console_editor_close(editor) }

  /// Keeps the address that libedit's hooks carry, for as long as libedit lives.
  private final class Box {
    weak var owner: Libedit?
  }
  private let box: Box

  func setDelegate(_ delegate: any LibeditDelegate) { self.delegate = delegate }

  // MARK: Keys

  /// Names the actions, binds their keys, reads ~/.editrc, and binds again what must stay ours.
  func bindKeys() {
    for action in EditorAction.allCases {
      _ = unsafe console_editor_add_action(
        editor, action.rawValue, action.name, "of the console")
    }
    for action in EditorAction.allCases { bind(action) }
    unsafe console_editor_source(editor)
    for action in EditorAction.kept { bind(action) }
    if isVi { bindViKeys() }
    unsafe console_editor_take_control_keys(editor)
  }

  /// Choosing vi has thrown away all bindings made before it.
  private func bindViKeys() {
    for action in EditorAction.keptInViInsert { bind(action) }
    for action in EditorAction.kept { bind(action, inCommandMap: true) }
    for action in EditorAction.keptInViInsert where action != .deleteLeft && action != .killLine {
      bind(action, inCommandMap: true)
    }
    bind("k", to: EditorAction.previousEntry.name, inCommandMap: true)
    bind("j", to: EditorAction.nextEntry.name, inCommandMap: true)
    bind("/", to: EditorAction.search.name, inCommandMap: true)
    // Both maps share the table of sequences, so this one means the same in both.
    bind(EditorAction.loneEscape, to: "vi-command-mode", inCommandMap: false)
    bind(EditorAction.loneEscape, to: "vi-command-mode", inCommandMap: true)
  }

  private func bind(_ action: EditorAction, inCommandMap: Bool = false) {
    for keys in action.keys { bind(keys, to: action.name, inCommandMap: inCommandMap) }
  }
  private func bind(_ keys: String, to name: String, inCommandMap: Bool) {
    _ = unsafe console_editor_bind(editor, inCommandMap ? 1 : 0, keys, name)
  }

  var isVi: Bool { unsafe console_editor_is_vi(editor) != 0 }

  // MARK: The line

  enum LineRead { case line, end, failed }

  /// Reads one line; the delegate is asked for characters and told of actions meanwhile.
  func read() -> LineRead {
    let count = unsafe console_editor_read(editor)
    return count > 0 ? .line : count == 0 ? .end : .failed
  }

  var line: EditedText {
    get {
      var count = 0
      var cursor = 0
      guard let text = unsafe console_editor_text(editor, &count, &cursor) else {
        return EditedText("")
      }
      let characters = unsafe UnsafeBufferPointer(start: text, count: count)
      return EditedText(
        scalars: unsafe characters.map { Unicode.Scalar($0) ?? "\u{FFFD}" }, cursor: cursor)
    }
    set {
      // The zero ends the text for C, so it can be no part of it.
      let characters = newValue.scalars.map { $0.value == 0 ? 0xFFFD : $0.value } + [0]
      _ = unsafe console_editor_set_text(editor, characters, newValue.cursor)
    }
  }

  // MARK: The terminal

  func prepareTerminal(forEditing isEditing: Bool) {
    unsafe console_editor_prepare_terminal(editor, isEditing ? 1 : 0)
  }
  func resize() { unsafe console_editor_resize(editor) }

  static func bytes() throws(SystemError) -> [UInt8] {
    try Descriptor.read(from: 0, atMost: 65_536)
  }

  // MARK: The locale

  /// `setlocale(LC_CTYPE, …)`; false when the locale is not installed.
  static func setCharacterLocale(_ name: String) -> Bool {
    unsafe console_set_character_locale(name) != 0
  }
  static var characterSet: String { unsafe String(cString: console_character_set()) }
}

/// iconv between UTF-8 and the character set of a terminal.
@safe final class CharacterConverter {
  private let converter: OpaquePointer

  /// nil when the C library does not know one of the character sets.
  init?(from source: String, to target: String) {
    guard let converter = unsafe console_converter_open(target, source) else { return nil }
    unsafe self.converter = converter
  }
  deinit { unsafe console_converter_close(converter) }

  /// Converts a beginning of the bytes: all of them, or up to what cannot be converted.
  func convert(_ bytes: ArraySlice<UInt8>) -> (made: [UInt8], usedCount: Int) {
    let input = Array(bytes)
    // No character of the sets in question grows more than fourfold.
    var output = [UInt8](repeating: 0, count: input.count * 4 + 16)
    var used = 0
    var made = 0
    _ = unsafe console_convert(
      converter, input, input.count, &output, output.count, &used, &made)
    return (Array(output.prefix(made)), used)
  }
}
