// ReportTable.swift: the answers of one block arrive; the answer in the shape the report wants
// leaves.

import Columns
import Syntax

extension ReportBlock {
  /// The answers of the block as they will be shown.
  package func shaped(_ answers: [Answer]) throws(ReportFault) -> [Answer] {
    let joined = joins ? [try join(answers)] : answers
    var shaped: [Answer] = []
    for answer in joined { shaped.append(try self.shaped(answer)) }
    return shaped
  }

  private func shaped(_ answer: Answer) throws(ReportFault) -> Answer {
    var answer = answer
    for pair in added { answer.add(pair) }
    if let fold { answer = try folded(answer, fold) }
    for label in hidden {
      guard let index = answer.columns.firstIndex(where: { $0.label == label }) else {
        throw .unknownLabel(label)
      }
      answer.removeColumn(index)
    }
    for pair in renamed {
      guard let index = answer.columns.firstIndex(where: { $0.label == pair.name }) else {
        throw .unknownLabel(pair.name)
      }
      answer.columns[index].label = pair.value
    }
    if let number { answer.addNumbers(label: number) }
    if isBare || isChartOnly || sentence != nil {
      (answer.headline, answer.foot, answer.basis, answer.notes) = (nil, [], "", [])
    }
    return answer
  }

  /// The rows of all answers as one sentence; empty where there is no row.
  ///
  /// - Throws: `unknownLabel` for a column that an answer lacks.
  package func prose(of answers: [Answer]) throws(ReportFault) -> String {
    guard let form = sentence else { return "" }
    var clauses: [String] = []
    for answer in answers {
      for row in answer.rows where row.role == .body {
        clauses.append(try clause(form, row, answer))
      }
    }
    guard !clauses.isEmpty else { return "" }
    let isChinese = form.unicodeScalars.contains { $0.value > 0x2E7F }
    return clauses.joined(separator: isChinese ? "，" : ", ") + (isChinese ? "。" : ".")
  }

  private func clause(_ form: String, _ row: AnswerRow, _ answer: Answer) throws(ReportFault)
    -> String
  {
    var clause = ""
    var rest = form[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let label = String(rest[open...].dropFirst().prefix { $0 != "}" })
      guard let column = answer.columns.firstIndex(where: { $0.label == label }),
        column < row.cells.count
      else { throw .unknownLabel(label) }
      clause += rest[..<open] + row.cells[column].shown
      rest = rest[close...].dropFirst()
    }
    return clause + rest
  }

  // MARK: - join

  /// Rows of the first answer stay; the others lend their figures where all dimensions agree.
  private func join(_ answers: [Answer]) throws(ReportFault) -> Answer {
    guard var joined = answers.first, answers.count > 1 else { throw .nothingToJoin }
    let dimensions = joined.columns.prefix(joined.dimensionCount).map(\.name)
    for other in answers.dropFirst() {
      guard other.columns.prefix(other.dimensionCount).map(\.name) == dimensions else {
        throw .nothingToJoin
      }
      let extra = other.columns.indices.dropFirst(other.dimensionCount)
      var rows: [[String]: AnswerRow] = [:]
      for row in other.rows where row.role != .subtotal { rows[key(of: row, joined)] = row }
      joined.columns += extra.map { other.columns[$0] }
      for index in joined.rows.indices {
        let row = rows[key(of: joined.rows[index], joined)]
        joined.rows[index].cells += extra.map { column in
          row.flatMap { column < $0.cells.count ? $0.cells[column] : nil } ?? .undefined
        }
      }
      joined.totals?.cells += extra.map { column in
        other.totals.flatMap { column < $0.cells.count ? $0.cells[column] : nil } ?? .undefined
      }
      joined.notes += other.notes.filter { !joined.notes.contains($0) }
    }
    joined.headline = nil
    return joined
  }

  private func key(of row: AnswerRow, _ answer: Answer) -> [String] {
    row.cells.prefix(answer.dimensionCount).map(\.shown)
  }

  // MARK: - fold

  private func folded(_ answer: Answer, _ fold: ReportFold) throws(ReportFault) -> Answer {
    let candidates = answer.columns.indices.filter { column in
      answer.columns[column].isNumeric && answer.columns[column].name.contains(" ")
    }
    guard let groups = pivotGroups(of: answer.columns, candidates, allowsSingle: true) else {
      return answer.appending(
        AnswerColumn(name: "fold", label: fold.label, kind: .text),
        cells: answer.rows.map { _ in .text(fold.empty) })
    }
    // By member first: October before November, whatever metric.
    var parts: [(member: String, metric: String, column: Int)] = []
    for group in groups {
      let prefix = sharedPrefix(of: group.columns.map { answer.columns[$0].label })
      for (column, member) in zip(group.columns, group.members) {
        let label = answer.columns[column].label
        let metric = prefix.isEmpty ? String(label.prefix { $0 != " " }) : String(prefix.dropLast())
        parts.append((member, metric, column))
      }
    }
    let order = groups.flatMap(\.members).reduce(into: [String]()) { order, member in
      if !order.contains(member) { order.append(member) }
    }
    let ordered = order.flatMap { member in parts.filter { $0.member == member } }
    let cells = answer.rows.map { row in
      let texts = ordered.compactMap { part -> String? in
        guard part.column < row.cells.count, let value = numericValue(of: row.cells[part.column]),
          value != 0
        else { return nil }
        return text(fold, part.member, part.metric, row.cells[part.column].shown)
      }
      return AnswerCell.text(texts.isEmpty ? fold.empty : texts.joined(separator: fold.between))
    }
    var folded = answer.appending(
      AnswerColumn(name: "fold", label: fold.label, kind: .text), cells: cells)
    for column in ordered.map(\.column).sorted(by: >) { folded.removeColumn(column) }
    return folded
  }

  private func text(_ fold: ReportFold, _ member: String, _ metric: String, _ shown: String)
    -> String
  {
    var month = member
    if let time = TimePoint(member), time.unit == .month { month = String(time.index % 12 + 1) }
    var text = fold.form ?? "{member} {metric} {n}"
    for (name, value) in [
      ("{metric}", metric), ("{member}", member), ("{month}", month), ("{n}", shown),
    ] {
      text = text.split(separator: name, omittingEmptySubsequences: false).joined(separator: value)
    }
    return text
  }
}

extension Answer {
  mutating func removeColumn(_ index: Int) {
    columns.remove(at: index)
    if index < dimensionCount { dimensionCount -= 1 }
    for row in rows.indices where index < rows[row].cells.count {
      rows[row].cells.remove(at: index)
    }
    if var total = totals, index < total.cells.count {
      let label = total.cells.remove(at: index)
      // The word for the total stands in the first column, whichever that is.
      if index == 0, !total.cells.isEmpty { total.cells[0] = label }
      totals = total
    }
  }

  fileprivate func appending(_ column: AnswerColumn, cells: [AnswerCell]) -> Answer {
    var answer = self
    answer.insert(column, at: columns.count, cells: cells)
    return answer
  }

  private mutating func insert(_ column: AnswerColumn, at index: Int, cells: [AnswerCell]) {
    columns.insert(column, at: index)
    for row in rows.indices { rows[row].cells.insert(cells[row], at: index) }
    totals?.cells.insert(.blank, at: index)
  }

  /// Before the first column of the same group (`A.x` beside `A.y`), else at the end.
  fileprivate mutating func add(_ pair: ReportBlock.Pair) {
    let group = pair.name.prefix { $0 != "." }
    let place = columns.firstIndex { column in
      column.name != "add" && pair.name.contains(".") && column.label.hasPrefix(group + ".")
    }
    let cells = rows.map { _ in AnswerCell.text(pair.value) }
    let isNumber = Double(pair.value) != nil
    insert(
      AnswerColumn(name: "add", label: pair.name, kind: isNumber ? .count : .text),
      at: place ?? columns.count, cells: cells)
  }

  fileprivate mutating func addNumbers(label: String) {
    let cells = rows.indices.map { AnswerCell(raw: .whole(Int64($0 + 1)), shown: String($0 + 1)) }
    insert(AnswerColumn(name: "number", label: label, kind: .dimension), at: 0, cells: cells)
    dimensionCount += 1
    // The word for the total goes to the front.
    if totals?.cells.count ?? 0 > 1 { totals?.cells.swapAt(0, 1) }
  }
}
