// WorkbookFile.swift: sheets of typed cells arrive, the bytes of an .xlsx file leave.
//
// The one file of this stage that calls libxlsxwriter. `unsafe` marks the handle, which lives as
// long as its owner, and buffers that are passed together with their count.

import CXlsxWriter
import Syntax

/// Why there is no workbook.
package enum WorkbookProblem: Error, Sendable, Hashable {
  /// libxlsxwriter cannot be opened, or lacks a function; what the system says about it.
  case notInstalled(String)
  /// More than 1,048,576 rows or 16,384 columns.
  case sheetTooLarge
  /// A text of more than 32,767 characters; the row counts from 1.
  case textTooLong(row: Int)
  /// An errno of the system.
  case system(Int32)
  case refused(String)
}

/// What one cell of a sheet holds.
package enum WorkbookValue: Sendable, Hashable {
  case empty
  /// Written as text whatever it looks like: a spreadsheet runs nothing.
  case text(String)
  case whole(Int64)
  case number(Double)
}

/// How a cell looks; a pattern is what a spreadsheet calls a number format.
package struct WorkbookFormat: Sendable, Hashable {
  package var pattern = ""
  package var isBold = false
  package var hasLineAbove = false
  package var hasLineBelow = false
  package var isRightAligned = false

  package init() {}
  package static let plain = WorkbookFormat()
  package static let header: WorkbookFormat = {
    var format = WorkbookFormat()
    format.isBold = true
    format.hasLineBelow = true
    return format
  }()
}

package struct WorkbookCell: Sendable, Hashable {
  package var value: WorkbookValue
  package var format: WorkbookFormat

  package init(_ value: WorkbookValue, _ format: WorkbookFormat = .plain) {
    self.value = value
    self.format = format
  }
}

/// A workbook that is written sheet by sheet, row by row, and never goes back.
///
/// The same cells give the same bytes. Rows of a large workbook leave memory while it is written.
@safe package struct WorkbookFile: ~Copyable {
  private static let greatestRowCount = 1_048_576
  private static let greatestColumnCount = 16_384
  /// More digits than this a spreadsheet does not keep.
  private static let greatestWhole: UInt64 = 999_999_999_999_999

  private let book: OpaquePointer
  private var formats: [WorkbookFormat: Int32] = [:]
  private var sheetNames: Set<String> = []
  private var rowCount = 0

  /// - Parameter cellCount, textByteCount: of the whole workbook, about: they decide where the rows
  ///   are kept, and how much room is asked for.
  /// - Throws: `notInstalled`, or no room for temporary files.
  package init(cellCount: Int, textByteCount: Int) throws(WorkbookProblem) {
    if let why = unsafe cxlsx_why_missing() {
      throw unsafe .notInstalled(String(cString: why))
    }
    let bytes = 1_048_576 + UInt64(max(0, cellCount)) &* 96 &+ UInt64(max(0, textByteCount)) &* 3
    var fault: Int32 = 0
    guard let book = unsafe cxlsx_create(cellCount > 200_000 ? 1 : 0, bytes, &fault) else {
      throw Self.problem(fault, row: 0)
    }
    unsafe self.book = book
  }

  deinit { unsafe cxlsx_free(book) }

  /// Begins a sheet.
  ///
  /// - Parameter name: cut and changed to what a spreadsheet takes.
  /// - Parameter widthsCells: of the columns, in cells of a terminal.
  package mutating func beginSheet(named name: String, widthsCells: [Int], frozenRowCount: Int)
    throws(WorkbookProblem)
  {
    guard widthsCells.count <= Self.greatestColumnCount else { throw .sheetTooLarge }
    rowCount = 0
    let name = uniqueSheetName(name, among: &sheetNames)
    try check(unsafe cxlsx_add_sheet(book, name))
    for (column, width) in widthsCells.enumerated() {
      let width = Double(min(60, max(8, width + 2)))
      try check(unsafe cxlsx_set_column(book, UInt16(clamping: column), width))
    }
    guard frozenRowCount > 0 else { return }
    try check(unsafe cxlsx_freeze(book, UInt32(clamping: frozenRowCount)))
  }

  /// Adds the next row of the sheet.
  package mutating func append(_ cells: [WorkbookCell]) throws(WorkbookProblem) {
    guard rowCount < Self.greatestRowCount, cells.count <= Self.greatestColumnCount else {
      throw .sheetTooLarge
    }
    let row = UInt32(clamping: rowCount)
    rowCount += 1
    for (index, cell) in cells.enumerated() {
      let column = UInt16(clamping: index)
      let format = try number(of: cell.format)
      switch cell.value {
      case .empty:
        // A cell that only has a line is text without a character.
        if cell.format.hasLineAbove || cell.format.hasLineBelow {
          try check(unsafe cxlsx_write_text(book, row, column, "", format))
        }
      case .text(let text):
        try check(unsafe cxlsx_write_text(book, row, column, workbookText(text), format))
      case .whole(let whole) where whole.magnitude > Self.greatestWhole:
        try check(unsafe cxlsx_write_text(book, row, column, String(whole), format))
      case .whole(let whole):
        try check(unsafe cxlsx_write_number(book, row, column, Double(whole), format))
      case .number(let double):
        try check(unsafe cxlsx_write_number(book, row, column, double, format))
      }
    }
  }

  /// Puts the file together.
  package consuming func bytes() throws(WorkbookProblem) -> [UInt8] {
    var size: UInt64 = 0
    try check(unsafe cxlsx_close(book, &size))
    var bytes = [UInt8](repeating: 0, count: Int(clamping: size))
    var filled = 0
    while filled < bytes.count {
      let start = filled
      let got = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
        // Inside the array: `start` is below its count.
        unsafe cxlsx_read(book, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start)
      }
      guard got > 0 else { throw .system(got == 0 ? 5 : Int32(clamping: -got)) }
      filled += got
    }
    return bytes
  }

  // MARK: - The library

  private mutating func number(of format: WorkbookFormat) throws(WorkbookProblem) -> Int32 {
    if format == .plain { return -1 }
    if let known = formats[format] { return known }
    var marks: Int32 = 0
    if format.isBold { marks |= Int32(CXLSX_BOLD) }
    if format.hasLineAbove { marks |= Int32(CXLSX_LINE_ABOVE) }
    if format.hasLineBelow { marks |= Int32(CXLSX_LINE_BELOW) }
    if format.isRightAligned { marks |= Int32(CXLSX_RIGHT) }
    let number = unsafe cxlsx_add_format(book, format.pattern, marks)
    guard number >= 0 else { throw .system(12) }
    formats[format] = number
    return number
  }

  private func check(_ fault: Int32) throws(WorkbookProblem) {
    if fault != 0 { throw Self.problem(fault, row: rowCount) }
  }

  private static func problem(_ fault: Int32, row: Int) -> WorkbookProblem {
    switch Int(fault) {
    case ..<0: return .system(-fault)
    case Int(CXLSX_TOO_LONG): return .textTooLong(row: row)
    case Int(CXLSX_TOO_MANY_CELLS): return .sheetTooLarge
    default:
      var text = [CChar](repeating: 0, count: 256)
      unsafe text.withUnsafeMutableBufferPointer { buffer in
        unsafe cxlsx_error_text(fault, buffer.baseAddress, buffer.count)
      }
      let used = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      return .refused(String(decoding: used, as: UTF8.self))
    }
  }
}
