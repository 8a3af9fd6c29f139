// FormFindings.swift: what the form of the tables tells: headings, labels, numbering, repaired
// cells.

import Columns
import Syntax

extension NoticeReading {
  /// R10 to R14, R25, R33 and R35: one finding each, with all its places.
  mutating func findForm() {
    findUnreadDate()
    findTwoHeadings()
    findBlanksInHeadings()
    findMisprintedHeadings()
    findMissingLabels()
    findMissingTotals()
    findRepairs()
    findNumbering()
  }

  private mutating func findUnreadDate() {
    guard let (printed, mention) = mentions.unreadDate else { return }
    find(
      "R10", .warning, Bilingual("date of the signature", "落款日期"), stated: printed,
      computed: info.signed?.text ?? "",
      cause: Bilingual("taken from the print line", "取自印发日期"),
      places: [place(mention.file, mention.line)])
  }

  private mutating func findTwoHeadings() {
    for table in tables {
      for (column, spellings) in table.spellings.sorted(by: { $0.key < $1.key })
      where spellings.count > 1 {
        let names = spellings.map { String(decoding: $0, as: UTF8.self) }
        let places = table.headings.filter { spellings.contains($0.folded) }
        find(
          "R11", .info,
          Bilingual("annex \(table.annex): two headings", "附件\(table.annex)：表头不一"),
          stated: names.joined(separator: " / "),
          computed: column < rows.columns.count ? rows.columns[column].name : "",
          places: unique(places.map { place(table.file, $0.line) }))
      }
    }
  }

  private mutating func findBlanksInHeadings() {
    var spellings: [(folded: [UInt8], raws: [String], places: [SourcePlace])] = []
    for table in tables {
      for heading in table.headings {
        let place = place(table.file, heading.line)
        if let known = spellings.firstIndex(where: { $0.folded == heading.folded }) {
          if !spellings[known].raws.contains(heading.raw) {
            spellings[known].raws.append(heading.raw)
            spellings[known].places.append(place)
          }
        } else {
          spellings.append((heading.folded, [heading.raw], [place]))
        }
      }
    }
    let differing = spellings.filter { $0.raws.count > 1 }
    guard !differing.isEmpty else { return }
    find(
      "R12", .info, Bilingual("headings that differ by blanks", "表头仅空格不同"),
      stated: differing.map { $0.raws.joined(separator: " / ") }.joined(separator: "; "),
      computed: differing.map { String(decoding: $0.folded, as: UTF8.self) }
        .joined(separator: "; "),
      places: unique(differing.flatMap(\.places)))
  }

  private mutating func findMisprintedHeadings() {
    for (heading, readAs) in words.misprints {
      let places = tables.flatMap { table in
        table.headings.filter { $0.folded == heading }.map { place(table.file, $0.line) }
      }
      guard !places.isEmpty else { continue }
      find(
        "R13", .info, Bilingual("heading read as a known column", "表头按已知列理解"),
        stated: String(decoding: heading, as: UTF8.self), computed: readAs,
        places: unique(places))
    }
  }

  private mutating func findMissingLabels() {
    let unlabelled = tables.filter { !$0.isLabelled }
    guard !unlabelled.isEmpty else { return }
    let list = unlabelled.map { "\($0.annex)" }.joined(separator: ", ")
    find(
      "R14", .info, Bilingual("annex without its label", "附件缺少标识"),
      computed: list, cause: Bilingual("found by its title", "按标题识别"),
      places: unlabelled.map { place($0.file, $0.line) })
  }

  private mutating func findMissingTotals() {
    let open = tables.filter { $0.dataset == rows.dataset.name && !$0.hasTotalRow }
    guard !open.isEmpty else { return }
    let list = open.map { "\($0.annex)" }.joined(separator: ", ")
    find(
      "R25", .info, Bilingual("table without a total row", "表格没有合计行"), computed: list,
      cause: Bilingual("its totals are computed", "合计为计算所得"),
      places: open.map { place($0.file, $0.line) })
  }

  private mutating func findRepairs() {
    guard !repairs.isEmpty else { return }
    find(
      "R33", .info, Bilingual("cells repaired: blanks and broken lines", "已修复的单元格：空格与断行"),
      computed: "\(repairs.count)", places: repairs)
  }

  private mutating func findNumbering() {
    for table in tables {
      var odd: [(number: Int64, line: Int)] = []
      for (index, entry) in table.rowNumbers.enumerated()
      where index > 0 && entry.number != table.rowNumbers[index - 1].number + 1 {
        odd.append(entry)
      }
      guard !odd.isEmpty else { continue }
      find(
        "R35", .info,
        Bilingual("annex \(table.annex): numbering", "附件\(table.annex)：序号不连续或重复"),
        stated: odd.map { "\($0.number)" }.joined(separator: ", "),
        places: odd.map { place(table.file, $0.line) })
    }
  }

  private func unique(_ places: [SourcePlace]) -> [SourcePlace] {
    var result: [SourcePlace] = []
    for place in places where !result.contains(place) { result.append(place) }
    return result
  }
}
