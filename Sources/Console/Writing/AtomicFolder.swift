// AtomicFolder.swift: files arrive for a folder, and all of them leave under its name, or none.
//
// They go to a hidden folder beside the target, `.name.tmp-PID`, which takes the name only when
// every byte of every file is on the disk.

import Syntax

struct AtomicFolder: ~Copyable {
  let path: String
  private let temporaryPath: String
  private let slot: Int32?
  private let folder: Descriptor
  /// A folder of the name is there, and this one takes its place.
  private let replaces: Bool
  private var isCommitted = false

  /// - Throws: `exists` where something has the name and nobody said `replace`.
  static func create(_ path: String, replaces: Bool) throws(FileProblem) -> AtomicFolder {
    do throws(SystemError) {
      let kind = try SystemCalls.status(of: path).kind
      guard kind == .missing || (replaces && kind == .folder) else { throw SystemError.exists }
      AtomicFile.removeLeftovers(beside: path)
      let temporary = AtomicFile.temporaryPath(for: path)
      let slot = SystemCalls.rememberTemporary(temporary)
      var isMade = false
      do {
        try SystemCalls.makeFolder(temporary, mode: 0o777)
        isMade = true
        let folder = try Descriptor(reading: temporary)
        // Whoever tidies up later sees by the lock that this writer is alive.
        try? folder.lockWithoutWaiting()
        return AtomicFolder(
          path: path, temporaryPath: temporary, slot: slot, folder: folder,
          replaces: kind == .folder)
      } catch {
        if isMade { try? SystemCalls.removeTemporary(temporary) }
        if let slot { SystemCalls.forgetTemporary(slot) }
        throw error
      }
    } catch { throw error == .exists ? .exists : .system(error) }
  }

  private init(
    path: String, temporaryPath: String, slot: Int32?, folder: consuming Descriptor,
    replaces: Bool
  ) {
    self.path = path
    self.temporaryPath = temporaryPath
    self.slot = slot
    self.folder = folder
    self.replaces = replaces
  }

  deinit {
    guard !isCommitted else { return }
    try? SystemCalls.removeTemporary(temporaryPath)
    if let slot { SystemCalls.forgetTemporary(slot) }
  }

  /// Writes one file to its end, which is then on the disk.
  ///
  /// - Parameter chunk: more bytes of the file; nil at its end.
  func write(_ name: String, _ chunk: () -> [UInt8]?) throws(FileProblem) {
    do throws(SystemError) {
      let file = try Descriptor(creating: joinedPath(temporaryPath, name), mode: 0o666)
      var buffer = WriteBuffer(descriptor: file.number)
      while buffer.failure == nil, let bytes = chunk() { buffer.append(bytes) }
      buffer.flush()
      if let failure = buffer.failure { throw failure }
      try file.synchronize()
      try file.close()
    } catch { throw .system(error) }
  }

  /// Puts the folder under its name; what it replaces is gone then.
  consuming func commit() throws(FileProblem) {
    do throws(SystemError) {
      try SystemCalls.synchronizeFolder(temporaryPath)
      if replaces {
        try SystemCalls.exchange(temporaryPath, with: path)
      } else {
        try SystemCalls.rename(temporaryPath, to: path)
      }
      isCommitted = true
      try SystemCalls.synchronizeFolder(folderName(of: path))
      if replaces { try? SystemCalls.removeTemporary(temporaryPath) }
      if let slot { SystemCalls.forgetTemporary(slot) }
    } catch { throw error == .exists ? .exists : .system(error) }
  }
}
