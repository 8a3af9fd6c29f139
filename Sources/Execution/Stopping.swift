// Stopping.swift: the wish of a person to stop arrives from outside; loops over rows and groups end
// early.
//
// No answer is made of what has been counted until then: whoever asked to stop throws it away. So
// the loops need no error of their own for it.

import Synchronization

package enum Stopping {
  private static let question = Mutex<(@Sendable () -> Bool)?>(nil)

  /// Sets how to find out; any thread asks, every few thousand steps.
  package static func ask(_ isWanted: @escaping @Sendable () -> Bool) {
    question.withLock { $0 = isWanted }
  }

  /// So many steps of a loop are taken between two questions.
  package static let stepCount = 1024

  package static var isWanted: Bool { question.withLock { $0 }?() ?? false }

  /// For loops that count their steps.
  package static func isWanted(at step: Int) -> Bool {
    step % stepCount == stepCount - 1 && isWanted
  }
}
