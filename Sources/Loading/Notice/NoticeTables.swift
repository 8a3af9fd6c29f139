// NoticeTables.swift: the lines of a notice become tables; the lines that no table takes are handed
// on.
//
// A table begins at a line of known headings and goes on over page breaks: a row belongs to it by
// its number of cells and the headings, not by the page it stands on (domain.md 9).

import Catalog
import Columns
import Syntax

/// How a file says which annex its table is.
struct TableSource {
  var file: Int
  /// The number in the file's name; nil for running text.
  var annex: Int?
  /// Words of the file's name, where a folder's file has no title line.
  var nameWords: [String] = []
  /// Lines broken inside a cell may be joined: text copied from a page, never CSV.
  var joinsLines: Bool
  /// Titles of the list of attachments, folded, by number.
  var annexTitles: [Int: [UInt8]] = [:]
}

/// The table being read.
private struct OpenTable {
  var shape: TableShape
  /// Index into `NoticeReading.tables`.
  var summary: Int
}

extension NoticeReading {
  /// - Returns: the lines of text that are neither rows, headings nor titles, in order.
  mutating func readTables(_ grid: Grid, from source: TableSource) -> [TextLine] {
    var open: OpenTable?
    var rest: [TextLine] = []
    /// Where the lines of text since the last row begin in `rest`.
    var sinceRow = 0
    var index = 0
    while index < grid.rows.count {
      let row = grid.rows[index]
      if let only = textLine(row, of: grid) {
        if let only, !isPageNumber(only, of: grid.bytes) {
          rest.append(TextLine(file: source.file, line: row.line, range: only))
        }
        index += 1
        continue
      }
      if let (shape, printed, rowCount) = headings(at: index, of: grid) {
        if let table = open, sinceRow == rest.count, table.shape.isContinued(by: shape) {
          remember(printed, shape, in: table.summary)
        } else {
          let summary = begin(
            shape, at: row.line, after: &rest, since: sinceRow, of: grid, from: source)
          open = OpenTable(shape: shape, summary: summary)
          remember(printed, shape, in: summary)
        }
        sinceRow = rest.count
        index += rowCount
        continue
      }
      if let table = open {
        index += readRow(at: index, of: grid, in: table, from: source)
        sinceRow = rest.count
      } else {
        skipRow(row, of: grid, file: source.file)
        index += 1
      }
    }
    return rest
  }

  /// nil for a row of cells; else the one cell there is, or nil inside for a blank line.
  private func textLine(_ row: Grid.Row, of grid: Grid) -> Range<Int>?? {
    if row.cells.count == 1 {
      let inner = trimmed(grid.cells[row.cells.lowerBound], of: grid.bytes)
      return .some(inner.isEmpty ? nil : inner)
    }
    if grid.isBlank(row) { return .some(nil) }
    if let only = grid.onlyCell(row) { return .some(only) }
    return nil
  }

  /// `- 3 -`, `— 3 —`, `3`
  private func isPageNumber(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard range.count <= 12 else { return false }
    var digits = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let blank = blankLength(bytes, at: index, before: range.upperBound)
      if isDigit(bytes[index]) { digits += 1 }
      if isDigit(bytes[index]) || bytes[index] == 0x2D {
        index += 1
      } else if blank > 0 {
        index += blank
      } else if bytes[index] == 0xE2, index + 2 < range.upperBound, bytes[index + 1] == 0x80 {
        index += 3
      } else {
        return false
      }
    }
    return digits > 0 && digits <= 3
  }

  private func headings(
    at index: Int, of grid: Grid
  ) -> (shape: TableShape, printed: [PrintedHeading], rowCount: Int)? {
    let row = grid.rows[index]
    guard let upper = headers.headings(row, of: grid) else { return nil }
    var lower: [Heading]?
    var printed = printedHeadings(row, upper, of: grid)
    if index + 1 < grid.rows.count {
      let next = grid.rows[index + 1]
      lower = headers.lowerHeadings(next, of: grid, under: upper)
      if let lower { printed += printedHeadings(next, lower, of: grid) }
    }
    guard let shape = headers.shape(upper: upper, lower: lower, numbering: numbering) else {
      return nil
    }
    let name = headers.datasets[shape.dataset].name
    guard [NoticeDataset.rows, NoticeDataset.accounts, NoticeDataset.problems].contains(name)
    else { return nil }
    return (shape, printed, lower == nil ? 1 : 2)
  }

  private func printedHeadings(
    _ row: Grid.Row, _ headings: [Heading], of grid: Grid
  ) -> [PrintedHeading] {
    var printed: [PrintedHeading] = []
    for (offset, heading) in headings.enumerated() where !heading.folded.isEmpty {
      let cell = trimmed(grid.cells[row.cells.lowerBound + offset], of: grid.bytes)
      printed.append(
        PrintedHeading(
          raw: text(cell, of: grid.bytes), folded: heading.folded, line: row.line))
    }
    return printed
  }

  private mutating func remember(
    _ printed: [PrintedHeading], _ shape: TableShape, in summary: Int
  ) {
    tables[summary].headings += printed
    for column in shape.columns {
      guard case .own(let index) = column.use else { continue }
      if tables[summary].spellings[index, default: []].contains(column.heading) { continue }
      tables[summary].spellings[index, default: []].append(column.heading)
    }
  }

  private mutating func skipRow(_ row: Grid.Row, of grid: Grid, file: Int) {
    let whole =
      grid.cells[row.cells.lowerBound].lowerBound..<grid.cells[row.cells.upperBound - 1].upperBound
    skip(
      file, row.line, text(whole, of: grid.bytes),
      Bilingual("a row outside every known table", "不属于任何已知表格的一行"))
  }
}

// MARK: - Where a table begins

extension NoticeReading {
  /// Takes label and title off the text lines before a table.
  private mutating func begin(
    _ shape: TableShape, at line: Int, after rest: inout [TextLine], since first: Int,
    of grid: Grid, from source: TableSource
  ) -> Int {
    var title: [UInt8] = []
    var titleText = ""
    var label: Int?
    var index = rest.count - 1
    // At most the title, its label and one or two notes in brackets stand right above a table.
    while index >= max(first, rest.count - 4), label == nil {
      let range = rest[index].range
      var narrow: [UInt8] = []
      fold(range, of: grid.bytes, into: &narrow)
      if let (number, end) = annexLabel(narrow) {
        label = number
        if title.isEmpty, end < narrow.count {
          title = Array(narrow[end...])
          titleText = text(range, of: grid.bytes)
        }
        rest.remove(at: index)
      } else if title.isEmpty, isTitle(narrow, numbered: source.annexTitles) {
        title = narrow
        titleText = text(range, of: grid.bytes)
        refer("table_title", source.file, rest[index].line, titleText)
        rest.remove(at: index)
      }
      index -= 1
    }
    let annex = annex(label: label, title: title, from: source)
    if title.isEmpty { title = source.annexTitles[annex] ?? [] }
    let section = words.section(of: 0..<title.count, in: title)
    tables.append(
      TableSummary(
        file: source.file, line: line, annex: annex,
        channel: channel(section: section, shape: shape, from: source),
        kind: kind(title: title, from: source), dataset: headers.datasets[shape.dataset].name,
        title: titleText, isLabelled: label != nil || source.annex != nil))
    for column in shape.columns { remember(column, annex: annex) }
    return tables.count - 1
  }

  /// `附件2`, `附件2：四季度…`: the number and where it ends.
  func annexLabel(_ narrow: [UInt8]) -> (number: Int, end: Int)? {
    for phrase in words.front["annex"] ?? [] where starts(with: phrase, at: 0, of: narrow) {
      var index = phrase.count
      var number = 0
      let digits = index
      while index < narrow.count, isDigit(narrow[index]), index - digits < 3 {
        number = number * 10 + Int(narrow[index] - 0x30)
        index += 1
      }
      guard index > digits else { continue }
      if index < narrow.count, narrow[index] == 0x3A { index += 1 }
      return (number, index)
    }
    return nil
  }

  /// A line that can be a title: short, not a sentence, not the bracket of intervals.
  private func isTitle(_ narrow: [UInt8], numbered titles: [Int: [UInt8]]) -> Bool {
    if titles.values.contains(narrow) { return true }
    guard narrow.count <= 180, narrow.first != 0x28, !endsSentence(narrow) else { return false }
    return !isInterval(narrow)
  }

  private func annex(label: Int?, title: [UInt8], from source: TableSource) -> Int {
    if let label { return label }
    if let number = source.annexTitles.first(where: { $0.value == title })?.key { return number }
    return source.annex ?? (tables.last?.annex ?? 0) + 1
  }

  private func channel(section: String?, shape: TableShape, from source: TableSource) -> String {
    let channels = channelDimension
    if let section, channels?.members.contains(where: { $0.name == section }) == true {
      return section
    }
    for word in source.nameWords {
      if let member = channels?.members.first(where: { $0.name == word }) { return member.name }
    }
    for (heading, channel) in words.channelHeadings
    where shape.columns.contains(where: { $0.heading == heading }) {
      return channel
    }
    return channels?.defaultMember ?? ""
  }

  /// The dimension that the column `channel` of the printed rows belongs to.
  var channelDimension: Dimension? { dimension(of: "channel") }

  func dimension(of column: String) -> Dimension? {
    let source = rows.dataset.dimensions.first { $0.source == .column(column) }
    return source.flatMap { catalog.dimension(named: $0.dimension) }
  }

  /// The kind of unit that a title or a file's name speaks of.
  private func kind(title: [UInt8], from source: TableSource) -> String? {
    guard let parent = units.dimension?.parent, let kinds = catalog.dimension(named: parent)
    else { return nil }
    var best: (member: String, length: Int)?
    for member in kinds.members {
      let spellings = [member.name, member.chinese ?? "", member.english ?? ""] + member.aliases
      for spelling in spellings.map(folded) where !spelling.isEmpty {
        let isNamed =
          position(of: spelling, in: 0..<title.count, of: title) != nil
          || source.nameWords.contains { folded($0) == spelling }
        if isNamed, spelling.count > best?.length ?? 0 { best = (member.name, spelling.count) }
      }
    }
    return best?.member
  }

  private mutating func remember(_ column: TableColumn, annex: Int) {
    guard let weight = column.weight, case .own(let index) = column.use,
      index >= 0, index < rows.columns.count, rows.columns[index].type == .decimal
    else { return }
    let name = rows.columns[index].name
    let channel = tables.last?.channel ?? ""
    info.printedWeights.append(
      NoticeInfo.PrintedWeight(
        channel: channel, annex: annex, column: name, digits: weight.digits,
        places: weight.places))
  }
}

// MARK: - Rows

extension NoticeReading {
  /// - Returns: how many lines the row took.
  private mutating func readRow(
    at index: Int, of grid: Grid, in table: OpenTable, from source: TableSource
  ) -> Int {
    let row = grid.rows[index]
    let wanted = table.shape.columns.count
    var cells = Array(grid.cells[row.cells])
    var taken = 1
    // In comma files a blank cell too many is a thousands comma's doing, and a fault.
    while source.joinsLines, cells.count > wanted, let last = cells.last,
      trimmed(last, of: grid.bytes).isEmpty
    {
      cells.removeLast()
    }
    if source.joinsLines, index + 1 < grid.rows.count {
      taken += joinNextLine(at: index, of: grid, to: &cells, wanted: wanted, file: source.file)
    }
    guard let padded = padded(cells, to: table.shape) else {
      let why = rowShapeFault(
        spot(source.file, row.line), cellCount: cells.count, wanted: wanted)
      faults.append(why)
      return taken
    }
    tables[table.summary].rowLines.append(row.line)
    for segment in table.shape.segments {
      let name = headers.datasets[table.shape.dataset].name
      let line = TableLine(
        cells: padded, columns: table.shape.columns, segment: segment, line: row.line,
        file: source.file, summary: table.summary)
      if name == NoticeDataset.rows {
        readAnnexRow(line, of: grid.bytes)
      } else {
        readAccountRow(line, of: grid.bytes)
      }
    }
    return taken
  }

  /// A row broken inside a cell goes on in the next line: the two pieces stand side by side in the
  /// bytes.
  private mutating func joinNextLine(
    at index: Int, of grid: Grid, to cells: inout [Range<Int>], wanted: Int, file: Int
  ) -> Int {
    let next = grid.rows[index + 1]
    let isRowAgain =
      index + 2 < grid.rows.count && grid.rows[index + 2].cells.count == wanted
    let completes = cells.count < wanted && cells.count + next.cells.count - 1 == wanted
    let continues = cells.count == wanted && next.cells.count == 1 && isRowAgain
    guard completes || continues, !grid.isBlank(next), let last = cells.popLast() else {
      return 0
    }
    let more = Array(grid.cells[next.cells])
    cells.append(last.lowerBound..<more[0].upperBound)
    cells += more.dropFirst()
    repairs.append(place(file, grid.rows[index].line))
    return 1
  }

  /// Cells that an editor cut off at the end of a row, if all of them may be blank.
  private func padded(_ cells: [Range<Int>], to shape: TableShape) -> [Range<Int>]? {
    guard cells.count <= shape.columns.count else { return nil }
    if cells.count == shape.columns.count { return cells }
    let stored = headers.stored[shape.dataset]
    let missing = shape.columns[cells.count...]
    let areOptional = missing.allSatisfy { column in
      guard case .own(let index) = column.use, index >= 0 else { return true }
      return stored[index].isOptional
    }
    guard areOptional else { return nil }
    let end = cells.last?.upperBound ?? 0
    return cells + Array(repeating: end..<end, count: missing.count)
  }
}

/// One printed row, or one half of it where tables stand side by side.
struct TableLine {
  var cells: [Range<Int>]
  var columns: [TableColumn]
  var segment: Range<Int>
  var line: Int
  var file: Int
  /// Index into `NoticeReading.tables`.
  var summary: Int
}
