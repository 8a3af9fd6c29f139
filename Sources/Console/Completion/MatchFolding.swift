// MatchFolding.swift: a typed word or a name arrives, the form in which the two are compared
// leaves.

/// Lower case and half-width, scalar by scalar; never accents or similar shapes (console.md 5.3).
func foldedForMatching(_ text: String) -> [Unicode.Scalar] {
  text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
    switch scalar.value {
    case 0x41...0x5A: [Unicode.Scalar(UInt8(scalar.value + 0x20))]
    case 0..<0x80: [scalar]
    case 0x3000: [" "]
    // Full-width forms stand as far from ASCII as each other.
    case 0xFF01...0xFF5E: foldedForMatching(asciiForm(of: scalar))
    default: Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }
}

private func asciiForm(of scalar: Unicode.Scalar) -> String {
  Unicode.Scalar(scalar.value - 0xFEE0).map { String($0) } ?? ""
}

extension [Unicode.Scalar] {
  /// Where the other text begins in this one.
  func contains(run other: [Unicode.Scalar]) -> Bool {
    guard let first = other.first else { return true }
    guard count >= other.count else { return false }
    for start in 0...(count - other.count) where self[start] == first {
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
