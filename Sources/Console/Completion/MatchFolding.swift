// MatchFolding.swift: a typed word or a name arrives, the form in which the two are compared
// leaves.

/// Lower case and half-width, scalar by scalar; never accents or similar shapes (console.md 5.3).
func foldedForMatching(_ text: String) -> [Unicode.Scalar] {
  var folded: [Unicode.Scalar] = []
  appendFolded(text, to: &folded)
  return folded
}

/// Into an array that holds many names: an array of its own for each would be most of the work.
func appendFolded(_ text: String, to folded: inout [Unicode.Scalar]) {
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x41...0x5A: folded.append(Unicode.Scalar(UInt8(scalar.value + 0x20)))
    // Hanzi have no case.
    case 0..<0x80, 0x4E00..<0xA000: folded.append(scalar)
    case 0x3000: folded.append(" ")
    // Full-width forms stand as far from ASCII as each other.
    case 0xFF01...0xFF5E: folded.append(lowercasedASCII(scalar.value - 0xFEE0))
    default: folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }
}

private func lowercasedASCII(_ value: UInt32) -> Unicode.Scalar {
  let isCapital = (0x41...0x5A).contains(value)
  return Unicode.Scalar(UInt8(truncatingIfNeeded: isCapital ? value + 0x20 : value))
}

extension BidirectionalCollection where Element == Unicode.Scalar, Index == Int {
  /// Whether the other text stands in this one.
  func contains(run other: [Unicode.Scalar]) -> Bool {
    guard let first = other.first else { return true }
    guard count >= other.count else { return false }
    for start in startIndex...(endIndex - other.count) where self[start] == first {
      if self[start..<start + other.count].elementsEqual(other) { return true }
    }
    return false
  }

  /// Whether the other text is what remains after leaving characters out.
  func contains(subsequence other: [Unicode.Scalar]) -> Bool {
    var wanted = other.makeIterator()
    guard var next = wanted.next() else { return true }
    for scalar in self where scalar == next {
      guard let following = wanted.next() else { return true }
      next = following
    }
    return false
  }
}
