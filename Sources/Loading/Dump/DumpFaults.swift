// DumpFaults.swift: what is wrong with a dump that is read again, in words.

import Columns
import Syntax

private func fault(
  _ code: String, _ file: String, line: Int? = nil, part: SourceFile.Part? = nil,
  column: String? = nil, cell: String? = nil, _ message: Bilingual
) -> FileFault {
  FileFault(
    file: file, line: line, part: part, column: column, cell: cell,
    diagnostic: Diagnostic(
      code, at: nil, message,
      hints: [
        Bilingual(
          "the export is read as a whole, as it was written: export again, or copy it again",
          "导出的数据须整体、原样载入：请重新导出，或重新复制")
      ]))
}

func lostTableFault(_ file: String, table: String) -> FileFault {
  fault(
    "D10", file,
    Bilingual("the table \(table) is missing beside it", "缺少与它一起导出的表 \(table)"))
}

func otherHeadingsFault(_ spot: Spot, wanted: [String]) -> FileFault {
  let list = wanted.joined(separator: ",")
  return fault(
    "D12", spot.source.file, line: spot.line, part: spot.source.part,
    Bilingual("its headings are not \(list)", "表头不是 \(list)"))
}

func changedCellFault(_ spot: Spot, column: String, cell: String) -> FileFault {
  fault(
    "D13", spot.source.file, line: spot.line, part: spot.source.part, column: column, cell: cell,
    Bilingual(
      "\(spot.cell(column).english): “\(cell)” is not what an export writes there",
      "\(spot.cell(column).chinese)：“\(cell)”不是导出时写在此处的内容"))
}

func otherRowCountFault(_ source: SourceFile, count: Int, wanted: Int) -> FileFault {
  fault(
    "D12", source.file, part: source.part,
    Bilingual(
      "\(source.path) has \(counted(count, "row")), \(wanted) were exported",
      "\(source.path) 有 \(count) 行，导出时为 \(wanted) 行"))
}
