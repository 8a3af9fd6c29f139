// Accumulators.swift: the rows of a group arrive one by one; what they come to leaves.

import Catalog
import Columns
import Syntax

/// One accumulator for each group, by its number among the groups of the rows.
struct GroupAccumulators {
  private var groups: [Accumulator] = []

  mutating func add(
    _ figures: RowFigures, _ row: Int, group: Int, period: Int, printedRow: String
  ) throws(ExactOverflow) {
    while groups.count <= group { groups.append(Accumulator()) }
    // In place: a copy would be one of all that the group has met.
    try groups[group].add(figures, row, period: period, printedRow: printedRow)
  }

  /// - Parameter order: the numbers of the groups, as their keys ascend.
  func table(
    _ keys: [GroupKey], order: [Int], isZeroWhenEmpty: Bool
  ) throws(ExactOverflow) -> MeasureTable {
    var met: [GroupKey] = []
    var entries: [MeasureEntry] = []
    for group in order where group < groups.count && groups[group].isMet {
      var entry = try groups[group].result()
      entry.rowCount = groups[group].printedRowCount
      met.append(keys[group])
      entries.append(entry)
    }
    return MeasureTable(ascending: met, entries, isZeroWhenEmpty: isZeroWhenEmpty)
  }
}

struct Accumulator {
  private var total = Exact.zero
  private var valueCount = 0
  private var seen: Set<[UInt8]> = []
  private var values: [Exact] = []
  private var periods: [Int: Exact] = [:]
  private var same: Exact?
  private var isDisagreeing = false
  private var function: AggregateSyntax.Function?
  /// Whether the group has a row.
  private(set) var isMet = false
  private var firstPrintedRow = ""
  /// Those that differ from the first.
  private var otherPrintedRows: Set<String> = []

  /// Rows as printed that were joined; 0 where the data set numbers none.
  var printedRowCount: Int { firstPrintedRow.isEmpty ? 0 : 1 + otherPrintedRows.count }

  mutating func add(
    _ figures: RowFigures, _ row: Int, period: Int, printedRow: String
  ) throws(ExactOverflow) {
    isMet = true
    if firstPrintedRow.isEmpty {
      firstPrintedRow = printedRow
    } else if !printedRow.isEmpty, printedRow != firstPrintedRow {
      otherPrintedRows.insert(printedRow)
    }
    guard let function = figures.function else {
      valueCount += 1
      total = try total.adding(.one)
      return
    }
    self.function = function
    if function == .distinct {
      let bytes = figures.bytes(row)
      if !bytes.isEmpty { seen.insert(bytes) }
      return
    }
    guard let value = try figures.value(row) else { return }
    valueCount += 1
    switch function {
    case .sum: total = try total.adding(value)
    case .last: periods[period] = try (periods[period] ?? .zero).adding(value)
    case .same:
      if let before = same, before != value { isDisagreeing = true }
      same = value
    case .max, .min, .median: values.append(value)
    case .distinct: break
    }
  }

  func result() throws(ExactOverflow) -> MeasureEntry {
    switch function {
    case nil: return MeasureEntry(value: total)
    case .sum: return MeasureEntry(value: valueCount > 0 ? total : nil)
    case .distinct: return MeasureEntry(value: Exact(Int64(seen.count)))
    case .same:
      var entry = MeasureEntry(value: isDisagreeing ? nil : same)
      entry.isDisagreeing = isDisagreeing
      return entry
    case .max: return MeasureEntry(value: values.max())
    case .min: return MeasureEntry(value: values.min())
    case .median: return MeasureEntry(value: try middle())
    case .last:
      guard let latest = periods.keys.max() else { return MeasureEntry() }
      var flow = Exact.zero
      for key in periods.keys.sorted() { flow = try flow.adding(periods[key] ?? .zero) }
      var entry = MeasureEntry(value: periods[latest])
      entry.flow = flow
      entry.lastPeriod = latest
      return entry
    }
  }

  /// The mean of the two middle values where their number is even.
  private func middle() throws(ExactOverflow) -> Exact? {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return nil }
    let upper = sorted[sorted.count / 2]
    guard sorted.count % 2 == 0 else { return upper }
    return try sorted[sorted.count / 2 - 1].adding(upper).divided(by: Exact(2))
  }
}
