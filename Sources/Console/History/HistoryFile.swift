// HistoryFile.swift: entries arrive one by one and are in the file before the next prompt; a start
// reads them back. Two sessions, or a crash, lose nothing (console.md 3.6).

package struct HistoryFile: Sendable {
  package let path: String

  /// Only so many different entries are kept; the file may hold twice as many before it is
  /// rewritten.
  static let entryLimit = 10_000
  static let entryByteLimit = 65_536
  /// A file beyond it is somebody else's: its end is not read.
  static let fileByteLimit = 256 << 20

  package init(path: String) { self.path = path }

  /// The file of the product's state folder; nil where there is no such folder.
  package init?(in environment: ConsoleEnvironment) {
    guard let folder = environment.stateFolder else { return nil }
    path = joinedPath(folder, "history.jsonl")
  }

  /// Whether an entry is stored at all: not when it is too long, and not when it begins with a
  /// blank, which is how a person says so.
  static func stores(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return text.utf8.count <= entryByteLimit && !first.properties.isWhitespace
  }

  /// Every entry, oldest first; a missing file has none. `lineCount` counts also what is no entry.
  package func load() throws(SystemError) -> (entries: [HistoryEntry], lineCount: Int) {
    guard let lines = try lines() else { return ([], 0) }
    return (lines.compactMap { HistoryEntry(line: $0) }, lines.count)
  }

  private func lines() throws(SystemError) -> [ArraySlice<UInt8>]? {
    let status = try SystemCalls.status(of: path)
    guard status.kind == .regular else { return nil }
    let file = try Descriptor(reading: path)
    var bytes: [UInt8] = []
    while bytes.count < Self.fileByteLimit {
      let more = try file.read()
      if more.isEmpty { break }
      bytes += more
    }
    return bytes.split(separator: UInt8(ascii: "\n"))
  }

  /// Adds an entry: one `write` under a lock, behind a line break if a crash has left half a line.
  package func append(_ entry: HistoryEntry) throws(SystemError) {
    try makeFolders(folderName(of: path))
    // The file may be replaced by a rewriting session between opening and locking.
    for _ in 0..<8 {
      let file = try Descriptor(appendingTo: path, mode: 0o600)
      try file.lock()
      let opened = try file.status()
      guard opened.kind == .regular else { throw SystemError(22) }
      guard opened.isSameFile(as: try SystemCalls.status(of: path)) else { continue }
      let lastByte = opened.byteCount > 0 ? try file.lastByte(of: opened) : nil
      let isBroken = lastByte != nil && lastByte != UInt8(ascii: "\n")
      try file.write(Array(((isBroken ? "\n" : "") + entry.line + "\n").utf8))
      try file.close()
      return
    }
    throw .wouldBlock
  }

  /// Rewrites a file that has grown too long: the newest copy of each text, the newest of them, and
  /// every line that is no entry.
  func compact() throws(SystemError) {
    let file = try Descriptor(appendingTo: path, mode: 0o600)
    try file.lock()
    guard try file.status().isSameFile(as: try SystemCalls.status(of: path)) else { return }
    guard let lines = try lines(), lines.count > 2 * Self.entryLimit else { return }
    var seen: Set<[UInt8]> = []
    var kept: [ArraySlice<UInt8>] = []
    var entryCount = 0
    for line in lines.reversed() {
      if let entry = HistoryEntry(line: line) {
        guard entryCount < Self.entryLimit, seen.insert(Array(entry.text.utf8)).inserted else {
          continue
        }
        entryCount += 1
      }
      kept.append(line)
    }
    var bytes: [UInt8] = []
    for line in kept.reversed() { bytes += line + [UInt8(ascii: "\n")] }
    do {
      var rewritten = try AtomicFile.open(path, existing: .replace, mode: 0o600)
      rewritten.write(bytes)
      try rewritten.commit()
    } catch {
      if case .system(let error) = error { throw error }
      throw SystemError.exists
    }
    try file.close()
  }
}
