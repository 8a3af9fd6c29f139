// KeyPress.swift: single keys of the terminal arrive, outside of a line that is edited.

extension SystemCalls {
  enum KeyPress: Sendable, Hashable {
    /// One byte of what was pressed; the others stay for whoever reads next.
    case pressed(UInt8)
    case nothing
    /// Ctrl-C
    case interrupted
    /// The terminal has gone away.
    case lost
  }

  /// Waits for a key, at most so long.
  static func key(within milliseconds: Int32) -> KeyPress {
    if takeInterruption() { return .interrupted }
    let ready = wait(milliseconds: milliseconds)
    if ready.contains(.wake) { _ = takeWakes() }
    if takeInterruption() { return .interrupted }
    if ready.contains(.input) {
      guard let byte = (try? Descriptor.read(from: 0, atMost: 1))?.first else { return .lost }
      return .pressed(byte)
    }
    return ready.contains(.hangup) ? .lost : .nothing
  }

  private static func takeInterruption() -> Bool {
    guard isInterrupted else { return false }
    clearInterruption()
    return true
  }
}
