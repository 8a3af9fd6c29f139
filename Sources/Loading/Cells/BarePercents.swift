// BarePercents.swift: bare numbers of percent columns become percentages, once the whole column is
// known.
//
// `100%` says what it is. A bare 99.8 beside it is a percentage too, a column of 0.998 and 1 holds
// fractions; 100 beside 1 can be told by nobody and is refused with both lines (domain.md 8, no.
// 11).

struct BarePercents {
  struct Cell {
    var column: Int
    var row: Int
    var number: PrintedNumber
    var line: Int
    var file: Int
  }
  private(set) var cells: [Cell] = []

  mutating func add(_ cell: Cell) { cells.append(cell) }

  /// Forgets rows that are not kept.
  mutating func removeRows(where isDropped: (Int) -> Bool) {
    cells.removeAll { isDropped($0.row) }
  }

  /// A fraction and a percentage of one column that contradict each other.
  struct Contradiction: Error {
    var fraction: Cell
    var percentage: Cell
  }

  /// The fractions of each column, as percentages.
  func settled() throws(Contradiction) -> [Cell] {
    var settled: [Cell] = []
    for column in Set(cells.map(\.column)).sorted() {
      let own = cells.filter { $0.column == column }
      let fractions = own.filter { $0.number.isFraction == true }
      guard let fraction = fractions.first else { continue }
      if let percentage = own.first(where: { $0.number.isFraction == false }) {
        throw Contradiction(fraction: fraction, percentage: percentage)
      }
      for var cell in fractions {
        guard let percent = cell.number.timesHundred else { continue }
        cell.number = percent
        settled.append(cell)
      }
    }
    return settled
  }

  /// Writes them in the place of what was printed.
  func settle(in rows: inout PartitionBuilder) throws(Contradiction) {
    for cell in try settled() {
      rows.set(cell.column, cell.number.digits, places: cell.number.places, row: cell.row)
    }
  }
}

extension PrintedNumber {
  /// true up to 1, false above; nil for 0, which is the same both ways.
  fileprivate var isFraction: Bool? {
    if digits == 0 { return nil }
    var one: Int64 = 1
    for _ in 0..<min(places, 18) { one *= 10 }
    return digits <= one
  }

  fileprivate var timesHundred: PrintedNumber? {
    var result = self
    for _ in 0..<2 {
      if result.places > 0 {
        result.places -= 1
      } else {
        let (product, overflowed) = result.digits.multipliedReportingOverflow(by: 10)
        if overflowed { return nil }
        result.digits = product
      }
    }
    return result
  }
}
