// FieldTexts.swift: cells of a text column arrive as bytes; the codes of what they mean leave, each
// spelling looked at once.

import Catalog

/// The texts that one reader has met in one field. A cell and what is stored of it are entries of
/// one dictionary: most are the same.
struct FieldTexts: Sendable {
  private(set) var entries = ByteDictionary(capacity: 64)
  /// For each entry the one that is stored in its place: itself, the name of a member, the text
  /// without a layout's blanks. −1: it must be looked at each time, since something is to be said.
  private var meanings: [Int32] = []
  /// Entries that are names of no member and kept all the same.
  private(set) var kept: Set<Int> = []

  init() {
    // Code 0 is the blank.
    _ = entries.insert([])
    meanings = [0]
  }

  /// Appends the codes of cells that were met before, up to the first that is new or of which
  /// something is to be said.
  ///
  /// - Parameter isRequired: something is to be said of a blank.
  /// - Returns: how many.
  func appendKnownCodes(
    of column: CellColumn, among cells: [Range<Int>], in bytes: [UInt8], isRequired: Bool,
    to codes: inout [Int64]
  ) -> Int {
    entries.appendMeanings(
      meanings, blank: isRequired ? -1 : 0, of: column, among: cells, in: bytes, to: &codes)
  }

  /// The code of what is stored of a cell.
  mutating func store(_ stored: [UInt8], of cell: Range<Int>, in bytes: [UInt8]) -> Int64 {
    let raw = insert(entries.insert(cell, of: bytes))
    let entry = insert(entries.insert(stored))
    meanings[raw] = Int32(truncatingIfNeeded: entry)
    // What is stored is not what it would mean as a cell: that is found out when it is met.
    return Int64(entry)
  }

  mutating func keep(_ code: Int64) { kept.insert(Int(code)) }

  mutating func insertText(_ text: [UInt8]) -> Int64 { Int64(insert(entries.insert(text))) }

  private mutating func insert(_ entry: Int) -> Int {
    if entry == meanings.count { meanings.append(-1) }
    return entry
  }
}
