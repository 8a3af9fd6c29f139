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

/// - Throws: every fault of every file; then nothing of the folder's notice is loaded.
func readFolder(
  _ files: [FolderFile], folder: String, catalog: Catalog, words: NoticeVocabulary,
  encoding: TextEncoding, into loaded: inout Loaded
) throws(FileFaults) {
  guard let noticeFile = files.first(where: { $0.name == noticeFileName }) else {
    throw FileFaults([missingFileFault(folder + "/" + noticeFileName)])
  }
  let (noticeGrid, noticeSource) = try tableGrid(noticeFile, as: encoding)
  let fields = NoticeFields(noticeGrid, file: noticeSource.path)
  var front = folderFront(fields, source: noticeSource, words: words)
  guard var info = front.info, fields.faults.isEmpty, front.faults.isEmpty else {
    throw FileFaults(fields.faults + front.faults)
  }
  var hashes = noticeSource.hash
  var sources = [noticeSource]
  var tables: [(grid: Grid, source: TableSource)] = []
  for file in files where file.name != noticeFileName {
    let (grid, source) = try tableGrid(file, as: encoding)
    tables.append(
      (
        grid,
        TableSource(
          file: sources.count, annex: annexNumber(file.name), nameWords: nameWords(file.name),
          joinsLines: false, annexTitles: front.titles)
      ))
    sources.append(source)
    hashes += source.hash
  }
  info.file = folder
  info.encoding = noticeSource.encoding
  info.hash = contentHash(Array(hashes.utf8))
  var reading = NoticeReading(catalog: catalog, words: words, info: info)
  reading.sources = sources
  for table in tables {
    let tableCount = reading.tables.count
    let rest = reading.readTables(table.grid, from: table.source)
    if reading.tables.count == tableCount {
      reading.faults.append(noTableFault(sources[table.source.file].path))
    }
    reading.readText(rest, of: table.grid.bytes, front: NoticeFront())
  }
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
  loaded.files += sources
}

/// A table file as cells.
func tableGrid(
  _ file: FolderFile, as encoding: TextEncoding
) throws(FileFaults) -> (grid: Grid, source: SourceFile) {
  let (text, source) = try decodedSource(file.bytes, path: file.path, as: encoding)
  do throws(DelimitedRows.Fault) {
    return (try grid(ofDelimited: text, delimiter: delimiter(of: text, name: file.name)), source)
  } catch {
    throw FileFaults([quoteFault(error, path: file.path)])
  }
}

func quoteFault(_ fault: DelimitedRows.Fault, path: String) -> FileFault {
  switch fault {
  case .openQuote(let line): openQuoteFault(path, line: line)
  case .textAfterQuote(let line): textAfterQuoteFault(path, line: line)
  }
}

/// A tab where the first line has more tabs than commas: what spreadsheets write as Unicode text.
func delimiter(of bytes: [UInt8], name: String) -> UInt8 {
  if name.hasSuffix(".tsv") { return 0x09 }
  var tabs = 0
  var commas = 0
  var isQuoted = false
  for byte in bytes.prefix(1 << 16) {
    if byte == 0x22 { isQuoted.toggle() }
    if isQuoted { continue }
    if byte == 0x0A, tabs + commas > 0 { break }
    if byte == 0x09 { tabs += 1 }
    if byte == 0x2C { commas += 1 }
  }
  return tabs > commas ? 0x09 : 0x2C
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
