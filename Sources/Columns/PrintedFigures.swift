// PrintedFigures.swift: figures that a notice prints beside its rows, and that are compared and
// never counted: total rows, county constants, places.

/// A figure of a total row, as printed.
package struct PrintedCell: Sendable, Hashable {
  package var column: String
  /// As it stands in the file.
  package var text: String
  /// The number is `digits / 10^places`; nil for text and blanks.
  package var digits: Int64?
  package var places: Int
  package var isPercent: Bool

  package init(
    column: String, text: String, digits: Int64?, places: Int, isPercent: Bool
  ) {
    self.column = column
    self.text = text
    self.digits = digits
    self.places = places
    self.isPercent = isPercent
  }
}

/// A printed total or subtotal row: never data, always compared.
package struct TotalRow: Sendable, Hashable {
  package var dataset: String
  package var issuer: String
  package var quarterIndex: Int?
  package var annex: Int
  package var channel: String
  /// What stands where a name would: 合计, 小计.
  package var label: String
  package var file: String
  package var line: Int
  package var cells: [PrintedCell]
  /// The remark says that joint orders are counted.
  package var isJoint: Bool

  package init(
    dataset: String, issuer: String, quarterIndex: Int?, annex: Int, channel: String, label: String,
    file: String, line: Int, cells: [PrintedCell], isJoint: Bool
  ) {
    self.dataset = dataset
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.annex = annex
    self.channel = channel
    self.label = label
    self.file = file
    self.line = line
    self.cells = cells
    self.isJoint = isJoint
  }
}

/// A figure of the county that a table prints on its rows (R09).
package struct ConstantColumn: Sendable, Hashable {
  package var dataset: String
  package var column: String
  package var issuer: String
  package var quarterIndex: Int?
  package var channel: String
  package var annexes: [Int]
  /// The value all rows agree on; nil if they do not.
  package var value: Int64?
  package var rowCount: Int

  package init(
    dataset: String, column: String, issuer: String, quarterIndex: Int?, channel: String,
    annexes: [Int], value: Int64?, rowCount: Int
  ) {
    self.dataset = dataset
    self.column = column
    self.issuer = issuer
    self.quarterIndex = quarterIndex
    self.channel = channel
    self.annexes = annexes
    self.value = value
    self.rowCount = rowCount
  }
}

/// A cell of a decimal column that was printed with fewer places than its column has.
package struct PrintedPlaces: Sendable, Hashable {
  /// Index into `Loaded.store.partitions`.
  package var partition: Int
  package var column: String
  package var row: Int
  package var places: Int

  package init(
    partition: Int, column: String, row: Int, places: Int
  ) {
    self.partition = partition
    self.column = column
    self.row = row
    self.places = places
  }
}

/// All that a reconciliation needs beside the rows.
package struct PrintedFigures: Sendable {
  package var totalRows: [TotalRow]
  package var constants: [ConstantColumn]
  package var places: [PrintedPlaces]
  /// Channels whose text says that orders of several units are among the figures.
  package var jointChannels: Set<String>

  package init(
    totalRows: [TotalRow], constants: [ConstantColumn], places: [PrintedPlaces],
    jointChannels: Set<String>
  ) {
    self.totalRows = totalRows
    self.constants = constants
    self.places = places
    self.jointChannels = jointChannels
  }
}
