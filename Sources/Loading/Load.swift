// Load.swift: the paths of a command line become one store with its notices, findings and faults.

import Catalog
import Columns
import Syntax

/// Reads every path; each file is loaded wholly or not at all.
///
/// - Throws: `LoadFailure` with every fault of every bad file, and what the good ones brought.
/// - Complexity: O(bytes).
package func load(
  paths: [String], into catalog: Catalog, options: LoadOptions = LoadOptions()
) throws(LoadFailure) -> Loaded {
  var pieces = LoadedPieces()
  pieces.add(try loadPieces(paths: paths, into: catalog, options: options))
  return pieces.whole
}

/// The same, with what each notice and each export brought still apart; last what belongs to none.
///
/// - Throws: `LoadFailure` as above.
/// - Complexity: O(bytes).
package func loadPieces(
  paths: [String], into catalog: Catalog, options: LoadOptions = LoadOptions()
) throws(LoadFailure) -> [Loaded] {
  var loader = Loader(catalog: catalog, options: options)
  for path in paths where options.monitor?.isCancelled != true { loader.load(path) }
  if options.monitor?.isCancelled == true { loader.faults = [cancelledFault(paths.first ?? "")] }
  guard loader.faults.isEmpty else {
    throw LoadFailure(faults: loader.faults, loaded: loader.whole)
  }
  return loader.pieces + [loader.loaded]
}

/// The built-in quarter; its files are named `sample/…`.
///
/// - Throws: never for the rulebook the sample was made with; a replaced one may lack its columns.
package func loadSample(catalog: Catalog) throws(LoadFailure) -> Loaded {
  var loaded = Loaded()
  do throws(FileFaults) {
    var tables: [RawTable] = []
    for file in sampleFiles() {
      tables.append(
        try textTable(FolderFile(path: "sample/\(file.name)", bytes: file.bytes), as: .utf8))
    }
    try readFolder(
      tables, place: "sample", catalog: catalog, words: NoticeVocabulary(catalog.phrases),
      into: &loaded)
  } catch {
    throw LoadFailure(faults: error.faults, loaded: loaded)
  }
  loaded.isSample = true
  return loaded
}

struct Loader {
  /// Grows with the definitions of tables that no data set fits.
  var catalog: Catalog
  let options: LoadOptions
  let words: NoticeVocabulary
  /// What each notice or export that was read has brought.
  var pieces: [Loaded] = []
  /// What the file brings that is being read; between files what belongs to none.
  var loaded = Loaded()
  var faults: [FileFault] = []
  private var loadingPath = ""

  init(catalog: Catalog, options: LoadOptions) {
    self.catalog = catalog
    var options = options
    // Asked of the machine once.
    options.memoryLimitBytes = options.memoryBudget
    self.options = options
    words = NoticeVocabulary(catalog.phrases)
  }

  /// What all files have brought together.
  var whole: Loaded {
    var read = LoadedPieces()
    read.add(pieces + [loaded])
    return read.whole
  }

  mutating func load(_ path: String) {
    loadingPath = path
    switch pathKind(path) {
    case .missing: faults.append(missingFileFault(path))
    case .other: faults.append(unreadableFault(path, SystemFault(reason: .notReadable)))
    case .folder: loadFolder(path)
    case .file, .pipe:
      attempt { loader throws(FileFaults) in try loader.loadFile(path) }
    }
  }

  private mutating func attempt(_ work: (inout Loader) throws(FileFaults) -> Void) {
    let outside = loaded
    loaded = Loaded()
    do throws(FileFaults) {
      try work(&self)
      // A second notice of a period is a further version of it.
      if loaded.notices.isEmpty, let twin = pieces.first(where: { isSame($0.files, loaded.files) })
      {
        loaded = Loaded()
        pieces.append(twinPiece(twin.files))
      } else {
        pieces.append(loaded)
      }
    } catch {
      faults += error.faults
    }
    loaded = outside
  }

  /// The same bytes under the same or another name: counted twice they would double every figure.
  private func isSame(_ left: [SourceFile], _ right: [SourceFile]) -> Bool {
    !left.isEmpty && left.map(\.hash) == right.map(\.hash) && left.map(\.part) == right.map(\.part)
  }

  private func twinPiece(_ twins: [SourceFile]) -> Loaded {
    var piece = Loaded()
    let (own, first) = (loadingPath, twins.first?.file ?? "")
    piece.notes.append(
      Note(
        "LOAD",
        own == first
          ? Bilingual("\(own): named twice, read once", "\(own)：重复列出，只读取一次")
          : Bilingual(
            "\(own): holds the same as \(first) and is not counted again",
            "\(own)：内容与 \(first) 相同，不重复计入")))
    return piece
  }

  /// Every known file of a folder in the order of their names, not deeper; others are named as
  /// skipped. With a `notice.csv` the tables that are no export are the annexes of one notice.
  private mutating func loadFolder(_ path: String) {
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    var names: [String] = []
    do throws(SystemFault) {
      names = try folderNames(path)
    } catch {
      faults.append(unreadableFault(path, error))
      return
    }
    if names.contains(dumpTableName + ".csv") {
      attempt { loader throws(FileFaults) in try loader.loadDump(names, folder: base) }
      return
    }
    let isNotice = names.contains(noticeFileName)
    let earlier = loaded.skipped.count
    var annexes: [String] = []
    var isAnyKnown = false
    for name in names {
      let full = base + "/" + name
      guard isKnownForm(full) else {
        skip(full, name)
        continue
      }
      isAnyKnown = true
      if isNotice, isTextTable(name), !isExport(name) {
        annexes.append(full)
      } else {
        loadingPath = full
        attempt { loader throws(FileFaults) in try loader.loadFile(full) }
      }
    }
    tellSkipped(Array(loaded.skipped.dropFirst(earlier)), of: path)
    if isNotice {
      loadingPath = path
      attempt { loader throws(FileFaults) in try loader.loadNotice(annexes, folder: path) }
    } else if !isAnyKnown {
      faults.append(unknownFormFault(path))
    }
  }

  func isKnownForm(_ path: String) -> Bool {
    pathKind(path) == .file && hasKnownEnding(path)
  }

  private func isExport(_ name: String) -> Bool {
    catalog.datasets.contains { dataset in
      !dataset.isFromBulletin && dataset.filePatterns.contains { fits(name, pattern: $0) }
    }
  }

  private mutating func skip(_ path: String, _ name: String) {
    loaded.skipped.append(
      SkippedLine(
        file: path, line: 0, text: name,
        why: Bilingual("not a file that is read", "不是可读取的文件"), isUnexplained: false))
  }

  /// What a folder, a workbook or a database holds and is not read.
  private mutating func tellSkipped(_ parts: [SkippedLine], of path: String) {
    guard let why = parts.first?.why else { return }
    let names = Bilingual(listing: parts.map(\.text), atMost: Budget.toldNames)
    loaded.notes.append(
      Note(
        "LOAD",
        Bilingual(
          "\(path): skipped \(names.english): \(why.english)",
          "\(path)：跳过 \(names.chinese)：\(why.chinese)")))
  }

  private mutating func loadNotice(_ paths: [String], folder: String) throws(FileFaults) {
    var tables: [RawTable] = []
    for path in paths {
      tables.append(
        try textTable(
          FolderFile(path: path, bytes: try contents(of: path)), as: options.encoding))
    }
    try readFolder(tables, place: folder, catalog: catalog, words: words, into: &loaded)
  }

  /// What was exported comes back in the pieces it was in.
  private mutating func loadDump(_ names: [String], folder: String) throws(FileFaults) {
    var tables: [RawTable] = []
    for name in names where isTextTable(name) {
      let path = folder + "/" + name
      tables.append(try textTable(FolderFile(path: path, bytes: try contents(of: path)), as: .utf8))
    }
    pieces += try readDump(tables, place: folder)
  }

  private mutating func loadFile(_ path: String) throws(FileFaults) {
    if FolderFile(path: path, bytes: []).name == noticeFileName {
      try loadNotice([path], folder: path)
      return
    }
    var opening = FileOpening(path: path, words: words, options: options)
    switch try content(of: path, &opening) {
    case .notice(let text, let source):
      guard text.count <= Budget.noticeBytes else {
        throw FileFaults([longNoticeFault(path, size: text.count)])
      }
      let need = Budget.noticeNeed(of: text.count)
      guard need <= options.memoryBudget else {
        throw FileFaults([memoryFault(path, limit: options.memoryBudget, need: need)])
      }
      try readNotice(text, source: source, catalog: catalog, words: words, into: &loaded)
      loaded.files.append(source)
    case .tables(let tables) where isDump(tables): pieces += try readDump(tables, place: path)
    case .tables(let tables): try loadTables(tables, of: path)
    }
    loaded.skipped += opening.skipped
    tellSkipped(opening.skipped, of: path)
  }

  func content(
    of path: String, _ opening: inout FileOpening
  ) throws(FileFaults) -> FileContent {
    if pathKind(path) == .file {
      let head: [UInt8]
      do throws(SystemFault) {
        head = try headBytes(path)
      } catch {
        throw FileFaults([unreadableFault(path, error)])
      }
      if fileForm(head) == .database { return try opening.databaseContent() }
      if fileForm(head) == .text, let content = opening.tableLeftInFile() { return content }
    }
    return try opening.content(of: try contents(of: path))
  }

  /// - Throws: D14 where reading it would take more memory than it may; then nothing was read, or
  ///   of a pipe just what shows that.
  func contents(of path: String) throws(FileFaults) -> [UInt8] {
    let budget = options.memoryBudget
    do throws(SystemFault) {
      return try fileBytes(path, limit: Budget.readable(in: budget), options.monitor)
    } catch {
      guard case .overBudget(_, let need) = error.reason else {
        throw FileFaults([unreadableFault(path, error)])
      }
      throw FileFaults([memoryFault(path, limit: budget, need: Budget.need(of: need))])
    }
  }
}

/// A text file of cells.
func textTable(
  _ file: FolderFile, as encoding: TextEncoding
) throws(FileFaults) -> RawTable {
  let (text, source) = try decodedSource(file.bytes, path: file.path, as: encoding)
  return RawTable(
    source: source, name: file.name, text: TableText(text), delimiter: delimiter(of: text))
}

func decodedSource(
  _ bytes: [UInt8], path: String, as encoding: TextEncoding
) throws(FileFaults) -> (text: [UInt8], source: SourceFile) {
  if encoding != .utf16, let offset = nullBytes(in: bytes) {
    let line = bytes.prefix(offset).count { $0 == 0x0A } + 1
    throw FileFaults([nullBytesFault(path, offset: offset, line: line)])
  }
  do throws(EncodingFault) {
    let text = try decoded(bytes, as: encoding)
    let source = SourceFile(path: path, encoding: text.encoding, hash: contentHash(bytes))
    return (text.bytes, source)
  } catch {
    let before = bytes.prefix(error.offset)
    let line = before.count { $0 == 0x0A } + 1
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let byte = error.offset < bytes.count ? bytes[error.offset] : 0
    throw FileFaults([
      encodingFault(
        path, offset: error.offset, line: line, column: error.offset - lineStart + 1, byte: byte,
        asked: encoding.name)
    ])
  }
}
