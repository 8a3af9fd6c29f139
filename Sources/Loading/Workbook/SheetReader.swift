// SheetReader.swift: the events of a sheet's XML arrive; its rows leave as text: cells parted by
// tabs, rows ended by line feeds, quoted where a cell holds either, so that one reader of rows
// serves files and sheets alike.
//
// Rows and cells that the sheet leaves out become blank ones: the n-th row of the text is row n.

/// Cells that are shown as one, with the value of the first. Rows and columns from 0.
struct MergedCells: Hashable {
  var rows: ClosedRange<Int>
  var columns: ClosedRange<Int>
}

struct SheetText {
  var bytes: [UInt8] = []
  var rowCount = 0
  var merges: [MergedCells] = []
  var hiddenRowCount = 0
  /// Numbers whose last places were cut.
  var roundedCount = 0
  /// The first formulas without a stored value, by row and column from 0.
  var uncomputed: [(row: Int, column: Int)] = []
  static let uncomputedLimit = 100
}

/// The texts that cells share, by number.
struct SharedStrings {
  var bytes: [UInt8] = []
  var ends: [Int] = []
  /// The room they take.
  var size: Int { bytes.count + ends.count * MemoryLayout<Int>.stride }

  func range(of index: Int) -> Range<Int>? {
    guard ends.indices.contains(index) else { return nil }
    return (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }
}

private enum Tag {
  static let row = XMLName("row")
  static let cell = XMLName("c")
  static let value = XMLName("v")
  static let formula = XMLName("f")
  static let inline = XMLName("is")
  static let text = XMLName("t")
  static let phonetic = XMLName("rPh")
  static let merge = XMLName("mergeCell")
  static let string = XMLName("si")
}

private enum Attribute {
  static let reference = XMLName("r")
  static let style = XMLName("s")
  static let type = XMLName("t")
  static let hidden = XMLName("hidden")
  static let ref = XMLName("ref")
}

final class SheetReader: XMLSink {
  private(set) var sheet = SheetText()
  /// What makes the sheet unreadable, told once the parser has stopped.
  private(set) var why: String?
  private(set) var isOverBudget = false
  /// The row that is longer than one may be, or holds such a cell.
  private(set) var longRow: Int?
  private let strings: SharedStrings
  private let forms: [NumberForm]
  private let countsFrom1904: Bool
  private let limitBytes: Int

  private enum CellType { case number, shared, text, flag, failure, date }
  private var column = -1
  private var lastColumn = -1
  private var type = CellType.number
  private var form = NumberForm.plain
  private var value: [UInt8] = []
  private var buffer: [UInt8] = []
  private var hasValue = false
  private var hasFormula = false
  private var takesText = false
  private var isInline = false
  private var isPhonetic = false
  private var isInRow = false
  /// Where the row begins in the text.
  private var rowStart = 0

  /// - Parameter limitBytes: the most room that the rows may take.
  init(
    strings: SharedStrings, forms: [NumberForm], countsFrom1904: Bool, limitBytes: Int
  ) {
    self.strings = strings
    self.forms = forms
    self.countsFrom1904 = countsFrom1904
    self.limitBytes = limitBytes
  }

  private func fail(_ text: String) {
    why = why ?? text
    isDone = true
  }

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case Tag.cell: openCell(attributes)
    case Tag.value: takesText = true
    case Tag.text: takesText = isInline && !isPhonetic
    case Tag.formula: hasFormula = true
    case Tag.row: openRow(attributes)
    case Tag.inline: isInline = true
    case Tag.phonetic: isPhonetic = true
    case Tag.merge: readMerge(attributes)
    default: break
    }
  }

  override func close(_ name: XMLName) {
    switch name {
    case Tag.cell: closeCell()
    case Tag.value:
      takesText = false
      hasValue = true
    case Tag.text: takesText = false
    case Tag.inline:
      isInline = false
      hasValue = true
    case Tag.phonetic: isPhonetic = false
    case Tag.row:
      if isInRow { sheet.bytes.append(0x0A) }
      isInRow = false
      checkRoom()
    default: break
    }
  }

  override func text(_ bytes: Span<UInt8>) {
    guard takesText else { return }
    for index in bytes.indices { value.append(bytes[index]) }
    if value.count > Budget.cellBytes { refuseRow() }
  }

  private func refuseRow() {
    longRow = sheet.rowCount
    isDone = true
  }

  private func checkRoom() {
    let merges = sheet.merges.count * MemoryLayout<MergedCells>.stride
    guard sheet.bytes.count + merges > limitBytes else { return }
    isOverBudget = true
    isDone = true
  }

  // MARK: - Rows and cells

  private func openRow(_ attributes: XMLAttributes) {
    var number = sheet.rowCount + 1
    if attributes.read(Attribute.reference, into: &buffer) {
      guard let written = Int(String(decoding: buffer, as: UTF8.self)), written >= number,
        written <= Budget.sheetRows
      else { return fail("row \(String(decoding: buffer, as: UTF8.self)) is out of order") }
      number = written
    }
    while sheet.rowCount + 1 < number {
      sheet.bytes.append(0x0A)
      sheet.rowCount += 1
    }
    sheet.rowCount = number
    rowStart = sheet.bytes.count
    isInRow = true
    lastColumn = -1
    if attributes.read(Attribute.hidden, into: &buffer), buffer == [0x31] || buffer.count == 4 {
      sheet.hiddenRowCount += 1
    }
  }

  private func openCell(_ attributes: XMLAttributes) {
    column = lastColumn + 1
    if attributes.read(Attribute.reference, into: &buffer), let place = cellPlace(buffer) {
      guard place.column > lastColumn, place.row == sheet.rowCount - 1 else {
        return fail("cell \(String(decoding: buffer, as: UTF8.self)) is out of order")
      }
      column = place.column
    }
    guard isInRow, column < Budget.columns else { return fail("a cell outside the sheet") }
    form = .plain
    if attributes.read(Attribute.style, into: &buffer),
      let style = Int(String(decoding: buffer, as: UTF8.self)), forms.indices.contains(style)
    {
      form = forms[style]
    }
    type = .number
    if attributes.read(Attribute.type, into: &buffer) { type = cellType(buffer) }
    value.removeAll(keepingCapacity: true)
    hasValue = false
    hasFormula = false
  }

  private func cellType(_ name: [UInt8]) -> CellType {
    switch name.first {
    case 0x73: name.count == 1 ? .shared : .text  // s, str
    case 0x69: .text  // inlineStr
    case 0x62: .flag
    case 0x65: .failure
    case 0x64: .date
    default: .number
    }
  }

  private func closeCell() {
    if !hasValue || value.isEmpty {
      if hasFormula, type == .number, sheet.uncomputed.count < SheetText.uncomputedLimit {
        sheet.uncomputed.append((sheet.rowCount - 1, column))
      }
      return
    }
    for _ in max(lastColumn, 0)..<column { sheet.bytes.append(0x09) }
    lastColumn = column
    switch type {
    case .shared: writeShared()
    case .text, .failure, .date: writeText(0..<value.count, of: value)
    case .flag: sheet.bytes += Array((value == [0x31] ? "TRUE" : "FALSE").utf8)
    case .number:
      var isRounded = false
      let isWritten = writeNumber(
        value, as: form, countsFrom1904: countsFrom1904, isRounded: &isRounded,
        into: &sheet.bytes)
      if isRounded { sheet.roundedCount += 1 }
      // Written as it stands: whoever expects a number there will say that it is none.
      if !isWritten { writeText(0..<value.count, of: value) }
    }
    if sheet.bytes.count - rowStart > Budget.rowBytes { refuseRow() }
  }

  private func writeShared() {
    guard let index = Int(String(decoding: value, as: UTF8.self)),
      let range = strings.range(of: index)
    else { return fail("a cell of row \(sheet.rowCount) names a text that is not there") }
    writeText(range, of: strings.bytes)
  }

  /// Quotes a text that holds what parts cells or rows.
  private func writeText(_ range: Range<Int>, of bytes: [UInt8]) {
    var range = range
    var decodedText: [UInt8] = []
    if let text = withoutEscapes(range, of: bytes) {
      decodedText = text
      range = 0..<text.count
    }
    let isDecoded = !decodedText.isEmpty
    var needsQuotes = false
    for index in range {
      let byte = isDecoded ? decodedText[index] : bytes[index]
      if byte == 0x22 || byte == 0x09 || byte == 0x0A || byte == 0x0D { needsQuotes = true }
    }
    if !needsQuotes {
      sheet.bytes += isDecoded ? decodedText[range] : bytes[range]
      return
    }
    sheet.bytes.append(0x22)
    for index in range {
      let byte = isDecoded ? decodedText[index] : bytes[index]
      if byte == 0x22 { sheet.bytes.append(0x22) }
      sheet.bytes.append(byte)
    }
    sheet.bytes.append(0x22)
  }

  private func readMerge(_ attributes: XMLAttributes) {
    guard attributes.read(Attribute.ref, into: &buffer),
      let colon = buffer.firstIndex(of: 0x3A), let first = cellPlace(Array(buffer[..<colon])),
      let last = cellPlace(Array(buffer[(colon + 1)...])), first.row <= last.row,
      first.column <= last.column
    else { return }
    sheet.merges.append(
      MergedCells(rows: first.row...last.row, columns: first.column...last.column))
    checkRoom()
  }
}

/// `B7` as row 6 and column 1.
func cellPlace(_ reference: [UInt8]) -> (row: Int, column: Int)? {
  var column = 0
  var index = 0
  while index < reference.count, index < 3 {
    let letter = reference[index] & 0xDF
    guard (0x41...0x5A).contains(letter) else { break }
    column = column * 26 + Int(letter - 0x40)
    index += 1
  }
  var row = 0
  let digits = index
  while index < reference.count, isDigit(reference[index]), index - digits < 8 {
    row = row * 10 + Int(reference[index] - 0x30)
    index += 1
  }
  guard index == reference.count, column > 0, row > 0 else { return nil }
  return (row - 1, column - 1)
}

/// Column 1 as `B`.
func columnLetters(_ column: Int) -> String {
  var letters: [UInt8] = []
  var rest = column + 1
  while rest > 0 {
    letters.append(0x41 + UInt8((rest - 1) % 26))
    rest = (rest - 1) / 26
  }
  return String(decoding: letters.reversed(), as: UTF8.self)
}

/// Texts hold characters that XML cannot as `_x000D_`; nil where there is none.
private func withoutEscapes(_ range: Range<Int>, of bytes: [UInt8]) -> [UInt8]? {
  func escape(_ index: Int) -> Unicode.Scalar? {
    guard index + 7 <= range.upperBound, bytes[index] == 0x5F, bytes[index + 1] == 0x78,
      bytes[index + 6] == 0x5F,
      let code = UInt32(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(code)
  }
  guard range.contains(where: { bytes[$0] == 0x5F && escape($0) != nil }) else { return nil }
  var output: [UInt8] = []
  var index = range.lowerBound
  while index < range.upperBound {
    if let scalar = escape(index) {
      output += Array(String(scalar).utf8)
      index += 7
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
  return output
}

/// Gathers the shared texts; of rich text the runs, of phonetic guides nothing.
final class SharedStringReader: XMLSink {
  private(set) var strings = SharedStrings()
  private(set) var isOverBudget = false
  private let limitBytes: Int
  private var takesText = false
  private var isPhonetic = false

  /// - Parameter limitBytes: the most room that they may take.
  init(limitBytes: Int) { self.limitBytes = limitBytes }

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == Tag.phonetic { isPhonetic = true }
    if name == Tag.text { takesText = !isPhonetic }
  }

  override func close(_ name: XMLName) {
    if name == Tag.phonetic { isPhonetic = false }
    if name == Tag.text { takesText = false }
    if name == Tag.string { strings.ends.append(strings.bytes.count) }
    if strings.size > limitBytes {
      isOverBudget = true
      isDone = true
    }
  }

  override func text(_ bytes: Span<UInt8>) {
    guard takesText else { return }
    for index in bytes.indices { strings.bytes.append(bytes[index]) }
  }
}
