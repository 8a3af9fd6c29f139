// Budgets.swift: the most that a file may hold: limits leave, which readers check before they take
// room (reliability.md 1).

enum Budget {
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
}
