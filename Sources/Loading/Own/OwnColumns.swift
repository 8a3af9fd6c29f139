// OwnColumns.swift: all cells of a table that nobody modelled arrive; for each column leaves what
// it holds: numbers to sum, rates, dates, or names.

import Catalog
import Columns
import Syntax

/// The cell that keeps a column from being one of numbers or dates.
struct SpoilingCell {
  enum Kind { case number, decimalComma, date }
  var kind: Kind
  var line: Int
  var text: String
}

/// What the cells of one column were read as.
struct ColumnContents {
  private(set) var filled = 0
  private(set) var numbers = 0
  private(set) var percents = 0
  private var decimals = 0
  private var moments = 0
  private var times = 0
  /// Digits that name something: with a nought in front, or too many for a count.
  private var identifiers = 0
  /// Whole numbers that can be years.
  private var years = 0
  /// `#DIV/0!`: a formula's way to say that there is no number.
  private var failures = 0
  /// Neither number nor date, and whether one of them holds a digit.
  private var others = 0
  /// `1,5`: a decimal where the comma is written for the point.
  private var decimalCommas = 0
  private var hasDigitsInOthers: Bool { firstDoubtful != nil }
  /// The first of them that holds a digit, as it stands.
  private var firstDoubtful: (line: Int, text: String)?
  /// The texts met, as long as they are few.
  private(set) var texts = ByteDictionary()
  private static let textLimit = 5000

  mutating func add(_ cell: Range<Int>, of bytes: [UInt8], line: Int) {
    let inner = trimmed(cell, of: bytes)
    if inner.isEmpty || isMissingMark(inner, of: bytes) { return }
    filled += 1
    if inner.count <= 64 {
      if isIdentifier(inner, of: bytes) {
        identifiers += 1
        return
      }
      if case .number(let number) = readNumber(inner, of: bytes) {
        numbers += 1
        if number.isPercent { percents += 1 }
        if number.places > 0 { decimals += 1 }
        if number.places == 0, (1949...2100).contains(number.digits) { years += 1 }
        return
      }
      if case .moment(let moment) = readMoment(inner, of: bytes, acceptsMonth: false) {
        moments += 1
        if moment.minute ?? 0 != 0 { times += 1 }
        return
      }
    }
    if isFormulaFailure(inner, of: bytes) {
      failures += 1
      return
    }
    others += 1
    if hasDecimalComma(inner, of: bytes) { decimalCommas += 1 }
    if firstDoubtful == nil, bytes[inner].contains(where: isDigit) {
      firstDoubtful = (line, text(inner.prefix(80), of: bytes))
    }
    if texts.count < Self.textLimit { _ = texts.insert(inner, of: bytes) }
  }

  /// The cell that keeps a column of numbers or dates from being one; nil where it is none, or is
  /// one.
  var spoiling: SpoilingCell? {
    guard let cell = firstDoubtful, identifiers == 0, filled >= 2 else { return nil }
    func isMost(_ count: Int) -> Bool { count * 10 >= filled * 7 }
    let kind: SpoilingCell.Kind
    if moments == 0, decimalCommas == others, isMost(numbers + decimalCommas) {
      kind = .decimalComma
    } else if moments == 0, numbers >= 2, isMost(numbers) {
      kind = .number
    } else if numbers == 0, moments >= 2, isMost(moments) {
      kind = .date
    } else {
      return nil
    }
    return SpoilingCell(kind: kind, line: cell.line, text: cell.text)
  }

  private func hasDecimalComma(_ inner: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard let comma = bytes[inner].firstIndex(of: 0x2C), comma > inner.lowerBound,
      inner.count <= 20
    else { return false }
    let (whole, places) = (bytes[inner.lowerBound..<comma], bytes[(comma + 1)..<inner.upperBound])
    return !places.isEmpty && whole.allSatisfy(isDigit) && places.allSatisfy(isDigit)
  }

  private func isIdentifier(_ inner: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard inner.count >= 2, bytes[inner].allSatisfy(isDigit) else { return false }
    let first = bytes[inner.lowerBound]
    if first == 0x30 || inner.count >= 12 { return true }
    return holdsPerson(Array(bytes[inner]))
  }

  var areTextsComplete: Bool { texts.count < Self.textLimit }

  /// nil: nothing stands in it. A column of numbers may hold words for a figure that is not there
  /// (待定); what looks like a number and is none makes it a column of names.
  func type(isCode: Bool) -> ColumnType? {
    if filled == 0 { return nil }
    if isCode || identifiers > 0 { return .text }
    // A column of years names them.
    if years == filled, filled > 1 { return .text }
    if moments == filled { return times > 0 ? .time : .date }
    let isNumeric =
      (numbers > 0 && numbers + failures == filled)
      || (others + numbers + failures == filled && numbers >= 5 && numbers * 10 >= filled * 9
        && !hasDigitsInOthers)
    guard isNumeric else { return .text }
    if percents > 0 { return .percent }
    return decimals > 0 ? .decimal : .whole
  }
}

private let formulaFailures = [
  "#DIV/0!", "#N/A", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
].map { Array($0.utf8) }

func isFormulaFailure(_ inner: Range<Int>, of bytes: [UInt8]) -> Bool {
  guard let first = inner.first, bytes[first] == 0x23 else { return false }
  return formulaFailures.contains { bytes[inner].elementsEqual($0) }
}

/// - Returns: the contents of each column.
/// - Complexity: O(bytes)
func columnContents(
  of raw: RawTable, head: OwnHead, words: TableWords
) throws(FileFaults) -> [ColumnContents] {
  let width = head.names.count
  var contents = Array(repeating: ColumnContents(), count: width)
  var asides = RowAsides(head.headings, words, of: raw)
  var merged = MergedTexts(raw.merges)
  var reader = raw.rows()
  var cells: [Range<Int>] = []
  var rowNumber = 0
  do throws(DelimitedRows.Fault) {
    while !reader.isAtEnd {
      let line = try reader.next(into: &cells)
      defer { rowNumber += 1 }
      if rowNumber <= head.headerRow { continue }
      if raw.isGrid { merged.fill(&cells, row: line - 1, of: reader.bytes) }
      if asides.role(of: cells, width: width, line: line, of: reader.bytes) == .aside { continue }
      for column in 0..<min(width, cells.count) {
        contents[column].add(cells[column], of: reader.bytes, line: line)
      }
    }
  } catch {
    throw FileFaults([quoteFault(error, source: raw.source)])
  }
  return contents
}
