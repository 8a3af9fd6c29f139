// TextAgainstItself.swift: figures of the running text against one another: types against their
// total, counts and rates against the counts they are made of (R37), and what a rate is over (R38).

import Catalog
import Columns
import Planning
import Syntax

/// One figure as the text states it.
private struct TextFigure {
  var name: String
  var digits: Int128
  var places: Int
  var value: Exact
  var place: SourcePlace
}

/// The figures of one section about one channel, and the row of totals that they made.
private struct TextFigures {
  var channel: Member
  var stated: [TextFigure]
  var totals: (rows: PartitionRows, row: Int)?
}

extension Reconciler {
  mutating func compareTextWithItself() throws(ExactOverflow) {
    guard
      let claims = catalog.datasets.first(where: {
        $0.isFromBulletin && $0.column(named: "figure") != nil
      })
    else { return }
    for channel in channels {
      var bySection: [String: TextFigures] = [:]
      var sections: [String] = []
      for (rows, row) in rows(of: claims, channel: channel.member.name) {
        guard let figure = textFigure(rows, row) else { continue }
        let section = rows.word("section", row)
        if bySection[section] == nil { sections.append(section) }
        bySection[
          section,
          default: TextFigures(
            channel: channel.member, stated: [], totals: totals(of: channel.member.name, claims))
        ].stated.append(figure)
      }
      for section in sections {
        guard let figures = bySection[section] else { continue }
        try compareParts(figures)
        try compareDerived(figures)
      }
    }
  }

  private func textFigure(_ rows: PartitionRows, _ row: Int) -> TextFigure? {
    guard let (digits, places) = printedDigits("stated", rows, row),
      let value = rows.columnValue("stated", row)
    else { return nil }
    return TextFigure(
      name: rows.word("figure", row), digits: digits, places: places, value: value,
      place: rows.place(row))
  }

  /// The row that holds the text's totals of a channel: of a data set of notices that is no list
  /// of claims and knows no printed rows.
  private func totals(of channel: String, _ claims: Dataset) -> (rows: PartitionRows, row: Int)? {
    for dataset in catalog.datasets
    where dataset.isFromBulletin && dataset.name != claims.name
      && dataset.dimensions.map(\.dimension) == [channels.first?.dimension]
    {
      if let found = rows(of: dataset, channel: channel).first { return found }
    }
    return nil
  }

  // MARK: - Parts against their total

  /// `received.T` of every type T against `received`.
  private mutating func compareParts(_ figures: TextFigures) throws(ExactOverflow) {
    for total in figures.stated where !total.name.contains(".") {
      let parts = figures.stated.filter { $0.name.hasPrefix(total.name + ".") }
      guard parts.count > 1 else { continue }
      var sum = Exact.zero
      for part in parts { sum = try sum.adding(part.value) }
      guard sum != total.value else {
        agreements.append(
          Bilingual(
            "\(parts.count) figures by type add up to \(total.name), \(figures.channel.name)",
            "\(parts.count) 类之和与总数相符（\(figures.channel.chinese ?? figures.channel.name)）"))
        continue
      }
      report(
        "R37",
        Bilingual(
          "text, \(figures.channel.name): \(parts.count) types and \(total.name)",
          "正文，\(figures.channel.chinese ?? figures.channel.name)：\(parts.count) 类之和与总数"),
        stated: total.value.shortText, computed: sum.shortText,
        difference: try signed(sum.subtracting(total.value)), places: [total.place])
    }
  }

  // MARK: - Counts and rates against their counts

  /// A figure whose name is that of a metric made of others is made of the text's own counts.
  private mutating func compareDerived(_ figures: TextFigures) throws(ExactOverflow) {
    guard let totals = figures.totals else { return }
    for figure in figures.stated {
      guard let metric = catalog.metric(named: figure.name), let expression = metric.expression,
        let value = try textValue(expression, totals)
      else { continue }
      if metric.kind == .ratio {
        try compare(figure, metric, value, figures)
      } else if metric.kind == .count, value != figure.value {
        tell(figure, metric, figures, stated: figure.value.shortText, computed: value.shortText)
      }
    }
  }

  private mutating func compare(
    _ figure: TextFigure, _ metric: Metric, _ value: Exact, _ figures: TextFigures
  ) throws(ExactOverflow) {
    guard try !isPrinted(value, digits: figure.digits, places: figure.places) else { return }
    let stated = try Exact(figure.digits, over: 1)?.rate(figure.places) ?? ""
    if let totals = figures.totals, let own = parts(of: metric),
      let part = try textValue(own.part, totals)
    {
      for other in otherBases(of: metric) {
        guard let base = try textValue(other.name, totals), let ratio = try part.divided(by: base),
          try isPrinted(ratio, digits: figure.digits, places: figure.places)
        else { continue }
        return tellTextBase(figure, metric, other, figures.channel)
      }
    }
    let percent = try value.multiplied(by: Exact(100)).text(places: 2) + "%"
    tell(figure, metric, figures, stated: stated, computed: percent)
  }

  private mutating func tell(
    _ figure: TextFigure, _ metric: Metric, _ figures: TextFigures, stated: String,
    computed: String
  ) {
    let channel = figures.channel
    report(
      "R37",
      Bilingual(
        "text, \(channel.name): \(metric.name) and the counts beside it",
        "正文，\(channel.chinese ?? channel.name)：\(metric.label.chinese)与所列件数"),
      stated: stated, computed: computed, places: [figure.place],
      concerns: [metric.name, "channel=\(channel.name)"])
  }

  private mutating func tellTextBase(
    _ figure: TextFigure, _ metric: Metric, _ other: Metric, _ channel: Member
  ) {
    guard let whole = parts(of: metric).flatMap({ catalog.metric(named: $0.whole) }) else { return }
    report(
      "R38",
      Bilingual(
        "text, \(channel.name): \(metric.name) is over \(other.name), not over \(whole.name)",
        "正文，\(channel.chinese ?? channel.name)：\(metric.label.chinese)按\(other.label.chinese)计算，"
          + "不按\(whole.label.chinese)"),
      stated: other.name, computed: whole.name, places: [figure.place],
      concerns: [metric.name, "channel=\(channel.name)"])
  }

  /// A metric counted from the text's totals alone; nil where they do not tell.
  private func textValue(_ name: String, _ totals: (rows: PartitionRows, row: Int))
    throws(ExactOverflow) -> Exact?
  {
    guard let metric = catalog.metric(named: name) else { return nil }
    if let expression = metric.expression { return try textValue(expression, totals) }
    guard let source = metric.sources.first(where: { $0.dataset == totals.rows.dataset.name }),
      case .apply(_, let expression) = source.aggregate
    else { return nil }
    return try totals.rows.value(expression, totals.row)
  }

  private func textValue(
    _ expression: ExpressionSyntax, _ totals: (rows: PartitionRows, row: Int)
  ) throws(ExactOverflow) -> Exact? {
    switch expression.kind {
    case .measure(let name, nil): return try textValue(name.text, totals)
    case .number, .negated: return try totals.rows.value(expression, totals.row)
    case .sum(let terms):
      var sum = Exact.zero
      for term in terms {
        guard let next = try textValue(term.term, totals) else { return nil }
        sum = term.isSubtracted ? try sum.subtracting(next) : try sum.adding(next)
      }
      return sum
    case .product(let factors):
      var product = Exact.one
      for factor in factors {
        guard let next = try textValue(factor.factor, totals),
          let result = factor.isDivided
            ? try product.divided(by: next) : try product.multiplied(by: next)
        else { return nil }
        product = result
      }
      return product
    case .call(.scalar(let function, let arguments)) where function != .days:
      var values: [Exact?] = []
      for argument in arguments { values.append(try textValue(argument, totals)) }
      return try function.apply(values)
    default: return nil
    }
  }
}

extension PartitionRows {
  /// A text column's word in a row; empty for a blank.
  func word(_ name: String, _ row: Int) -> String {
    guard let column = partition.column(named: name),
      case .text(let codes, let dictionary) = column.storage
    else { return "" }
    return dictionary[Int(codes[row])]
  }
}
