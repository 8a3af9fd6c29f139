// RepeatedRowsTests.swift: rows whose key an earlier row has are those that a table of all keys
// finds, however the keys are spread.

import Catalog
import Testing

@testable import Columns
@testable import Loading

private func column(_ values: [Int64?]) -> MergedColumn {
  let definition = DatasetColumn(
    name: "n", type: .whole, headers: [], format: nil, separator: nil, lookUp: nil,
    isOptional: true,
    isDropped: false)
  var numbers = values.map { $0 ?? 0 }
  let missing = values.indices.filter { values[$0] == nil }.map { UInt32($0) }
  return MergedColumn(
    definition, joining: [ChunkColumn(&numbers, missing: missing)], rowCount: values.count)
}

private func expected(_ keys: [[Int64?]]) -> [RepeatedRow] {
  var first: [[Int64?]: Int] = [:]
  var found: [RepeatedRow] = []
  for row in keys[0].indices {
    let key = keys.map { $0[row] }
    if let earlier = first[key] {
      found.append(RepeatedRow(row: row, first: earlier))
    } else {
      first[key] = row
    }
  }
  return found
}

@Test func `repeated keys are found, dense or far apart, alone or together`() {
  var random = Seeded(state: 3)
  for count in [2, 40, 5000, 20_000] {
    let makers: [(Int) -> Int64?] = [
      { Int64($0 ^ 1) }, { Int64($0 / 2) }, { _ in 5 },
      { _ in Int64(random.next(count * 3)) }, { _ in Int64(random.next(count * 3)) << 40 },
      { _ in random.next(50) == 0 ? nil : Int64(random.next(count * 9)) },
      { row in row == count - 1 ? 0 : Int64(row * 3) },
    ]
    let columns = makers.map { (0..<count).map($0) }
    for (place, one) in columns.enumerated() {
      #expect(
        repeatedRows([column(one)], rowCount: count) == expected([one]), "\(place) of \(count)")
      for (other, two) in columns.enumerated() {
        #expect(
          repeatedRows([column(one), column(two)], rowCount: count) == expected([one, two]),
          "\(place) and \(other) of \(count)")
      }
    }
  }
  #expect(repeatedRows([], rowCount: 3) == [])
}
