// WatchBatch.swift: `--watch SECONDS`: the same work again and again, and at once when the data has
// changed (console.md 11.5). A signal ends it.

import Rendering
import Syntax

/// Runs the work of the options until the process is ended. Each round is a session of its own.
func watch(_ first: Batch, every seconds: Int) -> Int32 {
  var next = first
  var files = DataWatch(first.data.readPaths)
  while true {
    var batch = next
    runRound(&batch)
    batch.writer.flush()
    if batch.writer.failure != nil { return 3 }
    // In its place a picture has nothing above it that it would have to be set off from.
    next.isFirstResult = batch.isFirstResult || batch.isDrawnInPlace
    next.startAgain()
    // What cannot be read is told below the last good answer, which stays until it can be.
    var isRead = true
    repeat {
      if wait(seconds, &files) || !isRead { isRead = next.readAgain() }
      next.writer.flush()
    } while !isRead
  }
}

extension Batch {
  /// What a later round does with the file of the round before.
  fileprivate mutating func startAgain() {
    guard let output = options.output else { return }
    options.output?.existing = output.existing == .append ? .append : .replace
  }
}

/// One round. On a terminal a good one takes the place of the last; after a fault that one stays.
private func runRound(_ batch: inout Batch) {
  guard batch.isDrawnInPlace else {
    return batch.commitOutput(isComplete: batch.runAll())
  }
  let bytes = batch.captured { _ = $0.runAll() }
  guard batch.status == 0 else { return }
  batch.writer.write("\u{1B}[H\u{1B}[2J")
  batch.writer.write(bytes)
  batch.writer.write(batch.watchLine + "\n")
}

extension Batch {
  /// Every `-c` and `-f`, in order; false where an error has stopped it.
  mutating func runAll() -> Bool { options.work.allSatisfy { run($0) } }

  /// On a terminal each round takes the place of the last.
  fileprivate var isDrawnInPlace: Bool {
    SystemCalls.isTerminal(1) && !environment.isPlainTerminal && options.output == nil
  }

  /// The time of a picture that stays.
  var watchLine: String {
    SystemCalls.localTime(SystemCalls.wallSeconds)
  }
}

/// Waits for the next round; true when the data has changed.
private func wait(_ seconds: Int, _ data: inout DataWatch) -> Bool {
  let end = SystemCalls.monotonicNanoseconds + Int64(seconds) * 1_000_000_000
  while true {
    let left = (end - SystemCalls.monotonicNanoseconds) / 1_000_000
    guard left > 0 else { return data.hasChanged() }
    SystemCalls.sleep(
      milliseconds: Int32(clamping: min(left, Int64(DataWatch.intervalMilliseconds))))
    if data.hasChanged() { return true }
  }
}
