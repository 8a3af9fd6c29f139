// TableText.swift: the text of a table, in memory or left in its file, of which stretches leave
// when they are asked for.
//
// What parts cells and rows is one byte in UTF-8 and in GB18030 alike, and is part of no other
// character: rows are found in the bytes of the file, and only what they say is converted.

struct TableText: Sendable {
  enum FileEncoding { case utf8, gb18030 }
  private enum Place {
    case memory([UInt8])
    /// Behind the mark of its byte order.
    case file(OpenFile, start: Int, FileEncoding)
  }

  private let place: Place
  /// Bytes as they stand in the file.
  let count: Int

  /// - Parameter bytes: UTF-8.
  init(_ bytes: [UInt8]) {
    place = .memory(bytes)
    count = bytes.count
  }

  /// - Parameter start: where in the file the text begins.
  init(_ file: OpenFile, from start: Int = 0, as encoding: FileEncoding = .utf8) {
    place = .file(file, start: start, encoding)
    count = max(0, file.size - start)
  }

  /// The whole text in UTF-8.
  var utf8: [UInt8] { utf8(of: 0..<count) }

  /// A stretch of whole rows in UTF-8.
  func utf8(of range: Range<Int>) -> [UInt8] { utf8(bytes(of: range)) }

  /// Whole rows in UTF-8. What cannot be converted was put there meanwhile, which `check` tells.
  func utf8(_ rows: [UInt8]) -> [UInt8] {
    guard case .file(let file, _, .gb18030) = place else { return rows }
    switch utf8FromGB18030(rows) {
    case .success(let text): return text
    case .failure:
      file.noteChange()
      return []
    }
  }

  /// A stretch as it stands in the file; shorter where the file could not be read, which `check`
  /// tells.
  ///
  /// - Precondition: it lies in the text.
  func bytes(of range: Range<Int>) -> [UInt8] {
    switch place {
    case .memory(let bytes): range == bytes.indices ? bytes : Array(bytes[range])
    case .file(let file, let start, _):
      file.bytes(of: start + range.lowerBound..<start + range.upperBound)
    }
  }

  /// Bytes among which a stretch lies, and where in the text they begin: all of them in memory, and
  /// of a file just that stretch.
  func bytes(around range: Range<Int>) -> (bytes: [UInt8], start: Int) {
    switch place {
    case .memory(let bytes): (bytes, 0)
    case .file: (bytes(of: range), range.lowerBound)
    }
  }

  /// Whether all that was read is of the file as it was when it was opened.
  func check() throws(SystemFault) {
    if case .file(let file, _, _) = place { try file.check() }
  }
}
