// Workbook.swift: the bytes of an .xlsx file become its sheets, each read as text when it is asked
// for.

/// Why a workbook cannot be read.
enum WorkbookFault: Error, Hashable {
  case zip(ZipFault)
  /// A file of another kind that has the form of one: `xlsb`, `ods`, `docx`.
  case otherKind(OtherKind)
  /// The texts of the sheets take more room than the memory allows.
  case tooLarge
  /// A row, or a cell in it, is longer than one may be.
  case longRow(sheet: String, row: Int)

  enum OtherKind: Hashable { case binaryWorkbook, openDocument, document, archive }
}

struct Workbook {
  struct Sheet: Hashable {
    var name: String
    var isHidden: Bool
    /// The part that holds it.
    var part: String
  }
  private let archive: ZipArchive
  private(set) var sheets: [Sheet] = []
  private var strings = SharedStrings()
  private var forms: [NumberForm] = []
  private var countsFrom1904 = false
  /// Room that texts may still take.
  private var leftBytes: Int

  /// - Parameter limitBytes: the most room that the texts of all sheets may take together.
  init(_ bytes: [UInt8], limitBytes: Int) throws(WorkbookFault) {
    leftBytes = limitBytes
    do throws(ZipFault) {
      archive = try ZipArchive(bytes)
    } catch {
      throw .zip(error)
    }
    if let kind = otherKind() { throw .otherKind(kind) }
    let isWhole: Bool
    do throws(ZipFault) {
      isWhole = try readBook()
    } catch {
      throw .zip(error)
    }
    guard isWhole else { throw .tooLarge }
  }

  private func otherKind() -> WorkbookFault.OtherKind? {
    if archive.holds("xl/workbook.bin") { return .binaryWorkbook }
    if archive.holds("content.xml") { return .openDocument }
    if archive.holds("word/document.xml") { return .document }
    return archive.names.contains { $0.lowercased().hasSuffix("workbook.xml") } ? nil : .archive
  }

  /// - Returns: false where the shared texts take too much room.
  private mutating func readBook() throws(ZipFault) -> Bool {
    let bookPart =
      try target(of: "officedocument", from: "_rels/.rels", base: "")
      ?? "xl/workbook.xml"
    let folder = bookPart.lastIndex(of: "/").map { String(bookPart[...$0]) } ?? ""
    let relations = folder + "_rels/" + bookPart.dropFirst(folder.count) + ".rels"
    let book = BookReader()
    try archive.parse(bookPart, into: book)
    countsFrom1904 = book.countsFrom1904
    let links = RelationReader()
    if archive.holds(relations) { try archive.parse(relations, into: links) }
    for entry in book.sheets {
      guard let link = links.links.first(where: { $0.id == entry.relation }),
        link.type.hasSuffix("/worksheet")
      else { continue }
      sheets.append(
        Sheet(
          name: entry.name, isHidden: entry.isHidden, part: resolved(link.target, in: folder)))
    }
    for link in links.links {
      let part = resolved(link.target, in: folder)
      if link.type.hasSuffix("/sharedStrings"), archive.holds(part) {
        let reader = SharedStringReader(limitBytes: leftBytes)
        try archive.parse(part, into: reader)
        if reader.isOverBudget { return false }
        strings = reader.strings
        leftBytes -= strings.size
      } else if link.type.hasSuffix("/styles"), archive.holds(part) {
        let reader = StyleReader()
        try archive.parse(part, into: reader)
        forms = reader.forms
      }
    }
    return true
  }

  private func target(
    of type: String, from part: String, base: String
  ) throws(ZipFault) -> String? {
    guard archive.holds(part) else { return nil }
    let links = RelationReader()
    try archive.parse(part, into: links)
    return links.links.first { $0.type.lowercased().hasSuffix("/" + type) }
      .map { resolved($0.target, in: base) }
  }

  private func resolved(_ target: String, in folder: String) -> String {
    if target.hasPrefix("/") { return String(target.dropFirst()) }
    var steps = folder.split(separator: "/")
    for step in target.split(separator: "/") {
      if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
    }
    return steps.joined(separator: "/")
  }

  /// - Complexity: O(bytes of the sheet, inflated)
  mutating func text(of sheet: Sheet) throws(WorkbookFault) -> SheetText {
    let reader = SheetReader(
      strings: strings, forms: forms, countsFrom1904: countsFrom1904, limitBytes: leftBytes)
    do throws(ZipFault) {
      try archive.parse(sheet.part, into: reader)
    } catch {
      throw .zip(error)
    }
    if reader.isOverBudget { throw .tooLarge }
    if let row = reader.longRow { throw .longRow(sheet: sheet.name, row: row) }
    if let why = reader.why { throw .zip(.damaged(part: sheet.part, why: why)) }
    leftBytes -= reader.sheet.bytes.count
    return reader.sheet
  }
}

/// The names of the sheets, in their order.
private final class BookReader: XMLSink {
  var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  var countsFrom1904 = false

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == XMLName("workbookPr") {
      let flag = attributes.text(XMLName("date1904")) ?? "0"
      countsFrom1904 = flag == "1" || flag == "true"
    } else if name == XMLName("sheet"), let title = attributes.text(XMLName("name")),
      let relation = attributes.text(XMLName("id"))
    {
      let state = attributes.text(XMLName("state")) ?? "visible"
      sheets.append((title, relation, state != "visible"))
    }
  }
}

private final class RelationReader: XMLSink {
  var links: [(id: String, type: String, target: String)] = []

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    guard name == XMLName("Relationship"), let id = attributes.text(XMLName("Id")),
      let type = attributes.text(XMLName("Type")), let target = attributes.text(XMLName("Target"))
    else { return }
    links.append((id, type, target))
  }
}

/// The form that each style of a cell gives a number.
private final class StyleReader: XMLSink {
  private(set) var forms: [NumberForm] = []
  private var written: [Int: NumberForm] = [:]
  private var isInCellStyles = false

  override func open(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == XMLName("numFmt") {
      guard let id = attributes.text(XMLName("numFmtId")).flatMap({ Int($0) }),
        let format = attributes.text(XMLName("formatCode"))
      else { return }
      written[id] = numberForm(of: Array(format.utf8))
    } else if name == XMLName("cellXfs") {
      isInCellStyles = true
    } else if name == XMLName("xf"), isInCellStyles {
      let id = attributes.text(XMLName("numFmtId")).flatMap { Int($0) } ?? 0
      forms.append(written[id] ?? builtInForm(id))
    }
  }

  override func close(_ name: XMLName) {
    if name == XMLName("cellXfs") { isInCellStyles = false }
  }
}
