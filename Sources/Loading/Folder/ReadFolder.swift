// ReadFolder.swift: a folder of tables with a `notice.csv` becomes the notice it stands for.

import Catalog
import Columns
import Syntax

/// A file of a folder, or of the built-in sample.
struct FolderFile {
  var path: String
  var bytes: [UInt8]

  var name: String { String(path.split(separator: "/").last ?? "") }
}

let noticeFileName = "notice.csv"

/// The name of a sheet or table that holds what `notice.csv` holds.
let noticeTableName = "notice"

/// - Parameter place: the folder or file, as named.
/// - Throws: every fault of every file; then nothing of the folder's notice is loaded.
func readFolder(
  _ tables: [RawTable], place: String, catalog: Catalog, words: NoticeVocabulary,
  into loaded: inout Loaded
) throws(FileFaults) {
  guard let noticeTable = tables.first(where: { $0.stem == noticeTableName }) else {
    throw FileFaults([missingFileFault(place + "/" + noticeFileName)])
  }
  let fields = NoticeFields(try noticeTable.grid(), source: noticeTable.source)
  var front = folderFront(fields, source: noticeTable.source, words: words)
  guard var info = front.info, fields.faults.isEmpty, front.faults.isEmpty else {
    throw FileFaults(fields.faults + front.faults)
  }
  let annexes = tables.filter { $0.stem != noticeTableName }
  info.file = place
  info.encoding = noticeTable.source.encoding
  let hashes = ([noticeTable] + annexes).map(\.source.hash).joined()
  info.hash = contentHash(Array(hashes.utf8))
  var reading = NoticeReading(catalog: catalog, words: words, info: info)
  reading.sources = [noticeTable.source]
  try reading.readAnnexes(annexes, titles: front.titles)
  for index in reading.tables.indices where front.unlabelled.contains(reading.tables[index].annex) {
    reading.tables[index].isLabelled = false
  }
  reading.readFields(fields, used: front.used)
  if let unread = front.unreadDate {
    reading.mentions.unreadDate = (
      unread.printed, NoticeMentions.Mention(word: "", section: "", file: 0, line: unread.line)
    )
  }
  front.faults = []
  try reading.finish(into: &loaded)
  loaded.files += reading.sources
}

extension NoticeReading {
  /// Each table is an annex; what stands around its rows is text of the notice.
  mutating func readAnnexes(
    _ annexes: [RawTable], titles: [Int: [UInt8]]
  ) throws(FileFaults) {
    for annex in annexes {
      let grid = try annex.grid()
      let tableCount = tables.count
      faults += annex.faults
      sources.append(annex.source)
      let rest = readTables(
        grid,
        from: TableSource(
          file: sources.count - 1, annex: annexNumber(annex.name),
          nameWords: nameWords(annex.name), joinsLines: false, annexTitles: titles))
      if tables.count == tableCount { faults.append(noTableFault(annex.source.path)) }
      readText(rest, of: grid.bytes, front: NoticeFront())
    }
  }
}

/// The first number in a file's name.
func annexNumber(_ name: String) -> Int? {
  var digits = ""
  for character in name.unicodeScalars {
    if ("0"..."9").contains(character) {
      digits.unicodeScalars.append(character)
    } else if !digits.isEmpty {
      break
    }
  }
  return digits.utf8.count <= 3 ? Int(digits) : nil
}

func nameWords(_ name: String) -> [String] {
  let stem = name.split(separator: ".").first.map(String.init) ?? name
  return stem.split { "-_ ".contains($0) }.map { $0.lowercased() }
}
