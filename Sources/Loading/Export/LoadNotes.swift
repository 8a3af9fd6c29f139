// LoadNotes.swift: what a table's reading left out, repaired or did not store becomes notes, one
// each, with its count.

import Columns
import Syntax

extension ExportReading {
  func notes(personal: [String], unknown: Int) -> [Note] {
    let empty = rowCount == 0 ? [emptyNote(plan.source.path)] : []
    return empty
      + (rowNotes(unknown: unknown) + columnNotes(personal: personal)).map { note in
        Note(
          "LOAD",
          Bilingual(
            "\(plan.source.path): \(note.english)", "\(plan.source.path)：\(note.chinese)"))
      }
  }

  private func rowNotes(unknown: Int) -> [Bilingual] {
    let time = plan.columns.dataset.time?.column
    let timeHeading =
      plan.fields.first { plan.stored[$0.target].name == time }?.heading ?? time ?? ""
    let totals = asides.asides.count { $0.kind == .total }
    let texts = asides.asides.count - totals
    /// With `#` for the count in Chinese.
    let found: [(count: Int, one: String, many: String, chinese: String)] = [
      (repeatedRows, "exact repeat dropped", "exact repeats dropped", "去除完全重复的 # 行"),
      (badRows, "bad row left out", "bad rows left out", "略去错误的 # 行"),
      (
        unknown, "row kept under a name that the catalogue lacks",
        "rows kept under names that the catalogue lacks", "# 行按目录中没有的名称载入"
      ),
      (
        blanked.count, "unreadable cell left blank: \(blanked.places.english)",
        "unreadable cells left blank: \(blanked.places.english)",
        "# 个无法读取的单元格留空：\(blanked.places.chinese)"
      ),
      (
        oddCells, "number is approximate or put right", "numbers are approximate or put right",
        "# 个数字为约数或经修正"
      ),
      (
        asides.repeatedHeadings, "repeated heading skipped", "repeated headings skipped",
        "跳过重复的表头 # 处"
      ),
      (totals, "total row kept apart", "total rows kept apart", "合计行 # 行不计入数据"),
      (
        texts, "line of text kept as a note", "lines of text kept as notes", "# 行文字作为说明保留"
      ),
      (
        mergedCells, "merged cell takes the text of the first",
        "merged cells take the text of the first", "合并单元格 # 处取首格文字"
      ),
      (
        timelessRows, "row belongs to no period and is left out: no \(timeHeading)",
        "rows belong to no period and are left out: no \(timeHeading)",
        "# 行没有\(timeHeading)，不属于任何时期，未载入"
      ),
      (joinedRows, "broken row joined", "broken rows joined", "拼接断行 # 处"),
      (
        personalCells, "cell with a telephone or identity number left blank",
        "cells with a telephone or identity number left blank", "# 个含电话或身份证号的单元格留空"
      ),
    ]
    return found.filter { $0.count > 0 }.map { note in
      let chinese = note.chinese.split(
        separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      return Bilingual(
        counted(note.count, note.one, note.many),
        chinese.joined(separator: "\(note.count)"))
    }
  }

  private func columnNotes(personal: [String]) -> [Bilingual] {
    var notes: [Bilingual] = []
    for (index, field) in plan.fields.enumerated() where !serials[index].isEmpty {
      let heading = field.heading
      notes.append(
        Bilingual("\(heading): day numbers read as dates", "“\(heading)”列的序列数按日期读取"))
    }
    for cells in differingCells {
      let lines = cells.lines.map(String.init)
      let more = cells.count > lines.count
      let rows = counted(cells.count, "row (line ", "rows (lines ")
      notes.append(
        Bilingual(
          "\(cells.heading) is not what the other columns say, which decide: "
            + rows + lines.joined(separator: ", ") + (more ? " …)" : ")"),
          "“\(cells.heading)”列有 \(cells.count) 行与其他列推算的不符，以推算为准："
            + "第 \(lines.joined(separator: "、")) 行\(more ? "等" : "")"))
    }
    let lists: [(headings: [String], english: String, chinese: String)] = [
      (plan.columns.dropped + personal, "personal columns not stored", "未保存涉及个人的列"),
      (
        plan.fields.filter(\.isHashed).map(\.heading), "personal columns kept as hashes only",
        "涉及个人、仅存散列值的列"
      ),
      (plan.columns.unread, "columns not read", "未读取的列"),
    ]
    for list in lists where !list.headings.isEmpty {
      // An export of 150 columns has many that nobody asks for; what is personal is told wholly.
      let names = Bilingual(listing: list.headings, atMost: 150)
      notes.append(
        Bilingual("\(list.english): \(names.english)", "\(list.chinese)：\(names.chinese)"))
    }
    if plan.source.encoding != "UTF-8" {
      notes.append(Bilingual("read as \(plan.source.encoding)", "按 \(plan.source.encoding) 读取"))
    }
    return notes
  }

  /// Totals and lines of text are no data, and nothing of a file is lost.
  func keepAsides(in loaded: inout Loaded) {
    for aside in asides.asides {
      let why =
        aside.kind == .total
        ? Bilingual("a total, not a row", "合计行，不是数据")
        : Bilingual("a line of text", "说明文字")
      let text = aside.kind == .total ? aside.cells.joined(separator: " ") : aside.text
      loaded.skipped.append(
        SkippedLine(
          file: plan.source.path, line: aside.line, text: withoutPersons(text), why: why,
          isUnexplained: false))
      guard aside.kind == .text else { continue }
      loaded.referenceTexts.append(
        ReferenceText(
          issuer: "", quarterIndex: nil, kind: "note", section: "", file: plan.source.path,
          line: aside.line, text: withoutPersons(aside.text)))
    }
  }
}
