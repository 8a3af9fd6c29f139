// CompletionMenu.swift: ranked matches arrive, rows of cells under the line leave (console.md 5.5).

import Rendering
import Syntax

package struct CompletionMenu: Sendable {
  let result: CandidateSet.Result
  /// Names or counts are missing still.
  var isUnfinished: Bool
  /// nil until the first Tab walks into it.
  var chosen: Int?

  init(_ result: CandidateSet.Result, isUnfinished: Bool = false) {
    self.result = result
    self.isUnfinished = isUnfinished || result.isPartial
  }

  /// To the next or an earlier row; round at both ends.
  mutating func walk(_ step: Int) {
    guard result.count > 0 else { return }
    guard let chosen else {
      self.chosen = step > 0 ? 0 : result.count - 1
      return
    }
    self.chosen = ((chosen + step) % result.count + result.count) % result.count
  }

  static let rowLimit = 12
  static let nameCells = 40

  /// The rows, at most a third of the screen.
  ///
  /// - Complexity: O(rows of the screen)
  func rows(
    widthCells: Int, screenRows: Int, language: Language, ambiguous: Int
  ) -> [PictureRow] {
    let limit = max(1, min(Self.rowLimit, screenRows / 3))
    let drawing = Drawing(widthCells: max(8, widthCells), ambiguous: ambiguous)
    let isTable = result.hasCounts || result.hasMeanings
    let columns = isTable ? 1 : columnCount(rows: limit, drawing)
    let rowsNeeded = (result.count + columns - 1) / columns
    let fits = rowsNeeded <= limit && !isUnfinished
    let shownRows = max(1, min(rowsNeeded, fits ? limit : limit - 1))
    // The window moves by whole pages, so that the names stand still while one walks over them.
    let first = (chosen ?? 0) / (shownRows * columns) * shownRows * columns
    let shown = first..<min(first + shownRows * columns, result.count)
    var rows = isTable ? tableRows(shown, drawing) : grid(shown, columns: columns, drawing)
    let hiddenCount = result.count - shown.count
    if hiddenCount > 0 || isUnfinished, limit > 1 {
      rows.append(moreRow(hiddenCount, language, ambiguous))
    }
    return rows.map { $0.prefix(cells: drawing.widthCells) }
  }

  /// As many columns as the first page has room for; on later pages a name too wide is cut.
  private func columnCount(rows: Int, _ drawing: Drawing) -> Int {
    for columns in stride(from: 8, to: 1, by: -1) {
      let page = (0..<min(rows * columns, result.count)).map { plainCell($0, drawing).widthCells }
      if (page.max() ?? 0) * columns <= drawing.widthCells { return columns }
    }
    return 1
  }

  private func moreRow(_ hiddenCount: Int, _ language: Language, _ ambiguous: Int) -> PictureRow {
    let count = groupedDigits(Int64(hiddenCount))
    let more = Bilingual("… \(count) more", "… 还有 \(count) 项")[language]
    let text = hiddenCount > 0 ? more : "…"
    return PictureRow(Glyph.all(of: "  " + text, ink: .faint, ambiguous: ambiguous))
  }

  // MARK: Cells

  private struct Drawing {
    var widthCells: Int
    var ambiguous: Int

    /// The text, safe and at most so many cells wide.
    func cut(_ text: String) -> String {
      truncated(terminalSafe(text), to: CompletionMenu.nameCells, ambiguous: ambiguous)
    }

    func width(_ text: String) -> Int { displayWidth(text, ambiguous: ambiguous) }

    /// A row or cell of the menu: marked, and in reverse when it is the chosen one.
    func cell(_ parts: [(text: String, isDim: Bool)], isChosen: Bool) -> PictureRow {
      let ink: Ink? = isChosen ? .chosen : nil
      var glyphs = Glyph.all(of: isChosen ? "> " : "  ", ink: ink, ambiguous: ambiguous)
      for part in parts {
        glyphs += Glyph.all(
          of: part.text, ink: part.isDim ? ink ?? .faint : ink, ambiguous: ambiguous)
      }
      return PictureRow(glyphs)
    }

    func pad(_ text: String, to cells: Int, _ alignment: Alignment = .left) -> String {
      padded(text, to: cells, alignment, ambiguous: ambiguous)
    }
  }

  private func plainCell(_ place: Int, _ drawing: Drawing) -> PictureRow {
    let candidate = result[place]
    let twin = candidate.twin.map { " " + drawing.cut($0) } ?? ""
    return drawing.cell(
      [(drawing.cut(candidate.name), false), (twin, true)], isChosen: place == chosen)
  }

  private func grid(_ shown: Range<Int>, columns: Int, _ drawing: Drawing) -> [PictureRow] {
    let cells = shown.map { plainCell($0, drawing) }
    let room = drawing.widthCells / columns
    let width = min(room, cells.map(\.widthCells).max() ?? 0)
    return stride(from: 0, to: cells.count, by: columns).map { first in
      var line = PictureRow()
      let row = cells[first..<min(first + columns, cells.count)]
      for (place, cell) in row.enumerated() {
        let cut = columns > 1 ? cell.prefix(cells: width) : cell
        for glyph in cut.glyphs { line.append(glyph) }
        // The place of the mark keeps the columns apart.
        let gap = width - cut.widthCells
        if place + 1 < row.count, gap > 0 {
          line.append(Glyph(String(repeating: " ", count: gap), widthCells: gap))
        }
      }
      return line
    }
  }

  /// Name, second name, count and share, or name, second name and meaning, in columns of their own.
  private func tableRows(_ shown: Range<Int>, _ drawing: Drawing) -> [PictureRow] {
    let candidates = shown.map { result[$0] }
    func widest(_ texts: [String]) -> Int { texts.map(drawing.width).max() ?? 0 }
    let twins = candidates.map { $0.twin.map(drawing.cut) ?? "" }
    let counts = shown.map { result.itemCount($0).map(groupedDigits) ?? "-" }
    let shares = shown.map { share(of: result.itemCount($0)) }
    var names = candidates.map { drawing.cut($0.name) }
    var widths = (
      widest(names), widest(twins), result.hasCounts ? widest(counts) : 0, widest(shares)
    )
    // A number is never cut: what there is no room for is left out.
    var room = drawing.widthCells - 2 - widths.0
    room -= [widths.1, widths.2, widths.3].filter { $0 > 0 }.reduce(0) { $0 + $1 + 2 }
    if room < 0, widths.3 > 0 {
      room += widths.3 + 2
      widths.3 = 0
    }
    if room < 0, widths.1 > 0 {
      room += widths.1 + 2
      widths.1 = 0
    }
    if room < 0 {
      widths.0 = max(4, widths.0 + room)
      names = names.map { truncated($0, to: widths.0, ambiguous: drawing.ambiguous) }
    }
    return shown.enumerated().map { row, place in
      var parts = [(drawing.pad(names[row], to: widths.0), false)]
      if widths.1 > 0 { parts.append(("  " + drawing.pad(twins[row], to: widths.1), true)) }
      if result.hasCounts {
        parts.append(("  " + drawing.pad(counts[row], to: widths.2, .right), false))
        if widths.3 > 0 {
          parts.append(("  " + drawing.pad(shares[row], to: widths.3, .right), false))
        }
      }
      if let meaning = candidates[row].meaning, room > 4 {
        let text = truncated(
          terminalSafe(meaning), to: room - 2, ambiguous: drawing.ambiguous)
        parts.append(("  " + text, true))
      }
      return drawing.cell(parts, isChosen: place == chosen)
    }
  }

  /// `4.31%`, rounded half up from the exact quotient.
  private func share(of count: Int64?) -> String {
    guard let count, let total = result.set.total, total > 0, count >= 0 else { return "" }
    let scaled = count.multipliedReportingOverflow(by: 20_000)
    let sum = scaled.partialValue.addingReportingOverflow(total)
    let divisor = total.multipliedReportingOverflow(by: 2)
    guard !scaled.overflow, !sum.overflow, !divisor.overflow else { return "" }
    let hundredths = sum.partialValue / divisor.partialValue
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)%"
  }
}

extension CandidateSet.Result {
  var hasCounts: Bool { !self.set.counts.isEmpty }
  /// Meanings are given to all or to none.
  var hasMeanings: Bool { self.set.candidates.first?.meaning != nil }
}

/// `2,575`
func groupedDigits(_ number: Int64) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}
