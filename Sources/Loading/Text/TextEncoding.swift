// TextEncoding.swift: bytes of a file become UTF-8, or the offset of the first byte that fits
// nothing.
//
// The order is fixed: a byte order mark, else wholly valid UTF-8, else wholly valid GB18030. A
// character is never replaced: a file that is cut inside one is refused with its place
// (reliability.md, G2).

import Synchronization

package enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  case auto, utf8, gb18030, utf16

  /// nil where it is to be found.
  var name: String? {
    switch self {
    case .auto: nil
    case .utf8: "UTF-8"
    case .gb18030: "GB18030"
    case .utf16: "UTF-16"
    }
  }
}

struct EncodingFault: Error, Hashable {
  /// Offset into the bytes of the file.
  var offset: Int
}

struct DecodedText {
  var bytes: [UInt8]
  /// As a person knows it: `UTF-8`, `UTF-8 with BOM`, `GB18030`, `UTF-16LE`, `UTF-16BE`.
  var encoding: String
}

func decoded(
  _ bytes: [UInt8], as encoding: TextEncoding
) throws(EncodingFault) -> DecodedText {
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]), encoding == .auto || encoding == .utf8 {
    if let offset = firstInvalidUTF8(bytes) { throw EncodingFault(offset: offset) }
    return DecodedText(bytes: Array(bytes.dropFirst(3)), encoding: "UTF-8 with BOM")
  }
  if encoding == .auto || encoding == .utf16, bytes.count >= 2 {
    if bytes[0] == 0xFF, bytes[1] == 0xFE {
      return try decodedUTF16(bytes, from: 2, isBigEndian: false)
    }
    if bytes[0] == 0xFE, bytes[1] == 0xFF {
      return try decodedUTF16(bytes, from: 2, isBigEndian: true)
    }
  }
  switch encoding {
  case .utf16:
    let text = try decodedUTF16(bytes, from: 0, isBigEndian: false)
    // Bytes of another encoding make characters too, but never the end of a line.
    guard bytes.isEmpty || text.bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) else {
      throw EncodingFault(offset: 0)
    }
    return text
  case .utf8:
    if let offset = firstInvalidUTF8(bytes) { throw EncodingFault(offset: offset) }
    return DecodedText(bytes: bytes, encoding: "UTF-8")
  case .gb18030:
    return DecodedText(bytes: try decodedGB18030(bytes).get(), encoding: "GB18030")
  case .auto:
    guard let offset = firstInvalidUTF8(bytes) else {
      return DecodedText(bytes: bytes, encoding: "UTF-8")
    }
    // UTF-8 to the very end, and Chinese before it: a file that was cut, not one in another
    // encoding.
    if offset >= bytes.count - 3, bytes[..<offset].contains(where: { $0 >= 0x80 }) {
      throw EncodingFault(offset: offset)
    }
    // When both fail, the encoding that read further is the likelier one, and its offset is named.
    switch decodedGB18030(bytes) {
    case .success(let text): return DecodedText(bytes: text, encoding: "GB18030")
    case .failure(let fault): throw EncodingFault(offset: max(offset, fault.offset))
    }
  }
}

/// The first of many NUL bytes at the beginning or the end of a file that has no mark of UTF-16: no
/// text has them there. nil where they are few, or none.
func nullBytes(in bytes: [UInt8]) -> Int? {
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return nil }
  let length = min(bytes.count, 4096)
  for range in [0..<length, bytes.count - length..<bytes.count] {
    let count = bytes[range].count { $0 == 0 }
    if count >= 4, count * 10 >= length { return bytes[range].firstIndex(of: 0) }
  }
  return nil
}

/// Large texts are looked at in pieces of this size, side by side.
private let pieceBytes = 1 << 22
/// And converted in these, so that what is converted still lies near the processor.
private let convertedBytes = 1 << 19

private func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
  guard bytes.count > pieceBytes else { return firstInvalidUTF8(0..<bytes.count, of: bytes) }
  let count = (bytes.count + pieceBytes - 1) / pieceBytes
  let faults = sideBySide(count, threads: processorCount()) { number in
    let end = min((number + 1) * pieceBytes, bytes.count)
    return firstInvalidUTF8(
      characterStart(number * pieceBytes, of: bytes)..<characterStart(end, of: bytes), of: bytes)
  }
  return faults.lazy.compactMap { $0 }.first
}

/// Where the first character begins at `place` or up to three bytes behind it. Bytes that go on for
/// longer are not of UTF-8, and the piece that begins behind them says so.
private func characterStart(_ place: Int, of bytes: [UInt8]) -> Int {
  if place == 0 { return 0 }
  let end = min(place + 3, bytes.count)
  return (place..<end).first { bytes[$0] & 0xC0 != 0x80 } ?? end
}

/// The hash of a file that is UTF-8 from end to end, as of its bytes; nil for any other, and where
/// it cannot be read.
func hashOfUTF8(_ file: OpenFile, _ monitor: LoadMonitor?) -> String? {
  // A character that a piece ends in, or begins in, belongs to the piece it begins in.
  hash(of: file, around: 0, 3, monitor) { bytes, own in
    let first = own.isFirst ? 0 : min(3, bytes.prefix(3).prefix { $0 & 0xC0 == 0x80 }.count)
    return firstInvalidUTF8(
      first..<characterStart(own.range.upperBound, of: bytes), of: bytes) == nil
  }
}

/// The same of a file that is GB18030 from end to end; nil also where a line is very long.
func hashOfGB18030(_ file: OpenFile, _ monitor: LoadMonitor?) -> String? {
  // Where a character begins shows behind a line feed: a line belongs to the piece it begins in.
  hash(of: file, around: 1, 1 << 16, monitor) { bytes, own in
    func lineStart(at place: Int) -> Int? {
      bytes[(place - 1)...].firstIndex(of: 0x0A).map { $0 + 1 }
    }
    guard let start = own.isFirst ? 0 : lineStart(at: own.range.lowerBound),
      let end = own.isLast ? bytes.count : lineStart(at: own.range.upperBound)
    else { return false }
    return linePieces(of: bytes, start..<end).allSatisfy { piece in
      if case .success = utf8FromGB18030(Array(bytes[piece])) { true } else { false }
    }
  }
}

/// A piece among the bytes that were read around it.
private struct FilePiece {
  var range: Range<Int>
  var isFirst: Bool
  var isLast: Bool
}

/// The hash of a file of which every piece passes a test; no more than a piece for each thread is
/// held.
///
/// - Parameters:
///   - before: bytes before a piece that the test sees, where they are there.
///   - behind: bytes behind it.
private func hash(
  of file: OpenFile, around before: Int, _ behind: Int, _ monitor: LoadMonitor?,
  _ isGood: @Sendable (_ bytes: [UInt8], _ own: FilePiece) -> Bool
) -> String? {
  if file.size <= pieceBytes {
    let bytes = file.bytes(of: 0..<file.size)
    let whole = FilePiece(range: 0..<file.size, isFirst: true, isLast: true)
    guard bytes.count == file.size, isGood(bytes, whole) else { return nil }
    return contentHash(bytes)
  }
  let isOther = Atomic(false)
  let count = (file.size + pieceBytes - 1) / pieceBytes
  let checks = sideBySide(count, threads: processorCount()) { number -> UInt32 in
    if isOther.load(ordering: .relaxed) || monitor?.isCancelled == true { return 0 }
    let (start, end) = (number * pieceBytes, min((number + 1) * pieceBytes, file.size))
    let first = max(0, start - before)
    let wanted = first..<min(end + behind, file.size)
    let bytes = file.bytes(of: wanted)
    let own = FilePiece(
      range: start - first..<end - first, isFirst: number == 0, isLast: end == file.size)
    guard bytes.count == wanted.count, isGood(bytes, own) else {
      isOther.store(true, ordering: .relaxed)
      return 0
    }
    monitor?.advance(bytes: end - start)
    return checksum(own.range, of: bytes)
  }
  if isOther.load(ordering: .relaxed) || monitor?.isCancelled == true { return nil }
  return contentHash(ofPieces: checks, byteCount: file.size)
}

func firstInvalidUTF8(_ range: Range<Int>, of bytes: [UInt8]) -> Int? {
  if isSurelyUTF8(range, of: bytes) { return nil }
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes.span.extracting(range))
    return nil
  } catch {
    return range.lowerBound + error.byteOffsets.lowerBound
  }
}

/// A line feed is part of no other character, so that pieces which end with one can be read side by
/// side.
private func linePieces(of bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
  var pieces: [Range<Int>] = []
  var start = range.lowerBound
  while start < range.upperBound {
    let least = min(start + convertedBytes, range.upperBound)
    let end =
      bytes[least..<range.upperBound].firstIndex(of: 0x0A).map { $0 + 1 } ?? range.upperBound
    pieces.append(start..<end)
    start = end
  }
  return pieces
}

private func decodedGB18030(_ bytes: [UInt8]) -> Result<[UInt8], EncodingFault> {
  let pieces = linePieces(of: bytes, 0..<bytes.count)
  guard pieces.count > 1 else { return utf8FromGB18030(bytes) }
  var output: [UInt8] = []
  // Two bytes become three at most. No more than some pieces stand beside the whole text.
  output.reserveCapacity(bytes.count + bytes.count / 2)
  let threads = processorCount()
  for first in stride(from: 0, to: pieces.count, by: threads * 8) {
    let cut = Array(pieces[first..<min(first + threads * 8, pieces.count)])
    let texts = sideBySide(cut.count, threads: threads) { number in
      utf8FromGB18030(Array(bytes[cut[number]]))
    }
    for (piece, text) in zip(cut, texts) {
      switch text {
      case .success(let text): output += text
      case .failure(let fault):
        return .failure(EncodingFault(offset: piece.lowerBound + fault.offset))
      }
    }
  }
  return .success(output)
}

private func decodedUTF16(
  _ bytes: [UInt8], from start: Int, isBigEndian: Bool
) throws(EncodingFault) -> DecodedText {
  var output: [UInt8] = []
  output.reserveCapacity(bytes.count + bytes.count / 2)
  var index = start
  func unit(at offset: Int) -> UInt16 {
    let first = UInt16(bytes[offset])
    let second = UInt16(bytes[offset + 1])
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
  while index < bytes.count {
    guard index + 1 < bytes.count else { throw EncodingFault(offset: index) }
    let high = unit(at: index)
    var value = UInt32(high)
    var width = 2
    if high & 0xF800 == 0xD800 {
      guard high & 0xFC00 == 0xD800, index + 3 < bytes.count else {
        throw EncodingFault(offset: index)
      }
      let low = unit(at: index + 2)
      guard low & 0xFC00 == 0xDC00 else { throw EncodingFault(offset: index) }
      value = 0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(low & 0x3FF))
      width = 4
    }
    guard let scalar = Unicode.Scalar(value) else { throw EncodingFault(offset: index) }
    output.append(contentsOf: Array(String(scalar).utf8))
    index += width
  }
  return DecodedText(bytes: output, encoding: isBigEndian ? "UTF-16BE" : "UTF-16LE")
}

/// FNV-1a over 64 bits, in hexadecimal: tells two versions of a file apart, protects against
/// nothing. Of large files it is that of the checksums of pieces, which are made side by side.
package func contentHash(_ bytes: [UInt8]) -> String {
  if bytes.count > pieceBytes {
    let count = (bytes.count + pieceBytes - 1) / pieceBytes
    let checks = sideBySide(count, threads: processorCount()) { number in
      checksum(number * pieceBytes..<min((number + 1) * pieceBytes, bytes.count), of: bytes)
    }
    return contentHash(ofPieces: checks, byteCount: bytes.count)
  }
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

private func contentHash(ofPieces checks: [UInt32], byteCount: Int) -> String {
  contentHash(Array("\(byteCount) \(checks)".utf8))
}
