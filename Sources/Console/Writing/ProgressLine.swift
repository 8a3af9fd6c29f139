// ProgressLine.swift: how far a long reading is arrives, one line on standard error leaves, and is
// gone when the reading is done (console.md 8.5).

import Rendering
import Syntax

package struct ProgressLine: ~Copyable {
  private let writer: CheckedWriter
  private let language: Language
  private let isShown: Bool
  private let startNanoseconds: Int64
  private var lastNanoseconds: Int64 = 0
  private var isDrawn = false

  static let delayNanoseconds: Int64 = 500_000_000
  static let intervalNanoseconds: Int64 = 100_000_000

  /// - Parameter isWanted: false with `-q`; without a terminal on standard error nothing is shown.
  package init(writer: CheckedWriter, language: Language, isWanted: Bool) {
    self.writer = writer
    self.language = language
    isShown = isWanted && SystemCalls.isTerminal(2)
    startNanoseconds = SystemCalls.monotonicNanoseconds
  }

  deinit { if isDrawn { writer.report("\r\u{1B}[K") } }

  /// Says how far it is; costs a look at the clock most of the time.
  package mutating func show(_ name: String, done: Int64, total: Int64) {
    guard isShown else { return }
    let now = SystemCalls.monotonicNanoseconds
    guard now - startNanoseconds >= Self.delayNanoseconds,
      now - lastNanoseconds >= Self.intervalNanoseconds
    else { return }
    lastNanoseconds = now
    isDrawn = true
    let safe = truncated(terminalSafe(name), to: 40)
    let percent = total > 0 ? min(100, Int64(Double(done) / Double(total) * 100)) : 0
    let text = Bilingual(
      "reading \(safe)  \(byteText(done)) of \(byteText(total))  \(percent)%",
      "读取 \(safe)  \(byteText(total)) 中 \(byteText(done))  \(percent)%")[language]
    writer.report("\r\(text)\u{1B}[K")
  }
}

/// `3.2 GB`, in powers of ten as disks are sold.
func byteText(_ count: Int64) -> String {
  let units: [(Int64, String)] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")]
  for (size, name) in units where count >= size {
    let tenths = count / (size / 10)
    return "\(tenths / 10).\(tenths % 10) \(name)"
  }
  return "\(max(0, count)) B"
}
