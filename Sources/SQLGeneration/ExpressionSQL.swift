// ExpressionSQL.swift: an expression over the columns of a row arrives; whole-number arithmetic of
// a database leaves, or nil where only exact fractions would do.

import Catalog
import Syntax

/// A whole number in a database that stands for itself / 10^places; NULL where it is absent.
struct ScaledSQL {
  var text: String
  var places: Int
  /// Holds no operator that binds weaker than a sign or a factor.
  var isAtom = false
  /// The value of a literal, so that it can be scaled here.
  var literal: Int64?
  /// No value takes more bits, the sign apart.
  var bits = SQLTable.wholeBits

  /// Of a literal.
  static func bits(of number: Int64) -> Int {
    Int64.bitWidth - number.magnitude.leadingZeroBitCount
  }

  var bracketed: String { isAtom ? text : "(\(text))" }

  /// The same value in smaller units; nil where a literal outgrows 64 bits.
  func scaled(to places: Int) -> ScaledSQL? {
    guard places > self.places else { return self }
    var factor: Int64 = 1
    for _ in self.places..<places {
      let (product, isOverflowing) = factor.multipliedReportingOverflow(by: 10)
      guard !isOverflowing else { return nil }
      factor = product
    }
    if let literal {
      let (product, isOverflowing) = literal.multipliedReportingOverflow(by: factor)
      guard !isOverflowing else { return nil }
      return ScaledSQL(
        text: "\(product)", places: places, isAtom: product >= 0, literal: product,
        bits: Self.bits(of: product))
    }
    return ScaledSQL(
      text: "\(bracketed) * \(factor)", places: places, bits: bits + Self.bits(of: factor))
  }
}

struct ExpressionSQL {
  let table: SQLTable
  /// The quarters whose rows are added, for the days of their periods.
  let quarters: [Quarter]

  private static let mostPlaces = 12

  func text(_ expression: ExpressionSyntax) -> ScaledSQL? {
    switch expression.kind {
    case .number(let number):
      let places = number.scale + (number.form == .percent ? 2 : 0)
      return ScaledSQL(
        text: "\(number.digits)", places: places, isAtom: number.digits >= 0,
        literal: number.digits, bits: ScaledSQL.bits(of: number.digits))
    case .parameter: return nil
    case .negated(let inner):
      guard let inner = text(inner) else { return nil }
      return ScaledSQL(text: "-\(inner.bracketed)", places: inner.places, bits: inner.bits)
    case .measure(let name, _): return column(name.text)
    case .sum(let terms): return sum(terms)
    case .product(let factors): return product(factors)
    case .call(.scalar(let function, let arguments)): return call(function, arguments)
    case .call: return nil
    }
  }

  func column(_ id: String) -> ScaledSQL? {
    guard let column = table.dataset.column(named: id) else {
      return id == "period_days" ? periodDays : ScaledSQL(text: "NULL", places: 0, isAtom: true)
    }
    switch column.type {
    case .text: return ScaledSQL(text: "NULL", places: 0, isAtom: true)
    case .decimal: return atom(id, SQLTable.decimalPlaces, bits: SQLTable.decimalBits)
    case .percent: return atom(id, SQLTable.decimalPlaces + 2, bits: SQLTable.decimalBits)
    case .flag: return atom(id, 0, bits: 1)
    default: return atom(id, 0, bits: SQLTable.wholeBits)
    }
  }

  private func atom(_ id: String, _ places: Int, bits: Int) -> ScaledSQL {
    ScaledSQL(text: table.column(id), places: places, isAtom: true, bits: bits)
  }

  private func sum(_ terms: [SignedTerm]) -> ScaledSQL? {
    let parts = terms.map { text($0.term) }
    guard let scaled = aligned(parts) else { return nil }
    var result = ""
    for (index, part) in scaled.enumerated() {
      let sign = terms[index].isSubtracted ? " - " : " + "
      result += index == 0 ? part.bracketed : sign + part.bracketed
    }
    let widest = scaled.map(\.bits).max() ?? 0
    return ScaledSQL(
      text: result, places: scaled.first?.places ?? 0,
      bits: widest + ScaledSQL.bits(of: Int64(scaled.count)))
  }

  private func product(_ factors: [SignedFactor]) -> ScaledSQL? {
    var (result, places, bits) = ("", 0, 0)
    for (index, factor) in factors.enumerated() {
      // A quotient is a fraction: it is never sent.
      guard !factor.isDivided, let part = text(factor.factor) else { return nil }
      result += (index == 0 ? "" : " * ") + part.bracketed
      places += part.places
      bits += part.bits
    }
    return places <= Self.mostPlaces ? ScaledSQL(text: result, places: places, bits: bits) : nil
  }

  /// In the units of the finest; nil where one has no text.
  private func aligned(_ parts: [ScaledSQL?]) -> [ScaledSQL]? {
    let places = parts.compactMap { $0?.places }.max() ?? 0
    let scaled = parts.compactMap { $0?.scaled(to: places) }
    return scaled.count == parts.count && places <= Self.mostPlaces ? scaled : nil
  }

  private func call(_ function: ScalarFunction, _ arguments: [ExpressionSyntax]) -> ScaledSQL? {
    switch function {
    case .days: return days(arguments)
    case .floor: return arguments.count == 1 ? floor(arguments[0]) : nil
    case .round: return nil
    case .abs:
      guard arguments.count == 1, let inner = text(arguments[0]) else { return nil }
      return ScaledSQL(
        text: "abs(\(inner.text))", places: inner.places, isAtom: true, bits: inner.bits)
    case .coalesce, .least, .greatest:
      guard let parts = aligned(arguments.map(text)), let first = parts.first else { return nil }
      if parts.count == 1 { return first }
      let list = parts.map(\.text).joined(separator: ", ")
      return ScaledSQL(
        text: "\(name(function))(\(list))", places: first.places, isAtom: true,
        bits: parts.map(\.bits).max() ?? 0)
    }
  }

  private func name(_ function: ScalarFunction) -> String {
    switch (function, table.dialect) {
    case (.least, .sqlite): "min"
    case (.greatest, .sqlite): "max"
    default: function.rawValue
    }
  }

  // MARK: - Time

  private var periodDays: ScaledSQL? {
    func days(_ quarter: Quarter) -> Int? {
      let (first, next) = (quarter.firstMonth, Quarter(index: quarter.index + 1).firstMonth)
      guard let start = Day(year: first.year, month: first.number, day: 1),
        let end = Day(year: next.year, month: next.number, day: 1)
      else { return nil }
      return end.index - start.index
    }
    let lengths = quarters.map(days)
    guard !lengths.contains(nil), let first = lengths.first, let first else { return nil }
    if lengths.allSatisfy({ $0 == first }) {
      return ScaledSQL(text: "\(first)", places: 0, isAtom: true, literal: Int64(first))
    }
    let cases = zip(quarters, lengths).map { quarter, length in
      "WHEN \(table.column(.year)) = \(quarter.year) AND "
        + "\(table.column(.quarter)) = \(quarter.number) THEN \(length ?? 0)"
    }
    return ScaledSQL(text: "CASE \(cases.joined(separator: " ")) END", places: 0, isAtom: false)
  }

  /// Whole days from the second to the first; minutes since 1970 are cut to days.
  private func days(_ arguments: [ExpressionSyntax]) -> ScaledSQL? {
    guard arguments.count == 2, let end = day(arguments[0]), let start = day(arguments[1]) else {
      return nil
    }
    return ScaledSQL(text: "\(end) - \(start)", places: 0, bits: 32)
  }

  private func day(_ expression: ExpressionSyntax) -> String? {
    guard case .measure(let name, _) = expression.kind,
      let column = table.dataset.column(named: name.text)
    else { return nil }
    switch column.type {
    case .date: return table.column(column.name)
    case .time: return table.dialect.quotient(table.column(column.name), "1440")
    default: return nil
    }
  }

  /// The greatest whole number that is not above a quotient.
  private func floor(_ argument: ExpressionSyntax) -> ScaledSQL? {
    guard case .product(let factors) = argument.kind, factors.count == 2, factors[1].isDivided,
      let parts = aligned([text(factors[0].factor), text(factors[1].factor)])
    else { return text(argument).flatMap { $0.places == 0 ? $0 : nil } }
    let (dividend, divisor) = (parts[0].bracketed, parts[1].bracketed)
    let cut = table.dialect.quotient(dividend, divisor)
    let bits = parts[0].bits + 1
    // Cutting goes toward zero, the floor does not: one less where a negative quotient has a rest.
    if let literal = parts[0].literal, literal >= 0, divisor.allSatisfy(\.isASCII) {
      return ScaledSQL(
        text: "\(cut) - (\(divisor) < 0 AND \(dividend) % \(divisor) != 0)", places: 0,
        bits: bits)
    }
    return ScaledSQL(
      text: "\(cut) - (\(dividend) % \(divisor) != 0 AND (\(dividend) < 0) != (\(divisor) < 0))",
      places: 0, bits: bits)
  }
}
