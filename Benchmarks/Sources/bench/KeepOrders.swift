// KeepOrders.swift: a number of rows and the name of a file arrive; a workspace leaves that holds
// the generated orders, one edition a quarter.

import Columns
import SyntheticOrders
import Workspace

/// - Complexity: O(rows), with one quarter in memory at a time
func keepOrders(rowCount: Int, file: String) throws {
  let workspace = try Workspace.create(file)
  let generator = OrderGenerator(rowCount: rowCount)
  for number in 0..<OrderGenerator.quarterCount {
    var rows = OrderPartition(.province, quarter: OrderGenerator.firstQuarter + number)
    generator.rows(ofQuarter: number) { rows.append($0) }
    let partition = rows.finished()
    var loaded = Loaded()
    loaded.store = Store(partitions: [partition])
    _ = try workspace.store(Edition(key: EditionKey(partition), loaded: loaded), rulebook: nil)
  }
}
