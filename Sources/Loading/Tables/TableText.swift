// TableText.swift: the text of a table, in memory or left in its file, of which stretches leave
// when they are asked for.

struct TableText: Sendable {
  private enum Place {
    case memory([UInt8])
    /// Behind the mark of its byte order.
    case file(OpenFile, start: Int)
  }

  private let place: Place
  /// Bytes.
  let count: Int

  init(_ bytes: [UInt8]) {
    place = .memory(bytes)
    count = bytes.count
  }

  /// - Parameter start: where in the file the text begins.
  init(_ file: OpenFile, from start: Int) {
    place = .file(file, start: start)
    count = max(0, file.size - start)
  }

  /// The whole text.
  var bytes: [UInt8] { bytes(of: 0..<count) }

  /// A stretch; shorter where the file could not be read, which `check` tells.
  ///
  /// - Precondition: it lies in the text.
  func bytes(of range: Range<Int>) -> [UInt8] {
    switch place {
    case .memory(let bytes): range == bytes.indices ? bytes : Array(bytes[range])
    case .file(let file, let start):
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
    if case .file(let file, _) = place { try file.check() }
  }
}
