// AtomicFile.swift: bytes arrive for a name, and a whole file leaves under it, or none.
//
// The bytes go to a hidden file beside the target, `.name.tmp-PID`, which takes the name only when
// all of them are on the disk. After any error or signal the old file is as it was.

import Syntax

/// Why a file could not be written.
package enum FileProblem: Error, Sendable, Hashable {
  /// There is a file, and nobody said `replace` or `append`.
  case exists
  case system(SystemError)
}

package struct AtomicFile: ~Copyable {
  package let path: String
  /// nil for a FIFO or device, which is written directly.
  private let temporaryPath: String?
  private let slot: Int32?
  private let descriptor: Descriptor
  private var buffer: WriteBuffer
  private var isCommitted = false

  private init(
    _ path: String, temporaryPath: String?, slot: Int32?, descriptor: consuming Descriptor
  ) {
    self.path = path
    self.temporaryPath = temporaryPath
    self.slot = slot
    buffer = WriteBuffer(descriptor: descriptor.number)
    self.descriptor = descriptor
  }

  /// Opens `path` for writing.
  ///
  /// With `append` the old bytes are copied first. `mode` is lowered by the umask; a file that is
  /// replaced keeps the mode it had. A symbolic link is replaced, never followed.
  package static func open(
    _ path: String, existing: IntoSyntax.Existing, mode: UInt32 = 0o666
  ) throws(FileProblem) -> AtomicFile {
    do throws(SystemError) {
      let status = try SystemCalls.status(of: path)
      switch status.kind {
      case .folder: throw SystemError.isFolder
      case .regular where path.hasPrefix("/dev/"), .other:
        let device = try Descriptor(device: path)
        return AtomicFile(path, temporaryPath: nil, slot: nil, descriptor: device)
      case .regular where existing == .refuse: throw SystemError.exists
      case .regular:
        let file = try beside(path, mode: mode)
        try file.descriptor.changeMode(status.mode)
        if existing == .append { try file.copyOldBytes() }
        return file
      case .missing: return try beside(path, mode: mode)
      }
    } catch { throw error == .exists ? .exists : .system(error) }
  }

  /// Opens the temporary file.
  private static func beside(_ path: String, mode: UInt32) throws(SystemError) -> AtomicFile {
    let temporary = temporaryPath(for: path)
    removeLeftovers(beside: path)
    let slot = SystemCalls.rememberTemporary(temporary)
    do {
      let descriptor = try Descriptor(creating: temporary, mode: mode)
      let file = AtomicFile(path, temporaryPath: temporary, slot: slot, descriptor: descriptor)
      // Whoever tidies up later sees by the lock that this writer is alive.
      try? file.descriptor.lockWithoutWaiting()
      return file
    } catch {
      if let slot { SystemCalls.forgetTemporary(slot) }
      throw error
    }
  }

  deinit {
    guard !isCommitted, let temporaryPath else { return }
    try? SystemCalls.remove(temporaryPath)
    if let slot { SystemCalls.forgetTemporary(slot) }
  }

  package mutating func write(_ text: String) { buffer.append(text.utf8) }
  package mutating func write(_ bytes: [UInt8]) { buffer.append(bytes) }

  /// Puts the file under its name.
  ///
  /// - Throws: the first error of any write before, too; the temporary file is gone then.
  package consuming func commit() throws(FileProblem) {
    do throws(SystemError) {
      buffer.flush()
      if let failure = buffer.failure { throw failure }
      guard let temporaryPath else { return }
      try descriptor.synchronize()
      try SystemCalls.rename(temporaryPath, to: path)
      isCommitted = true
      if let slot { SystemCalls.forgetTemporary(slot) }
      try SystemCalls.synchronizeFolder(folderName(of: path))
    } catch { throw .system(error) }
  }

  private func copyOldBytes() throws(SystemError) {
    let old = try Descriptor(reading: path)
    while true {
      let bytes = try old.read()
      if bytes.isEmpty { break }
      try descriptor.write(bytes)
    }
  }

  // MARK: Names

  /// A name is at most 255 bytes: a long one is cut so that the ending fits.
  static func temporaryPath(for path: String) -> String {
    prefixPath(for: path) + "\(SystemCalls.processIdentifier)"
  }

  private static func prefixPath(for path: String) -> String {
    var name = lastName(of: path)
    while name.utf8.count > 230 { name.unicodeScalars.removeLast() }
    let folder = folderName(of: path)
    return (folder == "." && !path.hasPrefix("./") ? "" : joinedPath(folder, ""))
      + ".\(name).tmp-"
  }

  /// Removes what killed writers of the same target left: their process is gone and nobody holds
  /// the lock (a process of another container may have any number).
  static func removeLeftovers(beside path: String) {
    let prefix = lastName(of: prefixPath(for: path))
    let folder = folderName(of: path)
    guard let names = try? SystemCalls.names(in: folder) else { return }
    for name in names where name.hasPrefix(prefix) {
      guard let process = Int32(name.dropFirst(prefix.count)) else { continue }
      let isOurs = process == SystemCalls.processIdentifier
      guard isOurs || SystemCalls.isProcessGone(process) else { continue }
      let leftover = joinedPath(folder, name)
      guard let descriptor = try? Descriptor(reading: leftover) else { continue }
      guard (try? descriptor.lockWithoutWaiting()) != nil else { continue }
      try? SystemCalls.removeTemporary(leftover)
    }
  }
}
