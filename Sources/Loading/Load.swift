// Load.swift: the paths of a command line become one store with its notices, findings and faults.

import Catalog
import Columns
import Syntax

/// The most bytes that a notice text may have (reliability.md 1).
private let noticeLimitBytes = 64 << 20

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
  for path in paths { loader.load(path) }
  let pieces = loader.pieces + [loader.loaded]
  guard loader.faults.isEmpty else {
    var read = LoadedPieces()
    read.add(pieces)
    throw LoadFailure(faults: loader.faults, loaded: read.whole)
  }
  return pieces
}

/// The built-in quarter; its files are named `sample/…`.
///
/// - Throws: never for the rulebook the sample was made with; a replaced one may lack its columns.
package func loadSample(catalog: Catalog) throws(LoadFailure) -> Loaded {
  var loaded = Loaded()
  let files = sampleFiles().map { FolderFile(path: "sample/\($0.name)", bytes: $0.bytes) }
  do throws(FileFaults) {
    try readFolder(
      files, folder: "sample", catalog: catalog, words: NoticeVocabulary(catalog.phrases),
      encoding: .utf8, into: &loaded)
  } catch {
    throw LoadFailure(faults: error.faults, loaded: loaded)
  }
  loaded.isSample = true
  return loaded
}

struct Loader {
  let catalog: Catalog
  let options: LoadOptions
  let words: NoticeVocabulary
  /// What each notice or export that was read has brought.
  var pieces: [Loaded] = []
  /// What the file brings that is being read; between files what belongs to none.
  var loaded = Loaded()
  var faults: [FileFault] = []

  init(catalog: Catalog, options: LoadOptions) {
    self.catalog = catalog
    self.options = options
    words = NoticeVocabulary(catalog.phrases)
  }

  mutating func load(_ path: String) {
    switch pathKind(path) {
    case .missing: faults.append(missingFileFault(path))
    case .other: faults.append(unreadableFault(path, SystemFault(reason: .notReadable)))
    case .folder: loadFolder(path)
    case .file, .pipe:
      guard FileForm(path) != .unknown else {
        faults.append(unknownFormFault(path))
        return
      }
      attempt { loader throws(FileFaults) in try loader.loadFile(path) }
    }
  }

  private mutating func attempt(_ work: (inout Loader) throws(FileFaults) -> Void) {
    let outside = loaded
    loaded = Loaded()
    do throws(FileFaults) {
      try work(&self)
      pieces.append(loaded)
    } catch {
      faults += error.faults
    }
    loaded = outside
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
    let isNotice = names.contains(noticeFileName)
    var annexes: [String] = []
    var isAnyKnown = false
    for name in names {
      let full = base + "/" + name
      let form = pathKind(full) == .file ? FileForm(name) : .unknown
      if form == .unknown {
        skip(full, name)
        continue
      }
      isAnyKnown = true
      if isNotice, form == .table, !isExport(name) {
        annexes.append(full)
      } else {
        attempt { loader throws(FileFaults) in try loader.loadFile(full) }
      }
    }
    if isNotice {
      attempt { loader throws(FileFaults) in try loader.loadNotice(annexes, folder: path) }
    } else if !isAnyKnown {
      faults.append(unknownFormFault(path))
    }
  }

  func isKnownForm(_ path: String) -> Bool {
    pathKind(path) == .file && FileForm(path) != .unknown
  }

  func isTable(_ path: String) -> Bool { FileForm(path) == .table }

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

  private mutating func loadNotice(_ paths: [String], folder: String) throws(FileFaults) {
    var files: [FolderFile] = []
    for path in paths {
      files.append(FolderFile(path: path, bytes: try contents(of: path)))
    }
    try readFolder(
      files, folder: folder, catalog: catalog, words: words, encoding: options.encoding,
      into: &loaded)
  }

  private mutating func loadFile(_ path: String) throws(FileFaults) {
    if FolderFile(path: path, bytes: []).name == noticeFileName {
      try loadNotice([path], folder: path)
      return
    }
    let (text, source) = try decodedSource(
      try contents(of: path), path: path, as: options.encoding)
    if FileForm(path) == .table {
      try readExport(text, source: source, catalog: catalog, options: options, into: &loaded)
    } else {
      try readNotice(text, source: source, catalog: catalog, words: words, into: &loaded)
      loaded.files.append(source)
    }
  }

  func contents(of path: String) throws(FileFaults) -> [UInt8] {
    do throws(SystemFault) {
      return try fileBytes(path, limit: noticeLimitBytes)
    } catch {
      guard case .overBudget(_, let need) = error.reason, FileForm(path) == .table else {
        throw FileFaults([unreadableFault(path, error)])
      }
      // Only a large table is held against the memory, so that a small one need not ask for it.
      return try largeTable(path, need: need)
    }
  }

  private func largeTable(_ path: String, need: Int) throws(FileFaults) -> [UInt8] {
    let budget = options.memoryLimitBytes ?? availableMemory() / 2
    // A table needs about three times its size and 100 MB (reliability.md 1).
    let estimate = need > Int.max / 4 ? Int.max : need * 3 + (100 << 20)
    guard estimate <= budget else {
      throw FileFaults([memoryFault(path, limit: budget, need: estimate)])
    }
    do throws(SystemFault) {
      return try fileBytes(path, limit: max(need, budget / 3))
    } catch {
      throw FileFaults([unreadableFault(path, error)])
    }
  }
}

/// What a file's name says it is.
private enum FileForm {
  case notice, table, unknown

  init(_ path: String) {
    let name = path.lowercased()
    if name.hasSuffix(".csv") || name.hasSuffix(".tsv") {
      self = .table
    } else {
      self = name.hasSuffix(".txt") ? .notice : .unknown
    }
  }
}

func decodedSource(
  _ bytes: [UInt8], path: String, as encoding: TextEncoding
) throws(FileFaults) -> (text: [UInt8], source: SourceFile) {
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
        path, offset: error.offset, line: line, column: error.offset - lineStart + 1, byte: byte)
    ])
  }
}
