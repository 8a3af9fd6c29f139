// ProgressLine.swift: how far a long reading is arrives, one line on standard error leaves, and is
// gone when the reading is done (console.md 8.5).

import ClickHouse
import Loading
import Rendering
import Synchronization
import Syntax

/// Told by whichever thread reads, so it writes past the writer, whose text comes before and after.
package final class ProgressLine: Sendable {
  private struct State {
    var lastNanoseconds: Int64 = 0
    var isDrawn = false
  }
  private let language: Language
  private let isShown: Bool
  private let startNanoseconds: Int64
  private let state = Mutex(State())

  static let delayNanoseconds: Int64 = 500_000_000
  static let intervalNanoseconds: Int64 = 100_000_000

  /// - Parameter isWanted: false with `-q`; without a terminal on standard error nothing is shown.
  package init(language: Language, isWanted: Bool) {
    self.language = language
    isShown = isWanted && SystemCalls.isTerminal(2)
    startNanoseconds = SystemCalls.monotonicNanoseconds
  }

  /// Says how far it is; costs a look at the clock most of the time.
  package func show(_ progress: LoadMonitor.Progress) {
    show { progressText(progress, elapsedNanoseconds: $0) }
  }

  /// The same of a statement that a cluster runs.
  func show(_ progress: ClusterProgress) {
    show { _ in progressText(progress) }
  }

  private func show(_ text: (_ elapsedNanoseconds: Int64) -> Bilingual) {
    guard isShown else { return }
    let elapsed = SystemCalls.monotonicNanoseconds - startNanoseconds
    state.withLock { state in
      guard elapsed >= Self.delayNanoseconds,
        elapsed - state.lastNanoseconds >= Self.intervalNanoseconds
      else { return }
      state.lastNanoseconds = elapsed
      state.isDrawn = true
      SystemCalls.noteProgress(isDrawn: true)
      try? Descriptor.write(Array("\r\(text(elapsed)[language])\u{1B}[K".utf8), to: 2)
    }
  }

  package func erase() {
    state.withLock { state in
      guard state.isDrawn else { return }
      state.isDrawn = false
      try? Descriptor.write(Array("\r\u{1B}[K".utf8), to: 2)
      SystemCalls.noteProgress(isDrawn: false)
    }
  }
}

/// `cluster  1,200,000 of 3,000,000 rows  40%`
func progressText(_ progress: ClusterProgress) -> Bilingual {
  let (done, total) = (progress.readRows, max(progress.totalRows, 1))
  let percent = min(99, done / max(1, total / 100))
  return Bilingual(
    "cluster  \(rounded(done)) of \(rounded(total)) rows  \(percent)%",
    "集群  \(rounded(total)) 行中 \(rounded(done)) 行  \(percent)%")
}

/// `reading orders.csv  1.1 GB of 3.2 GB  34%  410,000 rows/s  5 s left`
func progressText(_ progress: LoadMonitor.Progress, elapsedNanoseconds: Int64) -> Bilingual {
  let (done, total) = (Int64(progress.doneBytes), Int64(progress.totalBytes))
  let safe = truncated(terminalSafe(progress.file), to: 40)
  let percent = total > 0 ? min(100, done * 100 / total) : 0
  var english = "reading \(safe)  \(byteText(done)) of \(byteText(total))  \(percent)%"
  var chinese = "读取 \(safe)  \(byteText(total)) 中 \(byteText(done))  \(percent)%"
  let tenths = max(1, elapsedNanoseconds / 100_000_000)
  if progress.rowCount > 0 {
    let rate = rounded(Int64(progress.rowCount) * 10 / tenths)
    english += "  \(rate) rows/s"
    chinese += "  每秒 \(rate) 行"
  }
  if percent >= 5, percent < 100 {
    let left = (tenths * (100 - percent) / percent + 9) / 10
    english += "  \(left) s left"
    chinese += "  剩余约 \(left) 秒"
  }
  return Bilingual(english, chinese)
}

/// To two digits, parted in threes: the others change too fast to be read.
private func rounded(_ number: Int64) -> String {
  var step: Int64 = 1
  while number / step >= 100 { step *= 10 }
  let digits = Array(String(number / step * step))
  var text = ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
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
