// CodeZones.swift: the codes of a column arrive; of every stretch of rows leaves which codes can
// stand in it, so that stretches without a wanted one are never read.
//
// Rows lie clustered by month and unit. What goes with a unit, as the town of an order does, lies
// together without being a run: a stretch holds few of the codes.

import Columns

/// A zone map: for each stretch of rows a word, whose bits stand for neighbouring codes.
struct CodeZones: Sendable {
  /// Rows of a stretch, but for the last one.
  static let stretchRows = 4096
  /// Columns with fewer rows are read as fast as their zones.
  static let leastRows = 1 << 16

  /// A code belongs to the bit `code >> shift`.
  private let shift: Int
  private let words: [UInt64]
  private let rowCount: Int

  /// nil for columns of another form than two bytes a code: fewer codes stand everywhere.
  ///
  /// - Complexity: O(rows)
  init?(_ packed: PackedIntegers) {
    guard packed.rowCount >= CodeZones.leastRows, case .halves(let codes) = packed.codes,
      let count = packed.entryCount
    else { return nil }
    var shift = 0
    while (count - 1) >> shift > 63 { shift += 1 }
    self.shift = shift
    rowCount = codes.count
    words = stride(from: 0, to: codes.count, by: CodeZones.stretchRows).map { start in
      var word: UInt64 = 0
      for code in codes[start..<min(start + CodeZones.stretchRows, codes.count)] {
        word |= 1 &<< UInt64(code &>> UInt16(truncatingIfNeeded: shift))
      }
      return word
    }
  }

  /// The stretches in which a code with the truth 1 can stand, neighbours joined.
  ///
  /// - Complexity: O(codes and stretches)
  func ranges(_ truths: [UInt8]) -> [Range<Int>] {
    var wanted: UInt64 = 0
    for (code, truth) in truths.enumerated() where truth == 1 {
      wanted |= 1 &<< UInt64(code >> shift)
    }
    var found: [Range<Int>] = []
    for (place, word) in words.enumerated() where word & wanted != 0 {
      let start = place * CodeZones.stretchRows
      let end = min(start + CodeZones.stretchRows, rowCount)
      if let last = found.last, last.upperBound == start {
        found[found.count - 1] = last.lowerBound..<end
      } else {
        found.append(start..<end)
      }
    }
    return found
  }
}
