// Notes.swift: what a reader must know beside the figures: other bases, joined rows, defaults.

import Catalog
import Columns
import Planning
import Syntax

extension Finisher {
  /// The line under the table: members fixed, period, and where the figures were counted.
  func basis() throws(ExactOverflow) -> String {
    var parts: [String] = []
    for item in query.defaults where isUsed(item) { parts.append(memberLabel(item)) }
    if let condition = query.condition { parts += fixedLabels(condition) }
    if let first = query.months.first, let last = query.months.last {
      parts.append(monthsText(first...last))
    }
    let places = try countedPlaces()
    parts += places
    return parts.joined(separator: say(Bilingual(", ", "，")))
  }

  /// `annexes 1, 2` where a table of the notice was counted, else the label of the data set.
  private func countedPlaces() throws(ExactOverflow) -> [String] {
    var places: [String] = []
    for use in query.columns.flatMap({ $0.formula.measureUses(extra: []) }) {
      for part in evaluation.plan.measures[use]?.parts ?? [] {
        guard let dataset = catalog.dataset(named: part.dataset), isAsked(part, dataset) else {
          continue
        }
        var place = say(dataset.label)
        if part.sourceIndex == 0, let annexes = try annexes(use, dataset) { place = annexes }
        if !places.contains(place) { places.append(place) }
      }
    }
    return places
  }

  /// Whether the part answers for a period of the question, and not only for an earlier one.
  private func isAsked(_ part: MeasurePart, _ dataset: Dataset) -> Bool {
    let quarters = Set(query.months.map { Month(index: $0).quarter })
    return dataset.time == nil || !quarters.isDisjoint(with: part.quarters)
  }

  private func annexes(_ use: MeasureUse, _ dataset: Dataset) throws(ExactOverflow) -> String? {
    let name = "annex"
    guard dataset.dimensions.contains(where: { $0.dimension == name }),
      let table = try evaluation.table(
        use, Frame(dimensions: [name], months: query.months))
    else { return nil }
    let found = table.groups.keys.map { evaluation.codes.name($0[0], of: name) }
      .filter { !$0.isEmpty }
    guard !found.isEmpty else { return nil }
    return say(
      Bilingual(
        (found.count > 1 ? "annexes " : "annex ") + found.joined(separator: ", "),
        (catalog.dimension(named: name)?.label.chinese ?? name) + found.joined(separator: "、")))
  }

  /// Whether any column has the dimension of a default.
  private func isUsed(_ item: QueryDefault) -> Bool {
    query.columns.flatMap { $0.formula.measureUses(extra: []) }.contains { use in
      catalog.metric(named: use.measure.metric).map {
        catalog.dimensionNames(of: $0).contains(item.dimension)
      } ?? false
    }
  }

  private func memberLabel(_ item: QueryDefault) -> String {
    let dimension = catalog.dimension(named: item.dimension)
    let member = dimension?.members.first { $0.name == item.member }
    return (language == .chinese ? member?.chinese : nil) ?? item.member
  }

  /// Members that `where` fixes, each by its name.
  private func fixedLabels(_ condition: Condition) -> [String] {
    switch condition {
    case .isMember(let dimension, let members):
      return members.map { memberLabel(QueryDefault(dimension: dimension, member: $0)) }
    case .all(let parts): return parts.flatMap(fixedLabels)
    default: return []
    }
  }

  mutating func addNotes(rows: FigureRows, _ everything: FigureRows) throws(ExactOverflow) {
    // What the text says is no match for figures that are assumed.
    let isOneIssuer =
      evaluation.holdings.issuers.count < 2
      || query.condition?.fixedMember(among: ["issuer"]) != nil
    if query.assumptions.isEmpty, isOneIssuer { try addCompanions() }
    addSeams(rows)
    try addJoinedRows(rows)
    try addResidual()
    for left in evaluation.plan.notes {
      notes.append(
        note(
          left.code, left.text.english, left.text.chinese, isInformational: left.code == "I12"))
    }
    if undefinedCount > 0 {
      notes.append(
        note(
          "I04", "\(undefinedCount) groups are undefined and left out",
          "\(undefinedCount) 组无定义，未参与",
          isInformational: true))
    }
    for item in query.defaults where isUsed(item) {
      let dimension = catalog.dimension(named: item.dimension)
      notes.append(
        note(
          "I06", "\(item.dimension) is \(item.member) unless the question names it",
          "未指明\(dimension?.label.chinese ?? item.dimension)时按\(memberLabel(item))",
          isInformational: true))
    }
    try addWhatIf()
    addUnranked(everything)
    addEmptyGroups()
    try addGrowthFromZero(rows)
    try addSmallBases(rows)
    try addHiddenShares(rows)
    try addOtherMeans()
    notes.sort {
      ($0.code.hasPrefix("R") ? 1 : 0, $0.code) < ($1.code.hasPrefix("R") ? 1 : 0, $1.code)
    }
  }

  // MARK: - Another figure beside

  /// `beside`: the text's figure where it differs from the tables' (I01 as its R-code).
  private mutating func addCompanions() throws(ExactOverflow) {
    for column in query.columns {
      guard let name = column.metric, let metric = catalog.metric(named: name),
        let companion = metric.companion, let other = catalog.metric(named: companion.metric)
      else { continue }
      guard let stated = try wholeFigure(of: other)?.1, let own = try whole(column.formula),
        own != stated
      else { continue }
      let style = CellStyle(kind: metric.kind, format: metric.format)
      let ownText = try AnswerCell(.exact(own), style, kind: .count).shown
      let statedText = try AnswerCell(.exact(stated), style, kind: .count).shown
      let isOutside = query.defaults.allSatisfy { !isUsed($0) }
      let code = (isOutside ? companion.outsideCode ?? companion.code : companion.code) ?? "I01"
      var text = Bilingual(
        "\(metric.name): the text says \(statedText), the tables come to \(ownText)",
        "\(metric.label.chinese)：正文为 \(statedText)，附件合计 \(ownText)")
      if metric.kind == .count {
        let difference = try own.subtracting(stated).text(places: 0)
        text.english += " (difference \(difference))"
        text.chinese += "，相差 \(difference)"
        if own > stated {
          text.english += "; perhaps orders of several units are counted once for each"
          text.chinese += "；可能有合办工单在各单位各计 1 次"
        }
      }
      notes.append(AnswerNote(code: code, text: say(text), isInformational: false))
    }
  }

  private func whole(_ formula: Formula) throws(ExactOverflow) -> Exact? {
    try evaluation.value(formula, [], Frame(dimensions: [], months: query.months)).exact
  }

  /// Another metric over the scope of the question, without its groups; nil where it is not
  /// defined there.
  func wholeFigure(of metric: Metric) throws(ExactOverflow) -> (QueryColumn, Exact)? {
    var question = query
    question.by = []
    question.across = []
    question.having = nil
    question.top = nil
    question.order = []
    question.extras = []
    question.versus = nil
    question.assumptions = []
    guard
      let companion = companionColumn(metric, question, evaluation.holdings, evaluation.vocabulary),
      let plan = try? plan(
        companion, in: evaluation.vocabulary, holding: evaluation.holdings)
    else { return nil }
    let other = evaluation.asking(plan)
    guard let column = plan.query.columns.first,
      let value = try other.value(
        column.formula, [], Frame(dimensions: [], months: question.months)
      ).exact
    else { return nil }
    return (column, value)
  }

  // MARK: - Joined rows and the residual

  /// I02, R08: a unit that stands in several printed rows.
  private mutating func addJoinedRows(_ rows: FigureRows) throws(ExactOverflow) {
    guard let position = frame.dimensions.firstIndex(of: "unit") ?? fixedUnit,
      !frame.dimensions.contains("row"), frame.dimensions.count <= 1,
      let first = query.columns.first,
      let use = first.formula.measureUses(extra: []).first,
      let channels = channelCount(use), channels == 1,
      let table = try evaluation.table(use, frame), table.hasDetails
    else { return }
    for row in rows {
      guard let count = table.entry(of: row.key)?.rowCount, count > 1 else { continue }
      let name =
        position >= 0
        ? evaluation.codes.name(row.key[position], of: "unit") : fixedUnitName
      if joinsFormerNames(name, of: "unit") { continue }
      notes.append(
        note(
          "R08", "\(name) stands in \(count) printed rows, joined here; `by row` keeps them apart",
          "\(name)在表中有 \(count) 行，此处合并；“按 序号”可分开"))
    }
  }

  private func channelCount(_ use: MeasureUse) -> Int? {
    evaluation.plan.measures[use].map { Set($0.parts.map(\.members)).count }
  }

  /// −1: fixed by `where` and not grouped.
  private var fixedUnit: Int? { frame.dimensions.isEmpty && !fixedUnitName.isEmpty ? -1 : nil }

  private var fixedUnitName: String {
    guard let condition = query.condition else { return "" }
    for case .isMember("unit", let members) in condition.flattened where members.count == 1 {
      return members[0]
    }
    return ""
  }

  /// R19: a kind leaves out the residual row that its annex prints.
  private mutating func addResidual() throws(ExactOverflow) {
    guard let condition = query.condition, let column = query.columns.first, column.isAdditive,
      query.groups.isEmpty, let unit = catalog.dimension(named: "unit"),
      let parent = unit.parent,
      let name = unit.unranked.first, let residual = unit.members.first(where: { $0.name == name })
    else { return }
    for case .isMember(let dimension, let members) in condition.flattened
    where dimension == parent && !members.contains(residual.parent ?? "") {
      try addResidual(members, residual, parent, column)
    }
  }

  private mutating func addResidual(
    _ members: [String], _ residual: Member, _ parent: String, _ column: QueryColumn
  ) throws(ExactOverflow) {
    var both = query
    both.condition = .isMember(parent, members + [residual.parent ?? ""])
    both.by = ["annex", "unit"]
    guard let plan = try? plan(both, in: evaluation.vocabulary, holding: evaluation.holdings) else {
      return
    }
    let other = evaluation.asking(plan)
    let codes = evaluation.codes
    var sums: [Int: (total: Exact, rest: Exact?)] = [:]
    for key in try other.keys(of: [column.formula], other.mainFrame) {
      guard let value = try other.value(column.formula, key, other.mainFrame).exact else {
        continue
      }
      var entry = sums[key[0]] ?? (.zero, nil)
      entry.total = try entry.total.adding(value)
      if codes.name(key[1], of: "unit") == residual.name { entry.rest = value }
      sums[key[0]] = entry
    }
    for (annex, entry) in sums.sorted(by: { $0.key < $1.key }) {
      guard let rest = entry.rest, rest != entry.total else { continue }
      let style = CellStyle(kind: column.kind, format: column.format)
      let total = try AnswerCell(.exact(entry.total), style, kind: .count).shown
      let part = try AnswerCell(.exact(rest), style, kind: .count).shown
      let label = codes.name(annex, of: "annex")
      notes.append(
        note(
          "R19", "annex \(label) comes to \(total) with \(residual.name) (\(part))",
          "附件\(label)连同“\(residual.name)”（\(part)）合计 \(total)"))
    }
  }
}

/// The same question of another metric.
private func companionColumn(
  _ metric: Metric, _ question: Query, _ holdings: Holdings, _ vocabulary: Vocabulary
) -> Query? {
  let range = SourceRange(0, 0)
  let syntax = QuestionSyntax(
    columns: [
      ColumnSyntax(ExpressionSyntax(.measure(Name(metric.name, at: range), filter: nil), at: range))
    ],
    clauses: [], at: range)
  guard
    let bare = try? resolve(
      syntax, in: vocabulary, holding: holdings, scope: QuestionScope())
  else { return nil }
  var query = question
  query.columns = bare.columns
  return query
}

extension Condition {
  /// The parts that must all hold.
  var flattened: [Condition] {
    if case .all(let parts) = self { return parts.flatMap(\.flattened) }
    return [self]
  }
}
