// OrderPartitions.swift: rows arrive; the partition that a load would make of them leaves.

import Columns

/// The rows of one quarter as packed columns, in the names and meanings of the data set `orders`.
package struct OrderPartition {
  private let names: OrderNames
  private let quarter: Int
  private let monthStarts: [Int]
  private var rowCount = 0
  private var orderNumber = PackedIntegers.Builder()
  private var unit = PackedIntegers.Builder()
  private var intake = PackedIntegers.Builder()
  private var requestType = PackedIntegers.Builder()
  private var category = PackedIntegers.Builder()
  private var region = PackedIntegers.Builder()
  private var accepted = PackedIntegers.Builder()
  private var due = PackedIntegers.Builder()
  private var month = PackedIntegers.Builder()
  private var closed = PackedIntegers.Builder()
  private var overdue = PackedIntegers.Builder()
  private var overdueDays = PackedIntegers.Builder()
  private var returns = PackedIntegers.Builder()
  private var returnLate = PackedIntegers.Builder()
  private var redo = PackedIntegers.Builder()
  private var satisfaction = PackedIntegers.Builder()
  private var openRows: [Int] = []

  /// - Parameter quarter: year × 4 + quarter − 1
  package init(_ names: OrderNames, quarter: Int) {
    self.names = names
    self.quarter = quarter
    monthStarts = (0...2).map { firstDay(ofMonth: quarter * 3 + $0) }
  }

  package mutating func append(_ row: OrderRow) {
    orderNumber.append(row.orderNumber)
    // Code 0 is the blank.
    unit.append(Int64(row.unit + 1))
    intake.append(Int64(row.intake + 1))
    requestType.append(Int64(row.requestType + 1))
    category.append(Int64(row.category + 1))
    region.append(Int64(row.region + 1))
    accepted.append(minutes(row.acceptedDay))
    due.append(minutes(row.dueDay))
    month.append(Int64(monthStarts.lastIndex { $0 <= row.dueDay } ?? 0) + Int64(quarter * 3))
    // What stands in a missing row means nothing: a day that keeps the column narrow.
    closed.append(minutes(row.closedDay ?? row.dueDay))
    if row.closedDay == nil { openRows.append(rowCount) }
    overdue.append(row.isOverdue ? 1 : 0)
    overdueDays.append(Int64(row.overdueDays))
    returns.append(Int64(row.returns))
    returnLate.append(row.isReturnLate ? 1 : 0)
    redo.append(Int64(row.redo))
    satisfaction.append(Int64((row.satisfaction ?? -1) + 1))
    rowCount += 1
  }

  private func minutes(_ day: Int) -> Int64 { Int64(day) * 1440 }

  /// - Complexity: O(rows)
  package consuming func finished() -> Partition {
    func text(_ name: String, _ codes: PackedIntegers, _ words: [String]) -> Column {
      Column(name: name, storage: .text(codes: codes, dictionary: [""] + words))
    }
    func whole(_ name: String, _ values: PackedIntegers, _ meaning: ColumnMeaning) -> Column {
      Column(name: name, storage: .integers(values, meaning))
    }
    var closedColumn = whole("closed_at", closed.finished(), .minute)
    if !openRows.isEmpty {
      var missing = MissingRows(rowCount: rowCount)
      for row in openRows { missing[row] = true }
      closedColumn.missing = missing
    }
    let numbers = NumberedText(prefix: "610000000", digitCount: 9)
    let columns = [
      Column(name: "order_no", storage: .numbered(orderNumber.finished(), numbers)),
      text("unit_name", unit.finished(), names.units),
      text("intake", intake.finished(), names.intakes),
      text("request_type", requestType.finished(), names.requestTypes),
      text("category", category.finished(), names.categories),
      text("region", region.finished(), names.regions),
      whole("accepted_at", accepted.finished(), .minute),
      whole("due_at", due.finished(), .minute), closedColumn,
      whole("overdue", overdue.finished(), .flag),
      whole("overdue_days", overdueDays.finished(), .whole),
      whole("returns", returns.finished(), .whole),
      whole("return_late", returnLate.finished(), .flag), whole("redo", redo.finished(), .whole),
      text("satisfaction", satisfaction.finished(), names.grades),
    ]
    var partition = Partition(
      dataset: "orders", issuer: "", quarterIndex: quarter, version: 1,
      files: [SourceFile(path: "generated", encoding: "UTF-8", hash: "")], columns: columns,
      lineOfRow: PackedIntegers(repeating: 0, count: rowCount),
      fileOfRow: PackedIntegers(repeating: 0, count: rowCount), rowCount: rowCount)
    // The rows come by month and unit, as a load sorts them.
    partition.monthRuns = month.finished()
    // As a workspace keeps it: nobody counts the rows to know what they cover.
    partition.summary = PartitionSummary(
      dimensions: ["channel"],
      combinations: [
        PartitionSummary.Combination(
          quarterIndex: quarter, members: ["hotline"],
          filledColumns: columns.map(\.name).sorted(), rowCount: rowCount)
      ])
    return partition
  }
}
