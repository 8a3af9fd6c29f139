// PackedForm.swift: a packed column arrives; the bytes that a file keeps of it leave, and come back
// checked.

/// A packed column as a store keeps it. Numbers of more than a byte lie lowest byte first.
package struct PackedForm: Sendable, Hashable {
  package enum Kind: Int, Sendable {
    case constant = 0
    case bits
    case bytes
    case halves
    case words
    case wide
    /// First the end of every run in 4 bytes each, then the value of every run in 8.
    case runs
  }
  package var kind: Kind
  package var base: Int64
  package var step: Int64
  package var rowCount: Int
  package var bytes: [UInt8]

  package init(kind: Kind, base: Int64, step: Int64, rowCount: Int, bytes: [UInt8]) {
    self.kind = kind
    self.base = base
    self.step = step
    self.rowCount = rowCount
    self.bytes = bytes
  }
}

extension PackedIntegers {
  /// - Complexity: O(bytes)
  package var form: PackedForm {
    func form(_ kind: PackedForm.Kind, _ bytes: [UInt8]) -> PackedForm {
      PackedForm(kind: kind, base: base, step: step, rowCount: rowCount, bytes: bytes)
    }
    switch codes {
    case .constant: return form(.constant, [])
    case .bits(let words): return form(.bits, stored(words))
    // A file packs bytes by itself.
    case .nibbles(let pairs):
      return form(.bytes, PackedIntegers.unpaired(pairs, rowCount: rowCount))
    case .bytes(let codes): return form(.bytes, codes)
    case .halves(let codes): return form(.halves, stored(codes))
    case .words(let codes): return form(.words, stored(codes))
    case .wide(let values): return form(.wide, stored(values))
    case .runs(let table): return form(.runs, stored(table.ends) + stored(table.values))
    }
  }

  /// nil where the bytes are not those of so many rows. Whatever they say, no row of the result
  /// traps: its bounds are counted here, and a caller that uses values as positions asks them.
  ///
  /// - Complexity: O(rows)
  package init?(_ form: PackedForm) {
    let count = form.rowCount
    guard count >= 0, let codes = PackedIntegers.codes(form), form.step != 0 else { return nil }
    let isPlain = form.kind == .wide || form.kind == .runs
    guard !isPlain || (form.base == 0 && form.step == 1) else { return nil }
    let open = PackedIntegers(
      codes: codes, base: form.base, step: form.step, rowCount: count, bounds: nil)
    guard count > 0 else {
      self = open
      return
    }
    var codeBounds = open.countedBounds()
    var narrowest = codes
    if case .bytes(let bytes) = codes, let most = codeBounds?.upperBound, most < 16 {
      narrowest = .nibbles(PackedIntegers.paired(bytes))
    }
    if !isPlain {
      // A stepped column that wraps round would have no order of codes.
      codeBounds = codeBounds.flatMap { bounds in
        let lower = open.value(UInt64(bitPattern: bounds.lowerBound))
        let upper = open.value(UInt64(bitPattern: bounds.upperBound))
        return lower <= upper && lower >= form.base ? lower...upper : nil
      }
    }
    guard let bounds = codeBounds else { return nil }
    self.init(
      codes: narrowest, base: form.base, step: form.step, rowCount: count, bounds: bounds)
  }

  private static func codes(_ form: PackedForm) -> Codes? {
    let (count, bytes) = (form.rowCount, form.bytes)
    // A product that 64 bits do not hold cannot be the number of bytes that are there.
    func fits(_ width: Int) -> Bool {
      let (needed, overflowed) = count.multipliedReportingOverflow(by: width)
      return !overflowed && bytes.count == needed
    }
    switch form.kind {
    case .constant: return bytes.isEmpty ? .constant : nil
    case .bits:
      let words: [UInt64] = restored(bytes[...])
      guard bytes.count % 8 == 0, words.count == count / 64 + (count % 64 == 0 ? 0 : 1)
      else { return nil }
      if count % 64 != 0, let last = words.last, last >> UInt64(count % 64) != 0 { return nil }
      return .bits(words)
    case .bytes: return fits(1) ? .bytes(bytes) : nil
    case .halves: return fits(2) ? .halves(restored(bytes[...])) : nil
    case .words: return fits(4) ? .words(restored(bytes[...])) : nil
    case .wide: return fits(8) ? .wide(restored(bytes[...])) : nil
    case .runs:
      guard bytes.count % 12 == 0, bytes.isEmpty == (count == 0) else { return nil }
      let runs = bytes.count / 12
      let table = RunTable(
        ends: restored(bytes[..<(runs * 4)]), values: restored(bytes[(runs * 4)...]))
      var last: UInt32 = 0
      for end in table.ends {
        guard end > last else { return nil }
        last = end
      }
      return Int(last) == count ? .runs(table) : nil
    }
  }

  /// The least and the greatest code, or value where codes are values.
  private func countedBounds() -> ClosedRange<Int64>? {
    switch codes {
    case .constant: return 0...0
    case .bits(let words):
      let ones = words.reduce(0) { $0 + $1.nonzeroBitCount }
      return (ones == rowCount ? 1 : 0)...(ones == 0 ? 0 : 1)
    case .nibbles(let pairs):
      return extremes(PackedIntegers.unpaired(pairs, rowCount: rowCount))
    case .bytes(let codes): return extremes(codes)
    case .halves(let codes): return extremes(codes)
    case .words(let codes): return extremes(codes)
    case .wide(let values): return extremes(values)
    case .runs(let table): return extremes(table.values)
    }
  }
}

private func extremes<Code: FixedWidthInteger>(_ codes: [Code]) -> ClosedRange<Int64>? {
  guard var lower = codes.first else { return nil }
  var upper = lower
  for code in codes {
    lower = min(lower, code)
    upper = max(upper, code)
  }
  return Int64(truncatingIfNeeded: lower)...Int64(truncatingIfNeeded: upper)
}

private func stored<Number: FixedWidthInteger>(_ numbers: [Number]) -> [UInt8] {
  let width = Number.bitWidth / 8
  var bytes = [UInt8](repeating: 0, count: numbers.count * width)
  for index in numbers.indices {
    for place in 0..<width {
      bytes[index * width + place] = UInt8(truncatingIfNeeded: numbers[index] >> (8 * place))
    }
  }
  return bytes
}

private func restored<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> [Number] {
  let width = Number.bitWidth / 8
  var numbers = [Number](repeating: 0, count: bytes.count / width)
  for index in numbers.indices {
    var number: Number = 0
    for place in 0..<width {
      number |=
        Number(truncatingIfNeeded: bytes[bytes.startIndex + index * width + place]) << (8 * place)
    }
    numbers[index] = number
  }
  return numbers
}
