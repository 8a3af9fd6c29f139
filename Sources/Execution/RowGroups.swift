// RowGroups.swift: a frame arrives; the group of each row leaves, found once for all measures that
// are counted row by row.

import Catalog
import Columns
import Syntax

/// The groups of one frame, numbered as they are met.
final class RowGroups {
  let frame: Frame
  /// By number.
  private(set) var keys: [GroupKey] = []
  private let index: StoreIndex
  private var numberOfKey: [GroupKey: Int] = [:]
  private var known: [Int: [Int]] = [:]
  private var ascending: [Int] = []
  /// Of more rows the numbers are not kept.
  private static let keptRows = 1 << 16

  init(_ index: StoreIndex, _ frame: Frame) {
    self.index = index
    self.frame = frame
  }

  /// The numbers of all groups met so far, as their keys ascend.
  var order: [Int] {
    if ascending.count != keys.count {
      ascending = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    }
    return ascending
  }

  /// The number of each row's group.
  ///
  /// - Complexity: O(rows × dimensions) the first time
  func numbers(of place: Int, _ rows: PartitionRows) -> [Int] {
    if let numbers = known[place] { return numbers }
    let columns = frame.dimensions.map { index.memberOfRows($0, place, rows) }
    let numbers = (0..<rows.partition.rowCount).map { row in
      let key = columns.map { $0[row] }
      if let number = numberOfKey[key] { return number }
      numberOfKey[key] = keys.count
      keys.append(key)
      return keys.count - 1
    }
    if numbers.count <= Self.keptRows { known[place] = numbers }
    return numbers
  }
}

extension StoreIndex {
  /// The member, or the number of the period, in each row of a partition; −1: none.
  ///
  /// - Complexity: O(rows)
  func memberOfRows(_ name: String, _ place: Int, _ rows: PartitionRows) -> [Int] {
    let count = rows.partition.rowCount
    switch catalog.dimension(named: name)?.timeUnit {
    case .month: return (0..<count).map { rows.month($0) ?? -1 }
    case .quarter: return (0..<count).map { rows.quarter($0) ?? -1 }
    case .year:
      return (0..<count).map { rows.quarter($0).map { Quarter(index: $0).year } ?? -1 }
    case nil:
      switch members(name, of: place, rows.dataset) {
      case .constant(let member): return Array(repeating: member, count: count)
      case .coded(let packed, let members, let missing):
        let lowest = packed.value(ofEntry: 0)
        let step = UInt64(bitPattern: packed.step)
        return packed.values.enumerated().map { row, value in
          missing?[row] == true
            ? -1 : members[Int(UInt64(bitPattern: value &- lowest) / step)]
        }
      case .absent: return Array(repeating: -1, count: count)
      case nil:
        return MemberReader(name, rows)?.mapped(rowCount: count) { codes.code($0, of: name) }
          ?? Array(repeating: -1, count: count)
      }
    }
  }
}
