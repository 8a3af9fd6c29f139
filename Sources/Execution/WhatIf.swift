// WhatIf.swift: a question with assumptions arrives; what was put in place of what, and what came
// of it, leaves in words (I11, H9).

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// One note for all assumptions: each with the figure it replaces, then the shown figures of the
  /// whole answer, actual and assumed. Which groups a value other than 0 is put into is said.
  mutating func addWhatIf() throws(ExactOverflow) {
    guard !query.assumptions.isEmpty else { return }
    var parts: [Bilingual] = []
    for assumption in query.assumptions { parts.append(try substitution(assumption)) }
    let assumed = Set(query.assumptions.map(\.metric))
    let whole = Frame(dimensions: [], months: query.months)
    for column in columns where column.hasTotal || query.groups.isEmpty {
      guard column.versus == nil, !isAssumed(column, assumed),
        let text = try change(column, [], whole)
      else { continue }
      parts.append(
        Bilingual(
          "\(column.label.english) \(text)", "\(column.label.chinese) \(text)"))
    }
    notes.append(
      note(
        "I11", "what if: " + parts.map(\.english).joined(separator: "; "),
        "假设：" + parts.map(\.chinese).joined(separator: "；")))
  }

  /// The column is the metric that is assumed, which is told already.
  private func isAssumed(_ column: FigureColumn, _ assumed: Set<String>) -> Bool {
    guard case .measure(let measure) = column.formula else { return false }
    return measure.filter == nil && assumed.contains(measure.metric)
  }

  /// `overdue{month = 11} 45 → 0, overdue 52 → 7`
  private func substitution(_ assumption: QueryAssumption) throws(ExactOverflow) -> Bilingual {
    let name = catalog.metric(named: assumption.metric)
    let label = Bilingual(assumption.metric, name?.label.chinese ?? assumption.metric)
    let measure = Measure(metric: assumption.metric, filter: nil, isOptional: false)
    let whole = Frame(dimensions: [], months: query.months)
    let style = CellStyle(kind: name?.kind ?? .count, format: name?.format)
    let asked = FigureColumn(
      name: assumption.metric, label: label, kind: .count, style: style, hasTotal: true,
      formula: .measure(measure))
    let change = try change(asked, [], whole) ?? "-"
    var result = Bilingual("\(label.english) \(change)", "\(label.chinese) \(change)")
    if let filter = assumption.filter {
      let part = Measure(metric: assumption.metric, filter: filter, isOptional: false)
      let before = try shown(evaluation.recorded(part, [], whole, isInArithmetic: false), asked)
      let after = try shown(evaluation.value(assumption.value, [], whole), asked)
      let words = text(of: filter)
      result.english =
        "\(label.english){\(words.english)} \(before) → \(after), " + result.english
      result.chinese =
        "\(label.chinese)｛\(words.chinese)｝\(before) → \(after)，" + result.chinese
    }
    let isZero = try evaluation.value(assumption.value, [], whole) == .exact(.zero)
    if !query.groups.isEmpty, !isZero {
      let dimensions = query.groups.compactMap { catalog.dimension(named: $0) }
      result.english += ", put into each \(dimensions.map(\.name).joined(separator: ", "))"
      result.chinese += "，逐\(dimensions.map(\.label.chinese).joined(separator: "、"))代入"
    }
    return result
  }

  /// `52 → 7`, with the difference where there is one; nil where either is undefined.
  private func change(_ column: FigureColumn, _ key: GroupKey, _ frame: Frame)
    throws(ExactOverflow) -> String?
  {
    guard let pair = try actualAndAssumed(column, key, frame) else { return nil }
    return try shown(.exact(pair.actual), column) + " → " + shown(.exact(pair.assumed), column)
      + " (" + difference(pair, column) + ")"
  }

  private func actualAndAssumed(_ column: FigureColumn, _ key: GroupKey, _ frame: Frame)
    throws(ExactOverflow) -> (actual: Exact, assumed: Exact)?
  {
    guard let assumed = try evaluation.value(column.formula, key, frame).exact else { return nil }
    evaluation.isAssuming = false
    defer { evaluation.isAssuming = true }
    return try evaluation.value(column.formula, key, frame).exact.map { ($0, assumed) }
  }

  /// Ratios differ by percentage points, scores as they are printed.
  private func difference(_ pair: (actual: Exact, assumed: Exact), _ column: FigureColumn)
    throws(ExactOverflow) -> String
  {
    let exact = try pair.assumed.subtracting(pair.actual)
    guard case .percent(let places) = column.style else {
      return try AnswerCell(.exact(exact), column.style, kind: column.kind, isSigned: true).shown
    }
    let points = CellStyle.points(places: places)
    return try AnswerCell(.exact(exact), points, kind: .points, isSigned: true).shown
      + say(Bilingual(" pp", "个百分点"))
  }

  private func shown(_ value: Value, _ column: FigureColumn) throws(ExactOverflow) -> String {
    try AnswerCell(value, column.style, kind: column.kind).shown
  }

  // MARK: - Headline

  /// H9: one figure, assumed and actual.
  func whatIfHeadline(_ row: FigureRow) throws(ExactOverflow) -> String? {
    guard let column = columns.last(where: { $0.versus == nil }), query.groups.isEmpty,
      let pair = try actualAndAssumed(column, row.key, frame)
    else { return nil }
    let (actual, assumed) = (
      try shown(.exact(pair.actual), column), try shown(.exact(pair.assumed), column)
    )
    let name = subject ?? ""
    let change = try difference(pair, column)
    let isHigher = pair.assumed > pair.actual
    let distance = change.drop { $0 == "+" || $0 == "-" }
    let (label, sign) = (say(column.label), isHigher ? "高" : "低")
    let english = name.isEmpty ? "" : name + " "
    return say(
      Bilingual(
        "assumed: \(english)\(label.lowercased()) \(assumed), actual \(actual), \(change)",
        "假设下\(name)\(label) \(assumed)，实际 \(actual)，"
          + (pair.assumed == pair.actual ? "不变" : "\(sign) \(distance)")))
  }

  // MARK: - Conditions

  /// A condition as a sentence would have it.
  private func text(of condition: Condition) -> Bilingual {
    switch condition {
    case .all(let parts):
      let texts = parts.map { text(of: $0) }
      return Bilingual(
        texts.map(\.english).joined(separator: " and "),
        texts.map(\.chinese).joined(separator: " 且 "))
    case .isMember(let dimension, let members) where members.count == 1:
      let definition = catalog.dimension(named: dimension)
      let member = definition?.members.first { $0.name == members[0] }
      return Bilingual(
        "\(dimension) = \(members[0])",
        "\(definition?.label.chinese ?? dimension)=\(member?.chinese ?? members[0])")
    case .part(let unit, let range) where range.count == 1:
      let label = catalog.dimension(named: unit.rawValue)?.label.chinese ?? unit.rawValue
      return Bilingual("\(unit.rawValue) = \(range.lowerBound)", "\(label)=\(range.lowerBound)")
    default: return Bilingual(same: Planning.text(of: condition))
    }
  }
}
