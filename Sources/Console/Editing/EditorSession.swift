// EditorSession.swift: keys of the terminal arrive, libedit keeps the text, pictures of it leave.
//
// libedit asks for its next character here, with the text up to date: the one moment at which
// everything shown can be made from the text alone.

import Rendering
import Syntax

final class EditorSession: LibeditDelegate {
  let libedit: Libedit
  let writer: CheckedWriter
  let environment: ConsoleEnvironment
  var style: EditorStyle
  var hooks: EditorHooks
  let history: History

  var prompt = Prompt("")
  private var draft = ""
  /// What the prompt came to, once libedit's read returns.
  var outcome: Outcome = .none
  enum Outcome {
    case none
    case entry(String)
    case dropped, end, lost
  }

  // MARK: Keys

  var input = KeyInput()
  /// The rest of a key sequence that libedit is reading.
  private var outgoing: ArraySlice<Unicode.Scalar> = []
  /// Keys handed over since the input was last empty: more than one at once is a paste or typing
  /// ahead.
  private var burstCount = 0
  /// A line break of this burst has become part of the text.
  var burstHasNewline = false
  /// ~/.editrc may bind sequences that are not ours.
  private let passesUnknownSequences: Bool

  // MARK: What is shown

  private var screen: EditScreen
  private var viewport = Viewport()
  private(set) var size: (rows: Int, columns: Int)
  /// Menu, notice and panel exclude each other.
  var below = Below.nothing
  enum Below {
    case nothing
    case menu(OpenMenu)
    case notice(String)
    case panel([PanelLine])
  }
  /// The key that is being handled has opened, moved or replaced what is below.
  var keepsBelow = false
  private(set) var shownGhost = ""
  /// A paste shows no hint.
  var isAfterPaste = false

  /// What was prepared last.
  private var preparedText: String?

  // MARK: What is remembered

  var undo = UndoStack()
  var walk: HistoryWalk?
  var killed = ""
  /// Ctrl-C on an empty line, in a row.
  var emptyDropCount = 0
  var wasDropping = false

  init(
    libedit: Libedit, writer: CheckedWriter, environment: ConsoleEnvironment, style: EditorStyle,
    hooks: EditorHooks, history: History
  ) {
    self.libedit = libedit
    self.writer = writer
    self.environment = environment
    self.style = style
    self.hooks = hooks
    self.history = history
    screen = EditScreen(palette: style.palette)
    size = environment.terminalSize(of: writer.outputDescriptor)
    input.escapeEndsTyping = libedit.isVi
    let settings = environment.homeFolder.map { joinedPath($0, ".editrc") }
    passesUnknownSequences =
      settings.map { (try? SystemCalls.status(of: $0))?.kind == .regular } ?? false
  }

  /// Makes ready for a new line.
  func begin(_ prompt: Prompt, draft: String) {
    self.prompt = prompt
    self.draft = draft
    outcome = .none
    screen = EditScreen(palette: style.palette)
    viewport = Viewport()
    below = .nothing
    walk = nil
    isAfterPaste = false
    burstCount = 0
    burstHasNewline = false
    preparedText = nil
    undo.reset(to: EditedText(draft))
    SystemCalls.markEditing(true, descriptor: writer.outputDescriptor)
    writer.write("\u{1B}[?2004h")
  }

  /// The read is over: what runs next has the terminal without bracketed paste.
  func finish() {
    writer.write("\u{1B}[?2004l")
    writer.flush()
    SystemCalls.markEditing(false, descriptor: writer.outputDescriptor)
  }

  // MARK: Characters for libedit

  func nextCharacter() -> CharacterRead {
    if let next = outgoing.popFirst() { return .character(next) }
    settle()
    while true {
      guard let key = nextKey(ofLine: true, drawing: { self.draw() }) else { return .end }
      burstCount += 1
      switch key {
      case .character(let scalar):
        // A raw paste: its characters go onto the line together. vi's keys may be commands.
        if input.byteCount > 16, !libedit.isVi, scalar.properties.generalCategory != .control {
          let text = EditedText.string([scalar] + input.takePrintable())
          edit { $0.insert(text) }
          isAfterPaste = true
          continue
        }
        return .character(scalar)
      case .invalid(let byte): edit { $0.insert(escapedByte(byte)) }
      case .escape:
        if closeBelow() { continue }
        guard libedit.isVi else { continue }
        return handOver(EditorAction.loneEscape)
      case .sequence(let sequence):
        // ESC and one character are Meta keys, which libedit knows; the tail of a longer sequence
        // that nothing is bound to would be typed.
        let isKnown = sequence.utf8.count <= 2 || EditorAction.boundSequences.contains(sequence)
        guard isKnown || passesUnknownSequences else { continue }
        return handOver(sequence)
      }
    }
  }

  private func handOver(_ sequence: String) -> CharacterRead {
    outgoing = Array(sequence.unicodeScalars)[...]
    return outgoing.popFirst().map { .character($0) } ?? .end
  }

  /// The key before is done: what it has left behind is looked at once, here.
  private func settle() {
    // libedit empties the line when a read begins, so a draft comes after that.
    if !draft.isEmpty {
      libedit.line = EditedText(draft)
      draft = ""
    }
    if keepsBelow { keepsBelow = false } else { below = .nothing }
    // Not between the keys of a burst: a long text would be compared with itself for each of them.
    if input.isEmpty {
      let line = libedit.line
      undo.record(line)
      if let walk, walk.shown.scalars != line.scalars { self.walk = nil }
    }
    if wasDropping { wasDropping = false } else { emptyDropCount = 0 }
  }

  /// Changes the text.
  func edit(_ change: (inout EditedText) -> Void) {
    var line = libedit.line
    change(&line)
    libedit.line = line
  }

  // MARK: Keys of the terminal

  /// The next key; nil at the end of the input. Draws only when no byte is waiting.
  ///
  /// - Parameter isOfLine: the line itself is typed, and no search.
  func nextKey(ofLine isOfLine: Bool = false, drawing: () -> Void) -> Key? {
    while true {
      if let key = input.next(isComplete: false) { return key }
      var ready = SystemCalls.wait(milliseconds: input.isEmpty ? 0 : KeyInput.escapeMilliseconds)
      if ready.isEmpty, !input.isEmpty { return input.next(isComplete: true) }
      if ready.isDisjoint(with: [.input, .hangup]), input.isEmpty {
        drawing()
        burstCount = 0
        burstHasNewline = false
        guard writer.failure == nil else { return lost() }
        if ready.isEmpty {
          if isOfLine { prepare() }
          ready = SystemCalls.wait(milliseconds: -1)
        }
      }
      if ready.contains(.wake) { takeWakes() }
      if ready.contains(.input) {
        guard let bytes = try? Libedit.bytes(), !bytes.isEmpty else { return lost() }
        input.append(bytes)
      } else if ready.contains(.hangup) {
        return lost()
      }
    }
  }

  /// The line is drawn and the next key is not there: what Enter would ask can be prepared.
  private func prepare() {
    let text = libedit.line.text
    guard text != preparedText else { return }
    preparedText = text
    hooks.prepare(text)
  }

  private func lost() -> Key? {
    outcome = .lost
    return nil
  }

  /// Whether bytes are waiting behind the key that is being handled: it was not typed by hand.
  ///
  /// Behind another key of the same burst a moment is allowed for the rest: a paste comes in
  /// pieces.
  var isInsideBurst: Bool {
    if !input.isEmpty { return true }
    return SystemCalls.wait(milliseconds: burstCount > 1 ? 10 : 0).contains(.input)
  }

  private func takeWakes() {
    let wakes = SystemCalls.takeWakes()
    if wakes.contains(.continued) { resumeTerminal() }
    if wakes.contains(.resized) { libedit.resize() }
    refreshMenu()
    let news = hooks.news()
    if !news.isEmpty { printAbove(news) }
  }

  // MARK: Drawing

  /// Draws the line with all that belongs to it.
  func draw() {
    let line = libedit.line
    shownGhost = ghost(for: line)
    draw(line, prompt, ghost: shownGhost, below: rowsBelow())
  }

  func draw(
    _ line: EditedText, _ prompt: Prompt, ghost: String = "", below: [PictureRow] = []
  ) {
    size = environment.terminalSize(of: writer.outputDescriptor)
    let inks = style.palette.theme == nil ? [] : hooks.inks(line.text, line.cursorOffset)
    let layout = TextLayout(
      line, prompt: prompt, inks: inks, ghost: ghost, widthCells: size.columns,
      ambiguous: style.ambiguousWidth)
    let room = size.rows - 1 - below.count
    var picture = viewport.picture(
      of: layout, cursor: layout.place(of: line.cursor), limit: room,
      rowsBelow: size.rows > below.count + 1 ? below : [])
    if picture.rows.count == 1 { addRightText(to: &picture.rows[0], prompt) }
    writer.write(screen.draw(picture, widthCells: size.columns))
    writer.flush()
  }

  /// The layout of the line without its hint, for motions between rows.
  func layout(of line: EditedText) -> TextLayout {
    TextLayout(
      line, prompt: prompt, widthCells: size.columns, ambiguous: style.ambiguousWidth)
  }

  private func ghost(for line: EditedText) -> String {
    // Where it would look like what was typed there is none.
    guard style.palette.paint("x", .ghost) != "x", line.isAtEnd, !isAfterPaste, walk == nil
    else { return "" }
    guard case .nothing = below, let hint = hooks.hint(line.text) else { return "" }
    // Only what fits into one line is shown, and only what is shown is taken.
    return String(hint.prefix { $0 != "\n" })
  }

  private func rowsBelow() -> [PictureRow] {
    let ambiguous = style.ambiguousWidth
    switch below {
    case .nothing: return []
    case .menu(let open):
      return open.menu.rows(
        widthCells: size.columns, screenRows: size.rows, language: style.language,
        ambiguous: ambiguous)
    case .notice(let text):
      return [
        row(PanelLine("", remark: terminalSafe(text)))
      ]
    case .panel(let lines):
      // The line itself stays in sight, and the example with it.
      let limit = max(1, size.rows / 2 + 1)
      guard lines.count > limit, limit > 1, let last = lines.last else { return lines.map(row) }
      let gap = limit > 3 ? [PanelLine("", remark: "  …")] : []
      return (lines.prefix(limit - 1 - gap.count) + gap + [last]).map(row)
    }
  }

  /// A row of help, cut at the edge with `…`.
  private func row(_ line: PanelLine) -> PictureRow {
    let ambiguous = style.ambiguousWidth
    let text = truncated(line.text, to: size.columns, ambiguous: ambiguous)
    let room = size.columns - displayWidth(text, ambiguous: ambiguous)
    let remark = room > 1 ? truncated(line.remark, to: room, ambiguous: ambiguous) : ""
    return PictureRow(
      Glyph.all(of: text, ink: nil, ambiguous: ambiguous)
        + Glyph.all(of: remark, ink: .faint, ambiguous: ambiguous))
  }

  private func addRightText(to row: inout PictureRow, _ prompt: Prompt) {
    guard !prompt.rightText.isEmpty else { return }
    let glyphs = PictureRow(
      Glyph.all(of: prompt.rightText, ink: .faint, ambiguous: style.ambiguousWidth))
    let gap = size.columns - 1 - row.widthCells - glyphs.widthCells
    guard gap >= 2 else { return }
    row.append(Glyph(String(repeating: " ", count: gap), widthCells: gap))
    for glyph in glyphs.glyphs { row.append(glyph) }
  }

  /// Draws the line as it stays on the screen, and goes to the row below it.
  func leaveLine() {
    shownGhost = ""
    below = .nothing
    draw(libedit.line, prompt)
    writer.write(screen.leave(widthCells: size.columns))
    writer.flush()
  }

  /// Prints lines in the place of the edit area, which is drawn again below them.
  func printAbove(_ lines: [String]) {
    leaveLine()
    for line in lines { writer.write(terminalSafe(line) + "\r\n") }
  }

  func clearScreen() { writer.write(screen.clear()) }

  // MARK: The terminal

  func pauseTerminal() {
    writer.write("\u{1B}[?2004l")
    writer.flush()
    SystemCalls.markEditing(false, descriptor: writer.outputDescriptor)
    // From here on Ctrl-C is a signal again, meant for what runs next: one of before is forgotten
    // now, and none that comes between Enter and the first step of the question is lost.
    SystemCalls.clearInterruption()
    libedit.prepareTerminal(forEditing: false)
    SystemCalls.restoreTerminal()
  }

  func resumeTerminal() {
    libedit.prepareTerminal(forEditing: true)
    SystemCalls.markEditing(true, descriptor: writer.outputDescriptor)
    writer.write("\u{1B}[?2004h")
    screen.forget()
    size = environment.terminalSize(of: writer.outputDescriptor)
  }

  /// Ctrl-Z: stops, and draws prompt and line again when it goes on.
  func suspend() {
    leaveLine()
    pauseTerminal()
    SystemCalls.suspend()
    _ = SystemCalls.takeWakes()
    libedit.resize()
    resumeTerminal()
  }
}
