// Delimiter.swift: the beginning of a text arrives; the mark that parts its cells leaves.
//
// The mark is known by being in every row the same number of times, outside quotes: a comma inside
// addresses or amounts is not.

private let candidates: [UInt8] = [0x09, 0x2C, 0x3B, 0x7C]

/// A tab, comma, semicolon or bar; a comma where there is none of them.
///
/// - Complexity: O(1): at most the first 64 KiB and 200 lines are looked at.
func delimiter(of bytes: [UInt8]) -> UInt8 {
  var counts = [[Int: Int]](repeating: [:], count: candidates.count)
  var inLine = [Int](repeating: 0, count: candidates.count)
  var isQuoted = false
  var lines = 0
  func endLine() {
    for index in candidates.indices where inLine[index] > 0 {
      counts[index][inLine[index], default: 0] += 1
    }
    inLine = Array(repeating: 0, count: candidates.count)
  }
  for byte in bytes.prefix(1 << 16) {
    if byte == 0x22 { isQuoted.toggle() }
    if isQuoted { continue }
    if byte == 0x0A {
      endLine()
      lines += 1
      if lines == 200 { break }
    } else if let index = candidates.firstIndex(of: byte) {
      inLine[index] += 1
    }
  }
  endLine()
  var best: (lines: Int, marks: Int, delimiter: UInt8) = (0, 0, 0x2C)
  for (index, found) in counts.enumerated() {
    // Equal counts are broken by the larger number of cells, so that the result has one value.
    for (marks, lines) in found where (lines, marks) > (best.lines, best.marks) {
      best = (lines, marks, candidates[index])
    }
  }
  return best.delimiter
}

/// As `--inspect` tells it.
func delimiterText(_ delimiter: UInt8) -> String {
  delimiter == 0x09 ? "\t" : String(Unicode.Scalar(delimiter))
}
