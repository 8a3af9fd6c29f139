// Interruption.swift: Ctrl-C while a statement runs arrives; the line that says it has stopped
// leaves (console.md 3.5).

import Syntax

extension Batch {
  /// Whether the person has stopped what has just ended; it is said here, and nothing else of it is
  /// shown.
  func isStopped(since start: Int64, _ language: Language) -> Bool {
    guard isPrompt, SystemCalls.isInterrupted else { return false }
    SystemCalls.clearInterruption()
    let tenths = max(0, SystemCalls.monotonicNanoseconds - start) / 100_000_000
    let seconds = "\(tenths / 10).\(tenths % 10)"
    // The terminal has written `^C` where this line begins.
    writer.report(
      Bilingual("\rcancelled (\(seconds) s)\n", "\r已取消（\(seconds) 秒）\n")[language])
    return true
  }
}
