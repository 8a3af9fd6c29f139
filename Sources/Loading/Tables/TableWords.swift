// TableWords.swift: the words of the rulebook that tell rows and columns of any table apart:
// totals, notes, columns whose numbers are names.

import Catalog

struct TableWords {
  /// All folded.
  private let totals: [[UInt8]]
  private let notes: [[UInt8]]
  private let codes: [[UInt8]]
  /// Bytes that the last character of a total's label can end with, so that most cells cost one
  /// look.
  private var totalEnds = Array(repeating: false, count: 256)
  /// First bytes of notes, in either case.
  private var noteStarts = Array(repeating: false, count: 256)

  init(_ phrases: [BulletinPhrase]) {
    func words(_ column: String) -> [[UInt8]] {
      phrases.filter { $0.section == "table" && $0.column == column }.map { folded($0.phrase) }
    }
    totals = words("total")
    notes = words("note")
    codes = words("code")
    for note in notes {
      guard let first = note.first else { continue }
      noteStarts[Int(first)] = true
      if (0x61...0x7A).contains(first) { noteStarts[Int(first - 0x20)] = true }
    }
    for total in totals {
      guard let last = total.last else { continue }
      totalEnds[Int(last)] = true
      if (0x61...0x7A).contains(last) { totalEnds[Int(last - 0x20)] = true }
    }
  }

  /// Whether a note can begin with the one byte, or a total end with the other.
  func canStand(from first: UInt8, to last: UInt8) -> Bool {
    noteStarts[Int(first)] || totalEnds[Int(last)]
  }

  /// A label that ends as a total's does: `合 计`, `镇街小计`, `Total`; with a colon or without.
  func isTotal(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard range.count <= 60 else { return false }
    var inner = trimmed(range, of: bytes)
    while let last = inner.last, bytes[last] == 0x3A { inner = inner.dropLast() }
    if inner.count >= 3, starts(with: wideColon, at: inner.upperBound - 3, of: bytes) {
      inner = inner.lowerBound..<inner.upperBound - 3
    }
    guard let last = inner.last, totalEnds[Int(bytes[last])] else { return false }
    var narrow: [UInt8] = []
    fold(inner, of: bytes, into: &narrow)
    return totals.contains { word in
      guard narrow.count >= word.count, narrow.suffix(word.count).elementsEqual(word) else {
        return false
      }
      // A name in letters must be the whole label: `subtotal` is none of `total`.
      return narrow.count == word.count || (word.first ?? 0) >= 0x80
    }
  }

  /// A line that begins as notes do: `备注：…`.
  ///
  /// - Parameter range: trimmed.
  func isNote(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard let first = range.first, noteStarts[Int(bytes[first])] else { return false }
    var narrow: [UInt8] = []
    fold(range, of: bytes, into: &narrow)
    return notes.contains { word in
      guard narrow.starts(with: word) else { return false }
      return narrow.count == word.count || narrow[word.count] == 0x3A
    }
  }

  /// A heading whose numbers name something and are never summed.
  func isCode(_ heading: [UInt8]) -> Bool {
    codes.contains { word in
      (word.first ?? 0) >= 0x80
        ? heading.suffix(word.count).elementsEqual(word) : heading.elementsEqual(word)
    }
  }
}

private let wideColon = Array("：".utf8)
