// RowValues.swift: the expression of an aggregate arrives; a column of whole numbers with one scale
// leaves, block by block, where its bounds prove that 64 bits hold every step.

import Catalog
import Columns
import Kernels
import Syntax

/// An expression over the columns of one partition, in whole numbers of 1 / 10^scale.
struct RowValues: Sendable {
  indirect enum Kind: Sendable {
    case number(Int64)
    case column(PackedIntegers, MissingRows?)
    /// The day that a column of days or minutes names.
    case day(PackedIntegers, MissingRows?, isMinute: Bool)
    case sum([(values: RowValues, isSubtracted: Bool)])
    case product([RowValues])
    /// The first that is there.
    case coalesce([RowValues])
  }
  var kind: Kind
  var scale: Int
  var bounds: ClosedRange<Int128>

  private static let most = Int128(Int64.max)

  /// nil where a bound passes 62 bits: a block then has no sum that 64 bits surely hold.
  private init?(_ kind: Kind, scale: Int, _ bounds: ClosedRange<Int128>) {
    let limit = RowValues.most / 2
    guard bounds.lowerBound >= -limit, bounds.upperBound <= limit, scale <= 18 else { return nil }
    (self.kind, self.scale, self.bounds) = (kind, scale, bounds)
  }

  /// nil where the expression divides, rounds, or mixes scales: rows are then read one by one.
  init?(_ expression: ExpressionSyntax, _ rows: PartitionRows) {
    switch expression.kind {
    case .number(let number):
      let scale = number.scale + (number.form == .percent ? 2 : 0)
      self.init(
        .number(number.digits), scale: scale, Int128(number.digits)...Int128(number.digits))
    case .measure(let name, _):
      guard let column = rows.partition.column(named: name.text),
        case .integers(let packed, let meaning) = column.storage
      else { return nil }
      self.init(
        .column(packed, column.missing), scale: rows.scale(meaning, name.text),
        RowValues.bounds(packed))
    case .negated(let inner):
      guard let zero = RowValues(.number(0), scale: 0, 0...0), let own = RowValues(inner, rows)
      else { return nil }
      self.init(sum: [(zero, false), (own, true)])
    case .sum(let terms):
      var parts: [(values: RowValues, isSubtracted: Bool)] = []
      for term in terms {
        guard let own = RowValues(term.term, rows) else { return nil }
        parts.append((own, term.isSubtracted))
      }
      self.init(sum: parts)
    case .product(let factors):
      var parts: [RowValues] = []
      for factor in factors {
        guard !factor.isDivided, let own = RowValues(factor.factor, rows) else { return nil }
        parts.append(own)
      }
      self.init(product: parts)
    case .call(.scalar(.coalesce, let arguments)):
      self.init(coalesce: arguments.map { RowValues($0, rows) })
    case .call(.scalar(.days, let arguments)):
      guard arguments.count == 2, let end = RowValues(dayOf: arguments[0], rows),
        let start = RowValues(dayOf: arguments[1], rows)
      else { return nil }
      self.init(sum: [(end, false), (start, true)])
    case .call, .parameter: return nil
    }
  }

  private init?(dayOf expression: ExpressionSyntax, _ rows: PartitionRows) {
    guard case .measure(let name, _) = expression.kind,
      let column = rows.partition.column(named: name.text),
      case .integers(let packed, let meaning) = column.storage
    else { return nil }
    let bounds = RowValues.bounds(packed)
    guard meaning == .minute else {
      self.init(.day(packed, column.missing, isMinute: false), scale: 0, bounds)
      return
    }
    // Midnights are days already, in other steps.
    if let days = packed.divided(by: 1440) {
      self.init(.day(days, column.missing, isMinute: false), scale: 0, RowValues.bounds(days))
      return
    }
    func day(_ minute: Int128) -> Int128 {
      let day = minute / 1440
      return minute < 0 && day * 1440 != minute ? day - 1 : day
    }
    self.init(
      .day(packed, column.missing, isMinute: true), scale: 0,
      day(bounds.lowerBound)...day(bounds.upperBound))
  }

  private init?(sum parts: [(values: RowValues, isSubtracted: Bool)]) {
    guard let scale = parts.map(\.values.scale).max() else { return nil }
    var (lower, upper) = (Int128(0), Int128(0))
    for part in parts {
      guard part.values.scale == scale else { return nil }
      let bounds = part.values.bounds
      lower += part.isSubtracted ? -bounds.upperBound : bounds.lowerBound
      upper += part.isSubtracted ? -bounds.lowerBound : bounds.upperBound
    }
    self.init(.sum(parts), scale: scale, lower...upper)
  }

  private init?(product parts: [RowValues]) {
    guard let first = parts.first else { return nil }
    var (bounds, scale) = (first.bounds, first.scale)
    for part in parts.dropFirst() {
      // Neither factor passes 2⁶², so that 128 bits hold the corners.
      let corners = [bounds.lowerBound, bounds.upperBound].flatMap { left in
        [left * part.bounds.lowerBound, left * part.bounds.upperBound]
      }
      bounds = (corners.min() ?? 0)...(corners.max() ?? 0)
      scale += part.scale
      guard let own = RowValues(.product([]), scale: scale, bounds) else { return nil }
      bounds = own.bounds
    }
    self.init(.product(parts), scale: scale, bounds)
  }

  private init?(coalesce parts: [RowValues?]) {
    let found = parts.compactMap { $0 }
    guard let first = found.first, found.count == parts.count,
      found.allSatisfy({ $0.scale == first.scale })
    else { return nil }
    let lower = found.map(\.bounds.lowerBound).min() ?? 0
    let upper = found.map(\.bounds.upperBound).max() ?? 0
    self.init(.coalesce(found), scale: first.scale, lower...upper)
  }

  private static func bounds(_ packed: PackedIntegers) -> ClosedRange<Int128> {
    packed.bounds.map { Int128($0.lowerBound)...Int128($0.upperBound) } ?? 0...0
  }

  // MARK: - Blocks

  /// Writes the values of a block, and takes from the mask the rows without one.
  ///
  /// - Parameter values: as many as a block has rows, at least.
  func evaluate(
    into values: inout [Int64], _ mask: inout [UInt64], from first: Int, count: Int
  ) {
    switch kind {
    case .number(let number): for row in 0..<count { values[row] = number }
    case .column(let packed, let missing):
      RowValues.decode(packed, into: &values, from: first, count: count)
      RowValues.drop(missing, &mask, from: first)
    case .day(let packed, let missing, let isMinute):
      let isEven = isMinute && RowValues.stepsAreDays(packed)
      RowValues.decode(
        packed, into: &values, from: first, count: count, divisor: isEven ? 1440 : 1)
      if isMinute && !isEven {
        var span = values.mutableSpan
        divideIntoDays(&span, count: count)
      }
      RowValues.drop(missing, &mask, from: first)
    case .sum(let parts):
      var open = parts[...]
      if let head = parts.first, !head.isSubtracted {
        head.values.evaluate(into: &values, &mask, from: first, count: count)
        open = open.dropFirst()
      } else {
        for row in 0..<count { values[row] = 0 }
      }
      if open.isEmpty { return }
      var own = [Int64](repeating: 0, count: count)
      for part in open {
        part.values.evaluate(into: &own, &mask, from: first, count: count)
        var span = values.mutableSpan
        add(to: &span, own.span, count: count, isSubtracted: part.isSubtracted)
      }
    case .product(let parts):
      for row in 0..<count { values[row] = 1 }
      var own = [Int64](repeating: 0, count: values.count)
      for part in parts {
        part.evaluate(into: &own, &mask, from: first, count: count)
        var span = values.mutableSpan
        multiply(&span, by: own.span, count: count)
      }
    case .coalesce(let parts):
      var open = mask
      var own = [Int64](repeating: 0, count: values.count)
      for part in parts {
        var found = open
        part.evaluate(into: &own, &found, from: first, count: count)
        for row in 0..<count where found[row >> 6] >> UInt64(row & 63) & 1 == 1 {
          values[row] = own[row]
        }
        for word in open.indices { open[word] &= ~found[word] }
      }
      for word in mask.indices { mask[word] &= ~open[word] }
    }
  }

  static func drop(_ missing: MissingRows?, _ mask: inout [UInt64], from first: Int) {
    guard let missing else { return }
    var span = mask.mutableSpan
    keep(&span, whereSetIn: missing.words.span, fromWord: first / 64, isInverted: true)
  }

  /// Whether all minutes are as far from midnight, and no product of step and code passes 64 bits.
  private static func stepsAreDays(_ packed: PackedIntegers) -> Bool {
    guard let bounds = packed.bounds, packed.step > 0, packed.step % 1440 == 0 else { return false }
    return bounds.lowerBound > -(1 << 48) && bounds.upperBound < 1 << 48
  }

  /// - Parameter divisor: what the values are divided by, rounded down; the step has no rest.
  static func decode(
    _ packed: PackedIntegers, into values: inout [Int64], from first: Int, count: Int,
    divisor: Int64 = 1
  ) {
    let (base, step) = (
      Int64(Int(packed.base).flooredDividing(by: Int(divisor))), packed.step / divisor
    )
    var span = values.mutableSpan
    switch packed.codes {
    case .constant: for row in 0..<count { span[row] = base }
    case .bits(let words):
      for row in 0..<count {
        let bit = words[(first + row) >> 6] >> UInt64(row & 63) & 1
        span[row] = base &+ step &* Int64(bit)
      }
    case .nibbles(let pairs):
      decodeNibbles(into: &span, pairs.span, from: first, count: count, base: base, step: step)
    case .bytes(let codes):
      Kernels.decode(into: &span, codes.span, from: first, count: count, base: base, step: step)
    case .halves(let codes):
      Kernels.decode(into: &span, codes.span, from: first, count: count, base: base, step: step)
    case .words(let codes):
      Kernels.decode(into: &span, codes.span, from: first, count: count, base: base, step: step)
    case .wide(let own):
      Kernels.decode(into: &span, own.span, from: first, count: count, base: 0, step: 1)
    case .runs(let table):
      var run = table.run(of: first)
      for row in 0..<count {
        if first + row >= Int(table.ends[run]) { run += 1 }
        span[row] = table.values[run]
      }
    }
  }
}
