// PlainReader.swift: a prompt arrives, an entry leaves; the kernel edits the line (console.md 3.8).

import Rendering
import Syntax

/// The reader for terminals without cursor movement, other character sets, and results in a pipe.
/// Everything can be run in it; completion, hints and colours are missing. What may come next is
/// still told: behind a question mark, with Enter.
final class PlainReader {
  private let writer: CheckedWriter
  private let style: EditorStyle
  private let hooks: EditorHooks
  private let history: History
  private let encoding: TerminalEncoding?
  private var pending: [UInt8] = []

  init(
    writer: CheckedWriter, style: EditorStyle, hooks: EditorHooks, history: History,
    encoding: TerminalEncoding? = nil
  ) {
    self.writer = writer
    self.style = style
    self.hooks = hooks
    self.history = history
    self.encoding = encoding
    if let encoding { writer.encodeForTerminal(encoding.encode) }
  }

  private enum Line {
    case text(String)
    /// Ctrl-C: what was typed so far is dropped.
    case interrupted
    /// Bytes that are no text; already reported.
    case refused
    case end, lost
  }

  /// - Parameter draft: shown above the prompt; an empty line runs it, any other takes its place.
  func read(_ prompt: Prompt, draft: String) -> EntryEvent {
    var entry: [String] = []
    if !draft.isEmpty { show(offer(of: draft)) }
    while true {
      let text = entry.isEmpty ? prompt.text : prompt.continuation(ambiguous: style.ambiguousWidth)
      show(text)
      switch line() {
      case .text(let line):
        entry.append(line)
        let whole = entry.joined(separator: "\n")
        let isBlank = line.allSatisfy(\.isWhitespace)
        if entry.count == 1, isBlank, !draft.isEmpty { return .entry(draft) }
        if case .panel(let rows, _, _) = hooks.answer(toQuestionMarkOf: whole) {
          for row in rows { show(row.text + row.remark + "\n") }
          entry = []
        } else if entry.count > 1 && isBlank || !hooks.isIncomplete(whole) {
          return .entry(whole)
        }
      case .interrupted, .refused: entry = []
      case .end:
        writer.report("\n")
        return entry.isEmpty ? .end : .entry(entry.joined(separator: "\n"))
      case .lost: return .lost
      }
    }
  }

  private func offer(of draft: String) -> String {
    let text = draft.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + terminalSafe(String($0)) + "\n" }.joined()
    return text
      + Bilingual("Enter runs it, another line replaces it\n", "回车执行，另写一行则代替它\n")[style.language]
  }

  /// On the terminal of standard output, or on standard error when results go elsewhere.
  private func show(_ text: String) {
    guard SystemCalls.isTerminal(writer.outputDescriptor) else { return writer.report(text) }
    writer.write(text)
    writer.flush()
  }

  private func line() -> Line {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let bytes = Array(pending[..<end])
        pending.removeSubrange(...end)
        return decoded(bytes)
      }
      let ready = SystemCalls.wait(milliseconds: -1)
      if ready.contains(.wake) {
        _ = SystemCalls.takeWakes()
        if SystemCalls.isInterrupted {
          SystemCalls.clearInterruption()
          pending = []
          writer.report("\n")
          return .interrupted
        }
      }
      if ready.contains(.input) {
        guard let bytes = try? Libedit.bytes() else { return .lost }
        guard bytes.isEmpty else {
          pending += bytes
          continue
        }
        // Ctrl-D, or the end: what stands on the line without a line break is a line.
        guard !pending.isEmpty else { return .end }
        let rest = pending
        pending = []
        return decoded(rest)
      }
      if ready.contains(.hangup) { return .lost }
    }
  }

  private func decoded(_ bytes: [UInt8]) -> Line {
    var line = bytes
    if line.last == 0x0D { line.removeLast() }
    if let encoding {
      guard let utf8 = encoding.decode(line) else { return refused(line) }
      line = utf8
    }
    guard let text = String(validating: line, as: UTF8.self) else { return refused(line) }
    return .text(text)
  }

  /// Says where the line is no text. Nothing of it runs.
  private func refused(_ line: [UInt8]) -> Line {
    var place = 0
    while case .scalar(_, let count) = decodeScalar(line[place...]), place < line.count {
      place += count
    }
    writer.report(
      Bilingual(
        "error D11: the line is not text in the terminal's encoding, byte \(place + 1)\n",
        "错误 D11：这一行不是终端编码的文字，第 \(place + 1) 个字节\n")[style.language])
    return .refused
  }
}
