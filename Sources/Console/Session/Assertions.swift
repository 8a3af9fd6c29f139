// Assertions.swift: an assertion and its answer arrive; silence leaves where it holds, else what
// was got, expected and how far apart (codes A).

import Columns
import Planning
import Syntax

extension Session {
  /// - Throws: A01 to A04 with the assertion's own words first.
  func judge(_ assertion: AssertSyntax, _ language: Language) throws(PlanningFault)
    -> StatementOutcome
  {
    do throws(PlanningFault) {
      return try judged(assertion, language)
    } catch {
      guard case .wrong(var fault) = error, fault.code.hasPrefix("A"),
        let remark = assertion.remark?.text
      else { throw error }
      fault.hints.insert(Bilingual(same: remark), at: 0)
      throw .wrong(fault)
    }
  }

  private func judged(_ assertion: AssertSyntax, _ language: Language) throws(PlanningFault)
    -> StatementOutcome
  {
    let answer = try pipeline.answer(assertion.question, in: language)
    // What some of the shards say decides nothing.
    if let partial = answer.notes.first(where: { $0.code == "PARTIAL" }) {
      throw .wrong(.partialAnswer(partial.text, at: assertion.verdictRange))
    }
    if case .isEmpty(let isNegated) = assertion.verdict {
      guard answer.rows.isEmpty != isNegated else {
        throw .wrong(.emptyResult(at: assertion.verdictRange))
      }
      return .silent
    }
    if answer.rows.isEmpty { throw .wrong(.emptyResult(at: assertion.verdictRange)) }
    if assertion.quantifier == nil, answer.rows.count > 1 {
      throw .wrong(
        .undecided(answer.rows.count, assertion.verdict, at: assertion.verdictRange))
    }
    var fault: Diagnostic?
    var anyHolds = false
    for (index, row) in answer.rows.enumerated() {
      let expected = try expectedCell(assertion, answer, row: index, language)
      let failed = failure(assertion, answer, row, expected)
      anyHolds = anyHolds || failed == nil
      if fault == nil, var failed {
        if let places = placesHint(assertion.question, answer, row: row) {
          failed.hints.append(places)
        }
        fault = failed
      }
    }
    if assertion.quantifier == .any, anyHolds { return .silent }
    if let fault { throw .wrong(fault) }
    return .silent
  }

  /// The right side is asked over the same groups as the left one.
  private func expectedCell(
    _ assertion: AssertSyntax, _ answer: Answer, row: Int, _ language: Language
  ) throws(PlanningFault) -> [AnswerCell] {
    let sides: [ExpressionSyntax]
    switch assertion.verdict {
    case .compare(_, let side, _): sides = [side]
    case .between(let lower, let upper): sides = [lower, upper]
    default: return []
    }
    var question = assertion.question
    question.columns += sides.map { ColumnSyntax($0) }
    let both = try pipeline.answer(question, in: language)
    // A cluster may have lost rows meanwhile.
    guard both.rows.count > row else { throw .wrong(.emptyResult(at: assertion.verdictRange)) }
    return Array(both.rows[row].cells.suffix(sides.count))
  }

  private func failure(
    _ assertion: AssertSyntax, _ answer: Answer, _ row: AnswerRow, _ expected: [AnswerCell]
  ) -> Diagnostic? {
    let position = answer.dimensionCount
    guard row.cells.indices.contains(position) else {
      return .emptyResult(at: assertion.verdictRange)
    }
    let cell = row.cells[position]
    let name = answer.columns[position].name
    switch assertion.verdict {
    case .showsText(let text):
      return cell.shown == text.text
        ? nil : .assertionFailed(name, cell.shown, text.text, nil, at: assertion.verdictRange)
    case .showsNumber(let number):
      let wanted = number.exact
      return cell.exact == wanted
        ? nil
        : .assertionFailed(
          name, cell.shown, (try? wanted.text(places: number.scale)) ?? "", nil,
          at: assertion.verdictRange)
    case .isNull(let isNegated):
      return (cell.raw == .none) != isNegated
        ? nil : .undefinedCell(name, at: assertion.verdictRange)
    case .isEmpty: return nil
    case .compare(let comparison, _, let tolerance):
      return compare(cell, comparison, expected, tolerance, name, assertion.verdictRange)
    case .between:
      guard let value = cell.exact, expected.count == 2, let lower = expected[0].exact,
        let upper = expected[1].exact
      else { return .undefinedCell(name, at: assertion.verdictRange) }
      let limits = "\(expected[0].shown)–\(expected[1].shown)"
      return lower <= value && value <= upper
        ? nil : .assertionFailed(name, cell.shown, limits, nil, at: assertion.verdictRange)
    }
  }

  private func compare(
    _ cell: AnswerCell, _ comparison: Comparison, _ expected: [AnswerCell],
    _ tolerance: NumberSyntax?, _ name: String, _ range: SourceRange
  ) -> Diagnostic? {
    guard let value = cell.exact, let other = expected.first, let wanted = other.exact,
      let difference = try? value.subtracting(wanted)
    else { return .undefinedCell(name, at: range) }
    var holds =
      switch comparison {
      case .equal: value == wanted
      case .notEqual: value != wanted
      case .less: value < wanted
      case .lessOrEqual: value <= wanted
      case .greater: value > wanted
      case .greaterOrEqual: value >= wanted
      }
    if let tolerance, comparison == .equal, let size = difference.magnitude {
      holds = size <= tolerance.exact
    }
    guard !holds else { return nil }
    let places = difference.whole == nil ? 4 : 0
    let text = (try? difference.text(places: places)) ?? ""
    let signed = difference.isNegative ? text : "+" + text
    let expected = wanted.whole.map(String.init) ?? other.shown
    return .assertionFailed(name, cell.shown, expected, signed, at: range)
  }
}

extension NumberSyntax {
  /// A percent is a hundredth; the lexer bounds digits and scale, so the value exists.
  var exact: Exact {
    Exact(digits: digits, scale: scale + (form == .percent ? 2 : 0)) ?? .zero
  }
}

extension Exact {
  var magnitude: Exact? { isNegative ? try? negated() : self }
}

extension AnswerCell {
  /// The exact value, as far as the cell carries it.
  var exact: Exact? {
    switch raw {
    case .whole(let whole): Exact(whole)
    case .decimal(let text): Exact(decimal: text)
    case .number(let number): Exact(decimal: String(number))
    case .text, .none: nil
    }
  }
}

extension Exact {
  /// `-12.34`; nil for anything else.
  init?(decimal text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let places = parts.count > 1 ? parts[1].utf8.count : 0
    guard places <= 18, let digits = Int64(parts.joined()) else { return nil }
    self.init(digits: digits, scale: places)
  }
}

extension Diagnostic {
  static func assertionFailed(
    _ name: String, _ got: String, _ expected: String, _ difference: String?,
    at range: SourceRange
  ) -> Diagnostic {
    let tail = difference.map { Bilingual(" (difference \($0))", "（相差 \($0)）") }
    return Diagnostic(
      "A02", at: range,
      Bilingual(
        "assertion failed: \(name) is \(got), expected \(expected)" + (tail?.english ?? ""),
        "断言不成立：\(name)为\(got)，应为\(expected)" + (tail?.chinese ?? "")))
  }

  static func emptyResult(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "A03", at: range,
      Bilingual("assertion failed: the result is empty", "断言不成立：结果为空"))
  }

  static func partialAnswer(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "A04", at: range,
      Bilingual("assertion failed: the answer is \(text)", "断言不成立：结果\(text)"))
  }

  static func undefinedCell(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "A04", at: range,
      Bilingual("assertion failed: \(name) is undefined", "断言不成立：\(name)无定义"))
  }

  static func undecided(
    _ count: Int, _ verdict: AssertSyntax.Verdict, at range: SourceRange
  ) -> Diagnostic {
    let english = sentence(of: verdict, in: .english)
    let chinese = sentence(of: verdict, in: .chinese)
    return Diagnostic(
      "A01", at: range,
      Bilingual(
        "this result has \(count) rows, so `\(english)` is not decided",
        "结果有\(count)行，“\(chinese)”无法判断"),
      hints: [
        Bilingual("write `assert every …` or `assert any …`", "请写“断言 每行 …”或“断言 任一 …”")
      ])
  }

  static func parameterWithoutValue(_ name: Name) -> Diagnostic {
    Diagnostic(
      "N05", at: name.range,
      Bilingual("parameter `$\(name.text)` has no value", "参数“$\(name.text)”没有值"),
      hints: [
        Bilingual("give it one with `--set \(name.text)=…`", "请用 --set \(name.text)=… 给出")
      ])
  }

  static func wrongSetting(_ name: Name, _ text: String) -> Diagnostic {
    Diagnostic(
      "V02", at: name.range,
      Bilingual(
        "$\(name.text) cannot take the value \(text)", "参数“$\(name.text)”不能取值“\(text)”"),
      hints: [
        Bilingual(
          "give `--set \(name.text)=` a value of the declared kind",
          "请给 --set \(name.text)= 一个与声明相符的值")
      ])
  }

  static func notAvailable(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "C02", at: range,
      Bilingual("this statement cannot be run by this version", "此版本尚不能执行这种语句"))
  }
}
