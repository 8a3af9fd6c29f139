// RowMaking.swift: figures of many groups arrive; rows of the answer leave, worded when they are
// looked at.

import Catalog
import Columns
import Planning
import Syntax

/// The names of the members of one dimension.
struct MemberLabels: Sendable {
  private let timeUnit: TimeUnit?
  private let members: [Member]
  private let language: Language
  private let isKnown: Bool

  init(_ dimension: String, _ catalog: Catalog, _ language: Language) {
    let definition = catalog.dimension(named: dimension)
    isKnown = definition != nil
    timeUnit = definition?.timeUnit
    members = definition?.members ?? []
    self.language = language
  }

  func cell(_ code: Int) -> AnswerCell {
    guard isKnown else { return .blank }
    // A row without a time.
    if timeUnit != nil, code < 0 { return .undefined }
    switch timeUnit {
    case .month: return .text(Month(index: code).text)
    case .quarter: return .text(Quarter(index: code).text)
    case .year: return .text(String(code))
    case nil:
      guard members.indices.contains(code) else {
        return AnswerCell(raw: .text(""), shown: Bilingual("(blank)", "（空）")[language])
      }
      let member = members[code]
      return .text(language == .chinese ? member.chinese ?? member.name : member.name)
    }
  }
}

/// What it takes to word a row, apart from the question.
struct RowMaker: Sendable {
  /// Of the `by` dimensions.
  let members: [MemberLabels]
  let columns: [FigureColumn]

  func labels(_ key: GroupKey) -> [AnswerCell] { zip(members, key).map { $0.cell($1) } }

  func cells(_ table: FigureTable, _ row: Int) throws(ExactOverflow) -> [AnswerCell] {
    var cells: [AnswerCell] = []
    for (column, figures) in zip(columns, table.figures) {
      cells.append(
        try AnswerCell(
          figures[row], column.style, kind: column.kind, isSigned: column.isSigned))
    }
    return cells
  }
}

extension Finisher {
  /// Rows that are worded at once; more wait until they are looked at.
  private static let mostWordedRows = 1000

  var rowMaker: RowMaker {
    RowMaker(members: query.by.map { MemberLabels($0, catalog, language) }, columns: columns)
  }

  func bodyRows(_ rows: FigureRows) throws(ExactOverflow) -> AnswerRows {
    let (table, indices, maker) = (rows.table, rows.rows, rowMaker)
    return try answerRows(count: rows.count, [table]) { (row) throws(ExactOverflow) in
      AnswerRow(
        maker.labels(table.groups[indices[row]]) + (try maker.cells(table, indices[row])))
    }
  }

  /// - Throws: `ExactOverflow` for a figure that no cell holds.
  func answerRows(
    count: Int, _ tables: [FigureTable],
    _ make: @escaping @Sendable (Int) throws(ExactOverflow) -> AnswerRow
  ) throws(ExactOverflow) -> AnswerRows {
    if count > Self.mostWordedRows, tables.allSatisfy({ $0.figures.allSatisfy(\.isSmall) }) {
      // Figures of 64 bits always find room in a cell.
      return AnswerRows(count: count) { (try? make($0)) ?? AnswerRow([]) }
    }
    var list: [AnswerRow] = []
    list.reserveCapacity(count)
    for row in 0..<count { list.append(try make(row)) }
    return AnswerRows(list)
  }
}
