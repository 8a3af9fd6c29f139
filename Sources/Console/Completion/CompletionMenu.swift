// CompletionMenu.swift: ranked matches arrive, rows of cells under the line leave (console.md 5.5).

import Rendering
import Syntax

package struct CompletionMenu: Sendable, Hashable {
  var items: [Candidate]
  var total: Int64?
  var isPartial: Bool
  /// nil until the first Tab walks into it.
  var chosen: Int?

  init(_ result: CandidateSet.Result, total: Int64?) {
    items = result.matches.map(\.candidate)
    self.total = total
    isPartial = result.isPartial
  }

  /// To the next or an earlier row; round at both ends.
  mutating func walk(_ step: Int) {
    guard !items.isEmpty else { return }
    guard let chosen else {
      self.chosen = step > 0 ? 0 : items.count - 1
      return
    }
    self.chosen = ((chosen + step) % items.count + items.count) % items.count
  }

  static let rowLimit = 12
  static let nameCells = 40

  /// The rows, at most a third of the screen.
  func rows(
    widthCells: Int, screenRows: Int, language: Language, ambiguous: Int
  ) -> [PictureRow] {
    let limit = max(1, min(Self.rowLimit, screenRows / 3))
    let width = Drawing(widthCells: max(8, widthCells), ambiguous: ambiguous)
    let hasCounts = items.contains { $0.count != nil }
    let cells = hasCounts ? countedCells(width) : plainCells(width)
    let cellWidth = cells.map { $0.glyphs.reduce(0) { $0 + $1.widthCells } }.max() ?? 0
    let columns = hasCounts ? 1 : max(1, width.widthCells / max(1, cellWidth))
    let rowsNeeded = (items.count + columns - 1) / columns
    let fits = rowsNeeded <= limit && !isPartial
    let shownRows = min(rowsNeeded, fits ? limit : max(1, limit - 1))
    // The window moves by whole pages, so that the names stand still while one walks over them.
    let page = (chosen ?? 0) / (shownRows * columns)
    let first = page * shownRows * columns
    let shown = Array(cells[first..<min(first + shownRows * columns, cells.count)])
    var rows = (0..<min(shownRows, (shown.count + columns - 1) / columns)).map { row in
      var line = PictureRow()
      for column in 0..<columns {
        let place = row * columns + column
        guard place < shown.count else { break }
        for glyph in shown[place].glyphs { line.append(glyph) }
        // The place of the mark keeps the columns apart.
        let gap = cellWidth - shown[place].glyphs.reduce(0) { $0 + $1.widthCells }
        if column < columns - 1, place + 1 < shown.count { line.append(width.blanks(gap)) }
      }
      return line.prefix(cells: width.widthCells)
    }
    let hiddenCount = items.count - shown.count
    if hiddenCount > 0 || isPartial, limit > 1 {
      rows.append(moreRow(hiddenCount, language, ambiguous))
    }
    return rows
  }

  private func moreRow(_ hiddenCount: Int, _ language: Language, _ ambiguous: Int) -> PictureRow {
    let more = Bilingual("… \(hiddenCount) more", "… 还有 \(hiddenCount) 项")[language]
    let text = hiddenCount > 0 ? more : "…"
    return PictureRow(Glyph.all(of: "  " + text, ink: .faint, ambiguous: ambiguous))
  }

  // MARK: Cells

  private struct Drawing {
    var widthCells: Int
    var ambiguous: Int

    func blanks(_ count: Int) -> Glyph {
      Glyph(String(repeating: " ", count: max(0, count)), widthCells: max(0, count))
    }

    /// The text, safe and at most so many cells wide.
    func cut(_ text: String, to limit: Int) -> String {
      truncated(terminalSafe(text), to: limit, ambiguous: ambiguous)
    }

    /// A row or cell of the menu: marked, and in reverse when it is the chosen one.
    func cell(_ name: String, dim: String = "", isChosen: Bool) -> PictureRow {
      let ink: Ink? = isChosen ? .chosen : nil
      let mark = isChosen ? "> " : "  "
      return PictureRow(
        Glyph.all(of: mark + name, ink: ink, ambiguous: ambiguous)
          + Glyph.all(of: dim, ink: isChosen ? .chosen : .faint, ambiguous: ambiguous))
    }

    func pad(_ text: String, to cells: Int, _ alignment: Alignment = .left) -> String {
      padded(text, to: cells, alignment, ambiguous: ambiguous)
    }
  }

  private func plainCells(_ drawing: Drawing) -> [PictureRow] {
    items.enumerated().map { place, item in
      let twin = item.twin.map { " " + drawing.cut($0, to: Self.nameCells) } ?? ""
      return drawing.cell(
        drawing.cut(item.name, to: Self.nameCells), dim: twin, isChosen: place == chosen)
    }
  }

  /// Name, second name, count and share, in columns of their own.
  private func countedCells(_ drawing: Drawing) -> [PictureRow] {
    let names = items.map { drawing.cut($0.name, to: Self.nameCells) }
    let twins = items.map { $0.twin.map { drawing.cut($0, to: Self.nameCells) } ?? "" }
    let counts = items.map { $0.count.map(groupedDigits) ?? "-" }
    let shares = items.map { share(of: $0.count) }
    func widest(_ texts: [String]) -> Int {
      texts.map { displayWidth($0, ambiguous: drawing.ambiguous) }.max() ?? 0
    }
    let widths = (widest(names), widest(twins), widest(counts), widest(shares))
    return items.indices.map { place in
      var name = drawing.pad(names[place], to: widths.0)
      if widths.1 > 0 { name += "  " + drawing.pad(twins[place], to: widths.1) }
      name += "  " + drawing.pad(counts[place], to: widths.2, .right)
      if widths.3 > 0 { name += "  " + drawing.pad(shares[place], to: widths.3, .right) }
      return drawing.cell(name, isChosen: place == chosen)
    }
  }

  /// `4.31%`, rounded half up from the exact quotient.
  private func share(of count: Int64?) -> String {
    guard let count, let total, total > 0, count >= 0 else { return "" }
    let scaled = count.multipliedReportingOverflow(by: 20_000)
    let sum = scaled.partialValue.addingReportingOverflow(total)
    let divisor = total.multipliedReportingOverflow(by: 2)
    guard !scaled.overflow, !sum.overflow, !divisor.overflow else { return "" }
    let hundredths = sum.partialValue / divisor.partialValue
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)%"
  }
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
