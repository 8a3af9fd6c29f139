// RowAsides.swift: the rows of a table arrive one by one; those that are no data leave as what they
// are: blank, the headings again, a total, a line of text.

import Syntax

/// What stands among or below the rows of a table and is not one of them.
struct RowAsides: Sendable {
  enum Role { case data, aside }
  /// A row kept apart.
  struct Aside: Hashable {
    enum Kind: Hashable { case total, text }
    var kind: Kind
    var line: Int
    /// The total's label, or the line.
    var text: String
    /// Of a total: the cells as printed.
    var cells: [String] = []
  }
  private(set) var asides: [Aside] = []
  private(set) var repeatedHeadings = 0
  /// Folded headings of each row of headings.
  private let headings: [[[UInt8]]]
  private let words: TableWords
  /// Bytes with which the first cell of a row of headings begins.
  private var headingStarts = Array(repeating: false, count: 256)

  /// In a database every row is one.
  private let allAreData: Bool

  init(_ headings: [[[UInt8]]], _ words: TableWords, of raw: RawTable) {
    self.headings = headings
    self.words = words
    for row in headings {
      for byte in row.first?.prefix(1) ?? [] { headingStarts[Int(byte)] = true }
    }
    if case .table = raw.source.part { allAreData = true } else { allAreData = false }
  }

  /// Adds what stands among later rows.
  mutating func add(_ later: RowAsides) {
    asides += later.asides
    repeatedHeadings += later.repeatedHeadings
  }

  /// - Parameter width: the number of headings.
  mutating func role(
    of cells: [Range<Int>], width: Int, line: Int, of bytes: [UInt8]
  ) -> Role {
    if isPlainData(cells, of: bytes) { return .data }
    var first: Range<Int>?
    var hasSecond = false
    for cell in cells where !cell.isEmpty {
      let inner = trimmed(cell, of: bytes)
      if inner.isEmpty { continue }
      if first != nil {
        hasSecond = true
        break
      }
      first = inner
    }
    guard let first else { return .aside }
    if allAreData { return .data }
    if isHeadings(cells, of: bytes) {
      repeatedHeadings += 1
      return .aside
    }
    if width > 1, words.isTotal(first, of: bytes) {
      asides.append(
        Aside(
          kind: .total, line: line, text: text(first, of: bytes),
          cells: cells.map { text(trimmed($0, of: bytes), of: bytes) }))
      return .aside
    }
    if hasSecond {
      // `填表人：…  审核：…` has several cells, and no figure in any.
      guard words.isNote(first, of: bytes), !cells.contains(where: { isNumber($0, of: bytes) })
      else { return .data }
    } else if !isText(first, in: cells, width: width, of: bytes) {
      return .data
    }
    let parts = cells.map { text(trimmed($0, of: bytes), of: bytes) }.filter { !$0.isEmpty }
    asides.append(Aside(kind: .text, line: line, text: parts.joined(separator: " ")))
    return .aside
  }

  /// The common case: a number in the first cell, which no heading, note or total is, and something
  /// in the second.
  private func isPlainData(_ cells: [Range<Int>], of bytes: [UInt8]) -> Bool {
    guard cells.count >= 2, let first = cells[0].first, isDigit(bytes[first]),
      isDigit(bytes[cells[0].upperBound - 1]), let second = cells[1].first
    else { return false }
    // A hanzi or a sign of ASCII: neither is a blank.
    let byte = bytes[second]
    guard (byte > 0x20 && byte < 0x7F) || (byte >= 0xE4 && byte <= 0xE9) else { return false }
    return !headingStarts[Int(bytes[first])]
      && !words.canStand(from: bytes[first], to: bytes[cells[0].upperBound - 1])
  }

  /// A line that holds one cell says nothing in the other columns. It is text where it is no
  /// number and no identifier, or begins as notes do.
  private func isText(
    _ first: Range<Int>, in cells: [Range<Int>], width: Int, of bytes: [UInt8]
  ) -> Bool {
    guard width > 1 else { return words.isNote(first, of: bytes) }
    if words.isNote(first, of: bytes) { return true }
    guard width > 2 || cells.count == 1 else { return false }
    return bytes[first].contains { $0 >= 0x80 }
  }

  private func isHeadings(_ cells: [Range<Int>], of bytes: [UInt8]) -> Bool {
    headings.contains { row in
      guard cells.count == row.count else { return false }
      var folding: [UInt8] = []
      for (cell, wanted) in zip(cells, row) {
        // Most rows differ in the first cell, and in its length.
        if cell.count < wanted.count || (wanted.isEmpty && !cell.isEmpty) { return false }
        folding.removeAll(keepingCapacity: true)
        fold(cell, of: bytes, into: &folding)
        if folding != wanted { return false }
      }
      return true
    }
  }
}
