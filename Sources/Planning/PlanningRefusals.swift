// PlanningRefusals.swift: why no data set answers a measure: a wrong dimension, or data that is not
// there.

import Catalog
import Syntax

extension Planner {
  /// - Parameter quarters: the periods that nothing answers for.
  func fault(_ use: MeasureUse, _ condition: Condition?, in quarters: Set<Quarter>)
    -> PlanningFault
  {
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
    let recorded = recordedDimensions(metric, in: quarters)
    if let name = needed.subtracting(recorded).sorted().first,
      let dimension = catalog.dimension(named: name)
    {
      return .refused(notRecorded(metric, dimension, recorded, in: quarters))
    }
    if let total = totalOnly(metric, needed, condition) { return total }
    if recorded.isEmpty, needed.isEmpty, metric.sources.contains(where: isUnloadedFile) {
      return .refused(.needsOrders)
    }
    return .refused(notRecordedForMember(metric, condition, in: quarters))
  }

  /// Another metric of the question that has the dimension.
  private func metricWith(_ dimension: Dimension, besides metric: Metric) -> Metric? {
    query.columns.lazy.compactMap { $0.metric.flatMap { catalog.metric(named: $0) } }.first {
      $0 != metric && catalog.dimensionNames(of: $0).contains(dimension.name)
    }
  }

  /// The dimensions of the data sets that answer the metric and are loaded in scope.
  private func recordedDimensions(_ metric: Metric, in quarters: Set<Quarter>) -> Set<String> {
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
  private func notRecorded(
    _ metric: Metric, _ dimension: Dimension, _ recorded: Set<String>, in quarters: Set<Quarter>
  ) -> Refusal {
    // Only files that are not loaded would know the metric at all.
    if recorded.isEmpty, isRecordedInExports(metric, dimension) { return .needsOrders }
    let having = catalog.metrics.filter { other in
      other.kind == .count && !other.sources.isEmpty
        && recordedDimensions(other, in: quarters).contains(dimension.name)
    }
    if having.isEmpty, isRecordedInExports(metric, dimension) { return .needsOrders }
    let given = given(metric, recorded)
    let (by, 按) = (dimension.name, dimension.label.chinese)
    var english = "\(metric.name) is not recorded by \(by)"
    var chinese = "“\(metric.label.chinese)”没有按\(按)的数据"
    // A table of one's own may lie in no period.
    let period = text(of: quarters)
    if !period.isEmpty { (english, chinese) = (english + " in \(period)", "\(period)的" + chinese) }
    english += ": " + given.english
    chinese += "：" + given.chinese
    if !having.isEmpty {
      english += ". By \(by) there are: " + having.map(\.name).joined(separator: ", ")
      chinese += "。有按\(按)数据的指标：" + having.map(\.label.chinese).joined(separator: "、")
    }
    return Refusal("U01", Bilingual(english, chinese))
  }

  /// What there is instead: the finest times, else whatever divides the metric.
  private func given(_ metric: Metric, _ recorded: Set<String>) -> Bilingual {
    let units: [TimeUnit] = [.month, .quarter, .year]
    if let finest = units.first(where: { recorded.contains($0.rawValue) }),
      let unit = catalog.dimension(named: finest.rawValue)
    {
      let isPublished = metric.sources.contains {
        catalog.dataset(named: $0.dataset)?.isFromBulletin == true
      }
      return isPublished
        ? Bilingual("the bulletin gives it by \(unit.name)", "通报只按\(unit.label.chinese)公布")
        : Bilingual("its data are by \(unit.name)", "数据只按\(unit.label.chinese)记录")
    }
    let others = catalog.dimensions.filter { recorded.contains($0.name) }
    guard !others.isEmpty else {
      return Bilingual("nothing of its data is loaded", "它的数据没有载入")
    }
    return Bilingual(
      "it can be asked by " + others.map(\.name).joined(separator: ", "),
      "可按：" + others.map(\.label.chinese).joined(separator: "、"))
  }

  /// Whether a data set of files, of which none is loaded, would know the dimension.
  private func isRecordedInExports(_ metric: Metric, _ dimension: Dimension) -> Bool {
    metric.sources.contains { source in
      guard isUnloadedFile(source), let dataset = catalog.dataset(named: source.dataset) else {
        return false
      }
      return catalog.dimensionNames(dataset).contains(dimension.name)
    }
  }

  private func isUnloadedFile(_ source: MetricSource) -> Bool {
    guard let dataset = catalog.dataset(named: source.dataset) else { return false }
    return !dataset.isFromBulletin && holdings.combinations[dataset.name]?.isEmpty != false
  }

  /// U14: figures of several counties are added only where the question says so.
  func requireOneIssuer() throws(PlanningFault) {
    guard holdings.issuers.count > 1, !query.namedDimensions.contains("issuer"),
      measures.values.contains(where: { planned in
        planned.parts.contains { catalog.dataset(named: $0.dataset)?.isFromBulletin == true }
      })
    else { return }
    let names = holdings.issuers
    throw .refused(
      Refusal(
        "U14",
        Bilingual(
          "notices of \(names.count) issuers are loaded (\(names.joined(separator: ", "))); "
            + "name one, or ask `by issuer`",
          "已载入\(names.count)个发文单位的通报（\(names.joined(separator: "、"))），"
            + "请指定一个，或“按 发文单位”")))
  }

  /// The months of the question that lie in these quarters.
  private func text(of quarters: Set<Quarter>) -> String {
    let months = query.months.filter { quarters.contains(Month(index: $0).quarter) }
    guard let first = months.first, let last = months.last else { return "" }
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

  /// U10: recorded, but not for the member or the period asked for.
  private func notRecordedForMember(
    _ metric: Metric, _ condition: Condition?, in quarters: Set<Quarter>
  ) -> Refusal {
    guard let fixed = condition?.fixedMember(among: Set(catalog.dimensions.map(\.name))) else {
      let loaded = holdings.quarters.filter { !quarters.contains($0) }.map(\.text)
      return notRecorded(
        metric, for: Bilingual(same: text(of: quarters)),
        butFor: loaded.map {
          Bilingual(same: $0)
        })
    }
    return notRecorded(metric, for: fixed.member, of: fixed.dimension)
  }

  /// U10
  func notRecorded(_ metric: Metric, for member: String, of dimension: String) -> Refusal {
    var recorded: [String] = []
    for (index, source) in metric.sources.enumerated() {
      guard let dataset = catalog.dataset(named: source.dataset) else { continue }
      let measure = Measure(metric: metric.name, filter: nil, isOptional: false)
      for combination in holdings.combinations[source.dataset] ?? []
      where isFilled(dataset, index, measure, combination) {
        if let known = combination.members[dimension], known != member, !recorded.contains(known) {
          recorded.append(known)
        }
      }
    }
    return notRecorded(
      metric, for: label(member, of: dimension),
      butFor: recorded.map { label($0, of: dimension) })
  }

  private func notRecorded(_ metric: Metric, for asked: Bilingual, butFor known: [Bilingual])
    -> Refusal
  {
    let list = Bilingual(listing: known)
    return Refusal(
      "U10",
      Bilingual(
        "\(metric.name) is not recorded for \(asked.english); it is for \(list.english)",
        "“\(metric.label.chinese)”没有\(asked.chinese)的数据；有：\(list.chinese)"))
  }

  /// As `where` takes it in English, as the label says it in Chinese.
  func label(_ member: String, of dimension: String) -> Bilingual {
    let found = catalog.dimension(named: dimension)?.members.first { $0.name == member }
    return Bilingual(member, found?.chinese ?? member)
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
  package func fixedMember(among dimensions: Set<String>) -> (dimension: String, member: String)? {
    switch self {
    case .isMember(let dimension, let members)
    where members.count == 1 && dimensions.contains(dimension):
      members.first.map { (dimension, $0) }
    case .all(let parts): parts.lazy.compactMap { $0.fixedMember(among: dimensions) }.first
    default: nil
    }
  }
}
