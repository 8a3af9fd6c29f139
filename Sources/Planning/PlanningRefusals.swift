// PlanningRefusals.swift: why no data set answers a measure: a wrong dimension, or data that is not
// there.

import Catalog
import Syntax

extension Planner {
  func fault(_ use: MeasureUse, _ condition: Condition?) -> PlanningFault {
    guard let metric = catalog.metric(named: use.measure.metric) else {
      return .refused(Refusal("U07", Bilingual(same: use.measure.metric)))
    }
    let needed = neededDimensions(use, condition)
    let all = catalog.dimensionNames(of: metric)
    if let name = needed.subtracting(all).sorted().first,
      let dimension = catalog.dimension(named: name)
    {
      let known = catalog.orderedDimensions(of: metric) {
        holdings.combinations[$0]?.isEmpty == false
      }
      let place = query.places[name]
      if let other = metricWith(dimension, besides: metric) {
        return .wrong(.onlySomeHave(dimension, other, not: metric, at: place))
      }
      return .wrong(.noSuchDimension(metric, dimension, has: known, at: place))
    }
    // The dimension exists for the metric, but not in what is loaded.
    let recorded = recordedDimensions(metric)
    if let name = needed.subtracting(recorded).sorted().first,
      let dimension = catalog.dimension(named: name)
    {
      return .refused(notRecorded(metric, dimension, recorded))
    }
    if let total = totalOnly(metric, needed, condition) { return total }
    return .refused(notRecordedForMember(metric, condition))
  }

  /// Another metric of the question that has the dimension.
  private func metricWith(_ dimension: Dimension, besides metric: Metric) -> Metric? {
    query.columns.lazy.compactMap { $0.metric.flatMap { catalog.metric(named: $0) } }.first {
      $0 != metric && catalog.dimensionNames(of: $0).contains(dimension.name)
    }
  }

  /// The dimensions of the data sets that answer the metric and are loaded in scope.
  private func recordedDimensions(_ metric: Metric) -> Set<String> {
    let quarters = Set(query.months.map { Month(index: $0).quarter })
    var names: Set<String> = []
    for source in metric.sources {
      guard let dataset = catalog.dataset(named: source.dataset) else { continue }
      let isLoaded = (holdings.combinations[dataset.name] ?? []).contains {
        dataset.time == nil || quarters.contains($0.quarter)
      }
      if isLoaded { names.formUnion(catalog.dimensionNames(dataset)) }
    }
    return names
  }

  /// U01: what the notice gives instead, and which metrics have the dimension.
  private func notRecorded(_ metric: Metric, _ dimension: Dimension, _ recorded: Set<String>)
    -> Refusal
  {
    let period = periodText
    let units: [TimeUnit] = [.month, .quarter, .year]
    let finest = units.first { recorded.contains($0.rawValue) }
    let unit = finest.flatMap { catalog.dimension(named: $0.rawValue) }
    let having = catalog.metrics.filter { other in
      other.kind == .count && !other.sources.isEmpty
        && recordedDimensions(other).contains(dimension.name)
    }
    if having.isEmpty, isRecordedInExports(metric, dimension) { return .needsOrders }
    let english = having.map(\.name).joined(separator: ", ")
    let chinese = having.map(\.label.chinese).joined(separator: "、")
    let (by, 按) = (dimension.name, dimension.label.chinese)
    return Refusal(
      "U01",
      Bilingual(
        "\(metric.name) is not recorded by \(by) in \(period): the bulletin gives it by "
          + "\(unit?.name ?? "county"). By \(by) there are: \(english)",
        "\(period)的“\(metric.label.chinese)”没有按\(按)的数据：通报只按\(unit?.label.chinese ?? "")公布。"
          + "有按\(按)数据的指标：\(chinese)"))
  }

  /// Whether a data set of files, of which none is loaded, would know the dimension.
  private func isRecordedInExports(_ metric: Metric, _ dimension: Dimension) -> Bool {
    metric.sources.contains { source in
      guard let dataset = catalog.dataset(named: source.dataset), !dataset.isFromBulletin,
        holdings.combinations[dataset.name]?.isEmpty != false
      else { return false }
      return catalog.dimensionNames(dataset).contains(dimension.name)
    }
  }

  private var periodText: String {
    guard let first = query.months.first, let last = query.months.last else { return "" }
    return monthsText(first...last)
  }

  /// U03: the text gives a total, and no table splits it.
  private func totalOnly(_ metric: Metric, _ needed: Set<String>, _ condition: Condition?)
    -> PlanningFault?
  {
    guard let condition, let fixed = condition.fixedMember(among: query.namedDimensions),
      let dimension = query.groups.first(where: { needed.contains($0) })
    else { return nil }
    let hasTotal = metric.sources.contains { source in
      (holdings.combinations[source.dataset] ?? []).contains {
        $0.members[fixed.dimension] == fixed.member
      }
    }
    guard hasTotal else { return nil }
    return .totalOnly(
      metric: metric.name, dimension: dimension, filter: fixed.dimension, member: fixed.member)
  }

  /// U10: recorded, but not for the member asked for.
  private func notRecordedForMember(_ metric: Metric, _ condition: Condition?) -> Refusal {
    let fixed = condition?.fixedMember(among: Set(catalog.dimensions.map(\.name)))
    var recorded: [String] = []
    for source in metric.sources {
      for combination in holdings.combinations[source.dataset] ?? [] {
        if let dimension = fixed?.dimension, let member = combination.members[dimension],
          !recorded.contains(member)
        {
          recorded.append(member)
        }
      }
    }
    let list = recorded.joined(separator: ", ")
    let member = fixed?.member ?? periodText
    return Refusal(
      "U10",
      Bilingual(
        "\(metric.name) is not recorded for \(member); it is for \(list)",
        "“\(metric.label.chinese)”没有\(member)的数据；有：\(list)"))
  }
}

extension Refusal {
  /// U11
  static var needsOrders: Refusal {
    Refusal(
      "U11",
      Bilingual(
        "this needs order-level data (one row for each order); only quarterly tables are loaded",
        "此问需要工单明细数据，目前只载入了季度汇总表"))
  }
}

extension Condition {
  /// A dimension that the condition fixes to one member.
  func fixedMember(among dimensions: Set<String>) -> (dimension: String, member: String)? {
    switch self {
    case .isMember(let dimension, let members)
    where members.count == 1 && dimensions.contains(dimension):
      members.first.map { (dimension, $0) }
    case .all(let parts): parts.lazy.compactMap { $0.fixedMember(among: dimensions) }.first
    default: nil
    }
  }
}
