// LoadMonitor.swift: bytes and rows that were read arrive, from any thread; how far a load is
// leaves, and whether it is still wanted.

import Synchronization

/// Watches over one load.
package final class LoadMonitor: Sendable {
  package struct Progress: Sendable, Hashable {
    /// The file that is read.
    package var file: String
    package var doneBytes: Int
    package var totalBytes: Int
    /// Of all files so far.
    package var rowCount: Int

    package init(file: String, doneBytes: Int, totalBytes: Int, rowCount: Int) {
      self.file = file
      self.doneBytes = doneBytes
      self.totalBytes = totalBytes
      self.rowCount = rowCount
    }
  }
  private let stop: @Sendable () -> Bool
  private let tell: @Sendable (Progress) -> Void
  private let wasStopped = Atomic(false)
  private let progress = Mutex(Progress(file: "", doneBytes: 0, totalBytes: 0, rowCount: 0))

  /// - Parameters:
  ///   - isCancelled: a cheap look at a flag, safe from any thread.
  ///   - tell: called by one thread at a time, some hundred times for a gigabyte.
  package init(
    isCancelled: @escaping @Sendable () -> Bool,
    tell: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    stop = isCancelled
    self.tell = tell
  }

  /// Once true it stays so, whatever becomes of the flag.
  package var isCancelled: Bool {
    if wasStopped.load(ordering: .relaxed) { return true }
    guard stop() else { return false }
    wasStopped.store(true, ordering: .relaxed)
    return true
  }

  func begin(_ file: String, bytes: Int) {
    progress.withLock { progress in
      progress.file = file
      progress.doneBytes = 0
      progress.totalBytes = bytes
    }
  }

  /// Every byte of a file is met twice: when it is read, and when its row is.
  func advance(bytes: Int, rows: Int = 0) {
    progress.withLock { progress in
      progress.rowCount += rows
      progress.doneBytes = min(progress.totalBytes, progress.doneBytes + bytes / 2)
      tell(progress)
    }
  }
}
