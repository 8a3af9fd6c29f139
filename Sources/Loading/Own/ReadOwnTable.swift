// ReadOwnTable.swift: a table that fits no data set becomes a data set of its own, with the
// definitions that it needs.

import Catalog
import Columns
import Syntax

/// - Returns: the catalogue with the table's definitions.
/// - Throws: every fault of the table; then nothing of it is loaded.
func readOwnTable(
  _ raw: RawTable, named wanted: String, catalog: Catalog, options: LoadOptions,
  into loaded: inout Loaded
) throws(FileFaults) -> Catalog {
  let words = TableWords(catalog.phrases)
  let grid = try raw.grid(rowLimit: 64)
  guard let head = ownHead(of: grid) else { throw FileFaults([noHeadingsFault(raw.source)]) }
  guard head.names.count <= Budget.columns else {
    throw FileFaults([manyColumnsFault(raw.source.file, count: head.names.count)])
  }
  let contents = try columnContents(of: raw, head: head, words: words)
  guard contents.contains(where: { $0.filled > 0 }) else {
    if !raw.faults.isEmpty { throw FileFaults(raw.faults) }
    loaded.notes.append(emptyNote(raw.source.path))
    loaded.files.append(raw.source)
    return catalog
  }
  let found = OwnTableColumns(head, contents, words, catalog)
  let name = freeName(wanted, in: catalog)
  let definitions = OwnDefinitions(
    dataset: name, file: raw.source.path, columns: found.columns, catalog: catalog)
  let text = RulebookFile(name: "\(raw.source.path).tb", text: definitions.text)
  let built = buildCatalog(from: catalog.files + [text])
  guard let dataset = built.catalog.dataset(named: name), built.problems.isEmpty else {
    throw FileFaults([
      unmodelledFault(raw.source, built.problems.first?.diagnostic.message ?? Bilingual(same: ""))
    ])
  }
  let own = exportColumns(of: dataset, found, head)
  let earlier = loaded.tolerated.count
  try readExport(raw, as: own, catalog: built.catalog, options: options, into: &loaded)
  loaded.ownDefinitions.append(OwnTableText(name: text.name, text: text.text))
  loaded.notes += notes(on: definitions, empty: found.empty, source: raw.source)
  for spoilt in found.spoilt {
    loaded.notes.append(spoiltNote(spoilt, raw.source))
  }
  if let near = nearestDataset(to: grid, in: catalog) {
    loaded.notes.append(
      Note(
        "LOAD",
        Bilingual(
          "\(raw.source.path): \(near.lacking.english)",
          "\(raw.source.path)：\(near.lacking.chinese)")))
  }
  for title in head.titles {
    loaded.referenceTexts.append(
      ReferenceText(
        issuer: "", quarterIndex: nil, kind: "title", section: "", file: raw.source.path,
        line: title.line, text: title.text))
  }
  loaded.tables.append(
    ReadTable(
      source: raw.source, name: head.titles.last?.text ?? raw.name, dataset: name,
      delimiter: raw.isGrid ? nil : delimiterText(raw.delimiter),
      headingLines: (head.headerRow - head.headings.count + 1...head.headerRow).map {
        grid.rows[$0].line
      }, headings: head.names, isOwn: true
    ).tolerating(loaded.tolerated.dropFirst(earlier).first))
  return built.catalog
}

/// What becomes of each column of the table.
private struct OwnTableColumns {
  var columns: [OwnColumn] = []
  /// Headings with nothing below them, and those that lead to persons.
  var empty: [String] = []
  var dropped: [String] = []
  /// Columns of numbers or dates but for a cell that is none.
  var spoilt: [(fileColumn: Int, heading: String, cell: SpoilingCell)] = []

  init(
    _ head: OwnHead, _ contents: [ColumnContents], _ words: TableWords, _ catalog: Catalog
  ) {
    let personal = personalHeadings(of: catalog)
    for (index, content) in contents.enumerated() {
      let heading = head.names[index]
      if personal.contains(folded(heading)) {
        dropped.append(heading)
        continue
      }
      guard let type = content.type(isCode: words.isCode(folded(heading))) else {
        empty.append(heading)
        continue
      }
      if type == .text, !words.isCode(folded(heading)), let cell = content.spoiling {
        spoilt.append((index, heading, cell))
      }
      var column = OwnColumn(heading: heading, fileColumn: index, type: type, name: heading)
      if type == .text, let known = knownDimension(heading, content, in: catalog) {
        column.name = known
        column.isKnownDimension = true
      }
      columns.append(column)
    }
  }
}

private func exportColumns(
  of dataset: Dataset, _ found: OwnTableColumns, _ head: OwnHead
) -> ExportColumns {
  var own = ExportColumns(dataset: dataset)
  own.isOwn = true
  own.width = head.names.count
  own.headerRow = head.headerRow
  own.headings = head.headings
  own.dropped = found.dropped
  for (target, column) in found.columns.enumerated() {
    own.sources.append(
      ExportColumns.Source(
        fileColumn: column.fileColumn, target: target, heading: column.heading,
        definition: dataset.columns[target],
        moment: column.type == .date || column.type == .time ? column.type : nil))
  }
  return own
}

/// Headings under which the data sets of the catalogue store nothing.
private func personalHeadings(of catalog: Catalog) -> Set<[UInt8]> {
  Set(
    catalog.datasets.flatMap(\.columns).filter(\.isDropped).flatMap(\.headers).map(folded))
}

/// The dimension of the catalogue that a column of names is: by its heading, and where the members
/// are a closed list, by all names in it.
private func knownDimension(
  _ heading: String, _ content: ColumnContents, in catalog: Catalog
) -> String? {
  let wanted = foldedName(heading)
  let found = catalog.dimensions.first { dimension in
    ([dimension.name, dimension.label.english, dimension.label.chinese] + dimension.aliases)
      .contains { foldedName($0) == wanted }
  }
  guard let found, found.timeUnit == nil, found.memberSource != .scheme, found.name != "issuer"
  else { return nil }
  if found.memberSource == .open { return found.name }
  guard content.areTextsComplete, content.texts.count > 0 else { return nil }
  let index = MemberIndex(found)
  let areMembers = (0..<content.texts.count).allSatisfy { code in
    if case .found = index.match(content.texts.string(code)) { return true }
    return false
  }
  return areMembers && content.numbers == 0 ? found.name : nil
}

/// A name of letters, digits and hanzi that no data set has.
private func freeName(_ wanted: String, in catalog: Catalog) -> String {
  var name = ""
  for scalar in wanted.unicodeScalars {
    let isPart = scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    name.unicodeScalars.append(isPart ? scalar : "_")
  }
  if name.isEmpty { name = "table" }
  let whole = name
  var copy = 2
  while catalog.dataset(named: name) != nil {
    name = "\(whole)_\(copy)"
    copy += 1
  }
  return name
}

/// A table with just the headings of one that was read before.
func moreOfOwnNote(_ source: SourceFile, _ dataset: String) -> Note {
  Note(
    "LOAD",
    Bilingual(
      "\(source.path): has the headings of `\(dataset)` and is read as more of its rows",
      "\(source.path)：表头与“\(dataset)”相同，作为其更多行读取"))
}

/// A column that is read as names, and the cell that is why.
private func spoiltNote(
  _ spoilt: (fileColumn: Int, heading: String, cell: SpoilingCell), _ source: SourceFile
) -> Note {
  let spot = Spot(source, spoilt.cell.line, column: spoilt.fileColumn)
  let cell = withoutPersons(spoilt.cell.text)
  let (why, cure): (Bilingual, Bilingual) =
    switch spoilt.cell.kind {
    case .number:
      (Bilingual("no number", "不是数字"), Bilingual("put the cell right to sum it", "改正该单元格后可求和"))
    case .decimalComma:
      (
        Bilingual("no number", "不是数字"),
        Bilingual("write decimals with a point to sum it", "小数改用点号书写后可求和")
      )
    case .date:
      (Bilingual("no date", "不是日期"), Bilingual("put the cell right", "请改正该单元格"))
    }
  return Note(
    "LOAD",
    Bilingual(
      "\(source.path): \(spot.cell(spoilt.heading).english): “\(cell)” is \(why.english), so the "
        + "column is read as names; \(cure.english)",
      "\(source.path)：\(spot.cell(spoilt.heading).chinese)“\(cell)”\(why.chinese)，整列按名称读取；"
        + cure.chinese))
}

private func notes(
  on definitions: OwnDefinitions, empty: [String], source: SourceFile
) -> [Note] {
  func note(_ english: String, _ chinese: String) -> Note {
    Note("LOAD", Bilingual("\(source.path): \(english)", "\(source.path)：\(chinese)"))
  }
  let metrics = Bilingual(
    listing: definitions.columns.filter(\.isMetric).map(\.name) + [definitions.rowsMetric],
    atMost: Budget.toldNames)
  let names = definitions.columns.filter { !$0.isMetric }.map(\.name)
  let dimensions =
    names.isEmpty ? Bilingual("none", "无") : Bilingual(listing: names, atMost: Budget.toldNames)
  var notes = [
    note(
      "fits no data set and is one of its own, `\(definitions.dataset)`: metrics "
        + "\(metrics.english); dimensions \(dimensions.english)",
      "不属于已有数据集，按自有数据集“\(definitions.dataset)”载入：指标 "
        + "\(metrics.chinese)；维度 \(dimensions.chinese)")
  ]
  for column in definitions.renamed.prefix(Budget.toldNames) {
    notes.append(
      note(
        "the column `\(column.heading)` is asked as `\(column.name)`",
        "“\(column.heading)”列请用“\(column.name)”查询"))
  }
  if !empty.isEmpty {
    let list = Bilingual(listing: empty, atMost: Budget.toldNames)
    notes.append(note("empty columns: \(list.english)", "空列：\(list.chinese)"))
  }
  return notes
}
