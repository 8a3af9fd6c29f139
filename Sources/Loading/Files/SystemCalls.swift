// SystemCalls.swift: paths become bytes; the only file of this stage that calls the system.
//
// Arrives: a path. Leaves: the bytes of a file, the names in a folder, or why not. Every `unsafe`
// here passes a buffer together with its own count, so the C side never writes beyond it.

import CSystem
import Synchronization

/// Why the system would not give a file.
struct SystemFault: Error, Hashable {
  enum Reason: Hashable {
    case system(String)
    case changedWhileRead
    case overBudget(limit: Int, need: Int)
    case notReadable
    /// The file is not ours to read.
    case denied
    case cancelled
  }
  var reason: Reason
}

enum PathKind { case missing, file, folder, pipe, other }

func pathKind(_ path: String) -> PathKind {
  switch unsafe Int(csystem_kind(path)) {
  case CSYSTEM_FILE: .file
  case CSYSTEM_FOLDER: .folder
  case CSYSTEM_PIPE: .pipe
  case CSYSTEM_MISSING: .missing
  default: .other
  }
}

private func lastSystemFault() -> SystemFault {
  var text = [CChar](repeating: 0, count: 256)
  let number = csystem_errno()
  if Int(number) == CSYSTEM_DENIED { return SystemFault(reason: .denied) }
  unsafe text.withUnsafeMutableBufferPointer { buffer in
    unsafe csystem_error_text(number, buffer.baseAddress, buffer.count)
  }
  let used = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  return SystemFault(reason: .system(String(decoding: used, as: UTF8.self)))
}

/// The whole file, or a fault; a file that changes its size or time while it is read is a fault.
///
/// - Parameter monitor: is told of every mebibyte, and can end the reading.
func fileBytes(
  _ path: String, limit: Int, _ monitor: LoadMonitor? = nil
) throws(SystemFault) -> [UInt8] {
  let descriptor = unsafe csystem_open_for_reading(path)
  guard descriptor >= 0 else { throw lastSystemFault() }
  defer { csystem_close(descriptor) }
  let before = try facts(of: descriptor)
  guard before.kind == CSYSTEM_FILE || before.kind == CSYSTEM_PIPE else {
    throw SystemFault(reason: .notReadable)
  }
  if before.size > limit {
    throw SystemFault(reason: .overBudget(limit: limit, need: Int(before.size)))
  }
  monitor?.begin(path, bytes: Int(before.size))
  let isLarge = before.kind == CSYSTEM_FILE && before.size > 4 * stretchBytes
  let bytes =
    isLarge
    ? try stretches(of: descriptor, Int(before.size), monitor)
    : try everything(from: descriptor, expecting: Int(before.size), limit: limit, monitor)
  guard before.kind == CSYSTEM_FILE else { return bytes }
  let after = try facts(of: descriptor)
  guard after.size == before.size, after.modified_nanoseconds == before.modified_nanoseconds,
    bytes.count == Int(before.size)
  else { throw SystemFault(reason: .changedWhileRead) }
  return bytes
}

/// The first bytes of a file, enough to tell its form.
func headBytes(_ path: String) throws(SystemFault) -> [UInt8] {
  let descriptor = unsafe csystem_open_for_reading(path)
  guard descriptor >= 0 else { throw lastSystemFault() }
  defer { csystem_close(descriptor) }
  var head = [UInt8](repeating: 0, count: 4096)
  let count = unsafe head.withUnsafeMutableBytes {
    unsafe csystem_read(descriptor, $0.baseAddress, $0.count)
  }
  if count < 0 { throw lastSystemFault() }
  head.removeSubrange(count...)
  return head
}

/// A file that stays open while several threads read stretches of it.
final class OpenFile: Sendable {
  private let descriptor: Int32
  private let modified: Int64
  let size: Int
  /// What went wrong first.
  private let fault = Mutex<SystemFault?>(nil)

  /// - Throws: also where the path names no file.
  init(_ path: String) throws(SystemFault) {
    descriptor = unsafe csystem_open_for_reading(path)
    guard descriptor >= 0 else { throw lastSystemFault() }
    do throws(SystemFault) {
      let own = try facts(of: descriptor)
      guard own.kind == CSYSTEM_FILE else { throw SystemFault(reason: .notReadable) }
      (size, modified) = (Int(own.size), own.modified_nanoseconds)
    } catch {
      csystem_close(descriptor)
      throw error
    }
  }

  deinit { csystem_close(descriptor) }

  /// Fewer where the system would not give them, or where the file has become shorter: then `check`
  /// throws.
  func bytes(of range: Range<Int>) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, used in
      // In bounds: the buffer's own room is passed as the count.
      let count = unsafe csystem_read_at(
        descriptor, buffer.baseAddress, range.count, Int64(range.lowerBound))
      used = max(count, 0)
      if count < range.count {
        let own = count < 0 ? lastSystemFault() : SystemFault(reason: .changedWhileRead)
        fault.withLock { $0 = $0 ?? own }
      }
    }
  }

  /// What was read is not what the file held before.
  func noteChange() { fault.withLock { $0 = $0 ?? SystemFault(reason: .changedWhileRead) } }

  /// Whether everything that was asked for was read, and the file is still as it was.
  func check() throws(SystemFault) {
    if let fault = fault.withLock({ $0 }) { throw fault }
    let now = try facts(of: descriptor)
    guard now.size == size, now.modified_nanoseconds == modified else {
      throw SystemFault(reason: .changedWhileRead)
    }
  }
}

private func facts(of descriptor: Int32) throws(SystemFault) -> csystem_facts {
  var facts = csystem_facts()
  guard unsafe csystem_facts_of(descriptor, &facts) == 0 else { throw lastSystemFault() }
  return facts
}

private let stretchBytes = 8 << 20

/// The first bytes of a large file, as many as are asked for and there, read by all processors.
private func stretches(
  of descriptor: Int32, _ size: Int, _ monitor: LoadMonitor?
) throws(SystemFault) -> [UInt8] {
  var fault: SystemFault?
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
    unsafe csystem_use_large_pages(buffer.baseAddress, buffer.count)
    // Each stretch is written by one thread.
    nonisolated(unsafe) let base = buffer.baseAddress
    let counts = sideBySide(
      (size + stretchBytes - 1) / stretchBytes, threads: processorCount()
    ) { number -> Result<Int, SystemFault> in
      if monitor?.isCancelled == true { return .failure(SystemFault(reason: .cancelled)) }
      let start = number * stretchBytes
      let wanted = min(stretchBytes, size - start)
      let count = unsafe csystem_read_at(
        descriptor, base?.advanced(by: start), wanted, Int64(start))
      if count < 0 { return .failure(lastSystemFault()) }
      monitor?.advance(bytes: count)
      return .success(count)
    }
    // The file has become shorter where a stretch was not filled.
    for count in counts where fault == nil && used % stretchBytes == 0 {
      switch count {
      case .success(let count): used += count
      case .failure(let found): fault = found
      }
    }
  }
  if let fault { throw fault }
  return bytes
}

/// Reads until the end; the first buffer fits a file of the expected size and the read that finds
/// its end.
private func everything(
  from descriptor: Int32, expecting size: Int, limit: Int, _ monitor: LoadMonitor?
) throws(SystemFault) -> [UInt8] {
  var bytes: [UInt8] = []
  var capacity = max(size, 0) + 1
  while true {
    var count = 0
    let block = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, used in
      while count < buffer.count, monitor?.isCancelled != true {
        // In bounds: the remaining room of this very buffer is passed as the capacity.
        let read = unsafe csystem_read(
          descriptor, buffer.baseAddress?.advanced(by: count), min(buffer.count - count, 8 << 20))
        if read <= 0 {
          if read < 0 { count = -1 }
          break
        }
        count += read
        monitor?.advance(bytes: read)
      }
      used = max(count, 0)
    }
    if count < 0 { throw lastSystemFault() }
    if monitor?.isCancelled == true { throw SystemFault(reason: .cancelled) }
    let isAtEnd = block.count < capacity
    if bytes.isEmpty { bytes = block } else { bytes.append(contentsOf: block) }
    if isAtEnd { return bytes }
    if bytes.count > limit {
      throw SystemFault(reason: .overBudget(limit: limit, need: bytes.count))
    }
    capacity = 1 << 20
  }
}

/// Bytes that this machine, or the control group this process is in, can give.
func availableMemory() -> Int { Int(clamping: csystem_memory_bytes()) }

/// The names in a folder in the order of their bytes.
func folderNames(_ path: String) throws(SystemFault) -> [String] {
  var capacity = 1 << 14
  while true {
    var buffer = [CChar](repeating: 0, count: capacity)
    let needed = unsafe buffer.withUnsafeMutableBufferPointer { room in
      unsafe csystem_folder_names(path, room.baseAddress, room.count)
    }
    guard needed >= 0 else { throw lastSystemFault() }
    if needed > capacity {
      capacity = needed * 2
      continue
    }
    let bytes = buffer.prefix(needed).map { UInt8(bitPattern: $0) }
    let names = bytes.split(separator: 0).map { Array($0) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Processors that this process may use.
func processorCount() -> Int { Int(csystem_processor_count()) }

// MARK: - Bytes

/// Where the first row ends that ends at `least` or behind it; rows begin at `start`.
///
/// - Parameter lines: grows by the lines passed.
func rowEnd(
  in bytes: [UInt8], from start: Int, least: Int, delimiter: UInt8, countsQuoted: Bool,
  lines: inout Int
) -> Int {
  var passed = 0
  let end = unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe csystem_row_end(
      buffer.baseAddress, buffer.count, start, max(least, 1), delimiter, countsQuoted ? 1 : 0,
      &passed)
  }
  lines += passed
  return end
}

/// The delimiters, quotes and line ends of a stretch, as offsets from its beginning.
func marks(of bytes: [UInt8], _ range: Range<Int>, delimiter: UInt8) -> [UInt32] {
  precondition(range.upperBound <= bytes.count, "the stretch is one of these bytes")
  return unsafe [UInt32](unsafeUninitializedCapacity: range.count) { buffer, used in
    // In bounds: a stretch has at most as many marks as bytes.
    used = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe csystem_marks(
        input.baseAddress?.advanced(by: range.lowerBound), range.count, delimiter,
        buffer.baseAddress)
    }
  }
}

func byteHash(_ range: Range<Int>, of bytes: [UInt8]) -> UInt64 {
  precondition(range.upperBound <= bytes.count, "the stretch is one of these bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe csystem_hash(buffer.baseAddress?.advanced(by: range.lowerBound), range.count)
  }
}

/// Of CRC-32C, which the processor counts itself.
func checksum(_ range: Range<Int>, of bytes: [UInt8]) -> UInt32 {
  precondition(range.upperBound <= bytes.count, "the stretch is one of these bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe csystem_crc32c(0, buffer.baseAddress?.advanced(by: range.lowerBound), range.count)
  }
}

/// True only where the bytes are UTF-8; false may also mean that it could not be told.
func isSurelyUTF8(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  precondition(range.upperBound <= bytes.count, "the stretch is one of these bytes")
  return unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe csystem_is_utf8(buffer.baseAddress?.advanced(by: range.lowerBound), range.count) == 1
  }
}

/// The entry with these bytes, or the free slot for it.
enum FoundEntry { case entry(Int), slot(Int) }

/// - Precondition: `slots` is a power of two in number, has a free one, and names entries of `ends`
///   only, which are ascending and within `text`.
func findEntry(
  _ range: Range<Int>, of bytes: [UInt8], hash: UInt64, text: [UInt8], ends: [Int64],
  slots: [UInt64]
) -> FoundEntry {
  precondition(range.upperBound <= bytes.count, "the stretch is one of these bytes")
  var slot = 0
  let entry = unsafe bytes.withUnsafeBufferPointer { key in
    unsafe text.withUnsafeBufferPointer { text in
      unsafe ends.withUnsafeBufferPointer { ends in
        unsafe slots.withUnsafeBufferPointer { slots in
          unsafe csystem_find_entry(
            key.baseAddress?.advanced(by: range.lowerBound), range.count, hash, text.baseAddress,
            ends.baseAddress, slots.baseAddress, slots.count - 1, &slot)
        }
      }
    }
  }
  return entry < 0 ? .slot(slot) : .entry(Int(entry))
}

/// Cells of one column among those of many.
struct CellColumn {
  /// The first one's place among all cells, and how far it is from one to the next.
  var first: Int
  var step: Int
  var count: Int
}

/// Appends the meaning of each cell's entry, up to the first cell that is no entry or without a
/// meaning (−1).
///
/// - Parameter blank: the meaning of an empty cell, or −1.
/// - Returns: for how many.
/// - Precondition: that of `findEntry`; every entry has a meaning; the cells lie within `bytes`.
func appendMeanings(
  _ meanings: [Int32], blank: Int64, of column: CellColumn, among cells: [Range<Int>],
  in bytes: [UInt8], text: [UInt8], ends: [Int64], slots: [UInt64], to codes: inout [Int64]
) -> Int {
  precondition(meanings.count == ends.count, "every entry has a meaning")
  for index in 0..<column.count {
    let end = cells[column.first + index * column.step].upperBound
    precondition(end <= bytes.count, "the cells lie within these bytes")
  }
  let start = codes.count
  codes.append(contentsOf: repeatElement(0, count: column.count))
  var known = 0
  unsafe codes.withUnsafeMutableBufferPointer { codes in
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe cells.withUnsafeBytes { cells in
        unsafe text.withUnsafeBufferPointer { text in
          unsafe ends.withUnsafeBufferPointer { ends in
            unsafe slots.withUnsafeBufferPointer { slots in
              unsafe meanings.withUnsafeBufferPointer { meanings in
                // A range is its two bounds, one behind the other.
                let bounds = unsafe cells.assumingMemoryBound(to: Int64.self)
                known = unsafe csystem_known_codes(
                  bytes.baseAddress, bounds.baseAddress?.advanced(by: 2 * column.first),
                  column.step, column.count, text.baseAddress, ends.baseAddress,
                  slots.baseAddress, slots.count - 1, meanings.baseAddress, blank,
                  codes.baseAddress?.advanced(by: start))
              }
            }
          }
        }
      }
    }
  }
  codes.removeLast(column.count - known)
  return known
}

/// GB18030 as UTF-8, or the offset of the first byte that cannot be read.
func utf8FromGB18030(_ bytes: [UInt8]) -> Result<[UInt8], EncodingFault> {
  let table = pairsOfGB18030
  return unsafe utf8(bytes) { input, output, fault in
    unsafe table.withUnsafeBufferPointer { table in
      unsafe csystem_utf8_by_table(
        table.baseAddress, input.baseAddress, input.count, output.baseAddress, output.count, &fault)
    }
  }
}

/// The same by the system's own converter, which is the measure of the other.
func utf8FromGB18030BySystem(_ bytes: [UInt8]) -> Result<[UInt8], EncodingFault> {
  unsafe utf8(bytes) { input, output, fault in
    unsafe csystem_utf8_from_gb18030(
      input.baseAddress, input.count, output.baseAddress, output.count, &fault)
  }
}

/// Made from the system's converter when the first such text is read, in a few milliseconds.
private let pairsOfGB18030: [UInt32] = {
  let count = Int(CSYSTEM_GB18030_PAIRS)
  return unsafe [UInt32](unsafeUninitializedCapacity: count) { buffer, used in
    for index in buffer.indices { unsafe buffer[index] = 0 }
    // In bounds: the buffer has just as many entries as the table.
    _ = unsafe csystem_gb18030_table(buffer.baseAddress)
    used = count
  }
}()

private func utf8(
  _ bytes: [UInt8],
  _ convert: (UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<UInt8>, inout Int) -> Int
) -> Result<[UInt8], EncodingFault> {
  var written = 0
  var fault = 0
  // Two bytes become at most four, four bytes at most four: 2 × the input always suffices.
  let output = unsafe [UInt8](unsafeUninitializedCapacity: bytes.count * 2 + 16) { buffer, used in
    written = unsafe bytes.withUnsafeBufferPointer { input in
      unsafe convert(input, buffer, &fault)
    }
    used = max(written, 0)
  }
  if written < 0 { return .failure(EncodingFault(offset: fault)) }
  return .success(output)
}
