// FileContent.swift: the bytes of a file become what stands in it: a notice's text, or tables.

import Catalog
import Columns
import Syntax

enum FileContent {
  case notice(text: [UInt8], source: SourceFile)
  /// In the order of the file.
  case tables([RawTable])
}

/// Opens the file that has these bytes, whatever its form.
struct FileOpening {
  let path: String
  let words: NoticeVocabulary
  let options: LoadOptions
  /// Sheets and views that are not read, and why.
  var skipped: [SkippedLine] = []

  private var name: String { FolderFile(path: path, bytes: []).name }

  /// A database is read where it lies: its journal stands beside it. Whoever keeps a store of its
  /// own in such a file looks at `application_id` before a load comes here.
  mutating func databaseContent() throws(FileFaults) -> FileContent {
    .tables(try databaseTables())
  }

  mutating func content(of bytes: [UInt8]) throws(FileFaults) -> FileContent {
    switch fileForm(bytes) {
    case .foreign(let form): throw FileFaults([foreignFormFault(path, form)])
    case .zip: return .tables(try sheets(of: bytes))
    case .database: return try databaseContent()
    case .text:
      let (text, source) = try decodedSource(bytes, path: path, as: options.encoding)
      // Nothing but blanks is a table without rows, whatever the name of the file.
      if text.contains(where: { $0 > 0x20 }), isNotice(text) {
        return .notice(text: text, source: source)
      }
      return .tables([table(of: TableText(text), head: text, source)])
    }
  }

  /// A large table, which is left in its file and read by stretches: so it takes no room beside its
  /// rows. nil for everything else, which is read whole.
  func tableLeftInFile() -> FileContent? {
    guard let file = try? OpenFile(path), file.size >= options.leastLeftBytes,
      file.size <= Budget.readable(in: options.memoryBudget)
    else { return nil }
    let head = file.bytes(of: 0..<min(file.size, Self.headBytes))
    let tail = file.bytes(of: max(0, file.size - 4096)..<file.size)
    guard fileForm(head) == .text, nullBytes(in: head) == nil, nullBytes(in: tail) == nil
    else { return nil }
    let table =
      switch options.encoding {
      case .auto: utf8Table(file, head) ?? gb18030Table(file, head)
      case .utf8: utf8Table(file, head)
      case .gb18030: gb18030Table(file, head)
      case .utf16: nil as RawTable?
      }
    return table.map { .tables([$0]) }
  }

  private func utf8Table(_ file: OpenFile, _ head: [UInt8]) -> RawTable? {
    let hasMark = head.starts(with: [0xEF, 0xBB, 0xBF])
    let text = hasMark ? Array(head.dropFirst(3)) : head
    options.monitor?.begin(path, bytes: file.size)
    guard isTable(text), let hash = hashOfUTF8(file, options.monitor) else { return nil }
    let source = SourceFile(
      path: path, encoding: hasMark ? "UTF-8 with BOM" : "UTF-8", hash: hash)
    return table(of: TableText(file, from: hasMark ? 3 : 0), head: text, source)
  }

  /// Where it shows in the beginning, and not only in the last characters, that it is not UTF-8.
  private func gb18030Table(_ file: OpenFile, _ head: [UInt8]) -> RawTable? {
    if options.encoding == .auto {
      guard let offset = firstInvalidUTF8(0..<head.count, of: head), offset < head.count - 3
      else { return nil }
    }
    let isWhole = head.count == file.size
    guard let end = isWhole ? head.count : head.lastIndex(of: 0x0A),
      case .success(let text) = utf8FromGB18030(Array(head[..<end]))
    else { return nil }
    options.monitor?.begin(path, bytes: file.size)
    // From 0x40 on a byte can be the second of a character.
    guard isTable(text), delimiter(of: text) < 0x40,
      let hash = hashOfGB18030(file, options.monitor)
    else { return nil }
    let source = SourceFile(path: path, encoding: "GB18030", hash: hash)
    return table(of: TableText(file, as: .gb18030), head: text, source)
  }

  private func isTable(_ text: [UInt8]) -> Bool {
    text.contains { $0 > 0x20 } && !isNotice(text)
  }

  private static let headBytes = 1 << 18

  private func table(of text: TableText, head: [UInt8], _ source: SourceFile) -> RawTable {
    RawTable(source: source, name: name, text: text, delimiter: delimiter(of: head))
  }

  /// Running text, by what the file is called and what it begins with.
  private func isNotice(_ text: [UInt8]) -> Bool {
    looksLikeNotice(text) || (!isTextTable(name) && !looksLikeTable(text))
  }

  /// A title with a quarter, and sentences: what running text has and a table has not.
  private func looksLikeNotice(_ text: [UInt8]) -> Bool {
    let head = text.count > Self.headBytes ? Array(text.prefix(Self.headBytes)) : text
    let grid = grid(ofLines: head)
    let sentences = grid.rows.prefix(400).count { row in
      guard row.cells.count == 1 else { return false }
      let line = trimmed(grid.cells[row.cells.lowerBound], of: grid.bytes)
      return line.count >= 30 && endsSentence(Array(grid.bytes[line]))
    }
    guard sentences >= 2 else { return false }
    let front = front(of: grid, words: words)
    return front.period != nil && !front.title.isEmpty
  }

  /// Two lines or more with the same number of cells.
  private func looksLikeTable(_ text: [UInt8]) -> Bool {
    let table = RawTable(
      source: SourceFile(path: path, encoding: "", hash: ""), name: name,
      text: TableText(text), delimiter: delimiter(of: text))
    guard let grid = try? table.grid(rowLimit: 100) else { return false }
    let widths = grid.rows.filter { !grid.isBlank($0) }.map(\.cells.count)
    let common = Dictionary(grouping: widths) { $0 }.filter { $0.key > 1 }.map(\.value.count).max()
    return (common ?? 0) >= 2 && (common ?? 0) * 2 > widths.count
  }

  // MARK: - Workbooks

  private mutating func sheets(of bytes: [UInt8]) throws(FileFaults) -> [RawTable] {
    let hash = contentHash(bytes)
    var tables: [RawTable] = []
    do throws(WorkbookFault) {
      // The file, its parts and their texts stand beside each other.
      var workbook = try Workbook(
        bytes, limitBytes: max(0, Budget.readable(in: options.memoryBudget) - bytes.count))
      for sheet in workbook.sheets {
        if sheet.isHidden {
          skip(sheet.name, Bilingual("a hidden sheet is not read", "隐藏的工作表不读取"))
          continue
        }
        let text = try workbook.text(of: sheet)
        tables.append(table(sheet.name, text, hash: hash))
      }
    } catch {
      throw FileFaults([workbookFault(path, error, memory: options.memoryBudget)])
    }
    return tables
  }

  private mutating func skip(_ part: String, _ why: Bilingual) {
    skipped.append(
      SkippedLine(file: path, line: 0, text: part, why: why, isUnexplained: false))
  }

  private func table(_ name: String, _ text: SheetText, hash: String) -> RawTable {
    let source = SourceFile(path: path, encoding: "UTF-8", hash: hash, part: .sheet(name))
    var table = RawTable(source: source, name: name, text: TableText(text.bytes), delimiter: 0x09)
    table.merges = text.merges
    if text.hiddenRowCount > 0 {
      table.notes.append(
        Bilingual(
          counted(text.hiddenRowCount, "hidden row is read", "hidden rows are read"),
          "隐藏的 \(text.hiddenRowCount) 行照常读取"))
    }
    if text.roundedCount > 0 {
      table.notes.append(
        Bilingual(
          counted(text.roundedCount, "number") + " rounded to 9 places",
          "\(text.roundedCount) 个数字舍入到 9 位小数"))
    }
    table.faults = text.uncomputed.map { place in
      uncomputedFault(Spot(source, place.row + 1, column: place.column))
    }
    return table
  }

  // MARK: - Databases

  private mutating func databaseTables() throws(FileFaults) -> [RawTable] {
    var tables: [RawTable] = []
    var left = Budget.readable(in: options.memoryBudget)
    do throws(DatabaseFault) {
      let file = try SQLiteFile(path)
      guard try file.applicationIdentifier() != workspaceIdentifier else { throw .workspace }
      let names = try file.names()
      for view in names.views {
        skip(view, Bilingual("a view is not read", "视图不读取"))
      }
      for name in names.tables {
        let table = try file.table(name, limitBytes: left)
        left -= table.bytes.count
        let source = SourceFile(
          path: path, encoding: "UTF-8", hash: contentHash(table.bytes), part: .table(name))
        tables.append(
          RawTable(
            source: source, name: name, text: TableText(table.bytes), delimiter: 0x09,
            rowsBefore: -1))
      }
    } catch {
      throw FileFaults([databaseFault(path, error, memory: options.memoryBudget)])
    }
    return tables
  }
}
