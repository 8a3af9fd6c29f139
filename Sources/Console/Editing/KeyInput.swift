// KeyInput.swift: bytes of the terminal arrive, keys leave: characters and whole escape sequences.

/// What one press of a key came to.
enum Key: Hashable {
  case character(Unicode.Scalar)
  /// A byte that belongs to no character.
  case invalid(UInt8)
  /// ESC and what belongs to it, whole.
  case sequence(String)
  /// ESC with nothing behind it for 50 ms.
  case escape
}

/// Bytes that have been read and not yet been understood.
struct KeyInput {
  private var bytes: [UInt8] = []
  private var head = 0
  /// In vi's way ESC ends typing, so a letter right behind it is a key of its own.
  var escapeEndsTyping = false

  static let escapeMilliseconds: Int32 = 50
  private static let escape: UInt8 = 0x1B

  var isEmpty: Bool { head == bytes.count }

  mutating func append(_ more: [UInt8]) {
    if isEmpty {
      bytes = more
      head = 0
    } else {
      bytes += more
    }
  }

  /// Takes everything that is there, unread.
  mutating func takeAll() -> [UInt8] {
    defer {
      bytes = []
      head = 0
    }
    return Array(bytes[head...])
  }

  /// Takes the printable characters at the front; they are text, whatever mode the keys are in.
  mutating func takePrintable() -> [Unicode.Scalar] {
    var taken: [Unicode.Scalar] = []
    while head < bytes.count, case .scalar(let scalar, let count) = decodeScalar(bytes[head...]),
      scalar.properties.generalCategory != .control
    {
      taken.append(scalar)
      head += count
    }
    return taken
  }

  /// How many bytes wait.
  var byteCount: Int { bytes.count - head }

  /// The next key; nil when more bytes must come to tell. `isComplete` says that none came in time.
  mutating func next(isComplete: Bool) -> Key? {
    guard !isEmpty else { return nil }
    let rest = bytes[head...]
    if rest.first == Self.escape { return nextSequence(rest, isComplete: isComplete) }
    switch decodeScalar(rest) {
    case .scalar(let scalar, let count):
      head += count
      // CR LF of a raw paste is one line break.
      if scalar == "\r", head < bytes.count, bytes[head] == 0x0A { head += 1 }
      return .character(scalar)
    case .incomplete where !isComplete: return nil
    case .incomplete, .invalid:
      head += 1
      return .invalid(rest[rest.startIndex])
    }
  }

  private mutating func nextSequence(_ rest: ArraySlice<UInt8>, isComplete: Bool) -> Key? {
    guard let length = Self.sequenceLength(rest, escapeEndsTyping) else {
      guard isComplete else { return nil }
      head += rest.count == 1 ? 1 : rest.count
      return rest.count == 1 ? .escape : .sequence(String(decoding: rest, as: UTF8.self))
    }
    head += length
    if length == 1 { return .escape }
    return .sequence(String(decoding: rest.prefix(length), as: UTF8.self))
  }

  /// How many bytes the sequence at the start has; 1 for an ESC by itself, nil when it is not
  /// whole.
  private static func sequenceLength(_ bytes: ArraySlice<UInt8>, _ escapeEndsTyping: Bool) -> Int? {
    let start = bytes.startIndex
    guard bytes.count >= 2 else { return nil }
    let second = bytes[start + 1]
    switch second {
    case UInt8(ascii: "["):
      guard bytes.count >= 3 else { return nil }
      // The function keys of the Linux console: ESC [ [ A.
      if bytes[start + 2] == UInt8(ascii: "[") { return bytes.count >= 4 ? 4 : nil }
      for (offset, byte) in bytes.dropFirst(2).enumerated() {
        if (0x40...0x7E).contains(byte) { return offset + 3 }
        // Parameters and intermediate bytes; anything else breaks the sequence off, and so does a
        // length that no key has.
        guard (0x20...0x3F).contains(byte), offset < 32 else { return offset + 2 }
      }
      return nil
    case UInt8(ascii: "O"): return bytes.count >= 3 ? 3 : nil
    case 0x0A, 0x0D: return 2
    // A second ESC, a hanzi, and in vi's way every letter: the first ESC stands alone.
    case escape, 0x80...: return 1
    default: return escapeEndsTyping ? 1 : 2
    }
  }
}
