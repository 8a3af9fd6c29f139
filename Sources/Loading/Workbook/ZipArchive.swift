// ZipArchive.swift: the bytes of a zip archive arrive; its parts leave, block by block, inflated.
//
// The only file of this stage that calls libzip. Every `unsafe` passes a buffer together with its
// own count; the archive keeps its own copy of the bytes.

import CZip

/// Why an archive or a part of it cannot be read.
enum ZipFault: Error, Hashable {
  /// libzip is not installed, or lacks a function; with what the system says.
  case notInstalled(String)
  case damaged(part: String, why: String)
  case encrypted
  /// More bytes than a part, or all parts together, may have.
  case overBudget(part: String, limit: Int)
}

/// An archive that lies in memory. Sizes are counted as bytes come out, since what the archive
/// says of them may be a lie (reliability.md, X4).
@safe final class ZipArchive {
  private let archive: OpaquePointer
  private var indices: [String: Int64] = [:]
  /// As stored, in the order of the archive.
  private(set) var names: [String] = []
  /// Bytes inflated so far, over all parts.
  private var inflatedBytes = 0

  init(_ bytes: [UInt8]) throws(ZipFault) {
    var why = [CChar](repeating: 0, count: 256)
    let state = unsafe why.withUnsafeMutableBufferPointer {
      unsafe Int(czip_prepare($0.baseAddress, $0.count))
    }
    guard state == CZIP_READY else { throw .notInstalled(text(why)) }
    let opened = unsafe bytes.withUnsafeBytes { input in
      unsafe why.withUnsafeMutableBufferPointer {
        unsafe czip_open(input.baseAddress, input.count, $0.baseAddress, $0.count)
      }
    }
    guard let opened = unsafe opened else { throw .damaged(part: "", why: text(why)) }
    unsafe archive = opened
    for index in 0..<max(unsafe czip_count(archive), 0) {
      guard let raw = unsafe czip_name(archive, index) else { continue }
      let name = unsafe String(cString: raw)
      names.append(name)
      let key = Self.key(name)
      // Two parts of one name: readers would disagree on which is meant.
      if indices[key] != nil { throw .damaged(part: name, why: "two parts have this name") }
      indices[key] = index
    }
  }

  deinit { unsafe czip_close(archive) }

  /// Names of parts differ neither by case nor, as some programs write them, by the stroke.
  private static func key(_ name: String) -> String {
    var bytes = Array(name.utf8)
    for index in bytes.indices {
      if bytes[index] == 0x5C { bytes[index] = 0x2F }
      if (0x41...0x5A).contains(bytes[index]) { bytes[index] += 0x20 }
    }
    if bytes.first == 0x2F { bytes.removeFirst() }
    return String(decoding: bytes, as: UTF8.self)
  }

  func holds(_ name: String) -> Bool { indices[Self.key(name)] != nil }

  /// Hands the part on in blocks of up to 64 KiB, for as long as they are wanted.
  ///
  /// - Parameter take: false where it has enough.
  /// - Throws: what the archive or `take` finds wrong.
  func read(
    _ name: String, take: (Span<UInt8>) throws(ZipFault) -> Bool
  ) throws(ZipFault) {
    guard let index = indices[Self.key(name)] else {
      throw .damaged(part: name, why: "is not in the archive")
    }
    if unsafe czip_is_encrypted(archive, index) != 0 { throw .encrypted }
    var why = [CChar](repeating: 0, count: 256)
    let opened = unsafe why.withUnsafeMutableBufferPointer {
      unsafe czip_open_part(archive, index, $0.baseAddress, $0.count)
    }
    guard let part = unsafe opened else { throw .damaged(part: name, why: text(why)) }
    defer { unsafe czip_close_part(part) }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var partBytes = 0
    while true {
      let count = unsafe block.withUnsafeMutableBytes { room in
        unsafe why.withUnsafeMutableBufferPointer {
          unsafe czip_read(part, room.baseAddress, room.count, $0.baseAddress, $0.count)
        }
      }
      if count < 0 { throw .damaged(part: name, why: text(why)) }
      if count == 0 { return }
      partBytes += Int(count)
      inflatedBytes += Int(count)
      if partBytes > Budget.inflatedPartBytes {
        throw .overBudget(part: name, limit: Budget.inflatedPartBytes)
      }
      if inflatedBytes > Budget.inflatedBytes {
        throw .overBudget(part: name, limit: Budget.inflatedBytes)
      }
      if try !take(block.span.extracting(first: Int(count))) { return }
    }
  }
}

private func text(_ characters: [CChar]) -> String {
  String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
