// Finish.swift: a plan arrives, an answer leaves: everything after the sums, in the one fixed order
// of language.md 6.1 — derived figures, comparisons, having, top, order, totals, rounding.

import Catalog
import Columns
import Planning
import Syntax

/// Answers a plan from the store.
///
/// - Parameters:
///   - aggregator: the engine that filters, groups and adds; nil: the one in memory.
///   - index: what is known of the store already; nil: made for this question alone.
///   - monitor: where the question is cancelled from, and what it costs is told to.
/// - Throws: `ExactOverflow` (V04) where a figure outgrows 128 bits.
/// - Complexity: O(rows × measures + groups × formulas)
package func answer(
  _ plan: Plan, from store: Store, in vocabulary: Vocabulary, holding holdings: Holdings,
  language: Language, by aggregator: (any Aggregator)? = nil, using index: StoreIndex? = nil,
  watchedBy monitor: ExecutionMonitor = ExecutionMonitor()
) throws(ExactOverflow) -> Answer {
  let memory = MemoryAggregator(index ?? StoreIndex(store, vocabulary.catalog), monitor)
  let evaluation = Evaluation(plan, memory, vocabulary, holdings, by: aggregator)
  var finisher = Finisher(evaluation, language)
  return try finisher.run()
}

/// One column of figures to come.
struct FigureColumn {
  var name: String
  var label: Bilingual
  var kind: AnswerColumnKind
  var style: CellStyle
  var isSigned = false
  var isAdditive = false
  /// A totals row can state it.
  var hasTotal: Bool
  var formula: Formula
  /// The earlier figure, or what the column says about it.
  var versus: VersusPart?
  /// Of a change: whether more is better.
  var isHighBetter: Bool?
  /// A rank without gaps: 1, 2, 2, 3.
  var isDense = false
}

/// The figures of all groups, column by column.
final class FigureTable: Sendable {
  let groups: GroupList
  let figures: [ValueColumn]

  init(_ groups: GroupList, _ figures: [ValueColumn]) {
    self.groups = groups
    self.figures = figures
  }
}

struct FigureRow {
  /// Among all groups of the question.
  var index: Int
  var table: FigureTable

  var key: GroupKey { table.groups[index] }
  var values: [Value] { table.figures.map { $0[index] } }
}

/// Some of the groups, in an order of their own.
struct FigureRows: RandomAccessCollection {
  let table: FigureTable
  /// Where the figures of each stand in the table.
  var rows: [Int]

  var startIndex: Int { 0 }
  var endIndex: Int { rows.count }
  subscript(position: Int) -> FigureRow { FigureRow(index: rows[position], table: table) }

  func choosing(_ rows: [Int]) -> FigureRows { FigureRows(table: table, rows: rows) }
}

struct Finisher {
  let evaluation: Evaluation
  let language: Language
  var columns: [FigureColumn] = []
  var notes: [AnswerNote] = []
  /// The place at which `top` kept ties.
  var tiedPlace: Int?
  var undefinedCount = 0
  /// The members of `across`, once the pivot is laid out.
  var pivotTops: [GroupKey] = []
  /// The columns of a pivot that `with others` brings together.
  var hiddenColumns: HiddenColumns?
  /// The rows among which `top` has chosen lines: it hides none of their columns.
  var rankedRows: FigureRows?
  /// Rows of groups, without subtotals and others.
  var bodyCount = 0
  /// Groups that `with empty` added.
  var emptyCount = 0
  /// All groups, before having and top.
  var groups = GroupList([])
  var groupCount: Int { groups.count }

  var query: Query { evaluation.query }
  var catalog: Catalog { evaluation.catalog }
  var frame: Frame { evaluation.mainFrame }

  init(_ evaluation: Evaluation, _ language: Language) {
    self.evaluation = evaluation
    self.language = language
  }

  func say(_ text: Bilingual) -> String { text[language] }

  mutating func run() throws(ExactOverflow) -> Answer {
    columns = figureColumns()
    var rows = try allRows()
    let everything = rows
    rows = try havingKept(rows)
    rows = try topKept(rows)
    rows = try ordered(rows)
    var answer = Answer(sentence: "", language: language)
    guard !Stopping.isWanted else { return answer }
    answer.form = query.form
    answer.title = query.title
    let years = Set(query.months.map { Month(index: $0).year })
    answer.year = years.count == 1 ? years.first : nil
    try lay(rows, everything, into: &answer)
    answer.basis = try basis()
    guard !Stopping.isWanted else { return answer }
    try addNotes(rows: rows, everything)
    answer.notes = notes
    answer.foot = rowFoot(bodyCount)
    answer.headline = try headline(rows, everything)
    return answer
  }

  /// How many rows there are, and which place is tied; one group needs no count.
  private func rowFoot(_ count: Int) -> [String] {
    guard !query.groups.isEmpty, count > 0 else { return [] }
    var text = Bilingual(counted(count, "row"), "\(count) 行")
    if let tiedPlace {
      text.english += ", place \(tiedPlace) is tied"
      text.chinese += "，第 \(tiedPlace) 名并列"
    }
    return [say(text)]
  }

  // MARK: - Rows

  /// Groups of the period that is compared with, as groups of the later one: what has come to
  /// nothing since is not lost (language.md 6.2, rule 16).
  private func earlierGroups() throws(ExactOverflow) -> GroupList? {
    let units = frame.dimensions.map { catalog.dimension(named: $0)?.timeUnit }
    guard let versus = query.versus,
      let shift = query.monthShift(versus.baseline, times: Set(units.compactMap(\.self)))
    else { return nil }
    var before = frame
    before.months = frame.months.map { $0 - shift }
    let groups = try evaluation.groups(of: query.columns.map(\.formula), before)
    // Rows without a time have none in the later period either.
    return groups.moved(by: units.map { $0.map { -(shift / $0.monthCount) } ?? 0 })
  }

  private mutating func allRows() throws(ExactOverflow) -> FigureRows {
    groups = try allGroups()
    var figures: [ValueColumn] = []
    for column in columns {
      // Whoever stops throws the answer away: each row still has its place in every column.
      figures.append(
        Stopping.isWanted
          ? ValueColumn(repeating: .null, count: groups.count) : try values(of: column, groups))
    }
    return FigureRows(table: FigureTable(groups, figures), rows: Array(0..<groups.count))
  }

  private mutating func allGroups() throws(ExactOverflow) -> GroupList {
    guard !frame.dimensions.isEmpty else { return GroupList([[]]) }
    var groups = try evaluation.groups(of: query.columns.map(\.formula), frame)
    if let earlier = try earlierGroups() { groups = groups.union(earlier) }
    let left = leftOutKeys
    if !left.isEmpty { groups = groups.union(GroupList(evaluation.sorted(left))) }
    if query.extras.contains(.empty) {
      let count = groups.count
      groups = withEmpty(groups)
      emptyCount = groups.count - count
    }
    return groups
  }

  /// A column of figures for many groups.
  func values(
    of column: FigureColumn, _ groups: GroupList, in frame: Frame? = nil
  ) throws(ExactOverflow) -> ValueColumn {
    let frame = frame ?? self.frame
    if column.isDense, case .window(.rank, let inner, let scope) = column.formula {
      return try evaluation.rankColumn(inner, scope, isDense: true, groups, frame)
    }
    guard let part = column.versus, let versus = query.versus else {
      return try evaluation.column(column.formula, groups, frame)
    }
    let (formula, baseline) = (column.formula, versus.baseline)
    switch part {
    case .value: return try evaluation.earlierColumn(formula, baseline, groups, frame)
    case .delta: return try evaluation.differences(formula, baseline, groups, frame)
    case .growth: return try evaluation.growths(formula, baseline, groups, frame)
    }
  }

  /// Groups that no data set answers for: shown with `-`, so that nobody takes them for 0.
  private var leftOutKeys: Set<GroupKey> {
    var keys: Set<GroupKey> = []
    for use in query.columns.flatMap({ $0.formula.measureUses(extra: []) }) {
      for left in evaluation.plan.measures[use]?.leftOut ?? [] {
        for quarter in left.quarters {
          let key = frame.dimensions.map { name -> Int? in
            switch catalog.dimension(named: name)?.timeUnit {
            case .quarter: return quarter.index
            case .year: return quarter.year
            case .month: return nil
            case nil: return left.members[name].map { evaluation.codes.code($0, of: name) }
            }
          }
          let known = key.compactMap { $0 }
          if known.count == key.count { keys.insert(known) }
        }
      }
    }
    return keys
  }

  func values(_ key: GroupKey, _ frame: Frame) throws(ExactOverflow) -> [Value] {
    var values: [Value] = []
    for column in columns {
      values.append(
        column.versus == nil && !column.isDense
          ? try evaluation.value(column.formula, key, frame)
          : try self.values(of: column, GroupList([key]), in: frame)[0])
    }
    return values
  }

  // MARK: - having

  private mutating func havingKept(_ rows: FigureRows) throws(ExactOverflow) -> FigureRows {
    guard let having = query.having else { return rows }
    let truths = try evaluation.truths(having, groups, frame)
    var kept: [Int] = []
    for row in rows.rows {
      switch truths[row] {
      case true?: kept.append(row)
      case false?: break
      case nil: undefinedCount += 1
      }
    }
    return rows.choosing(kept)
  }

  func note(
    _ code: String, _ english: String, _ chinese: String, isInformational: Bool = false
  ) -> AnswerNote {
    AnswerNote(
      code: code, text: say(Bilingual(english, chinese)), isInformational: isInformational)
  }
}
