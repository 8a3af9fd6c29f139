// DumpPartitionBuilder.swift: rows of a dump arrive as bytes; the columns of one partition leave.

import Columns
import Syntax

struct DumpPartitionBuilder {
  let description: DumpPartition
  private var columns: [ColumnBuilder]
  private var lines = PackedIntegers.Builder()
  private var files = PackedIntegers.Builder()

  init(_ description: DumpPartition) {
    self.description = description
    columns = description.columns.map { ColumnBuilder(name: $0.name, type: $0.kind.type) }
  }

  var rowCount: Int { lines.rowCount }

  /// - Parameter places: the cell of each column.
  mutating func addRow(
    _ cells: [Range<Int>], of bytes: [UInt8], columns places: [Int]
  ) throws(DumpFault) {
    func fault(_ column: Int) -> DumpFault {
      DumpFault(column: column, cell: String(decoding: bytes[cells[column]], as: UTF8.self))
    }
    guard let file = dumpNumber(cells[1], of: bytes), file >= 0 else { throw fault(1) }
    guard let line = dumpNumber(cells[2], of: bytes), line >= 0 else { throw fault(2) }
    var values: [Int64?] = []
    values.reserveCapacity(places.count)
    for (index, place) in places.enumerated() {
      let cell = cells[place]
      let kind = description.columns[index].kind
      guard kind.type != .text, !cell.isEmpty else {
        values.append(nil)
        continue
      }
      guard let value = kind.value(cell, of: bytes) else { throw fault(place) }
      values.append(value)
    }
    files.append(file)
    lines.append(line)
    for (index, place) in places.enumerated() {
      columns[index].addMissing()
      if let value = values[index] {
        columns[index].setLast(value, places: description.columns[index].kind.scale)
      } else {
        columns[index].setLast(cells[place], of: bytes)
      }
    }
  }

  func finished() -> Partition {
    Partition(
      dataset: description.dataset, issuer: description.issuer,
      quarterIndex: description.quarterIndex, version: description.version,
      files: description.files, columns: columns.map { $0.finished() },
      lineOfRow: lines.finished(), fileOfRow: files.finished(), rowCount: rowCount)
  }
}

/// A whole number with a sign or none; nil for anything else.
func dumpNumber(_ cell: Range<Int>, of bytes: [UInt8]) -> Int64? {
  Int64(String(decoding: bytes[cell], as: UTF8.self))
}

extension DumpKind {
  /// nil where the cell holds something else.
  fileprivate func value(_ cell: Range<Int>, of bytes: [UInt8]) -> Int64? {
    switch type {
    case .whole: return dumpNumber(cell, of: bytes)
    case .flag: return dumpNumber(cell, of: bytes).flatMap { $0 == 0 || $0 == 1 ? $0 : nil }
    case .decimal, .percent: return decimal(cell, of: bytes)
    case .period: return readQuarter(cell, of: bytes).map { Int64($0.index) }
    case .date, .time:
      guard case .moment(let moment) = readMoment(cell, of: bytes, acceptsMonth: false) else {
        return nil
      }
      if type == .date { return moment.minute == nil ? Int64(moment.day.index) : nil }
      return moment.minute.map { Int64(moment.day.index * 1440 + $0) }
    case .text: return nil
    }
  }

  /// `96.85`, `-3`, `100` as a number of 10^-scale; nil where a digit would be lost.
  private func decimal(_ cell: Range<Int>, of bytes: [UInt8]) -> Int64? {
    let text = bytes[cell]
    let point = text.firstIndex(of: UInt8(ascii: ".")) ?? text.endIndex
    var fraction = Array(text[point...].dropFirst())
    while fraction.count > scale, fraction.last == 0x30 { fraction.removeLast() }
    guard fraction.count <= scale, fraction.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    fraction += Array(repeating: 0x30, count: scale - fraction.count)
    return Int64(String(decoding: Array(text[..<point]) + fraction, as: UTF8.self))
  }
}
