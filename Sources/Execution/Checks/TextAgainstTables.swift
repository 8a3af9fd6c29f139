// TextAgainstTables.swift: figures of the running text against the sums of the tables (R01, R02,
// R03, R24, R27).

import Catalog
import Columns
import Syntax

extension Reconciler {
  mutating func compareTextWithTables() throws(ExactOverflow) {
    for metric in catalog.metrics {
      guard let companion = metric.companion, let text = catalog.metric(named: companion.metric)
      else { continue }
      for channel in channels {
        let fixed = [(channel.dimension, channel.member.name)]
        guard let own = try figure(metric.name, where: fixed) else { continue }
        guard let stated = try figure(text.name, where: fixed) else {
          try lookForSilence(metric, text, channel, own)
          continue
        }
        let code = channel.isDefault ? companion.code : companion.outsideCode
        guard let code, own != stated else { continue }
        try tell(code, metric, channel.member, stated: stated, own: own)
      }
    }
  }

  private mutating func tell(
    _ code: String, _ metric: Metric, _ member: Member, stated: Exact, own: Exact
  ) throws(ExactOverflow) {
    let difference = try own.subtracting(stated)
    var cause: Bilingual?
    if metric.kind == .count {
      // Offered only where the tables are larger and the notice says that orders are shared.
      if !difference.isNegative, printed.jointChannels.contains(member.name) {
        cause = Bilingual(
          "orders of several units may be counted once for each; the notice cannot confirm it",
          "可能是合办工单按单位重复计数，无法由通报确认")
      } else if difference.isNegative {
        cause = Bilingual(
          "the tables have fewer than the text: shared orders cannot explain it", "表少于文，不能用合办解释")
      }
    }
    report(
      code,
      Bilingual(
        "\(metric.name), \(member.name)",
        "\(metric.label.chinese)，\(member.chinese ?? member.name)"),
      stated: try shown(stated, metric), computed: try shown(own, metric),
      difference: metric.kind == .count ? try signed(difference) : "", cause: cause)
  }

  /// R27: a fault that a table counts and the text, which speaks of the channel, leaves out.
  private mutating func lookForSilence(
    _ metric: Metric, _ text: Metric,
    _ channel: (dimension: String, member: Member, isDefault: Bool),
    _ own: Exact
  ) throws(ExactOverflow) {
    guard metric.isHighBetter == false, metric.kind == .count, !own.isZero,
      let dataset = text.sources.first?.dataset,
      let channelDimension = catalog.dimension(named: channel.dimension),
      speaks(dataset, of: channel.member.name, channelDimension.name)
    else { return }
    report(
      "R27",
      Bilingual(
        "\(metric.name), \(channel.member.name): not in the text",
        "\(metric.label.chinese)，\(channel.member.chinese ?? channel.member.name)：正文未提"),
      computed: try shown(own, metric))
  }

  private func speaks(_ dataset: String, of member: String, _ dimension: String) -> Bool {
    guard let definition = catalog.dataset(named: dataset) else { return false }
    return store.partitions.contains { partition in
      guard partition.dataset == dataset, partition.quarterIndex == quarter.index else {
        return false
      }
      let rows = PartitionRows(partition, definition, catalog)
      return (0..<partition.rowCount).contains { rows.member(dimension, $0) == member }
    }
  }
}
