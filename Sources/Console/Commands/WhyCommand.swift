// WhyCommand.swift: `.why [row [column]]`: the numbers inside one figure of the last answer.

import Catalog
import Columns
import Planning
import Rendering
import Syntax

extension DotCommand {
  static let why = DotCommand(
    "why", "为什么",
    [
      CommandArgument(.number, Bilingual("[row", "[行")),
      CommandArgument(.number, Bilingual("[column]]", "[列]]")),
    ],
    help: Bilingual(
      "one figure of the last answer: definition, the numbers in its formula, basis, source lines",
      "上一个结果中的一个数：定义、公式中的数字、口径、出处"),
    instead: Bilingual("`explain QUESTION`", "“解释 问句”"), action: tellWhy)

  @Sendable private static func tellWhy(_ call: CommandCall, _ batch: inout Batch)
    throws(PlanningFault) -> CommandOutcome
  {
    guard let answer = batch.session.lastAnswer else { throw .wrong(.nothingAnswered(call)) }
    guard call.words.count <= 2 else { throw .wrong(.wrongArgument(call, of: why)) }
    let bodyCount = answer.rows.count { $0.role == .body }
    var row: Int?
    if let word = call.words.first {
      guard bodyCount > 0 else {
        throw .wrong(.noSuchRow(1, of: 0, at: word.range))
      }
      row = try why.number(word, in: 1...bodyCount, of: call)
    } else if answer.dimensionCount > 0, bodyCount > 0 {
      row = 1
    }
    var column: Int?
    if call.words.count == 2 {
      column = try why.figureColumn(call.words[1], of: answer, call)
    }
    // The answer that is explained says in which language.
    let language = batch.options.language ?? answer.language
    let lines = try batch.session.figureLines(
      row: row, column: column, at: call.argumentRange, language)
    batch.tell(lines.map(terminalSafe))
    return .done
  }

  /// A column by its number as shown, or by its name; the place among the figures.
  private func figureColumn(_ word: CommandCall.Word, of answer: Answer, _ call: CommandCall)
    throws(PlanningFault) -> Int
  {
    let folded = foldedName(word.text)
    let named = answer.columns.firstIndex {
      foldedName($0.name) == folded || foldedName($0.label) == folded
    }
    guard let place = named ?? Int(folded).map({ $0 - 1 }), answer.columns.indices.contains(place),
      place >= answer.dimensionCount
    else {
      let figures = answer.columns.dropFirst(answer.dimensionCount)
      let first = answer.dimensionCount + 1
      let list = figures.enumerated().map { "\(first + $0.offset) \($0.element.label)" }
        .joined(separator: ", ")
      throw .wrong(
        Diagnostic(
          "C03", at: word.range,
          Bilingual("this column holds no figure", "这一列不是数"),
          hints: [Bilingual("figures: \(list)", "可写：\(list)")]))
    }
    return place - answer.dimensionCount
  }
}

extension Session {
  private static let sourceLimit = 5

  /// The definition, the numbers in the formula, the basis, and the source lines of one figure.
  fileprivate func figureLines(
    row: Int?, column: Int?, at range: SourceRange, _ language: Language
  ) throws(PlanningFault) -> [String] {
    guard let last = lastQuestion else { return [] }
    var question = last
    if let row { question = try narrowed(toRow: row, at: range) }
    question.keepOnlyColumn(column ?? 0)
    let explained = try pipeline.explain(question, as: .figures, in: language)
    var lines = explained.rows.compactMap { row -> String? in
      if case .text(let text)? = row.cells.first?.raw { text } else { nil }
    }
    lines += definitions(of: question, language)
    lines.append(basisText(explained, language))
    lines += explained.notes.filter { !$0.isInformational }
      .map { language == .chinese ? "注 \($0.code)：\($0.text)" : "note \($0.code): \($0.text)" }
    return lines + (try sourceLines(of: question, language))
  }

  private func basisText(_ answer: Answer, _ language: Language) -> String {
    Bilingual("basis: \(answer.basis)", "口径：\(answer.basis)")[language]
  }

  /// What each metric of the figure is, as the catalogue says it.
  private func definitions(of question: QuestionSyntax, _ language: Language) -> [String] {
    guard let column = question.columns.first else { return [] }
    return column.expression.measureNames.compactMap { ground.vocabulary.metric($0) }.map {
      metric in
      let head = Bilingual("definition: ", "定义：")[language]
      return head + definition(of: metric, language)
    }
  }

  private func sourceLines(of question: QuestionSyntax, _ language: Language)
    throws(PlanningFault) -> [String]
  {
    let rows = try pipeline.baseRows(of: question)
    var lines = rows.prefix(Self.sourceLimit).map { row in
      let head = Bilingual("source", "出处")[language]
      let values = row.values.joined(separator: ", ")
      return "\(head) \(row.place)" + (values.isEmpty ? "" : "  \(values)")
    }
    let rest = rows.count - lines.count
    if rest > 0 {
      lines.append(
        Bilingual("… and \(rest) more lines, `rows` lists all", "……另有 \(rest) 行，“明细”可列出全部")[
          language])
    }
    return lines
  }
}

extension QuestionSyntax {
  /// The one figure that is asked about: no other column, and nothing that ranks or writes.
  fileprivate mutating func keepOnlyColumn(_ index: Int) {
    // Columns that a clause has added belong to the column they were added to.
    columns = [columns[min(index, columns.count - 1)]]
    clauses.removeAll { !$0.kind.lastsIntoDrill }
  }
}
