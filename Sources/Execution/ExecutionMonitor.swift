// ExecutionMonitor.swift: who asks says when to stop; what a question cost leaves.

import Synchronization

/// What a question cost.
package struct ExecutionStatistics: Sendable, Hashable {
  /// Rows looked at, once for each measure that looks at them.
  package var rowsScanned = 0
  /// Partitions that no row of could be counted, so that none was looked at.
  package var partitionsSkipped = 0
  /// Bytes of the columns read, about.
  package var bytesRead = 0
  /// How groups were found: `dense`, `hash`, `distinct` or `rows`, each once.
  package var paths: [String] = []

  package init() {}
}

/// Watches over one question: it can be cancelled from elsewhere, and counts what is read.
///
/// Whether to stop is asked once for every morsel of some hundred thousand rows, by each thread.
/// The answer of a cancelled question is not to be used: see `wasCancelled`.
package final class ExecutionMonitor: Sendable {
  private let stop: @Sendable () -> Bool
  private let wasStopped = Atomic(false)
  private let counted = Mutex(ExecutionStatistics())
  let threadCount: Int
  /// Rows a thread takes at a time: enough to forget the cost of taking them.
  let morselRows: Int

  /// - Parameters:
  ///   - threads: at most; there are never more than cores.
  ///   - isCancelled: a cheap look at a flag, safe from any thread.
  package init(
    threads: Int = 64, morselRows: Int = 1 << 17,
    isCancelled: @escaping @Sendable () -> Bool = { Stopping.isWanted }
  ) {
    threadCount = max(1, threads)
    self.morselRows = max(64, morselRows)
    stop = isCancelled
  }

  var isCancelled: Bool {
    if wasStopped.load(ordering: .relaxed) { return true }
    guard stop() else { return false }
    wasStopped.store(true, ordering: .relaxed)
    return true
  }

  /// Whether work was left out because the question was cancelled.
  package var wasCancelled: Bool { wasStopped.load(ordering: .relaxed) }

  package var statistics: ExecutionStatistics { counted.withLock { $0 } }

  func record(rows: Int, skipped: Int, bytes: Int, path: String) {
    counted.withLock {
      $0.rowsScanned += rows
      $0.partitionsSkipped += skipped
      $0.bytesRead += bytes
      if !path.isEmpty, !$0.paths.contains(path) { $0.paths.append(path) }
    }
  }
}
