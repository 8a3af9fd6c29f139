// PackedIntegersBuilder.swift: values arrive one by one; packed columns leave.
//
// Values gather in blocks that are packed as soon as they are full, each as narrow as it can be. So
// a growing column takes hardly more than a finished one, and no value ever widens those before.

extension PackedIntegers {
  /// A column while it grows.
  package struct Builder: Sendable {
    static let blockRows = 8192
    private var blocks: [PackedIntegers] = []
    /// The rows after those of the blocks.
    private var open: [Int64] = []

    package init() {}

    package var rowCount: Int { blocks.count * Self.blockRows + open.count }

    package mutating func append(_ value: Int64) {
      open.append(value)
      if open.count == Self.blockRows {
        blocks.append(PackedIntegers(block: open))
        open.removeAll(keepingCapacity: true)
      }
    }

    /// - Precondition: a row that was appended.
    package subscript(row: Int) -> Int64 {
      get {
        let closed = blocks.count * Self.blockRows
        return row < closed
          ? blocks[row / Self.blockRows][row % Self.blockRows] : open[row - closed]
      }
      /// - Complexity: O(1) for the last rows; the rows of a block for one before.
      set {
        let closed = blocks.count * Self.blockRows
        if row >= closed {
          open[row - closed] = newValue
          return
        }
        var values = blocks[row / Self.blockRows].values
        values[row % Self.blockRows] = newValue
        blocks[row / Self.blockRows] = PackedIntegers(block: values)
      }
    }

    /// - Precondition: there is a row.
    package mutating func removeLast() {
      if open.isEmpty, let block = blocks.popLast() { block.appendValues(to: &open) }
      open.removeLast()
    }

    /// - Complexity: O(rows)
    package consuming func finished() -> PackedIntegers {
      guard let first = blocks.first else { return PackedIntegers(values: open) }
      if !open.isEmpty { blocks.append(PackedIntegers(block: open)) }
      var frame = Frame(first)
      for block in blocks.dropFirst() { frame.widen(by: block) }
      return frame.packed(blocks, runCount: Self.runCount(of: blocks))
    }

    /// Runs of all blocks, counted until they are too many to pay.
    static func runCount(of blocks: [PackedIntegers]) -> Int {
      let most = blocks.reduce(0) { $0 + $1.rowCount } / 16
      var count = 0
      var last: Int64?
      for block in blocks where count <= most {
        if case .constant = block.codes, block.rowCount > 0 {
          if block.base != last { count += 1 }
          last = block.base
          continue
        }
        for value in block.values where value != last {
          count += 1
          last = value
        }
      }
      return count
    }
  }

  /// One part of a column; never runs, so that its rows are read fast.
  package init(block values: [Int64]) {
    self = Frame(values).packed(values)
  }

  /// As narrow as they can be, all in one piece.
  init(values: [Int64]) {
    let frame = Frame(values)
    var runs = 0
    for row in values.indices where row == 0 || values[row] != values[row - 1] { runs += 1 }
    if Self.areRunsSmaller(runs, rowCount: values.count, rowBits: frame.rowBits) {
      self = frame.runs(values, count: runs)
    } else {
      self = frame.packed(values)
    }
  }

  /// Runs pay where they are long: rows are then found by a search and not by their number.
  static func areRunsSmaller(_ runs: Int, rowCount: Int, rowBits: Int) -> Bool {
    rowCount >= 1024 && rowCount <= Int(UInt32.max) && runs <= rowCount / 16
      && runs * 24 * 8 <= rowCount * rowBits
  }
}

/// What all values have in common: their bounds, and the step between them.
struct Frame {
  var lower: Int64
  var upper: Int64
  /// The greatest common divisor of all differences; 0 where all values are equal.
  var step: UInt64
  var rowCount: Int

  init(_ values: [Int64]) {
    rowCount = values.count
    lower = values.first ?? 0
    upper = lower
    step = 0
    for value in values {
      lower = min(lower, value)
      upper = max(upper, value)
    }
    var divisor = ExactDivisor(step)
    for value in values {
      let difference = UInt64(bitPattern: value &- lower)
      if divisor.divides(difference) { continue }
      step = Frame.divisor(step, difference)
      if step == 1 { break }
      divisor = ExactDivisor(step)
    }
  }

  init(_ block: PackedIntegers) {
    lower = block.bounds?.lowerBound ?? 0
    upper = block.bounds?.upperBound ?? 0
    step = lower == upper ? 0 : UInt64(bitPattern: block.step)
    if case .wide = block.codes { step = 1 }
    rowCount = block.rowCount
  }

  mutating func widen(by block: PackedIntegers) {
    let other = Frame(block)
    let distance = UInt64(bitPattern: max(lower, other.lower) &- min(lower, other.lower))
    step = Frame.divisor(Frame.divisor(step, other.step), distance)
    lower = min(lower, other.lower)
    upper = max(upper, other.upper)
    rowCount += other.rowCount
  }

  /// The greatest common divisor; a difference that the step divides already costs one division.
  static func divisor(_ step: UInt64, _ difference: UInt64) -> UInt64 {
    var (large, small) = (difference, step)
    while small != 0 { (large, small) = (small, large % small) }
    return large
  }

  var highestCode: UInt64 {
    step == 0 ? 0 : UInt64(bitPattern: upper &- lower) / step
  }

  /// Bits that one row takes.
  var rowBits: Int {
    switch highestCode {
    case 0: 0
    case 1: 1
    case 2...0xF: 4
    case 0x10...0xFF: 8
    case 0x100...0xFFFF: 16
    case 0x1_0000...0xFFFF_FFFF: 32
    default: 64
    }
  }

  private func column(_ codes: PackedIntegers.Codes) -> PackedIntegers {
    let isPlain =
      switch codes {
      case .wide, .runs: true
      default: false
      }
    return PackedIntegers(
      codes: codes, base: isPlain ? 0 : lower,
      step: isPlain || step == 0 ? 1 : Int64(bitPattern: step), rowCount: rowCount,
      bounds: rowCount > 0 ? lower...upper : nil)
  }

  // MARK: - Values

  func packed(_ values: [Int64]) -> PackedIntegers {
    switch rowBits {
    case 0: column(.constant)
    case 1:
      column(
        .bits(
          stride(from: 0, to: values.count, by: 64).map { first in
            var word: UInt64 = 0
            for row in first..<min(first + 64, values.count) where values[row] != lower {
              word |= 1 << UInt64(row - first)
            }
            return word
          }))
    case 4: column(.nibbles(PackedIntegers.paired(narrowed(values))))
    case 8: column(.bytes(narrowed(values)))
    case 16: column(.halves(narrowed(values)))
    case 32: column(.words(narrowed(values)))
    default: column(.wide(values))
    }
  }

  private func narrowed<Code: FixedWidthInteger & UnsignedInteger>(_ values: [Int64]) -> [Code] {
    if step == 1 {
      return values.map { Code(truncatingIfNeeded: UInt64(bitPattern: $0 &- lower)) }
    }
    let divisor = ExactDivisor(step)
    return values.map {
      Code(truncatingIfNeeded: divisor.quotient(of: UInt64(bitPattern: $0 &- lower)))
    }
  }

  func runs(_ values: [Int64], count: Int) -> PackedIntegers {
    var table = PackedIntegers.RunTable(ends: [], values: [])
    for row in values.indices where row + 1 == values.count || values[row] != values[row + 1] {
      table.ends.append(UInt32(truncatingIfNeeded: row + 1))
      table.values.append(values[row])
    }
    return column(.runs(table))
  }

  // MARK: - Blocks

  func packed(_ blocks: [PackedIntegers], runCount: Int) -> PackedIntegers {
    if PackedIntegers.areRunsSmaller(runCount, rowCount: rowCount, rowBits: rowBits) {
      return runs(blocks)
    }
    switch rowBits {
    case 0: return column(.constant)
    case 1: return column(.bits(bits(blocks)))
    case 4: return column(.nibbles(PackedIntegers.paired(narrowed(blocks))))
    case 8: return column(.bytes(narrowed(blocks)))
    case 16: return column(.halves(narrowed(blocks)))
    case 32: return column(.words(narrowed(blocks)))
    default:
      var values: [Int64] = []
      values.reserveCapacity(rowCount)
      for block in blocks { block.appendValues(to: &values) }
      return column(.wide(values))
    }
  }

  private func bits(_ blocks: [PackedIntegers]) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    var row = 0
    for block in blocks {
      if case .bits(let words) = block.codes {
        // A word of the block lies in two of the column, where the block does not begin at one.
        let (first, shift) = (row >> 6, UInt64(row & 63))
        for (place, word) in words.enumerated() {
          result[first + place] |= word << shift
          if shift > 0, word >> (64 - shift) != 0 {
            result[first + place + 1] |= word >> (64 - shift)
          }
        }
      } else if block.base != lower {
        for own in row..<row + block.rowCount { result[own >> 6] |= 1 << UInt64(own & 63) }
      }
      row += block.rowCount
    }
    return result
  }

  private func narrowed<Code: FixedWidthInteger & UnsignedInteger>(_ blocks: [PackedIntegers])
    -> [Code]
  {
    var result: [Code] = []
    result.reserveCapacity(rowCount)
    for block in blocks { append(block, to: &result) }
    return result
  }

  /// A code of the block is so many steps of the column: no row needs a division.
  private func append<Code: FixedWidthInteger & UnsignedInteger>(
    _ block: PackedIntegers, to result: inout [Code]
  ) {
    let offset = UInt64(bitPattern: block.base &- lower) / step
    let factor = UInt64(bitPattern: block.step) / step
    func code(_ own: UInt64) -> Code { Code(truncatingIfNeeded: offset &+ factor &* own) }
    @inline(__always)
    func fill(_ count: Int, _ code: (Int) -> Code) {
      result.append(addingCapacity: count) { codes in
        for row in 0..<count { codes.append(code(row)) }
      }
    }
    switch block.codes {
    case .constant: result.append(contentsOf: repeatElement(code(0), count: block.rowCount))
    case .bits(let words):
      fill(block.rowCount) { code(words[$0 >> 6] >> UInt64($0 & 63) & 1) }
    case .nibbles(let pairs):
      fill(block.rowCount) { code(UInt64(pairs[$0 >> 1] >> UInt8(($0 & 1) << 2) & 15)) }
    case .bytes(let codes): fill(codes.count) { code(UInt64(codes[$0])) }
    case .halves(let codes): fill(codes.count) { code(UInt64(codes[$0])) }
    case .words(let codes): fill(codes.count) { code(UInt64(codes[$0])) }
    case .wide, .runs:
      for value in block.values {
        result.append(Code(truncatingIfNeeded: UInt64(bitPattern: value &- lower) / step))
      }
    }
  }

  private func runs(_ blocks: [PackedIntegers]) -> PackedIntegers {
    var table = PackedIntegers.RunTable(ends: [], values: [])
    var row: UInt32 = 0
    func add(_ value: Int64, count: Int) {
      if table.values.last != value {
        table.values.append(value)
        table.ends.append(row)
      }
      row += UInt32(count)
      table.ends[table.ends.count - 1] = row
    }
    for block in blocks where block.rowCount > 0 {
      if case .constant = block.codes {
        add(block.base, count: block.rowCount)
      } else {
        for value in block.values { add(value, count: 1) }
      }
    }
    return column(.runs(table))
  }
}
