// RatesAgainstCounts.swift: printed rates of rows against their counts (R06, R38), and figures that
// cannot be (R34).

import Catalog
import Columns
import Syntax

extension Reconciler {
  mutating func compareRatesWithCounts() throws(ExactOverflow) {
    for stated in catalog.metrics {
      guard let place = printedColumn(of: stated), place.column.type == .percent,
        let metric = recomputed(stated)
      else { continue }
      for channel in channels { try compare(stated, metric, place, channel.member) }
    }
    try lookForImpossible()
  }

  private mutating func compare(
    _ stated: Metric, _ metric: Metric, _ place: (dataset: Dataset, column: DatasetColumn),
    _ channel: Member
  ) throws(ExactOverflow) {
    guard let dimension = channels.first?.dimension,
      let computed = try ask([metric.name], by: ["row"], where: [(dimension, channel.name)])
    else { return }
    var values: [String: Exact] = [:]
    for figures in computed { values[figures.members[0]] = figures.values[0] }
    var agreeing = 0
    var compared = 0
    for (rows, row) in self.rows(of: place.dataset, channel: channel.name) {
      guard let (digits, places) = printedDigits(place.column.name, rows, row),
        let value = values[rows.member("row", row)]
      else { continue }
      compared += 1
      if try isPrinted(value, digits: digits, places: places) {
        agreeing += 1
        continue
      }
      let unit = rows.member("unit", row)
      report(
        "R06", Bilingual("\(unit): \(metric.name)", "\(unit)：\(metric.label.chinese)"),
        stated: try Exact(digits, over: 1)?.rate(places) ?? "",
        computed: try value.multiplied(by: Exact(100)).text(places: 2) + "%",
        places: [rows.place(row)])
    }
    agree(agreeing, compared, metric, channel)
  }

  private mutating func agree(
    _ agreeing: Int, _ compared: Int, _ metric: Metric, _ channel: Member
  ) {
    guard compared > 0 else { return }
    agreements.append(
      Bilingual(
        "\(agreeing) of \(compared) printed \(metric.name), \(channel.name)",
        "\(compared) 个公布的\(metric.label.chinese)中 \(agreeing) 个相符"
          + "（\(channel.chinese ?? channel.name)）"
      ))
  }

  /// The digits and places of a printed percent: `99%` is 99 and 0.
  private func printedDigits(_ column: String, _ rows: PartitionRows, _ row: Int)
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

  /// R34: a part greater than its whole.
  private mutating func lookForImpossible() throws(ExactOverflow) {
    for metric in catalog.metrics {
      guard metric.kind == .ratio, case .product(let factors)? = metric.expression?.kind,
        factors.count == 2, factors[1].isDivided,
        let part = factors[0].factor.measureNames.first,
        let whole = factors[1].factor.measureNames.first
      else { continue }
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
  fileprivate func rate(_ places: Int) throws(ExactOverflow) -> String {
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
