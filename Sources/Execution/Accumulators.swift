// Accumulators.swift: the rows of a group arrive one by one; what they come to leaves.

import Catalog
import Columns
import Syntax

/// One accumulator for each group.
struct GroupAccumulators {
  var byKey: [GroupKey: Accumulator] = [:]

  mutating func add(
    _ aggregate: AggregateSyntax, _ rows: PartitionRows, _ row: Int, key: GroupKey, period: Int,
    printedRow: String
  ) throws(ExactOverflow) {
    // In place: a copy would be one of all that the group has met.
    try byKey[key, default: Accumulator()].add(
      aggregate, rows, row, period: period, printedRow: printedRow)
  }
}

extension GroupAccumulators {
  func table(isZeroWhenEmpty: Bool) throws(ExactOverflow) -> MeasureTable {
    var entries: [GroupKey: MeasureEntry] = [:]
    for (key, accumulator) in byKey {
      var entry = try accumulator.result()
      entry.rowCount = accumulator.printedRowCount
      entries[key] = entry
    }
    return MeasureTable(entries, isZeroWhenEmpty: isZeroWhenEmpty)
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
  private var printedRows: Set<String> = []

  /// Rows as printed that were joined; 0 where the data set numbers none.
  var printedRowCount: Int { printedRows.count }

  mutating func add(
    _ aggregate: AggregateSyntax, _ rows: PartitionRows, _ row: Int, period: Int,
    printedRow: String
  ) throws(ExactOverflow) {
    if !printedRow.isEmpty { printedRows.insert(printedRow) }
    guard case .apply(let function, let expression) = aggregate else {
      valueCount += 1
      total = try total.adding(.one)
      return
    }
    self.function = function
    if function == .distinct {
      let bytes = rows.bytes(of: expression, row)
      if !bytes.isEmpty { seen.insert(bytes) }
      return
    }
    guard let value = try rows.value(expression, row) else { return }
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

extension PartitionRows {
  /// What makes a value different from another: its bytes; empty for a missing one.
  func bytes(of expression: ExpressionSyntax, _ row: Int) -> [UInt8] {
    guard case .measure(let name, _) = expression.kind,
      let column = partition.column(named: name.text), column.hasValue(row)
    else { return [] }
    return Array((column.text(row) ?? String(column.packed[row])).utf8)
  }
}
