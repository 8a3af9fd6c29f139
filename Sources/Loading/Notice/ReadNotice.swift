// ReadNotice.swift: the decoded text of a notice becomes partitions, findings and reference texts.

import Catalog
import Columns

/// - Throws: every fault of the file; then nothing of it is loaded.
func readNotice(
  _ bytes: [UInt8], source: SourceFile, catalog: Catalog, words: NoticeVocabulary,
  into loaded: inout Loaded
) throws(FileFaults) {
  let grid = grid(ofLines: bytes)
  let front = front(of: grid, words: words)
  guard let period = front.period else {
    throw FileFaults([
      front.title.isEmpty ? notDataFault(source.path) : noPeriodFault(source.path)
    ])
  }
  var info = NoticeInfo(period: period)
  info.issuer = front.issuer
  info.county = front.county
  info.title = front.title
  info.number = front.number
  info.version = front.version
  info.signed = front.signed
  info.issued = front.issued
  info.file = source.path
  info.hash = source.hash
  info.encoding = source.encoding
  var reading = NoticeReading(catalog: catalog, words: words, info: info)
  reading.sources = [source]
  let table = TableSource(file: 0, joinsLines: true, annexTitles: front.annexTitles)
  let rest = reading.readTables(grid, from: table)
  reading.readText(rest, of: grid.bytes, front: front)
  try reading.finish(into: &loaded)
}

/// Every fault of one file or folder.
struct FileFaults: Error {
  var faults: [FileFault]
  init(_ faults: [FileFault]) { self.faults = faults }
}

extension NoticeReading {
  /// The end of both forms: all or nothing, then findings, then partitions.
  mutating func finish(into loaded: inout Loaded) throws(FileFaults) {
    do throws(BarePercents.Contradiction) {
      try barePercents.settle(in: &rows)
    } catch {
      faults.append(
        percentFault(
          spot(error.fraction.file, error.fraction.line),
          other: spot(error.percentage.file, error.percentage.line),
          column: rows.columns[error.fraction.column].name))
    }
    guard faults.isEmpty else { throw FileFaults(faults) }
    guard rows.rowCount > 0 || !claims.isEmpty || !accounts.isEmpty || !duties.isEmpty else {
      guard !tables.isEmpty else { throw FileFaults([noTableFault(info.file)]) }
      loaded.notes.append(emptyNote(info.file))
      return
    }
    findFindings()
    try assemble(into: &loaded)
  }
}
