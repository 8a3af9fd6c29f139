// ResultFile.swift: a document of results and a path arrive; the file is there, whole, or why not
// leaves (console.md 9).

import Rendering
import Syntax

/// Why results did not become a file.
enum ResultFileProblem: Error, Sendable, Hashable {
  case file(FileProblem)
  case document(DocumentProblem)
  /// The data was read from this file, or a script that runs.
  case isInput
  /// The form has no way to go on behind results that are there.
  case cannotAppend
}

/// How a run writes its files.
struct ResultFileWriter {
  /// csv leaves in GB18030.
  var isGB18030 = false
  /// Files that were read: no result ever takes their place.
  var inputPaths: [String] = []

  func write(
    _ document: ResultDocument, to path: String, existing: IntoSyntax.Existing
  ) throws(ResultFileProblem) {
    let status = try checkedStatus(of: path, existing)
    if existing == .append, !document.form.canBeAppended { throw .cannotAppend }
    let isEncoded = isGB18030 && document.form.name == "csv"
    let bytes: [UInt8]
    if existing == .append, status.kind == .regular, status.byteCount > 0 {
      let old = try beginning(of: path, isEncoded: isEncoded)
      bytes = try made { () throws(DocumentProblem) in
        try document.continuation(after: old.start, endsLine: old.endsLine)
      }
    } else {
      bytes = try made { () throws(DocumentProblem) in try document.file() }
    }
    try put(isEncoded ? Self.gb18030(bytes) : bytes, to: path, existing)
  }

  /// Writes a document that is finished already.
  func write(_ bytes: [UInt8], to path: String, existing: IntoSyntax.Existing)
    throws(ResultFileProblem)
  {
    _ = try checkedStatus(of: path, existing)
    try put(bytes, to: path, existing)
  }

  private func checkedStatus(of path: String, _ existing: IntoSyntax.Existing)
    throws(ResultFileProblem) -> FileStatus
  {
    let status: FileStatus
    do { status = try SystemCalls.status(of: path) } catch { throw .file(.system(error)) }
    if status.kind == .regular, !path.hasPrefix("/dev/") {
      guard existing != .refuse else { throw .file(.exists) }
      guard !isInput(status) else { throw .isInput }
    }
    return status
  }

  private func put(_ bytes: [UInt8], to path: String, _ existing: IntoSyntax.Existing)
    throws(ResultFileProblem)
  {
    do throws(FileProblem) {
      var file = try AtomicFile.open(path, existing: existing)
      file.write(bytes)
      try file.commit()
    } catch { throw .file(error) }
  }

  /// GB18030 has every character, so nothing is lost.
  static func gb18030(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.allSatisfy({ $0 < 0x80 }) else { return bytes }
    return TerminalEncoding("GB18030")?.encode(bytes) ?? bytes
  }

  private func isInput(_ status: FileStatus) -> Bool {
    inputPaths.contains { path in
      guard let input = try? SystemCalls.status(of: path), input.kind == .regular else {
        return false
      }
      return input.isSameFile(as: status)
    }
  }

  private func made(_ make: () throws(DocumentProblem) -> [UInt8]) throws(ResultFileProblem)
    -> [UInt8]
  {
    do { return try make() } catch { throw .document(error) }
  }

  /// The first line of a file that is appended to, and whether the last one is ended.
  private func beginning(of path: String, isEncoded: Bool) throws(ResultFileProblem)
    -> (start: [UInt8], endsLine: Bool)
  {
    do throws(SystemError) {
      let file = try Descriptor(reading: path)
      var start: [UInt8] = []
      while !start.contains(0x0A) {
        let more = try file.read()
        if more.isEmpty { break }
        start += more
      }
      let line = Array(start.prefix { $0 != 0x0A })
      let decoded = isEncoded ? TerminalEncoding("GB18030")?.decode(line) ?? line : line
      return (decoded + [0x0A], try file.lastByte(of: file.status()) == 0x0A)
    } catch { throw .file(.system(error)) }
  }
}

extension ResultFileProblem {
  /// The status of a batch that meets it: what the system or a library refuses is 3, what was asked
  /// wrongly 1 (console.md 2.5).
  var exitStatus: Int32 {
    switch self {
    case .file(.system): 3
    case .document(.workbook(let problem)): problem.isOfSystem ? 3 : 1
    default: 1
    }
  }

  /// As an error of a statement whose `into` stands at `range`, or of `-o`, which has no place.
  func diagnostic(path: String, at range: SourceRange?) -> Diagnostic {
    let path = terminalSafe(path)
    switch self {
    case .file(.exists):
      let hint =
        range == nil
        ? Bilingual("add --replace or --append", "可加 --replace 或 --append")
        : Bilingual(
          "add `replace` or `append`: `into \(path) replace`", "可加“覆盖”或“追加”：“存为 \(path) 覆盖”")
      return Diagnostic(
        "O01", at: range,
        Bilingual("\(path) already exists; nothing was written", "\(path)已存在，未写入"),
        hints: [hint])
    case .file(.system(let fault)):
      return Diagnostic(
        "C04", at: range,
        Bilingual(
          "\(path) cannot be written: \(fault.text.english)", "无法写入 \(path)：\(fault.text.chinese)"))
    case .isInput:
      return Diagnostic(
        "O01", at: range,
        Bilingual(
          "\(path) was read by this run; nothing was written", "本次运行读取了 \(path)，未写入"),
        hints: [Bilingual("choose another name", "请换一个文件名")])
    case .cannotAppend:
      let forms = FileForm.appendable.joined(separator: ", ")
      return Diagnostic(
        "O01", at: range,
        Bilingual(
          "nothing can be appended to \(path); nothing was written", "\(path) 不能追加，未写入"),
        hints: [Bilingual("forms to append to: \(forms)", "可追加的形式：\(forms)")])
    case .document(let problem): return problem.diagnostic(path: path, at: range)
    }
  }
}

extension DocumentProblem {
  fileprivate func diagnostic(path: String, at range: SourceRange?) -> Diagnostic {
    switch self {
    case .otherColumns:
      Diagnostic(
        "O01", at: range,
        Bilingual(
          "\(path) begins with other columns; nothing was appended",
          "\(path) 开头的列与此不同，未追加"),
        hints: [Bilingual("choose another file, or `replace`", "请换一个文件，或用“覆盖”")])
    case .notDrawn(let why):
      Diagnostic(
        "O03", at: range,
        Bilingual(
          "\(path) cannot be drawn: \(why.english)", "\(path) 无法画出：\(why.chinese)"))
    case .workbook(let problem): problem.diagnostic(path: path, at: range)
    }
  }
}

extension WorkbookProblem {
  var isOfSystem: Bool {
    switch self {
    case .notInstalled, .system, .refused: true
    case .sheetTooLarge, .textTooLong: false
    }
  }

  func diagnostic(path: String, at range: SourceRange?) -> Diagnostic {
    switch self {
    case .notInstalled(let why):
      Diagnostic(
        "D16", at: range,
        Bilingual(
          "writing .xlsx needs libxlsxwriter (Debian package libxlsxwriter4)",
          "写 .xlsx 需要 libxlsxwriter（Debian 软件包 libxlsxwriter4）"),
        hints: [Bilingual(same: terminalSafe(why))])
    case .system(let number):
      Diagnostic(
        "C04", at: range,
        Bilingual(
          "\(path) cannot be written: \(SystemError(number).text.english)",
          "无法写入 \(path)：\(SystemError(number).text.chinese)"))
    case .refused(let text):
      Diagnostic(
        "C04", at: range,
        Bilingual(
          "\(path) cannot be written: libxlsxwriter says \(terminalSafe(text))",
          "无法写入 \(path)：libxlsxwriter 报告 \(terminalSafe(text))"))
    case .sheetTooLarge:
      Diagnostic(
        "O03", at: range,
        Bilingual(
          "\(path): a sheet holds 1,048,576 rows and 16,384 columns, the result has more",
          "\(path)：一个工作表最多 1,048,576 行、16,384 列，结果超出"),
        hints: [Bilingual("write it as .csv", "可写成 .csv")])
    case .textTooLong(let row):
      Diagnostic(
        "O03", at: range,
        Bilingual(
          "\(path): a cell of row \(row) has more than the 32,767 characters a sheet can hold",
          "\(path)：第 \(row) 行有一格超过工作表可容纳的 32,767 个字符"),
        hints: [Bilingual("write it as .csv", "可写成 .csv")])
    }
  }
}
