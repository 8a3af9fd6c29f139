// RatesAgainstCounts.swift: printed rates of rows against their counts (R06), the base that a
// table's rates are taken of (R38), and figures that cannot be (R34).

import Catalog
import Columns
import Planning
import Syntax

/// A printed rate of one row.
private struct PrintedRate {
  var row: String
  var unit: String
  var digits: Int128
  var places: Int
  var place: SourcePlace
}

/// Where a rate is printed: `stated.X`, its column, and the metric X that it is held against.
struct PrintedRateColumn {
  var stated: Metric
  var metric: Metric
  var dataset: Dataset
  var column: DatasetColumn
}

extension Reconciler {
  mutating func compareRatesWithCounts() throws(ExactOverflow) {
    for rate in printedRates {
      for channel in channels { try compare(rate, channel.member) }
    }
    try lookForImpossible()
  }

  var printedRates: [PrintedRateColumn] {
    catalog.metrics.compactMap { stated in
      guard let place = printedColumn(of: stated), place.column.type == .percent,
        let metric = recomputed(stated)
      else { return nil }
      return PrintedRateColumn(
        stated: stated, metric: metric, dataset: place.dataset, column: place.column)
    }
  }

  mutating func compare(_ rate: PrintedRateColumn, _ channel: Member) throws(ExactOverflow) {
    let tables = tables(rate, channel.name)
    guard !tables.isEmpty, let values = try rowValues(rate.metric, channel.name) else { return }
    var (agreeing, compared) = (0, 0)
    for (annex, printed) in tables.sorted(by: { $0.key < $1.key }) {
      let known = printed.filter { values[$0.row] != nil }
      let wrong = try filter(known) { entry throws(ExactOverflow) in
        try !isPrinted(entry, values)
      }
      compared += known.count
      agreeing += known.count - wrong.count
      if !wrong.isEmpty, let other = try otherBase(rate.metric, known, channel.name) {
        agreeing += wrong.count
        tellBase(rate.metric, other, annex: annex, channel, at: known[0].place)
        continue
      }
      for entry in wrong {
        report(
          "R06",
          Bilingual(
            "\(entry.unit): \(rate.metric.name)", "\(entry.unit)：\(rate.metric.label.chinese)"),
          stated: try shown(entry), computed: try percent(values[entry.row] ?? .zero),
          places: [entry.place],
          concerns: [rate.metric.name, "unit=\(entry.unit)", "channel=\(channel.name)"])
      }
    }
    agree(agreeing, compared, rate.metric, channel)
  }

  private mutating func agree(
    _ agreeing: Int, _ compared: Int, _ metric: Metric, _ channel: Member
  ) {
    guard compared > 0 else { return }
    agreements.append(
      Bilingual(
        "\(agreeing) of \(compared) printed \(metric.name) agree, \(channel.name)",
        "\(compared) 个公布的\(metric.label.chinese)中 \(agreeing) 个相符"
          + "（\(channel.chinese ?? channel.name)）"
      ))
  }

  // MARK: - Printed rates

  /// The printed rates of a channel by annex.
  private func tables(_ rate: PrintedRateColumn, _ channel: String) -> [String: [PrintedRate]] {
    var tables: [String: [PrintedRate]] = [:]
    for (rows, row) in rows(of: rate.dataset, channel: channel) {
      guard let (digits, places) = printedDigits(rate.column.name, rows, row) else { continue }
      tables[rows.member("annex", row), default: []].append(
        PrintedRate(
          row: rows.member("row", row), unit: rows.member("unit", row), digits: digits,
          places: places, place: rows.place(row)))
    }
    return tables
  }

  private func isPrinted(_ entry: PrintedRate, _ values: [String: Exact]) throws(ExactOverflow)
    -> Bool
  {
    guard let value = values[entry.row] else { return false }
    return try isPrinted(value, digits: entry.digits, places: entry.places)
  }

  private func filter(
    _ entries: [PrintedRate], _ holds: (PrintedRate) throws(ExactOverflow) -> Bool
  ) throws(ExactOverflow) -> [PrintedRate] {
    var kept: [PrintedRate] = []
    for entry in entries where try holds(entry) { kept.append(entry) }
    return kept
  }

  private func shown(_ entry: PrintedRate) throws(ExactOverflow) -> String {
    try Exact(entry.digits, over: 1)?.rate(entry.places) ?? ""
  }

  private func percent(_ value: Exact) throws(ExactOverflow) -> String {
    try value.multiplied(by: Exact(100)).text(places: 2) + "%"
  }

  /// The digits and places of a printed percent: `99%` is 99 and 0.
  func printedDigits(_ column: String, _ rows: PartitionRows, _ row: Int)
    -> (digits: Int128, places: Int)?
  {
    guard let stored = rows.partition.column(named: column),
      case .integers(let values, .decimal(let scale)) = stored.storage, stored.hasValue(row)
    else { return nil }
    let fewer = printed.places.first {
      $0.column == column && $0.row == row && store.partitions.indices.contains($0.partition)
        && store.partitions[$0.partition].dataset == rows.partition.dataset
        && store.partitions[$0.partition].quarterIndex == rows.partition.quarterIndex
    }
    var (digits, places) = (Int128(values[row]), scale)
    while places > (fewer?.places ?? scale), digits % 10 == 0 {
      digits /= 10
      places -= 1
    }
    return (digits, places)
  }

  // MARK: - What a rate is taken of

  /// R38
  private mutating func tellBase(
    _ metric: Metric, _ other: Metric, annex: String, _ channel: Member, at place: SourcePlace
  ) {
    guard let whole = parts(of: metric).flatMap({ catalog.metric(named: $0.whole) }) else { return }
    report(
      "R38",
      Bilingual(
        "annex \(annex): \(metric.name) is over \(other.name), not over \(whole.name)",
        "附件\(annex)：\(metric.label.chinese)按\(other.label.chinese)计算，"
          + "不按\(whole.label.chinese)"),
      stated: other.name, computed: whole.name, places: [place],
      concerns: [metric.name, "channel=\(channel.name)"])
  }

  /// The count that all printed rates of a table are taken of instead; nil if there is none.
  private func otherBase(_ metric: Metric, _ printed: [PrintedRate], _ channel: String)
    throws(ExactOverflow) -> Metric?
  {
    guard let part = parts(of: metric)?.part else { return nil }
    for other in otherBases(of: metric) {
      guard let values = try rowRatios(part, over: other.name, channel) else { continue }
      let wrong = try filter(printed) { entry throws(ExactOverflow) in
        try !isPrinted(entry, values)
      }
      if wrong.isEmpty { return other }
    }
    return nil
  }

  /// The base of a table's rates by its annex, where it is not the metric's own.
  func otherBase(_ rate: PrintedRateColumn, annex: Int, _ channel: String) throws(ExactOverflow)
    -> Metric?
  {
    guard let printed = tables(rate, channel)[String(annex)],
      let values = try rowValues(rate.metric, channel)
    else { return nil }
    let wrong = try filter(printed) { entry throws(ExactOverflow) in try !isPrinted(entry, values) }
    return wrong.isEmpty ? nil : try otherBase(rate.metric, printed, channel)
  }

  /// Counts that a rate may be taken of instead: parts of the same whole, as closed is of all.
  func otherBases(of metric: Metric) -> [Metric] {
    guard let own = parts(of: metric) else { return [] }
    var found: [Metric] = []
    for ratio in catalog.metrics where ratio.kind == .ratio {
      guard let other = parts(of: ratio), other.whole == own.whole, other.part != own.part,
        let base = catalog.metric(named: other.part), !found.contains(base)
      else { continue }
      found.append(base)
    }
    return found
  }

  /// The two counts of a rate that is one over the other.
  func parts(of metric: Metric) -> (part: String, whole: String)? {
    guard metric.kind == .ratio, case .product(let factors)? = metric.expression?.kind,
      factors.count == 2, factors[1].isDivided,
      let part = factors[0].factor.measureNames.first,
      let whole = factors[1].factor.measureNames.first
    else { return nil }
    return (part, whole)
  }

  private func rowValues(_ metric: Metric, _ channel: String) throws(ExactOverflow)
    -> [String: Exact]?
  {
    guard let dimension = channels.first?.dimension,
      let computed = try ask([metric.name], by: ["row"], where: [(dimension, channel)])
    else { return nil }
    var values: [String: Exact] = [:]
    for figures in computed { values[figures.members[0]] = figures.values[0] }
    return values
  }

  private func rowRatios(_ part: String, over base: String, _ channel: String)
    throws(ExactOverflow) -> [String: Exact]?
  {
    guard let dimension = channels.first?.dimension,
      let counts = try ask([part, base], by: ["row"], where: [(dimension, channel)])
    else { return nil }
    var values: [String: Exact] = [:]
    for figures in counts {
      guard let top = figures.values[0], let bottom = figures.values[1] else { continue }
      values[figures.members[0]] = try top.divided(by: bottom)
    }
    return values
  }

  // MARK: - What cannot be

  /// R34: a part greater than its whole.
  private mutating func lookForImpossible() throws(ExactOverflow) {
    for metric in catalog.metrics {
      guard let (part, whole) = parts(of: metric) else { continue }
      for channel in channels {
        let fixed = [(channel.dimension, channel.member.name)]
        for figures in try ask([part, whole], by: ["row"], where: fixed) ?? [] {
          guard let top = figures.values[0], let bottom = figures.values[1],
            top > bottom || top.isNegative
          else { continue }
          report(
            "R34", Bilingual(same: "\(figures.members[0]): \(part) > \(whole)"),
            stated: try top.text(places: 0), computed: "≤ \(try bottom.text(places: 0))")
        }
      }
    }
  }
}

extension Exact {
  /// `99%`, `97.5%`: digits of a percent with their places.
  func rate(_ places: Int) throws(ExactOverflow) -> String {
    guard let digits = whole, let value = Exact(digits: digits, scale: places) else { return "" }
    return try value.text(places: places) + "%"
  }
}

extension PartitionRows {
  /// The file and line a row came from.
  func place(_ row: Int) -> SourcePlace {
    let file = Int(partition.fileOfRow[row])
    let path = partition.files.indices.contains(file) ? partition.files[file].path : ""
    return SourcePlace(file: path, line: Int(partition.lineOfRow[row]))
  }
}
