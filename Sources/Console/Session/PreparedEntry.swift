// PreparedEntry.swift: a line arrives while the person looks at it; the answer that Enter would ask
// for is ready when Enter comes (console.md 1: within a millisecond).
//
// It is the same run on a copy of the session, a moment earlier: nothing is shown, written or
// remembered of it before Enter, and nothing stays of it if another line is entered.

import Rendering
import Synchronization
import Syntax

/// A line and what it came to.
struct PreparedEntry {
  var text: String
  var language: Language
  var outcome: StatementOutcome
  /// As it is after the statement.
  var session: Session
  /// What it took.
  var nanoseconds: Int64

  /// When it is given up; 0: nothing is being prepared.
  fileprivate static let deadlineNanoseconds = Atomic<Int64>(0)
  /// Few rows can still make very many groups.
  fileprivate static let longestNanoseconds: Int64 = 500_000_000

  /// What is being prepared is not wanted any more: the person types on, or it takes too long.
  static var isOutrun: Bool {
    let deadline = deadlineNanoseconds.load(ordering: .relaxed)
    guard deadline > 0 else { return false }
    return SystemCalls.monotonicNanoseconds > deadline
      || SystemCalls.wait(milliseconds: 0).contains(.input)
  }
}

extension Batch {
  /// Over more rows an answer takes longer than a key may wait.
  private static let mostRows = 20_000

  /// Whether all that is asked lies in memory and is little.
  private var canPrepare: Bool {
    let store = session.ground.loaded.store
    // Who asks what a statement costs wants to see it run.
    return options.showsTiming != true && !options.onlyChecks && store.damage == nil
      && session.ground.cluster == nil
      && store.partitions.reduce(0) { $0 + $1.rowCount } <= Self.mostRows
  }

  /// Asks a question that is whole; anything else is left alone.
  mutating func prepare(_ text: String) {
    prepared = nil
    guard canPrepare, text.contains(where: { !$0.isWhitespace }), CommandCall(text) == nil else {
      return
    }
    let parsed = session.parsed(text, isConsole: true)
    guard parsed.statements.count == 1, let statement = parsed.statements.first,
      statement.diagnostics.isEmpty, let tree = statement.statement
    else { return }
    switch tree.kind {
    case .query, .then: break
    default: return
    }
    let language = options.language ?? statement.language ?? session.language
    let start = SystemCalls.monotonicNanoseconds
    let deadline = start + PreparedEntry.longestNanoseconds
    PreparedEntry.deadlineNanoseconds.store(deadline, ordering: .relaxed)
    defer { PreparedEntry.deadlineNanoseconds.store(0, ordering: .relaxed) }
    var ahead = session
    // A key that has come meanwhile, or the time, may have cut the answer short.
    guard let outcome = try? ahead.run(tree, in: language), !PreparedEntry.isOutrun else { return }
    prepared = PreparedEntry(
      text: text, language: language, outcome: outcome, session: ahead,
      nanoseconds: SystemCalls.monotonicNanoseconds - start)
    // What draws it is then no stranger to the processor either.
    if case .answer(let answer) = outcome { _ = bytes(of: answer, renderOptions) }
  }

  /// What was prepared of a statement; nil for any other.
  mutating func takePrepared(_ source: String, _ language: Language) -> PreparedEntry? {
    guard isPrompt, let entry = prepared, entry.text == source, entry.language == language else {
      return nil
    }
    prepared = nil
    return entry
  }
}
