// Inspection.swift: paths arrive; what would be read of each file leaves, as raw text, nothing
// loaded.
//
// What `--inspect` prints (console.md 11.8): tables with their headings and rows as they stand, the
// data set each fits, skipped lines and why, findings and faults.

import Catalog
import Columns
import Syntax

package struct InspectedTable: Sendable, Hashable {
  /// The title above it, or the file's name.
  package var name: String
  /// nil: it fits none.
  package var dataset: String?
  package var delimiter: String?
  package var header: [String]
  package var rows: [[String]]
  package var skipped: [SkippedLine]
}

package struct InspectedFinding: Sendable, Hashable {
  package var code: String
  package var severity: Severity
  package var line: Int?
  package var column: String?
  package var text: Bilingual
}

package struct InspectedFile: Sendable, Hashable {
  package var file: String
  /// nil where the file could not be decoded.
  package var encoding: String?
  package var tables: [InspectedTable]
  package var findings: [InspectedFinding]
  /// Loading would refuse it (exit 3).
  package var isRefused: Bool
}

/// Reads every path as a load would, and keeps nothing.
package func inspect(
  paths: [String], with catalog: Catalog, options: LoadOptions = LoadOptions()
) -> [InspectedFile] {
  paths.flatMap { path in
    var loader = Loader(catalog: catalog, options: options)
    loader.load(path)
    return loader.inspectedFiles(of: path)
  }
}

extension Loader {
  fileprivate func inspectedFiles(of path: String) -> [InspectedFile] {
    guard pathKind(path) == .folder else { return [inspected(path)] }
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    let names = (try? folderNames(path)) ?? []
    let files = names.map { base + "/" + $0 }.filter { isKnownForm($0) }.map(inspected)
    let skipped = loaded.skipped.filter { $0.line == 0 }
    if skipped.isEmpty { return files }
    let folder = InspectedTable(
      name: path, dataset: nil, delimiter: nil, header: [], rows: [], skipped: skipped)
    return files + [
      InspectedFile(
        file: path, encoding: nil, tables: [folder], findings: [], isRefused: false)
    ]
  }

  private func inspected(_ path: String) -> InspectedFile {
    var result = InspectedFile(
      file: path, encoding: nil, tables: [], findings: findings(of: path),
      isRefused: faults.contains { $0.file == path })
    guard let bytes = try? contents(of: path),
      let (text, source) = try? decodedSource(bytes, path: path, as: options.encoding)
    else { return result }
    result.encoding = source.encoding
    result.tables = isTable(path) ? [delimitedTable(text, path)] : noticeTables(text, path)
    let skipped = loaded.skipped.filter { $0.file == path }
    if !result.tables.isEmpty { result.tables[result.tables.count - 1].skipped = skipped }
    return result
  }

  private func findings(of path: String) -> [InspectedFinding] {
    let refused = faults.filter { $0.file == path }.map {
      InspectedFinding(
        code: $0.diagnostic.code, severity: .error, line: $0.line, column: $0.column,
        text: $0.diagnostic.message)
    }
    let found = loaded.findings.filter { $0.places.first?.file == path }.map { finding in
      let facts = [finding.stated, finding.computed].filter { !$0.isEmpty }
        .joined(separator: " → ")
      return InspectedFinding(
        code: finding.code, severity: finding.severity, line: finding.places.first?.line,
        column: nil,
        text: facts.isEmpty
          ? finding.subject
          : Bilingual(
            "\(finding.subject.english): \(facts)", "\(finding.subject.chinese)：\(facts)"))
    }
    return refused + found
  }

  /// The tables of running text: each with the rows that were taken for its own.
  private func noticeTables(_ bytes: [UInt8], _ path: String) -> [InspectedTable] {
    let grid = grid(ofLines: bytes)
    let front = front(of: grid, words: words)
    var reading = reading(path)
    _ = reading.readTables(
      grid, from: TableSource(file: 0, joinsLines: true, annexTitles: front.annexTitles))
    // Each line of running text is one row of the grid.
    func cells(at line: Int) -> [String] {
      line >= 1 && line <= grid.rows.count ? self.cells(of: grid.rows[line - 1], in: grid) : []
    }
    return reading.tables.map { table in
      InspectedTable(
        name: table.title, dataset: table.dataset, delimiter: "\t",
        header: cells(at: table.line), rows: table.rowLines.map(cells), skipped: [])
    }
  }

  private func reading(_ path: String) -> NoticeReading {
    var reading = NoticeReading(
      catalog: catalog, words: words, info: NoticeInfo(period: Quarter(index: 0)))
    reading.sources = [SourceFile(path: path, encoding: "", hash: "")]
    return reading
  }

  private func cells(of row: Grid.Row, in grid: Grid) -> [String] {
    grid.cells[row.cells].map {
      withoutPersons(text(trimmed($0, of: grid.bytes), of: grid.bytes))
    }
  }

  /// A file of cells is one table; its heading row is the first that fits a data set, else the
  /// first row.
  private func delimitedTable(_ bytes: [UInt8], _ path: String) -> InspectedTable {
    let name = FolderFile(path: path, bytes: []).name
    let separator = delimiter(of: bytes, name: name)
    var table = InspectedTable(
      name: name, dataset: nil, delimiter: separator == 0x09 ? "\t" : ",", header: [], rows: [],
      skipped: [])
    guard let grid = try? grid(ofDelimited: bytes, delimiter: separator) else { return table }
    var headerRow = 0
    var personal: Set<String> = []
    let source = SourceFile(path: path, encoding: "", hash: "")
    if let columns = try? dataset(for: grid, name: name, source: source, catalog: catalog) {
      table.dataset = columns.dataset.name
      headerRow = columns.headerRow
      personal = Set(
        columns.dropped + columns.sources.filter(\.definition.isHashed).map(\.heading))
    } else {
      var reading = reading(path)
      _ = reading.readTables(grid, from: TableSource(file: 0, joinsLines: false))
      if let found = reading.tables.first {
        table.dataset = found.dataset
        headerRow = grid.rows.firstIndex { $0.line == found.line } ?? 0
      }
    }
    guard headerRow < grid.rows.count else { return table }
    table.header = cells(of: grid.rows[headerRow], in: grid)
    table.rows = grid.rows[(headerRow + 1)...].filter { !grid.isBlank($0) }
      .map { cells(of: $0, in: grid) }
    for (column, name) in table.header.enumerated() where personal.contains(name) {
      for row in table.rows.indices where table.rows[row].indices.contains(column) {
        table.rows[row][column] = "***"
      }
    }
    return table
  }
}
