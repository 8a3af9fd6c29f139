// CellText.swift: an exact value and its style arrive; the raw and the printed cell leave.

import Catalog
import Columns
import Syntax

/// How the figures of a column are written.
enum CellStyle: Hashable {
  case whole
  case percent(places: Int)
  case decimal(places: Int)
  /// A difference of ratios, in percentage points.
  case points(places: Int)

  /// From a format such as `0.00%`, else from the kind (language.md 6.2, rule 13).
  init(kind: MetricKind, format: String?) {
    if let format {
      let places = format.split(separator: ".").dropFirst().first?.count { $0 == "0" } ?? 0
      self = format.hasSuffix("%") ? .percent(places: places) : .decimal(places: places)
      return
    }
    switch kind {
    case .count, .stock: self = .whole
    case .distinct: self = .decimal(places: 0)
    case .ratio: self = .percent(places: 2)
    case .points: self = .points(places: 2)
    case .score, .decimal, .text: self = .decimal(places: 2)
    }
  }
}

extension AnswerCell {
  /// - Throws: `ExactOverflow` for a figure that no cell holds.
  init(
    _ value: Value, _ style: CellStyle, kind: AnswerColumnKind, isSigned: Bool = false
  ) throws(ExactOverflow) {
    guard let exact = value.exact else {
      self = .undefined
      return
    }
    var shown: String
    switch style {
    case .whole where exact.whole != nil: shown = grouped(try exact.text(places: 0))
    case .whole: shown = grouped(try exact.text(places: 2))
    case .percent(let places):
      shown = try exact.multiplied(by: Exact(100)).text(places: places) + "%"
    case .points(let places):
      shown = try exact.multiplied(by: Exact(100)).text(places: places)
    case .decimal(let places):
      // A median of whole numbers may fall between two of them.
      let needed = places == 0 && exact.whole == nil ? 1 : places
      shown = grouped(try exact.text(places: needed))
    }
    if isSigned, !exact.isNegative, !exact.isZero { shown = "+" + shown }
    let raw: Raw
    if let whole = exact.whole, style == .whole || style == .decimal(places: 0) {
      raw = .whole(whole)
    } else if kind == .score, case .decimal(let places) = style {
      raw = .decimal(try exact.text(places: places))
    } else {
      raw = .number(exact.quickDouble)
    }
    self.init(raw: raw, shown: shown)
  }
}

extension Exact {
  /// `double`, without a common divisor where both parts are exact as doubles already.
  fileprivate var quickDouble: Double {
    let limit: Int128 = 1 << 53
    guard numerator.magnitude < limit.magnitude, denominator < limit else { return double }
    return Double(Int64(truncatingIfNeeded: numerator))
      / Double(Int64(truncatingIfNeeded: denominator))
  }
}

/// Thousands set apart by commas.
func grouped(_ text: String) -> String {
  let bytes = Array(text.utf8)
  let start = bytes.first == UInt8(ascii: "-") ? 1 : 0
  let end = bytes.firstIndex(of: UInt8(ascii: ".")) ?? bytes.count
  guard end - start > 3 else { return text }
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count + (end - start) / 3)
  for (index, byte) in bytes.enumerated() {
    if index > start, index < end, (end - index).isMultiple(of: 3) {
      result.append(UInt8(ascii: ","))
    }
    result.append(byte)
  }
  return String(decoding: result, as: UTF8.self)
}

extension MetricKind {
  var answerKind: AnswerColumnKind {
    switch self {
    case .count, .stock, .distinct: .count
    case .ratio: .ratio
    case .score: .score
    case .points: .points
    case .decimal: .count
    case .text: .text
    }
  }
}
