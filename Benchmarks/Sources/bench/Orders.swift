// Orders.swift: a number of rows arrives; generated orders leave as a CSV file or as one file for
// each column.

import SyntheticOrders

/// Orders as an export, in UTF-8.
///
/// - Parameter figures: the published figures of a quarter by unit, a line each: name, orders, then
///   late and redone orders of its three months. Then the orders add up to just these.
func writeOrders(rowCount: Int, figures: String?) throws {
  var writer: OrderCSV
  func flush(_ isLast: Bool = false) throws {
    guard isLast || writer.bytes.count >= 1 << 20 else { return }
    guard writeAll(writer.bytes, to: 1) else {
      throw BenchProblem("standard output could not be written")
    }
    writer.bytes.removeAll(keepingCapacity: true)
  }
  if let figures {
    let quarter = try publishedQuarter(figures)
    writer = OrderCSV(.county(units: quarter.units.map(\.name)))
    writer.appendHeadings()
    quarter.rows { writer.append($0) }
    return try flush(true)
  }
  writer = OrderCSV(.province)
  writer.appendHeadings()
  let generator = OrderGenerator(rowCount: rowCount)
  for number in 0..<OrderGenerator.quarterCount {
    var failure: (any Error)?
    generator.rows(ofQuarter: number) { row in
      guard failure == nil else { return }
      writer.append(row)
      do { try flush() } catch { failure = error }
    }
    if let failure { throw failure }
  }
  try flush(true)
}

/// `name,orders,late,late,late,redone,redone,redone`
private func publishedQuarter(_ path: String) throws -> PublishedQuarter {
  guard let text = text(ofFile: path) else { throw BenchProblem("\(path) cannot be read") }
  let units = try text.split(separator: "\n").map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let numbers = cells.dropFirst().compactMap { Int($0) }
    guard cells.count == 8, numbers.count == 7 else {
      throw BenchProblem("\(path): eight cells are expected: \(line)")
    }
    return PublishedUnit(
      name: cells[0], orders: numbers[0], overdue: Array(numbers[1...3]),
      redo: Array(numbers[4...6]))
  }
  return PublishedQuarter(units: units, quarter: 2024 * 4 + 3)
}

// MARK: - Columns

/// One file for each column and quarter, whole numbers, lowest byte first; and the words of each
/// text column, a line each. What has no value is 0 in `satisfaction`, −1 in `closed`.
func writeColumns(rowCount: Int, folder: String) throws {
  let names = OrderNames.province
  for (name, words) in [
    ("unit", names.units), ("intake", names.intakes), ("request_type", names.requestTypes),
    ("category", names.categories), ("region", names.regions), ("satisfaction", names.grades),
  ] {
    try write(Array((words.joined(separator: "\n") + "\n").utf8), "\(folder)/\(name).txt")
  }
  let generator = OrderGenerator(rowCount: rowCount)
  for number in 0..<OrderGenerator.quarterCount {
    var columns: [String: [UInt8]] = [:]
    var writer = ColumnBytes(rowCount: generator.rowCount(ofQuarter: number))
    generator.rows(ofQuarter: number) { writer.append($0) }
    columns = writer.files
    for (name, bytes) in columns.sorted(by: { $0.key < $1.key }) {
      try write(bytes, "\(folder)/q\(number).\(name)")
    }
  }
}

private struct ColumnBytes {
  private var numbers: [UInt64] = []
  private var halves: [[UInt16]] = [[], []]
  private var days: [[Int32]] = [[], [], []]
  private var bytes: [[UInt8]] = Array(repeating: [], count: 9)

  init(rowCount: Int) {
    numbers.reserveCapacity(rowCount)
    for index in halves.indices { halves[index].reserveCapacity(rowCount) }
    for index in days.indices { days[index].reserveCapacity(rowCount) }
    for index in bytes.indices { bytes[index].reserveCapacity(rowCount) }
  }

  mutating func append(_ row: OrderRow) {
    numbers.append(UInt64(row.orderNumber + OrderNumber.base))
    halves[0].append(UInt16(row.unit))
    halves[1].append(UInt16(row.region))
    days[0].append(Int32(row.acceptedDay))
    days[1].append(Int32(row.dueDay))
    days[2].append(Int32(row.closedDay ?? -1))
    bytes[0].append(UInt8(row.intake))
    bytes[1].append(UInt8(row.requestType))
    bytes[2].append(UInt8(row.category))
    bytes[3].append(row.isOverdue ? 1 : 0)
    bytes[4].append(UInt8(row.overdueDays))
    bytes[5].append(UInt8(row.returns))
    bytes[6].append(row.isReturnLate ? 1 : 0)
    bytes[7].append(UInt8(row.redo))
    bytes[8].append(UInt8((row.satisfaction ?? -1) + 1))
  }

  var files: [String: [UInt8]] {
    func stored<Number: FixedWidthInteger>(_ values: [Number]) -> [UInt8] {
      var output: [UInt8] = []
      output.reserveCapacity(values.count * Number.bitWidth / 8)
      for value in values {
        var rest = value
        for _ in 0..<(Number.bitWidth / 8) {
          output.append(UInt8(truncatingIfNeeded: rest))
          rest >>= 8
        }
      }
      return output
    }
    return [
      "order_no.u8": stored(numbers), "unit.u2": stored(halves[0]), "region.u2": stored(halves[1]),
      "accepted.i4": stored(days[0]), "due.i4": stored(days[1]), "closed.i4": stored(days[2]),
      "intake.u1": bytes[0], "request_type.u1": bytes[1], "category.u1": bytes[2],
      "overdue.u1": bytes[3], "overdue_days.u1": bytes[4], "returns.u1": bytes[5],
      "return_late.u1": bytes[6], "redo.u1": bytes[7], "satisfaction.u1": bytes[8],
    ]
  }
}
