// LoadFaults.swift: what is wrong with a data file, in words: one function for each kind of fault.
//
// Codes of console.md 10: D10 missing or unreadable, D11 encoding, D12 shape of a row, D13 cell,
// D14 over a budget. Each says what was read, what was expected and what to do.

import Catalog
import Columns
import Syntax

/// A cell in a message may lead to a person wherever a row is shifted, so each text is cleared of
/// that here.
private func fault(
  _ code: String, _ file: String, line: Int? = nil, part: SourceFile.Part? = nil,
  column: String? = nil, cell: String? = nil, _ english: String, _ chinese: String,
  hints: [Bilingual] = []
) -> FileFault {
  FileFault(
    file: file, line: line, part: part, column: column, cell: cell.map(withoutPersons),
    diagnostic: Diagnostic(
      code, at: nil, Bilingual(withoutPersons(english), withoutPersons(chinese)), hints: hints))
}

private func fault(
  _ code: String, _ spot: Spot, column: String? = nil, cell: String? = nil, _ english: String,
  _ chinese: String, hints: [Bilingual] = []
) -> FileFault {
  fault(
    code, spot.source.file, line: spot.line, part: spot.source.part, column: column, cell: cell,
    english, chinese, hints: hints)
}

func unreadableFault(_ file: String, _ why: SystemFault) -> FileFault {
  switch why.reason {
  case .system(let text):
    fault("D10", file, "cannot be read: \(text)", "无法读取：\(text)")
  case .changedWhileRead:
    fault(
      "D10", file, "changed while it was read", "读取时文件被修改",
      hints: [Bilingual("load it again when nobody writes to it", "请在无人写入时重新载入")])
  case .notReadable:
    fault(
      "D10", file, "is neither a file nor a folder", "既不是文件也不是文件夹",
      hints: [Bilingual("devices and sockets are not read", "不读取设备与套接字")])
  case .denied:
    fault(
      "D10", file, "may not be read: no permission", "没有读取权限",
      hints: [
        Bilingual(
          "ask its owner for the right to read it, or for a copy", "请向文件所有者申请读取权限，或索取副本")
      ])
  case .cancelled: cancelledFault(file)
  case .overBudget(let limit, let need):
    fault(
      "D14", file, "has \(need) bytes, at most \(limit) are read",
      "共 \(need) 字节，最多读取 \(limit) 字节")
  }
}

func missingFileFault(_ file: String) -> FileFault {
  fault("D10", file, "there is no such file or folder", "没有这个文件或文件夹")
}

func cancelledFault(_ file: String) -> FileFault {
  fault("D10", file, "was not read to its end: cancelled", "未读完：已取消")
}

func unknownFormFault(_ file: String) -> FileFault {
  fault(
    "D10", file, "is of no form that is read", "不是可读取的文件格式",
    hints: [
      Bilingual(
        "notices are .txt, tables .csv, .tsv, .xlsx or .db, or a folder of them",
        "通报为 .txt，表格为 .csv、.tsv、.xlsx 或 .db，或存放它们的文件夹")
    ])
}

/// - Parameter asked: the encoding that was asked for; nil where it was to be found.
func encodingFault(
  _ file: String, offset: Int, line: Int, column: Int, byte: UInt8, asked: String?
) -> FileFault {
  let digits = String(byte, radix: 16, uppercase: true)
  let hexadecimal = "0x" + (digits.utf8.count == 1 ? "0" : "") + digits
  let wrong = Bilingual(
    asked.map { "not \($0)" } ?? "neither UTF-8 nor GB18030",
    asked.map { "不是 \($0)" } ?? "既非 UTF-8 也非 GB18030")
  let cure =
    asked == nil
    ? Bilingual(
      "the file may be cut off: copy it again, or save it as UTF-8",
      "文件可能不完整，请重新复制，或另存为 UTF-8")
    : Bilingual(
      "leave out --encoding: the encoding is found from the file",
      "请去掉 --encoding，编码会自动识别")
  return fault(
    "D11", file, line: line, column: "\(column)", cell: hexadecimal,
    "byte \(offset) (\(hexadecimal), line \(line), column \(column)) is \(wrong.english)",
    "第 \(offset) 字节（\(hexadecimal)，第 \(line) 行第 \(column) 列）\(wrong.chinese)",
    hints: [cure])
}

/// - Parameter offset: of the first such byte.
func nullBytesFault(_ file: String, offset: Int, line: Int) -> FileFault {
  fault(
    "D11", file, line: line,
    "holds NUL bytes, from byte \(offset) in line \(line) on, which no text has",
    "自第 \(line) 行第 \(offset) 字节起含空字节（NUL），不是文本",
    hints: [
      Bilingual(
        "it may be UTF-16 without its mark (--encoding utf-16), or damaged: copy it again",
        "可能是没有标记的 UTF-16（--encoding utf-16），或文件已损坏，请重新复制")
    ])
}

func openQuoteFault(_ file: String, line: Int) -> FileFault {
  fault(
    "D12", file, line: line, "a quote that opens in line \(line) is never closed",
    "第 \(line) 行的引号没有结束",
    hints: [
      Bilingual(
        "close it in that cell; a quote that is part of a text is written twice, in quotes",
        "请在该单元格内补上引号；文字中的引号应写两次并整体加引号")
    ])
}

func textAfterQuoteFault(_ file: String, line: Int) -> FileFault {
  fault(
    "D12", file, line: line, "line \(line): text follows a closing quote",
    "第 \(line) 行：引号结束后还有文字",
    hints: [Bilingual("double a quote inside a quoted cell", "引号内的引号应写两次")])
}

func rowShapeFault(
  _ spot: Spot, cellCount: Int, wanted: Int
) -> FileFault {
  fault(
    "D12", spot,
    "\(spot.row.english) has \(counted(cellCount, "cell")), the headings have \(wanted)",
    "\(spot.row.chinese)有 \(cellCount) 个单元格，表头有 \(wanted) 个",
    hints: cellCount > wanted
      ? [
        Bilingual(
          "a number with a thousands comma or a text with a comma must be quoted",
          "含千分位逗号的数字或含逗号的文字须加引号")
      ]
      : [
        Bilingual(
          "blank cells need their commas too; a text with a line break must be quoted",
          "空单元格也须保留分隔符；含换行的文字须加引号")
      ])
}

func blankNameFault(
  _ spot: Spot
) -> FileFault {
  fault(
    "D13", spot, "\(spot.row.english): the name is blank", "\(spot.row.chinese)：名称为空",
    hints: [Bilingual("write the name, or delete the row", "请填写名称，或删除此行")])
}

func unknownFieldFault(
  _ spot: Spot, field: String
) -> FileFault {
  fault(
    "D12", spot, column: "field", cell: field,
    "\(spot.row.english): the field `\(field)` is not known",
    "\(spot.row.chinese)：没有名为“\(field)”的字段",
    hints: [
      Bilingual(
        "fields are e.g. issuer, period, hotline.received, letters.units",
        "字段如 issuer、period、hotline.received、letters.units")
    ])
}

func noPeriodFault(_ file: String) -> FileFault {
  fault(
    "D12", file, "names no quarter, so its figures have no period", "没有写明季度，数字没有时期",
    hints: [
      Bilingual(
        "the title of a notice says it; in a folder write `period` in notice.csv",
        "通报标题应写明；文件夹中请在 notice.csv 写 period")
    ])
}

func percentFault(_ spot: Spot, other: Spot, column: String) -> FileFault {
  fault(
    "D13", spot, column: column,
    "column \(column): \(spot.row.english) holds a fraction, \(other.row.english) a percentage",
    "“\(column)”列：\(spot.row.chinese)是小数，\(other.row.chinese)是百分数",
    hints: [Bilingual("write % behind percentages", "请在百分数后写 %")])
}

func notDataFault(_ file: String) -> FileFault {
  fault(
    "D10", file, "is neither a table nor a notice", "既不是表格也不是通报",
    hints: [
      Bilingual(
        "a table has a row of headings and cells parted by a comma, tab, semicolon or bar; the "
          + "title of a notice names its quarter",
        "表格应有表头，单元格以逗号、制表符、分号或竖线分隔；通报标题应写明季度")
    ])
}

func noTableFault(_ file: String) -> FileFault {
  fault(
    "D12", file, "holds no table and no figure that is known", "没有已知的表格或数字")
}

func cellFault(
  _ spot: Spot, column: String, cell: String, _ why: TypedCell.Fault
) -> FileFault {
  let expected: Bilingual
  var hints: [Bilingual] = []
  switch why {
  case .expected(let type): expected = expectation(of: type)
  case .fraction: expected = Bilingual("a whole number is expected", "应为整数")
  case .tooLarge: expected = Bilingual("the number is too large", "数字过大")
  case .digitsLost, .zeroLost:
    expected =
      why == .digitsLost
      ? Bilingual("its last digits are gone", "末尾数字已丢失")
      : Bilingual("its leading zero is gone", "开头的 0 已丢失")
    hints = [
      Bilingual(
        "set the column to text in the spreadsheet and export again",
        "请在表格软件中将该列设为文本后重新导出")
    ]
  }
  return fault(
    "D13", spot, column: column, cell: cell,
    "\(spot.cell(column).english): “\(cell)”: \(expected.english)",
    "\(spot.cell(column).chinese)：“\(cell)”，\(expected.chinese)", hints: hints)
}

private func expectation(of type: ColumnType) -> Bilingual {
  switch type {
  case .whole: Bilingual("a whole number is expected", "应为整数")
  case .decimal: Bilingual("a number is expected", "应为数字")
  case .percent: Bilingual("a percentage is expected", "应为百分比")
  case .flag: Bilingual("yes or no is expected", "应为是或否")
  case .date: Bilingual("a date such as 2024-11-03 is expected", "应为日期，如 2024-11-03")
  case .time:
    Bilingual(
      "a date and time such as 2024-11-03 09:30 is expected", "应为日期时间，如 2024-11-03 09:30")
  case .period: Bilingual("a quarter such as 2024Q4 is expected", "应为季度，如 2024Q4")
  case .text: Bilingual("text is expected", "应为文字")
  }
}

func missingColumnFault(_ file: String, column: String, headers: [String]) -> FileFault {
  let list = headers.isEmpty ? column : headers.joined(separator: ", ")
  return fault(
    "D03", file, column: column, "the file has no column for `\(column)`",
    "文件中没有“\(column)”对应的列",
    hints: [Bilingual("its heading may be: \(list)", "表头可写作：\(list)")])
}

func requiredCellFault(
  _ spot: Spot, column: String
) -> FileFault {
  fault(
    "D13", spot, column: column, cell: "",
    "\(spot.cell(column).english): blank, but every row needs it",
    "\(spot.cell(column).chinese)：不能为空")
}

func unknownMemberFault(
  _ spot: Spot, column: String, cell: String, near: [String]
) -> FileFault {
  let list = near.joined(separator: ", ")
  let hints =
    near.isEmpty
    ? [] : [Bilingual("is it one of these? \(list)", "是否为：\(near.joined(separator: "、"))")]
  return fault(
    "D13", spot, column: column, cell: cell,
    "\(spot.cell(column).english): “\(cell)” is not in the catalogue",
    "\(spot.cell(column).chinese)：目录中没有“\(cell)”",
    hints: hints + [
      Bilingual("--keep-unknown loads it under its own name", "--keep-unknown 可按原名载入")
    ])
}

func ambiguousMemberFault(
  _ spot: Spot, column: String, cell: String, candidates: [String]
) -> FileFault {
  fault(
    "D13", spot, column: column, cell: cell,
    "\(spot.cell(column).english): “\(cell)” may be \(candidates.joined(separator: " or "))",
    "\(spot.cell(column).chinese)：“\(cell)”可能是\(candidates.joined(separator: "或"))")
}

func impossibleFault(
  _ spot: Spot, column: String, cell: String
) -> FileFault {
  fault(
    "D13", spot, column: column, cell: cell,
    "\(spot.cell(column).english): “\(cell)” is impossible",
    "\(spot.cell(column).chinese)：“\(cell)”不可能成立",
    hints: [
      Bilingual(
        "counts are not negative, and nothing is closed before it was accepted",
        "数量不能为负，办结不能早于受理")
    ])
}

func mixedSerialFault(
  _ spot: Spot, column: String, cell: String
) -> FileFault {
  fault(
    "D13", spot, column: column, cell: cell,
    "\(spot.cell(column).english): “\(cell)” is a number among dates",
    "\(spot.cell(column).chinese)：日期中混有数字“\(cell)”",
    hints: [
      Bilingual(
        "a spreadsheet's day number is only read where the column holds nothing else",
        "仅当整列均为表格序列日期时才读取")
    ])
}

func differingRepeatFault(_ spot: Spot, first: Int, key: [String]) -> FileFault {
  let earlier = Spot(spot.source, first).row
  return fault(
    "D12", spot,
    "\(earlier.english) and \(spot.row.english) have the same \(key.joined(separator: ", ")) "
      + "and differ",
    "\(earlier.chinese)与\(spot.row.chinese)的 \(key.joined(separator: "、")) 相同而内容不同",
    hints: [
      Bilingual("delete one, or choose a key that tells them apart", "请删除其一，或选用能区分的键")
    ])
}

/// - Parameter need: nil where it shows only while the file is read.
func memoryFault(_ file: String, limit: Int, need: Int?) -> FileFault {
  let (most, wanted) = (limit >> 20, need.map { "\($0 >> 20)" })
  return fault(
    "D14", file,
    wanted.map { "needs about \($0) MB, at most \(most) MB are used" }
      ?? "needs more than the \(most) MB that may be used",
    wanted.map { "约需 \($0) MB，最多使用 \(most) MB" } ?? "所需内存超过可用的 \(most) MB",
    hints: [
      Bilingual(
        "load it in parts, or raise TONGBAO_MEMORY", "请分批载入，或调高 TONGBAO_MEMORY")
    ])
}

func longCellFault(
  _ spot: Spot, column: String
) -> FileFault {
  fault(
    "D14", spot, column: column,
    "\(spot.row.english), column \(column): a cell may have 1 MiB",
    "\(spot.row.chinese)第 \(column) 列：单元格最长 1 MiB")
}

func longRowFault(_ spot: Spot) -> FileFault {
  fault(
    "D14", spot,
    "\(spot.row.english): a row may have \(Budget.rowBytes >> 20) MiB and "
      + "\(Budget.columns) columns, a cell 1 MiB",
    "\(spot.row.chinese)：一行最长 \(Budget.rowBytes >> 20) MiB、\(Budget.columns) 列，单元格最长 1 MiB",
    hints: [
      Bilingual(
        "a quote that is opened and not closed there, or line ends that are lost, make such rows",
        "常因引号未结束或换行丢失所致")
    ])
}

func manyColumnsFault(_ file: String, count: Int) -> FileFault {
  fault(
    "D14", file, "has \(count) columns, at most \(Budget.columns) are read",
    "共 \(count) 列，最多读取 \(Budget.columns) 列")
}

func lonelyAnnexFault(_ file: String) -> FileFault {
  fault(
    "D12", file, "is a table of a notice, but nothing says of which quarter",
    "是通报的附表，但没有说明属于哪个季度",
    hints: [
      Bilingual(
        "put it in a folder with a notice.csv that has `period`, and load the folder",
        "请与写有 period 的 notice.csv 放入同一文件夹后载入该文件夹")
    ])
}
