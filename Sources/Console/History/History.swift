// History.swift: what was entered arrives, and the order in which Up shows it leaves.

/// The entries of this session and of those before it.
package final class History {
  /// Of this session, oldest first; the text of a dropped line is among them, unsaved.
  private var own: [HistoryEntry] = []
  /// Of the sessions before, oldest first.
  private var earlier: [HistoryEntry] = []
  private let file: HistoryFile?
  private let session: String
  private var lineCount = 0

  /// nil: nothing is kept.
  package init(file: HistoryFile?) {
    self.file = file
    session = "\(SystemCalls.processIdentifier)-\(SystemCalls.wallSeconds)"
  }

  /// Reads the entries of earlier sessions.
  package func load() throws(SystemError) {
    guard let file else { return }
    let loaded = try file.load()
    lineCount = loaded.lineCount
    // The order of time, and of the file where times are equal.
    earlier = loaded.entries.enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  /// Takes an entry that was run; in the file before this returns.
  ///
  /// - Throws: when the file cannot be written. The entry is there for this session all the same.
  package func add(
    _ text: String, dataName: String, microseconds: Int64, hasSucceeded: Bool
  ) throws(SystemError) {
    guard HistoryFile.stores(text) else { return }
    let entry = HistoryEntry(
      time: SystemCalls.wallSeconds, text: text, dataName: dataName,
      microseconds: microseconds, hasSucceeded: hasSucceeded, session: session)
    remember(entry)
    guard let file else { return }
    try file.append(entry)
    lineCount += 1
    if lineCount > 2 * HistoryFile.entryLimit {
      try file.compact()
      lineCount = try file.load().lineCount
    }
  }

  /// Takes the text of a dropped line: Up brings it back in this session, and nothing is written.
  package func rememberDropped(_ text: String) {
    guard !text.isEmpty else { return }
    remember(
      HistoryEntry(
        time: SystemCalls.wallSeconds, text: text, dataName: "", microseconds: 0,
        hasSucceeded: false, session: session))
  }

  private func remember(_ entry: HistoryEntry) {
    let bytes = Array(entry.text.utf8)
    own.removeAll { Array($0.text.utf8) == bytes }
    own.append(entry)
  }

  /// All different texts, the newest first: this session's, then the others by time.
  ///
  /// Texts are the same when their bytes are: `String` would take two spellings of an accent for
  /// one.
  package var texts: [String] { newestFirst.map(\.text) }

  /// The same as entries, the oldest first: the order of their numbers in a listing.
  package var entries: [HistoryEntry] { newestFirst.reversed() }

  private var newestFirst: [HistoryEntry] {
    var seen: Set<[UInt8]> = []
    let all = own.reversed() + earlier.reversed()
    return Array(
      all.filter { seen.insert(Array($0.text.utf8)).inserted }.prefix(HistoryFile.entryLimit))
  }

  /// The newest text that goes on from a beginning, and did what it was to do; entries about the
  /// same data come first.
  package func continuation(of beginning: String, dataName: String) -> String? {
    guard !beginning.isEmpty else { return nil }
    func goesOn(_ entry: HistoryEntry) -> Bool {
      entry.hasSucceeded && entry.text.utf8.count > beginning.utf8.count
        && entry.text.utf8.starts(with: beginning.utf8)
    }
    if let entry = own.last(where: goesOn) { return entry.text }
    return earlier.last { $0.dataName == dataName && goesOn($0) }?.text
  }
}
