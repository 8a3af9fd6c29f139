// DumpTable.swift: the tables of a dump: everything that is loaded, in cells that a CSV file and a
// sheet of a workbook both keep.
//
// One table a data set, its rows in their order, with the file and line each came from. Beside them
// stand tables whose names begin with `tongbao-`: what the notices say of themselves and all that
// was read but is no row. Reading them gives back what was loaded, so every question has the same
// answer.

import Columns
import Syntax

package enum DumpCell: Sendable, Hashable {
  case empty
  case text(String)
  case whole(Int64)
  /// number / 10^scale
  case decimal(Int64, scale: Int)
}

package struct DumpTable: Sendable {
  package var name: String
  package var headings: [String]
  package var rowCount: Int
  /// - Complexity: O(cells of the row)
  package var row: @Sendable (Int) -> [DumpCell]

  init(
    _ name: String, _ headings: [String], rowCount: Int,
    row: @escaping @Sendable (Int) -> [DumpCell]
  ) {
    self.name = name
    self.headings = headings
    self.rowCount = rowCount
    self.row = row
  }

  init(_ name: String, _ headings: [String], _ rows: [[DumpCell]]) {
    self.init(name, headings, rowCount: rows.count) { rows[$0] }
  }
}

/// The table that says by its name that the others beside it are a dump, and of which form.
package let dumpTableName = "tongbao-export-1"

/// What the name of every table begins with that holds no data set.
let dumpPrefix = "tongbao-"

/// What a dump was read from: bytes that do not say what a dump of this program says.
struct DumpFault: Error, Hashable {
  /// Of the row, from 0.
  var column: Int
  var cell: String
}

// MARK: - Cells

extension DumpCell {
  init(_ number: Int?) { self = number.map { .whole(Int64($0)) } ?? .empty }
  init(_ number: Int64?) { self = number.map { .whole($0) } ?? .empty }
  init(_ flag: Bool) { self = .whole(flag ? 1 : 0) }
  init(_ day: Day?) { self = day.map { .text($0.text) } ?? .empty }
  init(quarterIndex: Int?) {
    self = quarterIndex.map { .text(Quarter(index: $0).text) } ?? .empty
  }
  init(_ text: String) { self = text.isEmpty ? .empty : .text(text) }
  init(_ texts: [String]) { self.init(listText(texts)) }
}

/// Texts as one: `;` between them; `\;`, `\\` and, for a text without a character, `\0`.
func listText(_ texts: [String]) -> String {
  texts.map { text in
    if text.isEmpty { return "\\0" }
    var marked = ""
    for scalar in text.unicodeScalars {
      if scalar == ";" || scalar == "\\" { marked += "\\" }
      marked.unicodeScalars.append(scalar)
    }
    return marked
  }.joined(separator: ";")
}

func listParts(_ text: String) -> [String] {
  guard !text.isEmpty else { return [] }
  var parts = [""]
  var isMarked = false
  for scalar in text.unicodeScalars {
    if isMarked {
      isMarked = false
      if scalar != "0" { parts[parts.count - 1].unicodeScalars.append(scalar) }
    } else if scalar == "\\" {
      isMarked = true
    } else if scalar == ";" {
      parts.append("")
    } else {
      parts[parts.count - 1].unicodeScalars.append(scalar)
    }
  }
  return parts
}

/// The cells of one row, taken from left to right.
struct DumpRow {
  private let cells: [String]
  private var index = 0

  init(_ cells: [String]) { self.cells = cells }

  var fault: DumpFault {
    DumpFault(column: max(0, index - 1), cell: index > 0 ? cells[index - 1] : "")
  }

  mutating func text() throws(DumpFault) -> String {
    guard index < cells.count else { throw DumpFault(column: index, cell: "") }
    index += 1
    return cells[index - 1]
  }

  /// A text, or nil for an empty cell.
  mutating func optionalText() throws(DumpFault) -> String? {
    let text = try text()
    return text.isEmpty ? nil : text
  }

  mutating func number() throws(DumpFault) -> Int {
    guard let number = Int(try text()) else { throw fault }
    return number
  }

  mutating func optionalNumber() throws(DumpFault) -> Int? {
    guard let text = try optionalText() else { return nil }
    guard let number = Int(text) else { throw fault }
    return number
  }

  mutating func flag() throws(DumpFault) -> Bool {
    switch try number() {
    case 0: return false
    case 1: return true
    default: throw fault
    }
  }

  mutating func texts() throws(DumpFault) -> [String] { listParts(try text()) }

  mutating func numbers() throws(DumpFault) -> [Int] {
    var numbers: [Int] = []
    for part in try texts() {
      guard let number = Int(part) else { throw fault }
      numbers.append(number)
    }
    return numbers
  }

  mutating func both() throws(DumpFault) -> Bilingual { Bilingual(try text(), try text()) }

  mutating func quarterIndex() throws(DumpFault) -> Int? {
    guard let text = try optionalText() else { return nil }
    guard let quarter = readQuarter(0..<text.utf8.count, of: Array(text.utf8)) else { throw fault }
    return quarter.index
  }

  mutating func day() throws(DumpFault) -> Day? {
    guard let text = try optionalText() else { return nil }
    guard
      case .moment(let moment) = readMoment(
        0..<text.utf8.count, of: Array(text.utf8), acceptsMonth: false)
    else { throw fault }
    return moment.day
  }
}
