// MemberFile.swift: the text of a member file (CSV) arrives, members in catalogue order leave.
//
// Two files make a dimension: `units.csv` (id, name, name_en, full_name, kind, valid_from, valid_to
// and reference columns) and `units.aliases.csv` (alias, id, valid_from, valid_to). People edit
// them in a spreadsheet, so columns are found by heading and quotes are those of RFC 4180. An alias
// with dates is a former name, or that of a member taken over: it joins the series for its time.

import Syntax

/// What is wrong with a member file: its line, from 1, and why.
package struct MemberFileProblem: Error, Sendable, Hashable {
  package var line: Int
  package var message: Bilingual
}

/// The members of a closed dimension.
///
/// - Parameters:
///   - parentColumn: the heading of the parent's member: the name of the parent dimension.
/// - Throws: `MemberFileProblem` for a missing column, an id twice, a day that is none, or an alias
///   or successor without its member.
/// - Complexity: O(bytes).
package func members(
  from text: String, aliases aliasText: String?, parentColumn: String?
) throws(MemberFileProblem) -> [Member] {
  var records = try table(text, needing: ["id", "name"])
  var members: [Member] = []
  var indexOfID: [String: Int] = [:]
  for record in records {
    let id = record.fields["id"] ?? ""
    guard indexOfID.updateValue(members.count, forKey: id) == nil else {
      throw MemberFileProblem(
        line: record.line, message: Bilingual("id \(id) stands twice", "编号 \(id) 重复"))
    }
    members.append(
      Member(
        name: record.fields["name"] ?? "", english: record.value("name_en"),
        fullName: record.value("full_name"), parent: parentColumn.flatMap(record.value),
        validFrom: try record.day("valid_from"), validTo: try record.day("valid_to")))
  }
  for (index, record) in records.enumerated() {
    guard let successor = record.value("successor") else { continue }
    guard let position = indexOfID[successor] else { throw unknownID(successor, record) }
    members[index].successor = members[position].name
  }
  guard let aliasText else { return members }
  records = try table(aliasText, needing: ["alias", "id"])
  for record in records {
    let id = record.fields["id"] ?? ""
    guard let index = indexOfID[id], let alias = record.value("alias") else {
      throw unknownID(id, record)
    }
    let (from, to) = (try record.day("valid_from"), try record.day("valid_to"))
    if from == nil, to == nil {
      members[index].aliases.append(alias)
    } else {
      members[index].formerNames.append(FormerName(name: alias, validFrom: from, validTo: to))
    }
  }
  return members
}

private func unknownID(_ id: String, _ record: MemberRecord) -> MemberFileProblem {
  MemberFileProblem(
    line: record.line, message: Bilingual("no member has the id \(id)", "没有编号为 \(id) 的成员"))
}

private struct MemberRecord {
  var line: Int
  var fields: [String: String]

  /// A blank cell is no value.
  func value(_ heading: String) -> String? {
    guard let text = fields[heading], !text.isEmpty else { return nil }
    return text
  }

  /// A day as `YYYY-MM-DD`, so that days compare as texts.
  func day(_ heading: String) throws(MemberFileProblem) -> String? {
    guard let text = value(heading) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], let year = Int(parts[0]),
      let month = Int(parts[1]), let number = Int(parts[2]),
      Day(year: year, month: month, day: number) != nil
    else {
      throw MemberFileProblem(
        line: line,
        message: Bilingual(
          "\(heading) is `\(text)`, expected a day such as 2024-10-01",
          "\(heading)为“\(text)”，应为 2024-10-01 这样的日期"))
    }
    return text
  }
}

private func table(
  _ text: String, needing headings: [String]
) throws(MemberFileProblem) -> [MemberRecord] {
  var records = commaRecords(of: text)
  guard !records.isEmpty else {
    throw MemberFileProblem(line: 1, message: Bilingual("the file is empty", "文件为空"))
  }
  let header = records.removeFirst().cells
  for heading in headings where !header.contains(heading) {
    throw MemberFileProblem(
      line: 1, message: Bilingual("there is no column `\(heading)`", "缺少列“\(heading)”"))
  }
  var result: [MemberRecord] = []
  for record in records where record.cells != [""] {
    guard record.cells.count == header.count else {
      throw MemberFileProblem(
        line: record.line,
        message: Bilingual(
          "\(record.cells.count) cells, expected \(header.count)",
          "有 \(record.cells.count) 个单元格，应为 \(header.count) 个"))
    }
    let fields = Dictionary(zip(header, record.cells)) { first, _ in first }
    result.append(MemberRecord(line: record.line, fields: fields))
  }
  return result
}

/// The records of comma-separated text (RFC 4180), each with the line it begins on.
package func commaRecords(of text: String) -> [(line: Int, cells: [String])] {
  var records: [(line: Int, cells: [String])] = []
  var cells: [String] = []
  var cell: [UInt8] = []
  var isQuoted = false
  var (line, firstLine) = (1, 1)
  let bytes = Array(text.utf8)
  var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  let (quote, comma, newline, carriageReturn) =
    (UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"))
  func endCell() {
    cells.append(String(decoding: cell, as: UTF8.self))
    cell = []
  }
  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    if byte == newline { line += 1 }
    if isQuoted {
      if byte != quote {
        cell.append(byte)
      } else if index < bytes.count, bytes[index] == quote {
        cell.append(quote)
        index += 1
      } else {
        isQuoted = false
      }
    } else if byte == quote, cell.isEmpty {
      isQuoted = true
    } else if byte == comma {
      endCell()
    } else if byte == newline {
      endCell()
      records.append((firstLine, cells))
      (cells, firstLine) = ([], line)
    } else if byte != carriageReturn {
      cell.append(byte)
    }
  }
  if !cell.isEmpty || !cells.isEmpty {
    endCell()
    records.append((firstLine, cells))
  }
  return records
}
