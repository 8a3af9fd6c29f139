// PlainReader.swift: a prompt arrives, an entry leaves; the kernel edits the line (console.md 3.8).

import Syntax

/// The reader for terminals without cursor movement, other character sets, and results in a pipe.
/// Everything can be run in it; completion, hints and colours are missing.
final class PlainReader {
  private let writer: CheckedWriter
  private let style: EditorStyle
  private let isIncomplete: (String) -> Bool
  private let history: History
  private let encoding: TerminalEncoding?
  private var pending: [UInt8] = []

  init(
    writer: CheckedWriter, style: EditorStyle, isIncomplete: @escaping (String) -> Bool,
    history: History, encoding: TerminalEncoding? = nil
  ) {
    self.writer = writer
    self.style = style
    self.isIncomplete = isIncomplete
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

  func read(_ prompt: Prompt) -> EntryEvent {
    var entry: [String] = []
    while true {
      let text = entry.isEmpty ? prompt.text : prompt.continuation(ambiguous: style.ambiguousWidth)
      show(text)
      switch line() {
      case .text(let line):
        entry.append(line)
        let whole = entry.joined(separator: "\n")
        let isBlank = line.allSatisfy(\.isWhitespace)
        if entry.count > 1 && isBlank || !isIncomplete(whole) { return .entry(whole) }
      case .interrupted, .refused: entry = []
      case .end:
        writer.report("\n")
        return entry.isEmpty ? .end : .entry(entry.joined(separator: "\n"))
      case .lost: return .lost
      }
    }
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
