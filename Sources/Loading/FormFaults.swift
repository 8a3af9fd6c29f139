// FormFaults.swift: what is wrong with a file as a whole, in words: a form that is not read, a
// damaged workbook, a library that is missing.

import Columns
import Syntax

private func fault(
  _ code: String, _ file: String, _ english: String, _ chinese: String, hint: Bilingual? = nil
) -> FileFault {
  FileFault(
    file: file, line: nil, column: nil, cell: nil,
    diagnostic: Diagnostic(
      code, at: nil, Bilingual(english, chinese), hints: hint.map { [$0] } ?? []))
}

private let saveAsWorkbook = Bilingual(
  "open it in WPS or Excel and save it as .xlsx or as CSV",
  "请用 WPS 或 Excel 打开，另存为 .xlsx 或 CSV")

func foreignFormFault(_ file: String, _ form: ForeignForm) -> FileFault {
  switch form {
  case .legacyWorkbook:
    fault(
      "D10", file, "is a workbook of the old format (.xls)", "是旧格式的工作簿（.xls）",
      hint: saveAsWorkbook)
  case .encryptedWorkbook:
    fault(
      "D10", file, "is protected by a password", "有密码保护",
      hint: Bilingual(
        "open it, take the password away and save it again", "请打开后取消密码，再保存"))
  case .binaryWorkbook:
    fault(
      "D10", file, "is a binary workbook (.xlsb)", "是二进制工作簿（.xlsb）", hint: saveAsWorkbook)
  case .xmlWorkbook:
    fault(
      "D10", file, "is a workbook in XML of 2003", "是 2003 版 XML 工作簿", hint: saveAsWorkbook)
  case .openDocument:
    fault(
      "D10", file, "is an OpenDocument file", "是 OpenDocument 文件", hint: saveAsWorkbook)
  case .page:
    fault(
      "D10", file, "is a web page, whatever its name says", "其实是网页，与文件名不符",
      hint: saveAsWorkbook)
  case .document:
    fault(
      "D10", file, "is a text document (.docx)", "是文字文档（.docx）",
      hint: Bilingual(
        "copy its text with the tables into a .txt file", "请将文字连同表格复制到 .txt 文件"))
  case .pdf:
    fault(
      "D10", file, "is a PDF", "是 PDF 文件",
      hint: Bilingual(
        "copy its text into a .txt file; a scanned page has none",
        "请将文字复制到 .txt 文件；扫描件没有文字"))
  case .picture:
    fault(
      "D10", file, "is a picture", "是图片",
      hint: Bilingual("figures in pictures are not read", "不识别图片中的数字"))
  case .json:
    fault(
      "D10", file, "is JSON", "是 JSON 文件",
      hint: Bilingual(
        "export the same as CSV or .xlsx", "请从原系统导出为 CSV 或 .xlsx"))
  case .compressed, .archive:
    fault(
      "D10", file, "is a compressed archive", "是压缩包",
      hint: Bilingual("unpack it and name the files in it", "请解压后载入其中的文件"))
  }
}

/// - Parameter memory: the most that a load may use.
func workbookFault(_ file: String, _ why: WorkbookFault, memory: Int) -> FileFault {
  switch why {
  case .otherKind(.binaryWorkbook): foreignFormFault(file, .binaryWorkbook)
  case .otherKind(.openDocument): foreignFormFault(file, .openDocument)
  case .otherKind(.document): foreignFormFault(file, .document)
  case .otherKind(.archive): foreignFormFault(file, .archive)
  case .tooLarge: memoryFault(file, limit: memory, need: nil)
  case .longRow(let sheet, let row):
    longRowFault(Spot(SourceFile(path: file, encoding: "", hash: "", part: .sheet(sheet)), row))
  case .zip(.encrypted): foreignFormFault(file, .encryptedWorkbook)
  case .zip(.notInstalled(let text)):
    fault(
      "D16", file, "reading .xlsx needs libzip (Debian package libzip4): \(text)",
      "读取 .xlsx 需要 libzip（Debian 软件包 libzip4）：\(text)")
  case .zip(.damaged(let part, let why)):
    fault(
      "D10", file, "is damaged: \(part.isEmpty ? "" : part + ": ")\(why)",
      "已损坏：\(part.isEmpty ? "" : part + "：")\(why)",
      hint: Bilingual(
        "fetch it again; if WPS or Excel can open it, save it anew",
        "请重新获取；若 WPS 或 Excel 能打开，请重新保存"))
  case .zip(.overBudget(let part, let limit)):
    fault(
      "D14", file, "\(part) inflates to more than \(limit >> 20) MB",
      "\(part) 解压后超过 \(limit >> 20) MB")
  }
}

func uncomputedFault(_ spot: Spot) -> FileFault {
  FileFault(
    file: spot.source.file, line: spot.line, part: spot.source.part, column: nil, cell: nil,
    diagnostic: Diagnostic(
      "D13", at: nil,
      Bilingual(
        "\(spot.row.english): a formula without a stored result",
        "\(spot.row.chinese)：公式没有保存结果"),
      hints: [
        Bilingual(
          "open the file in WPS or Excel and save it: that stores the results",
          "请用 WPS 或 Excel 打开并保存，结果即会存入")
      ]))
}

/// - Parameter count: how many there are beyond those that are told.
func moreFaults(_ file: String, count: Int) -> FileFault {
  fault(
    "D12", file, "more than \(count) faults: the rest was not read",
    "错误超过 \(count) 处，其余未读")
}

func largeSeveralFault(_ file: String, limit: Int) -> FileFault {
  fault(
    "D12", file, "holds several tables, and has more than \(limit >> 20) MB",
    "含多个表，且超过 \(limit >> 20) MB",
    hint: Bilingual("save each table as a file of its own", "请将各表分别存为文件"))
}

func noHeadingsFault(_ source: SourceFile) -> FileFault {
  fault(
    "D12", source.path, "has no row of headings: its first row holds figures",
    "没有表头：首行就是数字",
    hint: Bilingual(
      "write the name of each column into the first row", "请在首行写明各列名称"))
}

func unmodelledFault(_ source: SourceFile, _ why: Bilingual) -> FileFault {
  fault(
    "D12", source.path, "cannot be a data set of its own: \(why.english)",
    "无法作为自有数据集载入：\(why.chinese)",
    hint: Bilingual(
      "rename the column, or define a data set in --rules DIR",
      "请更改列名，或在 --rules 目录中定义数据集"))
}

/// - Parameter memory: the most that a load may use.
func databaseFault(_ file: String, _ why: DatabaseFault, memory: Int) -> FileFault {
  switch why {
  case .damaged(let text):
    fault(
      "D10", file, "cannot be read as a database: \(text)", "无法作为数据库读取：\(text)",
      hint: Bilingual(
        "another program may be writing it, or the file is damaged",
        "可能有程序正在写入，或文件已损坏"))
  case .bytes(let table, let row, let column):
    fault(
      "D13", file,
      "\(table), row \(row), column \(column): bytes, where a text or number is expected",
      "\(table) 第 \(row) 行“\(column)”列：是二进制数据，应为文字或数字")
  case .tooLarge: memoryFault(file, limit: memory, need: nil)
  case .tooSlow:
    fault(
      "D14", file, "takes too long to read", "读取耗时过长",
      hint: Bilingual("export its tables as CSV", "请将其中的表导出为 CSV"))
  case .workspace:
    fault(
      "D10", file, "is a workspace, not a file of data", "是工作区，不是数据文件",
      hint: Bilingual(
        "name it by itself, or after --workspace", "请单独指定，或用 --workspace 打开"))
  }
}

func longNoticeFault(_ file: String, size: Int) -> FileFault {
  fault(
    "D14", file, "a notice of \(size) bytes; at most \(Budget.noticeBytes) are read",
    "通报共 \(size) 字节，最多读取 \(Budget.noticeBytes) 字节")
}
