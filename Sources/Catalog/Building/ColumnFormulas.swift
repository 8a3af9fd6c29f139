// ColumnFormulas.swift: what the columns of a data set are computed from is held against what can
// be computed while a file is read.

import Syntax

extension ColumnFormula {
  /// The columns that it names, each once, in written order.
  package var columns: [String] {
    var found: [String] = []
    for word in names where !found.contains(word.name.text) { found.append(word.name.text) }
    return found
  }

  /// The first of its columns that has a value, and nothing more.
  package var isChoice: Bool {
    guard case .value(let expression) = self else { return false }
    switch expression.kind {
    case .measure: return true
    case .call(.scalar(.coalesce, let arguments)):
      return arguments.allSatisfy { ColumnFormula.value($0).isChoice }
    default: return false
    }
  }

  fileprivate var names: [FormulaName] {
    switch self {
    case .value(let expression):
      expression.measures.map { FormulaName(name: $0, mayBeText: false) }
    case .test(let condition): condition.formulaNames
    }
  }

  /// Whether it is made of what can be computed row by row.
  fileprivate var isComputable: Bool {
    switch self {
    case .value(let expression): expression.isComputable
    case .test(let condition): condition.isComputable
    }
  }
}

extension ExpressionSyntax {
  fileprivate var isComputable: Bool {
    switch kind {
    case .number(let number): number.scale == 0 && number.form == .whole
    case .measure(_, let filter): filter == nil
    case .negated(let inner): inner.isComputable
    case .sum(let terms): terms.allSatisfy { $0.term.isComputable }
    case .call(.scalar(let function, let arguments)):
      switch function {
      case .coalesce, .least, .greatest: arguments.allSatisfy(\.isComputable)
      case .days: arguments.count == 2 && arguments.allSatisfy(\.isComputable)
      case .round, .abs, .floor: false
      }
    case .call(.aggregate(let function, let inner, _, let weight)):
      [.max, .min].contains(function) && weight == nil && inner.isComputable
    case .product, .parameter, .call: false
    }
  }
}

extension ConditionSyntax {
  fileprivate var isComputable: Bool {
    switch kind {
    case .any(let parts), .all(let parts): parts.allSatisfy(\.isComputable)
    case .not(let inner): inner.isComputable
    case .test(_, .text), .saved: false
    case .test: true
    }
  }

  /// The names left of the tests, and right of them the words that may be names too.
  fileprivate var formulaNames: [FormulaName] {
    switch kind {
    case .any(let parts), .all(let parts): return parts.flatMap(\.formulaNames)
    case .not(let inner): return inner.formulaNames
    case .saved: return []
    case .test(let name, let test):
      let left = FormulaName(name: name, mayBeText: false)
      guard case .compare(_, let span) = test, case .name(let other) = span.lower.kind,
        FlagWord.value(of: other.text) == nil
      else { return [left] }
      return [left, FormulaName(name: other, mayBeText: true)]
    }
  }
}

/// A word of a formula that names a column, or may.
private struct FormulaName {
  var name: Name
  /// Right of a test a word is a column only where there is one.
  var mayBeText: Bool
}

extension CatalogBuilder {
  /// A formula names columns of its data set, of its kind, and what can be computed row by row; a
  /// text is the first of some texts.
  mutating func checkFormulas(of dataset: Dataset) {
    for column in dataset.columns {
      guard let formula = column.formula else { continue }
      let names = formula.names
      let unknown = names.first { !$0.mayBeText && dataset.column(named: $0.name.text) == nil }
      if let unknown {
        report(.dataset, dataset.name, .noSuchColumn(unknown.name, dataset))
        continue
      }
      let known = names.compactMap { dataset.column(named: $0.name.text) }
      let isText = column.type == .text
      let fits =
        isText
        ? formula.isChoice && known.allSatisfy { $0.type == .text }
        : formula.isComputable && !known.contains { [.decimal, .percent].contains($0.type) }
      let isTyped = [.decimal, .percent, .period].contains(column.type)
      if !fits || isTyped {
        report(.dataset, dataset.name, .formulaNotComputable(column.name, at: names.first?.name))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func formulaNotComputable(_ column: String, at name: Name?) -> Diagnostic {
    Diagnostic(
      "D01", at: name?.range,
      Bilingual(
        "column `\(column)` cannot be computed in this way", "列“\(column)”不能这样计算"),
      hints: [
        Bilingual(
          "whole numbers, dates and flags are computed with + - coalesce least greatest days, "
            + "and max or min per a column; a text is `coalesce` of texts",
          "整数、日期和是否列可用 + - 缺省 取小 取大 天数差，以及“最大 … 每 列”“最小 … 每 列”；文字列只能用“缺省”")
      ])
  }
}
