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
  /// What it lacks to be rows of the data set that it is nearest to.
  var lacking: Bilingual?
}

package struct InspectedFinding: Sendable, Hashable {
  package var code: String
  package var severity: Severity
  package var line: Int?
  package var column: String?
  package var text: Bilingual
  /// What to do about it.
  package var cures: [Bilingual] = []
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
    loader.loaded = loader.whole
    // A table that fits no data set of the catalogue fits none here either.
    loader.catalog = catalog
    return loader.inspectedFiles(of: path)
  }
}

extension Loader {
  fileprivate func inspectedFiles(of path: String) -> [InspectedFile] {
    guard pathKind(path) == .folder else { return [inspected(path)] }
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    let names = (try? folderNames(path)) ?? []
    let files = names.map { base + "/" + $0 }.filter { isKnownForm($0) }.map(inspected)
    let skipped = loaded.skipped.filter { $0.line == 0 && !isInFile($0.file, files) }
    if skipped.isEmpty, !files.isEmpty { return files }
    let folder = InspectedTable(
      name: path, dataset: nil, delimiter: nil, header: [], rows: [], skipped: skipped)
    return files + [
      InspectedFile(
        file: path, encoding: nil, tables: [folder], findings: findings(of: path),
        isRefused: faults.contains { $0.file == path })
    ]
  }

  private func isInFile(_ place: String, _ files: [InspectedFile]) -> Bool {
    files.contains { place == $0.file || place.hasPrefix($0.file + "!") }
  }

  private func inspected(_ path: String) -> InspectedFile {
    var result = InspectedFile(
      file: path, encoding: nil, tables: [], findings: findings(of: path),
      isRefused: faults.contains { $0.file == path })
    if pathKind(path) == .pipe {
      let why = Bilingual(
        "is a pipe, which can be read once: save it as a file to inspect it",
        "是管道，只能读取一次：请存为文件后再查看")
      result.findings.append(
        InspectedFinding(code: "LOAD", severity: .info, line: nil, column: nil, text: why))
    }
    var opening = FileOpening(path: path, words: words, options: options)
    guard pathKind(path) == .file, let content = try? content(of: path, &opening) else {
      return result
    }
    switch content {
    case .notice(let text, let source):
      result.encoding = source.encoding
      result.tables = noticeTables(text, path)
      let skipped = loaded.skipped.filter { $0.file == path }
      if !result.tables.isEmpty { result.tables[result.tables.count - 1].skipped = skipped }
    case .tables(let tables):
      result.encoding = tables.first?.source.encoding
      result.tables = tables.flatMap { inspectedTables($0) }
      result.findings += result.tables.compactMap(\.lacking).map {
        InspectedFinding(code: "LOAD", severity: .info, line: nil, column: nil, text: $0)
      }
      // Sheets and views that were passed over stand with the file, not with one of its tables.
      if !opening.skipped.isEmpty {
        result.tables.append(
          InspectedTable(
            name: FolderFile(path: path, bytes: []).name, dataset: nil, delimiter: nil, header: [],
            rows: [], skipped: opening.skipped))
      }
    }
    return result
  }

  private func findings(of path: String) -> [InspectedFinding] {
    let refused = faults.filter { $0.file == path }.map {
      InspectedFinding(
        code: $0.diagnostic.code, severity: .error, line: $0.line, column: $0.column,
        text: $0.diagnostic.message, cures: $0.diagnostic.hints)
    }
    func isHere(_ file: String) -> Bool { file == path || file.hasPrefix(path + "!") }
    let found = loaded.findings.filter { isHere($0.places.first?.file ?? "") }.map { finding in
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
    var reading = reading(SourceFile(path: path, encoding: "", hash: ""))
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

  private func reading(_ source: SourceFile) -> NoticeReading {
    var reading = NoticeReading(
      catalog: catalog, words: words, info: NoticeInfo(period: Quarter(index: 0)))
    reading.sources = [source]
    return reading
  }

  private func cells(of row: Grid.Row, in grid: Grid) -> [String] {
    grid.cells[row.cells].map {
      withoutPersons(text(trimmed($0, of: grid.bytes), of: grid.bytes))
    }
  }

  // MARK: - Tables of cells

  private func inspectedTables(_ table: RawTable) -> [InspectedTable] {
    ((try? separated(table)) ?? [table]).map { inspectedTable($0) }
  }

  /// Its headings are the row that fits a data set, else the first row of words.
  private func inspectedTable(_ raw: RawTable) -> InspectedTable {
    var table = InspectedTable(
      name: raw.name, dataset: nil, delimiter: raw.isGrid ? nil : delimiterText(raw.delimiter),
      header: [], rows: [], skipped: [])
    guard let grid = try? raw.grid() else { return table }
    var headings = 0...0
    var personal: Set<String> = []
    if let columns = try? dataset(for: grid, of: raw, catalog: catalog) {
      table.dataset = columns.dataset.name
      headings = columns.headerRow - columns.headings.count + 1...columns.headerRow
      personal = Set(
        columns.dropped + columns.sources.filter(\.definition.isHashed).map(\.heading))
    } else {
      var reading = reading(raw.source)
      let isOfNotice = loaded.notices.contains { raw.source.file.hasPrefix($0.file) }
      if isOfNotice || isAnnex(grid) {
        _ = reading.readTables(grid, from: TableSource(file: 0, joinsLines: false))
      }
      if let found = reading.tables.first {
        table.dataset = found.dataset
        let row = grid.rows.firstIndex { $0.line == found.line } ?? 0
        headings = row...row
      } else if let head = ownHead(of: grid) {
        table.lacking = nearestDataset(to: grid, in: catalog)?.lacking
        headings = head.headerRow - head.headings.count + 1...head.headerRow
      }
    }
    guard headings.upperBound < grid.rows.count else { return table }
    table.header = joinedCells(of: headings, in: grid)
    let skipped = loaded.skipped.filter { $0.file == raw.source.path }
    let above = grid.rows[..<headings.lowerBound].filter { !grid.isBlank($0) }.map { row in
      SkippedLine(
        file: raw.source.path, line: row.line,
        text: cells(of: row, in: grid).filter { !$0.isEmpty }.joined(separator: " "),
        why: Bilingual("a line above the headings", "表头之上的文字"), isUnexplained: false)
    }
    let lines = Set(grid.rows.map(\.line))
    table.skipped = above + skipped.filter { lines.contains($0.line) }
    table.rows = grid.rows[(headings.upperBound + 1)...].filter { !grid.isBlank($0) }
      .map { cells(of: $0, in: grid) }
    for (column, name) in table.header.enumerated() where personal.contains(name) {
      for row in table.rows.indices where table.rows[row].indices.contains(column) {
        table.rows[row][column] = "***"
      }
    }
    return table
  }

  /// Two rows of headings as one: `办结得分.工单数`.
  private func joinedCells(of rows: ClosedRange<Int>, in grid: Grid) -> [String] {
    let upper = cells(of: grid.rows[rows.lowerBound], in: grid)
    guard rows.count > 1 else { return upper }
    let lower = cells(of: grid.rows[rows.upperBound], in: grid)
    var carried = ""
    return (0..<max(upper.count, lower.count)).map { index in
      let above = index < upper.count ? upper[index] : ""
      let below = index < lower.count ? lower[index] : ""
      if !above.isEmpty { carried = above }
      if below.isEmpty { return above }
      return carried.isEmpty ? below : "\(carried).\(below)"
    }
  }
}
