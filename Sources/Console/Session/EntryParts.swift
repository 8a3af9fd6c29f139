// EntryParts.swift: an entry of several lines arrives; its commands, each a line, and the
// statements between them leave in order.

import Syntax

/// A pasted block may hold commands between its questions. A line that begins with a dot is one
/// where no sentence is open; one that takes a statement takes all lines that follow.
///
/// Statements keep their line numbers: blank lines stand for what is before them.
func entryParts(_ text: String, isIncomplete: (String) -> Bool) -> [String] {
  var parts: [String] = []
  var open = ""
  func hasWords(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  for (index, line) in lines.enumerated() {
    let isCommand = CommandCall(line) != nil && (!hasWords(open) || !isIncomplete(open))
    guard isCommand else {
      open += open.isEmpty ? String(repeating: "\n", count: index) + line : "\n" + line
      continue
    }
    if hasWords(open) { parts.append(open) }
    open = ""
    if takesStatement(line) {
      return parts + [lines[index...].joined(separator: "\n")]
    }
    parts.append(line)
  }
  return hasWords(open) ? parts + [open] : parts
}

private func takesStatement(_ line: String) -> Bool {
  guard let call = CommandCall(line), case .command(let command) = DotCommand.named(call.name)
  else { return false }
  return command.arguments.contains { if case .statement = $0.kind { true } else { false } }
}
