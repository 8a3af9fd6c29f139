// Budgets.swift: the most that a file may hold: limits leave, which readers check before they take
// room (reliability.md 1).

enum Budget {
  /// What a file of some size takes while it is read: three times its bytes, and this.
  static let fixedBytes = 100 << 20
  /// The text of a notice.
  static let noticeBytes = 64 << 20
  /// One part of a workbook, counted as it is inflated.
  static let inflatedPartBytes = 2 << 30
  /// All parts of a workbook that are read.
  static let inflatedBytes = 4 << 30
  /// A row of a table.
  static let rowBytes = 16 << 20
  static let cellBytes = 1 << 20
  static let columns = 16_384
  /// Rows of a sheet: what spreadsheets themselves can hold.
  static let sheetRows = 1_048_576
  /// Elements inside elements; workbooks have about ten.
  static let elementDepth = 256
  /// Names that one line tells.
  static let toldNames = 20
  /// What stands between the marks of one tag of a workbook.
  static let tagBytes = 16 << 20

  /// The most bytes of a file, or of text in one, that a load may read.
  static func readable(in memory: Int) -> Int { max(0, (memory - fixedBytes) / 3) }

  static func need(of bytes: Int) -> Int { need(of: bytes, times: 3) }

  /// Every line of a notice is looked at as words, again and again.
  static func noticeNeed(of bytes: Int) -> Int { need(of: bytes, times: 8) }

  private static func need(of bytes: Int, times factor: Int) -> Int {
    bytes > (Int.max - fixedBytes) / factor ? .max : bytes * factor + fixedBytes
  }

  /// What distinct texts take as members beside their bytes, which stand in several places.
  static func textNeed(of bytes: Int, count: Int) -> Int { bytes * 3 + count * 256 }
}
