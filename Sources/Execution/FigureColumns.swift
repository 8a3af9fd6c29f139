// FigureColumns.swift: the columns of a query arrive; the figures that an answer will state leave.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// The metrics as asked, then what `vs`, `with share`, `rank` and `running` add.
  func figureColumns() -> [FigureColumn] {
    var result: [FigureColumn] = []
    for column in query.columns {
      result.append(base(column))
      result += versusColumns(column)
    }
    guard let first = query.columns.first else { return result }
    for extra in query.extras {
      if let column = extraColumn(extra, first) { result.append(column) }
    }
    return result
  }

  private func base(_ column: QueryColumn) -> FigureColumn {
    FigureColumn(
      name: column.name, label: column.label, kind: column.kind.answerKind,
      style: CellStyle(kind: column.kind, format: column.format),
      isAdditive: column.isAdditive, hasTotal: hasTotal(column.formula), formula: column.formula)
  }

  /// Scores and ranks of a whole do not exist.
  private func hasTotal(_ formula: Formula) -> Bool {
    switch formula {
    case .rounded, .byItem: false
    case .window(.rank, _, _): false
    case .sum(let terms): terms.allSatisfy { hasTotal($0.formula) }
    default: true
    }
  }

  private func versusColumns(_ column: QueryColumn) -> [FigureColumn] {
    guard let versus = query.versus else { return [] }
    let asked = versus.parts.isEmpty ? [VersusPart.value, .delta, .growth] : versus.parts
    return asked.compactMap { part in
      // Growth of a ratio is off unless it is asked for as a function.
      if part == .growth, column.kind == .ratio || column.kind == .score { return nil }
      var result = base(column)
      result.versus = part
      result.isAdditive = false
      result.name = "\(column.name) \(part.rawValue)"
      switch part {
      case .value:
        result.label = Bilingual(
          "\(column.label.english) before", "\(column.label.chinese)（对比期）")
      case .delta:
        result.becomeChange(of: column)
        result.label = Bilingual(
          "\(column.label.english) change", "\(column.label.chinese)增减")
        if case .percent(let places) = result.style {
          result.style = .points(places: places)
          result.label.english += " (pp)"
          result.label.chinese += "（个百分点）"
        }
      case .growth:
        result.becomeChange(of: column)
        result.style = .percent(places: 2)
        result.label = Bilingual(
          "\(column.label.english) growth", "\(column.label.chinese)增幅")
      }
      return result
    }
  }

  private func extraColumn(_ extra: QueryExtra, _ first: QueryColumn) -> FigureColumn? {
    switch extra {
    case .share(let dimensions):
      return FigureColumn(
        name: "share", label: Bilingual("Share", "占比"), kind: .ratio,
        style: .percent(places: 2), isAdditive: false, hasTotal: true,
        formula: .window(.share, first.formula, dimensions.isEmpty ? .all : .of(dimensions)))
    case .rank(let per, let isDense):
      let ranked = first.isHighBetter == false ? Formula.negated(first.formula) : first.formula
      return FigureColumn(
        name: "rank", label: Bilingual("Rank", "排名"), kind: .count, style: .whole,
        isAdditive: false, hasTotal: false,
        formula: .window(.rank, ranked, per.isEmpty ? .all : .per(per)), isDense: isDense)
    case .running(let along):
      var column = base(first)
      column.name = "running"
      column.label = Bilingual("Running", "累计")
      column.isAdditive = false
      column.hasTotal = false
      column.formula = .window(.running, first.formula, along.map { .along($0) } ?? .all)
      return column
    case .totals, .subtotals, .others, .empty: return nil
    }
  }
}

extension FigureColumn {
  fileprivate mutating func becomeChange(of column: QueryColumn) {
    kind = .change
    isSigned = true
    isHighBetter = column.isHighBetter
  }
}
