// ColumnFormulas.swift: what the columns of a data set are computed from is held against what can
// be computed while a file is read.

import Syntax

extension ColumnFormula {
  /// The columns that it names, each once, in written order.
  package var columns: [String] {
    var found: [String] = []
    for name in names where !found.contains(name.text) { found.append(name.text) }
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

  fileprivate var names: [Name] {
    switch self {
    case .value(let expression): expression.measures
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

  /// Left of the tests and right of them.
  fileprivate var formulaNames: [Name] {
    switch kind {
    case .any(let parts), .all(let parts): return parts.flatMap(\.formulaNames)
    case .not(let inner): return inner.formulaNames
    case .saved: return []
    case .test(let name, let test):
      guard case .compare(_, let span) = test, case .name(let other) = span.lower.kind,
        !["yes", "no"].contains(foldedName(other.text))
      else { return [name] }
      return [name, other]
    }
  }
}

extension CatalogBuilder {
  /// A formula names columns of its data set, of its kind, and what can be computed row by row; a
  /// text is the first of some texts.
  mutating func checkFormulas(of dataset: Dataset) {
    for column in dataset.columns {
      guard let formula = column.formula else { continue }
      let names = formula.names
      // Right of a test a word is a column only where there is one.
      let unknown = names.first { name in
        dataset.column(named: name.text) == nil && formula.isCalculation(with: name)
      }
      if let unknown {
        report(.dataset, dataset.name, .noSuchColumn(unknown, dataset))
        continue
      }
      let known = names.compactMap { dataset.column(named: $0.text) }
      let isText = column.type == .text
      let fits =
        isText
        ? formula.isChoice && known.allSatisfy { $0.type == .text }
        : formula.isComputable && !known.contains { [.decimal, .percent].contains($0.type) }
      let isTyped = [.decimal, .percent, .period].contains(column.type)
      if !fits || isTyped {
        report(.dataset, dataset.name, .formulaNotComputable(column.name, at: names.first))
      }
    }
  }
}

extension ColumnFormula {
  /// A word right of a test may be a text instead of a column.
  fileprivate func isCalculation(with name: Name) -> Bool {
    switch self {
    case .value: true
    case .test(let condition): condition.testedNames.contains(name)
    }
  }
}

extension ConditionSyntax {
  fileprivate var testedNames: [Name] {
    switch kind {
    case .any(let parts), .all(let parts): parts.flatMap(\.testedNames)
    case .not(let inner): inner.testedNames
    case .saved: []
    case .test(let name, _): [name]
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
