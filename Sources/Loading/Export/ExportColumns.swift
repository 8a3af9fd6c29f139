// ExportColumns.swift: the headings of an export become a mapping from file columns to a data set's
// columns.

import Catalog
import Syntax

/// Which columns of a file are read, and into what.
struct ExportColumns {
  struct Source {
    /// In the file, from 0.
    var fileColumn: Int
    /// Index into the builder's columns.
    var target: Int
    var heading: String
    var definition: DatasetColumn
    /// A column of names whose cells are dates: each is stored as `2024-11-03`.
    var moment: ColumnType?
  }
  var dataset: Dataset
  var sources: [Source] = []
  /// Cells a row must have.
  var width = 0
  /// Row of the last heading, from 0.
  var headerRow = 0
  /// The cells of each row of headings, folded.
  var headings: [[[UInt8]]] = []
  /// Headings that are dropped by the definition, and those no column is for.
  var dropped: [String] = []
  var unread: [String] = []
  /// The data set was made for this table: nothing is known of what its figures can be.
  var isOwn = false
  /// Columns the data set needs and the file lacks.
  var missing: [DatasetColumn] = []
}

/// The best row of headings among the first ten rows of a file.
func exportColumns(_ dataset: Dataset, in grid: Grid) -> ExportColumns? {
  let index = HeaderIndex([dataset])
  var best: (columns: ExportColumns, matches: Int)?
  for (rowNumber, row) in grid.rows.prefix(10).enumerated() where !grid.isBlank(row) {
    let upper = grid.cells[row.cells].map { heading($0, of: grid.bytes) }
    var lower: [Heading]?
    if rowNumber + 1 < grid.rows.count {
      lower = index.lowerHeadings(grid.rows[rowNumber + 1], of: grid, under: upper)
    }
    var found = columns(
      dataset, upper: upper, lower: lower,
      raw: grid.cells[row.cells].map { text($0, of: grid.bytes) },
      index: index, headerRow: rowNumber + (lower == nil ? 0 : 1))
    found.headings = (rowNumber...found.headerRow).map { foldedCells(of: grid.rows[$0], in: grid) }
    if found.sources.count > best?.matches ?? 0 { best = (found, found.sources.count) }
  }
  return best?.columns
}

func foldedCells(of row: Grid.Row, in grid: Grid) -> [[UInt8]] {
  grid.cells[row.cells].map { cell in
    var narrow: [UInt8] = []
    fold(cell, of: grid.bytes, into: &narrow)
    return narrow
  }
}

private func columns(
  _ dataset: Dataset, upper: [Heading], lower: [Heading]?, raw: [String], index: HeaderIndex,
  headerRow: Int
) -> ExportColumns {
  var result = ExportColumns(dataset: dataset)
  result.width = upper.count
  result.headerRow = headerRow
  let joined = index.joinedHeadings(upper: upper, lower: lower)
  let stored = dataset.columns.filter { !$0.isDropped }
  // A heading nearer the front of a column's list wins over another heading for the same column.
  var priorities: [Int: (priority: Int, source: Int)] = [:]
  for (fileColumn, heading) in joined.enumerated() where !heading.heading.folded.isEmpty {
    let name = fileColumn < raw.count ? cleanedText(raw[fileColumn]) : ""
    let targets = heading.alternatives.lazy.map { index.targets(of: $0) }.first { !$0.isEmpty }
    guard let target = targets?.first else {
      result.unread.append(name)
      continue
    }
    guard target.column >= 0 else {
      result.dropped.append(name)
      continue
    }
    let definition = stored[target.column]
    let spellings = definition.spellings
    let priority =
      spellings.firstIndex { heading.alternatives.contains(folded($0)) } ?? spellings.count
    let source = ExportColumns.Source(
      fileColumn: fileColumn, target: target.column, heading: name, definition: definition)
    if let known = priorities[target.column] {
      guard priority < known.priority else {
        result.unread.append(name)
        continue
      }
      result.unread.append(result.sources[known.source].heading)
      result.sources[known.source] = source
      priorities[target.column] = (priority, known.source)
    } else {
      priorities[target.column] = (priority, result.sources.count)
      result.sources.append(source)
    }
  }
  result.missing = stored.enumerated().filter { position, definition in
    !definition.isOptional && definition.lookUp == nil && !definition.spellings.isEmpty
      && priorities[position] == nil
  }.map(\.element)
  return result
}

private func cleanedText(_ raw: String) -> String {
  let bytes = Array(raw.utf8)
  var output: [UInt8] = []
  _ = clean(0..<bytes.count, of: bytes, into: &output)
  return String(decoding: output, as: UTF8.self)
}

/// Whether a file's name fits a pattern with `*` and `?`, case ignored.
///
/// - Complexity: O(name × pattern), without recursion.
func fits(_ name: String, pattern: String) -> Bool {
  let name = Array(name.lowercased().unicodeScalars)
  let pattern = Array(pattern.lowercased().unicodeScalars)
  var nameIndex = 0
  var patternIndex = 0
  var star: (pattern: Int, name: Int)?
  while nameIndex < name.count {
    if patternIndex < pattern.count, pattern[patternIndex] == "*" {
      star = (patternIndex, nameIndex)
      patternIndex += 1
    } else if patternIndex < pattern.count,
      pattern[patternIndex] == "?" || pattern[patternIndex] == name[nameIndex]
    {
      nameIndex += 1
      patternIndex += 1
    } else if let last = star {
      star = (last.pattern, last.name + 1)
      nameIndex = last.name + 1
      patternIndex = last.pattern + 1
    } else {
      return false
    }
  }
  return pattern[patternIndex...].allSatisfy { $0 == "*" }
}
