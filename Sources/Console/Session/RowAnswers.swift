// RowAnswers.swift: `rows` and `drill` look behind one row of the last answer.

import Catalog
import Columns
import Execution
import Planning
import Syntax

extension Session {
  /// `rows [N]`: the loaded rows behind the last answer, or behind its row N, with file and line.
  func baseRowAnswer(_ number: Int?, at range: SourceRange, _ language: Language)
    throws(PlanningFault) -> Answer
  {
    guard let last = lastQuestion else {
      throw .wrong(.nothingAsked(at: range, Keyword.rows))
    }
    var question = last
    if let number { question = narrowed(last, to: try conditions(ofRow: number, at: range)) }
    let rows = try pipeline.baseRows(of: question.withBaseRowClauses)
    let catalog = ground.vocabulary.catalog
    let dimensions = catalog.dimensions.filter { dimension in
      rows.contains { $0.members[dimension.name] != nil }
    }
    let leading = [
      AnswerColumn(name: "dataset", label: Bilingual("Data set", "数据集")[language], kind: .text),
      AnswerColumn(name: "place", label: Bilingual("Place", "出处")[language], kind: .text),
    ]
    let values = AnswerColumn(
      name: "values", label: Bilingual("Values", "所记")[language], kind: .text)
    return Answer(
      sentence: "", language: language,
      columns: leading
        + dimensions.map {
          AnswerColumn(name: $0.name, label: $0.label[language], kind: .text)
        } + [values],
      rows: rows.map { row in
        let dataset = catalog.dataset(named: row.dataset)?.spoken[language] ?? row.dataset
        let cells =
          [row.place]
          + dimensions.map { label(row.members[$0.name] ?? "", of: $0, language) } + [
            row.values.joined(separator: ", ")
          ]
        return AnswerRow(
          [AnswerCell(raw: .text(row.dataset), shown: dataset)] + cells.map { .text($0) })
      })
  }

  /// A member as an answer prints it.
  private func label(_ member: String, of dimension: Dimension, _ language: Language) -> String {
    guard language == .chinese else { return member }
    return dimension.members.first { $0.name == member }?.chinese ?? member
  }

  /// `drill N [by …]`: the same figures within row N, split by other dimensions.
  ///
  /// Without `by` the split is the next finer one: the members below a kind, else the months.
  func drilled(_ number: Int, by names: [Name]?, at range: SourceRange) throws(PlanningFault)
    -> QuestionSyntax
  {
    guard let last = lastQuestion else {
      throw .wrong(.nothingAsked(at: range, Keyword.drill))
    }
    var question = narrowed(last, to: try conditions(ofRow: number, at: range))
    question.clauses.removeAll { !$0.kind.lastsIntoDrill }
    let dimensions: [Name]
    if let names {
      dimensions = names
    } else {
      dimensions = [Name(try finerDimension(at: range), at: range)]
    }
    question.clauses.insert(ClauseSyntax(.by(dimensions), at: range, keyword: range), at: 0)
    return question
  }

  /// The help line of a failed assertion: where the rows behind one of its figures stand.
  func placesHint(_ question: QuestionSyntax, _ answer: Answer, row: AnswerRow) -> Bilingual? {
    let narrow = narrowed(question, to: conditions(of: row, in: answer, at: question.range))
    guard row.cells.indices.contains(answer.dimensionCount),
      let rows = try? pipeline.baseRows(of: narrow.withBaseRowClauses), !rows.isEmpty
    else { return nil }
    let figure = row.cells[answer.dimensionCount].shown
    let listed = rows.prefix(3).map(\.place).joined(separator: ", ")
    let rest = rows.count - 3
    let more =
      rest > 0 ? Bilingual(", and \(rest) more", "，另有 \(rest) 行") : Bilingual(same: "")
    return Bilingual(
      "rows behind the \(figure): \(listed)\(more.english)",
      "\(figure)出自：\(listed)\(more.chinese)")
  }

  private func finerDimension(at range: SourceRange) throws(PlanningFault) -> String {
    let grouped = lastAnswer?.groupNames ?? []
    let finer = ground.vocabulary.catalog.dimensions.first { dimension in
      dimension.parent.map { grouped.contains($0) } == true && !grouped.contains(dimension.name)
    }
    if let finer { return finer.name }
    guard !grouped.contains(TimeUnit.month.rawValue) else {
      throw .wrong(.nothingFiner(at: range))
    }
    return TimeUnit.month.rawValue
  }

  /// The last question within one row of its answer.
  func narrowed(toRow number: Int, at range: SourceRange) throws(PlanningFault) -> QuestionSyntax {
    guard let last = lastQuestion else {
      throw .wrong(.nothingAsked(at: range, Keyword.rows))
    }
    return narrowed(last, to: try conditions(ofRow: number, at: range))
  }

  private func narrowed(_ question: QuestionSyntax, to conditions: [ConditionSyntax])
    -> QuestionSyntax
  {
    question.refined(
      by: conditions.map { .clause(ClauseSyntax(.where($0), at: $0.range, keyword: $0.range)) })
  }

  /// What holds in one row of the last answer: one test for each of its dimensions.
  private func conditions(ofRow number: Int, at range: SourceRange) throws(PlanningFault)
    -> [ConditionSyntax]
  {
    let rows = lastAnswer?.rows.filter { $0.role == .body } ?? []
    guard let answer = lastAnswer, rows.indices.contains(number - 1) else {
      throw .wrong(.noSuchRow(number, of: rows.count, at: range))
    }
    return conditions(of: rows[number - 1], in: answer, at: range)
  }

  private func conditions(of row: AnswerRow, in answer: Answer, at range: SourceRange)
    -> [ConditionSyntax]
  {
    zip(answer.groupNames, row.cells).compactMap { dimension, cell in
      // The items of a scheme are made from figures: no loaded row has one.
      if ground.vocabulary.catalog.dimension(named: dimension)?.memberSource == .scheme {
        return nil
      }
      let name = Name(dimension, at: range)
      guard case .text(let member) = cell.raw, !member.isEmpty else {
        return ConditionSyntax(.test(name, .isBlank(isNegated: false)), at: range)
      }
      let scalar = ScalarSyntax(scalarKind(member, of: dimension), at: range)
      return ConditionSyntax(.test(name, .compare(.equal, SpanSyntax(scalar))), at: range)
    }
  }

  /// A time cell is a period; every other cell is a member's name.
  private func scalarKind(_ text: String, of dimension: String) -> ScalarSyntax.Kind {
    guard ground.vocabulary.catalog.dimension(named: dimension)?.timeUnit != nil else {
      return .text(text)
    }
    switch lex(text).tokens.first?.kind {
    case .period(let literal): return .period(literal)
    case .number(let number): return .number(number, isNegative: false)
    default: return .text(text)
    }
  }
}

extension BaseRow {
  /// File and line, without the folders.
  var place: String {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return line > 0 ? "\(name):\(line)" : name
  }
}

extension QuestionSyntax {
  /// Only the clauses that say what the base rows are: the groups choose the data set.
  fileprivate var withBaseRowClauses: QuestionSyntax {
    var question = self
    question.clauses.removeAll { !$0.kind.choosesBaseRows }
    return question
  }
}

extension Answer {
  /// The dimensions of the leading columns.
  var groupNames: [String] { columns.prefix(dimensionCount).map(\.name) }
}

extension ClauseSyntax.Kind {
  fileprivate var choosesRange: Bool { isClause(.where) || isClause(.during) }

  /// Which clauses say what the base rows are.
  fileprivate var choosesBaseRows: Bool {
    choosesRange || isClause(.by) || isClause(.across)
  }

  /// Ranking, grouping and output are of the answer that is left.
  var lastsIntoDrill: Bool {
    choosesRange || isClause(.vs) || isClause(.assume)
  }
}

extension Diagnostic {
  static func nothingAsked(at range: SourceRange, _ keyword: Keyword) -> Diagnostic {
    let english = Keywords.spelling(of: keyword, in: .english)
    let chinese = Keywords.spelling(of: keyword, in: .chinese)
    return Diagnostic(
      "P16", at: range,
      Bilingual("`\(english)` needs a query before it", "“\(chinese)”之前须有查询"))
  }

  static func nothingFiner(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "V02", at: range,
      Bilingual("the last answer is split by month already", "上一个结果已经按月"),
      hints: [Bilingual("name what to split by: `drill 1 by unit`", "请写明按什么分开，如“下钻 1 按 单位”")])
  }

  static func noSuchRow(_ number: Int, of count: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "V02", at: range,
      Bilingual("the last answer has no row \(number)", "上一个结果没有第 \(number) 行"),
      hints: [
        count == 0
          ? Bilingual("it has no rows", "它没有行")
          : Bilingual("its rows are 1 to \(count)", "行号为 1 到 \(count)")
      ])
  }
}
