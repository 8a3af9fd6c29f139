// FileForm.swift: the first bytes of a file arrive; what kind of file it is leaves, whatever its
// name says.

/// What a file's bytes say it is.
enum FileForm: Hashable {
  case text, zip, database
  /// A form that is not read; each has its own cure.
  case foreign(ForeignForm)
}

enum ForeignForm: Hashable {
  case legacyWorkbook, encryptedWorkbook, binaryWorkbook, openDocument, document, pdf, page
  case compressed, archive, xmlWorkbook, picture, json
}

private let oldOfficeMagic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
private let databaseMagic = Array("SQLite format 3\u{0}".utf8)
private let encryptedName: [UInt8] = "EncryptedPackage".utf8.reduce(into: []) { $0 += [$1, 0] }

func fileForm(_ bytes: [UInt8]) -> FileForm {
  if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
    return .zip
  }
  if bytes.starts(with: databaseMagic) { return .database }
  if bytes.starts(with: oldOfficeMagic) {
    // An encrypted workbook is wrapped in the old format, its names in UTF-16.
    let isEncrypted =
      position(of: encryptedName, in: 0..<min(bytes.count, 1 << 20), of: bytes) != nil
    return .foreign(isEncrypted ? .encryptedWorkbook : .legacyWorkbook)
  }
  if bytes.starts(with: Array("%PDF".utf8)) { return .foreign(.pdf) }
  if bytes.starts(with: [0x1F, 0x8B]) { return .foreign(.compressed) }
  if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
    return .foreign(.picture)
  }
  var head: [UInt8] = []
  fold(0..<min(bytes.count, 512), of: bytes, into: &head)
  if head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
  func holds(_ word: String) -> Bool {
    position(of: Array(word.utf8), in: 0..<head.count, of: head) != nil
  }
  if head.starts(with: Array("<html".utf8)) || head.starts(with: Array("<!doctypehtml".utf8))
    || head.starts(with: Array("<table".utf8))
  {
    return .foreign(.page)
  }
  if head.starts(with: Array("[{\"".utf8)) || head.starts(with: Array("{\"".utf8)) {
    return .foreign(.json)
  }
  if head.starts(with: Array("<?xml".utf8)) {
    return .foreign(holds("excel.sheet") || holds("spreadsheet") ? .xmlWorkbook : .page)
  }
  return .text
}

/// Endings of the files that a folder is looked through for.
private let knownEndings = [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".db", ".sqlite", ".sqlite3"]

func hasKnownEnding(_ name: String) -> Bool {
  let name = name.lowercased()
  return knownEndings.contains { name.hasSuffix($0) }
}

func isTextTable(_ name: String) -> Bool {
  let name = name.lowercased()
  return name.hasSuffix(".csv") || name.hasSuffix(".tsv")
}
