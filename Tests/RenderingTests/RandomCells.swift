// RandomCells.swift: seeded answers of hostile cells for the laws.

import Columns
import Syntax

@testable import Rendering

/// SplitMix64: small, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Pieces that tables, terminals and readers stumble over.
let hostilePieces: [String] = [
  "县住建局", "县城管执法局", "（筹）", "“栏目”，", "👍", "👨‍👩‍👧", "🇨🇳", "🏽", "é", "e\u{301}", "\u{301}",
  "한", "\u{1112}\u{1161}\u{11AB}", "\u{1161}", "ｶﾞ", "ﾞ", "น้ำ", "क्षि", "\u{0903}", "\u{0D4E}",
  "\u{1B}[31mRED", "\u{1B}]0;x\u{07}", "\u{202E}", "\u{0}", "\t", "\n", "\r\n", "\r", "\u{7F}",
  "\u{85}", "\u{9B}1m", "\u{200B}", "\u{FEFF}", "\u{FE0F}", "\u{2028}", "\u{E0041}", "\u{378}",
  "\u{3164}", "\u{AD}", "=1+1", "+", "-", "@x", "a,b", "\"", "'", "\\", "|", "<b>", "&amp;", " ",
  "  ",
  "overdue", "x", "…", "─", "ﷺ", "𠀀", "\u{30000}", "\u{2F800}", "2024-11", "1,897",
]

extension SeededGenerator {
  mutating func text(upTo count: Int = 6) -> String {
    (0..<Int.random(in: 0...count, using: &self))
      .map { _ in hostilePieces.randomElement(using: &self) ?? "" }.joined()
  }

  mutating func numberCell() -> AnswerCell {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: return .undefined
    case 1:
      let value = Double.random(in: 0...1, using: &self)
      return AnswerCell(raw: .number(value), shown: "\(Int(value * 100)).00%")
    case 2: return AnswerCell(raw: .decimal("96.85"), shown: "96.85")
    case 3:
      let value = Int64.random(in: -50_000...50_000, using: &self)
      return AnswerCell(raw: .whole(value), shown: (value > 0 ? "+" : "") + grouped(Int(value)))
    default:
      let value = Int64.random(in: 0...9_999_999, using: &self)
      return AnswerCell(raw: .whole(value), shown: grouped(Int(value)))
    }
  }

  mutating func answer() -> Answer {
    let dimensionCount = Int.random(in: 1...2, using: &self)
    let measureCount = Int.random(in: 1...9, using: &self)
    var answer = Answer(
      sentence: text(), language: Bool.random(using: &self) ? .chinese : .english,
      dimensionCount: dimensionCount, headline: text(), foot: [text()], basis: text(),
      notes: [AnswerNote(code: "R02", text: text(), isInformational: false)])
    for index in 0..<dimensionCount + measureCount {
      answer.columns.append(
        AnswerColumn(
          name: "c\(index)", label: text(upTo: 3),
          kind: index < dimensionCount ? .dimension : .count,
          isAdditive: Bool.random(using: &self)))
    }
    for _ in 0..<Int.random(in: 1...8, using: &self) {
      answer.rows.append(row(dimensionCount, measureCount))
    }
    if Bool.random(using: &self) { answer.totals = row(dimensionCount, measureCount) }
    return answer
  }

  private mutating func row(_ dimensionCount: Int, _ measureCount: Int) -> AnswerRow {
    let texts = (0..<dimensionCount).map { _ in AnswerCell.text(text()) }
    return AnswerRow(texts + (0..<measureCount).map { _ in numberCell() })
  }
}
