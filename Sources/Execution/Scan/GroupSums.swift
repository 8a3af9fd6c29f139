// GroupSums.swift: rows arrive by the number of their group; counts, sums and extremes of each
// group leave, from as many threads as there are.

import Kernels
import Syntax

/// What an aggregate keeps of each group.
enum GroupFigure: Sendable {
  /// How many rows there are.
  case rows
  case sum
  /// The least and the greatest value.
  case extremes
}

/// Places of groups in the order in which they are met; groups are numbers from 0.
///
/// Open addressing with linear probing: one array to look into, and no object a group.
struct SlotTable: Sendable {
  /// The group of each slot.
  private(set) var groups: [Int] = []
  /// Slot + 1 by hash; 0: free.
  private var places: [UInt32] = Array(repeating: 0, count: 1024)

  mutating func slot(of group: Int) -> Int {
    let mask = places.count - 1
    var place = SlotTable.hash(group) & mask
    while places[place] != 0 {
      let slot = Int(places[place]) - 1
      if groups[slot] == group { return slot }
      place = (place + 1) & mask
    }
    groups.append(group)
    places[place] = UInt32(truncatingIfNeeded: groups.count)
    if groups.count * 2 > places.count { grow() }
    return groups.count - 1
  }

  private mutating func grow() {
    let count = places.count * 4
    places = Array(repeating: 0, count: count)
    for (slot, group) in groups.enumerated() {
      var place = SlotTable.hash(group) & (count - 1)
      while places[place] != 0 { place = (place + 1) & (count - 1) }
      places[place] = UInt32(truncatingIfNeeded: slot + 1)
    }
  }

  private static func hash(_ group: Int) -> Int {
    let mixed = UInt64(bitPattern: Int64(group)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 29)) & 0x7FFF_FFFF_FFFF_FFFF)
  }
}

/// The figures of all groups, side by side; a thread has its own.
struct GroupSums: Sendable {
  let figure: GroupFigure
  /// nil: the number of a group is its place.
  private(set) var slots: SlotTable?
  /// Rows of each group, with or without a value. No scan has more than 2³² of them.
  var rows: [UInt32]
  /// Rows with a value.
  var filled: [UInt32] = []
  var sums: [Int64] = []
  var lows: [Int64] = []
  var highs: [Int64] = []

  /// - Parameter groupCount: nil: too many for a place each.
  init(_ figure: GroupFigure, groupCount: Int?) {
    self.figure = figure
    slots = groupCount == nil ? SlotTable() : nil
    rows = []
    widen(to: groupCount ?? 0)
  }

  private mutating func widen(to count: Int) {
    func widen<Number: FixedWidthInteger>(_ numbers: inout [Number]) {
      if numbers.count < count {
        numbers.append(contentsOf: repeatElement(0, count: count - numbers.count))
      }
    }
    widen(&rows)
    if case .rows = figure { return }
    widen(&filled)
    if case .sum = figure { widen(&sums) }
    if case .extremes = figure {
      widen(&lows)
      widen(&highs)
    }
  }

  /// Where the figures of a group stand.
  mutating func place(of group: Int) -> Int {
    guard let slot = slots?.slot(of: group) else { return group }
    if slot >= rows.count { widen(to: max(1024, rows.count * 2)) }
    return slot
  }

  /// The places of the groups of the rows of the mask.
  mutating func findPlaces(of groups: [Int], into places: inout [Int], _ mask: [UInt64]) {
    for word in mask.indices {
      var bits = mask[word]
      while bits != 0 {
        let row = word * 64 + bits.trailingZeroBitCount
        places[row] = place(of: groups[row])
        bits &= bits &- 1
      }
    }
  }

  /// Takes in what another thread found.
  mutating func merge(_ other: GroupSums) {
    if slots == nil, other.slots == nil {
      add(other, from: 0..<other.rows.count) { $0 }
      return
    }
    var places: [Int] = []
    let count = other.slots?.groups.count ?? other.rows.count
    places.reserveCapacity(count)
    for slot in 0..<count { places.append(place(of: other.slots?.groups[slot] ?? slot)) }
    add(other, from: 0..<count) { places[$0] }
  }

  private mutating func add(_ other: GroupSums, from slots: Range<Int>, _ place: (Int) -> Int) {
    for slot in slots where other.rows[slot] != 0 { rows[place(slot)] += other.rows[slot] }
    if case .rows = figure { return }
    for slot in slots where other.filled[slot] != 0 {
      let own = place(slot)
      if case .sum = figure {
        sums[own] &+= other.sums[slot]
      } else if filled[own] == 0 {
        (lows[own], highs[own]) = (other.lows[slot], other.highs[slot])
      } else {
        lows[own] = min(lows[own], other.lows[slot])
        highs[own] = max(highs[own], other.highs[slot])
      }
      filled[own] += other.filled[slot]
    }
  }

  /// The groups that have rows, ascending, and where their figures stand.
  ///
  /// - Complexity: O(groups), times their logarithm where they have no place of their own
  func found() -> (groups: [Int], places: [Int]) {
    guard let slots else {
      let places = rows.indices.filter { rows[$0] != 0 }
      return (places, places)
    }
    let places = slots.groups.indices.sorted { slots.groups[$0] < slots.groups[$1] }
    return (places.map { slots.groups[$0] }, places)
  }
}
