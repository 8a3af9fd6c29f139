// ExportCommand.swift: `.export`: everything that is loaded leaves as CSV files of one folder or as
// sheets of one workbook, which load again to the same answers.

import Columns
import Loading
import Planning
import Rendering
import Syntax

extension DotCommand {
  static let export = DotCommand(
    "export", "导出",
    [
      CommandArgument(.folder, Bilingual("FOLDER|FILE.xlsx", "文件夹|文件.xlsx")),
      CommandArgument(.choice([.replace]), Bilingual("[replace]", "[覆盖]")),
    ],
    help: Bilingual(
      "the loaded data, a CSV file or sheet a data set; loaded again it answers the same",
      "导出已载入的数据，每个数据集一个 CSV 文件或工作表；再载入时结果相同"),
    isForBatch: true, instead: Bilingual("-c '.export FOLDER'", "-c '.导出 文件夹'"),
    action: exportData)

  @Sendable private static func exportData(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    let words = call.words
    guard let path = words.first, !path.text.isEmpty, path.text != "-", words.count <= 2 else {
      throw .wrong(.wrongArgument(call, of: .export))
    }
    if words.count == 2, choice(words[1].text, among: [.replace]) == nil {
      throw .wrong(.wrongArgument(call, .export, at: words[1].range))
    }
    let target = AnswerTarget(
      path: withoutLastSlash(path.text), existing: words.count == 2 ? .replace : .refuse,
      range: path.range)
    try batch.checkPlace(of: target.path, at: target.range)
    if let form = FileForm(suffix: suffixName(of: target.path)), form.name != "xlsx" {
      throw .wrong(.isNoFolder(target))
    }
    try batch.checkTarget(target)
    let tables = try batch.exportedTables()
    guard !tables.isEmpty else { return .failed }
    do throws(ResultFileProblem) {
      if suffixName(of: target.path) == "xlsx" {
        let bytes = try workbook(tables)
        try batch.fileWriter.write(bytes, to: target.path, existing: target.existing)
      } else {
        try batch.write(tables, intoFolder: target)
      }
    } catch {
      batch.status = max(batch.status, error.exitStatus)
      throw .wrong(error.diagnostic(path: target.path, at: target.range))
    }
    batch.tellExported(tables, target.path, call.language)
    return .done
  }

  /// Completion ends a folder with a slash.
  private static func withoutLastSlash(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  private static func workbook(_ tables: [DumpTable]) throws(ResultFileProblem) -> [UInt8] {
    let cellCount = tables.reduce(0) { $0 + $1.headings.count * ($1.rowCount + 1) }
    do throws(WorkbookProblem) {
      var book = try WorkbookFile(cellCount: cellCount, textByteCount: cellCount * 8)
      for table in tables {
        try book.beginSheet(named: table.name, widthsCells: widths(of: table), frozenRowCount: 1)
        try book.append(table.headings.map { WorkbookCell(.text($0), .header) })
        for row in 0..<table.rowCount { try book.append(table.row(row).map(\.workbookCell)) }
      }
      return try book.bytes()
    } catch { throw .document(.workbook(error)) }
  }

  /// By the headings and the first rows.
  private static func widths(of table: DumpTable) -> [Int] {
    var widths = table.headings.map { displayWidth($0) }
    for row in 0..<min(table.rowCount, 100) {
      for (column, cell) in table.row(row).enumerated() {
        widths[column] = max(widths[column], min(40, displayWidth(cell.plainText)))
      }
    }
    return widths
  }
}

extension Batch {
  /// Every version of everything that is asked; empty where that has been told to be impossible.
  fileprivate mutating func exportedTables() throws(PlanningFault) -> [DumpTable] {
    _ = data.damage.take()
    let tables = dumpTables(of: session.ground.pieces.pieces)
    guard let lost = data.damage.take().first else { return tables }
    status = max(status, 3)
    writer.report(terminalSafe("D15: " + lost.refusal.message[session.language]) + "\n")
    return []
  }

  fileprivate func write(_ tables: [DumpTable], intoFolder target: AnswerTarget)
    throws(ResultFileProblem)
  {
    do throws(FileProblem) {
      let folder = try AtomicFolder.create(target.path, replaces: target.existing == .replace)
      for table in tables {
        var next = -1
        try folder.write(table.name + ".csv") {
          defer { next += 1 }
          if next < 0 { return csvRecord(table.headings.map(protected)) }
          return next < table.rowCount ? csvRecord(table.row(next).map(\.csvText)) : nil
        }
      }
      try folder.commit()
    } catch { throw .file(error) }
  }

  /// Nothing takes the place of what is there but an export of an export, and not of one that this
  /// run has read.
  ///
  /// - Throws: O01.
  fileprivate func checkTarget(_ target: AnswerTarget) throws(PlanningFault) {
    guard let there = try? SystemCalls.status(of: target.path), there.kind != .missing else {
      return
    }
    let read = data.memory.flatMap(\.paths) + fileWriter.inputPaths
    if read.contains(where: { (try? SystemCalls.status(of: $0))?.isSameFile(as: there) == true }) {
      throw .wrong(ResultFileProblem.isInput.diagnostic(path: target.path, at: target.range))
    }
    guard target.existing == .replace else { throw .wrong(.isThere(target)) }
    guard there.kind == .folder else { return }
    guard let names = try? SystemCalls.names(in: target.path),
      names.contains(dumpTableName + ".csv"), names.allSatisfy({ $0.hasSuffix(".csv") })
    else { throw .wrong(.isNoExport(target)) }
  }

  fileprivate func tellExported(_ tables: [DumpTable], _ path: String, _ language: Language) {
    guard !options.isQuiet else { return }
    let periods = Set(
      session.ground.pieces.pieces.flatMap(\.store.partitions).compactMap(\.quarterIndex)
    )
    .sorted().map { Quarter(index: $0).text }.joined(separator: ", ")
    let (shown, count) = (terminalSafe(path), tables.count)
    writer.report(
      Bilingual(
        "exported \(periods) to \(shown), \(counted(count, "table")); not in it: definitions of "
          + "--rules and of this session, the history, the files as they were printed\n",
        "已导出 \(periods) 至 \(shown)，\(count) 个表；不含 --rules 与本次会话的定义、历史记录、原文件的版式\n")[
          language])
  }
}

extension Diagnostic {
  fileprivate static func isThere(_ target: AnswerTarget) -> Diagnostic {
    let path = terminalSafe(target.path)
    return Diagnostic(
      "O01", at: target.range,
      Bilingual("\(path) already exists; nothing was written", "\(path)已存在，未写入"),
      hints: [
        Bilingual("add `replace`: `.export \(path) replace`", "可加“覆盖”：“.导出 \(path) 覆盖”")
      ])
  }

  fileprivate static func isNoFolder(_ target: AnswerTarget) -> Diagnostic {
    let path = terminalSafe(target.path)
    return Diagnostic(
      "C03", at: target.range,
      Bilingual(
        "an export is a folder of files or one .xlsx, and \(path) is named like another file",
        "导出为一个文件夹或一个 .xlsx 文件，而 \(path) 是别的文件名"),
      hints: [
        Bilingual(
          "name a folder; for one result write `into \(path)` behind the question",
          "请写文件夹名；只要一个结果，请在问句后写“存为 \(path)”")
      ])
  }

  fileprivate static func isNoExport(_ target: AnswerTarget) -> Diagnostic {
    let path = terminalSafe(target.path)
    return Diagnostic(
      "O01", at: target.range,
      Bilingual(
        "\(path) holds more than an export, or none; nothing was written",
        "\(path) 不是导出的文件夹，或另有文件，未写入"),
      hints: [Bilingual("choose another name", "请换一个名称")])
  }
}

extension DumpCell {
  /// Without protection: for widths, and for numbers.
  fileprivate var plainText: String {
    switch self {
    case .empty: return ""
    case .text(let text): return text
    case .whole(let number): return String(number)
    case .decimal(let number, let scale):
      var digits = String(number.magnitude)
      while digits.utf8.count <= scale { digits = "0" + digits }
      return (number < 0 ? "-" : "") + digits.dropLast(scale) + "." + digits.suffix(scale)
    }
  }

  fileprivate var csvText: String {
    if case .text(let text) = self { return protected(text) }
    return plainText
  }

  fileprivate var workbookCell: WorkbookCell {
    switch self {
    case .empty: return WorkbookCell(.empty)
    case .text(let text): return WorkbookCell(.text(text))
    case .whole(let number): return WorkbookCell(.whole(number))
    case .decimal(let number, let scale):
      // More digits than a spreadsheet keeps stay a text.
      guard number.magnitude < 1_000_000_000_000_000, scale <= 9, let value = Double(plainText)
      else { return WorkbookCell(.text(plainText)) }
      var format = WorkbookFormat.plain
      format.pattern = "0." + String(repeating: "0", count: scale)
      return WorkbookCell(.number(value), format)
    }
  }
}

/// An apostrophe before what a spreadsheet would run, and before a text that looks so protected:
/// the one that reading takes away is always ours.
private func protected(_ text: String) -> String {
  let rest = text.utf8.drop { $0 == UInt8(ascii: "'") }
  return rest.first.map(isFormulaMark) == true ? "'" + text : text
}
