// Pager.swift: an answer arrives, and a person reads it in a program of theirs (console.md 8.5).

/// Whether an answer goes through the pager: only at the prompt, only if it is taller than the
/// screen.
package func needsPager(_ option: OptionWhen, rowCount: Int, screenRows: Int) -> Bool {
  switch option {
  case .always: true
  case .never: false
  // The prompt comes back below the answer.
  case .auto: rowCount >= screenRows
  }
}

/// Shows a text in the pager and waits for its end. Leaving it early is no error; Ctrl-C in it ends
/// neither program.
///
/// - Throws: when the pager could not be started or does not exist: the caller prints the text
///   itself.
package func showInPager(_ text: String, command: String) throws(SystemError) {
  SystemCalls.yieldSignals(true)
  defer { SystemCalls.yieldSignals(false) }
  let (process, input) = try SystemCalls.start(command, hasInput: true)
  var failure: SystemError?
  do { try Descriptor.write(Array(text.utf8), to: input) } catch { failure = error }
  try? Descriptor.closeUnowned(input)
  let status = try SystemCalls.awaitEnd(of: process)
  // The shell's words for "cannot be run" and "not found".
  if status == 126 || status == 127 { throw .missing }
  if let failure, failure != .readerGone { throw failure }
}

/// Lets the person edit a text in their editor; the text as it is after that.
///
/// - Throws: when the file or the editor failed: the text is as it was.
package func textEditedExternally(_ text: String, command: String) throws(SystemError) -> String {
  let folder = SystemCalls.environment("TMPDIR") ?? "/tmp"
  let path = joinedPath(
    folder, "tongbao-\(SystemCalls.processIdentifier)-\(SystemCalls.monotonicNanoseconds).tb")
  let slot = SystemCalls.rememberTemporary(path)
  defer {
    try? SystemCalls.remove(path)
    if let slot { SystemCalls.forgetTemporary(slot) }
  }
  let file = try Descriptor(creating: path, mode: 0o600)
  try file.write(Array((text + "\n").utf8))
  try file.close()
  SystemCalls.yieldSignals(true)
  defer { SystemCalls.yieldSignals(false) }
  let quotedPath =
    "'"
    + path.split(separator: "'", omittingEmptySubsequences: false)
    .joined(separator: "'\\''") + "'"
  let (process, _) = try SystemCalls.start("\(command) \(quotedPath)", hasInput: false)
  guard try SystemCalls.awaitEnd(of: process) == 0 else { throw .readWriteFailed }
  let edited = try Descriptor(reading: path)
  var bytes: [UInt8] = []
  while bytes.count <= EditorSession.pasteByteLimit {
    let more = try edited.read()
    if more.isEmpty { break }
    bytes += more
  }
  return pastedText(bytes)
}
