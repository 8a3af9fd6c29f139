// PackedIntegersTests.swift: random values of every range arrive; the same values must leave.

import Support
import Testing

@testable import Columns

/// Values as columns have them: narrow and wide ranges, steps, extremes, runs.
private let makers: [(name: String, value: @Sendable (Int, inout SeededGenerator) -> Int64)] = [
  ("constant", { _, _ in -7 }),
  ("flags", { _, random in Int64.random(in: 0...1, using: &random) }),
  ("two far values", { row, _ in row % 3 == 0 ? .min : .max }),
  ("nibbles", { _, random in 40 * Int64.random(in: -7...8, using: &random) }),
  ("bytes", { _, random in Int64.random(in: -100...155, using: &random) }),
  ("midnights", { _, random in Int64.random(in: 19_000...19_092, using: &random) * 1440 }),
  ("halves", { _, random in Int64.random(in: 0...65_535, using: &random) }),
  ("odd steps", { _, random in Int64.min + 7 * Int64.random(in: 0...60_000, using: &random) }),
  ("words", { _, random in Int64.random(in: -5...4_294_967_290, using: &random) }),
  ("wide", { _, random in Int64.random(in: .min ... .max, using: &random) }),
  ("wide with a step", { _, random in 1 << 40 * Int64.random(in: 0...3, using: &random) }),
  ("half of all numbers", { row, _ in row % 2 == 0 ? .min : .max / 2 }),
  ("runs", { row, _ in Int64(row / 2000) * 1_000_003 }),
  ("a late change", { row, _ in row == 9_000 ? .max : 3 }),
]

private func sample(_ count: Int, _ maker: (Int, inout SeededGenerator) -> Int64) -> [Int64] {
  var random = SeededGenerator(seed: UInt64(count))
  return (0..<count).map { maker($0, &random) }
}

private let longCounts = [8191, 8192, 8193, 16_384, 20_001]

@Test func `packed values come back, row by row and all at once`() {
  for (name, maker) in makers {
    for count in Array(0...130) + longCounts {
      let values = sample(count, maker)
      let packed = PackedIntegers(values)
      #expect(packed.values == values, "\(name), \(count) rows")
      #expect((0..<count).map { packed[$0] } == values, "\(name), \(count) rows")
      #expect(packed.rowCount == count)
      #expect(packed.distinctValues == Set(values).sorted(), "\(name), \(count) rows")
      #expect(packed.bounds?.lowerBound == values.min())
      #expect(packed.bounds?.upperBound == values.max())
    }
  }
}

@Test func `a column takes the narrowest form that holds it`() {
  func kind(_ name: String, _ count: Int) -> PackedForm.Kind? {
    makers.first { $0.name == name }.map { PackedIntegers(sample(count, $0.value)).form.kind }
  }
  #expect(kind("constant", 100) == .constant)
  #expect(kind("flags", 100) == .bits)
  #expect(kind("two far values", 100) == .bits)
  #expect(kind("bytes", 20_001) == .bytes)
  #expect(kind("midnights", 20_001) == .bytes)
  #expect(kind("halves", 20_001) == .halves)
  #expect(kind("odd steps", 20_001) == .halves)
  #expect(kind("words", 20_001) == .words)
  #expect(kind("wide", 20_001) == .wide)
  #expect(kind("runs", 20_001) == .runs)
  #expect(kind("runs", 130) == .constant)
  #expect(kind("a late change", 20_001) == .runs)
  #expect(kind("a late change", 9_001) == .runs)
}

@Test func `a column of at most sixteen values takes half a byte a row, kept or not`() {
  let values = sample(20_001) { _, random in 40 * Int64.random(in: -7...8, using: &random) }
  let packed = PackedIntegers(values)
  #expect(packed.byteCount == 10_001)
  #expect(PackedIntegers(packed.form)?.byteCount == 10_001)
  #expect(packed.gathered(Array((0..<20_001).reversed())).byteCount == 10_001)
  #expect(packed.divided(by: 40)?.values == values.map { $0 / 40 })
}

@Test func `rows are changed and taken away while a column grows`() {
  for (name, maker) in makers {
    var values = sample(20_001, maker)
    var builder = PackedIntegers.Builder()
    for value in values { builder.append(value) }
    for row in [0, 63, 64, 8191, 8192, 16_383, 16_384, 20_000] {
      values[row] = values[row] &+ 1
      builder[row] = values[row]
      #expect(builder[row] == values[row], "\(name), row \(row)")
    }
    while values.count > 16_380 {
      values.removeLast()
      builder.removeLast()
    }
    #expect(builder.rowCount == values.count)
    values += [5, 6, 7, 8, 9]
    for value in values.suffix(5) { builder.append(value) }
    #expect(builder.finished().values == values, "\(name)")
  }
}

@Test func `gathered rows are those asked for`() {
  for (name, maker) in makers {
    let values = sample(20_001, maker)
    let packed = PackedIntegers(values)
    let leaping = stride(from: 20_000, through: 0, by: -37).map { $0 }
    for rows in [leaping, leaping.reversed(), Array(5...17_000), []] {
      let wanted = rows.map { values[$0] }
      #expect(packed.gathered(rows).values == wanted, "\(name)")
      #expect(packed.values(of: rows) == wanted, "\(name)")
    }
  }
}

@Test func `numbers that ascend are runs`() {
  #expect(PackedIntegers(ascendingFrom: -1, ends: [2, 2, 5]).values == [-1, -1, 1, 1, 1])
  #expect(PackedIntegers(ascendingFrom: 7, ends: [0, 3]).values == [8, 8, 8])
  #expect(PackedIntegers(ascendingFrom: 7, ends: [0, 0]).values == [])
}

@Test func `missing rows are gathered, and known where they are not missing`() {
  var random = SeededGenerator(seed: 5)
  for share in [0, 1, 50, 100] {
    var missing = MissingRows(rowCount: 200)
    for row in 0..<200 where Int.random(in: 1...100, using: &random) <= share {
      missing[row] = true
    }
    let rows = (0..<70).map { _ in Int.random(in: 0..<200, using: &random) }
    let gathered = missing.gathered(rows, of: 200)
    #expect(rows.map { missing[$0] } == rows.indices.map { gathered?[$0] ?? false })
    #expect((gathered == nil) == !rows.contains { missing[$0] })
    let some = missing.known(13..<150)
    #expect((13..<150).map { !missing[$0] } == some ?? Array(repeating: true, count: 137))
    #expect((some == nil) == !(13..<150).contains { missing[$0] })
  }
}

@Test func `an exact divisor tells multiples, and what they come to`() {
  var random = SeededGenerator(seed: 11)
  let divisors: [UInt64] = [1, 2, 3, 7, 1440, 1 << 40, 1 << 63, 3 << 62, .max, .max - 1]
  for divisor in divisors + (0..<200).map({ _ in .random(in: 1...(.max), using: &random) }) {
    let exact = ExactDivisor(divisor)
    for _ in 0..<100 {
      let quotient = UInt64.random(in: 0...(.max / divisor), using: &random)
      #expect(exact.divides(quotient * divisor))
      #expect(exact.quotient(of: quotient * divisor) == quotient)
      let any = UInt64.random(in: 0...(.max), using: &random)
      #expect(exact.divides(any) == any.isMultiple(of: divisor))
    }
  }
  #expect(ExactDivisor(0).divides(0))
  #expect(!ExactDivisor(0).divides(1))
}

@Test func `stored columns come back`() {
  for (name, maker) in makers {
    for count in [0, 1, 63, 64, 65, 130, 20_001] {
      let packed = PackedIntegers(sample(count, maker))
      let restored = PackedIntegers(packed.form)
      #expect(restored?.values == packed.values, "\(name), \(count) rows")
      #expect(restored?.bounds == packed.bounds, "\(name), \(count) rows")
    }
  }
}

@Test func `damaged columns are refused or read without a trap`() {
  var random = SeededGenerator(seed: 6)
  for (_, maker) in makers {
    for count in [1, 65, 130, 20_001] {
      let form = PackedIntegers(sample(count, maker)).form
      for other in [count - 1, count + 64, -1, .max] {
        var damaged = form
        damaged.rowCount = other
        // One row fewer may leave as many words.
        let isOpen = form.kind == .constant && other >= 0 || form.kind == .bits && other < count
        #expect(isOpen && other >= 0 || PackedIntegers(damaged) == nil)
      }
      var damaged = form
      damaged.bytes.append(0)
      #expect(PackedIntegers(damaged) == nil)
      for _ in 0..<20 where !form.bytes.isEmpty {
        var damaged = form
        let place = Int.random(in: 0..<form.bytes.count, using: &random)
        damaged.bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        guard let read = PackedIntegers(damaged), let bounds = read.bounds else { continue }
        #expect(read.values.allSatisfy { bounds.contains($0) })
      }
      damaged = form
      damaged.step = 0
      #expect(PackedIntegers(damaged) == nil)
    }
  }
}

@Test func `numbered texts come back as they were written`() {
  let form = NumberedText(prefix: "GD-", digitCount: 8)
  #expect(form.text(42) == "GD-00000042")
  #expect(form.number("GD-00000042") == 42)
  for other in ["GD-42", "GD-000000042", "gd-00000042", "GD-0000004x", "", "GD-+0000042"] {
    #expect(form.number(other) == nil, "\(other)")
  }
}

@Test func `columns know their blanks and texts`() {
  let text = Column(
    name: "a", storage: .text(codes: PackedIntegers([1, 0, 2]), dictionary: ["", "x", "y"]))
  var missing = MissingRows(rowCount: 3)
  missing[1] = true
  let numbered = Column(
    name: "b",
    storage: .numbered(PackedIntegers([7, 7, 9]), NumberedText(prefix: "n", digitCount: 2)),
    missing: missing)
  let whole = Column(
    name: "c", storage: .integers(PackedIntegers([7, 7, 9]), .whole), missing: missing)
  #expect((0..<3).map { text.text($0) } == ["x", "", "y"])
  #expect((0..<3).map { numbered.text($0) } == ["n07", "", "n09"])
  #expect((0..<3).map { whole.number($0) } == [7, nil, 9])
  #expect((0..<3).map { whole.text($0) } == [nil, nil, nil])
  for column in [text, numbered, whole] {
    #expect((0..<3).map(column.hasValue) == [true, false, true])
    #expect(column.gathered([2, 0]).missing == nil)
    #expect(column.gathered([2, 1]).hasValue(1) == false)
  }
}
