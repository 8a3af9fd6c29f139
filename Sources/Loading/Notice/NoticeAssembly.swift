// NoticeAssembly.swift: what was read of a notice becomes partitions, one for each data set.

import Catalog
import Columns

extension NoticeReading {
  /// - Throws: a figure too large to stand beside the others of its column; then nothing is added.
  /// - Complexity: O(rows).
  mutating func assemble(into loaded: inout Loaded) throws(FileFaults) {
    let built = [
      rows, events, countyRows(), claimRows(), accountRows(), intervalRows(), checkRows(),
      problemRows(), dutyRows(),
    ]
    for builder in built {
      guard let (column, line) = builder.overflow() else { continue }
      throw FileFaults([
        cellFault(spot(0, line), column: column, cell: "", .tooLarge)
      ])
    }
    for dataset in catalog.datasets where dataset.isFromBulletin {
      guard let builder = built.first(where: { $0.dataset.name == dataset.name }),
        let partition = builder.finished(
          issuer: info.issuer, quarter: info.period, version: info.version, sources: sources)
      else { continue }
      notePlaces(of: builder, partition: loaded.store.partitions.count, in: &loaded)
      loaded.store.partitions.append(partition)
      info.rowCounts.append(
        NoticeInfo.RowCount(dataset: dataset.name, count: partition.rowCount))
    }
    loaded.notices.append(info)
    loaded.totalRows += totals
    for constant in county.constants {
      loaded.constants.append(
        ConstantColumn(
          dataset: NoticeDataset.county, column: constant.column, issuer: info.issuer,
          quarterIndex: info.period.index, channel: constant.channel, annexes: constant.annexes,
          value: constant.value, rowCount: constant.rowCount))
    }
    loaded.findings += findings
    // In reading order: titles of tables were met before the text around them.
    let order = references.indices.sorted {
      (references[$0].file, references[$0].line, $0) < (
        references[$1].file, references[$1].line, $1
      )
    }
    loaded.referenceTexts += order.map { references[$0] }
    loaded.skipped += skipped
    for member in units.newMembers {
      loaded.newMembers.append(
        NewMember(
          dimension: units.dimension?.name ?? "", issuer: info.issuer, name: member.name,
          parent: member.parent))
    }
  }

  /// Cells printed with fewer places than their column has (99% beside 99.93%).
  private func notePlaces(of builder: PartitionBuilder, partition: Int, in loaded: inout Loaded) {
    for column in builder.columns where column.type == .decimal || column.type == .percent {
      let scale = column.scale
      if scale == 0 { continue }
      for row in 0..<column.rowCount where !column.isMissing(row) {
        let places = Int(column.places[row])
        if places == scale { continue }
        loaded.printedPlaces.append(
          PrintedPlaces(partition: partition, column: column.name, row: row, places: places))
      }
    }
  }

  private func builder(_ name: String) -> PartitionBuilder {
    PartitionBuilder(catalog.dataset(named: name) ?? rows.dataset)
  }

  private func has(_ name: String) -> Bool { catalog.dataset(named: name) != nil }

  private var period: Int64 { Int64(info.period.index) }

  /// One row a channel, in the order of the channels; figures of the text first, then those that a
  /// table prints the same on all rows.
  private func countyRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.county)
    guard has(NoticeDataset.county) else { return rows }
    let order = channelDimension?.members.map(\.name) ?? []
    let channels = county.channels.sorted {
      (order.firstIndex(of: $0.name) ?? .max) < (order.firstIndex(of: $1.name) ?? .max)
    }
    for channel in channels {
      let constants = county.constants.filter { $0.channel == channel.name && $0.value != nil }
      if channel.values.isEmpty, constants.isEmpty { continue }
      rows.addRow(line: channel.line, file: channel.file)
      rows.set("period_of", period)
      rows.set("channel", channel.name)
      for value in channel.values { rows.set(value.column, value.value) }
      for constant in constants {
        if let value = constant.value { rows.set(constant.column, value) }
      }
    }
    return rows
  }

  private func claimRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.claims)
    guard has(NoticeDataset.claims) else { return rows }
    for (place, claim) in claims.enumerated() {
      rows.addRow(line: claim.line, file: claim.file)
      rows.set("period_of", period)
      rows.set("section", claim.section)
      rows.set("channel", claim.channel)
      rows.set("figure", claim.figure)
      if let stated = claim.stated {
        rows.set("stated", stated.digits, places: stated.places)
      }
      rows.set("place", Int64(place + 1))
      rows.set("list_name", claim.list)
      rows.set("unit_name", claim.unit)
    }
    return rows
  }

  /// `account_id` is platform and name: a name alone may stand on two platforms.
  private func identity(_ account: InspectedAccount) -> String {
    account.platform + "/" + account.name
  }

  private func accountRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.accounts)
    guard has(NoticeDataset.accounts) else { return rows }
    for account in accounts {
      rows.addRow(line: account.line, file: account.file)
      describe(account, in: &rows)
    }
    return rows
  }

  private func describe(_ account: InspectedAccount, in rows: inout PartitionBuilder) {
    rows.set("period_of", period)
    rows.set("account_id", identity(account))
    rows.set("account_name", account.name)
    rows.set("platform", account.platform)
    rows.set("unit_name", account.unit)
  }

  private func intervalRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.intervals)
    guard has(NoticeDataset.intervals) else { return rows }
    for interval in intervals {
      rows.addRow(line: interval.line, file: interval.file)
      rows.set("period_of", period)
      rows.set("platform", interval.platform)
      rows.set("interval_days", Int64(interval.days))
    }
    return rows
  }

  private func checkRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.checks)
    guard has(NoticeDataset.checks) else { return rows }
    for account in accounts {
      rows.addRow(line: account.line, file: account.file)
      describe(account, in: &rows)
      if let interval = intervals.first(where: { $0.platform == account.platform }) {
        rows.set("interval_days", Int64(interval.days))
      }
      rows.set("problem_count", Int64(account.problems.count))
    }
    return rows
  }

  private func problemRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.problems)
    guard has(NoticeDataset.problems) else { return rows }
    for account in accounts {
      for problem in account.problems {
        rows.addRow(line: account.line, file: account.file)
        describe(account, in: &rows)
        rows.set("problem", problem)
      }
    }
    return rows
  }

  private func dutyRows() -> PartitionBuilder {
    var rows = builder(NoticeDataset.duties)
    guard has(NoticeDataset.duties) else { return rows }
    for duty in duties {
      rows.addRow(line: duty.line, file: duty.file)
      rows.set("unit_name", duty.unit)
      rows.set("topic", duty.topic)
      rows.set("frequency", duty.frequency)
    }
    return rows
  }
}
