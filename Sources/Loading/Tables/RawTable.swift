// RawTable.swift: one table of a file as rows of cells that nobody has given a meaning yet: a text
// file, a sheet of a workbook, a table of a database.

import Catalog
import Columns
import Syntax

struct RawTable {
  /// The file and, behind it, the sheet or table.
  var source: SourceFile
  /// What patterns of file names look at: the name of the file, sheet or table.
  var name: String
  /// Rows of cells, quoted as in CSV.
  var text: TableText
  var delimiter: UInt8
  /// Rows of the file before the first of `text`.
  var rowsBefore = 0
  var merges: [MergedCells] = []
  /// What is to be told of the table when it is loaded.
  var notes: [Bilingual] = []
  var faults: [FileFault] = []

  /// Rows are numbered instead of lines, and blank cells at the end may be left out.
  var isGrid: Bool { source.part != nil }

  /// The name without the ending of a text file.
  var stem: String {
    guard !isGrid, let point = name.lastIndex(of: "."), point > name.startIndex else {
      return name
    }
    return String(name[..<point])
  }

  func rows() -> DelimitedRows { rows(of: text.utf8) }

  private func rows(of bytes: [UInt8]) -> DelimitedRows {
    DelimitedRows(
      bytes: bytes, delimiter: delimiter, firstLine: rowsBefore + 1, countsLines: !isGrid)
  }

  /// The first rows as a grid; of a long text only its beginning is looked at.
  ///
  /// - Parameter rowLimit: at most so many rows.
  func grid(rowLimit: Int = .max) throws(FileFaults) -> Grid {
    let isLong = rowLimit < 1000 && text.count > Self.headBytes
    var head = text.bytes(of: 0..<(isLong ? Self.headBytes : text.count))
    if isLong, let end = head.lastIndex(of: 0x0A) { head.removeSubrange(end...) }
    var reader = rows(of: text.utf8(head))
    try checkFile()
    var grid = Grid(bytes: [])
    var row: [Range<Int>] = []
    do throws(DelimitedRows.Fault) {
      while !reader.isAtEnd, grid.rows.count < rowLimit {
        let line = try reader.next(into: &row)
        let first = grid.cells.count
        grid.cells.append(contentsOf: row)
        grid.rows.append(Grid.Row(line: line, cells: first..<grid.cells.count))
      }
    } catch {
      // A quote that the end of the head cuts off is no fault; the whole text will tell.
      guard rowLimit < 1000, grid.rows.count >= 2 else {
        throw FileFaults([quoteFault(error, source: source)])
      }
    }
    grid.bytes = reader.bytes
    if isGrid { grid.pad(merges: merges) }
    return grid
  }

  private static let headBytes = 1 << 18

  /// - Throws: where what was read is not the file as it was when it was opened.
  func checkFile() throws(FileFaults) {
    do throws(SystemFault) {
      try text.check()
    } catch {
      throw FileFaults([unreadableFault(source.file, error)])
    }
  }
}

extension Grid {
  /// Rows of a sheet end with their last filled cell: all are brought to one length, and the
  /// cells of rows merged downwards take the text of the first.
  fileprivate mutating func pad(merges: [MergedCells]) {
    let width = rows.map(\.cells.count).max() ?? 0
    guard width <= 256 else { return }
    var filler = MergedTexts(merges)
    var padded: [Range<Int>] = []
    padded.reserveCapacity(rows.count * width)
    for index in rows.indices {
      let first = padded.count
      var own = Array(cells[rows[index].cells])
      filler.fill(&own, row: rows[index].line - 1, of: bytes)
      padded += own
      if !isBlank(rows[index]), own.count > 1 || width > 1 {
        let end = own.last?.upperBound ?? 0
        padded += Array(repeating: end..<end, count: max(0, width - own.count))
      }
      rows[index].cells = first..<padded.count
    }
    cells = padded
  }
}

/// Texts of cells that are merged downwards, carried from the first row to the others.
///
/// Only texts, and only where the first row holds a number too: headings that reach over two rows
/// stay as they are, and a count is not counted again in every row it reaches over.
struct MergedTexts {
  private var byRow: [Int: [MergedCells]] = [:]
  private var open: [(rows: ClosedRange<Int>, column: Int, text: Range<Int>)] = []
  /// Cells that took the text of another.
  private(set) var filledCount = 0

  init(_ merges: [MergedCells]) {
    for merge in merges where merge.rows.count > 1 {
      byRow[merge.rows.lowerBound, default: []].append(merge)
    }
  }

  var isEmpty: Bool { byRow.isEmpty }

  /// - Parameter row: of the sheet, from 0.
  mutating func fill(_ cells: inout [Range<Int>], row: Int, of bytes: [UInt8]) {
    if byRow.isEmpty { return }
    open.removeAll { $0.rows.upperBound < row }
    for merged in open where merged.rows.lowerBound < row {
      while cells.count <= merged.column {
        let end = cells.last?.upperBound ?? 0
        cells.append(end..<end)
      }
      guard trimmed(cells[merged.column], of: bytes).isEmpty else { continue }
      cells[merged.column] = merged.text
      filledCount += 1
    }
    guard let merges = byRow[row] else { return }
    let hasNumber = cells.contains { isNumber($0, of: bytes) }
    for merge in merges where hasNumber && merge.columns.lowerBound < cells.count {
      let text = cells[merge.columns.lowerBound]
      if text.isEmpty || isNumber(text, of: bytes) { continue }
      open.append((merge.rows, merge.columns.lowerBound, text))
    }
  }
}

func isNumber(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
  guard range.count <= 40, case .number = readNumber(range, of: bytes) else { return false }
  return true
}

/// What ends the reading of a text.
func quoteFault(_ fault: DelimitedRows.Fault, source: SourceFile) -> FileFault {
  switch fault {
  case .openQuote(let line): openQuoteFault(source.file, line: line)
  case .textAfterQuote(let line): textAfterQuoteFault(source.file, line: line)
  case .longRow(let line): longRowFault(Spot(source, line))
  }
}
