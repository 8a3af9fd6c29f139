// PrivateFiles.swift: names of files arrive; files of their owner's alone leave, flushed and whole,
// and the checksums of bytes. The only file of this stage that calls the system.
//
// Every `unsafe` passes a text or a buffer together with its own count.

import CSystem

extension WorkspaceFault {
  /// What the system said last.
  static func system() -> WorkspaceFault {
    let number = csystem_errno()
    var text = [CChar](repeating: 0, count: 256)
    unsafe text.withUnsafeMutableBufferPointer { buffer in
      unsafe csystem_error_text(number, buffer.baseAddress, buffer.count)
    }
    let used = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    // 28 and 122 are ENOSPC and EDQUOT, 30 is EROFS, 13 and 1 are EACCES and EPERM, 2 is ENOENT.
    let reason: Reason =
      switch number {
      case 28, 122: .diskFull
      case 30, 13, 1: .readOnly
      case 2: .missing
      case 17: .exists
      default: .inputOutput
      }
    return WorkspaceFault(reason, String(decoding: used, as: UTF8.self))
  }
}

enum NameKind { case missing, file, folder, link, other }

/// What a name itself is; a symbolic link is not followed.
func nameKind(_ path: String) -> NameKind {
  switch unsafe Int(csystem_kind_of_name(path)) {
  case CSYSTEM_MISSING: .missing
  case CSYSTEM_FILE: .file
  case CSYSTEM_FOLDER: .folder
  case CSYSTEM_LINK: .link
  default: .other
  }
}

func isWritable(_ path: String) -> Bool { unsafe csystem_is_writable(path) != 0 }

/// The folder of a path without symbolic links, and the last name as it is.
func withRealFolder(_ path: String) throws(WorkspaceFault) -> String {
  let (folder, name) = split(path)
  var buffer = [CChar](repeating: 0, count: 4096)
  let count = unsafe buffer.withUnsafeMutableBufferPointer { room in
    unsafe csystem_real_path(folder, room.baseAddress, room.count)
  }
  guard count >= 0 else { throw WorkspaceFault.system() }
  let real = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return real.hasSuffix("/") ? real + name : real + "/" + name
}

func split(_ path: String) -> (folder: String, name: String) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path) }
  let folder = path[..<slash]
  return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
}

/// Makes the folders that a path lacks, for their owner alone.
func makePrivateFolder(_ path: String) throws(WorkspaceFault) {
  guard nameKind(path) == .missing else { return }
  let parent = split(path).folder
  if parent != path, parent != "." { try makePrivateFolder(parent) }
  guard unsafe csystem_make_private_folder(path) == 0 else {
    let fault = WorkspaceFault.system()
    // Another program may have made it meanwhile.
    if fault.reason == .exists { return }
    throw fault
  }
}

/// A new empty file (0600); a name that is taken, by a symbolic link too, is a fault.
func createPrivateFile(_ path: String) throws(WorkspaceFault) {
  let descriptor = unsafe csystem_create_private(path)
  guard descriptor >= 0 else { throw WorkspaceFault.system() }
  guard csystem_close(descriptor) == 0 else { throw WorkspaceFault.system() }
}

func removeFile(_ path: String) throws(WorkspaceFault) {
  guard unsafe csystem_remove(path) == 0 else { throw WorkspaceFault.system() }
}

/// Waits until the bytes of a file, or the names of a folder, are on the disk.
func flush(_ path: String) throws(WorkspaceFault) {
  guard unsafe csystem_sync_name(path) == 0 else { throw WorkspaceFault.system() }
}

/// Gives a finished file its name; a name that is taken is a fault.
func rename(_ path: String, toNew newPath: String) throws(WorkspaceFault) {
  guard unsafe csystem_rename_to_new(path, newPath) == 0 else { throw WorkspaceFault.system() }
}

var processIdentifier: Int32 { csystem_process_id() }

/// Removes what killed writers left beside a file: names with this beginning and the number of a
/// process that is gone.
func removeLeftovers(beside path: String, prefix: String) {
  let folder = split(path).folder
  var buffer = [CChar](repeating: 0, count: 1 << 16)
  let needed = unsafe buffer.withUnsafeMutableBufferPointer { room in
    unsafe csystem_folder_names(folder, room.baseAddress, room.count)
  }
  // A folder with thousands of names is not searched: a leftover does no harm.
  guard needed > 0, needed <= buffer.count else { return }
  for name in buffer.prefix(needed).split(separator: 0) {
    let text = String(decoding: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard text.hasPrefix(prefix) else { continue }
    let number = text.dropFirst(prefix.count).prefix { $0.isNumber }
    guard let process = Int32(number), csystem_is_process_gone(process) != 0 else { continue }
    try? removeFile(folder + "/" + text)
  }
}

/// Seconds since 1970: said of a load, and never part of an answer.
var wallSeconds: Int64 { Int64(csystem_wall_seconds()) }

/// CRC-32C.
func crc32c(of bytes: [UInt8], from before: UInt32 = 0) -> UInt32 {
  unsafe bytes.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { return before }
    return unsafe csystem_crc32c(before, base, buffer.count)
  }
}

// MARK: - Frames of bits

/// Codes of 1, 2, 4 or 8 bytes in as few bits as each thousand of them needs; nil where that saves
/// less than an eighth.
///
/// - Complexity: O(codes)
func packedFrames(_ codes: [UInt8], width: Int) -> [UInt8]? {
  let capacity = codes.count / 8 * 7
  guard width > 0, capacity > 64 else { return nil }
  var written = -1
  let packed = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, used in
    written = unsafe codes.withUnsafeBufferPointer { input in
      // In bounds: so many whole codes as the input has, and the buffer's own capacity.
      unsafe csystem_frames_pack(
        input.baseAddress, input.count / width, Int32(truncatingIfNeeded: width),
        buffer.baseAddress, buffer.count)
    }
    used = max(0, written)
  }
  return written >= 0 ? packed : nil
}

/// nil where the bytes are not frames of so many codes.
func unpackedFrames(_ packed: [UInt8], codeCount: Int, width: Int) -> [UInt8]? {
  let (size, overflowed) = codeCount.multipliedReportingOverflow(by: width)
  guard !overflowed, size >= 0 else { return nil }
  var status: Int32 = -1
  let codes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
    status = unsafe packed.withUnsafeBufferPointer { input in
      // In bounds: the buffer holds `codeCount` codes of this width.
      unsafe csystem_frames_unpack(
        input.baseAddress, input.count, codeCount, Int32(truncatingIfNeeded: width),
        buffer.baseAddress)
    }
    used = status == 0 ? size : 0
  }
  return status == 0 ? codes : nil
}
