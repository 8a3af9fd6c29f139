// TerminalThreads.swift: tests that wait for a terminal arrive; they run side by side, each on a
// thread that it may block.

import Glibc
import Synchronization
import Testing

/// Runs tasks on threads of its own. The threads of Swift's pool are as many as the machine has
/// cores, and a test that waits for a program would keep one of them from everybody else.
final class TerminalThreads: TaskExecutor {
  static let shared = TerminalThreads()

  /// So many programs run at once: more would only keep each other from their answers.
  private static let threadCount = 8

  private let state = Mutex((waiting: [UnownedJob](), running: 0))

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let mustStart = state.withLock { state in
      state.waiting.append(job)
      guard state.running < Self.threadCount else { return false }
      state.running += 1
      return true
    }
    if mustStart { start() }
  }

  private func start() {
    var thread = pthread_t()
    let error = unsafe pthread_create(
      &thread, nil,
      { _ in
        TerminalThreads.shared.work()
        return nil
      }, nil)
    if error == 0 { pthread_detach(thread) } else { work() }
  }

  private func work() {
    while true {
      let job = state.withLock { state -> UnownedJob? in
        guard !state.waiting.isEmpty else {
          state.running -= 1
          return nil
        }
        return state.waiting.removeFirst()
      }
      guard let job else { return }
      unsafe job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// Of tests that block their thread while they wait for a program.
struct TerminalTrait: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    try await withTaskExecutorPreference(TerminalThreads.shared) { try await function() }
  }
}

extension Trait where Self == TerminalTrait {
  static var atTerminal: TerminalTrait { TerminalTrait() }
}
