// Capture.swift: work that writes results arrives; they leave as bytes, to be drawn in place.

extension Batch {
  /// Puts bytes on the screen, or aside.
  mutating func put(_ bytes: [UInt8]) {
    if capture != nil { capture?.append(contentsOf: bytes) } else { writer.write(bytes) }
  }

  /// Runs some work and gives what it would have put on the screen. Faults are told at once.
  mutating func captured(_ work: (inout Batch) -> Void) -> [UInt8] {
    let before = capture
    capture = []
    work(&self)
    let bytes = capture ?? []
    capture = before
    return bytes
  }
}
